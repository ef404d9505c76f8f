"""Counts in the notes: what was done how often, on which side, of what was planned."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Final

import msgspec

from otgroup.notes.english.counts import done_phrase
from otgroup.notes.english.grammar import Voice, limb
from otgroup.notes.english.typed import capital
from otgroup.notes.entry import FigureEntry, figure_entries
from otgroup.notes.facts import runs
from otgroup.notes.facts.done import own_counts
from otgroup.notes.facts.kinds import RepetitionFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import Impossible, MeasureWords, Pair, Unfinished
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.parts.counts import CountMeasure, Repetition, SetDone
from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from otgroup.record.state import SessionState


class CountFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was counted: `counts` leaves out what is told with intervals or timed runs, `totals` has all of it;
    `bouts` is in how many of those, `attempts` whether there were attempts beside it.
    """

    counts: tuple[RepetitionFacts, ...] = ()
    totals: tuple[RepetitionFacts, ...] = ()
    bouts: int = 0
    attempts: bool = False


class CountWords(MeasureWords[CountFacts]):
    """Repetitions, by side where the file says so."""

    by_name: ClassVar = True

    def facts(self, record: Record) -> CountFacts | None:
        """Every count measure that was recorded."""
        p, protocol = record.p, record.protocol
        if not p.counts.entries:
            return None
        return CountFacts(
            counts=runs.untimed_counts(p, protocol, runs.counts_by_clock(p, protocol)),
            totals=own_counts(p.counts.entries, protocol),
            bouts=sum(1 for _ in runs.stopped_clocks(record)),
            attempts=bool(p.trials.attempts),
        )

    def individual(self, facts: CountFacts) -> bool:
        """What is told with intervals or runs is theirs too."""
        return bool(facts.counts)

    def sentences(self, facts: CountFacts, p: Voice) -> str:
        """She placed 14 of 20 cones and dropped 3 with the right hand."""
        return f"{capital(done_phrase(facts.counts, p))}." if facts.counts else ""

    def in_brief(self, facts: CountFacts, p: Voice) -> str:
        """The sentences are brief as they are."""
        return self.sentences(facts, p)

    def pairs(self, then: CountFacts, now: CountFacts) -> Iterator[Pair]:
        """What was done on each side, where it was done on the same ones, in as many intervals or runs."""
        before = {c.measure: c for c in then.totals}
        for c in now.totals:
            if c.measure in before and not now.attempts and now.bouts == then.bouts and _same(c, before[c.measure]):
                sides = zip(before[c.measure].sides, c.sides, strict=True)
                yield from (Pair(_words(c, side.side), earlier.count, side.count) for earlier, side in sides)

    def entries(self, facts: CountFacts) -> Iterator[FigureEntry]:
        """The sum of each side, its sets, and what was planned."""
        for count in facts.totals:
            yield from _entries(count)

    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """A count is never open."""
        return iter(())

    def impossible(self, facts: CountFacts) -> Iterator[Impossible]:
        """Any number can be counted."""
        return iter(())

    @property
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """One with sides and one without."""
        return (
            CountMeasure(id="taps", one="tap", many="taps", sides=("left", "right"), side_means="tapping foot"),
            CountMeasure(id="steps", one="step", many="steps"),
        )

    def example(self, pen: Pen, who: PersonId, measure: CountMeasure) -> list[Event]:
        """A count, or one press on the left and a set on the right."""
        if not measure.sides:
            return [Repetition(**pen.stamp(who), measure=measure.id, count=12)]
        done = SetDone(**pen.stamp(who), measure=measure.id, side=Side.RIGHT, actual=9, target=10)
        return [Repetition(**pen.stamp(who), measure=measure.id, side=Side.LEFT, count=1), done]


def _same(one: RepetitionFacts, other: RepetitionFacts) -> bool:
    return [s.side for s in one.sides] == [s.side for s in other.sides]


def _words(c: RepetitionFacts, side: str) -> str:
    return f"{c.many} {limb(side, c.side_means)}".rstrip()


def _entries(count: RepetitionFacts) -> Iterable[FigureEntry]:
    for part in count.sides:
        yield from figure_entries(count.many, "", part.count, count.many, part.side)
        for place, done in enumerate(part.sets, 1):
            yield from figure_entries(count.many, f"set {place}", done.actual, count.many, part.side)
            yield from figure_entries(count.many, f"set {place}, target", done.target, count.many, part.side)
    for place, amount in enumerate(count.of, 1):
        yield from figure_entries(count.of_many, f"amount {place}", amount, count.of_many)


WORDS: Final = CountWords()
