"""A note as a page: whole, escaped, and loading nothing from anywhere."""

import re
from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.export.layout import laid_out
from otgroup.notes.note import Note, Section
from tests.export import signed

HOSTILE = """<script>alert(1)</script> & "quoted" 'x' {{ 7*7 }} </p> &lt; <img src=x onerror=y>"""


class Reader(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text by blocks."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [
            value for name, value in attrs if name in ("src", "href", "action", "style") or name[:2] == "on"
        ]

    def handle_data(self, data):
        self.texts.append(data)


def page_of(note: Note) -> str:
    batch, state = signed.drafts()
    files = hand_over(ExportJob(batch=replace(batch, notes=(note,), single=True), state=state), ["html"]).files
    return next(iter(files.values())).decode()


@pytest.mark.parametrize("note", [signed.james(), signed.signed(signed.james()), signed.amended(signed.james())])
def test_a_page_has_every_part_of_the_note(note) -> None:
    page, reader = laid_out(note), Reader(page_of(note))
    shown = [page.status] if page.status else []
    shown += [part for line in page.header for part in line]
    shown += [line for s in (*page.sections, *page.additions) for line in (s.title, *s.paragraphs)]
    at = 0
    for line in [*shown[: len(page.header) * 2], *page.signatures]:
        assert line in reader.texts
    for line in (*shown, ""):
        at = reader.texts.index(line, at) if line else at
    assert ("UNSIGNED DRAFT" in page_of(note)) is not note.signed


def test_recorded_text_is_never_markup() -> None:
    note = signed.james()
    header = replace(note.header, name=HOSTILE, deficits=(HOSTILE,), leader=HOSTILE)
    hostile = replace(note, header=header, sections=(Section(HOSTILE, (HOSTILE,)),))
    reader, plain = Reader(page_of(hostile)), Reader(page_of(note))
    assert set(reader.tags) == set(plain.tags)
    assert not reader.links
    assert reader.texts.count(HOSTILE) >= 4


def test_a_page_loads_nothing() -> None:
    page = page_of(signed.amended(signed.james()))
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img", page)
    assert "default-src 'none'" in page


def test_the_index_links_each_note_that_is_there() -> None:
    batch, state = signed.eight()
    files = hand_over(ExportJob(batch=batch, state=state), ["html"]).files
    *notes, index = files
    reader = Reader(files[index].decode())
    assert reader.links == notes
    assert "Ann Quill (record number 4999): missed treatment, absent, dialysis" in "".join(reader.texts)
