"""What a session's files are called: from the ids and an allow-list of characters, the same every time."""

import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256

from otgroup.notes.batch import Batch
from otgroup.notes.note import Note
from otgroup.record.state import SessionState


class Naming:
    """DATE_GROUP_short-name_xxxx for each note, DATE_GROUP_index_xxxx for what is about all of them."""

    def __init__(self, batch: Batch, state: SessionState) -> None:
        self._stem = f"{state.started_at.date().isoformat()}_{file_safe(state.protocol.id)}"
        self._session = state.id
        self._marks = _marks(state, batch)

    @property
    def index(self) -> str:
        """The name of what is about the whole batch, without an ending."""
        return f"{self._stem}_index_{self._marks['']}"

    def note(self, note: Note) -> str:
        """The name of a participant's note, without an ending."""
        return f"{self._stem}_{self._participant(note)}"

    def beside(self, note: Note) -> str:
        """The name of a participant's note where the notes of other sessions lie too, without an ending."""
        return f"{self._session}_{self._participant(note)}"

    def _participant(self, note: Note) -> str:
        return f"{file_safe(note.header.short_name)}_{self._marks[note.participant]}"


def file_safe(text: str) -> str:
    """Letters, digits and single hyphens of ASCII: what every file system keeps as written."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:40].rstrip("-") or "participant"


def _marks(state: SessionState, batch: Batch) -> dict[str, str]:
    """Four hex digits for the index ("") and for each participant, from the ids alone; all distinct.

    The whole board takes part, so that one note asked for alone has the name it has in the batch.
    """
    ids = dict.fromkeys(("", *(p.person.id for p in state.board), *(n.participant for n in batch.notes)))
    marks: dict[str, str] = {}
    for who in ids:
        marks[who] = next(m for m in _candidates(state.id, who) if m not in marks.values())
    return marks


def _candidates(session: str, who: str) -> Iterator[str]:
    digest = sha256(f"{session}\0{who}".encode()).hexdigest()
    yield from (digest[i : i + 4] for i in range(0, len(digest), 4))
    yield from (f"{n:04x}" for n in range(0x10000))
