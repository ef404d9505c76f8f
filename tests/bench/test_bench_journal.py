"""Appending to journals of many lengths, next to the bare system calls. Run: pytest tests/bench --benchmark-only."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from otgroup.store.journal import JournalDB, JournalStamp, create

DOC = {
    "id": "0f5c2b1e9a774d31",
    "kind": "cue",
    "cue": "verbal",
    "person": "p-12345",
    "measure": "sit_to_stand",
    "at": "2026-03-02T10:12:41.123+01:00",
    "by": "jr",
}
STAMP = JournalStamp("J. Rivera", "laptop-1", lambda: datetime.now(UTC))
ROUNDS = 200


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@pytest.mark.parametrize("lines", [100, 1_000, 10_000, 100_000])
def test_append(benchmark: BenchmarkFixture, tmp_path: Path, lines: int) -> None:
    path, beside = tmp_path / "session.journal", tmp_path / "bare"
    create(path, STAMP, {"events": dict.fromkeys(range(1, lines + 1), DOC)})
    beside.write_bytes(path.read_bytes())
    fd = os.open(beside, os.O_RDWR | os.O_APPEND)
    bare: list[float] = []
    with JournalDB(path, writable=True, stamp=STAMP, quarantine=tmp_path) as db:
        events = db.table("events")
        events.insert(DOC)
        line = path.read_bytes().splitlines(keepends=True)[-1]

        def bare_append() -> None:
            # Between the rounds, so that both meet the same moods of the disk.
            bare.append(seconds(lambda: (os.write(fd, line), os.fdatasync(fd))))

        benchmark.pedantic(lambda: events.insert(DOC), setup=bare_append, rounds=ROUNDS, warmup_rounds=10)
    os.close(fd)
    median = statistics.median(bare)
    benchmark.extra_info["bare_us"] = round(median * 1e6, 1)
    if benchmark.stats is not None:
        benchmark.extra_info["ratio"] = round(benchmark.stats.stats.median / median, 3)


@pytest.mark.parametrize("lines", [5_000])
def test_read(benchmark: BenchmarkFixture, tmp_path: Path, lines: int) -> None:
    path = tmp_path / "session.journal"
    create(path, STAMP, {"events": dict.fromkeys(range(1, lines + 1), DOC)})
    with JournalDB(path) as db:
        assert len(benchmark(db.table("events").all)) == lines


@pytest.mark.parametrize("lines", [5_000])
def test_open(benchmark: BenchmarkFixture, tmp_path: Path, lines: int) -> None:
    path = tmp_path / "session.journal"
    create(path, STAMP, {"events": dict.fromkeys(range(1, lines + 1), DOC)})
    benchmark(lambda: JournalDB(path).close())
