"""From a session's state to what is true of one participant. Pure; every figure keeps its events."""

import re
from collections.abc import Iterable
from typing import Final

from otgroup.billing.one_on_one import OneOnOne
from otgroup.notes.english.grammar import listed
from otgroup.notes.facts import balance as balances
from otgroup.notes.facts import care
from otgroup.notes.facts.cues import cue_record, cue_sums
from otgroup.notes.facts.figures import ActivityFacts, Figure, HeaderFacts, Said, TimeOfDay, Withheld
from otgroup.notes.facts.header import header, in_rest, own_events, treated_rests
from otgroup.notes.facts.record import record_of
from otgroup.notes.facts.whole import Earlier, Facts
from otgroup.notes.names import NameScreen
from otgroup.notes.registry import outside_of, unfinished, work_of
from otgroup.record.event import Event
from otgroup.record.part import Noted, Rating
from otgroup.record.participant import Participant
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.words import WordKind
from otgroup.record.people import Link, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.state import SessionState

__all__ = ["ActivityFacts", "Earlier", "Facts", "Figure", "HeaderFacts", "Said", "TimeOfDay", "Withheld", "facts_for"]

_SPOKEN: Final = re.compile(
    r"[\"“”]|\b(?:sa(?:id|ys)|stat(?:ed|es)|report(?:ed|s)|felt|feels|asked|asks|complain(?:ed|s)|denie[ds]|I|I'm)\b"
    r"|\bcalled (?:it|the)\b"
)
"""What marks a response as the participant's own words or feeling."""

ASSISTANTS: Final = ("OTA", "COTA")
"""Credentials of those whom a note calls OT assistant."""


def facts_for(
    state: SessionState,
    person_id: PersonId,
    earlier: SessionState | None = None,
    entries: Iterable[OneOnOne] = (),
) -> Facts:
    """What a note may say of this participant (who took part); `earlier` is their last session of this group,
    `entries` one-on-one time, of which only what was entered for time alone in this session counts here.
    """
    record = record_of(state, person_id, entries)
    p, screen, own = record.p, record.screen, own_events(record)
    start, end = care.levels(p)
    gradings, balance = care.gradings(record), balances.balance_facts(record)
    responses = _words("response", p, screen)
    beforehand, remarks = _remarks(p, screen)
    link = p.link(state.protocol.id)
    return Facts(
        header=header(record, own),
        pronouns=p.person.pronouns,
        leader_word="OT assistant" if state.leader.holds(*ASSISTANTS) else "therapist",
        side_means=_side_means(state.protocol),
        activity=_activity(state, link),
        goals=screen.keep_all("goal", link.goals, ()),
        own_why=screen.keep_within("reason", link.why, ()),
        carry_over=_offered(link.carry_over, state.protocol.goal_links),
        treated_rests=treated_rests(record),
        work=work_of(record),
        cues=cue_record(record, outside_of(p)),
        assistance=care.assistance_facts(record),
        support=care.support_facts(record),
        starting_level=start,
        ending_level=end,
        level_reason=_level_reason(own, screen),
        gradings=gradings,
        moments=balances.moments(p, gradings, balance),
        in_force=care.starting_strategies(record),
        balance=balance,
        difficulty=care.difficulty_rating(record, p.scores.difficulty),
        directions=care.difficulty_rating(record, p.scores.directions),
        pain=_scores(p.scores.pain),
        pain_apart=balances.pain_apart(p),
        exertion=_scores(p.scores.exertion),
        balance_grades=_chosen("balance", p.balance.grades, screen),
        function_codes=_chosen("function", p.scores.function, screen),
        adverse=_words("adverse", p, screen),
        responses=responses,
        reported=tuple(said for said in responses if _SPOKEN.search(said.text)),
        observed=tuple(said for said in responses if not _SPOKEN.search(said.text)),
        plans=_words("plan", p, screen),
        beforehand=beforehand,
        remarks=remarks,
        earlier=_earlier(earlier, person_id),
        withheld=screen.withheld,
        unfinished=tuple(unfinished(p, state)),
    )


