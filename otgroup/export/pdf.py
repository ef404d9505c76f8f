"""Notes as PDF by typst: its own fonts, one compiler for a batch, the data handed over as JSON."""

import datetime
from typing import Any, Final

import msgspec
import typst

from otgroup.errors import BadInput
from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.html import page_text
from otgroup.export.index import Index
from otgroup.export.layout import laid_out
from otgroup.notes.note import Note

_LAST_BUNDLED: Final = 0x052F
"""Up to here (Latin, Greek, Cyrillic) the bundled font has the letters; beyond, the system's fonts help out."""
_ALSO_BUNDLED: Final = range(0x1E00, 0x2400)
"""More Latin and Greek, punctuation, signs of currency and arrows."""


def pdf_form(work: ExportJob) -> Form:
    """The form for PDF; the batch's own file has the index and every note, each from a new page on."""
    return _Pdf(work)


class _Pdf:
    def __init__(self, work: ExportJob) -> None:
        self._source = page_text("note.typ").encode()
        self._at = work.state.started_at.astimezone(datetime.UTC)
        self._compilers: dict[bool, typst.Compiler] = {}

    def note(self, note: Note) -> Files:
        page = page_of(note)
        return [("", self._compiled(f"{page['title']}, {page['date']}", note.header.leader, [page], []))]

    def whole(self, index: Index) -> bytes:
        pages = [page_of(note) for note in index.notes]
        return self._compiled(index.title, "", pages, [str(row) for row in index.rows])

    def _compiled(self, title: str, author: str, notes: list[dict[str, Any]], rows: list[str]) -> bytes:
        text = msgspec.json.encode({"title": title, "author": author, "notes": notes, "rows": rows}).decode()
        compiler = self._compiler(bundled=all(map(_in_bundled_font, text)))
        try:
            made = compiler.compile(self._source, format="pdf", sys_inputs={"data": text}, timestamp=self._at)
        except typst.TypstError as error:
            raise BadInput(f"the PDF cannot be made ({error.message}): please report this line") from error
        if not isinstance(made, bytes):
            raise BadInput("the PDF cannot be made (no content): please report this line")
        return made

    def _compiler(self, *, bundled: bool) -> typst.Compiler:
        """The compiler for texts that the bundled font has, or the one that looks for the system's fonts too."""
        if bundled not in self._compilers:
            self._compilers[bundled] = typst.Compiler(self._source, ignore_system_fonts=bundled)
        return self._compilers[bundled]


def page_of(note: Note) -> dict[str, Any]:
    """What a page is made from."""
    h = note.header
    foot = f"{h.name}, record number {h.record_number}" if h.record_number else h.name
    return {**msgspec.to_builtins(laid_out(note)), "date": h.date, "foot": foot}


def _in_bundled_font(character: str) -> bool:
    return ord(character) <= _LAST_BUNDLED or ord(character) in _ALSO_BUNDLED
