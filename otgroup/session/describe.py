"""What the log says of an event: a few words such as "verbal cue, 3rd", "right 15" or "harder, now +1".

Pure and quick, because the live screen calls it for every tap. A running figure counts up to the event
itself, so a line stays true whatever happened later; an undone event has no figure any more.
"""

from collections.abc import Callable
from typing import Any, Final

from otgroup.session import describe_done as done
from otgroup.session import events as ev
from otgroup.session.events import Event, EventId, Outcome, Recovery
from otgroup.session.phrases import (
    assistance_text,
    because,
    length_text,
    level_text,
    listed,
    ordinal,
    strategy_texts,
    the_person,
)
from otgroup.session.scales import Level
from otgroup.session.state import Grading, SessionState

Teller = Callable[[Any, SessionState], str]


def describe(event: Event, state: SessionState) -> str:
    """Say in a few words what happened; `state` is the session after the event (or any later one)."""
    return _TELLERS[type(event)](event, state)


# --- the session -------------------------------------------------------------------------------------


def _fixed(words: str) -> Teller:
    """Words, and the event's reason if it has one."""
    return lambda event, _: because(words, getattr(event, "reason", ""))


def _machine_clock(event: ev.MachineClockSet, _: SessionState) -> str:
    way = "back" if event.seconds < 0 else "forward"
    return f"the machine's clock was set {way} {length_text(event.seconds)}"


def _joined(event: ev.Joined, _: SessionState) -> str:
    return f"on the board as number {event.number}"


def _arrived(event: ev.Arrived, _: SessionState) -> str:
    return "arrived late" if event.late else "arrived" if event.stated else "here"


def _rested(event: ev.Rested, _: SessionState) -> str:
    return "resting, treated meanwhile" if event.treated else "resting"


def _rest_total(event: ev.RestTotal, _: SessionState) -> str:
    return f"rest {event.minutes} min"


# --- what the leader did -----------------------------------------------------------------------------


def _cue(event: ev.CueGiven, state: SessionState) -> str:
    side = f" {event.side}" if event.side else ""
    if event.count != 1:
        return f"{event.count} {event.type} cues{side}"
    number = _cue_number(event, state)
    return f"{event.type} cue{side}" + (f", {ordinal(number)}" if number else "")


def _cue_number(event: ev.CueGiven, state: SessionState) -> int:
    """Which cue of its type it was for this person; 0 when that cannot be told."""
    person = the_person(event, state)
    number = 0
    for cueing in person.cueings if person else ():
        number += cueing.count if cueing.type == event.type else 0
        if cueing.id == event.id:
            return number
    return 0


def _cue_detail(event: ev.CueDetail, _: SessionState) -> str:
    return "cue: " + listed([event.side or "", f"for {event.purpose}" if event.purpose else ""])


def _level_stated(event: ev.LevelStated, state: SessionState) -> str:
    level = "" if event.level is None else f"level {level_text(event.level)}"
    used = strategy_texts(event.strategies, state)
    return because(" with ".join(filter(None, [level, used])) or "level", event.reason)


def _graded(event: ev.Graded, state: SessionState) -> str:
    way = "harder" if event.to_level > event.from_level else "easier"
    grading = _grading(event.id, event, state)
    level = grading.to_level if grading else event.to_level
    used = "; ".join(_used(strategy, grading, state) for strategy in event.strategies)
    return "; ".join(filter(None, [because(f"{way}, now {level_text(level)}", used), event.reason, event.response]))


def _grade_detail(event: ev.GradeDetail, state: SessionState) -> str:
    grading = _grading(event.of, event, state)
    preposition = "" if _taken_away(event.strategy, grading) else "with "
    strategy = f"{preposition}{_used(event.strategy, grading, state)}" if event.strategy else ""
    return "; ".join(filter(None, [strategy, event.reason, event.response])) or "grading"


def _used(strategy: str, grading: Grading | None, state: SessionState) -> str:
    """A strategy in place of those that it excludes, or that it was taken away."""
    text = strategy_texts([strategy], state)
    if _taken_away(strategy, grading):
        return f"without {text}"
    ended = grading.ended if grading else ()
    gone = strategy_texts((s for s in ended if s in state.protocol.excluded_by(strategy)), state)
    return f"{text}, in place of {gone}" if gone else text


def _taken_away(strategy: str, grading: Grading | None) -> bool:
    return grading is not None and strategy in grading.ended and strategy not in grading.strategies


def _grading(grade: EventId, event: Event, state: SessionState) -> Grading | None:
    """What a grade did to the person it counts for: the level they reached, what came into force and what ended."""
    person = the_person(event, state)
    return next((g for g in person.gradings if g.id == grade), None) if person else None


def _assistance(event: ev.Assistance, state: SessionState) -> str:
    return f"assistance {assistance_text(event.level, event.helpers, state)}"


# --- balance and how it was --------------------------------------------------------------------------

_OUTCOMES: Final = {
    Outcome.UNSTEADY: ("unsteady", "times unsteady"),
    Outcome.LOB: ("loss of balance", "losses of balance"),
    Outcome.FALL: ("fall", "falls"),
}
_RECOVERIES: Final = {
    Recovery.ALONE: "recovered alone",
    Recovery.CONTACT: "recovered with contact",
    Recovery.ASSISTED: "recovered with assistance",
}


