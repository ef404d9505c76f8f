"""How fast keys follow one another: what was typed without looking, and what came in one go.

Times are seconds on one clock that only goes forward, given with every key.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from otgroup.record.event import Event, EventId

TYPING_S: Final = 0.3
"""A key that comes sooner behind another was pressed before anybody could read what the other one did."""

AT_ONCE_S: Final = 0.02
"""Keys that follow one another faster than this come from no finger: a pasted text, a macro, two keys hit at once."""

LEAST_BURST: Final = 3
"""So many keys of one run must have recorded something, not all the same key, before they count as one."""


@dataclass
class _Run:
    """Keys that came in one go, and what those of them that recorded something recorded."""

    keys: list[str] = field(default_factory=list)
    kept: list[tuple[str, EventId]] = field(default_factory=list)

    @property
    def is_burst(self) -> bool:
        """Whether its events are one thing to take back: ten quick presses of one key are ten."""
        return len(self.kept) >= LEAST_BURST and len({key for key, _ in self.kept}) > 1


class Pace:
    """The keys of one desk, one after another."""

    def __init__(self) -> None:
        self._at = float("-inf")
        self._run = _Run()
        self._runs: dict[EventId, _Run] = {}
        self._key: str | None = None
        self._before: tuple[EventId, ...] = ()
        self._now: tuple[EventId, ...] = ()

    def begin(self, key: str, at: float) -> float:
        """A key is read; seconds since the one before."""
        gap, self._at, self._key = at - self._at, at, key
        self._before, self._now = self._now, ()
        if gap >= AT_ONCE_S:
            self._run = _Run()
        self._run.keys.append(key)
        return gap

    def end(self) -> None:
        """The key is done: what is recorded from now on is not its doing."""
        self._key = None

    def kept(self, events: Sequence[Event]) -> None:
        """These were recorded by the key that is read now."""
        if self._key is not None:
            self._now = (*self._now, *(event.id for event in events))
            for event in events:
                self._run.kept.append((self._key, event.id))
                self._runs[event.id] = self._run

    @property
    def kept_before(self) -> tuple[EventId, ...]:
        """What the key before this one recorded."""
        return self._before

    def burst(self, event: EventId) -> frozenset[EventId]:
        """What came in one go with an event."""
        run = self._runs.get(event)
        return frozenset(kept for _, kept in run.kept) if run and run.is_burst else frozenset()

    def may_reach(self, event: EventId) -> bool:
        """Whether the key that is read now may take an event back: among pasted text it is no wish of anybody's."""
        alone = self._key is None or len(self._run.keys) <= LEAST_BURST
        return alone or self._runs.get(event) is self._run
