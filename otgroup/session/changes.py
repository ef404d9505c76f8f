"""What each kind of event changes in one participant's record: one small function per kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from otgroup.session.clock import Span, close_last, running
from otgroup.session.decided import with_alone, with_code, with_modifiers
from otgroup.session.events import (
    Absent,
    Adverse,
    AloneCoded,
    Arrived,
    Assistance,
    BalanceDetail,
    BalanceGrade,
    BalanceIncident,
    BalanceWatched,
    ClockDetail,
    ClockEnded,
    ClockStarted,
    ClockTotal,
    CodeCorrected,
    CueDetail,
    CueGiven,
    Declined,
    Difficulty,
    Event,
    EventId,
    Exertion,
    FunctionCode,
    Graded,
    GradeDetail,
    Left,
    LevelStated,
    Linked,
    ModifiersCorrected,
    Pain,
    Plan,
    ReasonGiven,
    Remark,
    Repetition,
    Response,
    Rested,
    RestTotal,
    Resumed,
    SetDone,
    Support,
    TrialOpened,
    TrialScored,
    TrialStepped,
    Value,
)
from otgroup.session.people import Link, with_link
from otgroup.session.protocol import Protocol
from otgroup.session.state import (
    Clock,
    Cueing,
    Grading,
    Incident,
    ParticipantState,
    Presence,
    Rating,
    Reading,
    Tally,
    Trial,
    Words,
)

replace = msgspec.structs.replace

OnParticipant = Callable[[ParticipantState, Any, Protocol], ParticipantState]

# --- coming and going ----------------------------------------------------------------------------


def _arrived(p: ParticipantState, e: Arrived, _: Protocol) -> ParticipantState:
    p = _rest_over(p, e.at)
    stays = p.stays if running(p.stays) else (*p.stays, Span(e.at))
    late, stated = p.late or e.late, p.arrival_stated or e.stated
    return replace(p, presence=Presence.HERE, stays=stays, late=late, arrival_stated=stated)


def _left(p: ParticipantState, e: Left, _: Protocol) -> ParticipantState:
    p = _clocks_stopped(_rest_over(p, e.at), e.at)
    return _with_reason(replace(p, presence=Presence.LEFT, stays=close_last(p.stays, e.at)), e)


def _clocks_stopped(p: ParticipantState, at: datetime) -> ParticipantState:
    """Nobody's clock runs on after they have left."""
    stopped = (replace(c, span=c.span.closed(at), how="stopped") if c.runs and c.span else c for c in p.clocks)
    return replace(p, clocks=tuple(stopped))


def _rested(p: ParticipantState, e: Rested, _: Protocol) -> ParticipantState:
    if p.presence != Presence.HERE:
        return p
    kind = "treated_rests" if e.treated else "untreated_rests"
    rests = {kind: (*getattr(p, kind), Span(e.at))}
    return replace(p, presence=Presence.RESTING, **rests)


def _resumed(p: ParticipantState, e: Resumed, _: Protocol) -> ParticipantState:
    return replace(_rest_over(p, e.at), presence=Presence.HERE) if p.presence == Presence.RESTING else p


def _rest_over(p: ParticipantState, at: datetime) -> ParticipantState:
    return replace(
        p, untreated_rests=close_last(p.untreated_rests, at), treated_rests=close_last(p.treated_rests, at)
    )


def _rest_total(p: ParticipantState, e: RestTotal, _: Protocol) -> ParticipantState:
    return replace(p, rest_total=(p.rest_total or 0) + e.minutes)


def _absent(p: ParticipantState, e: Absent, _: Protocol) -> ParticipantState:
    return _with_reason(_never_here(p, Presence.ABSENT), e)


def _declined(p: ParticipantState, e: Declined, _: Protocol) -> ParticipantState:
    return _with_reason(_never_here(p, Presence.DECLINED), e)


