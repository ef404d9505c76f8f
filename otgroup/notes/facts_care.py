"""What the leader did and saw: grading, assistance, balance, ratings, as facts."""

from datetime import datetime
from typing import Literal

from otgroup.errors import NotFound
from otgroup.notes.fact_parts import After, Assist, Balance, Events, Figure, Grading, Incident, Said
from otgroup.notes.facts_done import counts
from otgroup.notes.record import Record
from otgroup.session import state as st
from otgroup.session.events import Graded, LevelStated, Outcome
from otgroup.session.fold import effective
from otgroup.session.people import PersonId
from otgroup.session.protocol import Protocol
from otgroup.session.state import ParticipantState, SessionState


def strategy_text(protocol: Protocol, strategy_id: str) -> str:
    """A strategy's words; a strategy the protocol does not have is told by its id."""
    try:
        return protocol.strategy(strategy_id).text
    except NotFound:
        return strategy_id.replace("-", " ")


# --- grading -------------------------------------------------------------------------------------


def gradings(record: Record) -> tuple[Grading, ...]:
    """Every change of the task; one that went nowhere (an end of the ladder, no strategy) is no change."""
    return tuple(
        _grading(record, g, before)
        for before, g in zip((None, *record.p.gradings), record.p.gradings, strict=False)
        if g.from_level != g.to_level or g.strategies or g.ended
    )


def _grading(record: Record, g: st.Grading, before: st.Grading | None) -> Grading:
    events = record.events(g.id, (g.id,))
    return Grading(
        direction=_direction(g, record.protocol),
        at=record.clocked(g.at, (g.id,)),
        from_level=Figure(g.from_level, (g.id,)),
        to_level=Figure(g.to_level, (g.id,)),
        strategies=tuple(dict.fromkeys(strategy_text(record.protocol, s) for s in g.strategies)),
        ended=tuple(dict.fromkeys(strategy_text(record.protocol, s) for s in g.ended)),
        reason=record.screen.keep("reason", g.reason, events),
        response=record.screen.keep("response", g.response, events),
        after=_after(record, g),
        events=events,
        follows=before is not None and before.to_level == g.from_level,
    )


def _direction(g: st.Grading, protocol: Protocol) -> Literal["harder", "easier"]:
    """Which way; at an end of the ladder the strategy tells, not the level."""
    if g.from_level == g.to_level and g.strategies:
        harder = protocol.grading.harder if protocol.grading else ()
        return "harder" if any(s.id == g.strategies[-1] for s in harder) else "easier"
    return g.direction


def _after(record: Record, g: st.Grading) -> After | None:
    """What was done after a change, up to the next one; None where no times tell."""
    if g.at is None:
        return None
    p = record.p
    end = min((o.at for o in p.gradings if o.at and o.at > g.at), default=None)

    def later(at: datetime | None) -> bool:
        return at is not None and g.at is not None and g.at < at and (end is None or at < end)

    tallies = [t for t in p.tallies if later(t.at)]
    trials = [t for t in p.trials if later(t.at) and t.phase == "scored"]
    if not tallies and not trials:
        return None
    main = [t for t in tallies if t.measure == record.protocol.main_measure.id]
    return After(counts(main, record.protocol), clear=_clear(p, g.at, end))


def _clear(p: ParticipantState, since: datetime, end: datetime | None) -> bool:
    """Balance was watched and nobody recorded more than a wobble after that change."""
    worse = (i for i in p.incidents if i.outcome != Outcome.UNSTEADY and i.count)
    return p.watched is True and all(i.at and (i.at <= since or (end and i.at > end)) for i in worse)


def moments(p: ParticipantState, gradings: tuple[Grading, ...], balance: Balance) -> tuple[Grading | Incident, ...]:
    """Incidents and changes of the task as they followed each other; those without a time come first."""
    at = {i.id: i.at for i in p.incidents} | {g.id: g.at for g in p.gradings}
    told: list[Grading | Incident] = [*balance.falls, *balance.losses, *balance.unsteady, *gradings]

    def when(item: Grading | Incident) -> float:
        known = next((at[e] for e in item.events if e in at), None)
        return known.timestamp() if known else 0.0

    return tuple(sorted(told, key=when))


