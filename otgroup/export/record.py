"""A session's record as other programs read it: from the state to the types in `record_types`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec

from otgroup.export.paper_text import paper_records
from otgroup.export.record_types import (
    Attempt,
    Bout,
    GradeChange,
    Number,
    ParticipantRecord,
    Recorded,
    SessionRecord,
    SidedCount,
)
from otgroup.notes.paper import PaperEvent
from otgroup.session.events import Event, Outcome, Side
from otgroup.session.fold import rightful
from otgroup.session.phrases import assistance_text
from otgroup.session.protocol import AnyMeasure, CountMeasure, StopwatchMeasure, TrialMeasure, ValueMeasure
from otgroup.session.state import (
    ParticipantState,
    Presence,
    SessionState,
    attendance,
    clock_s,
    minutes,
    rest_minutes,
)


def record_of(state: SessionState, entries: Iterable[PaperEvent] = ()) -> SessionRecord:
    """The record of a session; the minutes of a running one go up to its last event."""
    return SessionRecord(
        id=state.id,
        group=state.protocol.id,
        title=state.protocol.title,
        date=f"{state.started_at:%Y-%m-%d}",
        start=clock_time(state.started_at),
        end=clock_time(state.ended_at) if state.ended_at else None,
        state=state.status,
        leader=str(state.leader),
        participants=tuple(participant_record(p, state) for p in state.board),
        events=tuple(event_record(event, state) for event in state.log),
        notes=paper_records(entries),
    )


def clock_time(at: datetime) -> str:
    """A time of day where it was recorded: HH:MM."""
    return f"{at:%H:%M}"


def participant_record(p: ParticipantState, state: SessionState) -> ParticipantRecord:
    """What was recorded of one participant so far."""
    attended, link = attendance(p), p.person.link(state.protocol.id)
    return ParticipantRecord(
        id=p.person.id,
        name=p.person.name,
        attendance=attended,
        minutes=None if attended is None else minutes(p, state, state.until()),
        measures=measured(p, state),
        cues={str(cue): count for cue, count in p.cues.items()},
        level=p.level,
        strategies=p.in_force,
        grading=_grading(p),
        arrived=clock_time(p.stays[0].start) if p.stays and p.arrival_stated else None,
        left=_left(p),
        rest_minutes=rest_minutes(p, state.until()),
        purposes=link.purposes,
        carry_over=link.carry_over,
        **_balance(p),
        **_ratings(p, state),
        **_words(p),
    )


# --- measures ----------------------------------------------------------------------------------------


def measured(p: ParticipantState, state: SessionState) -> dict[str, Recorded]:
    """What was recorded on each measure, by its id; measures without a record are absent."""
    found = {measure.id: _measure(p, measure, state) for measure in state.protocol.measures}
    return {measure_id: value for measure_id, value in found.items() if value is not None}


def _measure(p: ParticipantState, measure: AnyMeasure, state: SessionState) -> Recorded | None:
    match measure:
        case CountMeasure():
            return _count(p, measure)
        case TrialMeasure():
            return _attempts(p, measure) or None
        case ValueMeasure():
            values = [reading.value for reading in p.readings if reading.measure == measure.id]
            return _whole(values[-1]) if values else None
        case _:
            return _bouts(p, measure, state) or None


def _count(p: ParticipantState, measure: CountMeasure) -> int | SidedCount | None:
    if not measure.sides:
        return p.count(measure.id)
    left, right = p.count(measure.id, Side.LEFT), p.count(measure.id, Side.RIGHT)
    return None if left is None and right is None else SidedCount(left=left, right=right)


def _attempts(p: ParticipantState, measure: TrialMeasure) -> list[Attempt]:
    return [
        Attempt(at=_moment(t.at), image=t.image, recalled=t.recalled, of=measure.parts, correct=t.correct)
        for t in p.trials
        if t.measure == measure.id
    ]


def _bouts(p: ParticipantState, measure: AnyMeasure, state: SessionState) -> list[Bout]:
    clocks = [clock for clock in p.clocks if clock.measure == measure.id]
    aimed = not isinstance(measure, StopwatchMeasure)
    return [
        Bout(
            at=_moment(clock.span.start) if clock.span else None,
            seconds=_whole(round(clock_s(clock, state, state.until()), 1)),
            target=clock.target_s if aimed else None,
            side=clock.side if aimed else None,
            patterns=clock.patterns,
            how=clock.how,
            reason=clock.reason,
        )
        for clock in clocks
    ]


# --- the rest of a participant's record --------------------------------------------------------------


def _grading(p: ParticipantState) -> tuple[GradeChange, ...]:
    """A change without a new strategy names the one it took away."""
    return tuple(
        GradeChange(
            at=_moment(g.at),
            from_level=g.from_level,
            to_level=g.to_level,
            strategy=";".join(g.strategies or g.ended),
            reason=g.reason,
            ended=";".join(g.ended) if g.strategies else "",
        )
        for g in p.gradings
    )


def _left(p: ParticipantState) -> str | None:
    end = p.stays[-1].end if p.stays else None
    return clock_time(end) if end and p.presence == Presence.LEFT else None


def _balance(p: ParticipantState) -> dict[str, Any]:
    """Counts where there were any; 0 only where somebody stated it."""
    unsteady, lob, falls = (p.incident_count(o) for o in (Outcome.UNSTEADY, Outcome.LOB, Outcome.FALL))
    return {
        "unsteady": unsteady if unsteady or p.steady_stated else None,
        "lob": lob if lob or p.watched else None,
        "falls": falls or None,
        "balance_watched": p.watched,
    }


def _ratings(p: ParticipantState, state: SessionState) -> dict[str, Any]:
    """The latest rating on each scale; of pain the first too, where there are two."""
    pains = [_whole(float(rating.value)) for rating in p.rated("pain")]
    helps = [assistance_text(str(r.value), r.helpers, state) for r in p.rated("assistance")]
    efforts = [_whole(float(rating.value)) for rating in p.rated("exertion")]
    return {
        "assistance": _last(helps),
        "difficulty": _last([r.value for r in p.rated("difficulty")]),
        "difficulty_directions": _last([r.value for r in p.rated("directions")]),
        "pain_before": pains[0] if len(pains) > 1 else None,
        "pain": _last(pains),
        "rpe": _last(efforts),
    }


def _words(p: ParticipantState) -> dict[str, Any]:
    """Words as they were kept; reasons (why absent, declined, left) stand among the remarks."""
    return {
        "response": "; ".join(words.text for words in p.said("response")) or None,
        "plan": "; ".join(words.text for words in p.said("plan")) or None,
        "remarks": tuple(words.text for words in p.words if words.what in ("remark", "reason")),
    }


# --- events ------------------------------------------------------------------------------------------

_SHARED: Final = frozenset(Event.__struct_fields__)


def event_record(event: Event, state: SessionState) -> dict[str, Any]:
    """One event: what all have in common, then its own fields; what it does not say is absent."""
    shared = {
        "id": event.id,
        "kind": event.kind,
        "at": _moment(event.at),
        "entered": _moment(event.entered),
        "by": event.by,
        "participants": list(rightful(event, state.moved).participants),
        "undone": event.id in state.undone,
        "source": event.source,
    }
    return _said(shared) | _own(event)


def _own(event: Event) -> dict[str, Any]:
    """The fields of its kind; a count, a level or a yes/no is there even at its default."""
    fields = zip(event.__struct_fields__, event.__struct_encode_fields__, strict=True)
    own = {key: getattr(event, field) for field, key in fields if field not in _SHARED}
    plain: Mapping[str, Any] = msgspec.to_builtins(own)
    return {key: value for key, value in plain.items() if value not in (None, "", [], {})}


def _said(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}


# --- small tools -------------------------------------------------------------------------------------


def _moment(at: datetime | None) -> str | None:
    """ISO 8601 with the offset from UTC."""
    return at.isoformat() if at else None


def _whole(number: float) -> Number:
    """A whole number without its `.0`."""
    return int(number) if float(number).is_integer() else number


def _last(values: list[Any]) -> Any:
    return values[-1] if values else None
