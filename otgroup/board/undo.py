"""Taking back and giving to the right person. Nothing is ever rewritten: both are events."""

from collections.abc import Iterator

from otgroup.board.desk import Desk, Stance
from otgroup.board.labels import who
from otgroup.record.course import GroupPaused, GroupResumed, Moved, Undone
from otgroup.record.event import Event
from otgroup.record.part import Detail
from otgroup.record.parts.balance import BalanceDetail, Outcome
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.presence import Arrived
from otgroup.record.people import PersonId

MOST_NAMED = 4
"""Events named when many are taken back at once."""


def undo(desk: Desk) -> None:
    """Take back the last event, or all that came with it in one go; at one person's desk only theirs."""
    _take_back(desk, desk.only)


def undo_chosen(desk: Desk) -> None:
    """Take back the chosen person's last event, or all of theirs that came with it in one go."""
    participant = desk.one()
    if participant is not None:
        _take_back(desk, participant.person.id)


def take_back_repeat(desk: Desk, key: str, before: Stance) -> None:
    """A key is held down: what its first repeat recorded is taken back, and the desk stands as `before` it."""
    repeated = [event for event in reversed(desk.pace.kept_before) if event not in desk.state.undone]
    if not repeated or desk.record(*(Undone(**desk.pen.stamp(), event=event) for event in repeated)):
        desk.stand(before)
        desk.say(f"{key} is held down: let it go")


def _take_back(desk: Desk, person: PersonId | None) -> None:
    event = _last(desk, person)
    if event is None:
        desk.refuse("nothing to undo")
        return
    if not desk.pace.may_reach(event.id):
        desk.refuse("undo came in one go with other keys, and takes back nothing from before them: press it alone")
        return
    together = _burst(desk, event, person)
    what = _told(desk, together)
    undone = [one.id for event in together for one in (event, *_pauses_for(event, desk))]
    if desk.record(*(Undone(**desk.pen.stamp(), event=event_id) for event_id in undone)):
        still = " · the group is still paused: z goes on" if desk.state.paused else ""
        desk.say(f"undone: {what}{still}")


def _burst(desk: Desk, last: Event, person: PersonId | None) -> list[Event]:
    """All that came in one go with an event and can be taken back, the last first."""
    ids = desk.pace.burst(last.id)
    return [e for e in _standing(desk, person) if e is last or e.id in ids]


def _told(desk: Desk, events: list[Event]) -> str:
    """What was taken back, and whose it was; of many the last few."""
    lines = [f"{e.describe(desk.state)}, {who(e, desk.state, desk.names)}" for e in events[:MOST_NAMED]]
    more = f"; {len(events) - MOST_NAMED} more" if len(events) > MOST_NAMED else ""
    return lines[0] if len(events) == 1 else f"{len(events)} that came in one go: {'; '.join(lines)}{more}"


def _pauses_for(event: Event, desk: Desk) -> list[Event]:
    """The pause that a fall brought, as long as it goes on: who takes the fall back takes it back too."""
    if not (isinstance(event, BalanceDetail) and event.outcome is Outcome.FALL and desk.state.paused):
        return []
    paused = (e for e in desk.state.log if isinstance(e, GroupPaused) and e.id not in desk.state.undone)
    return [e for e in paused if e.fall == event.id]


def _last(desk: Desk, person: PersonId | None = None) -> Event | None:
    """The last event that can be taken back (of that person alone)."""
    return next(_standing(desk, person), None)


def _standing(desk: Desk, person: PersonId | None) -> Iterator[Event]:
    """The events that can be taken back (of that person alone), the last first."""
    state = desk.state
    for event in reversed(state.log):
        if event.id in state.undone or not event.undo_reaches:
            continue
        if isinstance(event, GroupPaused) and event.fall and event.fall not in state.undone:
            continue  # it goes with the fall
        if isinstance(event, Arrived | LevelStated) and event.at == state.started_at:
            continue
        if person is None or _whose(desk, event) == (person,):
            yield event


def _whose(desk: Desk, event: Event) -> tuple[PersonId, ...]:
    if isinstance(event, Moved):
        return (event.to,)
    return desk.state.rightful(event).participants


def give(desk: Desk) -> None:
    """Wait for the digit of the person who is to have the last event."""
    event = _movable(desk)
    if event is not None:
        desk.giving = True
        desk.say(f"give {event.describe(desk.state)} ({who(event, desk.state, desk.names)}) to: press their number")


def give_to(desk: Desk, person: PersonId) -> None:
    """Give the last event to that person; its time stays."""
    desk.giving = False
    event = _movable(desk)
    if event is None:
        return
    if _whose(desk, event) == (person,):
        desk.refuse(f"it is {desk.names[person]}'s already")
        return
    participant = desk.state.participants[person]
    if not participant.here:
        desk.refuse(f"{desk.names[person]} is not here")
        return
    if desk.record(Moved(**desk.pen.stamp(), event=event.id, to=person)):
        desk.say(f"given to {desk.names[person]}: {event.describe(desk.state)}")


def _movable(desk: Desk) -> Event | None:
    """The last event with all that was added to it, if it is one person's."""
    event = _last_own(desk)
    if event is None:
        desk.refuse("nothing to give")
        return None
    if len(event.participants) != 1:
        desk.refuse("the last event is not one person's: u takes it back")
        return None
    return event


def _last_own(desk: Desk) -> Event | None:
    """The last event; of a detail, what it is about; of a giving, what was given."""
    event = _last(desk)
    while isinstance(event, Detail | Moved):
        target = event.of if isinstance(event, Detail) else event.event
        event = next((e for e in desk.state.log if e.id == target), None)
    return None if isinstance(event, GroupPaused | GroupResumed) else event
