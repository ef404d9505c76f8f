"""Events folded into state: `fold` for a whole journal, `apply` for one more event.

Pure. No event raises: what refers to something that is not there changes nothing. Whether an
event may be recorded at all is asked before, in `otgroup.session.permit`.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec

from otgroup.session.changes import ON_PARTICIPANT, OnParticipant
from otgroup.session.clock import Span, close_last
from otgroup.session.events import (
    Detail,
    Ended,
    Event,
    EventId,
    Graded,
    GroupPaused,
    GroupResumed,
    Joined,
    Moved,
    Reopened,
    Started,
    Undone,
    Voided,
)
from otgroup.session.people import PersonId
from otgroup.session.state import ParticipantState, SessionState

replace = msgspec.structs.replace


def fold(events: Iterable[Event]) -> SessionState:
    """The state a journal gives. The first event must be `Started`."""
    log = tuple(events)
    undone = undone_in(log)
    moved: dict[EventId, PersonId] = {}
    for event in log:
        if isinstance(event, Moved) and event.id not in undone:
            moved[event.event] = event.to
    state = begin(log[0])
    for event in log[1:]:
        if counts(event, undone):
            state = _happen(state, _as_counted(event, moved))
    last_at = max((e.at for e in log if e.at and e.id not in undone), default=state.started_at)
    return replace(state, log=log, undone=undone, moved=moved, last_at=last_at)


def apply(state: SessionState, event: Event) -> SessionState:
    """The state after one more event. Taking back and giving to another refold the session."""
    log = (*state.log, event)
    if isinstance(event, Undone | Moved):
        return fold(log)
    happened = event.at if event.at and event.id not in state.undone else state.last_at
    last_at = max(state.last_at, happened)
    if counts(event, state.undone):
        state = _happen(state, _as_counted(event, state.moved))
    return replace(state, log=log, last_at=last_at)


def as_of(state: SessionState, moment: datetime) -> SessionState:
    """The session as it stood at a moment: what was entered later is left out."""
    log = [event for event in state.log if event.entered <= moment]
    return fold(log) if len(log) < len(state.log) else state


def begin(event: Event) -> SessionState:
    """The state right after the start."""
    if not isinstance(event, Started):
        raise TypeError("a session's first event is its start")
    return SessionState(
        id=event.session,
        leader=event.leader,
        protocol=event.protocol,
        scales=event.scales,
        started_at=event.at,
        last_at=event.at,
        log=(event,),
    )


def undone_in(log: tuple[Event, ...]) -> frozenset[EventId]:
    """Ids of the events that are taken back; an `Undone` that is itself undone takes nothing back."""
    undone: set[EventId] = set()
    for event in reversed(log):
        if isinstance(event, Undone) and event.id not in undone:
            undone.add(event.event)
    return frozenset(undone)


def counts(event: Event, undone: frozenset[EventId]) -> bool:
    """Whether an event is part of the record: not taken back, and not a detail of one that was."""
    return event.id not in undone and not (isinstance(event, Detail) and event.of in undone)


def rightful(event: Event, moved: Mapping[EventId, PersonId]) -> Event:
    """The event as belonging to the person it was given to; details follow what they are about."""
    to = moved.get(event.of if isinstance(event, Detail) else event.id)
    return event if to is None else replace(event, participants=(to,))


def _as_counted(event: Event, moved: Mapping[EventId, PersonId]) -> Event:
    """The event as its rightful person's. A grade given to them brings its step: the levels were somebody else's."""
    right = rightful(event, moved)
    if isinstance(right, Graded) and right.participants != event.participants:
        return replace(right, from_level=0, to_level=right.to_level - right.from_level)
    return right


def effective(state: SessionState) -> tuple[Event, ...]:
    """The events that count, each with its rightful participants."""
    return tuple(rightful(e, state.moved) for e in state.log if counts(e, state.undone))


# --- the session ---------------------------------------------------------------------------------


def _happen(state: SessionState, event: Event) -> SessionState:
    """The state after an event that is neither undone nor about another event's place."""
    if isinstance(event, Joined):
        return _join(state, event)
    on_session = _ON_SESSION.get(type(event))
    if on_session:
        state = on_session(state, event)
    on_participant = ON_PARTICIPANT.get(type(event))
    return _each(state, event, on_participant) if on_participant else state


def _join(state: SessionState, event: Joined) -> SessionState:
    joined = ParticipantState(person=event.person, number=event.number)
    return replace(state, participants={event.person.id: joined, **state.participants})


def _each(state: SessionState, event: Event, change: OnParticipant) -> SessionState:
    """The state with every participant of the event changed."""
    participants = dict(state.participants)
    for person_id in event.participants:
        participant = participants.get(person_id)
        if participant is not None:
            changed = change(participant, event, state.protocol)
            participants[person_id] = replace(changed, last=event)
    return replace(state, participants=participants)


def _paused(state: SessionState, event: GroupPaused) -> SessionState:
    return state if state.paused else replace(state, pauses=(*state.pauses, Span(event.at)))


def _group_resumed(state: SessionState, event: GroupResumed) -> SessionState:
    return replace(state, pauses=close_last(state.pauses, event.at))


def _ended(state: SessionState, event: Ended) -> SessionState:
    return replace(state, ended_at=event.at)


def _reopened(state: SessionState, event: Reopened) -> SessionState:
    if state.ended_at is None:
        return state
    between = Span(state.ended_at).closed(event.at)
    pauses = (*state.pauses[:-1], between, state.pauses[-1]) if state.paused else (*state.pauses, between)
    return replace(state, ended_at=None, pauses=pauses)


def _voided(state: SessionState, _event: Voided) -> SessionState:
    return replace(state, voided=True)


_ON_SESSION: dict[type[Event], Callable[[SessionState, Any], SessionState]] = {
    Ended: _ended,
    Reopened: _reopened,
    Voided: _voided,
    GroupPaused: _paused,
    GroupResumed: _group_resumed,
}
