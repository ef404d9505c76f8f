"""A data folder with a leader at it: people, groups, and the session that is open."""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from otgroup.board import words
from otgroup.board.desk import Desk
from otgroup.board.keymap import Keys, default_keys, read_keys
from otgroup.board.session_time import SessionTimes
from otgroup.errors import StoreError
from otgroup.record.course import Ended, Joined, Reopened, Started, Undone, Voided
from otgroup.record.event import Event, LatePen, Pen
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.presence import Arrived
from otgroup.record.people import Leader, Link, Person, PersonId, with_link
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import standing_voids
from otgroup.record.state import SessionState
from otgroup.record.wording import date_text
from otgroup.store.clinic_files import ClinicFiles
from otgroup.store.files import make_folder
from otgroup.store.folder import DataFolder, local_now, steady_s
from otgroup.store.library import Library
from otgroup.store.sessions import LiveSession, Sessions, new_session_id
from otgroup.store.summary import Summary


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

    @classmethod
    def open(cls, path: Path, *, write: bool = False, purpose: str = "OTGroup") -> Self:
        """A data folder with this machine's clock. Raises InUse where another OTGroup writes in it."""
        folder = DataFolder.open(path, write=write, purpose=purpose)
        return cls(folder, local_now, lambda: secrets.token_hex(8), steady_s)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the data folder lies."""
        return self._data.path

    @property
    def library(self) -> Library:
        """Participants, leaders and one-on-one time as they are kept."""
        return self._data.library

    @property
    def records(self) -> Sessions:
        """The sessions as they are kept."""
        return self._data.sessions

    @property
    def files(self) -> ClinicFiles:
        """Groups, templates, scales and rules: the clinic's own, else the shipped ones."""
        return self._data.clinic_files

    # --- people and groups --------------------------------------------------------------------------

    @property
    def notices(self) -> list[str]:
        """What was found at opening: things set aside, journals that do not open."""
        return self._data.notices

    def people(self) -> list[Person]:
        """Every participant, by name. Raises Damaged."""
        return self.library.people()

    def save_person(self, person: Person) -> None:
        """Keep a participant, new or changed. Raises NotSaved or ReadOnly."""
        self.library.save_people([person])

    def save_link(self, person_id: PersonId, link: Link) -> None:
        """Keep why a group serves a participant; all else of them stays as it is kept now. Raises NotSaved or
        ReadOnly.
        """
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
        return self.files.groups()

    def groups_with_problems(self) -> tuple[list[Protocol], str, list[str]]:
        """Every group, where a clinic's own stand, and what is wrong with any of them."""
        clinic_files = self.files
        return clinic_files.groups(), str(clinic_files.own_groups), clinic_files.problems()

    def keys(self) -> Keys:
        """The board's keys, the leader's own where they have any. Raises BadInput."""
        own = self.files.keys()
        return read_keys(*own) if own else default_keys()

    def leader(self) -> Leader | None:
        """Whoever led last. Raises Damaged."""
        return self.library.leader()

    def remember_leader(self, leader: Leader) -> None:
        """Keep who leads. Raises NotSaved or ReadOnly."""
        self.library.remember_leader(leader)

    # --- sessions -----------------------------------------------------------------------------------

    def sessions(self) -> list[Summary]:
        """Every session, newest first."""
        return self.records.summaries()

    def read(self, session_id: str) -> SessionState:
        """A session as it stands. Raises NotFound, or Damaged where its journal does not open."""
        return self.records.read(session_id)

    def start(self, protocol: Protocol, people: Sequence[Person], leader: Leader) -> Desk:
        """Begin a group with these people, all of them here. Raises BadInput for the clinic's scales, Refused,
        NotSaved or ReadOnly.
        """
        pen = Pen(self.now, self.new_id, str(leader))
        session_id = new_session_id(self.now(), protocol.id)
        scales = self.files.scales()
        started = Started(**pen.stamp(), session=session_id, leader=leader, protocol=protocol, scales=scales)
        joined: list[Event] = [
            Joined(**pen.stamp(p.id, at=started.at), person=p, number=n) for n, p in enumerate(people, start=1)
        ]
        arrived: list[Event] = [Arrived(**pen.stamp(p.id, at=started.at), stated=False) for p in people]
        levels = self._levels(protocol, people, started, pen)
        self._take(self.records.start([started, *joined, *arrived, *levels]))
        return self._desk(leader)

    def _levels(self, protocol: Protocol, people: Sequence[Person], started: Started, pen: Pen) -> list[Event]:
        """Everybody starts where they ended last time; that they do is a fact on the record."""
        ladder = protocol.grading
        latest = self.records.latest(protocol.id, [p.id for p in people], started.at) if ladder else {}
        known = {strategy.id for strategy in protocol.strategies}
        events: list[Event] = []
        for person, state in latest.items():
            then = state.participants[person].grading
            if ladder is None or then.level is None or not ladder.lowest <= then.level <= ladder.highest:
                continue
            strategies = tuple(s for s in then.surely_in_force(state.basis) if s in known)
            reason = f"as on {date_text(state.started_at.date())}"
            stamp = pen.stamp(person, at=started.at)
            events.append(LevelStated(**stamp, level=then.level, strategies=strategies, reason=reason))
        return events

    def resume(self, session_id: str) -> Desk:
        """Open a running group to go on. Raises NotFound or Damaged."""
        self.open_session(session_id)
        return self._desk(self.at_work)

    def end(self, at: datetime) -> SessionState:
        """End the open group at the time of its last event. Raises Refused, NotSaved or ReadOnly; StoreError where no
        session is open.
        """
        return self._keep(Ended(**self._pen(self._open.state.leader).stamp(at=at)))

    def void(self) -> SessionState:
        """Keep the open session as begun by mistake: no notes come of it. Raises Refused, NotSaved or ReadOnly;
        StoreError where no session is open.
        """
        return self._keep(Voided(**self._pen(self._open.state.leader).stamp()))

    def take_back_void(self, session_id: str) -> SessionState:
        """Give a voided session back as it stood: running, or ended.

        What happened in the group did not go on meanwhile, so the event has no time in it and no minute runs on.
        Raises NotFound, Damaged, Refused, NotSaved or ReadOnly.
        """
        session = self.open_session(session_id)
        pen, voids = self._pen(self.at_work), standing_voids(session.state)
        return session.record(*(Undone(**pen.stamp(at=None), event=event.id) for event in voids))

    def reopen(self, session_id: str) -> Desk:
        """Open an ended group again. Raises NotFound, Damaged, Refused, NotSaved or ReadOnly."""
        self.open_session(session_id)
        leader, time = self._open.state.leader, self.times.of(self._open.state, going_on=True)
        self._keep(Reopened(**Pen(time, self.new_id, str(leader)).stamp()))
        return Desk(self._open, Pen(time, self.new_id, str(leader)), time)

    def add_to(self, session_id: str, write: Callable[[Pen, SessionState], Event]) -> SessionState:
        """Keep one more event of a session that may have ended; `write` makes it, or refuses. Raises NotFound,
        Damaged, Refused, NotSaved or ReadOnly.
        """
        if self._session is None or self._session.state.id != session_id:
            self.open_session(session_id)
        return self._keep(write(self._pen(self.at_work), self._open.state))

    def close(self) -> None:
        """Let go of the open session and of the folder."""
        self._take(None)
        self._data.close()

    def open_session(self, session_id: str) -> LiveSession:
        """Open a session to keep more of it, in the place of the one that was open."""
        self._take(self.records.resume(session_id))
        return self._open

    @property
    def at_work(self) -> Leader:
        """Who is at the keyboard: whoever led last here, else the leader of the open session."""
        return self.leader() or self._open.state.leader

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

    def late_desk(self, person: PersonId) -> tuple[Desk, LatePen]:
        """A desk for late entries on one person's record, and the pen that knows their time. Raises StoreError where
        no session is open.
        """
        pen = LatePen(self.times.of(self._open.state), self.new_id, str(self.at_work), "late")
        return Desk(self._open, pen, only=person), pen

    def earlier(self, state: SessionState) -> dict[PersonId, SessionState]:
        """For each participant their last session of this group; nothing where one cannot be read."""
        try:
            return self.records.earlier(state)
        except StoreError:
            return {}

    # --- text on its way to somewhere else ------------------------------------------------------------

    def aside(self, name: str) -> Path:
        """A file in the data folder for text that is on its way to somewhere else; its folder is there. Raises
        NotSaved.
        """
        folder = self.path / "aside"
        make_folder(folder)
        return folder / name

    def clear_aside(self) -> None:
        """Take away what a killed run left on its way to somewhere else: notes, parts, an editor's copies."""
        for path in (self.path / "aside").glob("*"):
            with suppress(OSError):
                path.unlink()
