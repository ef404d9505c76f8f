"""Numbers read off something: a weight, a distance, a grip strength."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec

from otgroup.characters import shown
from otgroup.record.event import Event, EventId
from otgroup.record.fields import OptionalText
from otgroup.record.measure import Flaw, Measure
from otgroup.record.part import Basis, Elapsed, Part, PartEvent, WorkPart, whole
from otgroup.record.tally_row import TallyRow
from otgroup.written import parse_number


class Reading(msgspec.Struct, frozen=True):
    """A number read off, for a value measure."""

    id: EventId
    measure: str
    value: float
    at: datetime | None


class Values(WorkPart, frozen=True):
    """What was read off, oldest first."""

    readings: tuple[Reading, ...] = ()

    def of(self, measure: str) -> tuple[float, ...]:
        """The numbers of one measure."""
        return tuple(reading.value for reading in self.readings if reading.measure == measure)

    @property
    def work(self) -> tuple[Reading, ...]:
        """Every reading."""
        return self.readings


class ValueMeasure(Measure[Values], frozen=True, kw_only=True, tag="value"):
    """A number read off something: a weight, a distance, a grip strength."""

    held_in: ClassVar[type[Part]] = Values

    unit: OptionalText = ""
    lowest: float | None = None
    highest: float | None = None

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>`."""
        return (measure_id,)

    @classmethod
    def flaws(cls, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator[Flaw]:
        """The lowest lies under the highest."""
        lowest, highest = keys.get("lowest"), keys.get("highest")
        if isinstance(lowest, int | float) and isinstance(highest, int | float) and lowest >= highest:
            what = f"{shown(lowest)} is not under highest = {shown(highest)}"
            yield Flaw("lowest", what, "swap or correct them")

    def read(self, row: TallyRow) -> Iterator[Event]:
        """The number as written."""
        if cell := row[self.id]:
            value = parse_number(cell, self.id, self.lowest, self.highest)
            yield Value(**row.stamp(), measure=self.id, value=value)

    def recorded(self, part: Values, elapsed: Elapsed) -> int | float | None:
        """The latest number."""
        values = part.of(self.id)
        return whole(values[-1]) if values else None

    def text(self, part: Values, elapsed: Elapsed) -> str:
        """The latest number."""
        value = self.recorded(part, elapsed)
        return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


_TOO_HIGH: Final = 10**9


class Value(PartEvent[Values], frozen=True, kw_only=True, omit_defaults=True):
    """A number read off (a distance, a load)."""

    part: ClassVar[type[Part]] = Values

    measure: str
    value: float

    def changed(self, part: Values, basis: Basis) -> Values:
        """One more reading."""
        return Values((*part.readings, Reading(self.id, self.measure, self.value, self.at)))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such value, or not as low or as high."""
        measure = basis.protocol.find(self.measure)
        if not isinstance(measure, ValueMeasure):
            return "this group has no value to note"
        if not abs(self.value) < _TOO_HIGH:
            return "a value has at most nine digits"
        if measure.lowest is not None and self.value < measure.lowest:
            return f"{measure.one} goes from {measure.lowest:g} on"
        if measure.highest is not None and self.value > measure.highest:
            return f"{measure.one} goes up to {measure.highest:g}"
        return None

    def told(self, part: Values | None, basis: Basis) -> str:
        """Say a number that was read off: `distance 20 ft`."""
        measure = basis.protocol.find(self.measure)
        unit = f" {measure.unit}" if isinstance(measure, ValueMeasure) and measure.unit else ""
        return f"{basis.protocol.one_of(self.measure)} {self.value:g}{unit}"
