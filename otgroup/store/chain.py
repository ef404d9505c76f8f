"""The journal's lines: how they are written, chained by hashes and read back. Bytes in, bytes out.

A line is `[<record>,"<hash>"]` and a line end. The hash is SHA-256 over the previous line's hash
(as it stands in the file) and the record's exact bytes, so each line vouches for all before it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from otgroup.errors import Damaged

KIND: Final = "otgroup"
JOURNAL_SCHEMA: Final = 1
_SEAL: Final = 68  # the bytes after a record: ,"<64 hex digits>"]
_REMOVED: Final = msgspec.Raw(b"null")


@dataclass(frozen=True, slots=True)
class JournalStamp:
    """Who writes, on which device, and the clock that says when (aware times only)."""

    author: str
    device: str
    now: Callable[[], datetime]

    def entered(self) -> str:
        """The time of this moment as ISO 8601 with its offset. Raises ValueError where the clock gives no zone."""
        moment = self.now()
        if moment.tzinfo is None:
            raise ValueError("the journal's clock gives times without a zone")
        return moment.isoformat()


class DocumentChange(NamedTuple):
    """One document as it is from now on, encoded as JSON; None if it is removed."""

    table: str
    id: int
    doc: bytes | None


class JournalHeader(msgspec.Struct, frozen=True):
    """The first line: what this file is, and who began it."""

    journal: str
    schema: int
    entered: str
    author: str
    device: str


class JournalEntry(msgspec.Struct, omit_defaults=True):
    """Any later line: one changed document. `more`: the next line belongs to the same update."""

    seq: int
    entered: str
    author: str
    device: str
    table: str
    id: int
    doc: msgspec.Raw
    more: bool = False

    @property
    def change(self) -> DocumentChange:
        """What it changes."""
        return DocumentChange(self.table, self.id, None if self.doc == _REMOVED else bytes(self.doc))


_encode = msgspec.json.Encoder().encode
_decode_header = msgspec.json.Decoder(JournalHeader).decode
_decode_record = msgspec.json.Decoder(JournalEntry).decode


@dataclass(slots=True)
class Contents:
    """What a journal holds: the documents of each table, and where the chain stands."""

    header: JournalHeader | None = None
    tables: dict[str, dict[int, bytes]] = field(default_factory=dict)
    seq: int = 0
    tip: bytes = b""  # hash of the last sound line
    size: int = 0  # bytes up to the end of the last finished update
    lines: int = 0  # lines up to there, the header too

    def accept(self, changes: Sequence[DocumentChange], tip: bytes, size: int) -> None:
        """Take an update that is now on the disk, `size` bytes of lines ending in `tip`."""
        self.apply(changes)
        self.seq += len(changes)
        self.lines += len(changes)
        self.size += size
        self.tip = tip

    def apply(self, changes: Iterable[DocumentChange]) -> None:
        """Take changes into memory. A table is there as long as it has documents."""
        for table, doc_id, doc in changes:
            if doc is not None:
                self.tables.setdefault(table, {})[doc_id] = doc
            elif (docs := self.tables.get(table)) is not None:
                docs.pop(doc_id, None)
                if not docs:
                    del self.tables[table]


def seal(record: bytes, tip: bytes) -> tuple[bytes, bytes]:
    """Make a line of a record; returns the line and its hash, the new tip."""
    digest = sha256(tip + record).hexdigest().encode()
    return b'[%b,"%b"]\n' % (record, digest), digest


def record_in(line: bytes) -> bytes:
    """The record of a line without its end, sound or not."""
    return line[1:-_SEAL]


def hash_in(line: bytes) -> bytes:
    """The hash that stands in a line without its end, sound or not."""
    return line[2 - _SEAL : -2]


def unsealed(line: bytes, tip: bytes) -> bytes | None:
    """The record of a line without its end that follows the hash `tip`; None where it is unsound."""
    record = record_in(line)
    return record if seal(record, tip)[0][:-1] == line else None


def as_record(record: bytes) -> JournalEntry:
    """A later line's record. Raises DecodeError, UnicodeDecodeError: msgspec leaves what it does not look into as it
    is.
    """
    record.decode()
    return _decode_record(record)


def as_header(record: bytes) -> JournalHeader:
    """The first line's record. Raises DecodeError, UnicodeDecodeError."""
    record.decode()
    return _decode_header(record)


