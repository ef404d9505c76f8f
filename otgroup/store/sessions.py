"""One journal per session: opened to go on recording, or read as a state."""

import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec

from otgroup.errors import Damaged, NotFound, StoreError
from otgroup.record.codec import JournalDocument, decode, kept, read_back
from otgroup.record.event import Event
from otgroup.record.fold import fold
from otgroup.record.people import PersonId
from otgroup.record.refusal import admitted, admitted_whole
from otgroup.record.state import SessionState
from otgroup.store import journal
from otgroup.store.chain import JournalStamp
from otgroup.store.journal import JournalDB, JournalStorage
from otgroup.store.library import Library
from otgroup.store.reading import Readings, Stands
from otgroup.store.summary import Filed, Signing, Summary, summarize

SUFFIX = ".journal"
TABLE = "events"
PAPERS = "papers"
_as_filed = msgspec.json.Decoder(Filed).decode
_as_signing = msgspec.json.Decoder(Signing).decode
_SESSION_ID = re.compile(r"\A[a-z0-9][a-z0-9-]{0,99}\Z")


def new_session_id(started: datetime, group: str) -> str:
    """An id a person can type: date, group and four random digits."""
    return f"{started:%Y%m%d}-{group}-{secrets.token_hex(2)}"


class LiveSession:
    """A session that is being recorded: what it acknowledges is on the disk."""

    def __init__(self, db: JournalDB, state: SessionState) -> None:
        self._db = db
        self._events = db.table(TABLE)
        self.state = state

    def record(self, *events: Event) -> SessionState:
        """Append events, as one change, then the state that holds them, as it will be read again. Raises Refused
        where one cannot be kept or may not be recorded as the session stands, NotSaved where the disk does not
        take it: nothing changed.
        """
        read_again = [kept(event) for event in events]
        state = admitted(self.state, read_again)
        self._events.insert_multiple([msgspec.to_builtins(event) for event in read_again])
        self.state = state
        return state

    def file(self, *papers: JournalDocument) -> None:
        """Append what was done with the session's notes, as one change. Raises Refused where one would be read again
        as another one, NotSaved where the disk does not take it: nothing is kept.
        """
        read_again = [read_back(paper, msgspec.json.Decoder(type(paper)).decode) for paper in papers]
        self._db.table(PAPERS).insert_multiple([msgspec.to_builtins(paper) for paper in read_again])

    def filed(self) -> list[bytes]:
        """What was done with the notes so far, as JSON."""
        return _papers(self._db.journal)

    def close(self) -> None:
        """Close the journal."""
        self._db.close()


class _Look(NamedTuple):
    """What a journal says of itself: its row of the index, or why it gives none."""

    row: Summary | None
    problem: str = ""


