"""What stands above a note: who, when, how long, with how many; and why somebody came late or left."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import UNSET, UnsetType

from otgroup.billing.treated_time import TreatedTime, treated_time
from otgroup.notes.facts.figures import Events, Figure, HeaderFacts, Said, TimeOfDay, TreatedRestFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.names import normalized
from otgroup.record.course import Ended
from otgroup.record.event import Event, TimeKind
from otgroup.record.parts.presence import Arrived, Left
from otgroup.record.parts.words import ReasonGiven
from otgroup.record.spans import Span, covered_s
from otgroup.record.state import SessionState

OwnEvents = tuple[Event, ...]


def own_events(record: Record) -> OwnEvents:
    """The events that count for this participant, those of the whole group among them."""
    mine = record.p.person.id
    return tuple(e for e in record.state.effective if not e.participants or mine in e.participants)


def header(record: Record, own: OwnEvents) -> HeaderFacts:
    """What stands above the body of this participant's note."""
    p, state = record.p, record.state
    kind = p.presence.attendance
    time = treated_time(p, state, record.entered)
    return HeaderFacts(
        session=state.id,
        participant=p.person.id,
        name=normalized(p.person.name),
        short_name=normalized(p.person.short_name),
        record_number=p.person.record_number,
        date=state.started_at.date().isoformat(),
        title=state.protocol.title,
        leader=str(state.leader),
        attendance=kind if kind in ("late", "left_early") else "present",
        start=record.time_of_day(state.started_at, (state.log[0].id,)),
        end=record.time_of_day(state.ended_at, _ids(own, Ended)),
        arrived=_arrived(record, own),
        left=_left(record, own),
        rest_minutes=_rest(record, own),
        pause_minutes=_pause(record, own),
        minutes=_treated(record, own),
        timed_minutes=_timed(record, own, time),
        group_size=Figure(_sizes(time)[-1], _made_alone(record)),
        group_least=_least(record, time),
        group_minutes=_group_minutes(record, time),
        alone_when=_alone_when(time),
        alone_minutes=_alone_minutes(record, time),
        present_s=_present_s(record, own),
        rest_s=_rest_s(record, own),
        pause_s=_pause_s(record, own),
        arrival_reason=_reason(Arrived, record, own),
        leaving_reason=_leaving_reason(record, own) if kind == "left_early" else None,
        deficits=record.screen.keep_all("deficit", p.person.deficits, ()),
        precautions=record.screen.keep_all("precaution", p.person.precautions, ()),
    )


# --- minutes -------------------------------------------------------------------------------------


def _treated(record: Record, own: OwnEvents) -> Figure:
    return Figure(record.p.presence.minutes(record.state.elapsed(record.until)), _making_minutes(own))


def _rest(record: Record, own: OwnEvents) -> Figure | None:
    rest = record.p.presence.rest_minutes(record.until)
    return None if rest is None else Figure(rest, _of_time(own, "rest", "rest total"))


def _present_s(record: Record, own: OwnEvents) -> Figure:
    return Figure(int(covered_s(record.p.presence.stays, record.until)), _of_time(own, "presence"))


def _rest_s(record: Record, own: OwnEvents) -> Figure | None:
    """Seconds of their presence that were untreated rest; None where there was none."""
    p = record.p
    taken = covered_s(p.presence.stays, record.until) - covered_s(
        p.presence.stays, record.until, p.presence.untreated_rests
    )
    seconds = int(taken) + 60 * (p.presence.rest_total or 0)
    return Figure(seconds, _of_time(own, "rest", "rest total")) if seconds else None


