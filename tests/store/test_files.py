import errno
import os
import stat
from pathlib import Path

import pytest

from otgroup.errors import NotSaved
from otgroup.store import files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_whole_file_is_put_in_place(tmp_path: Path) -> None:
    target = tmp_path / "note.txt"
    files.write_whole(target, b"first", overwrite=False)
    files.write_whole(target, b"second", overwrite=True)
    assert target.read_bytes() == b"second"
    assert mode(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    files.write_whole(tmp_path / "empty", b"", overwrite=False)
    assert (tmp_path / "empty").read_bytes() == b""


def test_a_file_already_there_stands(tmp_path: Path) -> None:
    target = tmp_path / "note.txt"
    target.write_bytes(b"theirs")
    with pytest.raises(NotSaved, match=r"note\.txt: not saved, .* there already"):
        files.write_whole(target, b"mine", overwrite=False)
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("there", [True, False])
def test_without_links_a_file_already_there_stands_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    def no_links(*_args: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    target = tmp_path / "note.txt"
    if there:
        target.write_bytes(b"theirs")
        with pytest.raises(NotSaved, match="there already"):
            files.write_whole(target, b"mine", overwrite=False)
        assert target.read_bytes() == b"theirs"
    else:
        files.write_whole(target, b"mine", overwrite=False)
        assert target.read_bytes() == b"mine"
    assert list(tmp_path.iterdir()) == [target]


def test_a_claimed_name_is_given_back_when_the_file_cannot_follow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refused)
    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(NotSaved):
        files.write_whole(tmp_path / "note.txt", b"mine", overwrite=False)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_sync_keeps_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    target = tmp_path / "note.txt"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fdatasync", failing)
    with pytest.raises(files.SyncFailed, match="did not confirm"):
        files.write_whole(target, b"new", overwrite=True)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    fd = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(OSError, match="space") as full:
            files.write_all(fd, b"x")
    finally:
        os.close(fd)
    message = str(files.not_saved(tmp_path / "note.txt", full.value))
    assert message == f"{tmp_path}/note.txt: not saved, the disk is full: free some space, then try again"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="the folder is missing"):
        files.write_whole(tmp_path / "away" / "note.txt", b"x", overwrite=True)


def test_folders_are_made_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "sessions"
    files.make_folder(folder)
    files.make_folder(folder)
    assert (mode(folder), mode(folder.parent)) == (0o700, 0o700)


def test_a_file_in_the_way_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")
    with pytest.raises(NotSaved, match="data"):
        files.make_folder(tmp_path / "data")


def test_leftovers_of_a_crash_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / f".note.txt.abcd{files.TEMP_ENDING}").write_bytes(b"half")
    (tmp_path / "note.txt").write_bytes(b"whole")
    assert files.remove_leftovers(tmp_path) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["note.txt"]
