"""What one participant did again and again, as facts: by side, in sets, of what was planned."""

from collections.abc import Iterable

from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import RepetitionFacts, SetFacts, SideFacts
from otgroup.record.event import EventId
from otgroup.record.parts.counts import Counted, CountMeasure
from otgroup.record.protocol import Protocol

SIDES = ("left", "right", "")


def summed(amounts: Iterable[tuple[int, EventId]]) -> Figure:
    """The sum of amounts, with the events of all of them."""
    pairs = list(amounts)
    return Figure(sum(a for a, _ in pairs), tuple(e for _, e in pairs))


# --- counts --------------------------------------------------------------------------------------


def counts(tallies: Iterable[Counted], protocol: Protocol) -> tuple[RepetitionFacts, ...]:
    """Every count measure that was recorded, in the protocol's order."""
    all_tallies = tuple(tallies)
    made = (_count(m, all_tallies, protocol) for m in protocol.measures if isinstance(m, CountMeasure))
    return tuple(count for count in made if count)


def _count(measure: CountMeasure, tallies: tuple[Counted, ...], protocol: Protocol) -> RepetitionFacts | None:
    own = [t for t in tallies if t.measure == measure.id]
    if not own:
        return None
    whole = protocol.find(measure.of) if measure.of else None
    aimed = [t for t in tallies if whole and t.measure == whole.id]
    sided = any(t.side for t in aimed)
    of = (summed((t.count, t.id) for t in aimed),) if sided else _course(aimed)
    return RepetitionFacts(
        measure=measure.id,
        one=measure.one,
        many=measure.many,
        side_means=measure.side_means,
        sides=_by_side(own),
        total=summed((t.count, t.id) for t in own),
        did=measure.did,
        aside=measure.aside,
        of=of,
        of_sides=_by_side(aimed) if sided else (),
        of_one=whole.one if whole and aimed else "",
        of_many=whole.many if whole and aimed else "",
    )


def _course(tallies: list[Counted]) -> tuple[Figure, ...]:
    """Numbers as they were entered one after another; single presses in a row make one number."""
    steps: list[list[Counted]] = []
    for tally in tallies:
        if steps and not tally.is_set and all(t.count == 1 and not t.is_set for t in (tally, *steps[-1])):
            steps[-1].append(tally)
        else:
            steps.append([tally])
    return tuple(summed((t.count, t.id) for t in step) for step in steps)


def _by_side(tallies: list[Counted]) -> tuple[SideFacts, ...]:
    sides: dict[str, list[Counted]] = {}
    for tally in tallies:
        sides.setdefault(tally.side or "", []).append(tally)
    return tuple(_side_count(side, sides[side]) for side in SIDES if side in sides)


def _side_count(side: str, tallies: list[Counted]) -> SideFacts:
    return SideFacts(side, summed((t.count, t.id) for t in tallies), tuple(map(_set, _sets(tallies))))


def _sets(tallies: list[Counted]) -> list[Counted]:
    return [t for t in tallies if t.is_set]


def _set(tally: Counted) -> SetFacts:
    target = None if tally.target is None else Figure(tally.target, (tally.id,))
    return SetFacts(Figure(tally.count, (tally.id,)), target)


def own_counts(tallies: Iterable[Counted], protocol: Protocol) -> tuple[RepetitionFacts, ...]:
    """The counts, without those that are told as what others are a part of."""
    found = counts(tallies, protocol)
    wholes = {_whole_of(c, protocol) for c in found}
    return tuple(c for c in found if c.measure not in wholes)


def _whole_of(count: RepetitionFacts, protocol: Protocol) -> str:
    """The measure that a count is a part of, or nothing."""
    measure = protocol.find(count.measure)
    return measure.of or "" if isinstance(measure, CountMeasure) else ""
