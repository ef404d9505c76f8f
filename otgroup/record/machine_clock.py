"""When the machine's clock was set while a group ran: kept on record, or found in what was recorded before. Pure."""

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from otgroup.record.course import MachineClockSet
from otgroup.record.state import SessionState

LEAST_STEP: Final = timedelta(seconds=2)
"""A smaller step is none: clocks are kept right in such steps all the time."""


def settings(state: SessionState) -> tuple[MachineClockSet, ...]:
    """Each time the machine's clock was set while the group ran."""
    return tuple(e for e in state.log if isinstance(e, MachineClockSet))


def moved_so_far(state: SessionState) -> timedelta:
    """How far the machine's clock has moved away from the one the group began with; negative: back."""
    return timedelta(seconds=sum(event.seconds for event in settings(state)))


def steps_back(state: SessionState) -> tuple[tuple[datetime, datetime], ...]:
    """Where an entry made later bears an earlier time: nobody noticed that the clock was set back between the two."""
    entered = [event.entered for event in state.log if event.source == "live"]
    return tuple((before, after) for before, after in pairwise(entered) if before - after >= LEAST_STEP)
