"""The figures of one participant as a flat list, each with its unit and events; tables and FHIR are made from it."""

from collections.abc import Iterable, Iterator

import msgspec

from otgroup.notes.facts.kinds import Count, Cues, Grading, Image, Timing
from otgroup.notes.facts.plain import Events, Figure
from otgroup.notes.facts.reading import Facts

Value = int | float | str | bool


class Entry(msgspec.Struct, frozen=True):
    """One thing recorded: `measure` is what was measured, `figure` which of its figures this is (or empty)."""

    measure: str
    figure: str
    value: Value
    unit: str
    events: Events
    side: str = ""


def figures_of(facts: Facts) -> tuple[Entry, ...]:
    """Every figure and rating that was recorded, in the order of a note. What was not recorded has none."""
    return tuple(
        entry
        for part in (_times, _counts, _images, _timings, _readings, _cues, _help, _levels, _balance, _ratings)
        for entry in part(facts)
    )


def _number(measure: str, figure: str, value: Figure | None, unit: str, side: str = "") -> Iterator[Entry]:
    if value is not None:
        yield Entry(measure, figure, value.value, unit, value.events, side)


def _times(facts: Facts) -> Iterator[Entry]:
    h = facts.header
    yield from _number("treatment time", "", h.minutes, "min")
    yield from _number("rest", "", h.rest_minutes, "min")
    yield from _number("group pause", "", h.pause_minutes, "min")
    yield from _number("timed minutes", "", h.timed_minutes, "min")
    yield from _number("alone in the group", "", h.alone_minutes, "min")
    yield from _number("group size", "", h.group_size, "participants")


# --- what was done -------------------------------------------------------------------------------


def _counts(facts: Facts) -> Iterator[Entry]:
    for count in facts.totals:
        yield from _count(count)


def _count(count: Count) -> Iterator[Entry]:
    for part in count.sides:
        yield from _number(count.many, "", part.count, count.many, part.side)
        for number, done in enumerate(part.sets, 1):
            yield from _number(count.many, f"set {number}", done.actual, count.many, part.side)
            yield from _number(count.many, f"set {number}, target", done.target, count.many, part.side)
    for number, amount in enumerate(count.of, 1):
        yield from _number(count.of_many, f"amount {number}", amount, count.of_many)


def _images(facts: Facts) -> Iterator[Entry]:
    for image in facts.images:
        yield from _attempts(image, f"{image.one} {image.image}" if image.image else image.one)


def _attempts(image: Image, name: str) -> Iterator[Entry]:
    yield from _number(name, "attempts", image.tries, "attempts")
    for attempt in image.attempts:
        which = f"attempt {attempt.number}"
        yield from _number(name, f"{which}, recalled", attempt.recalled, f"of {image.parts} {image.parts_many}")
        if attempt.correct is not None:
            yield Entry(name, f"{which}, drawn correctly", attempt.correct, "", attempt.events)
        yield from _number(name, f"{which}, delay", attempt.delay_s, "s")
        yield from _cued(name, attempt.cues, f"{which}, ", " cues")


def _timings(facts: Facts) -> Iterator[Entry]:
    for timing in facts.timings:
        yield from _timing(timing)


def _timing(timing: Timing) -> Iterator[Entry]:
    which = f"number {timing.number}"
    yield from _number(timing.one, which, timing.seconds, "s", timing.side)
    yield from _number(timing.one, f"{which}, target", timing.target_s, "s", timing.side)
    if timing.how:
        yield Entry(timing.one, f"{which}, ended", timing.how, "", timing.seconds.events, timing.side)
    for count in timing.counts:
        for part in count.sides:
            where, told = part.side or timing.side, f"{which}, {count.many}"
            yield from _number(timing.one, told, part.count, count.many, where)


def _readings(facts: Facts) -> Iterator[Entry]:
    for reading in facts.readings:
        yield from _number(reading.one, "", reading.value, reading.unit or reading.many)


# --- what it took --------------------------------------------------------------------------------


def _cues(facts: Facts) -> Iterator[Entry]:
    """All cues by type; those of a side again as a measure of their own, so that nothing is summed twice."""
    yield from _cued("cues", facts.cues.by_type)
    for side, cues in facts.cues.by_side:
        yield from _cued("cues on a side", cues, side=side)


def _cued(measure: str, cues: Iterable[Cues], before: str = "", after: str = "", side: str = "") -> Iterator[Entry]:
    for cue in cues:
        yield from _number(measure, f"{before}{cue.type}{after}", cue.count, "cues", side)


def _help(facts: Facts) -> Iterator[Entry]:
    for help_given in facts.assistance:
        at = f"at {help_given.at}" if help_given.at else ""
        yield Entry("assistance", at, help_given.text, "", help_given.events)
        if help_given.helpers.value > 1:
            yield from _number("assistance", f"{at} helpers".strip(), help_given.helpers, "helpers")


def _levels(facts: Facts) -> Iterator[Entry]:
    yield from _number("level", "start", facts.starting_level, "")
    for number, grading in enumerate(facts.gradings, 1):
        yield from _graded(number, grading)
    yield from _number("level", "end", facts.ending_level, "")


def _graded(number: int, grading: Grading) -> Iterator[Entry]:
    which = f"change {number}{f' at {grading.at}' if grading.at else ''}"
    yield Entry("level", f"{which}, direction", grading.direction, "", grading.events)
    yield from _number("level", f"{which}, from", grading.from_level, "")
    yield from _number("level", f"{which}, to", grading.to_level, "")


# --- how it was ----------------------------------------------------------------------------------


def _balance(facts: Facts) -> Iterator[Entry]:
    """A zero stands only where the leader said that balance was watched and nothing was lost."""
    b = facts.balance
    none = Figure(0, b.events)
    if b.watched is not None:
        yield Entry("balance watched", "", b.watched, "", b.events)
    yield from _number("unsteady", "", b.unsteady_total or (none if b.steady else None), "times")
    yield from _number("loss of balance", "", b.losses_total or (none if b.no_lob else None), "times")
    yield from _number("fall", "", b.falls_total, "times")


def _ratings(facts: Facts) -> Iterator[Entry]:
    for name, said in (("difficulty", facts.difficulty), ("difficulty of directions", facts.directions)):
        if said:
            yield Entry(name, "", said.text, "", said.events)
    for name, grades in (("balance grade", facts.balance_grades), ("function code", facts.function_codes)):
        yield from (Entry(name, "", grade.text, "", grade.events) for grade in grades)
    yield from _scored("pain", facts.pain, facts.activity.pain_highest)
    yield from _scored("RPE", facts.exertion, facts.activity.rpe_highest)


def _scored(name: str, scores: tuple[Figure, ...], highest: int) -> Iterator[Entry]:
    for number, score in enumerate(scores, 1):
        yield from _number(name, f"rating {number}" if len(scores) > 1 else "", score, f"of {highest}")
