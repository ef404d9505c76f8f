"""Whether an event may be recorded now; if not, why, and what to do instead.

Asked before an event is written, by the screens and by everything that plays or imports events.
"""

from collections.abc import Callable
from typing import Any

from otgroup.session.events import (
    Absent,
    Adverse,
    AloneCoded,
    Arrived,
    BalanceWatched,
    ClockEnded,
    ClockStarted,
    CodeCorrected,
    CueGiven,
    Decision,
    Declined,
    Detail,
    Ended,
    Event,
    EventId,
    Graded,
    GroupPaused,
    GroupResumed,
    Joined,
    Left,
    Linked,
    Moved,
    Plan,
    Remark,
    Reopened,
    Repetition,
    Response,
    Rested,
    Resumed,
    SetDone,
    TrialOpened,
    Undone,
    Value,
    Voided,
)
from otgroup.session.fold import apply
from otgroup.session.protocol import CountMeasure, IntervalMeasure, StopwatchMeasure, TrialMeasure, ValueMeasure
from otgroup.session.state import ParticipantState, Presence, SessionState

HIGHEST_COUNT = 9999
MOST_PARTICIPANTS = 12
MOST_UNITS = 99

_TOLD_LATER = (Adverse, BalanceWatched, Linked, Plan, Remark, Response)
"""What can be stated of somebody who was here and has left."""

_NOT_HERE = {
    Presence.EXPECTED: "has not arrived yet: press o, then arrived",
    Presence.LEFT: "has left: press o, then arrived",
    Presence.ABSENT: "is absent: press o, then arrived",
    Presence.DECLINED: "declined: press o, then arrived",
}


def why_not(state: SessionState, event: Event) -> str | None:
    """Why this event may not be recorded now, in one line; None if it may."""
    problem = _session_problem(state, event)
    if problem:
        return problem
    on_session = _ON_SESSION.get(type(event))
    if on_session and (problem := on_session(state, event)):
        return problem
    for person_id in event.participants:
        participant = state.participants.get(person_id)
        if participant is None:
            return None if isinstance(event, Joined) else "nobody of that name is in this group"
        if problem := _participant_problem(participant, event):
            return f"{participant.person.short_name} {problem}"
    return None


def _session_problem(state: SessionState, event: Event) -> str | None:
    if state.voided:
        return "this session was voided: nothing more can be recorded in it"
    free = event.source == "late" or isinstance(event, Reopened | Voided | Decision)
    if state.ended_at and not free:
        return "this session has ended: reopen it first"
    if event.source == "late" and event.at and not state.started_at <= event.at <= state.until(event.entered):
        return f"that is not within the session: it went from {_span(state)}"
    return None


def _span(state: SessionState) -> str:
    return f"{state.started_at:%H:%M} to {state.ended_at:%H:%M}" if state.ended_at else f"{state.started_at:%H:%M} on"


def _participant_problem(participant: ParticipantState, event: Event) -> str | None:
    check = _COMING_AND_GOING.get(type(event))
    if check:
        return check(participant)
    if isinstance(event, Decision):
        return None if participant.took_part else "had no treatment, so nothing is billed"
    if isinstance(event, Joined | Detail) or participant.here:
        return None
    if event.source == "late" and participant.took_part:  # the review tells what was recorded of who was away
        return None
    if isinstance(event, _TOLD_LATER) and participant.took_part:
        return None
    return _NOT_HERE[participant.presence]


# --- the session ---------------------------------------------------------------------------------


def _joined(state: SessionState, event: Joined) -> str | None:
    if event.person.id in state.participants:
        return f"{event.person.short_name} is in this group already"
    if len(state.participants) >= MOST_PARTICIPANTS:
        return f"a group has {MOST_PARTICIPANTS} places and all are taken"
    return None


def _counted(state: SessionState, event: Repetition | SetDone) -> str | None:
    measure = next((m for m in state.protocol.measures if m.id == event.measure), None)
    if not isinstance(measure, CountMeasure):
        return f"this group does not count {event.measure}"
    if bool(measure.sides) != (event.side is not None):
        return "left or right? , or . says which" if measure.sides else f"{measure.many} have no sides in this group"
    count = event.actual if isinstance(event, SetDone) else event.count
    if not 0 <= count <= HIGHEST_COUNT:
        return f"a count goes from 0 to {HIGHEST_COUNT}"
    return None


def _kind_of(kind: Any, what: str) -> Callable[[SessionState, Any], str | None]:
    def check(state: SessionState, event: Any) -> str | None:
        fits = any(m.id == event.measure and isinstance(m, kind) for m in state.protocol.measures)
        return None if fits else f"this group has no {what}"

    return check


def _cued(state: SessionState, event: CueGiven) -> str | None:
    if event.type in state.protocol.cues:
        return None
    return f"this group offers no {event.type} cues: {', '.join(state.protocol.cues)}"


