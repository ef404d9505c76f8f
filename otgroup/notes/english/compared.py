"""The comparison with the last session of this group, as one sentence.

What progress is comes first: assistance, losses of balance and falls, the level, pain; then cues, and what was done,
a side at a time. Where the two sessions were not equally long, the sentence says how long both were.
"""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from otgroup.notes.english.grammar import counted, day, duration, listed, number_of, numeral, signed
from otgroup.notes.english.typed import capital
from otgroup.notes.facts.figures import Figure, unmarked
from otgroup.notes.facts.kinds import AssistanceFacts, BalanceFacts
from otgroup.notes.facts.whole import Earlier, Facts
from otgroup.notes.measure_words import Pair

MOST_CUES: Final = 2
MOST_DONE: Final = 3
"""Of cues and of what was done no more are told."""

EQUALLY_LONG: Final = 0.1
"""Two sessions are equally long if their minutes differ by no more than this part of the longer one."""


class Beside(NamedTuple):
    """Something as it was then and as it is now, in words; whether it moved."""

    name: str
    then: str
    now: str
    moved: bool


def compared(f: Facts) -> str:
    """Since March 3, 2026 assistance went from moderate assistance to standby assistance and verbal cues from 7 to 5,
    in 20 minutes (40 then). Or: verbal cues were as on March 3, 2026; but only where nothing moved.
    """
    then = f.earlier
    if then is None:
        return ""
    progress, cues, done = list(_progress(f, then)), list(_cues(f, then)), list(_done(f, then))
    moved = [*_moved(progress), *_moved(cues)[:MOST_CUES], *_moved(done)[:MOST_DONE]]
    if moved:
        went = listed(_went(beside, first=not n) for n, beside in enumerate(moved))
        return f"Since {day(then.date)} {went}{_lengths(f, then)}."
    same = [beside for beside in (*progress, *cues[:MOST_CUES], *done[:MOST_DONE]) if unmarked(beside.now) != "0"]
    if not same or _unlike(f, then):
        return ""
    return f"{capital(listed(beside.name for beside in same))} were as on {day(then.date)}."


def _moved(found: Iterable[Beside]) -> list[Beside]:
    return [beside for beside in found if beside.moved]


def _went(beside: Beside, *, first: bool) -> str:
    return f"{beside.name} {'went ' if first else ''}from {beside.then} to {beside.now}"


# --- what progress is ------------------------------------------------------------------------------


def _progress(f: Facts, then: Earlier) -> Iterator[Beside]:
    if len(f.assistance) == len(then.assistance) == 1:  # of several on one day none is that day's
        yield _texts("assistance", _help(then.assistance[-1]), _help(f.assistance[-1]))
    yield from _figures("losses of balance", _losses(then.balance), _losses(f.balance))
    yield from _figures("falls", _falls(then.balance), _falls(f.balance))
    if f.ending_level and then.level:
        changed = f.starting_level is not None and _differ(f.starting_level, f.ending_level)
        name = "the level at the end" if changed else "the level"
        yield Beside(name, signed(then.level), signed(f.ending_level), _differ(then.level, f.ending_level))
    if f.pain and then.pain:
        before, now = (f"{numeral(pain[-1])}/{f.activity.pain_highest}" for pain in (then.pain, f.pain))
        name = "pain" if len(f.pain) == len(then.pain) == 1 else "pain at the end"
        yield Beside(name, before, now, _differ(then.pain[-1], f.pain[-1]))


def _help(given: AssistanceFacts) -> str:
    return f"{given.text} of {counted(given.helpers, 'helper')}" if given.helpers.value > 1 else given.text


def _losses(balance: BalanceFacts) -> Figure | None:
    """How often they lost their balance; 0 only where somebody said that they did not."""
    return balance.losses_total or (Figure(0, balance.events) if balance.no_lob else None)


def _falls(balance: BalanceFacts) -> Figure | None:
    """How often they fell; 0 only where balance was watched."""
    return balance.falls_total or (Figure(0, balance.events) if balance.watched else None)


# --- cues and what was done --------------------------------------------------------------------------


def _cues(f: Facts, then: Earlier) -> Iterator[Beside]:
    before = {cue.type: cue.count for cue in then.cues}
    for cue in f.cues.by_type:
        yield from _figures(f"{cue.type} cues", before.get(cue.type), cue.count)


def _done(f: Facts, then: Earlier) -> Iterator[Beside]:
    pairs: Iterator[Pair] = (pair for told in f.work for pair in told.pairs(then.work))
    for pair in pairs:
        yield from _figures(pair.name, pair.then, pair.now, timed=pair.timed)


def _figures(name: str, then: Figure | None, now: Figure | None, *, timed: bool = False) -> Iterator[Beside]:
    told = duration if timed else numeral
    if then is not None and now is not None:
        yield Beside(name, told(then), told(now), _differ(then, now))


def _texts(name: str, then: str, now: str) -> Beside:
    return Beside(name, then, now, then != now)


def _differ(then: Figure, now: Figure) -> bool:
    return number_of(then) != number_of(now)


# --- how alike the two days were ---------------------------------------------------------------------


def _equally_long(f: Facts, then: Earlier) -> bool:
    now, before = f.header.minutes.value, then.minutes.value
    return abs(now - before) <= EQUALLY_LONG * max(now, before)


def _lengths(f: Facts, then: Earlier) -> str:
    if _equally_long(f, then):
        return ""
    return f", in {counted(f.header.minutes, 'minute')} ({numeral(then.minutes)} then)"


def _unlike(f: Facts, then: Earlier) -> bool:
    """Whether something differed that "as before" would hide: the time, the course of assistance, what was known of
    balance, the level or pain only on one of the days.
    """
    (helped, known), (helped_then, known_then) = (
        (
            [_help(given) for given in one.assistance],
            (_losses(one.balance) is None, _falls(one.balance) is None, bool(one.pain)),
        )
        for one in (f, then)
    )
    levelled = (f.ending_level is None) == (then.level is None)
    return not (_equally_long(f, then) and helped == helped_then and known == known_then and levelled)
