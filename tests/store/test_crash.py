import errno
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import otgroup
from otgroup.errors import Damaged, NotSaved, ReadOnly
from otgroup.store import files
from otgroup.store.journal import JournalDB, JournalStamp, create

STAMP = JournalStamp("J. Rivera", "laptop-1", lambda: datetime(2026, 3, 2, 10, 12, 41, tzinfo=UTC))
WORKER = Path(__file__).with_name("journal_worker.py")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(otgroup.__file__).parents[1])}


def opened(path: Path) -> JournalDB:
    return JournalDB(path, writable=True, stamp=STAMP, quarantine=path.parent / "quarantine")


def docs(db: JournalDB) -> list[dict[str, Any]]:
    return [dict(doc) for doc in db.table("events")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.journal"


@pytest.fixture
def history(path: Path) -> list[tuple[int, list[dict[str, Any]]]]:
    """A small journal; what it held at each length of the file that was acknowledged."""
    states: list[tuple[int, list[dict[str, Any]]]] = [(0, [])]
    with opened(path) as db:
        events = db.table("events")
        for update in (
            lambda: events.insert({"n": 1}),
            lambda: events.insert_multiple([{"n": 2}, {"n": 3}, {"n": 4}]),
            lambda: events.update({"seen": True}),
            lambda: events.remove(doc_ids=[2]),
        ):
            update()
            states.append((path.stat().st_size, docs(db)))
    return states


def quarantined(path: Path) -> list[bytes]:
    return [entry.read_bytes() for entry in (path.parent / "quarantine").glob("*")]


def test_cut_at_every_byte(path: Path, history: list[tuple[int, list[dict[str, Any]]]]) -> None:
    """Whatever was acknowledged before the cut is there; the rest is set aside, and that is said."""
    whole = path.read_bytes()
    header_end = whole.index(b"\n") + 1
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        size, state = max(entry for entry in history if entry[0] <= cut)
        kept = max(size, header_end if cut >= header_end else 0)
        with JournalDB(path) as reader:
            assert docs(reader) == state
        assert path.read_bytes() == whole[:cut], "a reader leaves the file alone"
        with opened(path) as db:
            assert docs(db) == state
            assert len(db.journal.notices) == (1 if cut > kept else 0)
            assert path.read_bytes() == whole[:kept]
            assert quarantined(path) == ([whole[kept:cut]] if cut > kept else [])
            db.table("events").insert({"n": "after"})
        with JournalDB(path) as again:
            assert docs(again) == [*state, {"n": "after"}]
        shutil.rmtree(path.parent / "quarantine", ignore_errors=True)


@pytest.mark.parametrize("bit", [0, 5, 7])
def test_flip_every_byte(path: Path, history: list[tuple[int, list[dict[str, Any]]]], bit: int) -> None:
    """No flipped bit goes unnoticed: it is damage, or an unfinished end that is set aside and said."""
    whole = path.read_bytes()
    states = [state for _, state in history]
    for at in range(len(whole)):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << bit
        path.write_bytes(flipped)
        refusal = ""
        try:
            with opened(path) as db:
                assert docs(db) in states[:-1]
                assert len(db.journal.notices) == 1
                assert path.read_bytes() + quarantined(path)[0] == flipped
        except Damaged as damage:
            refusal = str(damage)
        if refusal:
            assert f"{path}, line " in refusal
            assert path.read_bytes() == flipped
        shutil.rmtree(path.parent / "quarantine", ignore_errors=True)


def test_damage_names_the_line_and_changes_nothing(path: Path) -> None:
    create(path, STAMP, {"events": {n: {"n": n} for n in range(1, 6)}})
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3] = lines[3].replace(b'"n":3', b'"n":7')
    path.write_bytes(b"".join(lines))
    with pytest.raises(Damaged, match=r"session\.journal, line 4: damaged"):
        opened(path)
    assert not (path.parent / "quarantine").exists()


