"""Repetitions: pressed one by one or as whole sets, by side where the measure has sides."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from otgroup.record.event import Event, EventId
from otgroup.record.fields import Amount, ColumnName, OptionalText, SideName
from otgroup.record.measure import Flaw, Measure, link_flaws, side_flaws
from otgroup.record.part import Basis, Elapsed, Part, PartEvent, WorkPart, replace
from otgroup.record.sides import Side
from otgroup.record.tally_row import TallyRow
from otgroup.written import HIGHEST_COUNT, parse_count


class Counted(msgspec.Struct, frozen=True):
    """Repetitions of one measure on one side: pressed one by one, or a set."""

    id: EventId
    measure: str
    side: Side | None
    count: int
    at: datetime | None
    is_set: bool = False
    target: int | None = None


class Counts(WorkPart, frozen=True):
    """What a participant did again and again, oldest first."""

    entries: tuple[Counted, ...] = ()

    def total(self, measure: str, side: Side | None = None) -> int | None:
        """Repetitions of a measure on that side (None: of an unsided one); None when nothing was recorded."""
        counts = [entry.count for entry in self.entries if entry.measure == measure and entry.side == side]
        return sum(counts) if counts else None

    def sum_of(self, measure: str | None) -> int | None:
        """Repetitions of a measure on all sides; None when nothing was recorded."""
        counts = [entry.count for entry in self.entries if entry.measure == measure]
        return sum(counts) if counts else None

    def total_up_to(self, event: "Repetition | SetDone") -> int | None:
        """The count up to an event; None where it is not among these (any more)."""
        same = [e for e in self.entries if e.measure == event.measure and e.side == event.side]
        if same and same[-1].id == event.id:
            return sum(entry.count for entry in same)
        place = next((place for place, entry in enumerate(same) if entry.id == event.id), None)
        return None if place is None else sum(entry.count for entry in same[: place + 1])

    def side_in_use(self, measure: str) -> Side | None:
        """The side last used on a measure."""
        return next((entry.side for entry in reversed(self.entries) if entry.measure == measure), None)

    @property
    def work(self) -> tuple[Counted, ...]:
        """Every repetition and set."""
        return self.entries


class CountMeasure(Measure[Counts], frozen=True, kw_only=True, tag="count"):
    """Repetitions, by side where the file says so."""

    held_in: ClassVar[type[Part]] = Counts

    sides: tuple[SideName, ...] = ()
    side_means: OptionalText = ""
    """What left and right name: "tapping foot"."""
    did: OptionalText = ""
    """The verb before the number in the note: "made", "placed"."""
    aside: OptionalText = ""
    """Said of a side in the note, "{other}" being the other one: "standing on the {other}"."""
    target: Amount | None = None
    """Repetitions of one set (per side where sided)."""
    of: ColumnName | None = None
    """The count this one is a part of: cones placed, of cones planned."""
    within: ColumnName | None = None
    """The interval measure whose running interval a count belongs to."""

    @property
    def side_names(self) -> tuple[SideName, ...]:
        """Left and right, where the file says so."""
        return self.sides

    @property
    def side_word(self) -> str:
        """What left and right name."""
        return self.side_means if self.sides else ""

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>`, or `<id>_left` and `<id>_right`."""
        return (f"{measure_id}_left", f"{measure_id}_right") if keys.get("sides") else (measure_id,)

    @classmethod
    def flaws(cls, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator[Flaw]:
        """Sides in pairs; `of` names another count, `within` an interval measure."""
        yield from side_flaws(keys)
        yield from link_flaws("of", "count", keys, others)
        yield from link_flaws("within", "interval", keys, others)

    def read(self, row: TallyRow) -> Iterator[Event]:
        """The total, or one of each side; a written 0 is a statement."""
        for side in map(Side, self.sides) if self.sides else (None,):
            column = f"{self.id}_{side}" if side else self.id
            if cell := row[column]:
                count = parse_count(cell, column)
                yield Repetition(**row.stamp(), measure=self.id, count=count, side=side)

    def beyond(self, part: Counts, treated_s: float) -> str | None:
        """More than there were: 21 cones placed of 20 planned."""
        whole, own = (part.sum_of(measure) for measure in (self.of, self.id))
        if whole is None or own is None or own <= whole:
            return None
        return f"{own} is more than the {whole} of {self.of}, correct one of them"

    def recorded(self, part: Counts, elapsed: Elapsed) -> "int | BySide | None":
        """The count, or by side; a side without a record is absent."""
        if not self.sides:
            return part.total(self.id)
        left, right = part.total(self.id, Side.LEFT), part.total(self.id, Side.RIGHT)
        return None if left is None and right is None else BySide(left=left, right=right)

    def text(self, part: Counts, elapsed: Elapsed) -> str:
        """`left 12, right 14`."""
        match self.recorded(part, elapsed):
            case BySide(left=left, right=right):
                sides = (("left", left), ("right", right))
                return ", ".join(f"{side} {count}" for side, count in sides if count is not None)
            case None:
                return ""
            case count:
                return str(count)


class BySide(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Repetitions by side in the JSON; a side without a record is absent."""

    left: int | None = None
    right: int | None = None


def count_measure(measure_id: str, basis: Basis) -> CountMeasure | None:
    """The count measure of that id, if the group has it."""
    found = basis.protocol.find(measure_id)
    return found if isinstance(found, CountMeasure) else None


# --- events ------------------------------------------------------------------------------------------


class Repetition(PartEvent[Counts], frozen=True, kw_only=True, omit_defaults=True):
    """Repetitions of a count measure; a written count of 0 is a statement too."""

    part: ClassVar[type[Part]] = Counts

    measure: str
    count: int
    side: Side | None = None

    def changed(self, part: Counts, basis: Basis) -> Counts:
        """One more entry."""
        entry = Counted(self.id, self.measure, self.side, self.count, self.at)
        return replace(part, entries=(*part.entries, entry))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group does not count that, not on that side, or not so many."""
        return _no_count(self, self.count, basis)

    def told(self, part: Counts | None, basis: Basis) -> str:
        """Say the running count: `right 15`, `12 punches`; where it is not known, what was added: `right +1`."""
        total = part.total_up_to(self) if part else None
        number = self.count if total is None else total
        figure = f"+{number}" if total is None else str(number)
        measure = basis.protocol.find(self.measure)
        if self.side is None:
            return f"{figure} {measure.word(number)}" if measure else figure
        named = measure is not None and measure.id != basis.protocol.main_measure.id
        return f"{measure.many} {self.side} {figure}" if measure and named else f"{self.side} {figure}"


class SetDone(PartEvent[Counts], frozen=True, kw_only=True, omit_defaults=True):
    """A whole set: what was aimed at and what was done (which adds to the count)."""

    part: ClassVar[type[Part]] = Counts

    measure: str
    actual: int
    target: int | None = None
    side: Side | None = None

    def changed(self, part: Counts, basis: Basis) -> Counts:
        """One more entry, which is a set."""
        done = Counted(self.id, self.measure, self.side, self.actual, self.at, is_set=True, target=self.target)
        return replace(part, entries=(*part.entries, done))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group does not count that, not on that side, or not so many."""
        if self.target is not None and not 1 <= self.target <= HIGHEST_COUNT:
            return f"a target goes from 1 to {HIGHEST_COUNT}"
        return _no_count(self, self.actual, basis)

    def told(self, part: Counts | None, basis: Basis) -> str:
        """Say the set and the running count: `set left 15 of 20, now 27`."""
        target = f" of {self.target}" if self.target is not None else ""
        side = f"{self.side} " if self.side else ""
        total = part.total_up_to(self) if part else None
        running = f", now {total}" if total is not None and total != self.actual else ""
        return f"set {side}{self.actual}{target}{running}"


def _no_count(event: Repetition | SetDone, number: int, basis: Basis) -> str | None:
    measure = count_measure(event.measure, basis)
    if measure is None:
        return f"this group does not count {event.measure}"
    if bool(measure.sides) != (event.side is not None):
        return "left or right? , or . says which" if measure.sides else f"{measure.many} have no sides in this group"
    if not 0 <= number <= HIGHEST_COUNT:
        return f"a count goes from 0 to {HIGHEST_COUNT}"
    return None
