"""Intervals and timed runs in the notes, each with what was counted in it."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

import msgspec

from otgroup.notes.english.clocks import timings_phrase
from otgroup.notes.english.counts import count_phrase
from otgroup.notes.english.grammar import Voice
from otgroup.notes.entry import FigureEntry, figure_entries
from otgroup.notes.facts import runs
from otgroup.notes.facts.kinds import RepetitionFacts, TimingFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import Impossible, MeasureWords, Pair, Unfinished
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.parts.clocks import ClockMeasure, ClockTotal, IntervalMeasure
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class ClockFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was timed; `strays` are counts of what is told with it that belong to none of it."""

    timings: tuple[TimingFacts, ...] = ()
    strays: tuple[RepetitionFacts, ...] = ()


class ClockWords(MeasureWords[ClockFacts]):
    """Intervals and stopwatches."""

    by_name: ClassVar = True

    def facts(self, record: Record) -> ClockFacts | None:
        """Every clock that was stopped, with the counts in it."""
        by_clock = runs.counts_by_clock(record.p, record.protocol)
        timings = runs.timings(record, by_clock)
        strays = runs.stray_counts(record.p, record.protocol, by_clock)
        return ClockFacts(timings=timings, strays=strays) if timings or strays else None

    def individual(self, facts: ClockFacts) -> bool:
        """Times are theirs, and so is what was counted beside them."""
        return bool(facts.timings or facts.strays)

    def sentences(self, facts: ClockFacts, p: Voice) -> str:
        """The timed run took 6 min 50 s. Apart from it, 2 drops were recorded."""
        told = [timings_phrase(facts.timings, p)]
        told += [f"Apart from these, {count_phrase(c)} {_was(c)} recorded." for c in facts.strays]
        return " ".join(filter(None, told))

    def in_brief(self, facts: ClockFacts, p: Voice) -> str:
        """The sentences are brief as they are."""
        return self.sentences(facts, p)

    def pairs(self, then: ClockFacts, now: ClockFacts) -> Iterator[Pair]:
        """Timed runs, where each session had one: of several, nobody could say which to set beside which."""
        before = _single_runs(then.timings)
        for key, t in _single_runs(now.timings).items():
            if key in before:
                yield Pair(f"the {t.one}", before[key].seconds, t.seconds, timed=True)

    def entries(self, facts: ClockFacts) -> Iterator[FigureEntry]:
        """Seconds, target, how it ended, and what was counted in it."""
        for timing in facts.timings:
            yield from _entries(timing)

    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """A clock that still runs."""
        for clock in p.clocks.bouts:
            if clock.runs:
                yield Unfinished(
                    finding="clock-running",
                    key=f"clock:{clock.id}",
                    text="a clock was never stopped, its time is not told",
                    remark="a clock was never stopped, its time is not in the note",
                    one="clock never stopped",
                    many="clocks never stopped",
                )

    def impossible(self, facts: ClockFacts) -> Iterator[Impossible]:
        """What ends before it begins is refused where it is recorded."""
        return iter(())

    @property
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """Intervals of work."""
        return (IntervalMeasure(id="work", one="interval", many="intervals"),)

    def example(self, pen: Pen, who: PersonId, measure: ClockMeasure) -> list[Event]:
        """One on target and one that was shorter."""
        return [
            ClockTotal(**pen.stamp(who), measure=measure.id, seconds=seconds, target_s=120) for seconds in (120, 85)
        ]


def _was(c: RepetitionFacts) -> str:
    return "was" if c.total.value == 1 else "were"


def _single_runs(timings: Iterable[TimingFacts]) -> dict[str, TimingFacts]:
    found = [t for t in timings if t.kind == "stopwatch"]
    return {t.measure: t for t in found if sum(o.measure == t.measure for o in found) == 1}


def _entries(timing: TimingFacts) -> Iterator[FigureEntry]:
    which = f"number {timing.number}"
    yield from figure_entries(timing.one, which, timing.seconds, "s", timing.side)
    yield from figure_entries(timing.one, f"{which}, target", timing.target_s, "s", timing.side)
    if timing.how:
        yield FigureEntry(timing.one, f"{which}, ended", timing.how, "", timing.seconds.events, timing.side)
    for count in timing.counts:
        for part in count.sides:
            where, told = part.side or timing.side, f"{which}, {count.many}"
            yield from figure_entries(timing.one, told, part.count, count.many, where)


WORDS: Final = ClockWords()
