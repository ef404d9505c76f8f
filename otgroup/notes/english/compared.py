"""The comparison with the last session of this group, as one sentence."""

from collections.abc import Iterable
from typing import Final

from otgroup.notes.english.grammar import day, duration, limb, listed, number_of, numeral, signed
from otgroup.notes.english.typed import capital
from otgroup.notes.facts.kinds import Count, Earlier, Timing
from otgroup.notes.facts.plain import Figure
from otgroup.notes.facts.whole import Facts

_MOST: Final = 3
"""How many figures are set beside the earlier ones."""

Pair = tuple[str, Figure, Figure, bool]
"""What it is, then, now, and whether it is a time."""


def compared(f: Facts) -> str:
    """Since 17 November verbal cues went from 7 to 5; or: Verbal cues were as on 17 November. The figures that
    both sessions have, those that changed, at most three.
    """
    if f.earlier is None:
        return ""
    pairs = [*_cues(f, f.earlier), *_counts(f, f.earlier), *_times(f, f.earlier)]
    changed = [pair for pair in pairs if number_of(pair[1]) != number_of(pair[2])][:_MOST]
    date = day(f.earlier.date)
    if changed:
        return f"Since {date} {listed(_went(pair, first=not n) for n, pair in enumerate(changed))}{_level(f)}."
    if not pairs:
        return ""
    names = listed(name for name, *_ in pairs[:_MOST])
    return f"{capital(names)} were as on {date}{_level(f)}."


def _went(pair: Pair, *, first: bool) -> str:
    name, then, now, timed = pair
    told = duration if timed else numeral
    return f"{name} {'went ' if first else ''}from {told(then)} to {told(now)}"


def _level(f: Facts) -> str:
    """The condition, where the level was another one."""
    then, now = f.earlier.level if f.earlier else None, f.ending_level
    if then is None or now is None or number_of(then) == number_of(now):
        return ""
    return f", at level {signed(now)} (then {signed(then)})"


def _cues(f: Facts, earlier: Earlier) -> list[Pair]:
    then = {c.type: c.count for c in earlier.cues}
    return [(f"{c.type} cues", then[c.type], c.count, False) for c in f.cues.by_type if c.type in then]


def _counts(f: Facts, earlier: Earlier) -> list[Pair]:
    """The sums of what was done as often: on the same sides, in as many intervals or runs, apart from attempts."""
    then = {c.measure: c for c in earlier.counts}
    return [
        (_words(c), then[c.measure].total, c.total, False)
        for c in f.totals
        if c.measure in then and not f.images and _as_often(c, f, then[c.measure], earlier)
    ]


def _as_often(c: Count, f: Facts, then: Count, earlier: Earlier) -> bool:
    same_sides = [s.side for s in then.sides] == [s.side for s in c.sides]
    return same_sides and len(f.timings) == len(earlier.timings)


def _words(c: Count) -> str:
    side = c.sides[0].side if len(c.sides) == 1 else ""
    return f"{c.many} {limb(side, c.side_means)}".rstrip()


def _times(f: Facts, earlier: Earlier) -> list[Pair]:
    """Timed runs, where each session had one: of several, nobody could say which to set beside which."""
    then, now = _single_runs(earlier.timings), _single_runs(f.timings)
    return [(f"the {t.one}", then[key].seconds, t.seconds, True) for key, t in now.items() if key in then]


def _single_runs(timings: Iterable[Timing]) -> dict[str, Timing]:
    runs = [t for t in timings if t.kind == "stopwatch"]
    return {t.measure: t for t in runs if sum(o.measure == t.measure for o in runs) == 1}
