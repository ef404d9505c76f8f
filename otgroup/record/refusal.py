"""Whether an event may be recorded now; if not, why, and what to do instead.

Asked where events are kept (`store.sessions`), so that the board, paper, late entries, the demo and whatever
comes later are refused alike.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from otgroup.errors import Refused
from otgroup.record.course import Correction, Joined, Moved, SessionEvent, Started, Undone, Voided
from otgroup.record.crossing import barred, off_the_ladder
from otgroup.record.event import Event
from otgroup.record.fold import apply, course
from otgroup.record.part import PartEvent
from otgroup.record.participant import Participant
from otgroup.record.parts.grading import Graded
from otgroup.record.parts.presence import not_here
from otgroup.record.state import SessionState


def admitted(state: SessionState, events: Iterable[Event]) -> SessionState:
    """The state after all these events. Raises Refused at the first that may not be recorded."""
    for event in events:
        if problem := why_not(state, event):
            raise Refused(problem, event.id)
        state = apply(state, event)
    return state


def admitted_whole(events: Iterable[Event]) -> SessionState:
    """The state of a session that is kept as a whole. Raises Refused, TypeError where it does not begin with a
    start.
    """
    first, *rest = events
    if not isinstance(first, Started):
        raise TypeError("a session's first event is its start")
    return admitted(first.begun, rest)


def why_not(state: SessionState, event: Event) -> str | None:
    """Why this event may not be recorded now, in one line; None if it may."""
    problem = _out_of_time(state, event)
    if problem is None and isinstance(event, SessionEvent):
        problem = event.refused(state)
    if problem is None and isinstance(event, Correction) and _of_a_grade(state, event):
        problem = off_the_ladder(state, apply(state, event))
    if problem is None and isinstance(event, Moved):
        problem = _of_who_has_it_then(state, event)
    if problem is None and isinstance(event, Correction):
        problem = _of_what_stands_on_it(state, event)
    if problem is None and isinstance(event, PartEvent):
        problem = event.unfit(state.basis) or _of_somebody(state, state.rightful(event))
    return problem or _of_nothing_known(state, event)


def _of_who_has_it_then(state: SessionState, event: Moved) -> str | None:
    """Why what is given away could not have been recorded of whoever is to have it."""
    given = state.event(event.event)
    if not isinstance(given, PartEvent):
        return None
    return _of_somebody(state, msgspec.structs.replace(given, participants=(event.to,)).given())


def _of_what_stands_on_it(state: SessionState, event: Correction) -> str | None:
    """Where it would leave somebody with an entry that could not have been made of them: what came after an arrival
    that is taken back, or after somebody's leaving that is given away.
    """
    after = apply(state, event)
    unfounded = _unfounded(after)
    known = {entry.id for entry in _unfounded(state)} if unfounded else frozenset()
    entry = next((entry for entry in unfounded if entry.id not in known), None)
    if entry is None:
        return None
    who, *more = (after.participants[who].person.short_name for who in entry.participants)
    if isinstance(event, Moved) and entry.about == event.event:
        return f"{who} could not have had that then"
    whose = f"{len(more) + 1} people" if more else who
    return f"first take back what stands on it: {entry.describe(after)}, {whose}"


def _unfounded(state: SessionState) -> list[PartEvent[Any]]:
    """The entries that could not have been made where they stand now."""
    parts = ((before, event) for before, event in course(state.log) if isinstance(event, PartEvent))
    return [event for before, event in parts if _of_somebody(before, event)]


def _of_nothing_known(state: SessionState, event: Event) -> str | None:
    """Where it is about people, or adds to an event, that this session does not have."""
    joining = event.person.id if isinstance(event, Joined) else None
    if any(who not in state.participants and who != joining for who in event.participants):
        return "nobody of that name is in this group"
    if event.about != event.id and state.event(event.about) is None:
        return "there is no such entry in this session"
    return None


def _of_a_grade(state: SessionState, event: Correction) -> bool:
    """Whether it gives a grade away, or takes one (or its giving) back."""
    about = state.event(event.event)
    return isinstance(state.event(about.event) if isinstance(about, Correction) else about, Graded)


def _out_of_time(state: SessionState, event: Event) -> str | None:
    if state.voided:
        return None if takes_back_void(state, event) else _VOIDED
    late = event.source == "late"
    if state.ended_at and not (late or event.after_the_end):
        return "this session has ended: reopen it first"
    if late and event.at and not state.started_at <= event.at <= state.until(event.entered):
        return f"that is not within the session: it went from {_span(state)}"
    return None


def takes_back_void(state: SessionState, event: Event) -> bool:
    """Whether an event gives a voided session back: the one thing that may still be recorded in it."""
    return isinstance(event, Undone) and any(e.id == event.event for e in standing_voids(state))


def standing_voids(state: SessionState) -> tuple[Voided, ...]:
    """What made a session void and has not been taken back."""
    return tuple(e for e in state.log if isinstance(e, Voided) and e.id not in state.undone)


_VOIDED: Final = "this session was voided: take it back first, with Enter on it at home"


def _span(state: SessionState) -> str:
    return f"{state.started_at:%H:%M} to {state.ended_at:%H:%M}" if state.ended_at else f"{state.started_at:%H:%M} on"


def _of_somebody(state: SessionState, event: PartEvent[Any]) -> str | None:
    if event.names_somebody and not event.participants:
        return "of whom? nobody is named"
    for who in event.participants:
        participant = state.participants.get(who)
        if participant is None:
            return "nobody of that name is in this group"
        problem = _of_whom(participant, event)
        problem = problem or event.refused(participant.part(event.part), state.basis) or barred(participant, event)
        if problem:
            return f"{participant.person.short_name} {problem}"
    return None


def _of_whom(participant: Participant, event: PartEvent[Any]) -> str | None:
    """Of whom it may be recorded; the review tells what was recorded late of who was away."""
    if event.of_whom == "anybody" or participant.here:
        return None
    if event.of_whom == "treated":
        return None if participant.took_part else "had no treatment, so nothing is billed"
    told_later = event.source == "late" or event.of_whom == "took part"
    return None if told_later and participant.took_part else not_here(participant.presence)
