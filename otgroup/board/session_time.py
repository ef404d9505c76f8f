"""The time of day one session goes by. It goes on evenly, though the machine's clock is set meanwhile.

Minutes are lengths, so a clock that is set must not change them: what was entered before stays as it stands, and what
comes after is timed by the clock the group began with. How far the machine's clock has moved away from it is kept in
the record, so that a session goes on rightly after a crash.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from otgroup.record.machine_clock import LEAST_STEP, moved_so_far
from otgroup.record.state import SessionState

NOTHING: Final = timedelta(0)


class SessionTime:
    """Call it for the time now.

    `wall` is the machine's time of day; `steady` seconds that no setting of a clock changes (without it only a step
    back is noticed). `last` is the latest entry, `moved` how far the machine's clock has been set away from the time
    of this session. `behind` is how far that time stood before the latest entry at the opening: what really passed
    since then is not known, so nothing of it is counted unless the leader says so.
    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        steady: Callable[[], float] | None,
        *,
        last: datetime,
        moved: timedelta = NOTHING,
    ) -> None:
        self._wall, self._steady = wall, steady
        self._seen, self._mark = wall(), steady() if steady else 0.0
        self._moved, self._untold = moved, NOTHING
        self.last = last
        self.behind = max(NOTHING, last - (self._seen - self._moved))
        self._move(-self.behind)

    def __call__(self) -> datetime:
        """The session's time now."""
        wall, mark = self._wall(), self._steady() if self._steady else 0.0
        went = wall - self._seen
        passed = timedelta(seconds=max(0.0, mark - self._mark)) if self._steady else max(NOTHING, went)
        self._seen, self._mark = wall, mark
        if abs(went - passed) >= LEAST_STEP:
            self._move(went - passed)
        return self._seen - self._moved

    def take_moved(self) -> timedelta:
        """How far the machine's clock was set since this was asked last; negative: back."""
        self()
        moved, self._untold = self._untold, NOTHING
        return moved if abs(moved) >= LEAST_STEP else NOTHING

    def passed_meanwhile(self, minutes: int) -> None:
        """The leader says how many minutes passed between the last entry and the opening of a session behind it."""
        self._move(-timedelta(minutes=minutes))
        self.behind = NOTHING

    def _move(self, by: timedelta) -> None:
        self._moved += by
        self._untold += by


class SessionTimes:
    """The times of the sessions of one run of the program: a session has the same one as long as it runs."""

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float] | None) -> None:
        self._wall, self._steady = wall, steady
        self._known: dict[tuple[str, bool], SessionTime] = {}

    def of(self, state: SessionState, *, going_on: bool = False) -> SessionTime:
        """The time a session goes by.

        A running group (or one that is to go on) keeps the clock it had. What is entered after the end goes by the
        machine's, never before the latest entry. A group that is behind has its time anew at each opening, until
        somebody has said how long it was away.
        """
        runs = going_on or state.ended_at is None
        time = self._known.get((state.id, runs)) or self._new(state, moved_so_far(state) if runs else NOTHING)
        if not (runs and time.behind):
            self._known[state.id, runs] = time
        return time

    def _new(self, state: SessionState, moved: timedelta) -> SessionTime:
        last = max(event.entered for event in state.log)
        return SessionTime(self._wall, self._steady, last=last, moved=moved)
