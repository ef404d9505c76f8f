"""What was seen of a participant's balance, and in which order it and the changes of the task came, as facts."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import msgspec

from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import BalanceFacts, GradingFacts, IncidentFacts
from otgroup.notes.facts.record import Record
from otgroup.record.part import Rating
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import Incident, Outcome

PAIN_AFTER: Final = timedelta(minutes=2)
"""How soon after an incident pain is asked for because of it."""


def balance_facts(record: Record) -> BalanceFacts:
    """What was seen of their balance. Open incidents are neither unsteadiness nor a loss of balance."""
    p = record.p
    kinds: dict[Outcome, tuple[IncidentFacts, ...]] = {
        kind: tuple(_incident(record, i, kind) for i in p.balance.incidents if i.outcome == kind and i.count)
        for kind in Outcome
    }
    unknown = [i for i in p.balance.incidents if i.outcome is None and i.count]
    times = (record.time_of_day(i.at, (i.id,)) for i in unknown)
    lost = kinds[Outcome.LOB] or kinds[Outcome.FALL] or unknown
    return BalanceFacts(
        watched=p.balance.watched,
        no_lob=p.balance.watched is True and not lost,
        steady=p.balance.steady_stated and not lost and not kinds[Outcome.UNSTEADY],
        unsteady=kinds[Outcome.UNSTEADY],
        losses=kinds[Outcome.LOB],
        falls=kinds[Outcome.FALL],
        unsteady_total=_total(kinds[Outcome.UNSTEADY]),
        losses_total=_total(kinds[Outcome.LOB]),
        falls_total=_total(kinds[Outcome.FALL]),
        open=tuple(t for t in times if t),
        open_count=len(unknown),
        events=p.balance.watch_events,
    )


def _total(incidents: tuple[IncidentFacts, ...]) -> Figure | None:
    events = tuple(e for i in incidents for e in i.count.events)
    return Figure(sum(int(i.count.value) for i in incidents), events) if incidents else None


def _incident(record: Record, i: Incident, kind: Outcome) -> IncidentFacts:
    events = record.events(i.id, (i.id,))
    return IncidentFacts(
        outcome=kind.value,
        count=Figure(i.count, events),
        at=record.time_of_day(i.at, (i.id,)),
        recovery=str(i.recovery or ""),
        direction=record.screen.keep_within("incident", i.direction, events),
        during=record.screen.keep_within("incident", i.during, events),
        text=record.screen.keep("incident", i.text, events),
        events=events,
        pain=_pain_of(record.p, i),
    )


# --- pain ----------------------------------------------------------------------------------------


def _pain_of(p: Participant, i: Incident) -> Figure | None:
    """The first pain asked within two minutes after a loss of balance or a fall, before another one."""
    asked = [r for r in p.scores.pain if _latest_before(p, r) == i.id]
    return _score(asked[0]) if asked else None


def _latest_before(p: Participant, pain: Rating) -> str | None:
    """The incident that a score of pain belongs to."""
    grave = [i for i in p.balance.incidents if i.outcome in (Outcome.LOB, Outcome.FALL) and i.count]
    near = [i for i in grave if i.at and pain.at and timedelta(0) <= pain.at - i.at <= PAIN_AFTER]
    return near[-1].id if near else None


def _score(rating: Rating) -> Figure:
    return Figure(float(rating.value), (rating.id,))


def pain_apart(p: Participant) -> tuple[Figure, ...]:
    """The course of pain; nothing where all of it is told with incidents."""
    told = {_latest_before(p, r) for r in p.scores.pain}
    all_told = None not in told and len(told) == len(p.scores.pain)
    return () if all_told else tuple(map(_score, p.scores.pain))


# --- the order of events -------------------------------------------------------------------------


def moments(
    p: Participant, gradings: tuple[GradingFacts, ...], balance: BalanceFacts
) -> tuple[GradingFacts | IncidentFacts, ...]:
    """Incidents and changes of the task as they followed each other; those without a time come first."""
    at = {i.id: i.at for i in p.balance.incidents} | {g.id: g.at for g in p.grading.changes}
    told: list[GradingFacts | IncidentFacts] = [*balance.falls, *balance.losses, *balance.unsteady, *gradings]

    def when(item: GradingFacts | IncidentFacts) -> float:
        known = next((at[e] for e in item.events if e in at), None)
        return known.timestamp() if known else 0.0

    return tuple(_merged(sorted(told, key=when)))


def _merged(told: Iterable[GradingFacts | IncidentFacts]) -> list[GradingFacts | IncidentFacts]:
    """Incidents in a row of which only the time and the recovery are known are told as one."""
    made: list[GradingFacts | IncidentFacts] = []
    for item in told:
        last = made[-1] if made else None
        if isinstance(item, IncidentFacts) and isinstance(last, IncidentFacts) and _alike(last, item):
            made[-1] = _joined(last, item)
        else:
            made.append(item)
    return made


def _alike(one: IncidentFacts, other: IncidentFacts) -> bool:
    same = (one.outcome, one.recovery, one.at is None) == (other.outcome, other.recovery, other.at is None)
    return same and one.outcome != "fall" and not any((*_more(one), *_more(other)))


def _more(i: IncidentFacts) -> tuple[object, ...]:
    """What is known of an incident besides its time and its recovery."""
    return (i.direction, i.during, i.text, i.pain)


def _joined(one: IncidentFacts, other: IncidentFacts) -> IncidentFacts:
    count = Figure(one.count.value + other.count.value, (*one.count.events, *other.count.events))
    times = {str(t): t for i in (one, other) for t in (i.times or (i.at,)) if t}
    events = (*one.events, *other.events)
    return msgspec.structs.replace(one, count=count, times=tuple(times.values()), events=events)
