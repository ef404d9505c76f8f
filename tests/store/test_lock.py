import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

import otgroup
from otgroup.errors import InUse
from otgroup.store.lock import HOLDER_NAME, LOCK_NAME, FolderLock

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(otgroup.__file__).parents[1])}
HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from otgroup.store.lock import FolderLock
with FolderLock(Path(sys.argv[1]), now=lambda: datetime(2026, 3, 2, 10, 2, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def now() -> datetime:
    return datetime(2026, 3, 2, 11, 30, tzinfo=UTC)


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_second_instance_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with holder(tmp_path) as process, pytest.raises(InUse) as refusal:
        FolderLock(tmp_path, now=now).acquire()
    assert str(refusal.value) == (
        f"{tmp_path} is in use by the OTGroup with process {process.pid} on {os.uname().nodename} "
        "since 10:02: close that one, or use only commands that read"
    )


def test_a_holder_of_another_day_is_told_with_the_date(tmp_path: Path) -> None:
    with holder(tmp_path), pytest.raises(InUse, match="since 2026-03-02 10:02:"):
        FolderLock(tmp_path, now=lambda: datetime(2026, 3, 4, tzinfo=UTC)).acquire()


def test_a_killed_holder_leaves_the_folder_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with FolderLock(tmp_path, now=now):
            assert str(os.getpid()) in (tmp_path / HOLDER_NAME).read_text()


def test_a_refusal_harms_neither_the_lock_nor_its_holder_file(tmp_path: Path) -> None:
    with holder(tmp_path):
        for _ in range(2):
            with pytest.raises(InUse, match="since 10:02"):
                FolderLock(tmp_path, now=now).acquire()


def test_a_holder_that_has_not_said_who_it_is(tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / HOLDER_NAME).write_text("{")
        with pytest.raises(InUse, match="in use by another OTGroup: close that one"):
            FolderLock(tmp_path, now=now).acquire()


def test_the_same_process_may_not_hold_a_folder_twice(tmp_path: Path) -> None:
    with FolderLock(tmp_path, now=now), pytest.raises(InUse):
        FolderLock(tmp_path, now=now).acquire()


def test_a_released_folder_is_free_and_names_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for _ in range(2):
        with FolderLock(folder, now=now, what="otgroup record"):
            modes = {stat.S_IMODE((folder / name).stat().st_mode) for name in (LOCK_NAME, HOLDER_NAME)}
            assert modes == {0o600}
    assert not (folder / HOLDER_NAME).exists()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
