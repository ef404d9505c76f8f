"""The data folder as a whole: its lock, its library, its groups and templates, its sessions."""

import socket
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from otgroup.errors import Damaged
from otgroup.store import files
from otgroup.store.chain import Stamp
from otgroup.store.journal import JournalDB
from otgroup.store.library import Library
from otgroup.store.lock import FolderLock
from otgroup.store.sessions import Sessions
from otgroup.store.shelf import Shelf

LIBRARY = "library.journal"


def local_now() -> datetime:
    """Now, with the local offset from UTC."""
    return datetime.now().astimezone()


def steady_s() -> float:
    """Seconds that pass evenly, the machine's sleep included, whatever its clock is set to; from when is not said."""
    counted_in_sleep = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))
    return time.monotonic() if counted_in_sleep is None else time.clock_gettime(counted_in_sleep)


class DataFolder:
    """A data folder, open for reading beside others or, under its lock, for writing alone.

    `notices` are plain lines for the person at the keyboard: what was set aside or left out.
    """

    def __init__(
        self, path: Path, *, write: bool, purpose: str = "OTGroup", now: Callable[[], datetime] = local_now
    ) -> None:
        self.path = path
        self.notices: list[str] = []
        self._lock = FolderLock(path, now=now, what=purpose) if write else None
        self._stamp = Stamp(purpose, socket.gethostname(), now) if write else None
        self.shelf = Shelf(path)
        self._damage = Damaged("")

    @classmethod
    def open(
        cls, path: Path, *, write: bool = False, purpose: str = "OTGroup", now: Callable[[], datetime] = local_now
    ) -> "DataFolder":
        """Open a folder. Raises InUse when another OTGroup writes in it; one that is missing reads as empty."""
        folder = cls(path, write=write, purpose=purpose, now=now)
        folder._begin()
        return folder

    def _begin(self) -> None:
        if self._lock:
            self._lock.acquire()
        try:
            self._open_library()
        except BaseException:
            if self._lock:
                self._lock.release()
            raise

    def _open_library(self) -> None:
        sessions, quarantine = self.path / "sessions", self.path / "quarantine"
        if self._lock:
            files.make_folder(sessions)
            files.remove_leftovers(sessions)
        self._db: JournalDB | None = None
        try:
            self._db = JournalDB(
                self.path / LIBRARY, writable=self._lock is not None, stamp=self._stamp, quarantine=quarantine
            )
        except Damaged as damage:
            if self._lock:
                raise
            self._damage = damage
            self.notices.append(str(damage))
        self.notices += self._db.journal.notices if self._db is not None else []
        self.sound_library = Library(self._db) if self._db is not None else None
        self.sessions = Sessions(sessions, self.sound_library, quarantine, self.notices, self._stamp)

    @property
    def library(self) -> Library:
        """Participants, leaders, minutes. Raises Damaged where its journal is; sessions can be read all the same."""
        if self.sound_library is None:
            raise self._damage
        return self.sound_library

    def close(self) -> None:
        """Close the library and give the lock back."""
        if self._db is not None:
            self._db.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
