"""Taking back and giving to the right person. Nothing is ever rewritten: both are events."""

from datetime import timedelta

from otgroup.live.desk import Desk
from otgroup.live.labels import who
from otgroup.session.describe import describe
from otgroup.session.events import (
    FALL,
    Arrived,
    BalanceDetail,
    Detail,
    Ended,
    Event,
    GroupPaused,
    GroupResumed,
    Joined,
    LevelStated,
    Moved,
    Outcome,
    Reopened,
    Started,
    Undone,
)
from otgroup.session.fold import rightful
from otgroup.session.people import PersonId

AT_ONCE = timedelta(seconds=1)
"""What was kept by one key lies no further apart."""


def undo(desk: Desk) -> None:
    """Take back the last event."""
    _take_back(desk, _last(desk))


def undo_chosen(desk: Desk) -> None:
    """Take back the chosen person's last event."""
    participant = desk.one()
    if participant is not None:
        _take_back(desk, _last(desk, participant.person.id))


def _take_back(desk: Desk, event: Event | None) -> None:
    if event is None:
        desk.say("nothing to undo")
        return
    what = f"{describe(event, desk.state)}, {who(event, desk.state, desk.names)}"
    undone = [event.id, *(pause.id for pause in _pauses_for(event, desk))]
    if desk.record(*(desk.pen.write(Undone, event=event_id) for event_id in undone)):
        still = " · the group is still paused: z goes on" if desk.state.paused else ""
        desk.say(f"undone: {what}{still}")


def _pauses_for(event: Event, desk: Desk) -> list[Event]:
    """The pause that a fall brought, as long as it goes on: who takes the fall back takes it back too."""
    if not (isinstance(event, BalanceDetail) and event.outcome is Outcome.FALL and desk.state.paused):
        return []
    paused = (e for e in desk.state.log if isinstance(e, GroupPaused) and e.id not in desk.state.undone)
    return [e for e in paused if e.reason == FALL and event in _falls_at(e, desk)]


def _falls_at(pause: GroupPaused, desk: Desk) -> list[Event]:
    """The falls that were told in the moment of a pause and stand."""
    if pause.reason != FALL:
        return []
    told = (e for e in desk.state.log if isinstance(e, BalanceDetail) and e.outcome is Outcome.FALL)
    standing = (e for e in told if e.id not in desk.state.undone)
    return [e for e in standing if abs(e.entered - pause.entered) <= AT_ONCE]


def _last(desk: Desk, person: PersonId | None = None) -> Event | None:
    """The last event that can be taken back (of that person alone)."""
    state = desk.state
    for event in reversed(state.log):
        if event.id in state.undone or isinstance(event, Undone | Joined | Started | Ended | Reopened):
            continue
        if isinstance(event, GroupPaused) and _falls_at(event, desk):
            continue  # it goes with the fall
        if isinstance(event, Arrived | LevelStated) and event.at == state.started_at:
            continue
        if person is None or _whose(desk, event) == (person,):
            return event
    return None


def _whose(desk: Desk, event: Event) -> tuple[PersonId, ...]:
    if isinstance(event, Moved):
        return (event.to,)
    return rightful(event, desk.state.moved).participants


def give(desk: Desk) -> None:
    """Wait for the digit of the person who is to have the last event."""
    event = _movable(desk)
    if event is not None:
        desk.giving = True
        desk.say(f"give {describe(event, desk.state)} ({who(event, desk.state, desk.names)}) to: press their number")


def give_to(desk: Desk, person: PersonId) -> None:
    """Give the last event to that person; its time stays."""
    desk.giving = False
    event = _movable(desk)
    if event is None:
        return
    if _whose(desk, event) == (person,):
        desk.say(f"it is {desk.names[person]}'s already")
        return
    participant = desk.state.participants[person]
    if not participant.here:
        desk.say(f"{desk.names[person]} is not here")
        return
    if desk.record(desk.pen.write(Moved, event=event.id, to=person)):
        desk.say(f"given to {desk.names[person]}: {describe(event, desk.state)}")


def _movable(desk: Desk) -> Event | None:
    """The last event with all that was added to it, if it is one person's."""
    event = _last_own(desk)
    if event is None:
        desk.say("nothing to give")
        return None
    if len(event.participants) != 1:
        desk.say("the last event is not one person's: u takes it back")
        return None
    return event


def _last_own(desk: Desk) -> Event | None:
    """The last event; of a detail, what it is about; of a giving, what was given."""
    event = _last(desk)
    while isinstance(event, Detail | Moved):
        target = event.of if isinstance(event, Detail) else event.event
        event = next((e for e in desk.state.log if e.id == target), None)
    return None if isinstance(event, GroupPaused | GroupResumed) else event
