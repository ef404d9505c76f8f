"""A session replayed second by second, by rules of its own: who was where, and with how many.

It shares nothing with the program but the events: what a note derives is held against it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from otgroup.record.people import PersonId
from otgroup.record.state import SessionState

SECOND = timedelta(seconds=1)
NEVER = ("absent", "declined")
"""Who is told to be this was not there before either."""
HERE = {"arrived": "here", "resumed": "here", "left": "away"} | dict.fromkeys(NEVER, "away")


class Replay:
    """`with_how_many` tells for each participant how many seconds of treatment they had in a group of what size
    (1: alone), `course` the sizes of their treated seconds in their order.
    """

    def __init__(self, state: SessionState) -> None:
        self.course: dict[PersonId, list[int]] = {who: [] for who in state.participants}
        events = [event for event in state.effective if event.at]
        last: dict[PersonId, int] = {}
        for place, event in enumerate(events):
            last |= dict.fromkeys(event.participants if event.kind in NEVER else (), place)
        counted = {
            event.id: {who for who in event.participants if place >= last.get(who, 0)}
            for place, event in enumerate(events)
        }
        where: dict[PersonId, str] = {}
        treated_rest: dict[PersonId, bool] = {}
        paused = False
        for moment in _seconds(state.started_at, state.until()):
            while events and events[0].at <= moment:
                event = events.pop(0)
                for who in counted[event.id]:
                    where[who] = HERE.get(event.kind, where.get(who, "away"))
                    if event.kind == "rested":
                        where[who], treated_rest[who] = "resting", event.treated
                paused = {"group_paused": True, "group_resumed": False}.get(event.kind, paused)
            present = [who for who, now in where.items() if now in ("here", "resting")]
            for who in present:
                if not paused and (where[who] == "here" or treated_rest[who]):
                    self.course[who].append(len(present))

    @property
    def with_how_many(self) -> dict[PersonId, Counter[int]]:
        return {who: Counter(sizes) for who, sizes in self.course.items()}


def _seconds(start: datetime, end: datetime) -> Iterator[datetime]:
    while start < end:
        yield start
        start += SECOND