def test_a_missing_or_swapped_line_is_damage(path: Path) -> None:
    create(path, STAMP, {"events": {n: {"n": n} for n in range(1, 6)}})
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    with pytest.raises(Damaged, match="line 3"):
        opened(path)
    path.write_bytes(b"".join([*lines[:2], lines[3], lines[2], *lines[4:]]))
    with pytest.raises(Damaged, match="line 3"):
        opened(path)


def test_a_line_of_another_journal_is_damage(path: Path) -> None:
    other = path.with_name("other.journal")
    create(other, STAMP, {"events": {n: {"n": -n} for n in range(1, 6)}})
    create(path, STAMP, {"events": {n: {"n": n} for n in range(1, 6)}})
    theirs, ours = (file.read_bytes().splitlines(keepends=True) for file in (other, path))
    path.write_bytes(b"".join([*ours[:3], theirs[3], *ours[4:]]))
    with pytest.raises(Damaged, match="line 4"):
        opened(path)


def test_what_a_killed_writer_left_is_put_on_the_disk_before_it_is_shown(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    create(path, STAMP, {"events": {1: {"n": 1}}})
    monkeypatch.setattr(os, "fdatasync", failing)
    with pytest.raises(files.SyncFailed):
        opened(path)
    with JournalDB(path) as reader:
        assert docs(reader) == [{"n": 1}]


def test_notices_show_no_health_data(path: Path) -> None:
    create(path, STAMP, {"events": {1: {"name": "Ada"}}})
    path.write_bytes(path.read_bytes()[:-1])
    with opened(path) as db:
        assert "line 2: the end was unfinished" in db.journal.notices[0]
        assert "Ada" not in db.journal.notices[0]
        assert "\n" not in db.journal.notices[0]


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Let no file grow past `size`: the system then writes less than asked, as on a full disk."""
    old_limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    old_handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, old_limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old_limits)
        signal.signal(signal.SIGXFSZ, old_handler)


@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_short_write_is_cut_back(path: Path, room: int) -> None:
    with opened(path) as db:
        db.insert({"n": 1})
        before = path.read_bytes()
        with file_size_limit(len(before) + room), pytest.raises(NotSaved, match="not saved"):
            db.insert_multiple([{"n": 2}, {"n": 3}])
        assert path.read_bytes() == before
        assert db.all() == [{"n": 1}]
        db.insert({"n": "after"})
    with JournalDB(path) as db:
        assert db.all() == [{"n": 1}, {"n": "after"}]
        assert db.journal.notices == []


def test_a_new_file_that_finds_no_room_is_not_there(path: Path) -> None:
    with opened(path) as db:
        with file_size_limit(100), pytest.raises(NotSaved, match="not saved"):
            db.insert({"n": 1})
        assert list(path.parent.iterdir()) == []
        assert db.all() == []
        db.insert({"n": 1})
        assert db.all() == [{"n": 1}]


def test_a_full_disk_is_said_and_can_be_mended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_fd: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with opened(path) as db:
        db.insert({"n": 1})
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", full)
            with pytest.raises(NotSaved, match="the disk is full: free some space"):
                db.insert({"n": 2})
        assert db.insert({"n": 3}) > 1
        assert [doc["n"] for doc in db] == [1, 3]


def test_a_really_full_disk(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(mount)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    try:
        path = mount / "session.journal"
        with opened(path) as db:
            fitted = fill(db)
            assert len(db) == fitted
        with JournalDB(path) as db:
            assert len(db) == fitted
            assert db.journal.notices == []
    finally:
        subprocess.run(["umount", str(mount)], check=True)


def fill(db: JournalDB) -> int:
    for number in range(100):
        try:
            db.insert({"filler": "x" * 3000})
        except NotSaved as error:
            assert "the disk is full" in str(error)  # noqa: PT017
            return number
    raise AssertionError("the disk never filled")


def test_a_failed_sync_ends_writing_for_good(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def failing(fd: int) -> None:
        asked.append(fd)
        raise OSError(errno.EIO, "Input/output error")

    with opened(path) as db:
        db.insert({"n": 1})
        before = path.read_bytes()
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", failing)
            with pytest.raises(NotSaved, match="did not confirm the write"):
                db.insert({"n": 2})
        assert len(asked) == 1, "a failed sync is never tried again"
        assert db.all() == [{"n": 1}]
        assert not db.journal.writable
        with pytest.raises(ReadOnly, match="not written to any more"):
            db.insert({"n": 3})
    assert path.read_bytes() == before


def test_a_new_file_whose_sync_failed_ends_writing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with opened(path) as db:
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", failing)
            with pytest.raises(files.SyncFailed):
                db.insert({"n": 1})
        with pytest.raises(ReadOnly):
            db.insert({"n": 1})
        assert db.all() == []
    assert not path.exists()


def test_an_interrupt_between_write_and_sync_leaves_a_sound_journal(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_fd: int) -> None:
        raise KeyboardInterrupt

    with opened(path) as db:
        db.insert({"n": 1})
        with monkeypatch.context() as patch:
            patch.setattr(os, "fdatasync", interrupted)
            with pytest.raises(KeyboardInterrupt):
                db.insert({"n": 2})
    with JournalDB(path) as db:
        assert db.all() == [{"n": 1}]


def worker(path: Path, inserts: int, *before: str) -> list[str]:
    return [*before, sys.executable, str(WORKER), str(path), str(inserts)]


def killed_at_random(path: Path, wait: float) -> int:
    """Run a writer, kill it without warning; returns the last count it acknowledged."""
    with subprocess.Popen(worker(path, 100_000), stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.kill()
        acknowledged = (first + process.stdout.read()).rpartition("\n")[0]
    return int(acknowledged.rpartition(" ")[2])


def test_kill_9_loses_nothing_acknowledged(path: Path) -> None:
    chance = random.Random(4711)
    for _ in range(12):
        acknowledged = killed_at_random(path, chance.uniform(0, 0.05))
        with JournalDB(path) as db:
            numbers = [doc["number"] for doc in db]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) >= acknowledged


def test_readers_work_while_another_process_writes(path: Path) -> None:
    with subprocess.Popen(worker(path, 100_000), stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        try:
            for _ in range(20):
                acknowledged = int(process.stdout.readline().rpartition(" ")[2])
                with JournalDB(path) as db:
                    assert len(db) >= acknowledged
        finally:
            process.kill()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_nothing_is_acknowledged_before_it_is_on_the_disk(path: Path, tmp_path: Path) -> None:
    with opened(path) as db:
        db.insert({"number": 0})
    log = tmp_path / "strace.log"
    strace = ["strace", "-f", "-y", "-e", "trace=write,fdatasync,fsync", "-o", str(log)]
    trace(worker(path, 3, *strace))
    opening, *appends = steps(log, path)
    assert opening == "fdatasync"
    assert appends == ["write", "fdatasync", "acknowledged"] * 3


def trace(command: list[str]) -> None:
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode and "ptrace" in done.stderr.lower():
        pytest.skip("strace may not trace here")
    assert done.returncode == 0, done.stderr


def steps(log: Path, path: Path) -> list[str]:
    found = []
    for line in log.read_text().splitlines():
        if str(path) in line:
            found.append(line.split()[1].partition("(")[0])
        elif "acknowledged" in line:
            found.append("acknowledged")
    return found


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_new_file_is_in_its_folder_before_it_is_acknowledged(path: Path, tmp_path: Path) -> None:
    log = tmp_path / "strace.log"
    strace = ["strace", "-f", "-y", "-e", "trace=write,fdatasync,fsync,link,linkat", "-o", str(log)]
    trace(worker(path, 1, *strace))
    calls = [
        line.split()[1].partition("(")[0]
        for line in log.read_text().splitlines()
        if str(path.parent) in line or "acknowledged" in line
    ]
    assert calls == ["write", "fdatasync", calls[2], "fsync", "fdatasync", "write"]
    assert calls[2].startswith("link")
