"""A session's notes as files in a folder: all of them, or none."""

import contextlib
import errno
import os
import re
import secrets
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from otgroup.errors import BadInput
from otgroup.export.text import as_markdown, as_text, escaped
from otgroup.notes.batch import Batch, Missed
from otgroup.notes.grammar import counted
from otgroup.notes.note import Note
from otgroup.session.state import SessionState

FORMATS: Final[Mapping[str, Callable[[Note], str]]] = MappingProxyType({"txt": as_text, "md": as_markdown})
"""The formats a note can be written in, by the ending of its file."""

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


# --- names ---------------------------------------------------------------------------------------


def planned_files(batch: Batch, state: SessionState, formats: Sequence[str]) -> dict[str, bytes]:
    """File names and contents in board order, the index last (none where one note was asked for)."""
    for wanted in formats:
        if wanted not in FORMATS:
            raise BadInput(f'format "{wanted}" is not known, use {" or ".join(FORMATS)}')
    stem = f"{state.started_at.date().isoformat()}_{plain(state.protocol.id)}"
    marks = _marks(state, batch)
    files = {
        f"{stem}_{plain(note.header.short_name)}_{marks[note.participant]}.{ending}": FORMATS[ending](note).encode()
        for note in batch.notes
        for ending in formats
    }
    if not batch.single:
        files |= {f"{stem}_index_{marks['']}.{ending}": _index(batch, state, ending).encode() for ending in formats}
    return files


def plain(text: str) -> str:
    """Letters, digits and single hyphens of ASCII: what every file system keeps as written."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")[:40].rstrip("-") or "participant"


def _marks(state: SessionState, batch: Batch) -> dict[str, str]:
    """Four hex digits for the index ("") and for each participant, from the ids alone; all distinct.

    The whole board takes part, so that one note asked for alone has the name it has in the batch.
    """
    ids = dict.fromkeys(("", *(p.person.id for p in state.board), *(n.participant for n in batch.notes)))
    marks: dict[str, str] = {}
    for who in ids:
        marks[who] = next(m for m in _candidates(state.id, who) if m not in marks.values())
    return marks


def _candidates(session: str, who: str) -> Iterator[str]:
    digest = sha256(f"{session}\0{who}".encode()).hexdigest()
    yield from (digest[i : i + 4] for i in range(0, len(digest), 4))
    yield from (f"{n:04x}" for n in range(0x10000))


# --- the index -----------------------------------------------------------------------------------


def _index(batch: Batch, state: SessionState, ending: str) -> str:
    """One line per participant: note file, minutes, attendance; missed treatment with its reason."""
    lead = "- " if ending == "md" else ""
    show = escaped if ending == "md" else str
    title = f"{state.protocol.title}, {state.started_at.date().isoformat()}, {state.leader}"
    return "\n".join(
        [
            f"# {show(title)}" if ending == "md" else title,
            "",
            *(f"{lead}{show(line)}" for line in _index_lines(batch, state, ending)),
            "",
        ]
    )


def _index_lines(batch: Batch, state: SessionState, ending: str) -> Iterator[str]:
    stem, marks = f"{state.started_at.date().isoformat()}_{plain(state.protocol.id)}", _marks(state, batch)
    for note in batch.notes:
        h = note.header
        file = f"{stem}_{plain(h.short_name)}_{marks[note.participant]}.{ending}"
        yield f"{h.name}: {file}, {counted(h.minutes, 'minute')}, {h.attendance.replace('_', ' ')}"
    yield from map(_missed_line, batch.missed)
    yield from (f"{name}: no note, attendance was never stated" for name in batch.not_stated)


def _missed_line(m: Missed) -> str:
    number = f" (record number {m.record_number})" if m.record_number else ""
    reason = "reason withheld, it names a participant" if m.withheld else m.reason or "no reason recorded"
    return f"{m.name}{number}: missed treatment, {m.attendance}, {reason}"


# --- the folder ----------------------------------------------------------------------------------


def write_folder(out: Path, files: Mapping[str, bytes], overwrite: bool) -> None:  # noqa: FBT001
    """Write the files, or none of them. Raises BadInput in one line; nothing half-written stays behind."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
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
        raise BadInput(f"{out / min(there)}{more}: exists already, use --overwrite or another folder")


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
