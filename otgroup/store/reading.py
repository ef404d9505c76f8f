"""Journals that were read, at hand as long as they do not change: whatever is asked of one comes of one reading."""

from pathlib import Path
from typing import Final, NamedTuple

from otgroup.store.journal import JournalStorage

AT_HAND_BYTES: Final = 32_000_000
"""So much is kept of what was read last: some hundred sessions."""


class Stands(NamedTuple):
    """A file as it stands: another one means that it has changed."""

    path: Path
    inode: int
    size: int
    changed_ns: int

    @classmethod
    def of(cls, path: Path) -> "Stands":
        """A file as it stands now."""
        found = path.stat()
        return cls(path, found.st_ino, found.st_size, found.st_mtime_ns)


class Readings:
    """The journals that were read last."""

    def __init__(self) -> None:
        self._kept: dict[Stands, JournalStorage] = {}
        self._bytes = 0

    def journal(self, path: Path) -> JournalStorage:
        """A journal as it stands. Raises Damaged, StoreError."""
        stands = Stands.of(path)
        storage = self._kept.pop(stands, None)
        if storage is None:
            storage = JournalStorage(path)
            storage.close()
            self._bytes += stands.size
        self._kept[stands] = storage
        while self._bytes > AT_HAND_BYTES and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._bytes -= oldest.size
        return storage