# --- the activity --------------------------------------------------------------------------------


def _activity(state: SessionState, link: Link) -> ActivityFacts:
    """The group's own words, and the purposes chosen for this participant."""
    protocol = state.protocol
    chosen = _offered(link.purposes, protocol.all_purposes)
    return ActivityFacts(
        id=protocol.id,
        title=protocol.title,
        activity=protocol.note_activity or protocol.activity,
        purpose=listed(chosen),
        why_group=protocol.why_group,
        body=protocol.body,
        set_up=protocol.set_up,
        side_note=protocol.side_note,
        distance_ft=protocol.distance_ft,
        directions_steps=protocol.directions_steps,
        pain_highest=state.scales.pain_highest,
        rpe_highest=state.scales.rpe_highest,
    )


def _offered(chosen: Iterable[str], offered: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the chosen words that the group file holds, in its order."""
    wanted = set(chosen)
    return tuple(text for text in offered if text in wanted)


def _side_means(protocol: Protocol) -> str:
    """What a side is a side of, for cues: the main measure says it, else the first sided one."""
    main_first = (protocol.main_measure, *protocol.measures)
    return next((m.side_word for m in main_first if m.side_names), "")


# --- words and scores ----------------------------------------------------------------------------


def _words(kind: WordKind, p: Participant, screen: NameScreen) -> tuple[Said, ...]:
    kept = (screen.keep(kind, w.text, (w.id,)) for w in p.words.of(kind))
    return tuple({said.text: said for said in kept if said}.values())


def _remarks(p: Participant, screen: NameScreen) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """The remarks made before work began, and the others; those of a treated rest are told with it."""
    begun = care.work_begun(p)
    told_elsewhere = {
        w.id for w in p.words.of("remark") if any(in_rest(w.at, rest) for rest in p.presence.treated_rests)
    }
    early = {w.id for w in p.words.of("remark") if begun and w.at and w.at < begun}
    said = [one for one in _words("remark", p, screen) if not told_elsewhere.intersection(one.events)]
    before = tuple(one for one in said if early.intersection(one.events))
    return before, tuple(one for one in said if one not in before)


def _chosen(what: str, noted: Iterable[Noted], screen: NameScreen) -> tuple[Said, ...]:
    """Grades and codes the therapist chose, as they stand in the record."""
    kept = (screen.keep(what, one.text, (one.id,)) for one in noted)
    return tuple(said for said in kept if said)


def _scores(ratings: Iterable[Rating]) -> tuple[Figure, ...]:
    return tuple(Figure(float(rating.value), (rating.id,)) for rating in ratings)


def _level_reason(own: tuple[Event, ...], screen: NameScreen) -> Said | None:
    """Why they work at that level, as long as nothing else was stated of it since."""
    stated = [e for e in own if isinstance(e, LevelStated)]
    return screen.keep_within("reason", stated[-1].reason, (stated[-1].id,)) if stated else None


def _earlier(state: SessionState | None, person_id: PersonId) -> Earlier | None:
    """The same person's figures in an earlier session; None where they took no part in it."""
    p = state.participants.get(person_id) if state and not state.voided else None
    if state is None or p is None or not p.took_part:
        return None
    record = record_of(state, person_id)
    return Earlier(
        date=state.started_at.date().isoformat(),
        minutes=Figure(p.presence.minutes(state.elapsed()), tuple(e.id for e in own_events(record) if e.times)),
        level=care.levels(p)[1],
        assistance=care.assistance_facts(record),
        balance=balances.balance_facts(record),
        pain=tuple(Figure(float(r.value), (r.id,)) for r in p.scores.pain),
        cues=cue_sums(p.cues.given, record.screen),
        work=work_of(record),
    )
