"""A letterhead for Word with Jinja2 tags: prepared and compiled once, filled for each note."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import Template
from lxml.etree import tostring
from markupsafe import Markup, escape

from otgroup.errors import BadInput
from otgroup.export.layout import Layout, laid_out
from otgroup.notes.note import Note
from otgroup.notes.sandbox import NoteEnvironment
from otgroup.store.clinic_files import shipped

NAME: Final = "letterhead.docx"
_UNFIT: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
"""What XML has no place for, and the white space that docxtpl would make tabs, lines and pages of."""


def shipped_letterhead() -> "Letterhead":
    """The letterhead that comes with the program."""
    return Letterhead((shipped("templates") / NAME).read_bytes(), NAME)


class Letterhead:
    """A letterhead ready to be filled, by its content and the name that a fault is told with.

    docxtpl opens it, prepares its tags and renders its parts: the steps of its `render`, taken one by one, so that
    each is taken once where it can be. `tests/export/test_docxtpl.py` fails when they become other ones. What holds
    no tags is packed once, for filling a document anew takes longer than writing it.
    """

    def __init__(self, content: bytes, name: str) -> None:
        self._name, self._env = name, _LetterheadEnvironment()
        with self._faults():
            self._word = DocxTemplate(io.BytesIO(content))
            self._word.render_init()
            self._body = self._word.patch_xml(self._word.get_xml())
            self._main = str(self._word.docx.part.partname)[1:]
            self._edges = dict(self._tagged_parts())
            self._rest = _packed(content, {self._main, *self._edges})

    def filled(self, note: Note) -> bytes:
        """The document for a note. Raises BadInput where a tag cannot be filled."""
        out, tags = io.BytesIO(self._rest), tags_of(note)
        self._env.begin()
        with self._faults(), ZipFile(out, "a", ZIP_DEFLATED) as document:
            document.writestr(_entry(self._main), self._filled_body(tags))
            for name, source in self._edges.items():
                document.writestr(_entry(name), self._rendered(source, tags).encode())
        return out.getvalue()

    def _tagged_parts(self) -> Iterator[tuple[str, str]]:
        """Headers, footers and footnotes prepared for Jinja2, by their names in the file; and the properties."""
        word = self._word
        for uri in (word.HEADER_URI, word.FOOTER_URI, RELATIONSHIP_TYPE.FOOTNOTES):
            for _, part in word.get_headers_footers(uri):
                yield str(part.partname)[1:], word.patch_xml(word.get_part_xml(part))
        for relation in word.docx.part.package.rels.values():
            if relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES:
                yield str(relation.target_part.partname)[1:], relation.target_part.blob.decode()

    def _filled_body(self, tags: dict[str, Any]) -> bytes:
        tree = self._word.fix_tables(self._rendered(self._body, tags))
        self._word.fix_docpr_ids(tree)
        self._word.map_tree(tree)
        root = self._word.docx.element
        return bytes(tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _rendered(self, source: str, tags: dict[str, Any]) -> str:
        return str(self._word.render_xml_part(source, None, tags, self._env))

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # a document with tags is a program: whatever it raises is its fault
            raise BadInput(f"{self._name}: {_fault(error)}") from error


def _packed(content: bytes, without: set[str]) -> bytes:
    """The document's file without some of its parts."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in without:
                new.writestr(_entry(name), old.read(name))
    return out.getvalue()


def _entry(name: str) -> ZipInfo:
    """A part's place in the file, without the time of day."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def tags_of(note: Note) -> dict[str, Any]:
    """What a letterhead may say: the parts of the page, and the header's fields as `h`."""
    page, h = laid_out(note), note.header
    parts = {part: getattr(page, part) for part in Layout.__struct_fields__}
    lines = [{"label": label, "text": text} for label, text in page.header]
    return parts | {"header": lines, "h": h, "date": h.date, "record_number": h.record_number, "leader": h.leader}


def _fault(error: Exception) -> str:
    if isinstance(error, BadZipFile | PackageNotFoundError | KeyError):
        return "it is not a Word document, save it as .docx"
    where = "".join(getattr(error, "docx_context", ()))
    tags = " ".join(re.findall(r"\{[{%#][^{}]{0,60}", where)[-1:]).strip()
    near = f' near "{tags}"' if tags else ""
    what = " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return f"{what}{near}, see templates/README.md for the tags a letterhead may use"


class _LetterheadEnvironment(NoteEnvironment):
    """The sandbox of the notes, compiling each source once; what it shows fits into a Word document."""

    def __init__(self) -> None:
        super().__init__(lambda _name: None)
        filled = self.finalize or (lambda value: value)
        self.autoescape = True
        self.finalize = lambda value: _fitted(str(filled(value)))
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        """A template by its source, compiled at its first use."""
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, *args, **options)
        return self._compiled[source]


def _fitted(text: str) -> Markup:
    """Text for an XML element; braces as references, so that docxtpl sees no tag of its own in them."""
    safe = str(escape(_UNFIT.sub(" ", text)))
    return Markup(safe.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped in the line above
