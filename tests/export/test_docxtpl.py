"""Letterheads compile by docxtpl's own steps, once. These tests fail when its way of rendering changes."""

import inspect
import io
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
from docx import Document
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from lxml.etree import tostring

from otgroup.export.letterhead import Letterhead, tags_of
from otgroup.notes.note import Note
from tests.export import signed
from tests.letterhead import LETTERHEAD

RENDERED = {
    "init_docx", "render_init", "xml_to_string", "get_xml", "patch_xml", "render_xml_part", "render_properties",
    "render_footnotes", "resolve_listing", "build_xml", "map_tree", "get_headers_footers", "get_part_xml",
    "get_headers_footers_encoding", "build_headers_footers_xml", "map_headers_footers_xml", "fix_tables",
    "fix_docpr_ids", "render",
}  # fmt: skip
"""All that `DocxTemplate.render` goes through: `Letterhead` does the same, each part of it once or for each note."""


def plainly(note: Note) -> bytes:
    """The document by docxtpl's public way."""
    word, out = DocxTemplate(LETTERHEAD), io.BytesIO()
    word.render(tags_of(note), Environment(undefined=StrictUndefined, autoescape=True))
    word.save(out)
    return out.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The XML of body, header and footer, in canonical form, and who is the author."""
    document = Document(io.BytesIO(data))
    section = document.sections[0]
    elements = {"body": document.element, "header": section.header._element, "footer": section.footer._element}
    xml = {name: tostring(element, method="c14n") for name, element in elements.items()}
    return xml | {"author": document.core_properties.author.encode()}


@pytest.mark.parametrize("note", [signed.james(), signed.signed(signed.james()), signed.amended(signed.james())])
def test_a_filled_letterhead_is_what_docxtpl_makes_of_it(note: Note) -> None:
    ours = parts(Letterhead(LETTERHEAD.read_bytes(), "letterhead.docx").filled(note))
    assert len(ours["body"]) > 5000
    assert ours == parts(plainly(note))


def test_rendering_has_the_steps_that_a_letterhead_takes_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    called: set[str] = set()

    def watched(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def step(*args: Any, **kwargs: Any) -> Any:
            called.add(name)
            return method(*args, **kwargs)

        return step

    word = DocxTemplate(LETTERHEAD)
    for name, method in inspect.getmembers(DocxTemplate, inspect.isfunction):
        monkeypatch.setattr(DocxTemplate, name, watched(name, method))
    word.render(tags_of(signed.james()), autoescape=True)
    assert called == RENDERED
