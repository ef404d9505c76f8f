"""The library: people all or none, the leader who led last, an index that is only ever a copy."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from otgroup.errors import NotSaved, StoreError
from otgroup.record.people import Leader, Link, Person, PersonId
from otgroup.store.folder import DataFolder
from otgroup.store.library import Library

NOW = datetime(2025, 11, 24, 12, 0, tzinfo=UTC)
ADA = Person(
    id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.", pronouns="she", record_number="4471",
    setting="IRF", deficits=("CVA",), goals=("G1 reach", "G2 walk"), precautions=("gait belt",),
    links=(Link("one-leg-stance", ("G1 reach",), "pace"),),
)  # fmt: skip
BEN = Person(id=PersonId("ben"), name="ben King", short_name="Ben K.")
CYD = Person(id=PersonId("cyd"), name="Cyd Moss", short_name="Cyd")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with DataFolder.open(tmp_path / "data", write=True, now=lambda: NOW) as data:
        yield data


def read_again(folder: DataFolder) -> Library:
    """The library as another program reads it."""
    with DataFolder.open(folder.path) as reader:
        return reader.library


def test_everything_known_of_a_person_comes_back(folder) -> None:
    folder.library.save_people([ADA])
    assert read_again(folder).people() == [ADA]


def test_people_stand_by_name_whatever_its_capitals_then_by_record_number(folder) -> None:
    other = msgspec.structs.replace(ADA, id=PersonId("other"), record_number="0001")
    folder.library.save_people([CYD, BEN, ADA, other])
    assert [p.id for p in read_again(folder).people()] == ["other", "ada", "ben", "cyd"]


def test_a_known_id_is_changed_and_a_new_one_added_in_one_go(folder) -> None:
    folder.library.save_people([ADA, BEN])
    changed = msgspec.structs.replace(ADA, name="Ada King", goals=())
    folder.library.save_people([changed, CYD])
    assert read_again(folder).people() == [changed, BEN, CYD]


def test_one_id_twice_keeps_the_last(folder) -> None:
    folder.library.save_people([ADA, msgspec.structs.replace(ADA, name="Ada King")])
    assert [p.name for p in read_again(folder).people()] == ["Ada King"]


def test_people_are_saved_all_or_none(folder, monkeypatch) -> None:
    folder.library.save_people([ADA])

    def sync_fails(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("otgroup.store.files.sync", sync_fails)
    with pytest.raises(NotSaved):
        folder.library.save_people([BEN, CYD])
    monkeypatch.undo()
    assert folder.library.people() == [ADA] == read_again(folder).people()


@pytest.mark.parametrize("lost", [1, 40, 200])
def test_a_save_that_a_crash_cut_short_counts_as_not_made(folder, lost) -> None:
    folder.library.save_people([ADA])
    folder.library.save_people([BEN, CYD])
    folder.close()
    library = folder.path / "library.journal"
    library.write_bytes(library.read_bytes()[:-lost])
    assert read_again(folder).people() == [ADA]


def test_the_last_leader_is_offered_and_all_are_known_once(folder) -> None:
    rivera, chen = Leader("J. Rivera", "OTR/L"), Leader("M. Chen", "COTA/L")
    assert folder.library.leader() is None
    for leader in (rivera, chen, rivera):
        folder.library.remember_leader(leader)
        assert read_again(folder).leader() == leader
    assert sorted(read_again(folder).leaders(), key=str) == [rivera, chen]


def test_what_was_handed_out_cannot_change_what_is_kept(folder) -> None:
    folder.library.save_people([ADA])
    folder.library.people().clear()
    folder.library.indexed()["x"] = None  # type: ignore[assignment]
    assert (folder.library.people(), folder.library.indexed()) == ([ADA], {})


def test_nothing_is_saved_where_it_was_opened_to_be_read(folder) -> None:
    folder.library.save_people([ADA])
    with DataFolder.open(folder.path) as reader, pytest.raises(StoreError, match="opened only to be read"):
        reader.library.save_people([BEN])


def test_a_missing_folder_reads_as_empty_and_stays_missing(tmp_path) -> None:
    with DataFolder.open(tmp_path / "none") as reader:
        assert (reader.library.people(), reader.sessions.summaries(), reader.library.leader()) == ([], [], None)
    assert not (tmp_path / "none").exists()
