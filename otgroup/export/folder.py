"""A session's notes as files in a folder: all of them, or none."""

import contextlib
import errno
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from otgroup.errors import AlreadyThere, BadInput
from otgroup.export.form import Work
from otgroup.export.handover import hand_over
from otgroup.notes.batch import Batch
from otgroup.record.state import SessionState

_MEND: Final = MappingProxyType(
    {
        errno.ENOSPC: "the disk is full, free some space",
        errno.EDQUOT: "your share of the disk is used up, free some space",
        errno.EACCES: "no permission to write there, choose another folder",
        errno.EPERM: "no permission to write there, choose another folder",
        errno.EROFS: "this disk can only be read, choose another folder",
        errno.ENOTDIR: "a part of the path is a file, choose another folder",
        errno.EEXIST: "there is a file of that name, choose another folder",
        errno.ENAMETOOLONG: "the name is too long, choose a shorter one",
    }
)


def planned_files(batch: Batch, state: SessionState, formats: Sequence[str]) -> Mapping[str, bytes]:
    """File names and contents in board order, the index last (none where one note was asked for).

    Raises BadInput where any of them cannot be made; `hand_over` leaves out what cannot.
    """
    made = hand_over(Work(batch=batch, state=state), formats)
    if made.failed:
        raise BadInput(made.failed[0])
    return made.files


# --- the folder ----------------------------------------------------------------------------------


def write_folder(out: Path, files: Mapping[str, bytes], overwrite: bool) -> None:  # noqa: FBT001
    """Write the files, or none of them. Raises BadInput; nothing half-written stays behind."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove([part for name in files for part in out.glob(f".{name}.*.otgroup-part")])  # what a killed run left
        if not overwrite:
            _refuse_existing(out, files)
        _write_all(out, files, overwrite=overwrite)
    except OSError as error:
        reason = _MEND.get(error.errno or 0, error.strerror or str(error))
        raise BadInput(f"{out}: no notes written, {reason}, then try again") from error


def _refuse_existing(out: Path, files: Mapping[str, bytes]) -> None:
    there = {path.name for path in out.iterdir()}.intersection(files)
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise AlreadyThere(f"{out / min(there)}{more}: exists already, use --overwrite or another folder")


def _write_all(out: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Everything beside first, then renamed; whatever fails, what was new is taken away again."""
    ending = f".{secrets.token_hex(4)}.otgroup-part"
    parts = {out / f".{name}{ending}": out / name for name in files}
    placed: list[Path] = []
    try:
        for part, data in zip(parts, files.values(), strict=True):
            _write_new(part, data)
        for part, final in parts.items():
            _place(part, final, overwrite=overwrite)
            placed.append(final)
    except BaseException:
        _remove([*parts, *([] if overwrite else placed)])
        raise


def _write_new(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    fd = os.open(path, flags, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(fd, rest) :]
    finally:
        os.close(fd)


def _place(part: Path, final: Path, *, overwrite: bool) -> None:
    """Put a finished file under its name; without `overwrite` never over somebody else's."""
    if not overwrite and final.exists():
        raise FileExistsError(errno.EEXIST, "there is a file of that name", str(final))
    part.replace(final)


def _remove(paths: Sequence[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
