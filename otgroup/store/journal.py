"""TinyDB on a journal: every change is a line added to a file, on the disk before the call returns.

Use it as TinyDB is used: `JournalDB(path, writable=True, ...)`, then tables, inserts and queries. It
differs in three ways: documents are decoded anew on every read, so nothing handed out can change what
is kept; one call is one update, there whole or not at all; and a table exists while it has documents.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table
from tinydb.utils import LRUCache

from otgroup.errors import ReadOnly, StoreError
from otgroup.store import chain, files
from otgroup.store.chain import DocumentChange, JournalHeader, JournalStamp
from otgroup.store.documents import Draft, Snapshot, encode

__all__ = ["DocumentChange", "JournalDB", "JournalStamp", "JournalStorage", "JournalTable", "create"]


def create(path: Path, stamp: JournalStamp, tables: Mapping[str, Mapping[int, Mapping[str, Any]]]) -> None:
    """Write a complete new journal at once: it is there whole, or (raising NotSaved) not at all."""
    changes = [
        DocumentChange(table, doc_id, encode(doc)) for table, docs in tables.items() for doc_id, doc in docs.items()
    ]
    files.write_whole(path, chain.complete(changes, stamp), overwrite=False)


class JournalStorage(Storage):
    """A journal opened to be read or, by the holder of the folder's lock, to be written.

    `notices` says in plain lines what was found at opening; `stamp` may be changed when another
    leader takes over. A file that does not exist yet is begun by the first append. `content` is read in place of
    the file's own.
    """

    def __init__(
        self,
        path: Path,
        *,
        writable: bool = False,
        stamp: JournalStamp | None = None,
        quarantine: Path | None = None,
        content: bytes | None = None,
    ) -> None:
        super().__init__()
        if writable and (stamp is None or quarantine is None):
            raise TypeError("a journal opened to be written needs a stamp and a quarantine folder")
        self.path = Path(path)
        self.stamp = stamp
        self.notices: list[str] = []
        self._quarantine = quarantine
        self._given = content
        self._refusal = "" if writable else f"{self.path}: opened only to be read"
        self._fd: int | None = None
        try:
            self._open(writable=writable)
        except BaseException:
            self.close()
            raise

    @property
    def writable(self) -> bool:
        """Whether an append may be tried."""
        return not self._refusal

    @property
    def header(self) -> JournalHeader | None:
        """The first line of the file; None before the first append."""
        return self._contents.header

    @property
    def seq(self) -> int:
        """The number of changes in the journal."""
        return self._contents.seq

    def documents(self, table: str) -> Mapping[int, bytes]:
        """Return the documents of a table as JSON, by id, in the order of their first insert."""
        return self._contents.tables.get(table, {})

    def read(self) -> dict[str, Any] | None:
        """Return all tables, each a mapping that decodes a document when it is asked for."""
        return {name: Snapshot(docs) for name, docs in self._contents.tables.items()} or None

    def write(self, data: dict[str, dict[str, Any]]) -> NoReturn:  # noqa: ARG002
        """Refuse: a journal is never written as a whole. Raises StoreError."""
        raise StoreError(f"{self.path}: a journal is only ever added to: use JournalDB and its tables")

    def close(self) -> None:
        """Close the file; later appends are refused."""
        self._close_file()
        self._refusal = self._refusal or f"{self.path}: closed"

    def append(self, changes: Sequence[DocumentChange]) -> None:
        """Make one update durable, then take it into memory.

        Raises ReadOnly if nothing may be written here, NotSaved if the write failed: then neither
        the file nor the memory holds any of it.
        """
        if self._refusal or self.stamp is None:
            raise ReadOnly(self._refusal or f"{self.path}: nobody is named as author")
        if not changes:
            return
        contents = self._contents
        begun = contents.header is not None
        first, tip = (b"", contents.tip) if begun else chain.header_line(self.stamp)
        lines, tip = chain.change_lines(changes, self.stamp, contents.seq, tip)
        if begun:
            self._add(lines)
            contents.accept(changes, tip, len(lines))
        else:
            self._begin(first + lines)

    def _open(self, *, writable: bool) -> None:
        try:
            if writable:
                self._fd = files.open_to_append(self.path)
            content = self.path.read_bytes() if self._given is None else self._given
        except FileNotFoundError:
            content = b""
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(f"{self.path}: cannot be opened ({reason}): check who may use it") from error
        self._contents = chain.read_chain(content, str(self.path))
        self._heed_schema()
        if len(content) > self._contents.size:
            self._meet_unfinished_end(content[self._contents.size :])
        if self._fd is not None and not self._refusal:
            # A killed process may have left a line that is sound but not yet on the disk.
            self._sync(self._fd)

    def _heed_schema(self) -> None:
        if self.header is not None and self.header.schema > chain.JOURNAL_SCHEMA:
            newer = f"{self.path}: written by a newer OTGroup (schema {self.header.schema})"
            self.notices.append(f"{newer}, so it is opened only to be read: update OTGroup to go on with it")
            self._refusal = self.notices[-1]

    def _meet_unfinished_end(self, tail: bytes) -> None:
        """An update that was never acknowledged: set it aside if we may write, else leave it out."""
        line = self._contents.lines + 1
        if self._refusal:
            self.notices.append(f"{self.path}, line {line}: the end is unfinished and was left out")
            return
        kept = self._set_aside(tail, line)
        self.notices.append(
            f"{self.path}, line {line}: the end was unfinished, as a crash or a power cut leaves it; "
            f"it was moved to {kept}, all before it is sound"
        )

    def _set_aside(self, tail: bytes, line: int) -> Path:
        """Copy the tail durably, then cut it off; doing it twice is harmless, the name comes from the bytes."""
        if self._quarantine is None or self._fd is None:
            raise StoreError(f"{self.path}: not open for writing")
        files.make_folder(self._quarantine)
        kept = self._quarantine / f"{self.path.stem}-line-{line}-{sha256(tail).hexdigest()[:12]}.tail"
        files.write_whole(kept, tail, overwrite=True)
        try:
            os.ftruncate(self._fd, self._contents.size)
        except OSError as error:
            raise files.not_saved(self.path, error) from error
        return kept

    def _begin(self, data: bytes) -> None:
        """Write the first lines of a new file; an empty file may be in its place already."""
        try:
            files.write_whole(self.path, data, overwrite=self._fd is not None)
        except files.SyncFailed:
            self._stop()
            raise
        self._close_file()
        try:
            self._open(writable=True)
        except StoreError:
            self._stop()
            raise

    def _add(self, data: bytes) -> None:
        fd = self._unchanged()
        try:
            files.write_all(fd, data)
        except BaseException as error:
            self._cut_back(fd)
            if isinstance(error, OSError):
                raise files.not_saved(self.path, error) from error
            raise
        self._sync(fd)

    def _unchanged(self) -> int:
        """Return the file, if it is still as we left it: an append must follow our last line."""
        if self._fd is None:
            raise ReadOnly(f"{self.path}: not open")
        status = os.fstat(self._fd)
        if status.st_size != self._contents.size or status.st_nlink == 0:
            self._refusal = (
                f"{self.path}: changed, moved or removed while open, so nothing more is written to it: "
                "start OTGroup again"
            )
            raise ReadOnly(self._refusal)
        return self._fd

    def _sync(self, fd: int) -> None:
        """Wait for the disk, once: after a failed sync nobody knows what it holds, so writing ends."""
        try:
            files.sync(fd)
        except BaseException as error:
            self._cut_back(fd)
            self._stop()
            if isinstance(error, OSError):
                raise files.sync_failed(self.path, error) from error
            raise

    def _cut_back(self, fd: int) -> None:
        """Take an unacknowledged update off the file again; if that fails, writing ends."""
        try:
            os.ftruncate(fd, self._contents.size)
        except OSError:
            self._stop()

    def _stop(self) -> None:
        self._refusal = (
            f"{self.path}: not written to any more since a write failed: "
            "check the disk and its free space, then start OTGroup again"
        )

    def _close_file(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None


class _NoCache(LRUCache[Any, Any]):
    """Keeps no query results: TinyDB would hand the same documents out twice."""

    def set(self, key: Any, value: Any) -> None:
        """Forget at once."""


class JournalTable(Table):
    """A table whose updates append the documents that changed, and only those."""

    query_cache_class = _NoCache
    _storage: JournalStorage

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        # TinyDB asks for a dict but only ever reads it: a mapping that decodes on demand will do.
        return cast("dict[str, Mapping[Any, Any]]", Snapshot(self._storage.documents(self._name)))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        draft = Draft(self._storage.documents(self._name))
        updater(draft)
        self._storage.append(draft.changes(self._name))

    def put(self, documents: Mapping[int, Mapping[str, Any]]) -> None:
        """Insert or replace documents by id, as one update. Raises as `JournalStorage.append` does."""
        self._next_id = None
        self._update_table(lambda draft: draft.update(documents))


class JournalDB(TinyDB):
    """A TinyDB whose tables live in a journal."""

    table_class = JournalTable
    default_storage_class = JournalStorage  # type: ignore[assignment]
    _storage: JournalStorage

    def table(self, name: str, **kwargs: Any) -> JournalTable:
        """Return a table; the same one for the same name."""
        return cast("JournalTable", super().table(name, **kwargs))

    @property
    def journal(self) -> JournalStorage:
        """The storage, with its notices and what it knows of the file."""
        return self._storage

    def drop_table(self, name: str) -> None:
        """Remove a table's documents, as one update. Raises as `JournalStorage.append` does."""
        self._drop(name)
        self._tables.pop(name, None)

    def drop_tables(self) -> None:
        """Remove all documents of all tables, as one update. Raises as `JournalStorage.append` does."""
        self._drop(*self.tables())
        self._tables.clear()

    def _drop(self, *names: str) -> None:
        journal = self.journal
        journal.append([DocumentChange(name, doc_id, None) for name in names for doc_id in journal.documents(name)])
