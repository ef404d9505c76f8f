"""A batch handed over: what fails for one participant is said, and the others have their files."""

import msgspec
import pytest

from otgroup.errors import BadInput
from otgroup.export import formats
from otgroup.export.folder import planned_files
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over, step_count
from otgroup.notes.batch import write_batch
from otgroup.notes.writer import NoteWriter
from tests.export import signed
from tests.notes import records
from tests.strategies import load_template

CHOOSY = """{% block Note %}{{ 12 // (f.totals|length) }} by {{ h.name }}{% endblock %}"""


def choosy(name: str) -> str | None:
    """A template that divides by the number of counts, which some have none of."""
    return CHOOSY if name == "choosy.j2" else load_template(name)


def test_a_note_that_cannot_be_written_leaves_the_others() -> None:
    state = records.one_leg_stance()
    batch = write_batch(state, NoteWriter(choosy), "choosy")
    assert {n.participant for n in batch.notes} == {"james", "Wen Zhao"}
    assert {f.name for f in batch.failed} == {"Piotr Nowak", "Kofi Mensah", "Leila Haddad", "Uri Katz"}
    assert any(line.startswith("Uri Katz: no note, choosy.j2: line 1: ") for line in batch.summary)
    made = hand_over(ExportJob(batch=batch, state=state), ["txt"])
    assert len(made.files) == 3
    assert len(made.failed) == 4
    assert b"Uri Katz: no note, it could not be written" in list(made.files.values())[-1]


def test_a_template_that_fails_for_everybody_is_refused() -> None:
    with pytest.raises(BadInput, match="'nothing' is undefined"):
        write_batch(records.one_leg_stance(), NoteWriter(lambda name: "{{ nothing }}"), "bad")


class Choosy:
    """A form that cannot write James' note."""

    def note(self, note):
        if note.participant == "james":
            raise ValueError("James Okoro said something")
        yield "", b"note"

    def whole(self, index):
        return str(index.rows[-1]).encode()


def test_a_file_that_cannot_be_made_is_said_without_what_stood_in_it(monkeypatch) -> None:
    known = {**formats.FORMATS, "odd": formats.Format("odd", lambda work: Choosy())}
    monkeypatch.setattr(formats, "FORMATS", known)
    batch, state = signed.drafts()
    taken = []
    work = ExportJob(batch=batch, state=state)
    made = hand_over(work, ["txt", "odd"], lambda: taken.append(1))
    odd = [name for name in made.files if name.endswith(".odd")]
    assert len(odd) == 6
    assert not any("_James_" in name for name in odd)
    assert b"James Okoro: no file, it could not be written, 27 minutes, late" in made.files[odd[-1]]
    assert len([name for name in made.files if name.endswith(".txt")]) == 7
    expected = "James Okoro: no odd file, something unexpected happened (ValueError): please report this line"
    assert made.failed == (expected,)
    assert len(taken) == step_count(work, ["txt", "odd"]) == 12
    with pytest.raises(BadInput, match="James Okoro: no odd file"):
        planned_files(batch, state, ["odd"])


def test_nothing_is_said_of_one_note_but_its_files() -> None:
    batch, state = signed.drafts()
    alone = msgspec.structs.replace(batch, notes=(signed.james(),), single=True)
    assert len(hand_over(ExportJob(batch=alone, state=state), ["md"]).files) == 1