def _never_here(p: ParticipantState, presence: Presence) -> ParticipantState:
    return replace(p, presence=presence, stays=(), untreated_rests=(), treated_rests=())


def _with_reason(p: ParticipantState, e: Left | Absent | Declined) -> ParticipantState:
    return replace(p, words=(*p.words, Words(e.id, e.at, "reason", e.reason))) if e.reason else p


def _reason_given(p: ParticipantState, e: ReasonGiven, _: Protocol) -> ParticipantState:
    return replace(p, words=(*p.words, Words(e.id, e.at, "reason", e.reason)))


# --- what they did -------------------------------------------------------------------------------


def _repetition(p: ParticipantState, e: Repetition, _: Protocol) -> ParticipantState:
    return replace(p, tallies=(*p.tallies, Tally(e.id, e.measure, e.side, e.count, e.at)))


def _set_done(p: ParticipantState, e: SetDone, _: Protocol) -> ParticipantState:
    done = Tally(e.id, e.measure, e.side, e.actual, e.at, is_set=True, target=e.target)
    return replace(p, tallies=(*p.tallies, done))


def _trial_opened(p: ParticipantState, e: TrialOpened, _: Protocol) -> ParticipantState:
    return replace(p, trials=(*p.trials, Trial(e.id, e.measure, e.image, e.attempt, e.at)))


def _trial_stepped(p: ParticipantState, e: TrialStepped, _: Protocol) -> ParticipantState:
    moment = "walking_at" if e.phase == "walking" else "drawing_at"
    return replace(p, trials=_changed(p.trials, e.of, phase=e.phase, **{moment: e.at}))


def _trial_scored(p: ParticipantState, e: TrialScored, _: Protocol) -> ParticipantState:
    score = {"recalled": e.recalled, "correct": e.correct, "stated_delay_s": e.delay_s}
    return replace(p, trials=_changed(p.trials, e.of, phase="scored", **_given(score)))


def _clock_started(p: ParticipantState, e: ClockStarted, _: Protocol) -> ParticipantState:
    return replace(p, clocks=(*p.clocks, Clock(e.id, e.measure, e.side, e.target_s, Span(e.at))))


def _clock_ended(p: ParticipantState, e: ClockEnded, _: Protocol) -> ParticipantState:
    clock = next((c for c in p.clocks if c.id == e.of and c.span), None)
    if clock is None or clock.span is None:
        return p
    ended = {"span": clock.span.closed(e.at), "how": e.how, "reason": e.reason}
    return replace(p, clocks=_changed(p.clocks, e.of, **ended))


def _clock_detail(p: ParticipantState, e: ClockDetail, _: Protocol) -> ParticipantState:
    said = next((c.patterns for c in p.clocks if c.id == e.of), ())
    patterns = said if e.pattern in said else (*said, e.pattern)
    return replace(p, clocks=_changed(p.clocks, e.of, patterns=patterns))


def _clock_total(p: ParticipantState, e: ClockTotal, _: Protocol) -> ParticipantState:
    clock = Clock(e.id, e.measure, e.side, e.target_s, None, stated_s=e.seconds)
    return replace(p, clocks=(*p.clocks, clock))


def _value(p: ParticipantState, e: Value, _: Protocol) -> ParticipantState:
    return replace(p, readings=(*p.readings, Reading(e.id, e.measure, e.value, e.at)))


# --- what the leader did -------------------------------------------------------------------------


def _cue(p: ParticipantState, e: CueGiven, _: Protocol) -> ParticipantState:
    return replace(p, cueings=(*p.cueings, Cueing(e.id, e.type, e.count, e.at, e.trial, e.side)))


def _cue_detail(p: ParticipantState, e: CueDetail, _: Protocol) -> ParticipantState:
    said = {"side": e.side, "purpose": e.purpose}
    return replace(p, cueings=_changed(p.cueings, e.of, **_given(said)))


