"""Events folded into state: `fold` for a whole journal, `apply` for one more event.

Pure. No event raises: what refers to something that is not there changes nothing. Whether an
event may be recorded at all is asked before, in `refusal`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from otgroup.record.course import Correction, Moved, SessionEvent, Started, Undone
from otgroup.record.crossing import crossed
from otgroup.record.event import Event, EventId
from otgroup.record.part import PartEvent, replace
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


def fold(events: Iterable[Event]) -> SessionState:
    """The state a journal gives. Raises TypeError where the first event is not `Started`."""
    log = tuple(events)
    state = _begun(log)
    for event in log[1:]:
        if state.stands(event):
            state = _happen(state, state.rightful(event))
    undone = state.undone
    last_at = max((e.at for e in log if e.at and e.id not in undone), default=state.started_at)
    return replace(state, log=log, last_at=last_at)


def course(log: tuple[Event, ...]) -> Iterator[tuple[SessionState, Event]]:
    """Every event that stands, as it belongs to whoever has it now, and the session just before it."""
    state = _begun(log)
    for event in log[1:]:
        if state.stands(event):
            rightful = state.rightful(event)
            yield state, rightful
            state = _happen(state, rightful)


def _begun(log: tuple[Event, ...]) -> SessionState:
    """The session right after its start, with what is taken back or given away anywhere in its log."""
    first = log[0]
    if not isinstance(first, Started):
        raise TypeError("a session's first event is its start")
    undone = _undone_in(log)
    return replace(first.begun, undone=undone, moved=_moved_in(log, undone))


def apply(state: SessionState, event: Event) -> SessionState:
    """The state after one more event. Taking back and giving to another refold the session."""
    log = (*state.log, event)
    if isinstance(event, Correction):
        return fold(log)
    happened = event.at if event.at and event.id not in state.undone else state.last_at
    last_at = max(state.last_at, happened)
    if state.stands(event):
        state = _happen(state, state.rightful(event))
    return replace(state, log=log, last_at=last_at)


def as_of(state: SessionState, moment: datetime) -> SessionState:
    """The session as it stood at a moment: what was entered later is left out."""
    log = [event for event in state.log if event.entered <= moment]
    return fold(log) if len(log) < len(state.log) else state


def _undone_in(log: tuple[Event, ...]) -> frozenset[EventId]:
    """Ids of the events that are taken back; an `Undone` that is itself undone takes nothing back."""
    undone: set[EventId] = set()
    for event in reversed(log):
        if isinstance(event, Undone) and event.id not in undone:
            undone.add(event.event)
    return frozenset(undone)


def _moved_in(log: tuple[Event, ...], undone: frozenset[EventId]) -> dict[EventId, PersonId]:
    """To whom events were given; the last giving that stands counts."""
    return {event.event: event.to for event in log if isinstance(event, Moved) and event.id not in undone}


def _happen(state: SessionState, event: Event) -> SessionState:
    """The state after an event that is neither undone nor about another event's place."""
    if isinstance(event, PartEvent):
        return _each(state, event)
    return event.changed(state) if isinstance(event, SessionEvent) else state


def _each(state: SessionState, event: PartEvent[Any]) -> SessionState:
    """The state with the part of every participant of the event changed."""
    participants, basis = dict(state.participants), state.basis
    for who in event.participants:
        participant = participants.get(who)
        if participant is not None:
            changed = participant.with_part(event.changed(participant.part(event.part), basis))
            participants[who] = replace(crossed(changed, event), last=event)
    return replace(state, participants=participants)
