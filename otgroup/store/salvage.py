"""What a damaged journal still holds: every update whose lines are sound, whatever stands between them.

Only for the library, where each line is a document of its own; a session's journal is never read around a fault.
"""

from typing import Final

import msgspec

from otgroup.store.chain import (
    JOURNAL_SCHEMA,
    Contents,
    DocumentChange,
    JournalEntry,
    JournalHeader,
    JournalStamp,
    change_lines,
    header_line,
    seal,
)

_SEAL: Final = 68  # the bytes after a record: ,"<64 hex digits>"]
_MORE: Final = b'"more":true}'


def is_newer(content: bytes) -> bool:
    """Whether the file was begun by a newer OTGroup, whose lines need not be damaged at all."""
    try:
        return msgspec.json.decode(content.split(b"\n", 1)[0][1:-_SEAL], type=JournalHeader).schema > JOURNAL_SCHEMA
    except msgspec.DecodeError:
        return False


def salvage(content: bytes) -> tuple[Contents, int]:
    """The documents that are left, and how many lines could not be used. Never raises."""
    contents, lost, tip = Contents(), 0, b""
    update: list[DocumentChange | None] = []
    for number, line in enumerate(content.split(b"\n")[:-1]):
        if number:
            update.append(_change(line, tip))
        tip = line[-66:-2]  # as it stands in the file: the line after the fault vouches for itself again
        if update and not line[1:-_SEAL].endswith(_MORE):
            sound = [change for change in update if change is not None]
            if len(sound) == len(update):
                contents.apply(sound)
            else:
                lost += len(update)
            update = []
    return contents, lost + len(update)


def _change(line: bytes, tip: bytes) -> DocumentChange | None:
    """The change that a line makes; None where the line is unsound."""
    body = line[1:-_SEAL]
    if seal(body, tip)[0][:-1] != line:
        return None
    try:
        body.decode()
        record = msgspec.json.decode(body, type=JournalEntry)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    doc = bytes(record.doc)
    return DocumentChange(record.table, record.id, None if doc == b"null" else doc)


def rebuilt(contents: Contents, stamp: JournalStamp) -> bytes:
    """A journal that holds just these documents. Raises ValueError as `JournalStamp.entered` does."""
    head, tip = header_line(stamp)
    lines = [head]
    changes = [
        DocumentChange(table, number, doc) for table, docs in contents.tables.items() for number, doc in docs.items()
    ]
    for seq, change in enumerate(changes):
        line, tip = change_lines([change], stamp, seq, tip)
        lines.append(line)
    return b"".join(lines)