class Sessions:
    """The sessions of a data folder."""

    def __init__(
        self, folder: Path, library: Library, quarantine: Path, notices: list[str], stamp: JournalStamp | None
    ) -> None:
        self._folder = folder
        self._library = library
        self._quarantine = quarantine
        self._notices = notices
        self._stamp = stamp
        self._readings = Readings()
        self._looked: dict[Stands, _Look] = {}

    def summaries(self) -> list[Summary]:
        """Every sound session, newest first. Rows that are behind are made anew, and kept if we may write."""
        known = self._library.indexed()
        rows, fresh = [], []
        for path in self._paths():
            row = known.get(path.stem)
            if row is None or row.size != path.stat().st_size:
                row = self._summary(path)
                fresh += [row] if row else []
            rows += [row] if row else []
        if self._stamp:
            self._keep(row for row in fresh if row.state != "running")
        return sorted(rows, key=lambda row: row.started_at, reverse=True)

    def _keep(self, rows: Iterable[Summary]) -> None:
        """The index is a convenience: where it cannot be written, the journals still tell all."""
        try:
            self._library.index(rows)
        except StoreError as error:
            self._notice(str(error))

    def _notice(self, text: str) -> None:
        if text not in self._notices:
            self._notices.append(text)

    def read(self, session_id: str) -> SessionState:
        """The state of a session; a unique beginning of its id is enough. Raises NotFound, or Damaged where its
        journal does not open.
        """
        return _state(self._readings.journal(self._find(session_id)))

    def filed(self, session_id: str) -> list[bytes]:
        """What was done with a session's notes, as JSON. Raises NotFound or Damaged."""
        return _papers(self._readings.journal(self._find(session_id)))

    def earlier(self, state: SessionState) -> dict[PersonId, SessionState]:
        """For each participant the latest session of this group they took part in before this one."""
        return self.latest(state.protocol.id, tuple(state.participants), state.started_at)

    def latest(self, group: str, people: Sequence[PersonId], before: datetime) -> dict[PersonId, SessionState]:
        """For each person their latest sound session of a group that began before a moment."""
        found: dict[PersonId, SessionState] = {}
        for row in self.summaries():
            missing = [person for person in people if person in row.people and person not in found]
            if missing and row.group == group and row.started_at < before and row.state == "ended":
                state = self.sound(row.id)
                found |= dict.fromkeys(missing, state) if state else {}
        return found

    def sound(self, session_id: str) -> SessionState | None:
        """A session as it stands; of one that does not open, a notice. Raises NotFound."""
        try:
            return self.read(session_id)
        except StoreError as error:
            self._notice(str(error))
            return None

    def start(self, events: Sequence[Event]) -> LiveSession:
        """Begin a session: its journal is there with these events, or not at all. Raises Refused, NotSaved, or
        StoreError where the folder is opened only to be read.
        """
        path, _ = self._create(events)
        return self._open(path)

    def resume(self, session_id: str) -> LiveSession:
        """Open a session to go on recording. Raises NotFound or Damaged."""
        return self._open(self._find(session_id))

    def save_whole(self, events: Sequence[Event]) -> SessionState:
        """Keep a session that was recorded elsewhere (on paper), whole or not at all. Raises Refused, NotSaved, or
        StoreError where the folder is opened only to be read.
        """
        _, state = self._create(events)
        return state

    def check(self, papers: Callable[[str, list[bytes]], Iterable[str]]) -> Iterator[str]:
        """What is unsound, a line for each journal, each read once; `papers` says it of a session's id and of what
        was done with its notes.
        """
        for path in self._paths():
            problem = self._look(path).problem
            if problem:
                yield problem
                continue
            storage = self._readings.journal(path)
            yield from storage.notices[:1]
            yield from papers(path.stem, _papers(storage))

    def _create(self, events: Sequence[Event]) -> tuple[Path, SessionState]:
        read_again = [kept(event) for event in events]
        state = admitted_whole(read_again)
        if self._stamp is None:
            raise StoreError(f"{self._folder}: opened only to be read")
        path = self._folder / f"{state.id}{SUFFIX}"
        documents = {number: msgspec.to_builtins(event) for number, event in enumerate(read_again, start=1)}
        journal.create(path, self._stamp, {TABLE: documents})
        return path, state

    def _open(self, path: Path) -> LiveSession:
        db = JournalDB(path, writable=True, stamp=self._stamp, quarantine=self._quarantine)
        self._notices += db.journal.notices
        return LiveSession(db, _state(db.journal))

    def _find(self, session_id: str) -> Path:
        ids = [path.stem for path in self._paths()]
        matching = [i for i in ids if i == session_id] or [i for i in ids if i.startswith(session_id or " ")]
        if len(matching) == 1 and _SESSION_ID.match(matching[0]):
            return self._folder / f"{matching[0]}{SUFFIX}"
        if matching:
            raise NotFound(f'"{session_id}" could be {", ".join(sorted(matching)[:4])}: give more of the id')
        raise NotFound(f'there is no session "{session_id}": "otgroup sessions" lists them')

    def _paths(self) -> list[Path]:
        """The journals; any other file among them is left alone, and said."""
        paths = sorted(self._folder.glob(f"*{SUFFIX}"))
        for stray in (path for path in paths if not _SESSION_ID.match(path.stem)):
            self._notice(f"{stray}: is no session's journal by its name, move it elsewhere")
        return [path for path in paths if _SESSION_ID.match(path.stem)]

    def _summary(self, path: Path) -> Summary | None:
        return self._look(path).row

    def _look(self, path: Path) -> _Look:
        """What a journal says of itself, worked out once as long as it does not change; damage is noticed."""
        stands = Stands.of(path)
        if stands not in self._looked:
            try:
                storage = self._readings.journal(path)
                self._looked[stands] = _Look(summarize(_state(storage), _signings(storage), stands.size))
            except StoreError as error:
                self._looked[stands] = _Look(None, str(error))
                self._notice(str(error))
        return self._looked[stands]


def _state(storage: JournalStorage) -> SessionState:
    """The state a journal gives. Raises Damaged where a sound line holds no event of ours."""
    events = []
    for number, document in storage.documents(TABLE).items():
        try:
            events.append(decode(document))
        except msgspec.DecodeError as error:
            where = f"{storage.path}, event {number}"
            mend = "update OTGroup, or restore a copy"
            raise Damaged(f"{where}: not an event this OTGroup knows", mend) from error
    try:
        return fold(events)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise Damaged(f"{storage.path}: holds no start of a session", "restore a copy of it") from error


def _papers(storage: JournalStorage) -> list[bytes]:
    """What was done with the notes, as JSON."""
    return list(storage.documents(PAPERS).values())


def _signings(storage: JournalStorage) -> list[Signing]:
    """Who has signed whose note."""
    try:
        return [_as_signing(paper) for paper in _papers(storage) if _as_filed(paper).is_signature]
    except msgspec.DecodeError as error:
        mend = "update OTGroup, or restore a copy of it"
        raise Damaged(f"{storage.path}: a signature in it is not one of this OTGroup", mend) from error
