"""Help: how much of it, by the scale's levels."""

from functools import partial

from otgroup.board.desk import Desk
from otgroup.record.participant import Participant
from otgroup.record.parts.help import Assistance


def assistance(desk: Desk) -> None:
    """How much help: the scale's usual levels first."""
    participant = desk.one()
    if participant is None:
        return
    scale = desk.state.scales.assistance
    ordered = [level for level in scale if level.often] + [level for level in scale if not level.often]
    choices = [(level.short, partial(_assist, desk, participant, level.id)) for level in ordered]
    desk.offer(f"{desk.name(participant)} assistance:", choices)


def _assist(desk: Desk, participant: Participant, level: str) -> None:
    person = participant.person.id
    given = Assistance(**desk.pen.stamp(person), level=level)

    def by_two() -> None:
        desk.replace(given.id, Assistance(**desk.pen.stamp(person), level=level, helpers=2))

    if desk.record(given):
        desk.offer(f"{desk.name(participant)} assistance kept:", [("x 2 helpers", by_two)])
