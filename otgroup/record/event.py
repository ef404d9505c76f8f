"""What every event has: who it is about, when it happened and was keyed, by whom.

An event is the only way anything changes. It says when the thing happened (`at`), when it was keyed (`entered`),
by whom, for whom, and whether it was keyed live, from a tally sheet or late. A paper tally gives totals without
times, so an observation's `at` may be missing; arrivals, rests, pauses and ends always have one, because minutes
come from them.

What each kind means stands in its own class: those of a session in `course`, those of a participant in `parts`.
"""

from abc import ABCMeta, abstractmethod
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, NewType, Self, TypedDict, overload

import msgspec

from otgroup.record.people import PersonId

if TYPE_CHECKING:
    from otgroup.record.state import SessionState

EventId = NewType("EventId", str)

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment with its offset from UTC: one without cannot be read back."""

Source = Literal["live", "tally", "late"]

TimeKind = Literal["presence", "rest", "rest total", "pause"]
"""A time that minutes of treatment are made of."""


class Stamp(TypedDict):
    """What an event is stamped with: `Pain(**pen.stamp(person), score=3)`."""

    id: EventId
    entered: datetime
    by: str
    participants: tuple[PersonId, ...]
    source: Source
    at: datetime | None


class TimedStamp(TypedDict):
    """A stamp whose time is known."""

    id: EventId
    entered: datetime
    by: str
    participants: tuple[PersonId, ...]
    source: Source
    at: datetime


class AbstractStruct(msgspec.StructMeta, ABCMeta):
    """Structs with abstract methods: a kind that lacks one cannot be made."""


def _kind(class_name: str) -> str:
    """The tag in the journal: `GroupPaused` becomes `group_paused`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in class_name).lstrip("_")


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="kind",
    tag=_kind,
    metaclass=AbstractStruct,
):
    """One thing that happened: to whom, keyed when, by whom."""

    id: Annotated[EventId, msgspec.Meta(min_length=1)]
    entered: Moment
    by: str
    participants: tuple[PersonId, ...] = ()
    source: Source = "live"
    at: Moment | None = None

    after_the_end: ClassVar[bool] = False
    """Whether it may be recorded once the session has ended, without being a late entry."""
    times: ClassVar[frozenset[TimeKind]] = frozenset()
    """The times that it begins, ends or adds to."""
    sizes_the_group: ClassVar[bool] = False
    """Whether the group's size comes from it, so that it counts in everybody's note."""
    in_log: ClassVar[bool] = True
    """Whether the board's log tells it."""
    undo_reaches: ClassVar[bool] = True
    """Whether a key of the board takes it back; not what is no entry, or is answered elsewhere."""

    @abstractmethod
    def describe(self, state: "SessionState") -> str:
        """What the log says of it, in a few words such as "verbal cue, 3rd", "right 15" or "harder, now +1".

        Pure and quick, because the board asks for every tap; `state` is the session after the event or any later
        one. A running figure counts up to the event itself, so that a line stays true whatever happened later.
        """

    @property
    def about(self) -> EventId:
        """The event with which it is undone and given away: itself, or the one it only adds to."""
        return self.id

    @property
    def in_notes(self) -> bool:
        """Whether a note may say something else with it than without it; what acts through other events does not
        count by itself.
        """
        return True

    def given(self) -> Self:
        """The same event as it counts for somebody else to whom it was given."""
        return self

    @property
    def kind(self) -> str:
        """The tag this event has in the journal."""
        return str(type(self).__struct_config__.tag)


class _Now:
    """Stands for the moment in which an event is stamped."""


NOW: Final = _Now()


class Pen:
    """Stamps events: knows the time, the leader and where ids come from, so that nothing else must."""

    def __init__(
        self, now: Callable[[], datetime], new_id: Callable[[], str], by: str, source: Source = "live"
    ) -> None:
        self.now = now
        self.new_id = new_id
        self.by = by
        self.source = source

    @overload
    def stamp(self, *participants: PersonId, at: datetime | _Now = ...) -> TimedStamp: ...
    @overload
    def stamp(self, *participants: PersonId, at: None) -> Stamp: ...

    def stamp(self, *participants: PersonId, at: datetime | _Now | None = NOW) -> Stamp | TimedStamp:
        """A stamp for these participants; it happened now unless `at` says when (None: nobody knows)."""
        now = self.now()
        return Stamp(
            id=EventId(self.new_id()),
            entered=now,
            by=self.by,
            participants=participants,
            source=self.source,
            at=self.happening(now) if isinstance(at, _Now) else at,
        )

    def happening(self, now: datetime) -> datetime | None:
        """When what is stamped now happened, where nobody says otherwise."""
        return now


class LatePen(Pen):
    """Stamps late entries: each happened at the time that was said, or at a time nobody knows."""

    happened: datetime | None = None

    def happening(self, now: datetime) -> datetime | None:  # noqa: ARG002 - the time that was said stands
        """The time that was said. What needs a time is not offered without one (`board.late`)."""
        return self.happened
