"""One writer per data folder. The lock is the kernel's: it ends with the process, however that ends."""

import contextlib
import os
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import filelock
import msgspec

from otgroup.errors import InUse
from otgroup.store import files

LOCK_NAME: Final = ".otgroup.lock"
HOLDER_NAME: Final = ".otgroup.holder.json"


class Holder(msgspec.Struct, frozen=True):
    """Who has the folder: shown to the second instance."""

    what: str
    pid: int
    host: str
    since: datetime


class FolderLock:
    """The right to write in a data folder; use it with `with`, or `acquire` and `release`.

    `what` names the holder to others ("OTGroup", "otgroup record"); `now` gives aware times.
    """

    def __init__(self, folder: Path, *, now: Callable[[], datetime], what: str = "OTGroup") -> None:
        self.folder = folder
        self._now = now
        self._what = what
        self._lock = filelock.FileLock(folder / LOCK_NAME, timeout=0, mode=files.FILE_MODE, thread_local=False)

    def acquire(self) -> None:
        """Take the lock at once, or raise InUse naming the holder; NotSaved if the folder is unusable."""
        files.make_folder(self.folder)
        try:
            self._lock.acquire()
        except filelock.Timeout:
            raise InUse(self._in_use()) from None
        except OSError as error:
            raise files.not_saved(self.folder / LOCK_NAME, error) from error
        try:
            self._write_holder()
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Give the lock back; the kernel does it too when the process ends."""
        if not self._lock.is_locked:
            return
        with contextlib.suppress(OSError):
            self._holder_path.unlink(missing_ok=True)
        self._lock.release(force=True)

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    @property
    def _holder_path(self) -> Path:
        return self.folder / HOLDER_NAME

    def _write_holder(self) -> None:
        holder = Holder(self._what, os.getpid(), socket.gethostname(), self._now())
        files.write_whole(self._holder_path, msgspec.json.encode(holder), overwrite=True)

    def _in_use(self) -> str:
        advice = "close that one, or use only commands that read"
        try:
            holder = msgspec.json.decode(self._holder_path.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):  # it holds the lock but has not said who it is yet
            return f"{self.folder} is in use by another OTGroup: {advice}"
        who = f"the {holder.what} with process {holder.pid} on {holder.host}"
        return f"{self.folder} is in use by {who} since {self._when(holder.since)}: {advice}"

    def _when(self, since: datetime) -> str:
        today = self._now().astimezone(since.tzinfo).date() == since.date()
        return since.strftime("%H:%M" if today else "%Y-%m-%d %H:%M")
