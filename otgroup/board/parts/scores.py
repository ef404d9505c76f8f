"""Scores: how difficult it was as observed."""

from functools import partial
from typing import Literal

from otgroup.board.desk import Desk
from otgroup.board.strip import Choice
from otgroup.record.parts.scores import Difficulty


def difficulty(desk: Desk) -> None:
    """How difficult it was as observed: the activity, or following the directions."""
    participant = desk.one()
    if participant is None:
        return
    person = participant.person.id

    def rate(what: Literal["activity", "directions"], level: str) -> None:
        desk.record(Difficulty(**desk.pen.stamp(person), what=what, level=level))

    levels = desk.state.scales.difficulty
    activity: list[Choice] = [(x.long, partial(rate, "activity", x.id)) for x in levels]
    directions: list[Choice] = [(f"directions {x.short}", partial(rate, "directions", x.id)) for x in levels]
    desk.offer(f"{desk.name(participant)} difficulty:", [*activity, *directions])
