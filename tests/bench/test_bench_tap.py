"""A whole tap without its screen: an event, on the disk, and the new state; and taking one back."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from statistics import median

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from otgroup.board.desk import Desk
from otgroup.record.course import Joined, Started, Undone
from otgroup.record.event import Event, Pen
from otgroup.record.fold import apply, fold
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.presence import Arrived
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.sides import Side
from otgroup.store.folder import DataFolder
from otgroup.store.sessions import LiveSession
from tests.strategies import shipped

BEGUN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PEOPLE = tuple(Person(id=PersonId(f"p{n}"), name=f"Person {n}", short_name=f"P{n}") for n in range(1, 9))
ROUNDS = 200


def pen() -> Pen:
    """A clock that moves a tenth of a second with every event, and ids like the app's."""
    ticks, ids = count(), count(1)
    return Pen(lambda: BEGUN + timedelta(seconds=next(ticks) / 10), lambda: f"{next(ids):016x}", "J. Rivera, OTR/L")


def session_of(number: int, pen: Pen) -> list[Event]:
    """A group of eight with so many events, taps and cues in turn."""
    protocol, leader = shipped("one-leg-stance"), Leader("J. Rivera", "OTR/L")
    log: list[Event] = [Started(**pen.stamp(), session="s1", leader=leader, protocol=protocol, scales=DEFAULT_SCALES)]
    log += [Joined(**pen.stamp(p.id), person=p, number=n) for n, p in enumerate(PEOPLE, 1)]
    log += [Arrived(**pen.stamp(p.id)) for p in PEOPLE]
    who = cycle(PEOPLE)
    while len(log) < number:
        log.append(tap_of(pen, next(who).id) if len(log) % 5 else cue_of(pen, next(who).id))
    return log


def tap_of(pen: Pen, person: PersonId) -> Event:
    return Repetition(**pen.stamp(person), measure="taps", count=1, side=Side.LEFT)


def cue_of(pen: Pen, person: PersonId) -> Event:
    return CueGiven(**pen.stamp(person), type=Cue.VERBAL, count=1)


@contextmanager
def recording(folder: Path, log: list[Event]) -> Iterator[LiveSession]:
    with DataFolder.open(folder, write=True) as data:
        session = data.sessions.start(log)
        yield session
        session.close()


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


@pytest.mark.parametrize("number", [100, 1_000, 5_000])
@pytest.mark.parametrize("whole", [False, True], ids=["session", "desk"])
def test_tap(benchmark: BenchmarkFixture, tmp_path: Path, number: int, whole: bool) -> None:
    """`session` is `LiveSession.record` alone; `desk` asks first whether the event may be recorded."""
    write = pen()
    who = cycle(PEOPLE)
    bare: list[float] = []
    with recording(tmp_path, session_of(number, write)) as session:
        desk = Desk(session, write)
        path = next((tmp_path / "sessions").glob("*.journal"))
        fd = os.open(tmp_path / "bare", os.O_RDWR | os.O_APPEND | os.O_CREAT)
        os.write(fd, path.read_bytes())
        keep = desk.record if whole else session.record
        keep(tap_of(write, next(who).id))
        line = path.read_bytes().splitlines(keepends=True)[-1]

        def bare_append() -> None:
            # Between the rounds, so that both meet the same moods of the disk.
            bare.append(seconds(lambda: (os.write(fd, line), os.fdatasync(fd))))

        benchmark.pedantic(
            lambda: keep(tap_of(write, next(who).id)), setup=bare_append, rounds=ROUNDS, warmup_rounds=10
        )
        assert len(session.state.log) >= number + ROUNDS
    os.close(fd)
    note(benchmark, median(bare))


@pytest.mark.parametrize("number", [5_000])
def test_undo(benchmark: BenchmarkFixture, tmp_path: Path, number: int) -> None:
    """An undo folds the session anew; beside the fold of as many events that nobody took back."""
    write = pen()
    log = session_of(number, write)
    state = fold(log)
    undone = Undone(**write.stamp(), event=log[-1].id)
    bare = median(seconds(lambda: fold(log)) for _ in range(10))
    benchmark.pedantic(lambda: apply(state, undone), rounds=20, warmup_rounds=2)
    note(benchmark, bare)


def note(benchmark: BenchmarkFixture, bare: float) -> None:
    benchmark.extra_info["bare_us"] = round(bare * 1e6, 1)
    if benchmark.stats is not None:
        benchmark.extra_info["ratio"] = round(benchmark.stats.stats.median / bare, 3)
