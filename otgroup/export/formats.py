"""The formats a batch can be written in. One that needs a library loads it when it is asked for."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from otgroup.errors import BadInput
from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.index import Index, index_markdown, index_text
from otgroup.export.text import as_markdown, as_text
from otgroup.notes.note import Note


class Format(msgspec.Struct, frozen=True):
    """A format's file ending, how its form is made, and whether it takes long enough to show how far it is."""

    ending: str
    form: Callable[[ExportJob], Form]
    slow: bool = False


class _Plain:
    """A format of text, by two functions."""

    def __init__(self, note: Callable[[Note], str], index: Callable[[Index], str]) -> None:
        self._note, self._index = note, index

    def note(self, note: Note) -> Files:
        return [("", self._note(note).encode())]

    def whole(self, index: Index) -> bytes:
        return self._index(index).encode()


def _text(_work: ExportJob) -> Form:
    return _Plain(as_text, index_text)


def _markdown(_work: ExportJob) -> Form:
    return _Plain(as_markdown, index_markdown)


def _html(work: ExportJob) -> Form:
    from otgroup.export.html import html_form  # noqa: PLC0415 - compiled only when asked for

    return html_form(work)


def _pdf(work: ExportJob) -> Form:
    from otgroup.export.pdf import pdf_form  # noqa: PLC0415 - typst is large

    return pdf_form(work)


def _csv(work: ExportJob) -> Form:
    from otgroup.export.table import csv_form  # noqa: PLC0415 - as every format beyond text

    return csv_form(work)


def _docx(work: ExportJob) -> Form:
    from otgroup.export.word import word_form  # noqa: PLC0415 - docxtpl takes long to load

    return word_form(work)


def _fhir(work: ExportJob) -> Form:
    from otgroup.export.fhir import fhir_form  # noqa: PLC0415 - as every format beyond text

    return fhir_form(work)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "txt": Format("txt", _text),
        "md": Format("md", _markdown),
        "html": Format("html", _html),
        "docx": Format("docx", _docx, slow=True),
        "pdf": Format("pdf", _pdf, slow=True),
        "csv": Format("csv", _csv),
        "fhir": Format("fhir.json", _fhir),
    }
)


def read_formats(text: str) -> tuple[str, ...]:
    """The names in a list with commas, each once. Raises BadInput for none, and for one that is no format."""
    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if not named:
        raise BadInput("no format is named, write for example md,txt")
    for name in named:
        format_of(name)
    return named


def format_of(name: str) -> Format:
    """The format of that name. Raises BadInput."""
    if name not in FORMATS:
        raise BadInput(f'format "{name}" is not known, use {", ".join(FORMATS)}')
    return FORMATS[name]
