"""Numbers read off, in the notes: a weight, a distance, a grip strength."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

import msgspec

from otgroup.notes.english.grammar import Voice, numeral
from otgroup.notes.entry import FigureEntry, figure_entries
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import ReadingFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import Impossible, MeasureWords, Pair, Unfinished
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.parts.values import Value, ValueMeasure
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class ValueFacts(msgspec.Struct, frozen=True):
    """The numbers read off, oldest first."""

    readings: tuple[ReadingFacts, ...] = ()


class ValueWords(MeasureWords[ValueFacts]):
    """A number read off something."""

    by_name: ClassVar = True

    def facts(self, record: Record) -> ValueFacts | None:
        """Every reading of a measure the group has."""
        made: list[ReadingFacts] = []
        for r in record.p.values.readings:
            measure = record.protocol.find(r.measure)
            if isinstance(measure, ValueMeasure):
                value = Figure(r.value, (r.id,))
                made.append(ReadingFacts(one=measure.one, many=measure.many, unit=measure.unit, value=value))
        return ValueFacts(tuple(made)) if made else None

    def individual(self, facts: ValueFacts) -> bool:
        """A number that was read off is theirs."""
        return bool(facts.readings)

    def sentences(self, facts: ValueFacts, p: Voice) -> str:
        """The load was 2.5 lb."""
        return " ".join(
            f"The {r.one} was {numeral(r.value)}{f' {r.unit}' if r.unit else ''}." for r in facts.readings
        )

    def in_brief(self, facts: ValueFacts, p: Voice) -> str:
        """The sentences are brief as they are."""
        return self.sentences(facts, p)

    def pairs(self, then: ValueFacts, now: ValueFacts) -> Iterator[Pair]:
        """A load is chosen, it does not get better or worse."""
        return iter(())

    def entries(self, facts: ValueFacts) -> Iterator[FigureEntry]:
        """Each number with its unit."""
        for reading in facts.readings:
            yield from figure_entries(reading.one, "", reading.value, reading.unit or reading.many)

    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """A reading is never open."""
        return iter(())

    def impossible(self, facts: ValueFacts) -> Iterator[Impossible]:
        """What is too low or too high is refused where it is recorded."""
        return iter(())

    @property
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """A load."""
        return (ValueMeasure(id="load", one="load", many="loads", unit="lb"),)

    def example(self, pen: Pen, who: PersonId, measure: ValueMeasure) -> list[Event]:
        """One number."""
        return [Value(**pen.stamp(who), measure=measure.id, value=2.5)]


WORDS: Final = ValueWords()
