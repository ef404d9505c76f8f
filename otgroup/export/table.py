"""The figures of a batch as CSV (RFC 4180, UTF-8): a row for each figure, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from otgroup.export.figures import figures_of
from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.index import Index
from otgroup.export.layout import moment_text
from otgroup.intake.csvfile import safe_cell
from otgroup.notes.english.grammar import numeral
from otgroup.notes.entry import FigureValue
from otgroup.notes.note import Note, Signature

FIGURE_COLUMNS: Final = (
    "participant", "record_number", "date", "group", "measure", "figure", "side", "value", "unit", "events",
    "status", "signed",
)  # fmt: skip


def csv_form(work: ExportJob) -> Form:
    """The form for tables of figures."""
    return _Table(work)


class _Table:
    def __init__(self, work: ExportJob) -> None:
        self._facts = work.batch.facts

    def note(self, note: Note) -> Files:
        return [("", _table(self._rows(note)))]

    def whole(self, index: Index) -> bytes:
        return _table(row for note in index.notes for row in self._rows(note))

    def _rows(self, note: Note) -> Iterator[tuple[str, ...]]:
        facts, h = self._facts[note.participant], note.header
        marks = tuple(map(safe_cell, (_status(note), "; ".join(map(_signature, note.signatures)))))
        for entry in figures_of(facts):
            texts = map(safe_cell, (h.name, h.record_number, h.date, facts.activity.id, entry.measure, entry.figure))
            events = " ".join(entry.events)
            yield (*texts, entry.side, _value(entry.value), safe_cell(entry.unit), safe_cell(events), *marks)


def _status(note: Note) -> str:
    if not note.signed:
        return "UNSIGNED DRAFT"
    return "signed, amended" if note.additions else "signed"


def _signature(signature: Signature) -> str:
    return f"{signature.by}, {moment_text(signature.at)} ({signature.role})"


def _value(value: FigureValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return safe_cell(value) if isinstance(value, str) else numeral(value)


def _table(rows: Iterator[tuple[str, ...]]) -> bytes:
    out = io.StringIO(newline="")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(FIGURE_COLUMNS)
    table.writerows(rows)
    return out.getvalue().encode()
