"""Notes as PDF: every part on the page, nothing read as markup, nothing needed from the system."""

import io

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.export.layout import laid_out
from otgroup.notes.batch import Batch
from otgroup.notes.note import Note, Section
from tests.export import signed

HOSTILE = '#panic() *b* _e_ $x$ `r` @w <l> [c] \\ // /* = h - i + j #read("/etc/passwd") {{ 7*7 }}'


def made(batch: Batch, state) -> dict[str, PdfReader]:
    result = hand_over(ExportJob(batch=batch, state=state), ["pdf"])
    assert result.failed == ()
    return {name: PdfReader(io.BytesIO(data)) for name, data in result.files.items()}


def one(note: Note) -> PdfReader:
    batch, state = signed.drafts()
    return next(iter(made(replace(batch, notes=(note,), single=True), state).values()))


def text_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


@pytest.mark.parametrize("note", [signed.james(), signed.signed(signed.james()), signed.amended(signed.james())])
def test_a_pdf_has_every_part_of_the_note_in_its_order(note) -> None:
    page, text = laid_out(note), text_of(one(note))
    expected = [page.status, page.title, *(line for s in page.sections for line in (s.title, *s.paragraphs))]
    expected += [*page.signatures, *(line for s in page.additions for line in (s.title, *s.paragraphs))]
    at = 0
    for line in expected:
        at = text.index(line, at)
    assert all(f"{label} {value}" in text for label, value in page.header)


def test_recorded_text_is_never_markup() -> None:
    note = signed.james()
    header = replace(note.header, name=HOSTILE, leader=HOSTILE, record_number=HOSTILE)
    text = text_of(one(replace(note, header=header, sections=(Section(HOSTILE, (HOSTILE,)),))))
    assert text.count(" ".join(HOSTILE.split())) >= 5


@pytest.mark.parametrize("text", ["\x00\x07", "", "\u202e", "a" * 5000, "\ufffe", "李 שלום"])
def test_odd_text_still_gives_a_pdf(text) -> None:
    assert one(replace(signed.james(), sections=(Section("T", (f"begin {text} end",)),))).pages


def test_the_batch_file_has_the_index_and_every_note_from_a_new_page_on() -> None:
    batch, state = signed.eight()
    files = made(signed.with_note(batch, replace(batch.notes[0], sections=batch.notes[0].sections * 9)), state)
    *each, whole = files.values()
    texts = [" ".join(page.extract_text().split()) for page in whole.pages]
    assert "Ann Quill (record number 4999): missed treatment, absent, dialysis" in texts[0]
    assert len(whole.pages) == 1 + sum(len(pdf.pages) for pdf in each)
    assert len(each[0].pages) > 2
    assert texts[1:] == [" ".join(page.extract_text().split()) for pdf in each for page in pdf.pages]
    assert texts[2].endswith(f"Page 2 of {len(each[0].pages)}")


def test_one_participants_file_names_nobody_else() -> None:
    batch, state = signed.eight()
    *each, _ = made(batch, state).values()
    for note, pdf in zip(batch.notes, each, strict=True):
        text = text_of(pdf)
        assert not [n.header.name for n in batch.notes if n is not note and n.header.name in text]
        assert pdf.metadata.author == "J. Rivera, OTR/L"


def test_the_font_comes_along_and_the_bytes_stay_the_same() -> None:
    batch, state = signed.drafts()
    work = ExportJob(batch=batch, state=state)
    first, second = (hand_over(work, ["pdf"]).files for _ in range(2))
    assert first == second
    fonts = {f["/BaseFont"] for page in one(signed.james()).pages for f in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("LibertinusSerif" in font for font in fonts)
