"""The figures of one participant as a flat list, each with its unit and events; tables and FHIR are made from it."""

from collections.abc import Iterator

from otgroup.notes.entry import FigureEntry, cue_entries, figure_entries
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import GradingFacts
from otgroup.notes.facts.reading import Facts


def figures_of(facts: Facts) -> tuple[FigureEntry, ...]:
    """Every figure and rating that was recorded, in the order of a note. What was not recorded has none."""
    return tuple(
        entry for part in (_times, _done, _cues, _help, _levels, _balance, _ratings) for entry in part(facts)
    )


def _times(facts: Facts) -> Iterator[FigureEntry]:
    h = facts.header
    yield from figure_entries("treatment time", "", h.minutes, "min")
    yield from figure_entries("rest", "", h.rest_minutes, "min")
    yield from figure_entries("group pause", "", h.pause_minutes, "min")
    yield from figure_entries("timed minutes", "", h.timed_minutes, "min")
    yield from figure_entries("alone in the group", "", h.alone_minutes, "min")
    yield from figure_entries("in the group", "", h.group_minutes or None, "min")
    yield from figure_entries("group size", "", h.group_size, "participants")
    yield from figure_entries("smallest group size", "", h.group_least or None, "participants")


def _done(facts: Facts) -> Iterator[FigureEntry]:
    """What each kind of measure has, in its own words."""
    for told in facts.work:
        yield from told.entries


# --- what it took --------------------------------------------------------------------------------


def _cues(facts: Facts) -> Iterator[FigureEntry]:
    """All cues by type; those of a side again as a measure of their own, so that nothing is summed twice."""
    yield from cue_entries("cues", facts.cues.by_type)
    for side, cues in facts.cues.by_side:
        yield from cue_entries("cues on a side", cues, side=side)


def _help(facts: Facts) -> Iterator[FigureEntry]:
    for help_given in facts.assistance:
        at = f"at {help_given.at}" if help_given.at else ""
        yield FigureEntry("assistance", at, help_given.text, "", help_given.events)
        if help_given.helpers.value > 1:
            yield from figure_entries("assistance", f"{at} helpers".strip(), help_given.helpers, "helpers")


def _levels(facts: Facts) -> Iterator[FigureEntry]:
    yield from figure_entries("level", "start", facts.starting_level, "")
    for place, grading in enumerate(facts.gradings, 1):
        yield from _graded(place, grading)
    yield from figure_entries("level", "end", facts.ending_level, "")


def _graded(place: int, grading: GradingFacts) -> Iterator[FigureEntry]:
    which = f"change {place}{f' at {grading.at}' if grading.at else ''}"
    yield FigureEntry("level", f"{which}, direction", grading.direction, "", grading.events)
    yield from figure_entries("level", f"{which}, from", grading.from_level, "")
    yield from figure_entries("level", f"{which}, to", grading.to_level, "")


# --- how it was ----------------------------------------------------------------------------------


def _balance(facts: Facts) -> Iterator[FigureEntry]:
    """A zero stands only where the leader said that balance was watched and nothing was lost."""
    b = facts.balance
    none = Figure(0, b.events)
    if b.watched is not None:
        yield FigureEntry("balance watched", "", b.watched, "", b.events)
    yield from figure_entries("unsteady", "", b.unsteady_total or (none if b.steady else None), "times")
    yield from figure_entries("loss of balance", "", b.losses_total or (none if b.no_lob else None), "times")
    yield from figure_entries("fall", "", b.falls_total, "times")


def _ratings(facts: Facts) -> Iterator[FigureEntry]:
    for name, said in (("difficulty", facts.difficulty), ("difficulty of directions", facts.directions)):
        if said:
            yield FigureEntry(name, "", said.text, "", said.events)
    for name, grades in (("balance grade", facts.balance_grades), ("function code", facts.function_codes)):
        yield from (FigureEntry(name, "", grade.text, "", grade.events) for grade in grades)
    yield from _scored("pain", facts.pain, facts.activity.pain_highest)
    yield from _scored("RPE", facts.exertion, facts.activity.rpe_highest)


def _scored(name: str, scores: tuple[Figure, ...], highest: int) -> Iterator[FigureEntry]:
    for place, score in enumerate(scores, 1):
        yield from figure_entries(name, f"rating {place}" if len(scores) > 1 else "", score, f"of {highest}")
