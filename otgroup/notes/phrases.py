"""Parts of sentences that are made of several figures; templates use them as filters."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from otgroup.notes.fact_parts import Assist, Earlier, Figure, Incident, Timing, unmarked
from otgroup.notes.fact_types import Facts
from otgroup.notes.grammar import counted, limb, listed, mss, numeral, phrase
from otgroup.notes.phrases_cues import cue_phrase, given_phrase, none_phrase
from otgroup.notes.phrases_done import (
    count_phrase,
    counts_phrase,
    image_name,
    image_phrase,
    images_phrase,
    timings_phrase,
)


def assist_phrase(course: Iterable[Assist]) -> str:
    """Contact guard assistance, from 10:20 standby assistance; to follow "with", or "was" if it begins alone."""
    told: list[str] = []
    before: Assist | None = None
    for a in course:
        since = "" if before is None else f"from {a.at} " if a.at else "then "
        told.append(since + _assist(a, before))
        before = a
    return ", ".join(told)


def _assist(a: Assist, before: Assist | None) -> str:
    """Its words and its helpers, told where there were more of them now or before."""
    if before is None or not _alone(a):
        helpers = f"of {counted(a.helpers, 'helper')}"
        if before and a.text == before.text:
            return helpers
        text = f"{'with ' if before and _alone(before) else ''}{a.text}"
        return f"{text} {helpers}" if a.helpers.value > 1 else text
    return a.text if _alone(before) else f"without help ({a.text})"


def _alone(a: Assist) -> bool:
    return a.text.endswith("independent")


_RUNS_ON: Final = frozenset(
    {"sideways", "forward", "forwards", "backward", "backwards", "to", "toward", "towards", "on", "at"}
    | {"in", "during", "while", "when", "over", "after"}
)


def circumstances(i: Incident) -> str:
    """Which way and doing what: "sideways on a left tap"; in brackets what would not read on."""
    told = [phrase(said) for said in (i.direction, i.during) if said]
    if all(words.partition(" ")[0].lower() in _RUNS_ON for words in told):
        return "".join(f" {words}" for words in told)
    return f" ({', '.join(told)})"


RECOVERED: Final[Mapping[str, str]] = MappingProxyType(
    {"alone": "without help", "contact": "with contact", "assisted": "with assistance"}
)


def recovered(i: Incident) -> str:
    """How it was recovered, to follow what happened."""
    return f" and recovered {RECOVERED[i.recovery]}" if i.recovery in RECOVERED else ""


_GOAL: Final = re.compile(r"\A(?P<number>[A-Z]{1,3}\d{1,3}[a-z]?)[\s:.)-]+(?P<text>[^()]+)\Z")


def goals_phrase(goals: Iterable[str]) -> str:
    """Goal G1 (reach at the sink) and the goal "walk to the mailbox"."""
    return listed(map(_goal, goals))


def _goal(goal: str) -> str:
    text = phrase(goal)
    numbered = _GOAL.match(text)
    if numbered:
        return f"goal {numbered['number']} ({numbered['text']})"
    return f"the goal {text}" if {'"', "“", "("}.intersection(text) else f'the goal "{text}"'


def compared(f: Facts) -> str:
    """5 verbal cues (then 7), 12 toe taps with the left foot (then 10): figures both sessions have."""
    if f.earlier is None:
        return ""
    told = (_compared_cues(f, f.earlier), _compared_counts(f, f.earlier), _compared_times(f, f.earlier))
    return ", ".join(figure for figures in told for figure in figures)


def _compared_cues(f: Facts, earlier: Earlier) -> list[str]:
    then = {c.type: c.count for c in earlier.cues}
    now = (c for c in f.cues.by_type if c.type in then)
    return [f"{counted(c.count, f'{c.type} cue')} (then {numeral(then[c.type])})" for c in now]


def _compared_counts(f: Facts, earlier: Earlier) -> list[str]:
    then = {(c.measure, s.side): s.count for c in earlier.counts for s in c.sides}
    now = [(c, s) for c in f.totals for s in c.sides if (c.measure, s.side) in then]
    return [
        f"{counted(s.count, c.one, c.many)} {limb(s.side, c.side_means) if len(c.sides) > 1 else ''}".rstrip()
        + f" (then {numeral(then[c.measure, s.side])})"
        for c, s in now
    ]


def _compared_times(f: Facts, earlier: Earlier) -> list[str]:
    """Timed runs, where each session had one: of several, nobody could say which to set beside which."""
    then, now = _single_runs(earlier.timings), _single_runs(f.timings)
    return [f"{t.one} {mss(t.seconds)} (then {mss(then[key].seconds)})" for key, t in now.items() if key in then]


def _single_runs(timings: Iterable[Timing]) -> dict[str, Timing]:
    runs = [t for t in timings if t.kind == "stopwatch"]
    return {t.measure: t for t in runs if sum(o.measure == t.measure for o in runs) == 1}


def score(values: Iterable[object]) -> list[str]:
    """Scores without repeats in a row: 2, 2, 4 is told as 2, 4."""
    told: list[str] = []
    for value in values:
        text = numeral(value) if isinstance(value, int | float | Figure) else str(value)
        if not told or unmarked(told[-1]) != unmarked(text):
            told.append(text)
    return told


PHRASES: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {
        "cues": cue_phrase,
        "given": given_phrase,
        "no_cues": none_phrase,
        "count": count_phrase,
        "counts": counts_phrase,
        "goals": goals_phrase,
        "image": image_phrase,
        "images": images_phrase,
        "image_name": image_name,
        "timings": timings_phrase,
        "assist": assist_phrase,
        "circumstances": circumstances,
        "recovered": recovered,
        "compared": compared,
        "course": score,
    }
)
"""The phrases by the names a template calls them."""