def _level_stated(p: ParticipantState, e: LevelStated, _: Protocol) -> ParticipantState:
    in_force = e.strategies or p.in_force
    level = p.level if e.level is None else e.level
    p = replace(p, level=level, in_force=in_force)
    if e.level is None:
        return p
    return _rate(p, Rating(e.id, e.at, "level", e.level, strategies=e.strategies, reason=e.reason))


def _graded(p: ParticipantState, e: Graded, protocol: Protocol) -> ParticipantState:
    """One step from where this person stands: an event given to somebody else brings its step, not its levels."""
    begun = e.from_level if p.level is None else p.level
    reached = _on_ladder(begun + e.to_level - e.from_level, protocol)
    grading = Grading(e.id, e.at, begun, reached, reason=e.reason, response=e.response)
    p = replace(p, level=reached, gradings=(*p.gradings, grading))
    for strategy in e.strategies:
        p = _use_strategy(p, e.id, strategy, protocol)
    return p


def _on_ladder(level: int, protocol: Protocol) -> int:
    ladder = protocol.grading
    return max(ladder.lowest, min(ladder.highest, level)) if ladder else level


def _grade_detail(p: ParticipantState, e: GradeDetail, protocol: Protocol) -> ParticipantState:
    p = replace(p, gradings=_changed(p.gradings, e.of, **_given({"reason": e.reason, "response": e.response})))
    return _use_strategy(p, e.of, e.strategy, protocol) if e.strategy else p


def _use_strategy(p: ParticipantState, grade: EventId, strategy: str, protocol: Protocol) -> ParticipantState:
    """A strategy comes into force and ends those it excludes; used against its own direction
    (harder by "one-handed support") it is what was taken away.
    """
    grading = next((g for g in p.gradings if g.id == grade), None)
    if grading is None:
        return p
    taken_away = strategy in p.in_force and _direction(strategy, protocol) != grading.direction
    ended = {strategy} if taken_away else protocol.excluded_by(strategy) & set(p.in_force)
    in_force = tuple(s for s in p.in_force if s not in ended)
    if not taken_away and strategy not in in_force:
        in_force = (*in_force, strategy)
    used = () if taken_away else (strategy,)
    changed = {
        "strategies": (*grading.strategies, *used),
        "ended": (*grading.ended, *sorted(ended)),
    }
    return replace(p, in_force=in_force, gradings=_changed(p.gradings, grade, **changed))


def _direction(strategy: str, protocol: Protocol) -> str:
    known = any(s.id == strategy for s in protocol.strategies)
    return protocol.direction_of(strategy) if known else ""


def _assistance(p: ParticipantState, e: Assistance, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "assistance", e.level, helpers=e.helpers))


def _support(p: ParticipantState, e: Support, _: Protocol) -> ParticipantState:
    return _say(p, Words(e.id, e.at, "support", e.text))


# --- balance -------------------------------------------------------------------------------------


def _incident(p: ParticipantState, e: BalanceIncident, _: Protocol) -> ParticipantState:
    incident = Incident(e.id, e.at, e.outcome, e.recovery, e.count)
    return replace(p, incidents=(*p.incidents, incident))


def _balance_detail(p: ParticipantState, e: BalanceDetail, _: Protocol) -> ParticipantState:
    said = {name: getattr(e, name) for name in ("outcome", "recovery", "direction", "during", "text")}
    return replace(p, incidents=_changed(p.incidents, e.of, **_given(said)))


def _watched(p: ParticipantState, e: BalanceWatched, _: Protocol) -> ParticipantState:
    watched = p.watched if e.watched is None else e.watched
    steady = p.steady_stated or e.steady
    return replace(p, watched=watched, steady_stated=steady, watch_events=(*p.watch_events, e.id))


# --- how it was ----------------------------------------------------------------------------------


def _difficulty(p: ParticipantState, e: Difficulty, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "directions" if e.what == "directions" else "difficulty", e.level))


def _pain(p: ParticipantState, e: Pain, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "pain", e.score))


