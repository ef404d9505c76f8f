"""The comparison with the last session of this group, as one sentence."""

from typing import Final

from otgroup.notes.english.grammar import day, duration, listed, number_of, numeral, signed
from otgroup.notes.english.typed import capital
from otgroup.notes.facts.whole import Earlier, Facts
from otgroup.notes.measure_words import Pair

_MOST: Final = 3
"""How many figures are set beside the earlier ones."""


def compared(f: Facts) -> str:
    """Since 17 November verbal cues went from 7 to 5; or: Verbal cues were as on 17 November. The figures that
    both sessions have, those that changed, at most three.
    """
    if f.earlier is None:
        return ""
    done = (pair for told in f.work for pair in told.pairs(f.earlier.work))
    pairs = [*_cues(f, f.earlier), *done]
    changed = [pair for pair in pairs if number_of(pair.then) != number_of(pair.now)][:_MOST]
    date = day(f.earlier.date)
    if changed:
        return f"Since {date} {listed(_went(pair, first=not n) for n, pair in enumerate(changed))}{_level(f)}."
    if not pairs:
        return ""
    names = listed(pair.name for pair in pairs[:_MOST])
    return f"{capital(names)} were as on {date}{_level(f)}."


def _went(pair: Pair, *, first: bool) -> str:
    told = duration if pair.timed else numeral
    return f"{pair.name} {'went ' if first else ''}from {told(pair.then)} to {told(pair.now)}"


def _level(f: Facts) -> str:
    """The condition, where the level was another one."""
    then, now = f.earlier.level if f.earlier else None, f.ending_level
    if then is None or now is None or number_of(then) == number_of(now):
        return ""
    return f", at level {signed(now)} (then {signed(then)})"


def _cues(f: Facts, earlier: Earlier) -> list[Pair]:
    then = {c.type: c.count for c in earlier.cues}
    return [Pair(f"{c.type} cues", then[c.type], c.count) for c in f.cues.by_type if c.type in then]
