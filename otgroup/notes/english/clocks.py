"""Intervals and timed runs as clauses: how long, how they ended, what was done in them."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from otgroup.notes.english.counts import count_phrase, course_phrase, done_phrase
from otgroup.notes.english.grammar import Voice, duration, limb, listed, no_or, number_of, numeral
from otgroup.notes.english.typed import capital, phrase
from otgroup.notes.facts.kinds import TimingFacts


def timings_phrase(timings: Iterable[TimingFacts], p: Voice) -> str:
    """Whole sentences: the intervals of one hand after those of the other, and every timed run."""
    told: list[str] = []
    for _, bouts in groupby(timings, key=lambda t: (t.measure, t.side)):
        own = list(bouts)
        told.append(_runs(own, p) if own[0].kind == "stopwatch" else _intervals(own))
    return " ".join(f"{capital(text)}." for text in told)


# --- intervals -----------------------------------------------------------------------------------


def _intervals(bouts: list[TimingFacts]) -> str:
    """With the left hand, intervals 1 and 2 lasted the targeted 2 min each, with 7, then 4 ball contacts."""
    throughout = bouts[0].patterns if len({t.patterns for t in bouts}) == 1 else ()
    where = ", ".join(filter(None, (limb(bouts[0].side, bouts[0].side_means), listed(throughout))))
    told = "; ".join(_interval(alike, ways=not throughout) for alike in _alike(bouts))
    return f"{where}, {told}" if where else told


def _alike(bouts: list[TimingFacts]) -> Iterator[list[TimingFacts]]:
    """Those that went the same way, one after another, are told together."""
    for _, same in groupby(bouts, key=_way):
        yield list(same)


def _way(t: TimingFacts) -> tuple[object, ...]:
    target = number_of(t.target_s) if t.target_s else None
    plain = not any(c.sided or c.of for c in t.counts)
    alone = 0 if plain and t.how != "stopped" and not t.reason else number_of(t.number)
    return (number_of(t.seconds), target, alone, t.patterns, tuple(c.measure for c in t.counts))


def _interval(bouts: list[TimingFacts], *, ways: bool) -> str:
    first = bouts[0]
    way = f" ({listed(first.patterns)})" if ways and first.patterns else ""
    name = first.one if len(bouts) == 1 else first.many
    numbers = listed(numeral(t.number) for t in bouts)
    each = " each" if len(bouts) > 1 else ""
    courses = (course_phrase([t.counts[n] for t in bouts]) for n in range(len(first.counts)))
    inside = " and ".join(courses if len(bouts) > 1 else map(count_phrase, first.counts))
    return f"{name} {numbers}{way} {_lasted(first)}{each}{f', with {inside}' if inside else ''}"


def _lasted(t: TimingFacts) -> str:
    """How long it went on, beside its target, and why it ended."""
    why = f" ({phrase(t.reason)})" if t.reason else ""
    if t.how == "stopped":
        return f"was stopped at {duration(t.seconds)}{f' of {duration(t.target_s)}' if t.target_s else ''}{why}"
    ended = f" and ended{why}" if why else ""
    if t.target_s and number_of(t.target_s) == number_of(t.seconds):
        return f"lasted the targeted {duration(t.seconds)}{ended}"
    return f"lasted {duration(t.seconds)}{f' (target {duration(t.target_s)})' if t.target_s else ''}{ended}"


# --- timed runs ----------------------------------------------------------------------------------


def _runs(bouts: list[TimingFacts], p: Voice) -> str:
    """In timed run 1, which took 6 min 50 s, she placed 16 of 20 cones; in timed run 2, ..."""
    if len(bouts) == 1:
        return _run(bouts[0], p, f"the {bouts[0].one}")
    told = [_run(bouts[0], p, f"{bouts[0].one} {numeral(bouts[0].number)}")]
    for before, t in pairwise(bouts):
        name = f"{t.one.split()[-1]} {numeral(t.number)}"
        told.append(_run_again(t, name, before) if _comparable(before, t) else _run(t, p, name))
    return "; ".join(told)


def _run(t: TimingFacts, p: Voice, name: str) -> str:
    if not t.counts:
        return f"{name} {_took(t)}"
    return f"in {name} ({_how_long(t)}) {done_phrase(t.counts, p)}"


def _comparable(before: TimingFacts, t: TimingFacts) -> bool:
    """Whether the same things were counted, each on one side, so that the numbers alone tell the run."""
    same = [c.measure for c in before.counts] == [c.measure for c in t.counts] != []
    one_side = all(len({c.sides[0].side for c in bout.counts}) == 1 for bout in (before, t))
    plain = all(len(c.sides) == 1 and len(c.of) < 2 and not c.of_sides for c in (*before.counts, *t.counts))
    return same and one_side and plain


def _run_again(t: TimingFacts, name: str, before: TimingFacts) -> str:
    """In run 2 (4 min 36 s) 8 of 8 and 1: the side where it is another one than before."""
    side = t.counts[0].sides[0].side
    where = limb(side, t.counts[0].side_means) if side != before.counts[0].sides[0].side else ""
    told = (f"{no_or(c.total, 'none')}{f' of {numeral(c.of[0])}' if c.of else ''}" for c in t.counts)
    return f"in {name} ({_how_long(t)}) {listed(told)}{f' {where}' if where else ''}"


def _took(t: TimingFacts) -> str:
    """Only a run that was done took its time to the end."""
    return f"{'was' if t.how == 'stopped' else 'took'} {_how_long(t)}"


def _how_long(t: TimingFacts) -> str:
    """6 min 50 s (target 5 min) and ended: fatigue; or: stopped at 40 s."""
    why = f": {phrase(t.reason)}" if t.reason and t.counts else f" ({phrase(t.reason)})" if t.reason else ""
    aim = f" (target {duration(t.target_s)})" if t.target_s else ""
    if t.how == "stopped":
        return f"stopped at {duration(t.seconds)}{aim}{why}"
    return f"{duration(t.seconds)}{aim}{f' and ended{why}' if why else ''}"
