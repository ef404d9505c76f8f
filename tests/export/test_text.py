"""Notes as text and as Markdown: header outside the body, a paragraph a line, recorded marks kept."""

import pytest

from otgroup.export.text import as_markdown, as_text, escaped
from otgroup.notes.batch import write_batch
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter
from otgroup.session import events as ev
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
    play.add(ev.Response, ada.id, text="# 1 *good* <b> [x](y) `z`")
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
