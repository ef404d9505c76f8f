"""Cues: of which type, on which side, in which attempt, and what they were for."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Self

import msgspec

from otgroup.record.event import Event, EventId
from otgroup.record.part import Basis, Detail, Elapsed, Part, PartEvent, changed_one, said, times_of
from otgroup.record.sides import Side
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import joined, ordinal
from otgroup.written import HIGHEST_COUNT, parse_count

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


class Cue(StrEnum):
    """How a cue was given."""

    VERBAL = "verbal"
    TACTILE = "tactile"
    VISUAL = "visual"
    GESTURAL = "gestural"
    DEMONSTRATION = "demonstration"
    PHYSICAL = "physical"


class Cueing(msgspec.Struct, frozen=True):
    """Cues given at one moment (or over the session, from a sheet)."""

    id: EventId
    type: Cue
    count: int
    at: datetime | None
    trial: EventId | None = None
    side: Side | None = None
    purpose: str = ""


class Cues(Part, frozen=True):
    """All cues of a participant, oldest first."""

    given: tuple[Cueing, ...] = ()

    @property
    def by_type(self) -> Mapping[Cue, int]:
        """Cues by type; a type that was never recorded is missing, not 0."""
        sums: dict[Cue, int] = {}
        for cueing in self.given:
            sums[cueing.type] = sums.get(cueing.type, 0) + cueing.count
        return sums

    def number_of(self, event: "CueGiven") -> int:
        """Which cue of its type an event was; 0 when it is not among these (any more)."""
        number = 0
        for cueing in self.given:
            number += cueing.count if cueing.type == event.type else 0
            if cueing.id == event.id:
                return number
        return 0

    @property
    def done_at(self) -> tuple[datetime, ...]:
        """When each was recorded."""
        return times_of(self.given)

    @property
    def findings(self) -> bool:
        """Whether any cue was recorded."""
        return bool(self.given)

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """Cues by type."""
        return {"cues": {str(cue): count for cue, count in self.by_type.items()}}

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """One column for each type that the group offers."""
        return tuple(f"{COLUMN_STEM}{cue}" for cue in Cue if cue in protocol.cues)

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """The totals by type; a written 0 is a statement."""
        for cue in row.basis.protocol.cues:
            column = f"{COLUMN_STEM}{cue}"
            if cell := row[column]:
                yield CueGiven(**row.stamp(), type=Cue(cue), count=parse_count(cell, column))


COLUMN_STEM = "cues_"


class CueGiven(PartEvent[Cues], frozen=True, kw_only=True, omit_defaults=True):
    """Cues of one type; those given during an open attempt belong to it."""

    part: ClassVar[type[Part]] = Cues

    type: Cue
    count: int
    trial: EventId | None = None
    side: Side | None = None

    def changed(self, part: Cues, basis: Basis) -> Cues:
        """One more entry."""
        return Cues((*part.given, Cueing(self.id, self.type, self.count, self.at, self.trial, self.side)))

    def given(self) -> Self:
        """The cue without its attempt: that was somebody else's."""
        return msgspec.structs.replace(self, trial=None)

    def unfit(self, basis: Basis) -> str | None:
        """Where the group offers no such cues, or nobody gives so many."""
        offered = basis.protocol.cues
        if self.type not in offered:
            return f"this group offers no {self.type} cues: {', '.join(offered)}"
        return None if 0 <= self.count <= HIGHEST_COUNT else f"cues go from 0 to {HIGHEST_COUNT}"

    def told(self, part: Cues | None, basis: Basis) -> str:
        """Say which one of its type it was: `verbal cue, 3rd`."""
        side = f" {self.side}" if self.side else ""
        if self.count != 1:
            return f"{self.count} {self.type} cues{side}"
        number = part.number_of(self) if part else 0
        return f"{self.type} cue{side}" + (f", {ordinal(number)}" if number else "")


class CueDetail(Detail[Cues], frozen=True, kw_only=True, omit_defaults=True):
    """On which side the cue was given, and what it was for."""

    part: ClassVar[type[Part]] = Cues

    side: Side | None = None
    purpose: str = ""

    def changed(self, part: Cues, basis: Basis) -> Cues:
        """The cue with what was said of it."""
        return Cues(changed_one(part.given, self.of, **said({"side": self.side, "purpose": self.purpose})))

    def told(self, part: Cues | None, basis: Basis) -> str:
        """Say what was said of it: `cue: left, for hip`."""
        return "cue: " + joined([self.side or "", f"for {self.purpose}" if self.purpose else ""])
