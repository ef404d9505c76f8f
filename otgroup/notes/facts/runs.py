"""Intervals and timed runs of one participant, each with what was counted in it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from otgroup.notes.facts.done import own_counts
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import RepetitionFacts, TimingFacts
from otgroup.notes.facts.record import Record
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.clocks import Clock, ClockMeasure, IntervalMeasure, StopwatchMeasure
from otgroup.record.parts.counts import Counted, CountMeasure
from otgroup.record.protocol import AnyMeasure, Protocol

CountsByClock = Mapping[EventId, tuple[Counted, ...]]
"""What was counted from the start of a clock to the next start, by the clock's id."""


def timings(record: Record, by_clock: CountsByClock) -> tuple[TimingFacts, ...]:
    """Intervals and stopwatches in order; `number` counts those of one measure. A clock that was never
    stopped has no time that could be told, so it is left out.
    """
    numbers: dict[str, int] = {}
    made: list[TimingFacts] = []
    for clock, measure in stopped_clocks(record):
        numbers[clock.measure] = numbers.get(clock.measure, 0) + 1
        inside = own_counts(by_clock.get(clock.id, ()), record.protocol)
        made.append(_timing(record, clock, measure, numbers[clock.measure], inside))
    return tuple(made)


def stopped_clocks(record: Record) -> Iterator[tuple[Clock, ClockMeasure]]:
    """The clocks that were stopped, each with its measure."""
    for clock in record.p.clocks.bouts:
        measure = record.protocol.find(clock.measure)
        if not clock.runs and isinstance(measure, ClockMeasure):
            yield clock, measure


def _timing(
    record: Record,
    clock: Clock,
    measure: ClockMeasure,
    number: int,
    inside: tuple[RepetitionFacts, ...],
) -> TimingFacts:
    events = record.events(clock.id, (clock.id,))
    return TimingFacts(
        measure=measure.id,
        kind="interval" if isinstance(measure, IntervalMeasure) else "stopwatch",
        one=measure.one,
        many=measure.many,
        number=Figure(number, (clock.id,)),
        seconds=Figure(int(clock.seconds(record.state.elapsed(record.until))), events),
        target_s=None if clock.target_s is None else Figure(clock.target_s, (clock.id,)),
        side=clock.side or "",
        side_means=measure.side_means if isinstance(measure, IntervalMeasure) else "",
        how=clock.how,
        reason=record.screen.keep_within("reason", clock.reason, events),
        counts=inside,
        patterns=clock.patterns,
    )


# --- what was counted in which -------------------------------------------------------------------


def counts_by_clock(p: Participant, protocol: Protocol) -> CountsByClock:
    """What was counted in each interval or timed run. Of a single run this is told only where all belongs to it."""
    found: dict[EventId, tuple[Counted, ...]] = {}
    for measure in protocol.measures:
        clocks = [c for c in p.clocks.of(measure.id) if c.span]
        own = [t for t in p.counts.entries if clocks and _belongs(t, measure, protocol)]
        placed = {c.id: tuple(t for t in own if _clock_of(t, clocks, protocol) == c.id) for c in clocks}
        whole = sum(map(len, placed.values())) == len(own)
        if isinstance(measure, IntervalMeasure) or len(clocks) > 1 or whole:
            found |= {c.id: placed[c.id] for c in clocks if not c.runs}
    return found


def _belongs(tally: Counted, clocked: AnyMeasure, protocol: Protocol) -> bool:
    """Whether a count is one that falls in these intervals, or in the group's only sort of timed run."""
    counted = protocol.find(tally.measure)
    within = counted.within if isinstance(counted, CountMeasure) else None
    if isinstance(clocked, IntervalMeasure):
        return within == clocked.id
    only = sum(isinstance(m, StopwatchMeasure) for m in protocol.measures) == 1
    return isinstance(clocked, StopwatchMeasure) and only and within is None


def _clock_of(tally: Counted, clocks: list[Clock], protocol: Protocol) -> EventId | None:
    """From one start to the next; what is planned belongs to the run that is going on or comes."""
    if tally.at is None:
        return None
    if tally.measure in _wholes(protocol):
        return next((c.id for c in clocks if _goes_on(c, tally.at)), clocks[-1].id)
    begun = [c for c in clocks if c.span and c.span.start <= tally.at]
    return begun[-1].id if begun else None


def _goes_on(clock: Clock, at: datetime) -> bool:
    return clock.span is not None and (clock.span.end is None or at <= clock.span.end)


def _wholes(protocol: Protocol) -> set[str]:
    return {m.of for m in protocol.measures if isinstance(m, CountMeasure) and m.of}


# --- the rest ------------------------------------------------------------------------------------


def untimed_counts(p: Participant, protocol: Protocol, by_clock: CountsByClock) -> tuple[RepetitionFacts, ...]:
    """The counts of measures of which nothing is told with intervals or runs."""
    measures = _measures_by_clock(by_clock.values())
    return own_counts((t for t in p.counts.entries if t.measure not in measures), protocol)


def stray_counts(p: Participant, protocol: Protocol, by_clock: CountsByClock) -> tuple[RepetitionFacts, ...]:
    """What of the other measures belongs to no interval or run that is told."""
    measures, told = _measures_by_clock(by_clock.values()), {t.id for tallies in by_clock.values() for t in tallies}
    return own_counts((t for t in p.counts.entries if t.measure in measures and t.id not in told), protocol)


def _measures_by_clock(groups: Iterable[tuple[Counted, ...]]) -> set[str]:
    return {t.measure for tallies in groups for t in tallies}
