"""Files that are there whole or not at all, and on the disk before anyone is told so."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from otgroup.errors import NotSaved

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700
TEMP_ENDING: Final = ".otgroup-part"

_BINARY: Final[int] = getattr(os, "O_BINARY", 0)  # Windows would translate line ends without it

_MEND: Final = {
    errno.ENOSPC: "the disk is full: free some space, then try again",
    errno.EDQUOT: "your share of the disk is used up: free some space, then try again",
    errno.EFBIG: "the file would grow past the size allowed here: raise the limit, then try again",
    errno.EACCES: "no permission to write here: check who owns the folder",
    errno.EPERM: "no permission to write here: check who owns the folder",
    errno.EROFS: "this disk can only be read: choose another data folder",
    errno.EEXIST: "a file of that name is there already: choose another name or move it away",
    errno.ENOENT: "the folder is missing: make it, then try again",
    errno.ENOTDIR: "a part of the path is a file: choose another folder",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
}
NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""How a file system says that a file has only one name there."""

_NO_FOLDER_SYNC: Final = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class SyncFailed(NotSaved):
    """The disk did not confirm a write. It is never asked again: what it then holds is unknown."""


def not_saved(path: Path, error: OSError) -> NotSaved:
    """Say in one line what was not saved, where, and how to mend it."""
    return NotSaved(f"{path}: not saved, {reason_of(error)}")


def reason_of(error: OSError) -> str:
    """Why the system refused, and how to mend it."""
    return _MEND.get(error.errno or 0, f"{error.strerror or error}: check the disk, then try again")


def sync_failed(path: Path, error: OSError) -> SyncFailed:
    """Say in one line that the disk did not confirm a write."""
    reason = error.strerror or str(error)
    return SyncFailed(
        f"{path}: not saved, the disk did not confirm the write ({reason}): "
        "check the disk and its free space, then start OTGroup again"
    )


def sync(fd: int) -> None:
    """Wait until the file's bytes are on the disk (fdatasync, or fsync where there is none). Raises OSError."""
    getattr(os, "fdatasync", os.fsync)(fd)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte: one `write` unless the system takes less at once. Raises OSError."""
    written = os.write(fd, data) if data else 0
    while written < len(data):
        written += os.write(fd, data[written:])


def open_to_append(path: Path) -> int:
    """Open an existing file so that every write lands at its end. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_APPEND | _BINARY)


def write_whole(path: Path, data: bytes, *, mode: int = FILE_MODE, overwrite: bool) -> None:
    """Put a whole file in place, durably; without `overwrite` a file already there is refused.

    Raises NotSaved (SyncFailed if the disk did not confirm); then the old file, if any, still stands.
    """
    temp = path.with_name(f".{path.name}.{secrets.token_hex(4)}{TEMP_ENDING}")
    try:
        _write_durably(temp, path, data, mode)
        put_in_place(temp, path, overwrite=overwrite)
    except OSError as error:
        raise not_saved(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            temp.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write_durably(temp: Path, path: Path, data: bytes, mode: int) -> None:
    with _new_file(temp, mode) as fd:
        write_all(fd, data)
        try:
            sync(fd)
        except OSError as error:
            raise sync_failed(path, error) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file of that name, which must be new; its bytes are on the disk when the system puts them there. Raises
    OSError.
    """
    with _new_file(path, FILE_MODE) as fd:
        write_all(fd, data)


@contextlib.contextmanager
def _new_file(path: Path, mode: int) -> Iterator[int]:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
    try:
        yield fd
    finally:
        os.close(fd)


def put_in_place(temp: Path, path: Path, *, overwrite: bool) -> None:
    """Give a finished file its name; without `overwrite` never over somebody else's. Raises OSError
    (FileExistsError).
    """
    if overwrite:
        temp.replace(path)
        return
    try:
        path.hardlink_to(temp)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _claim_then_replace(temp, path)


def _claim_then_replace(temp: Path, path: Path) -> None:
    """Where files cannot be linked: an empty file claims the name, so that nobody's file is replaced."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, FILE_MODE))
    try:
        temp.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def make_folder(path: Path) -> None:
    """Make a folder and the missing ones above it, for the owner alone (0700), durably. Raises NotSaved."""
    try:
        for folder in (*reversed(path.parents), path):
            if not folder.is_dir():
                folder.mkdir(FOLDER_MODE, exist_ok=True)
                sync_folder(folder.parent)
    except OSError as error:
        raise not_saved(path, error) from error


def sync_folder(path: Path) -> None:
    """Put a folder's names on the disk; does nothing where a folder cannot be opened (Windows). Raises NotSaved."""
    try:
        fd = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    except OSError as error:
        raise not_saved(path, error) from error
    try:
        os.fsync(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise sync_failed(path, error) from error
    finally:
        os.close(fd)


def remove_leftovers(folder: Path) -> int:
    """Remove the temporary files a crash left in a folder; returns how many. Only for the lock's holder. Raises
    OSError.
    """
    leftovers = list(folder.glob(f".*{TEMP_ENDING}"))
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    return len(leftovers)
