"""One participant's record with everything that facts are read from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from hashlib import sha256

from otgroup.billing.one_on_one import OneOnOne
from otgroup.notes.facts.figures import Events, TimeOfDay
from otgroup.notes.names import NameScreen
from otgroup.record.participant import Participant
from otgroup.record.people import PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.state import SessionState


@dataclass(frozen=True)
class Record:
    """A participant in a session, the details said of each event, their one-on-one time that was entered, and the
    screen for other people's names.
    """

    p: Participant
    state: SessionState
    screen: NameScreen
    details: dict[str, Events] = field(default_factory=dict)
    entered: tuple[OneOnOne, ...] = ()

    @property
    def protocol(self) -> Protocol:
        """The group file this session froze."""
        return self.state.protocol

    @property
    def zone(self) -> tzinfo | None:
        """The session's own time zone."""
        return self.state.started_at.tzinfo

    @property
    def until(self) -> datetime:
        """How far time has run in this session."""
        return self.state.until()

    def events(self, event: str, own: Events) -> Events:
        """An event and every detail said of it."""
        return (*own, *self.details.get(event, ()))

    def time_of_day(self, at: datetime | None, events: Events) -> TimeOfDay | None:
        """A time as HH:MM in the session's own time zone."""
        return TimeOfDay(at.astimezone(self.zone).strftime("%H:%M"), events) if at else None


def record_of(state: SessionState, person_id: PersonId, entries: Iterable[OneOnOne] = ()) -> Record:
    """A participant's record, ready to be read; of the one-on-one time, theirs is picked."""
    p = state.participants[person_id]
    own = tuple(entry for entry in entries if entry.person == person_id)
    return Record(p, state, NameScreen([q.person for q in state.board], p.person), _details(state), own)


def digest_of_record(state: SessionState, person_id: PersonId) -> str:
    """SHA-256 of which events make up what a note may say of a participant: another one means that it has
    changed. Theirs and the whole group's count, and whoever else came or went: they make the group's size.
    """
    counts = (e for e in state.effective if e.in_notes)
    own = (e.id for e in counts if e.sizes_the_group or not e.participants or person_id in e.participants)
    return sha256("\n".join(own).encode()).hexdigest()


def _details(state: SessionState) -> dict[str, Events]:
    """Which later events say more about an earlier one (`of`), by the earlier one's id."""
    found: dict[str, Events] = {}
    for event in state.log:
        of = getattr(event, "of", None)
        if of is not None and event.id not in state.undone:
            found[of] = (*found.get(of, ()), event.id)
    return found