def _incident(event: ev.BalanceIncident, _: SessionState) -> str:
    one, many = _OUTCOMES[event.outcome] if event.outcome else ("balance incident", "balance incidents")
    what = one if event.count == 1 else f"{event.count} {many}"
    return listed([what, _RECOVERIES[event.recovery] if event.recovery else ""])


def _balance_detail(event: ev.BalanceDetail, _: SessionState) -> str:
    said = [
        _OUTCOMES[event.outcome][0] if event.outcome else "",
        _RECOVERIES[event.recovery] if event.recovery else "",
        event.direction,
        f"during {event.during}" if event.during else "",
        event.text,
    ]
    return listed(said) or "balance"


def _watched(event: ev.BalanceWatched, _: SessionState) -> str:
    watched = {True: "balance watched", False: "balance not watched", None: ""}[event.watched]
    return listed([watched, "steady throughout" if event.steady else ""]) or "balance"


def _difficulty(event: ev.Difficulty, state: SessionState) -> str:
    what = "following directions, difficulty" if event.what == "directions" else "difficulty"
    return f"{what} {_long(event.level, state.scales.difficulty)}"


def _long(level_id: str, levels: tuple[Level, ...]) -> str:
    return next((level.long for level in levels if level.id == level_id), level_id)


def _linked(event: ev.Linked, _: SessionState) -> str:
    told = {"serves": event.goals, "aimed at": event.purposes, "carries over to": event.carry_over}
    said = "; ".join(f"{what} {listed(texts)}" for what, texts in told.items() if texts)
    return because(said or "goals", event.why)


def _code(event: ev.CodeCorrected, _: SessionState) -> str:
    units = f"code {event.code} x {event.units}" if event.units else f"code {event.code} not billed"
    return because(units + (f" in place of {event.instead_of}" if event.instead_of else ""), event.reason)


def _alone(event: ev.AloneCoded, _: SessionState) -> str:
    told = f"{event.minutes} min alone are one-on-one time, {event.code}"
    return because(told if event.minutes else "the time alone was not one-on-one time", event.reason)


def _modifiers(event: ev.ModifiersCorrected, _: SessionState) -> str:
    return because(f"modifiers {listed(event.modifiers)}" if event.modifiers else "no modifiers", event.reason)


def _said(what: str) -> Teller:
    return lambda event, _: f"{what}: {event.text}"


# --- mending -----------------------------------------------------------------------------------------


def _moved(event: ev.Moved, state: SessionState) -> str:
    to = state.participants.get(event.to)
    return f"given to {to.person.short_name if to else event.to}: {_other(event.event, state)}"


def _undone(event: ev.Undone, state: SessionState) -> str:
    return f"undone: {_other(event.event, state)}"


def _other(event_id: EventId, state: SessionState) -> str:
    """What the event was that this one is about; normally it is near the log's end."""
    found = next((event for event in reversed(state.log) if event.id == event_id), None)
    return describe(found, state) if found else "an event"


_TELLERS: Final[dict[type[Event], Teller]] = {
    ev.Started: _fixed("group started"),
    ev.Ended: _fixed("group ended"),
    ev.Reopened: _fixed("group goes on after all"),
    ev.Voided: _fixed("session voided"),
    ev.GroupPaused: _fixed("group paused"),
    ev.GroupResumed: _fixed("group goes on"),
    ev.MachineClockSet: _machine_clock,
    ev.Joined: _joined,
    ev.Arrived: _arrived,
    ev.Left: _fixed("left"),
    ev.Rested: _rested,
    ev.Resumed: _fixed("goes on after the rest"),
    ev.RestTotal: _rest_total,
    ev.Absent: _fixed("absent"),
    ev.Declined: _fixed("declined"),
    ev.ReasonGiven: _fixed("reason"),
    ev.Repetition: done.repetition,
    ev.SetDone: done.set_done,
    ev.TrialOpened: done.trial_opened,
    ev.TrialStepped: done.trial_stepped,
    ev.TrialScored: done.trial_scored,
    ev.ClockStarted: done.clock_started,
    ev.ClockDetail: done.clock_detail,
    ev.ClockEnded: done.clock_ended,
    ev.ClockTotal: done.clock_total,
    ev.Value: done.value,
    ev.CueGiven: _cue,
    ev.CueDetail: _cue_detail,
    ev.LevelStated: _level_stated,
    ev.Graded: _graded,
    ev.GradeDetail: _grade_detail,
    ev.Assistance: _assistance,
    ev.Support: _said("support"),
    ev.BalanceIncident: _incident,
    ev.BalanceDetail: _balance_detail,
    ev.BalanceWatched: _watched,
    ev.Difficulty: _difficulty,
    ev.Pain: lambda event, _: f"pain {event.score}",
    ev.Exertion: lambda event, _: f"RPE {event.score:g}",
    ev.Response: _said("response"),
    ev.Plan: _said("plan"),
    ev.Remark: _said("remark"),
    ev.BalanceGrade: lambda event, _: f"balance {event.position} {event.motion} {event.grade}",
    ev.FunctionCode: lambda event, _: f"Section GG {event.item}: {event.code}",
    ev.Adverse: _said("adverse reaction"),
    ev.Linked: _linked,
    ev.CodeCorrected: _code,
    ev.AloneCoded: _alone,
    ev.ModifiersCorrected: _modifiers,
    ev.Moved: _moved,
    ev.Undone: _undone,
}
