"""Notes in Word: true to the note, sound as documents, by the shipped letterhead or a clinic's own."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from msgspec.structs import replace

from otgroup.errors import BadInput
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.export.layout import laid_out
from otgroup.export.letterhead import Letterhead, shipped_letterhead
from otgroup.export.letterhead_check import letterhead_problems
from otgroup.notes.note import Section
from tests import letterhead as maker
from tests.export import signed
from tests.strategies import ROOT

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "a\x00b\x0b\x1f <w:t>&amp; {{ 7*7 }} {%p endfor %} {_{ x }_} \u2028 ]]> \ud800 end"
WHOLE = (
    "{{ status }}", "{{ title }}, {{ date }}: {{ name }}",
    "{%p for section in sections %}", "{{ section.title }}", "{%p for paragraph in section.paragraphs %}",
    "{{ paragraph }}", "{%p endfor %}", "{%p endfor %}",
    "{%p for line in signatures %}", "{{ line }}", "{%p endfor %}",
    "{%p for section in additions %}", "{{ section.title }}", "{%p for paragraph in section.paragraphs %}",
    "{{ paragraph }}", "{%p endfor %}", "{%p endfor %}",
)  # fmt: skip
"""The smallest letterhead that may be used, a paragraph a line."""


def lines(data: bytes) -> list[str]:
    """Every paragraph of a document's body as Word shows it, those in tables too."""
    body = Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p")]


def letterhead(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("note", [signed.james(), signed.signed(signed.james()), signed.amended(signed.james())])
def test_a_document_has_every_part_of_the_note_in_its_order(note) -> None:
    page = laid_out(note)
    expected = [page.status] if page.status else []
    expected += [page.title, *(part for line in page.header for part in line)]
    expected += [line for s in page.sections for line in (s.title, *s.paragraphs)]
    expected += ["", *page.signatures]
    expected += [line for s in page.additions for line in (s.title, *s.paragraphs)]
    assert [line for line in lines(shipped_letterhead().filled(note)) if line] == [line for line in expected if line]


def test_header_and_footer_name_the_participant_and_the_date() -> None:
    document = Document(io.BytesIO(shipped_letterhead().filled(signed.james())))
    section = document.sections[0]
    assert "2025-11-24" in section.header.paragraphs[0].text
    assert section.footer.paragraphs[0].text.startswith("James Okoro, record number 4480")
    assert document.core_properties.author == "J. Rivera, OTR/L"


def test_one_letterhead_makes_every_note_of_its_own() -> None:
    batch, state = signed.eight()
    files = hand_over(ExportJob(batch=batch, state=state), ["docx"]).files
    assert len(files) == 8
    for note, data in zip(batch.notes, files.values(), strict=True):
        text = "\n".join(lines(data))
        assert all(p in text for s in note.sections for p in s.paragraphs)
        assert not [n.header.name for n in batch.notes if n is not note and n.header.name in text]
    again = hand_over(ExportJob(batch=batch, state=state), ["docx"]).files
    assert again == files


def test_recorded_text_is_never_markup_nor_tags() -> None:
    note = signed.james()
    header = replace(note.header, name=HOSTILE, leader="R&D <b>, OTR/L")
    hostile = replace(note, header=header, sections=(Section("T", (HOSTILE,)),))
    data = shipped_letterhead().filled(hostile)
    shown = "a b  <w:t>&amp; {{ 7*7 }} {%p endfor %} {_{ x }_} \u2028 ]]>   end"
    assert shown in [" ".join(line.split(" ")) for line in lines(data)]
    assert Document(io.BytesIO(data)).core_properties.author == "R&D <b>, OTR/L"


def test_a_document_is_a_sound_package() -> None:
    with zipfile.ZipFile(io.BytesIO(shipped_letterhead().filled(signed.james()))) as package:
        names = package.namelist()
        assert package.testzip() is None
        assert len(names) == len(set(names))
        with zipfile.ZipFile(ROOT / "templates" / "letterhead.docx") as empty:
            assert set(names) == set(empty.namelist())


def test_the_shipped_letterhead_is_what_its_script_makes() -> None:
    out = io.BytesIO()
    maker.make().save(out)
    with zipfile.ZipFile(out) as made, zipfile.ZipFile(maker.LETTERHEAD) as kept:
        for name in made.namelist():
            if name != "docProps/core.xml":
                assert made.read(name) == kept.read(name), name


def test_the_shipped_letterhead_is_sound() -> None:
    assert letterhead_problems(maker.LETTERHEAD.read_bytes(), "letterhead.docx") == []
    assert letterhead_problems(letterhead(*WHOLE), "own.docx") == []


@pytest.mark.parametrize(
    ("paragraphs", "says"),
    [
        ((), "it is not a Word document, save it as .docx"),
        (("{{ name }",), r'unexpected .*near "\{\{ name'),
        ((*WHOLE, "{{ patient.ssn }}"), "'patient' is undefined"),
        ((*WHOLE, "{{ h.__class__.__mro__ }}"), "unsafe"),
        ((*WHOLE, "{% for x in range(9999) %}{% for y in 'abc' %}{% endfor %}{% endfor %}"), "more than"),
        (("{%p for section in sections %}", *WHOLE), "endfor"),
        ((*WHOLE, "{% for x in [1] %}" * 25 + "a" + "{% endfor %}" * 25), "nested"),
        (WHOLE[1:], r"status would be missing, put \{\{ status \}\}"),
        ((*WHOLE[:2], *WHOLE[8:]), "sections would be missing"),
        ((*WHOLE[:8], *WHOLE[11:]), "signatures would be missing"),
        ((*WHOLE[:11],), "additions would be missing"),
        ((*WHOLE[:1], *WHOLE[2:]), "name would be missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_faulty_letterhead_is_refused_before_it_is_used(paragraphs, says) -> None:
    content = letterhead(*paragraphs) if paragraphs else b"not a document"
    problems = letterhead_problems(content, "own.docx")
    assert problems
    assert all(line.startswith("own.docx: ") and "\n" not in line for line in problems)
    assert any(re.search(says, line) for line in problems), problems
    batch, state = signed.drafts()
    with pytest.raises(BadInput, match=r"own\.docx"):
        hand_over(ExportJob(batch=batch, state=state, letterhead=(content, "own.docx")), ["docx"])


def test_a_letterhead_that_fails_for_one_participant_costs_only_theirs() -> None:
    own = letterhead(*WHOLE, "{{ 1 if name != 'James Okoro' else nothing }}")
    batch, state = signed.drafts()
    made = hand_over(ExportJob(batch=batch, state=state, letterhead=(own, "own.docx")), ["docx"])
    assert len(made.files) == 5
    assert len(made.failed) == 1
    assert made.failed[0].startswith("James Okoro: no docx file, own.docx: 'nothing' is undefined")


def test_a_clinics_own_letterhead_is_taken(tmp_path: Path) -> None:
    from otgroup.store.clinic_files import ClinicFiles

    assert ClinicFiles(tmp_path).letterhead() is None
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "letterhead.docx").write_bytes(letterhead("Hill Clinic", *WHOLE))
    own = ClinicFiles(tmp_path).letterhead()
    assert own
    assert lines(Letterhead(*own).filled(signed.james()))[0] == "Hill Clinic"
