"""Several files placed together: all or none, whatever fails at whichever of them, and nothing is left beside."""

import errno
import os
from pathlib import Path

import pytest

from otgroup.errors import AlreadyThere, NotSaved
from otgroup.store import files
from otgroup.store.together import write_together

NEW = {"a.txt": b"one\n", "b.txt": b"two\n", "c.md": b"three\n"}
OLD = {"a.txt": b"signed in May\n", "c.md": b"signed in June\n", "other.txt": b"not ours\n"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def failing_at(number: int, real, error: int = errno.EIO):
    """What fails when it is called for the given time, from 0, and once only."""
    calls = iter(range(99))

    def sometimes(*args, **kwargs):
        if next(calls) == number:
            raise OSError(error, os.strerror(error))
        return real(*args, **kwargs)

    return sometimes


@pytest.fixture
def older(tmp_path: Path) -> Path:
    for name, data in OLD.items():
        (tmp_path / name).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("at", range(3))
def test_files_already_placed_are_taken_back_when_a_later_one_fails(tmp_path: Path, monkeypatch, at) -> None:
    monkeypatch.setattr(files, "put_in_place", failing_at(at, files.put_in_place))
    with pytest.raises(NotSaved, match=f"{tmp_path}: no file was written, "):
        write_together(tmp_path, NEW, overwrite=False)
    assert held(tmp_path) == {}


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("at", range(3))
def test_replaced_files_come_back_when_a_later_one_fails(older: Path, monkeypatch, at, links) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    monkeypatch.setattr(files, "put_in_place", failing_at(at, files.put_in_place))
    with pytest.raises(NotSaved, match="no file was written"):
        write_together(older, NEW, overwrite=True)
    assert held(older) == OLD


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False])
def test_all_are_placed_and_what_was_replaced_is_named(older: Path, monkeypatch, links) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert write_together(older, NEW, overwrite=True) == ("a.txt", "c.md")
    assert held(older) == OLD | NEW
    assert {p.stat().st_mode & 0o777 for p in older.iterdir() if p.name in NEW} == {0o600}


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch, overwrite) -> None:
    monkeypatch.setattr(os, "write", failing_at(2, os.write, errno.ENOSPC))
    with pytest.raises(NotSaved, match="the disk is full: free some space, then try again"):
        write_together(tmp_path, NEW, overwrite=overwrite)
    assert held(tmp_path) == {}


def test_a_folder_of_that_name_stands_and_so_does_all_else(older: Path) -> None:
    (older / "c.md").unlink()
    (older / "c.md").mkdir()
    with pytest.raises(NotSaved, match=r"c\.md: no file was written, a folder of that name"):
        write_together(older, NEW, overwrite=True)
    assert (older / "a.txt").read_bytes() == OLD["a.txt"]
    assert sorted(path.name for path in older.iterdir()) == sorted(OLD)


def test_a_name_taken_meanwhile_is_nobody_elses_to_replace(tmp_path: Path, monkeypatch) -> None:
    def meanwhile(folder: Path) -> None:
        (folder / "b.txt").write_bytes(b"theirs")

    real = files.write_new
    monkeypatch.setattr(files, "write_new", lambda path, data: (real(path, data), meanwhile(path.parent))[0])
    with pytest.raises(AlreadyThere, match=r"b\.txt: exists already"):
        write_together(tmp_path, NEW, overwrite=False)
    assert held(tmp_path) == {"b.txt": b"theirs"}


def test_what_the_disk_did_not_confirm_is_taken_back(older: Path, monkeypatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_at(0, os.fsync))
    with pytest.raises(files.SyncFailed, match="did not confirm"):
        write_together(older, NEW, overwrite=True)
    assert held(older) == OLD


def test_the_folder_is_confirmed_once_before_the_record_is_kept(tmp_path: Path, monkeypatch) -> None:
    done, real = [], os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (done.append("folder"), real(fd)))
    write_together(tmp_path, NEW, overwrite=False, then=lambda: done.append(sorted(NEW.keys() & held(tmp_path))))
    assert done == ["folder", ["a.txt", "b.txt", "c.md"]]


@pytest.mark.parametrize("mishap", [KeyboardInterrupt(), NotSaved("the journal is full")])
def test_what_comes_then_belongs_to_it(older: Path, mishap) -> None:
    def then() -> None:
        raise mishap

    with pytest.raises(type(mishap)):
        write_together(older, NEW, overwrite=True, then=then)
    assert held(older) == OLD


def test_what_cannot_be_taken_back_is_named_and_what_it_replaced_is_not_lost(older: Path, monkeypatch) -> None:
    def then() -> None:
        monkeypatch.setattr(Path, "unlink", failing_at(0, Path.unlink))
        monkeypatch.setattr(Path, "replace", failing_at(1, Path.replace))
        raise NotSaved("the journal is full")

    with pytest.raises(NotSaved) as told:
        write_together(older, NEW, overwrite=True, then=then)
    assert str(told.value) == (
        f"the journal is full; written already, and could not be taken back: {older}/a.txt, {older}/b.txt"
    )
    assert OLD["a.txt"] in held(older).values()


def test_what_a_killed_run_left_beside_is_cleared(tmp_path: Path) -> None:
    (tmp_path / f".a.txt.new.0123abcd{files.TEMP_ENDING}").write_bytes(b"half")
    (tmp_path / f".mine.0123abcd{files.TEMP_ENDING}").write_bytes(b"of somebody else")
    write_together(tmp_path, NEW, overwrite=False)
    assert held(tmp_path).keys() == NEW.keys() | {f".mine.0123abcd{files.TEMP_ENDING}"}
