"""A folder of notes: named by rule, all of it or nothing."""

import re
from pathlib import Path

import pytest

from otgroup.errors import BadInput, NotSaved, ReadOnly
from otgroup.export.folder import planned_files, replaced_files, write_folder
from otgroup.export.naming import file_safe
from otgroup.notes.batch import write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.presence import Absent
from otgroup.record.people import Person, PersonId
from tests.strategies import Play, load_template, person, shipped

FILES = {"a.txt": b"one\n", "b.txt": b"two\n", "c.md": b"three\n"}


def session():
    play = Play(shipped("one-leg-stance"))
    twins = [Person(id=PersonId(f"t{n}"), name=f"Ann Lee {n}", short_name="Añ/.. L") for n in (1, 2)]
    play.here(person(0), *twins)
    play.join(person(1), person(2))
    play.add(Absent, PersonId("p1"), reason="clinic visit")
    return play.state("10:30")


def test_names_follow_the_rule_and_are_the_same_every_time() -> None:
    state, writer = session(), NoteWriter(load_template)
    files = planned_files(write_batch(state, writer), state, ["txt", "md"])
    assert list(files) == list(planned_files(write_batch(state, writer), state, ["txt", "md"]))
    assert len(files) == 8
    assert all(re.fullmatch(r"2025-11-24_one-leg-stance_[A-Za-z0-9-]+_[0-9a-f]{4}\.(txt|md)", n) for n in files)
    marks = {re.search(r"_([0-9a-f]{4})\.", n).group(1) for n in files}
    assert len(marks) == 4
    assert any("_An-L_" in name for name in files)


def test_the_index_has_a_line_for_everyone() -> None:
    state = session()
    files = planned_files(write_batch(state, NoteWriter(load_template)), state, ["txt"])
    index = next(data for name, data in files.items() if "_index_" in name).decode()
    assert re.search(
        r"^Ada Lindqvist: 2025\S+\.txt, 30 minutes, present, .*no response recorded, no plan recorded$", index, re.M
    )
    assert "James Okoro: missed treatment, absent, clinic visit" in index.splitlines()
    assert "Rosa Delgado: no note, attendance was never stated" in index.splitlines()


def test_one_note_asked_for_has_its_usual_name_and_no_index() -> None:
    state, writer = session(), NoteWriter(load_template)
    alone = planned_files(write_batch(state, writer, only=PersonId("t2")), state, ["txt"])
    everybody = planned_files(write_batch(state, writer), state, ["txt"])
    assert len(alone) == 1
    assert alone.items() <= everybody.items()


def test_an_unknown_format_is_refused() -> None:
    state = session()
    with pytest.raises(BadInput, match=r'format "rtf".*txt, md'):
        planned_files(write_batch(state, NoteWriter(load_template)), state, ["rtf"])


@pytest.mark.parametrize(
    ("text", "name"),
    [("../../etc", "etc"), ("Zoë Å", "Zoe-A"), ("李", "participant"), ("CON:?*", "CON"), ("a" * 99, "a" * 40)],
)
def test_a_file_name_is_plain(text, name) -> None:
    assert file_safe(text) == name


def test_files_are_written_whole_and_for_the_owner_alone(tmp_path: Path) -> None:
    out = tmp_path / "new" / "notes"
    write_folder(out, FILES, overwrite=False)
    assert {p.name: p.read_bytes() for p in out.iterdir()} == FILES
    assert {p.stat().st_mode & 0o777 for p in out.iterdir()} == {0o600}


def test_a_file_already_there_refuses_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"signed\n")
    with pytest.raises(BadInput, match=r"b\.txt: exists already, use --overwrite"):
        write_folder(tmp_path, FILES, overwrite=False)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"b.txt": b"signed\n"}
    write_folder(tmp_path, FILES, overwrite=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == FILES


def test_a_folder_that_cannot_be_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for out in (tmp_path / "file", tmp_path / "file" / "deeper"):
        with pytest.raises(NotSaved) as told:
            write_folder(out, FILES, overwrite=False)
        assert "\n" not in str(told.value)


def refused() -> None:
    raise ReadOnly("session.journal: takes no more writes")


def test_what_cannot_be_kept_on_record_is_not_left_standing(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match=r"no notes written, .* takes no more writes"):
        write_folder(tmp_path, FILES, overwrite=False, keep=refused)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "b.txt").write_bytes(b"signed\n")
    with pytest.raises(NotSaved):
        write_folder(tmp_path, FILES, overwrite=True, keep=refused)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"b.txt": b"signed\n"}


def test_replaced_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes(b"signed\n")
    replaced = write_folder(tmp_path, FILES, overwrite=True)
    assert replaced_files(tmp_path, replaced) == [f"{tmp_path}: 1 file replaced: b.txt"]
    assert replaced_files(tmp_path, write_folder(tmp_path / "new", FILES, overwrite=True)) == []
