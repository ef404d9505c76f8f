"""The events of a whole session: start and end, pauses, who is on the board; what is taken back or given away."""

from abc import abstractmethod
from typing import Annotated, ClassVar, Final

from msgspec import Meta

from otgroup.record.event import Event, EventId, Moment
from otgroup.record.part import replace
from otgroup.record.participant import Participant
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.scales import Scales
from otgroup.record.spans import Span, close_last
from otgroup.record.state import SessionState
from otgroup.record.wording import because, length_text
from otgroup.written import HIGHEST_COUNT

MOST_PARTICIPANTS = 12
_FARTHEST_SET: Final = 200 * 366 * 86_400


class SessionEvent(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An event that changes the session itself."""

    @abstractmethod
    def changed(self, state: SessionState) -> SessionState:
        """The session after it happened."""

    def refused(self, state: SessionState) -> str | None:
        """Why it may not be recorded now; None if it may."""
        return None


class TimedSessionEvent(SessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """One without whose time the minutes cannot be told."""

    at: Moment


class Started(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The group began; everything it is recorded by is frozen here."""

    in_log: ClassVar[bool] = False
    undo_reaches: ClassVar[bool] = False

    session: str
    leader: Leader
    protocol: Protocol
    scales: Scales

    @property
    def begun(self) -> SessionState:
        """The session right after its start."""
        return SessionState(
            id=self.session,
            leader=self.leader,
            protocol=self.protocol,
            scales=self.scales,
            started_at=self.at,
            last_at=self.at,
            log=(self,),
        )

    def changed(self, state: SessionState) -> SessionState:
        """A session starts once: a second start changes nothing."""
        return state

    def refused(self, state: SessionState) -> str | None:
        """A session starts once."""
        return "this session has started already"

    def describe(self, state: SessionState) -> str:
        """Say that it began."""
        return "group started"


class Ended(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The group is over."""

    times: ClassVar = frozenset({"presence", "pause"})
    undo_reaches: ClassVar[bool] = False

    def changed(self, state: SessionState) -> SessionState:
        """Time stands still from here on."""
        return replace(state, ended_at=self.at)

    def refused(self, state: SessionState) -> str | None:
        """Before its start nothing can end."""
        return "a session cannot end before it started" if self.at < state.started_at else None

    def describe(self, state: SessionState) -> str:
        """Say that it ended."""
        return "group ended"


class Reopened(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The group goes on after all; the time between counts as a pause."""

    after_the_end: ClassVar[bool] = True
    times: ClassVar = frozenset({"presence", "pause"})
    undo_reaches: ClassVar[bool] = False

    def changed(self, state: SessionState) -> SessionState:
        """It goes on, with a pause from its end until now."""
        if state.ended_at is None:
            return state
        between = Span(state.ended_at).closed(self.at)
        pauses = (*state.pauses[:-1], between, state.pauses[-1]) if state.paused else (*state.pauses, between)
        return replace(state, ended_at=None, pauses=pauses)

    def refused(self, state: SessionState) -> str | None:
        """Of a session that runs."""
        return None if state.ended_at else "this session is running"

    def describe(self, state: SessionState) -> str:
        """Say that it goes on."""
        return "group goes on after all"


class Voided(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A session begun by mistake: kept, without notes."""

    after_the_end: ClassVar[bool] = True

    reason: str = ""

    def changed(self, state: SessionState) -> SessionState:
        """It is kept and told as voided."""
        return replace(state, voided=True)

    def describe(self, state: SessionState) -> str:
        """Say that and why."""
        return because("session voided", self.reason)


class GroupPaused(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """Nobody is treated from here on (the leader was called away, somebody fell).

    `assumed`: nobody said so, nothing was entered for a long time; a `ReasonGiven` of it is the leader's answer.
    `fall` is the event that told of a fall, where the group pauses for one.
    """

    times: ClassVar = frozenset({"pause"})

    reason: str = ""
    assumed: bool | None = None
    fall: Annotated[EventId, Meta(min_length=1)] | None = None

    def changed(self, state: SessionState) -> SessionState:
        """A pause begins, unless one goes on."""
        return state if state.paused else replace(state, pauses=(*state.pauses, Span(self.at)))

    def refused(self, state: SessionState) -> str | None:
        """Of a group that pauses. The fall it is for is told in the same go, after it."""
        return "the group is paused already" if state.paused else None

    def describe(self, state: SessionState) -> str:
        """Say that and why."""
        return because("group paused", self.reason)


class GroupResumed(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The pause of the whole group is over."""

    times: ClassVar = frozenset({"pause"})

    def changed(self, state: SessionState) -> SessionState:
        """The pause ends."""
        return replace(state, pauses=close_last(state.pauses, self.at))

    def refused(self, state: SessionState) -> str | None:
        """Of a group that does not pause."""
        return None if state.paused else "the group is not paused"

    def describe(self, state: SessionState) -> str:
        """Say that it goes on."""
        return "group goes on"


class MachineClockSet(SessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The machine's clock was set while the group ran, by so many seconds (negative: back).

    Times on record do not follow it: they go on by the clock the group began with.
    """

    undo_reaches: ClassVar[bool] = False

    seconds: int

    @property
    def in_notes(self) -> bool:
        """The times on record stand."""
        return False

    def changed(self, state: SessionState) -> SessionState:
        """Nothing: the times on record stand."""
        return state

    def refused(self, state: SessionState) -> str | None:
        """By more than any clock can be set."""
        return None if abs(self.seconds) <= _FARTHEST_SET else "no clock is set so far"

    def describe(self, state: SessionState) -> str:
        """Say which way and how far."""
        return f"the machine's clock was set {'back' if self.seconds < 0 else 'forward'} {length_text(self.seconds)}"


class Joined(TimedSessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """A person is on this session's board, under a number kept for the whole session."""

    in_log: ClassVar[bool] = False
    undo_reaches: ClassVar[bool] = False

    person: Person
    number: int

    def changed(self, state: SessionState) -> SessionState:
        """One more participant, unless they are there."""
        joined = Participant(joined_as=self.person, number=self.number)
        return replace(state, participants={self.person.id: joined, **state.participants})

    def refused(self, state: SessionState) -> str | None:
        """Of somebody who is there or has no id, of one too many, or of a number that is taken."""
        if not self.person.id or self.participants not in ((), (self.person.id,)):
            return "who joins is not the one it is about"
        if self.person.id in state.participants:
            return f"{self.person.short_name} is in this group already"
        if len(state.participants) >= MOST_PARTICIPANTS:
            return f"a group has {MOST_PARTICIPANTS} places and all are taken"
        taken = any(p.number == self.number for p in state.participants.values())
        return f"number {self.number} is somebody else's" if taken or not 1 <= self.number <= HIGHEST_COUNT else None

    def describe(self, state: SessionState) -> str:
        """Say under which number."""
        return f"on the board as number {self.number}"


class Correction(SessionEvent, frozen=True, kw_only=True, omit_defaults=True):
    """An event about another one, which it takes back or gives to somebody else. The fold reads these first."""

    after_the_end: ClassVar[bool] = True

    event: EventId

    @property
    def in_notes(self) -> bool:
        """It acts through the event it names."""
        return False

    def changed(self, state: SessionState) -> SessionState:
        """It acts through the event it names."""
        return state

    def refused(self, state: SessionState) -> str | None:
        """Of an event that is not there."""
        return None if state.event(self.event) else "there is no such entry in this session"

    def _told_of(self, state: SessionState) -> str:
        found = state.event(self.event)
        return found.describe(state) if found else "an event"


class Moved(Correction, frozen=True, kw_only=True, omit_defaults=True):
    """An event was keyed for the wrong person: it belongs to `to`, at the time it happened."""

    to: PersonId

    def refused(self, state: SessionState) -> str | None:
        """To nobody of this group."""
        return super().refused(state) or (None if self.to in state.participants else "nobody of that name is here")

    def describe(self, state: SessionState) -> str:
        """Say what was given to whom."""
        to = state.participants.get(self.to)
        return f"given to {to.person.short_name if to else self.to}: {self._told_of(state)}"


class Undone(Correction, frozen=True, kw_only=True, omit_defaults=True):
    """An event did not happen. It stays in the record, struck through."""

    undo_reaches: ClassVar[bool] = False

    def describe(self, state: SessionState) -> str:
        """Say what was taken back."""
        return f"undone: {self._told_of(state)}"
