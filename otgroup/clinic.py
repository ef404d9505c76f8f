"""What the screens may ask for: people, groups, sessions, notes. The one place that ties them to the store."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from otgroup.board import words
from otgroup.board.desk import Desk
from otgroup.board.keymap import Keys, default_keys, read_keys
from otgroup.board.session_time import SessionTimes
from otgroup.errors import StoreError
from otgroup.notes.signing.rules import ReviewRules, parse_review
from otgroup.record.course import Ended, Joined, Reopened, Started, Undone, Voided
from otgroup.record.event import Event, LatePen, Pen
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.presence import Arrived
from otgroup.record.people import Leader, Link, Person, PersonId, with_link
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import standing_voids
from otgroup.record.state import SessionState
from otgroup.store.files import make_folder
from otgroup.store.folder import DataFolder
from otgroup.store.sessions import LiveSession, new_session_id
from otgroup.store.summary import Summary

if TYPE_CHECKING:
    from otgroup.billing.rules import Bill
    from otgroup.notes.signing.reviewing import Reviewing


class Waiting(NamedTuple):
    """Notes that wait: for the author's signature, for a supervisor's; and the session to begin with."""

    to_sign: int = 0
    to_cosign: int = 0
    first: Summary | None = None

    @property
    def told(self) -> str:
        """One line; empty where nothing waits."""
        parts = (
            f"{self.to_sign} to review and sign" if self.to_sign else "",
            f"{self.to_cosign} to co-sign" if self.to_cosign else "",
        )
        told = " · ".join(filter(None, parts))
        return f"Waiting  {told}   r review" if told else ""


class Clinic:
    """One data folder, one leader at the keyboard."""

    def __init__(
        self,
        data: DataFolder,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        steady: Callable[[], float] | None = None,
    ) -> None:
        self._data = data
        self._session: LiveSession | None = None
        self.times = SessionTimes(now, steady)
        self.now = now
        self.new_id = new_id

    @property
    def folder(self) -> DataFolder:
        """The data folder itself."""
        return self._data

    # --- people and groups --------------------------------------------------------------------------

    @property
    def notices(self) -> list[str]:
        """What was found at opening: things set aside, journals that do not open."""
        return self._data.notices

    def people(self) -> list[Person]:
        """Every participant, by name."""
        return self._data.library.people()

    def save_person(self, person: Person) -> None:
        """Keep a participant, new or changed."""
        self._data.library.save_people([person])

    def save_link(self, person_id: PersonId, link: Link) -> None:
        """Keep why a group serves a participant; all else of them stays as it is kept now."""
        known = next((person for person in self.people() if person.id == person_id), None)
        if known is not None:
            self.save_person(with_link(known, link))

    def keep_link(self, desk: Desk, person: Person) -> None:
        """Keep why the desk's group serves somebody: on its record and for next time. Raises Refused, NotSaved."""
        said = person.link(desk.state.protocol.id)
        if not words.link(desk, person.id, said):
            raise desk.unkept
        self.save_link(person.id, said)

    def groups(self) -> list[Protocol]:
        """Every group that can be run."""
        return self._data.shelf.groups()

    def groups_with_problems(self) -> tuple[list[Protocol], str, list[str]]:
        """Every group, where a clinic's own stand, and what is wrong with any of them."""
        shelf = self._data.shelf
        return shelf.groups(), str(shelf.own_groups), shelf.problems()

    def keys(self) -> Keys:
        """The board's keys, the leader's own where they have any. Raises BadInput."""
        own = self._data.shelf.keys()
        return read_keys(*own) if own else default_keys()

    def leader(self) -> Leader | None:
        """Whoever led last."""
        return self._data.library.leader()

    def remember_leader(self, leader: Leader) -> None:
        """Keep who leads."""
        self._data.library.remember_leader(leader)

    # --- sessions -----------------------------------------------------------------------------------

    def sessions(self) -> list[Summary]:
        """Every session, newest first."""
        return self._data.sessions.summaries()

    def read(self, session_id: str) -> SessionState:
        """A session as it stands."""
        return self._data.sessions.read(session_id)

    def start(self, protocol: Protocol, people: Sequence[Person], leader: Leader) -> Desk:
        """Begin a group with these people, all of them here."""
        pen = Pen(self.now, self.new_id, str(leader))
        session_id = new_session_id(self.now(), protocol.id)
        started = Started(
            **pen.stamp(), session=session_id, leader=leader, protocol=protocol, scales=self._data.shelf.scales()
        )
        joined: list[Event] = [
            Joined(**pen.stamp(p.id, at=started.at), person=p, number=n) for n, p in enumerate(people, start=1)
        ]
        arrived: list[Event] = [Arrived(**pen.stamp(p.id, at=started.at), stated=False) for p in people]
        levels = self._levels(protocol, people, started, pen)
        self._take(self._data.sessions.start([started, *joined, *arrived, *levels]))
        return self._desk(leader)

    def _levels(self, protocol: Protocol, people: Sequence[Person], started: Started, pen: Pen) -> list[Event]:
        """Everybody starts where they ended last time; that they do is a fact on the record."""
        ladder = protocol.grading
        latest = self._data.sessions.latest(protocol.id, [p.id for p in people], started.at) if ladder else {}
        known = {strategy.id for strategy in protocol.strategies}
        events: list[Event] = []
        for person, state in latest.items():
            then = state.participants[person].grading
            if ladder is None or then.level is None or not ladder.lowest <= then.level <= ladder.highest:
                continue
            strategies = tuple(s for s in then.in_force if s in known)
            reason = f"as on {state.started_at.day} {state.started_at:%b}"
            stamp = pen.stamp(person, at=started.at)
            events.append(LevelStated(**stamp, level=then.level, strategies=strategies, reason=reason))
        return events

    def resume(self, session_id: str) -> Desk:
        """Open a running group to go on."""
        self._take(self._data.sessions.resume(session_id))
        return self._desk(self.leader() or self._open.state.leader)

    def end(self, at: datetime) -> SessionState:
        """End the open group at the time of its last event."""
        return self._keep(Ended(**self._pen(self._open.state.leader).stamp(at=at)))

    def void(self) -> SessionState:
        """Keep the open session as begun by mistake: no notes come of it."""
        return self._keep(Voided(**self._pen(self._open.state.leader).stamp()))

    def take_back_void(self, session_id: str) -> SessionState:
        """Give a voided session back as it stood: running, or ended.

        What happened in the group did not go on meanwhile, so the event has no time in it and no minute runs on.
        """
        self._take(self._data.sessions.resume(session_id))
        pen = self._pen(self.leader() or self._open.state.leader)
        voids = standing_voids(self._open.state)
        return self._open.record(*(Undone(**pen.stamp(at=None), event=event.id) for event in voids))

    def reopen(self, session_id: str) -> Desk:
        """Open an ended group again."""
        self._take(self._data.sessions.resume(session_id))
        leader, time = self._open.state.leader, self.times.of(self._open.state, going_on=True)
        self._keep(Reopened(**Pen(time, self.new_id, str(leader)).stamp()))
        return Desk(self._open, Pen(time, self.new_id, str(leader)), time)

    def bills(self, session_id: str) -> "tuple[Bill, ...]":
        """What is told of everybody's minutes and codes in a session. Raises BadInput."""
        from otgroup.store.bills import session_bills  # noqa: PLC0415 - the board starts without it

        return session_bills(self._data, self.read(session_id))

    def add_to(self, session_id: str, write: Callable[[Pen, SessionState], Event]) -> SessionState:
        """Keep one more event of a session that may have ended; `write` makes it, or refuses."""
        if self._session is None or self._session.state.id != session_id:
            self._take(self._data.sessions.resume(session_id))
        state = self._open.state
        return self._keep(write(self._pen(self.leader() or state.leader), state))

    def close(self) -> None:
        """Let go of the open session and of the folder."""
        self._take(None)
        self._data.close()

    @property
    def _open(self) -> LiveSession:
        if self._session is None:
            raise StoreError("no session is open: open one from home")
        return self._session

    def _take(self, session: LiveSession | None) -> None:
        if self._session is not None:
            self._session.close()
        self._session = session

    def holds(self, desk: Desk) -> bool:
        """Whether a desk's session is the one that is open."""
        return desk.session is self._session

    def _keep(self, event: Event) -> SessionState:
        return self._open.record(event)

    def _desk(self, leader: Leader) -> Desk:
        time = self.times.of(self._open.state)
        return Desk(self._open, Pen(time, self.new_id, str(leader)), time)

    def _pen(self, leader: Leader) -> Pen:
        return Pen(self.times.of(self._open.state), self.new_id, str(leader))

    # --- notes --------------------------------------------------------------------------------------

    def note_formats(self) -> list[str]:
        """The templates a note can be written with."""
        return self._data.shelf.note_formats()

    def review(self, session_id: str) -> "Reviewing":
        """Open an ended session to review its notes, as whoever leads now."""
        from otgroup.notes.signing.papers import PaperPen  # noqa: PLC0415
        from otgroup.notes.signing.reviewing import Material, Reviewing  # noqa: PLC0415 - the board starts without templates
        from otgroup.notes.writer import NoteWriter  # noqa: PLC0415

        self._take(self._data.sessions.resume(session_id))
        state = self._open.state
        return Reviewing(
            self._open,
            PaperPen(self.times.of(state), self.new_id, self.leader() or state.leader),
            Material(
                NoteWriter(self._data.shelf.template),
                self.review_rules(),
                self.earlier(state),
                tuple(self._data.library.minutes()),
            ),
        )

    def review_rules(self) -> ReviewRules:
        """What the review looks for. Raises BadInput."""
        return parse_review(*self._data.shelf.review())

    def waiting(self, sessions: Sequence[Summary], rules: ReviewRules) -> Waiting:
        """How many notes wait for a signature, and the oldest session that has one."""
        unsigned = {s.id: len(s.unsigned) for s in sessions}
        owed = {s.id: sum(map(rules.needs_cosignature, s.waiting_authors)) for s in sessions}
        first = next((s for s in reversed(sessions) if unsigned[s.id] or owed[s.id]), None)
        return Waiting(sum(unsigned.values()), sum(owed.values()), first)

    def late_desk(self, person: PersonId) -> tuple[Desk, LatePen]:
        """A desk for late entries on one person's record, and the pen that knows their time."""
        leader = self.leader() or self._open.state.leader
        pen = LatePen(self.times.of(self._open.state), self.new_id, str(leader), "late")
        return Desk(self._open, pen, only=person), pen

    def notes_folder(self, state: SessionState) -> Path:
        """Where notes go unless said otherwise."""
        return self._data.path / "notes" / state.id

    def letterhead(self) -> tuple[bytes, str] | None:
        """The clinic's own letterhead for Word, and its name."""
        return self._data.shelf.letterhead()

    def shipped_review_rules(self) -> ReviewRules:
        """What is looked for where the clinic's own file cannot be used."""
        return parse_review(*self._data.shelf.shipped_review())

    def clear_aside(self) -> None:
        """Take away what a killed run left on its way to somewhere else: notes, parts, an editor's copies."""
        for path in (self._data.path / "aside").glob("*"):
            with suppress(OSError):
                path.unlink()

    def aside(self, name: str) -> Path:
        """A file in the data folder for text that is on its way to somewhere else; its folder is there."""
        folder = self._data.path / "aside"
        make_folder(folder)
        return folder / name

    def earlier(self, state: SessionState) -> dict[PersonId, SessionState]:
        """For each participant their last session of this group; nothing where one cannot be read."""
        try:
            return self._data.sessions.earlier(state)
        except StoreError:
            return {}
