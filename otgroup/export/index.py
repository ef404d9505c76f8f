"""The index of a batch: one line for each participant of the session; for the clinic, not for a chart."""

from collections.abc import Iterator

import msgspec

from otgroup.export.naming import Naming
from otgroup.export.text import escaped
from otgroup.notes.batch import NOT_STATED, Batch, MissedTreatment
from otgroup.notes.english.grammar import counted
from otgroup.notes.note import Note
from otgroup.record.state import SessionState


class IndexRow(msgspec.Struct, frozen=True):
    """A participant in the index: who, their note's file where there is one, and what there is to say."""

    name: str
    file: str
    text: str

    def __str__(self) -> str:
        """Ada Lindqvist: 2025-..._Ada_1f3c.txt, 30 minutes, present."""
        return f"{self.name}: {', '.join(part for part in (self.file, self.text) if part)}"


class Index(msgspec.Struct, frozen=True):
    """A batch's title, a row for each participant, and the notes that stand in it."""

    title: str
    rows: tuple[IndexRow, ...]
    notes: tuple[Note, ...]


def index_of(batch: Batch, state: SessionState, ending: str, made: tuple[Note, ...]) -> Index:
    """The index in a format; `made` are the notes that could be written in it."""
    title = f"{state.protocol.title}, {state.started_at.date().isoformat()}, {state.leader}"
    return Index(title, tuple(_rows(batch, Naming(batch, state), ending, made)), made)


def _rows(batch: Batch, naming: Naming, ending: str, made: tuple[Note, ...]) -> Iterator[IndexRow]:
    for note in batch.notes:
        h = note.header
        attended = f"{counted(h.minutes, 'minute')}, {h.attendance.replace('_', ' ')}"
        to_check = batch.to_check.get(note.participant, ())
        if note in made:
            yield IndexRow(h.name, f"{naming.note(note)}.{ending}", ", ".join((attended, *to_check)))
        else:
            yield IndexRow(h.name, "", ", ".join(("no file, it could not be written", attended, *to_check)))
    for failed in batch.failed:
        yield IndexRow(failed.name, "", "no note, it could not be written")
    yield from map(_missed, batch.missed)
    yield from (IndexRow(name, "", NOT_STATED) for name in batch.not_stated)


def _missed(m: MissedTreatment) -> IndexRow:
    number = f" (record number {m.record_number})" if m.record_number else ""
    reason = "reason withheld, it names a participant" if m.withheld else m.reason or "no reason recorded"
    return IndexRow(f"{m.name}{number}", "", f"missed treatment, {m.attendance}, {reason}")


def index_text(index: Index) -> str:
    """The index as plain text."""
    return "\n".join([index.title, "", *map(str, index.rows), ""])


def index_markdown(index: Index) -> str:
    """The index as Markdown."""
    lines = (f"- {escaped(str(row))}" for row in index.rows)
    return "\n".join([f"# {escaped(index.title)}", "", *lines, ""])
