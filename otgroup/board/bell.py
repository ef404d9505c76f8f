"""The bell: once for each clock that reaches its target, whatever screen the leader is on, and never again for it."""

from collections.abc import Mapping
from datetime import datetime

from otgroup.board.parts.clocks import Ring, ringing
from otgroup.record.event import EventId
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class Bell:
    """Knows for which clocks it has rung already."""

    def __init__(self) -> None:
        self._rung: set[EventId] = set()

    def due(self, state: SessionState, now: datetime) -> bool:
        """Whether to ring now: a clock of this session has come to its target since the bell was asked last."""
        waiting = {ring.clock.id for ring in ringing(state, now)}
        new = waiting - self._rung
        self._rung |= new
        return bool(new)


def alarm_text(state: SessionState, now: datetime, names: Mapping[PersonId, str]) -> str:
    """Whose clocks wait for an answer, in one line for a screen that is not their board; empty where none does."""
    rings = ringing(state, now)
    return f"TIME! {state.protocol.title}: {', '.join(_name(ring, names) for ring in rings)}" if rings else ""


def _name(ring: Ring, names: Mapping[PersonId, str]) -> str:
    person = ring.participant.person
    return f"{ring.participant.number} {names.get(person.id, person.short_name)}"
