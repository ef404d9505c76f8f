"""Asking what a stretch without an entry was, where no key has just ended it: in the review, and on reopening."""

from datetime import timedelta
from functools import partial
from typing import Final, TypeVar

from otgroup.board.desk import Desk
from otgroup.record.course import Ended, Reopened, Undone
from otgroup.record.event import Event, EventId
from otgroup.record.silence import TREATED, unsaid
from otgroup.record.state import SessionState

_E = TypeVar("_E", bound=Event)

LONGEST: Final = timedelta(hours=2)
"""Nobody is asked whether a longer absence was treatment: a slip of a finger would bill a night."""


def ask_first(desk: Desk) -> bool:
    """Ask about the first silence nobody has said anything of; whether there is one."""
    for silence in unsaid(desk.state)[:1]:
        desk.offer(f"{silence.told}, taken as a pause:", desk.answers_to(silence))
        return True
    return False


def ask_reopened(desk: Desk) -> None:
    """A group that goes on after all: the time it had ended is a pause, unless treatment went on."""
    ended, reopened = (_last(desk.state, kind) for kind in (Ended, Reopened))
    if ended is None or reopened is None:
        return
    span = f"{ended.at:%H:%M}-{reopened.at:%H:%M}"
    if reopened.at - ended.at > LONGEST:
        desk.say(f"the group had ended: {span} is a pause")
        return
    desk.offer(
        f"had ended {span}, taken as a pause:", [(TREATED, partial(_never_ended, desk, ended.id, reopened.id))]
    )


def _never_ended(desk: Desk, ended: EventId, reopened: EventId) -> None:
    if desk.record(*(Undone(**desk.pen.stamp(), event=event) for event in (reopened, ended))):
        desk.say("the group had not ended: treatment went on")


def _last(state: SessionState, kind: type[_E]) -> _E | None:
    return next((e for e in reversed(state.log) if isinstance(e, kind) and e.id not in state.undone), None)
