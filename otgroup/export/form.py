"""What a format is made from, and what it makes."""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from otgroup.export.index import Index
from otgroup.notes.batch import Batch
from otgroup.notes.note import Note
from otgroup.record.state import SessionState

Files = Iterable[tuple[str, bytes]]
"""What stands in a file's name between the participant's mark and the ending (mostly nothing), and its content."""


class ExportJob(msgspec.Struct, frozen=True, kw_only=True):
    """What files are made from: the notes, the session, and the clinic's letterhead where it has one
    (the document and its name).
    """

    batch: Batch
    state: SessionState
    letterhead: tuple[bytes, str] | None = None


class Form(Protocol):
    """Writes one format; made once for a batch, so that whatever is costly is done once."""

    def note(self, note: Note) -> Files:
        """The files of one participant's note. Raises BadInput where it cannot be written."""

    def whole(self, index: Index) -> bytes | None:
        """The file about the whole batch; None in a format that has none."""