def _pause(record: Record, own: OwnEvents) -> Figure | None:
    """Whole minutes of their presence that the group paused, rest apart; None where it did not pause."""
    paused = _pause_s(record, own)
    return Figure(int(paused.value // 60), paused.events) if paused else None


def _pause_s(record: Record, own: OwnEvents) -> Figure | None:
    p, pauses = record.p, record.state.pauses
    here = covered_s(p.presence.stays, record.until, p.presence.untreated_rests)
    going_on = covered_s(p.presence.stays, record.until, (*p.presence.untreated_rests, *pauses))
    return Figure(int(here - going_on), _of_time(own, "pause")) if here > going_on else None


def _timed(record: Record, own: OwnEvents, time: TreatedTime) -> Figure | None:
    """All minutes of a session that was one-on-one throughout, none of a group. Somebody left alone in a
    group has minutes of both kinds: which of them count, the leader says (domain: Part B, 97150).
    """
    counted = time.confirmed + time.entered_within
    if said := time.alone_decision:
        return Figure(counted, (said.id,))
    if time.throughout:
        return Figure(counted, _making_minutes(own))
    if not time.split.alone:
        return Figure(0, _arrivals(record.state))
    return Figure(counted, _made_alone(record)) if counted else None


def _sizes(time: TreatedTime) -> tuple[int, ...]:
    """The sizes of the group they were in, smallest first; 1 where they were with the leader alone."""
    one_on_one = time.throughout or (time.split.alone and not time.in_group_minutes)
    return (1,) if one_on_one or not time.spans.sizes else time.spans.sizes


def _least(record: Record, time: TreatedTime) -> Figure | UnsetType:
    least, most = _sizes(time)[0], _sizes(time)[-1]
    return Figure(least, _made_alone(record)) if least < most else UNSET


def _both_ways(time: TreatedTime) -> bool:
    """Whether they were treated in a group and alone, a whole minute each."""
    return bool(time.in_group_minutes and time.split.alone)


def _group_minutes(record: Record, time: TreatedTime) -> Figure | UnsetType:
    return Figure(time.in_group_minutes, _made_alone(record)) if _both_ways(time) else UNSET


def _alone_when(time: TreatedTime) -> Literal["before", "after", "between"] | UnsetType:
    """Whether the time alone came before or after the group's; `between` where they took turns."""
    if not _both_ways(time):
        return UNSET
    alone, group = time.spans.alone, sorted((*time.spans.together, *time.spans.beyond), key=lambda span: span.start)
    if alone[0].start > group[-1].start:
        return "after"
    return "before" if alone[-1].start < group[0].start else "between"


def _alone_minutes(record: Record, time: TreatedTime) -> Figure | None:
    """Whole minutes of treatment in which nobody else of the group was there; None where there were none."""
    alone = 0 if time.throughout else time.split.alone
    return Figure(alone, _made_alone(record)) if alone else None


def _made_alone(record: Record) -> Events:
    """Who came and went: that makes the group's size, and alone is who nobody else is with."""
    return _making_minutes(record.state.effective)


def treated_rests(record: Record) -> tuple[TreatedRestFacts, ...]:
    """Each rest that was treatment, seated monitoring or instruction: whole minutes, and what was remarked in it."""
    events = _of_time(own_events(record), "rest")
    return tuple(_treated_rest(record, rest, events) for rest in record.p.presence.treated_rests)


def _treated_rest(record: Record, rest: Span, events: Events) -> TreatedRestFacts:
    whole = int(covered_s((rest,), record.until, record.state.pauses) // 60)
    remarks = [w for w in record.p.words.of("remark") if in_rest(w.at, rest)]
    said = (record.screen.keep_within("remark", w.text, (w.id,)) for w in remarks)
    return TreatedRestFacts(Figure(whole, events), tuple(s for s in said if s))


def in_rest(at: datetime | None, rest: Span) -> bool:
    """Whether that was while the rest went on."""
    return at is not None and rest.start <= at and (rest.end is None or at < rest.end)


def _making_minutes(events: Iterable[Event]) -> Events:
    """The events that minutes of treatment come from."""
    return tuple(e.id for e in events if e.times)


def _of_time(own: OwnEvents, *kinds: TimeKind) -> Events:
    """The events that begin, end or add to times of these kinds."""
    return tuple(e.id for e in own if not e.times.isdisjoint(kinds))


def _ids(own: OwnEvents, kind: type[Event]) -> Events:
    return tuple(e.id for e in own if isinstance(e, kind))


def _arrivals(state: SessionState) -> Events:
    return tuple(e.id for e in state.log if isinstance(e, Arrived) and e.id not in state.undone)


# --- coming and going ----------------------------------------------------------------------------


def _arrived(record: Record, own: OwnEvents) -> TimeOfDay | None:
    """When they came, where somebody stated it."""
    if not record.p.presence.arrival_stated or not record.p.presence.stays:
        return None
    return record.time_of_day(record.p.presence.stays[0].start, _ids(own, Arrived))


def _left(record: Record, own: OwnEvents) -> TimeOfDay | None:
    """When they left, where they did so before the end."""
    if record.p.presence.attendance != "left_early" or not record.p.presence.stays:
        return None
    return record.time_of_day(record.p.presence.stays[-1].end, _ids(own, Left))


def _reason(kind: type[Event], record: Record, own: OwnEvents) -> Said | None:
    """The last reason given for an event of that kind."""
    ids = {e.id for e in own if isinstance(e, kind)}
    given = [e for e in own if isinstance(e, ReasonGiven) and e.of in ids]
    return record.screen.keep_within("reason", given[-1].reason, (given[-1].id,)) if given else None


def _leaving_reason(record: Record, own: OwnEvents) -> Said | None:
    left = [e for e in own if isinstance(e, Left) and e.reason]
    later = _reason(Left, record, own)
    return later or (record.screen.keep_within("reason", left[-1].reason, (left[-1].id,)) if left else None)
