"""Taking back and giving to the right person. Nothing is ever rewritten: both are events."""

from otgroup.live.desk import Desk
from otgroup.live.labels import who
from otgroup.session.describe import describe
from otgroup.session.events import (
    Arrived,
    Detail,
    Ended,
    Event,
    GroupPaused,
    GroupResumed,
    Joined,
    LevelStated,
    Moved,
    Reopened,
    Started,
    Undone,
)
from otgroup.session.fold import rightful
from otgroup.session.people import PersonId


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
    if desk.keep(desk.pen.write(Undone, event=event.id)):
        still = " · the group is still paused: z goes on" if desk.state.paused else ""
        desk.say(f"undone: {what}{still}")


def _last(desk: Desk, person: PersonId | None = None) -> Event | None:
    """The last event that can be taken back (of that person alone)."""
    state = desk.state
    for event in reversed(state.log):
        if event.id in state.undone or isinstance(event, Undone | Joined | Started | Ended | Reopened):
            continue
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
    if desk.keep(desk.pen.write(Moved, event=event.id, to=person)):
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
