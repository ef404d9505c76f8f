"""Tests of screens wait for what is at work and for nothing else.

Textual's pilot watches the time of the whole process in steps of 20 ms, two or more after each key. Here a key is
done when the event loop would sleep and no thread works; the next key comes then.
"""

import asyncio
from asyncio import BaseEventLoop, Future
from time import monotonic
from typing import Any
from weakref import WeakSet

import pytest

from tests.ui.screens import Bench

QUIET_S = 0.03
"""A timer that is due sooner belongs to what is at work; a clock's tick or a blinking cursor comes later."""

LONGEST_S = 20.0
"""What is not at rest by then never will be, and the test goes on and says what is missing."""

FRAME_S = 0.001
"""Between two paintings of the screen; Textual's 60 a second are for eyes."""


@pytest.fixture(autouse=True)
def _waits_for_rest_only(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    leaves_threads = request.node.get_closest_marker("leaves_threads") is not None
    threads: WeakSet[Future[Any]] = WeakSet()
    plain = BaseEventLoop.run_in_executor

    def remembered(loop: BaseEventLoop, *work: Any) -> Future[Any]:
        future = plain(loop, *work)
        if not leaves_threads:
            threads.add(future)
        return future

    async def rest(_shortest: float = 0, longest: float = LONGEST_S) -> None:
        until = monotonic() + longest
        await _loop_sleeps(longest)
        while (working := [thread for thread in threads if not thread.done()]) and monotonic() < until:
            await asyncio.wait(working, timeout=until - monotonic())
            await _loop_sleeps(longest)

    monkeypatch.setattr(BaseEventLoop, "run_in_executor", remembered)
    monkeypatch.setattr("textual.app.wait_for_idle", rest)
    monkeypatch.setattr("textual.pilot.wait_for_idle", rest)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", FRAME_S)


async def _loop_sleeps(longest: float) -> None:
    """Wait until the event loop asks its selector to sleep for more than a moment, or for `longest` seconds."""
    loop = asyncio.get_running_loop()
    selector = loop._selector  # type: ignore[attr-defined]
    select, sleeps = selector.select, loop.create_future()

    def watched(timeout: float | None = None) -> Any:
        if timeout is not None and timeout <= QUIET_S:
            return select(timeout)
        if not sleeps.done():
            sleeps.set_result(None)
        return select(0)

    selector.select = watched
    try:
        await asyncio.wait([sleeps], timeout=longest)
    finally:
        selector.select = select


@pytest.fixture
def bench(tmp_path):
    """An app on a new folder with three people."""
    made = Bench(tmp_path / "data")
    yield made
    made.clinic.close()