def levels(p: ParticipantState) -> tuple[Figure | None, Figure | None]:
    """The level at the start and at the end."""
    events = tuple(r.id for r in p.rated("level")) + tuple(g.id for g in p.gradings)
    start = None if p.starting_level is None else Figure(p.starting_level, events[:1])
    end = None if p.level is None else Figure(p.level, events[-1:])
    return start, end


def in_force(record: Record) -> tuple[Said, ...]:
    """Strategies in force at the end that no change of this session brought in."""
    p, state = record.p, record.state
    brought = {s for g in p.gradings for s in g.strategies}
    return tuple(
        Said(strategy_text(state.protocol, s), _stated_in(p.person.id, s, state))
        for s in p.in_force
        if s not in brought
    )


def _stated_in(person: PersonId, strategy: str, state: SessionState) -> Events:
    return tuple(
        e.id
        for e in effective(state)
        if isinstance(e, LevelStated | Graded) and person in e.participants and strategy in e.strategies
    )


# --- assistance and balance ----------------------------------------------------------------------


def assistance(record: Record) -> tuple[Assist, ...]:
    """Assistance in its course; the same twice in a row is told once."""
    course: list[Assist] = []
    for r in record.p.rated("assistance"):
        level = record.state.scales.assistance_level(str(r.value))
        text = level.long if level else str(r.value)
        if course and (course[-1].text, course[-1].helpers.value) == (text, r.helpers):
            continue
        at = record.clocked(r.at, (r.id,))
        course.append(Assist(text=text, helpers=Figure(r.helpers, (r.id,)), at=at, events=(r.id,)))
    return tuple(course)


def difficulty(record: Record, what: str) -> Said | None:
    """The last rating of the activity's difficulty, or of following directions."""
    rated = record.p.rated(what)
    if not rated:
        return None
    known = {level.id: level.long for level in record.state.scales.difficulty}
    return Said(known.get(str(rated[-1].value), str(rated[-1].value)), (rated[-1].id,))


def balance(record: Record) -> Balance:
    """What was seen of their balance. Open incidents are neither unsteadiness nor a loss of balance."""
    p = record.p
    kinds: dict[Outcome, tuple[Incident, ...]] = {
        kind: tuple(_incident(record, i, kind) for i in p.incidents if i.outcome == kind and i.count)
        for kind in Outcome
    }
    unknown = [i for i in p.incidents if i.outcome is None and i.count]
    times = (record.clocked(i.at, (i.id,)) for i in unknown)
    lost = kinds[Outcome.LOB] or kinds[Outcome.FALL] or unknown
    return Balance(
        watched=p.watched,
        no_lob=p.watched is True and not lost,
        steady=p.steady_stated and not lost and not kinds[Outcome.UNSTEADY],
        unsteady=kinds[Outcome.UNSTEADY],
        losses=kinds[Outcome.LOB],
        falls=kinds[Outcome.FALL],
        unsteady_total=_total(kinds[Outcome.UNSTEADY]),
        losses_total=_total(kinds[Outcome.LOB]),
        falls_total=_total(kinds[Outcome.FALL]),
        open=tuple(t for t in times if t),
        open_count=len(unknown),
        events=p.watch_events,
    )


def _total(incidents: tuple[Incident, ...]) -> Figure | None:
    events = tuple(e for i in incidents for e in i.count.events)
    return Figure(sum(int(i.count.value) for i in incidents), events) if incidents else None


def _incident(record: Record, i: st.Incident, kind: Outcome) -> Incident:
    events = record.events(i.id, (i.id,))
    return Incident(
        outcome=kind.value,
        count=Figure(i.count, events),
        at=record.clocked(i.at, (i.id,)),
        recovery=str(i.recovery or ""),
        direction=record.screen.keep("incident", i.direction, events),
        during=record.screen.keep("incident", i.during, events),
        text=record.screen.keep("incident", i.text, events),
        events=events,
    )
