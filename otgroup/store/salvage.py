"""What a damaged journal still holds: every update whose lines are sound, whatever stands between them.

Only for the library, where each line is a document of its own; a session's journal is never read around a fault.
"""

from typing import Final

import msgspec

from otgroup.store import chain
from otgroup.store.chain import JOURNAL_SCHEMA, Contents, DocumentChange, JournalStamp

_MORE: Final = b'"more":true}'


def is_newer(content: bytes) -> bool:
    """Whether the file was begun by a newer OTGroup, whose lines need not be damaged at all."""
    try:
        return chain.as_header(chain.record_in(content.split(b"\n", 1)[0])).schema > JOURNAL_SCHEMA
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def salvage(content: bytes) -> tuple[Contents, int]:
    """The documents that are left, and how many lines could not be used. Never raises."""
    contents, lost, tip = Contents(), 0, b""
    update: list[DocumentChange | None] = []
    for number, line in enumerate(content.split(b"\n")[:-1]):
        if number:
            update.append(_change(line, tip))
        tip = chain.hash_in(line)  # as it stands in the file: the line after the fault vouches for itself again
        if update and not chain.record_in(line).endswith(_MORE):
            sound = [change for change in update if change is not None]
            if len(sound) == len(update):
                contents.apply(sound)
            else:
                lost += len(update)
            update = []
    return contents, lost + len(update)


def _change(line: bytes, tip: bytes) -> DocumentChange | None:
    """The change that a line makes; None where the line is unsound."""
    record = chain.unsealed(line, tip)
    try:
        return None if record is None else chain.as_record(record).change
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def rebuilt(contents: Contents, stamp: JournalStamp) -> bytes:
    """A journal that holds just these documents."""
    tables = contents.tables.items()
    return chain.complete(
        (DocumentChange(table, number, doc) for table, docs in tables for number, doc in docs.items()), stamp
    )