def _graded(state: SessionState, event: Graded) -> str | None:
    ladder = state.protocol.grading
    if ladder is None:
        return "this group has no grading ladder"
    if event.to_level > ladder.highest:
        return f"already at the hardest level, +{ladder.highest}"
    if event.to_level < ladder.lowest:
        return f"already at the easiest level, {ladder.lowest}"
    return None


def _grade_given(state: SessionState, event: Moved | Undone) -> str | None:
    """A grade goes to somebody else, or comes back from them, only where its step fits on the ladder."""
    about = _event(state, event.event)
    grade = _event(state, about.event) if isinstance(about, Moved) else about
    ladder = state.protocol.grading
    if not isinstance(grade, Graded) or ladder is None:
        return None
    lost, before = _lost_steps(apply(state, event)), _lost_steps(state)
    for person, step in (lost[grade_id] for grade_id in lost if grade_id not in before):
        end = f"hardest level, +{ladder.highest}" if step > 0 else f"easiest level, {ladder.lowest}"
        return f"{person.person.short_name} is already at the {end}"
    return None


def _event(state: SessionState, event_id: EventId) -> Event | None:
    return next((event for event in state.log if event.id == event_id), None)


def _lost_steps(state: SessionState) -> dict[EventId, tuple[ParticipantState, int]]:
    """The grades of which the end of the ladder took something: whose each is, and how many levels it was to be."""
    steps = {event.id: event.to_level - event.from_level for event in state.log if isinstance(event, Graded)}
    changes = ((p, g) for p in state.participants.values() for g in p.gradings)
    return {g.id: (p, steps[g.id]) for p, g in changes if g.to_level - g.from_level != steps[g.id]}


def _paused(state: SessionState, _event: GroupPaused) -> str | None:
    return "the group is paused already" if state.paused else None


def _resumed(state: SessionState, _event: GroupResumed) -> str | None:
    return None if state.paused else "the group is not paused"


def _ended(state: SessionState, event: Ended) -> str | None:
    return "a session cannot end before it started" if event.at < state.started_at else None


def _reopened(state: SessionState, _event: Reopened) -> str | None:
    return None if state.ended_at else "this session is running"


def _clock_ended(state: SessionState, event: ClockEnded) -> str | None:
    clocks = (c for p in state.participants.values() for c in p.clocks)
    runs = any(c.id == event.of and c.runs for c in clocks)
    return None if runs else "no such clock is running"


def _coded(_state: SessionState, event: CodeCorrected) -> str | None:
    if not 0 <= event.units <= MOST_UNITS:
        return f"units of a code go from 0 to {MOST_UNITS}"
    return None if event.reason else "why? write the reason of the correction"


def _alone(_state: SessionState, event: AloneCoded) -> str | None:
    if event.minutes and not event.code:
        return "under which code? write a timed one, such as 97112"
    return None if event.minutes or event.reason else "why? write why it was not one-on-one time"


# --- coming and going ----------------------------------------------------------------------------


def _arrives(p: ParticipantState) -> str | None:
    return "is here already" if p.here else None


def _leaves(p: ParticipantState) -> str | None:
    return None if p.here else "is not here"


def _rests(p: ParticipantState) -> str | None:
    if p.presence == Presence.RESTING:
        return "is resting already"
    return None if p.here else _NOT_HERE[p.presence]


def _goes_on(p: ParticipantState) -> str | None:
    return None if p.presence == Presence.RESTING else "is not resting"


def has_findings(p: ParticipantState) -> bool:
    """Whether anything was recorded that only somebody who was here can have done."""
    done = p.tallies or p.trials or p.clocks or p.cueings or p.incidents or p.gradings or p.readings
    rated = any(r.what != "level" for r in p.ratings)
    return bool(done or rated or any(w.what != "reason" for w in p.words))


def _misses(p: ParticipantState) -> str | None:
    return "has a record in this group: use left, or undo it first" if has_findings(p) else None


_ON_SESSION: dict[type[Event], Callable[[SessionState, Any], str | None]] = {
    Joined: _joined,
    Repetition: _counted,
    SetDone: _counted,
    TrialOpened: _kind_of(TrialMeasure, "trials"),
    ClockStarted: _kind_of(IntervalMeasure | StopwatchMeasure, "clock"),
    Value: _kind_of(ValueMeasure, "value to note"),
    ClockEnded: _clock_ended,
    CueGiven: _cued,
    CodeCorrected: _coded,
    AloneCoded: _alone,
    Graded: _graded,
    Moved: _grade_given,
    Undone: _grade_given,
    GroupPaused: _paused,
    GroupResumed: _resumed,
    Ended: _ended,
    Reopened: _reopened,
}

_COMING_AND_GOING: dict[type[Event], Callable[[ParticipantState], str | None]] = {
    Arrived: _arrives,
    Left: _leaves,
    Rested: _rests,
    Resumed: _goes_on,
    Absent: _misses,
    Declined: _misses,
}
