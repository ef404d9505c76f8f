"""What the leader did and saw: grading, assistance, support, ratings, as facts."""

from datetime import datetime
from typing import Literal

from msgspec import structs

from otgroup.errors import NotFound
from otgroup.notes.facts.done import counts
from otgroup.notes.facts.figures import Events, Figure, Said, StrategyFacts, SupportFacts
from otgroup.notes.facts.kinds import AfterGradingFacts, AssistanceFacts, GradingFacts
from otgroup.notes.facts.record import Record
from otgroup.record.part import Noted, earliest
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import Outcome
from otgroup.record.parts.grading import Change, LevelStated
from otgroup.record.people import PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.state import SessionState


def strategy_facts(protocol: Protocol, strategy_id: str, events: Events) -> StrategyFacts:
    """A strategy's words; a strategy the protocol does not have is told by its id."""
    try:
        strategy = protocol.strategy(strategy_id)
    except NotFound:
        return StrategyFacts(strategy_id.replace("-", " "), events=events)
    return StrategyFacts(strategy.text, strategy.as_state, events)


# --- grading -------------------------------------------------------------------------------------


def gradings(record: Record) -> tuple[GradingFacts, ...]:
    """Every change of the task; one that went nowhere (an end of the ladder, no strategy) is no change."""
    return tuple(
        _grading(record, g, before)
        for before, g in zip((None, *record.p.grading.changes), record.p.grading.changes, strict=False)
        if g.from_level != g.to_level or g.strategies or g.ended
    )


def _grading(record: Record, g: Change, before: Change | None) -> GradingFacts:
    events = record.events(g.id, (g.id,))
    return GradingFacts(
        direction=_direction(g, record.protocol),
        at=record.time_of_day(g.at, (g.id,)),
        from_level=Figure(g.from_level, (g.id,)),
        to_level=Figure(g.to_level, (g.id,)),
        strategies=tuple(dict.fromkeys(strategy_facts(record.protocol, s, events) for s in g.strategies)),
        ended=tuple(dict.fromkeys(strategy_facts(record.protocol, s, events) for s in g.ended)),
        reason=record.screen.keep_within("reason", g.reason, events),
        response=record.screen.keep_within("response", g.response, events),
        after=_after(record, g),
        events=events,
        follows=before is not None and before.to_level == g.from_level,
        back=before is not None and bool(g.ended) and (g.ended, ()) == (before.strategies, _fresh(g)),
    )


def _fresh(g: Change) -> tuple[str, ...]:
    """The strategies that came in, without those it ended."""
    return tuple(s for s in g.strategies if s not in g.ended)


def _direction(g: Change, protocol: Protocol) -> Literal["harder", "easier"]:
    """Harder or easier; at an end of the ladder the strategy tells, not the level."""
    if g.from_level == g.to_level and g.strategies:
        harder = protocol.grading.harder if protocol.grading else ()
        return "harder" if any(s.id == g.strategies[-1] for s in harder) else "easier"
    return g.direction


def _after(record: Record, g: Change) -> AfterGradingFacts | None:
    """What was done after a change, up to the next one; None where no times tell."""
    if g.at is None:
        return None
    p = record.p
    end = min((o.at for o in p.grading.changes if o.at and o.at > g.at), default=None)

    def later(at: datetime | None) -> bool:
        return at is not None and g.at is not None and g.at < at and (end is None or at < end)

    tallies = [t for t in p.counts.entries if later(t.at)]
    trials = [t for t in p.trials.attempts if later(t.at) and t.phase == "scored"]
    if not tallies and not trials:
        return None
    main = [t for t in tallies if t.measure == record.protocol.main_measure.id]
    told = tuple(structs.replace(c, aside="") for c in counts(main, record.protocol))  # said of all of them
    return AfterGradingFacts(told, clear=_clear(p, g.at, end))


def _clear(p: Participant, since: datetime, end: datetime | None) -> bool:
    """Balance was watched and nobody recorded more than a wobble after that change."""
    worse = (i for i in p.balance.incidents if i.outcome != Outcome.UNSTEADY and i.count)
    return p.balance.watched is True and all(i.at and (i.at <= since or (end and i.at > end)) for i in worse)


def levels(p: Participant) -> tuple[Figure | None, Figure | None]:
    """The level at the start and at the end."""
    events = tuple(r.id for r in p.grading.stated) + tuple(g.id for g in p.grading.changes)
    start = None if p.grading.starting_level is None else Figure(p.grading.starting_level, events[:1])
    end = None if p.grading.level is None else Figure(p.grading.level, events[-1:])
    return start, end


def starting_strategies(record: Record) -> tuple[StrategyFacts, ...]:
    """The strategies that a statement of the level named: those they began with."""
    stated = [r for r in record.p.grading.stated if r.strategies]
    return tuple(
        strategy_facts(record.protocol, s, _stated_in(record.p.person.id, s, record.state))
        for s in (stated[-1].strategies if stated else ())
    )


def _stated_in(person: PersonId, strategy: str, state: SessionState) -> Events:
    return tuple(
        e.id
        for e in state.effective
        if isinstance(e, LevelStated) and person in e.participants and strategy in e.strategies
    )


# --- assistance and difficulty ----------------------------------------------------------------------


def assistance_facts(record: Record) -> tuple[AssistanceFacts, ...]:
    """Assistance in its course; the same twice in a row is told once."""
    course: list[AssistanceFacts] = []
    for r in record.p.help.assistance:
        level = record.state.scales.assistance_level(r.level)
        text = level.long if level else r.level
        if course and (course[-1].text, course[-1].helpers.value) == (text, r.helpers):
            continue
        at = record.time_of_day(r.at, (r.id,))
        alone = level is not None and level.without_help
        course.append(
            AssistanceFacts(text=text, alone=alone, helpers=Figure(r.helpers, (r.id,)), at=at, events=(r.id,))
        )
    return tuple(course)


def support_facts(record: Record) -> tuple[SupportFacts, ...]:
    """What supported them; with its time where it came once work had begun."""
    begun = work_begun(record.p)
    told: dict[str, SupportFacts] = {}
    for words in record.p.help.support:
        said = record.screen.keep_within("support", words.text, (words.id,))
        if said and said.text not in told:
            later = begun is not None and words.at is not None and words.at > begun
            at = record.time_of_day(words.at, (words.id,)) if later else None
            told[said.text] = SupportFacts(said.text, at, said.events)
    return tuple(told.values())


def work_begun(p: Participant) -> datetime | None:
    """When the first thing they did was recorded; None where no time tells."""
    return earliest(*(part.first_at for part in p.parts))


def difficulty_rating(record: Record, rated: tuple[Noted, ...]) -> Said | None:
    """The last rating of the activity's difficulty, or of following directions."""
    if not rated:
        return None
    known = {level.id: level.long for level in record.state.scales.difficulty}
    return Said(known.get(rated[-1].text, rated[-1].text), (rated[-1].id,))