def _exertion(p: ParticipantState, e: Exertion, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "exertion", e.score))


def _balance_grade(p: ParticipantState, e: BalanceGrade, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "balance", f"{e.grade} ({e.position}, {e.motion})"))


def _function_code(p: ParticipantState, e: FunctionCode, _: Protocol) -> ParticipantState:
    return _rate(p, Rating(e.id, e.at, "function", f"{e.item} {e.code}"))


def _adverse(p: ParticipantState, e: Adverse, _: Protocol) -> ParticipantState:
    return _say(p, Words(e.id, e.at, "adverse", e.text))


def _linked(p: ParticipantState, e: Linked, protocol: Protocol) -> ParticipantState:
    link = Link(protocol.id, e.goals, e.why, e.purposes, e.carry_over)
    return replace(p, person=with_link(p.person, link))


# --- what is billed ------------------------------------------------------------------------------


def _code(p: ParticipantState, e: CodeCorrected, _: Protocol) -> ParticipantState:
    return replace(p, decided=with_code(p.decided, e))


def _alone(p: ParticipantState, e: AloneCoded, _: Protocol) -> ParticipantState:
    return replace(p, decided=with_alone(p.decided, e))


def _modifiers(p: ParticipantState, e: ModifiersCorrected, _: Protocol) -> ParticipantState:
    return replace(p, decided=with_modifiers(p.decided, e))


# --- words ---------------------------------------------------------------------------------------


def _response(p: ParticipantState, e: Response, _: Protocol) -> ParticipantState:
    return _say(p, Words(e.id, e.at, "response", e.text))


def _plan(p: ParticipantState, e: Plan, _: Protocol) -> ParticipantState:
    return _say(p, Words(e.id, e.at, "plan", e.text))


def _remark(p: ParticipantState, e: Remark, _: Protocol) -> ParticipantState:
    return _say(p, Words(e.id, e.at, "remark", e.text))


# --- small tools -------------------------------------------------------------------------------------


def _rate(p: ParticipantState, rating: Rating) -> ParticipantState:
    return replace(p, ratings=(*p.ratings, rating))


def _say(p: ParticipantState, words: Words) -> ParticipantState:
    return replace(p, words=(*p.words, words))


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Only what was said: a detail adds and never blanks."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def _changed(items: tuple[Any, ...], of: EventId, **fields: Any) -> tuple[Any, ...]:
    """The items with the one that event `of` made changed."""
    return tuple(replace(item, **fields) if item.id == of else item for item in items)


ON_PARTICIPANT: dict[type[Event], OnParticipant] = {
    Arrived: _arrived,
    Left: _left,
    Rested: _rested,
    Resumed: _resumed,
    RestTotal: _rest_total,
    Absent: _absent,
    Declined: _declined,
    ReasonGiven: _reason_given,
    Repetition: _repetition,
    SetDone: _set_done,
    TrialOpened: _trial_opened,
    TrialStepped: _trial_stepped,
    TrialScored: _trial_scored,
    ClockStarted: _clock_started,
    ClockDetail: _clock_detail,
    ClockEnded: _clock_ended,
    ClockTotal: _clock_total,
    Value: _value,
    CueGiven: _cue,
    CueDetail: _cue_detail,
    LevelStated: _level_stated,
    Graded: _graded,
    GradeDetail: _grade_detail,
    Assistance: _assistance,
    Support: _support,
    BalanceIncident: _incident,
    BalanceDetail: _balance_detail,
    BalanceWatched: _watched,
    Difficulty: _difficulty,
    Pain: _pain,
    Exertion: _exertion,
    BalanceGrade: _balance_grade,
    FunctionCode: _function_code,
    Adverse: _adverse,
    Linked: _linked,
    CodeCorrected: _code,
    AloneCoded: _alone,
    ModifiersCorrected: _modifiers,
    Response: _response,
    Plan: _plan,
    Remark: _remark,
}
