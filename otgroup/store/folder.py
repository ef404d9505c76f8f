"""The data folder as a whole: its lock, its library, its groups and templates, its sessions."""

import socket
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from otgroup.errors import Damaged
from otgroup.store import files
from otgroup.store.chain import JournalStamp
from otgroup.store.clinic_files import ClinicFiles
from otgroup.store.journal import JournalDB
from otgroup.store.library import Library
from otgroup.store.lock import FolderLock
from otgroup.store.salvage import is_newer, rebuilt, salvage
from otgroup.store.sessions import Sessions

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
        self._writer = JournalStamp(purpose, socket.gethostname(), now)
        self._stamp = self._writer if write else None
        self.clinic_files = ClinicFiles(path)

    @classmethod
    def open(
        cls, path: Path, *, write: bool = False, purpose: str = "OTGroup", now: Callable[[], datetime] = local_now
    ) -> "DataFolder":
        """Open a folder. Raises InUse when another OTGroup writes in it; one that is missing reads as empty. Raises
        NotSaved where it cannot be written, Damaged where its library is of a newer OTGroup.
        """
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
        self._db = self._library_db(quarantine)
        self.notices += self._db.journal.notices
        self.library = Library(self._db)
        self.sessions = Sessions(sessions, self.library, quarantine, self.notices, self._stamp)

    def _library_db(self, quarantine: Path) -> JournalDB:
        """The library; of a damaged one what is sound, so that nobody's group has to wait for a backup."""
        path = self.path / LIBRARY
        try:
            return JournalDB(path, writable=self._lock is not None, stamp=self._stamp, quarantine=quarantine)
        except Damaged as damage:
            content = path.read_bytes()
            if is_newer(content):
                raise
            return self._salvaged(content, damage.what, quarantine)

    def _salvaged(self, content: bytes, damage: str, quarantine: Path) -> JournalDB:
        """A library of what a damaged one still holds: in its place for a writer, the old file being kept; else as
        if it stood there.
        """
        path = self.path / LIBRARY
        left, lost = salvage(content)
        whole = rebuilt(left, self._writer)
        told = f"{damage}; what else it holds is used, {lost} line{'' if lost == 1 else 's'} left out"
        if self._lock is None:
            self.notices.append(f"{told}: put back a copy of this file from a backup")
            return JournalDB(path, content=whole)
        files.make_folder(quarantine)
        kept = quarantine / f"library-{sha256(content).hexdigest()[:12]}.journal"
        files.write_whole(kept, content, overwrite=True)
        files.write_whole(path, whole, overwrite=True)
        self.notices.append(f"{told}: look participants over; the damaged file is kept as {kept}")
        return JournalDB(path, writable=True, stamp=self._stamp, quarantine=quarantine)

    def close(self) -> None:
        """Close the library and give the lock back."""
        self._db.close()
        if self._lock:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
