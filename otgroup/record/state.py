"""The state of a session: frozen values that events fold into.

`fold` builds it; the screen, the notes and the exports read it. Everything that stands in a participant's parts
names the events it came from, so that no figure is without a source.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Literal, TypeVar

import msgspec

from otgroup.record.event import Event, EventId
from otgroup.record.part import Basis, Elapsed
from otgroup.record.participant import Participant
from otgroup.record.people import Leader, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.scales import Scales
from otgroup.record.spans import Span, running

_E = TypeVar("_E", bound=Event)


class SessionState(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """A session as its events tell it. `log` holds every event, the undone ones too.

    `last_at` is when the last thing happened that is not undone; minutes of a session left running end there.
    """

    id: str
    leader: Leader
    protocol: Protocol
    scales: Scales
    started_at: datetime
    last_at: datetime
    ended_at: datetime | None = None
    voided: bool = False
    pauses: tuple[Span, ...] = ()
    participants: Mapping[PersonId, Participant] = MappingProxyType({})
    log: tuple[Event, ...] = ()
    undone: frozenset[EventId] = frozenset()
    moved: Mapping[EventId, PersonId] = MappingProxyType({})

    @property
    def basis(self) -> Basis:
        """What the session is recorded by."""
        return Basis(self.protocol, self.scales, self.pauses)

    def elapsed(self, until: datetime | None = None) -> Elapsed:
        """How far time has run: to that moment, else as `until` tells."""
        return Elapsed(self.pauses, until or self.until())

    @property
    def board(self) -> tuple[Participant, ...]:
        """The participants in board order."""
        return tuple(sorted(self.participants.values(), key=lambda p: p.number))

    @property
    def status(self) -> Literal["running", "ended", "voided"]:
        """Where the session stands."""
        if self.voided:
            return "voided"
        return "ended" if self.ended_at else "running"

    @property
    def paused(self) -> bool:
        """Whether the whole group pauses now."""
        return running(self.pauses)

    @property
    def size(self) -> int:
        """How many took part."""
        return sum(p.took_part for p in self.participants.values())

    def until(self, now: datetime | None = None) -> datetime:
        """How far time has run: the end, else `now`, else the last event."""
        return self.ended_at or now or self.last_at

    def minutes(self, who: PersonId, now: datetime | None = None) -> int:
        """Somebody's treatment time so far in whole minutes, rounded down."""
        return self.participants[who].presence.minutes(self.elapsed(self.until(now)))

    def event(self, event: EventId) -> Event | None:
        """The event of that id; normally it is near the log's end."""
        return next((one for one in reversed(self.log) if one.id == event), None)

    def rightful(self, event: _E) -> _E:
        """The event as belonging to the person it was given to; details follow what they are about."""
        to = self.moved.get(event.about)
        if to is None or (to,) == event.participants:
            return event
        return msgspec.structs.replace(event, participants=(to,)).given()

    def stands(self, event: Event) -> bool:
        """Whether an event is part of the record: not taken back, and not a detail of one that was."""
        return event.id not in self.undone and event.about not in self.undone

    @property
    def effective(self) -> tuple[Event, ...]:
        """The events that count, each with its rightful participants."""
        return tuple(self.rightful(event) for event in self.log if self.stands(event))

    def active_until(self, now: datetime) -> datetime:
        """Until when the group is known to have worked: its last event, or a running clock up to its target."""
        clocks = (clock for p in self.participants.values() for clock in p.clocks.bouts)
        targets = (clock.due_at(self.pauses) for clock in clocks)
        return max([self.last_at, *(min(now, due) for due in targets if due)])

    def silent_for(self, now: datetime) -> timedelta:
        """How long nothing has been recorded while no clock was on its way to a target."""
        return now - self.active_until(now)
