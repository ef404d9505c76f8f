"""From a key to its figure on the terminal, beside a bare counter; and from the command to the first screen.

Both programs run in real pseudo-terminals and are asked in turn, so that both meet the same moods of the
machine. The board's time has the event's fdatasync in it; the counter has nothing to keep.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from otgroup.demo.play import prepare_live
from otgroup.store.folder import local_now
from tests.terminal.terminal import Terminal, program

COUNTER = Path(__file__).with_name("counter_app.py")
KEYS = 200
STARTS = 7
ESCAPES = re.compile(rb"\x1b\[[^a-zA-Z]*[a-zA-Z]")
SIZE = {"columns": 100, "lines": 32}
FRAME_S = 1 / 60
"""Textual paints no more often; a key that comes sooner waits for its frame, which measures the frame."""


def until_painted(terminal: Terminal, wanted: re.Pattern[bytes], begun: float) -> float:
    """Seconds until these words have come; they stand lowest on the screen, so the rest has come too."""
    seen = b""
    while not wanted.search(ESCAPES.sub(b"", seen)):
        data = terminal.receive(30)
        now = time.perf_counter()
        assert data, seen
        seen += data
    terminal.draw(seen)
    return now - begun


def tap(terminal: Terminal, number: int) -> float:
    """Seconds from the key to the log line (of the counter: the only line) that shows its figure."""
    time.sleep(2 * FRAME_S)
    terminal.screen()
    begun = time.perf_counter()
    terminal.send(b",")
    return until_painted(terminal, re.compile(rb"left %d +u undo" % number), begun)


def tapping(terminal: Terminal, first: int) -> Callable[[], float]:
    numbers = count(first)
    return lambda: tap(terminal, next(numbers))


@pytest.fixture
def counter() -> Iterator[Terminal]:
    with Terminal(sys.executable, str(COUNTER), **SIZE) as terminal:
        terminal.wait_for("ready")
        yield terminal


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Terminal]:
    with Terminal(*program(tmp_path / "data", "demo"), **SIZE) as terminal:
        terminal.wait_for("u undo")
        yield terminal


def measured(
    benchmark: BenchmarkFixture, ours: Callable[[], float], bare: Callable[[], float], rounds: int, warm: int = 1
) -> None:
    """Take both in turn; keep medians and ratio. The table's own figures also hold what a test waits."""
    for _ in range(warm):
        ours(), bare()
    pairs = [(ours(), bare()) for _ in range(rounds)]
    medians = median(a for a, _ in pairs), median(b for _, b in pairs)
    benchmark.extra_info["ours_ms"], benchmark.extra_info["bare_ms"] = (round(m * 1e3, 2) for m in medians)
    benchmark.extra_info["ratio"] = round(medians[0] / medians[1], 2)
    benchmark.pedantic(ours, rounds=3)


def test_key_to_paint(benchmark: BenchmarkFixture, board: Terminal, counter: Terminal) -> None:
    board.press("1")
    measured(benchmark, tapping(board, 21), tapping(counter, 1), KEYS, warm=20)


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, str]:
    """As an installed program runs: its modules compiled, whatever the test's own environment says."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}


def started(command: list[str], wanted: bytes, env: dict[str, str]) -> float:
    """Seconds from the command to its first painted screen."""
    begun = time.perf_counter()
    with Terminal(*command, **SIZE, env=env) as terminal:
        return until_painted(terminal, re.compile(wanted), begun)


def test_start_to_first_board(benchmark: BenchmarkFixture, tmp_path: Path, compiled: dict[str, str]) -> None:
    """A running group opened again, the way the demo opens its own, beside the bare counter."""
    data = tmp_path / "data"
    session = prepare_live(data, local_now())
    opening = f"from pathlib import Path; from otgroup.ui.app import run; run(Path({str(data)!r}), board={session!r})"
    ours, bare = [sys.executable, "-c", opening], [sys.executable, str(COUNTER)]
    measured(benchmark, lambda: started(ours, b"u undo", compiled), lambda: started(bare, b"ready", compiled), STARTS)


def test_help(benchmark: BenchmarkFixture, tmp_path: Path, compiled: dict[str, str]) -> None:
    """`otgroup --help`, beside an interpreter that does nothing."""

    def run(*command: str) -> float:
        begun = time.perf_counter()
        with Terminal(*command, **SIZE, env=compiled) as terminal:
            assert terminal.wait_end() == 0
        return time.perf_counter() - begun

    ours, bare = program(tmp_path / "data", "--help"), [sys.executable, "-c", "pass"]
    measured(benchmark, lambda: run(*ours), lambda: run(*bare), STARTS)