def header_line(stamp: JournalStamp) -> tuple[bytes, bytes]:
    """Return the first line of a new journal, and its hash."""
    header = JournalHeader(KIND, JOURNAL_SCHEMA, stamp.entered(), stamp.author, stamp.device)
    return seal(_encode(header), b"")


def change_lines(changes: Sequence[DocumentChange], stamp: JournalStamp, seq: int, tip: bytes) -> tuple[bytes, bytes]:
    """Return the lines of one update after line `seq`, and the last one's hash.

    All but the last say `more`: an update cut short by a crash counts as not made at all.
    Raises ValueError as `JournalStamp.entered` does.
    """
    lines = []
    entered, last = stamp.entered(), seq + len(changes)
    for number, (table, doc_id, doc) in enumerate(changes, seq + 1):
        raw = _REMOVED if doc is None else msgspec.Raw(doc)
        more = number < last
        record = JournalEntry(number, entered, stamp.author, stamp.device, table, doc_id, raw, more)
        line, tip = seal(_encode(record), tip)
        lines.append(line)
    return b"".join(lines), tip


def complete(changes: Iterable[DocumentChange], stamp: JournalStamp) -> bytes:
    """A complete journal. Each line is an update of its own: a mishap to one must not take the others with it."""
    line, tip = header_line(stamp)
    lines = [line]
    for seq, change in enumerate(changes):
        line, tip = change_lines([change], stamp, seq, tip)
        lines.append(line)
    return b"".join(lines)


def read_chain(content: bytes, where: str) -> Contents:
    """Check the whole chain and return what it holds, up to the last finished update.

    Raises Damaged, naming `where` and the line, for anything but an unfinished end: bytes after
    `Contents.size` are that end.
    """
    return _Reader(content, where).read()


class _Reader:
    """Goes through the lines once; an update counts when its last line has been read."""

    def __init__(self, content: bytes, where: str) -> None:
        self._content = content
        self._where = where
        self._contents = Contents()
        self._pending: list[DocumentChange] = []
        self._tip = b""

    def read(self) -> Contents:
        lines = self._content.split(b"\n")
        lines.pop()  # what follows the last line end: nothing, or an unfinished line
        end = 0
        for number, line in enumerate(lines, 1):
            end += len(line) + 1
            record = unsealed(line, self._tip)
            if record is None:
                if end < len(self._content):
                    raise self._damaged(number, "does not match its checksum")
                return self._contents
            self._tip = hash_in(line)
            self._take(number, record)
            if not self._pending:
                self._keep(number, end)
        return self._contents

    def _take(self, number: int, record: bytes) -> None:
        try:
            if number == 1:
                self._contents.header = self._header(record)
            else:
                self._take_change(number, as_record(record))
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise self._damaged(number, "is not a line this OTGroup can read") from error

    def _header(self, record: bytes) -> JournalHeader:
        header = as_header(record)
        if header.journal != KIND:
            raise self._damaged(1, "is not the beginning of an OTGroup journal")
        return header

    def _take_change(self, number: int, record: JournalEntry) -> None:
        if record.seq != number - 1:
            raise self._damaged(number, f"has the sequence number {record.seq}, not {number - 1}")
        self._pending.append(record.change)
        if not record.more:
            self._contents.apply(self._pending)
            self._pending.clear()

    def _keep(self, number: int, end: int) -> None:
        contents = self._contents
        contents.seq, contents.lines, contents.size, contents.tip = number - 1, number, end, self._tip

    def _damaged(self, number: int, what: str) -> Damaged:
        return Damaged(
            f"{self._where}, line {number}: damaged, this line {what}",
            "nothing was changed; put back a copy of this file from a backup (other sessions are not affected)",
        )
