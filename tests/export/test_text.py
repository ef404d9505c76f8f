"""Notes as text and as Markdown: header outside the body, a paragraph a line, recorded marks kept."""

import msgspec
import pytest

from otgroup.export.text import as_markdown, as_text, escaped
from otgroup.notes.batch import write_batch
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.words import Response
from tests.export import signed
from tests.notes import records
from tests.strategies import Play, load_template, person, shipped


@pytest.fixture
def note() -> Note:
    return write_batch(records.one_leg_stance(), NoteWriter(load_template), only=records.JAMES.id).notes[0]


def test_the_header_stands_outside_the_body(note) -> None:
    text = as_text(note)
    for line in (
        "Participant: James Okoro", "Record number: 4480", "Date of service: 2025-11-24", "Arrived: 10:05",
        "Intervention: One-leg stance with cross-midline tap", "Session: 10:00-10:36", "Group size: 6",
        "Total treatment time: 27 minutes (4 minutes of rest excluded)", "Total timed minutes: 0",
        "Leader: J. Rivera, OTR/L", "Precautions: gait belt", "Attendance: arrived late (transport)",
    ):  # fmt: skip
        assert line in text.splitlines()
        assert line not in note.body
    assert text.splitlines()[0].startswith("UNSIGNED DRAFT")
    assert "Signature: " in text
    assert text.endswith("\n")
    assert "\r" not in text


def test_a_paragraph_is_one_line_in_both(note) -> None:
    for paragraph in note.body.splitlines():
        assert paragraph in as_text(note).splitlines()
        assert escaped(paragraph, starts=True) in as_markdown(note).splitlines()


def test_recorded_marks_stay_raw_in_text_and_are_escaped_in_markdown() -> None:
    play = Play(shipped("one-leg-stance"))
    ada = person(0, "she")
    play.here(ada, person(1))
    play.add(Response, ada.id, text="# 1 *good* <b> [x](y) `z`")
    note = write_batch(play.state("10:20"), NoteWriter(load_template), only=ada.id).notes[0]
    assert "# 1 *good* <b> [x](y) `z`." in as_text(note).splitlines()
    assert r"\# 1 \*good\* \<b> \[x\](y) \`z\`." in as_markdown(note).splitlines()


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a_b stays", "a_b stays"),
        ("_a_", r"\_a\_"),
        ("1. first", r"1\. first"),
        ("- dash", r"\- dash"),
        ("-1 level", "-1 level"),
        ("#tag", "#tag"),
        ("> said", r"\> said"),
        ("R&D &amp; x", r"R&D \&amp; x"),
        ("back\\slash", r"back\\slash"),
        ("2:00 (fatigue), 3/5", "2:00 (fatigue), 3/5"),
        ("---", r"\---"),
    ],
)
def test_only_what_would_change_meaning_is_escaped(text, safe) -> None:
    assert escaped(text, starts=True) == safe


@pytest.mark.parametrize("form", [as_text, as_markdown])
def test_a_signed_note_says_who_signed_and_is_no_draft(form) -> None:
    note = signed.signed(signed.james())
    text = form(note)
    assert "DRAFT" not in text
    assert "____" not in text
    mark = signed.digest(note)
    assert (
        f"Signed electronically by J. Rivera, OTR/L, 2025-11-24 11:02 UTC-05:00 (author; SHA-256 {mark[:16]})" in text
    )
    assert "Co-signed electronically by M. Stone, OTD, OTR/L, 2025-11-24 14:02 UTC-05:00 (cosigner" in text
    assert mark not in text


@pytest.mark.parametrize("form", [as_text, as_markdown])
def test_additions_stand_below_the_signed_text_which_stays_as_it_was(form) -> None:
    before, text = form(signed.signed(signed.james())), form(signed.amended(signed.james()))
    body = before.split("Session: ")[-1] if form is as_text else before.split("**Session:**")[-1]
    assert body in text
    after = text.split(body)[1]
    assert after.index("Addendum, 2025-11-25 09:00 UTC") < after.index("Correction, 2025-11-25 10:00 UTC")
    assert "Late entry, 2025-11-25 11:00 UTC, signed electronically by J. Rivera, OTR/L" in after
    assert "He asked for a chair at home." in after.splitlines()
    assert "AMENDED - 1 addendum, 1 correction and 1 late entry below the signatures" in text.split(body)[0]


def test_a_co_signature_alone_signs_nothing() -> None:
    note = signed.signed(signed.james())
    text = as_text(msgspec.structs.replace(note, signatures=note.signatures[1:]))
    assert text.startswith("UNSIGNED DRAFT")
    assert "Co-signed electronically by M. Stone" in text
    assert "Signature: ____" in text
