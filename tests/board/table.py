"""A desk with three people for a test, and the keys to press on it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import msgspec

from otgroup.board import actions
from otgroup.board.actions import BY_ID
from otgroup.board.desk import Desk
from otgroup.board.strip import LETTERS
from otgroup.errors import NotSaved
from otgroup.record.course import Joined
from otgroup.record.event import Event, Pen
from otgroup.record.fold import fold
from otgroup.record.parts.presence import Arrived
from otgroup.record.people import PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import admitted
from tests.strategies import Play, person, shipped

ADA, BEN, CY = PersonId("p1"), PersonId("p2"), PersonId("p3")


class Kept:
    """A recorder in memory; `full` makes it refuse as a full disk does."""

    def __init__(self, log: list[Event]) -> None:
        self.state = fold(log)
        self.full = False

    def record(self, *events: Event):
        if self.full:
            raise NotSaved("disk full: free some space")
        self.state = admitted(self.state, events)
        return self.state


class Table:
    """A desk with three people, and the keys to press on it."""

    def __init__(self, group: str | Protocol = "one-leg-stance") -> None:
        made = Play(shipped(group) if isinstance(group, str) else group)
        self.now = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
        for number, who in enumerate((ADA, BEN, CY), start=1):
            someone = msgspec.structs.replace(person(number), id=who, precautions=("gait belt",))
            made.log.append(Joined(**made.pen.stamp(who), person=someone, number=number))
            made.log.append(Arrived(**made.pen.stamp(who)))
        self.kept = Kept(made.log)
        ids = count(1)
        self.desk = Desk(self.kept, Pen(lambda: self.now, lambda: f"k{next(ids)}", "J. Rivera"))
        self.desk.chosen = ADA
        self.begun = len(made.log)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.now += timedelta(seconds=1)
            if key.isdigit():
                actions.choose(self.desk, int(key))
            elif key in LETTERS:
                self.desk.letter(key)
            else:
                actions.press(self.desk, BY_ID[key])

    def type(self, text: str) -> None:
        self.desk.answer(text)

    @property
    def new(self) -> list[Event]:
        return list(self.kept.state.log[self.begun :])

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.new]

    def of(self, who: PersonId):
        return self.kept.state.participants[who]


def labels(table: Any) -> list[str]:
    return [option.label for option in table.desk.strip.options] if table.desk.strip else []
