"""A part of a participant's record, and the events that change it.

A participant's record is about a dozen frozen parts (`participant`); a subject's file in `parts/` holds one of
them with all that belongs to it. An event changes one part; what crosses stands in `crossing`.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NamedTuple, TypeVar
from typing import Protocol as Interface

import msgspec

from otgroup.record.event import AbstractStruct, Event, EventId, Moment
from otgroup.record.spans import Span

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol
    from otgroup.record.scales import Scales
    from otgroup.record.state import SessionState
    from otgroup.record.tally_row import TallyRow

replace = msgspec.structs.replace


class Basis(NamedTuple):
    """What a session is recorded by: its group file and its scales, as they were frozen at its start."""

    protocol: "Protocol"
    scales: "Scales"
    pauses: tuple[Span, ...] = ()
    """When the whole group paused so far."""


class Elapsed(NamedTuple):
    """How far time has run in a session, and when the whole group paused."""

    pauses: tuple[Span, ...]
    until: datetime


class Part(msgspec.Struct, frozen=True, metaclass=AbstractStruct):
    """What a participant's record holds of one subject."""

    def holds(self, event: EventId) -> bool:
        """Whether something that this event made stands in it."""
        values = (getattr(self, name) for name in self.__struct_fields__)
        lists = (value for value in values if isinstance(value, tuple))
        return any(getattr(item, "id", None) == event for items in lists for item in items)

    @property
    def findings(self) -> bool:
        """Whether it holds what only somebody who was here can have done."""
        return False

    @property
    def first_at(self) -> datetime | None:
        """When the first piece of work in it was recorded; None where no time tells."""
        return None

    @property
    def done_at(self) -> tuple[datetime, ...]:
        """When each thing happened that only somebody who was here can have done, as far as times tell."""
        return ()

    @property
    def open_attempt(self) -> EventId | None:
        """What is under way, so that a cue given now belongs to it."""
        return None

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """What `otgroup show --json` says of it; what was not recorded is None or absent."""
        return {}

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Its columns of a group's tally sheet."""
        return ()

    @classmethod
    def read(cls, row: "TallyRow") -> Iterator[Event]:
        """The events that the filled cells of its columns make. Raises BadInput naming the column."""
        return iter(())


class _Dated(Interface):
    @property
    def at(self) -> datetime | None: ...


class WorkPart(Part, frozen=True):
    """A part that lists work, each piece with its time: only somebody who was here can have done it."""

    @property
    @abstractmethod
    def work(self) -> tuple[_Dated, ...]:
        """All pieces, oldest first."""

    @property
    def findings(self) -> bool:
        """Whether any work was recorded."""
        return bool(self.work)

    @property
    def first_at(self) -> datetime | None:
        """When the first piece was recorded."""
        return earliest(*self.done_at)

    @property
    def done_at(self) -> tuple[datetime, ...]:
        """When each piece was recorded."""
        return times_of(self.work)


_P = TypeVar("_P", bound=Part)


class PartEvent(Event, Generic[_P], frozen=True, kw_only=True, omit_defaults=True):
    """An event that changes one part of its participants' records."""

    part: ClassVar[type[Part]]
    """The part it changes."""
    of_whom: ClassVar[Literal["here", "took part", "treated", "anybody"]] = "here"
    """Of whom it may be recorded now."""
    names_somebody: ClassVar[bool] = True
    """Whether it is always about a participant."""

    @abstractmethod
    def changed(self, part: _P, basis: Basis) -> _P:
        """The part after it happened. Raises nothing: what refers to something that is not there changes nothing."""

    @abstractmethod
    def told(self, part: _P | None, basis: Basis) -> str:
        """What the log says of it, in a few words; `part` is the one participant's after it (None: of several)."""

    def describe(self, state: "SessionState") -> str:
        """What the log says of it: of one participant with their part, of several or none without."""
        whose = state.rightful(self).participants
        participant = state.participants.get(whose[0]) if len(whose) == 1 else None
        own: Any = participant.part(self.part) if participant else None
        return self.told(own, state.basis)

    def unfit(self, basis: Basis) -> str | None:
        """Why there can be no such event in a session with this basis; None if there can."""
        return None

    def refused(self, part: _P, basis: Basis) -> str | None:
        """Why it may not be recorded of somebody with this part, to follow their name; None if it may."""
        return None


class TimedPartEvent(PartEvent[_P], frozen=True, kw_only=True, omit_defaults=True):
    """A part's event without whose time the minutes cannot be told."""

    at: Moment


class Detail(PartEvent[_P], frozen=True, kw_only=True, omit_defaults=True):
    """An event that only adds to an earlier one: undoing that one takes it along, and so does giving it away."""

    of: EventId

    of_whom: ClassVar[Literal["here", "took part", "treated", "anybody"]] = "anybody"

    @property
    def about(self) -> EventId:
        """The event it adds to."""
        return self.of

    def refused(self, part: _P, basis: Basis) -> str | None:
        """Where what it adds to is not on the record (any more)."""
        return None if part.holds(self.of) else "has nothing on the record that this could be added to"


class Noted(msgspec.Struct, frozen=True):
    """Words kept for one participant."""

    id: EventId
    at: datetime | None
    text: str


class Rating(msgspec.Struct, frozen=True):
    """A scale's value at a moment."""

    id: EventId
    at: datetime | None
    value: float


def said(fields: dict[str, Any]) -> dict[str, Any]:
    """Only what was said: a detail adds and never blanks."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def changed_one(items: tuple[Any, ...], of: EventId, **fields: Any) -> tuple[Any, ...]:
    """The items with the one that event `of` made changed."""
    return tuple(replace(item, **fields) if item.id == of else item for item in items)


def times_of(items: Iterable[_Dated]) -> tuple[datetime, ...]:
    """The times of those that have one."""
    return tuple(item.at for item in items if item.at)


def earliest(*times: datetime | None) -> datetime | None:
    """The first of the times that are known."""
    return min((at for at in times if at), default=None)


def whole(number: float) -> int | float:
    """A whole number without its `.0`."""
    return int(number) if float(number).is_integer() else number


def iso_moment(at: datetime | None) -> str | None:
    """A moment in ISO 8601 with the offset from UTC."""
    return at.isoformat() if at else None
