"""The reducer: what each kind of event changes, what taking back and giving away mean, and how minutes come about."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.record.codec import EVENT_KINDS, decode
from otgroup.record.course import (
    Ended,
    GroupPaused,
    GroupResumed,
    Joined,
    MachineClockSet,
    Moved,
    Reopened,
    Started,
    Undone,
    Voided,
)
from otgroup.record.event import Event, EventId
from otgroup.record.fold import apply, fold
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import (
    BalanceDetail,
    BalanceGrade,
    BalanceIncident,
    BalanceWatched,
    Outcome,
    Recovery,
)
from otgroup.record.parts.checklist import ItemBegun, ItemStated, ItemTold
from otgroup.record.parts.clocks import ClockDetail, ClockEnded, ClockStarted, ClockTotal
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.parts.decisions import AloneCoded, CodeCorrected, ModifiersCorrected
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated
from otgroup.record.parts.help import Assistance, Support
from otgroup.record.parts.presence import Absent, Arrived, Declined, Left, Rested, RestTotal, Resumed, Whereabouts
from otgroup.record.parts.scores import Difficulty, Exertion, FunctionCode, Pain
from otgroup.record.parts.trials import TrialOpened, TrialScored, TrialStepped
from otgroup.record.parts.values import Value
from otgroup.record.parts.words import Adverse, Plan, ReasonGiven, Remark, Response
from otgroup.record.people import Link, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.sides import Side
from otgroup.record.spans import Span
from otgroup.record.state import SessionState
from tests.strategies import Play, sessions, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")
NOON = datetime(2025, 11, 24, 12, 0, tzinfo=UTC)


def play(group: str = "one-leg-stance") -> Play:
    game = Play(shipped(group))
    game.here(ADA, BEN)
    return game


def ada(game: Play) -> Participant:
    return game.state().participants[ADA.id]


def ben(game: Play) -> Participant:
    return game.state().participants[BEN.id]


def worked(game: Play, until: str) -> int:
    state = game.state()
    return state.participants[ADA.id].presence.minutes(state.elapsed(state.until(game.time(until))))


# --- one event -----------------------------------------------------------------------------------

Read = Callable[[Participant], Any]

ONE_EVENT: list[tuple[type[Event], dict[str, Any], Read, Any]] = [
    (Arrived, {"late": True}, lambda p: (p.here, p.presence.late, len(p.presence.stays)), (True, True, 1)),
    (Left, {"reason": "bus"}, lambda p: (p.here, p.words.of("reason")[0].text), (False, "bus")),
    (Rested, {}, lambda p: (len(p.presence.untreated_rests), len(p.presence.treated_rests)), (1, 0)),
    (Rested, {"treated": True}, lambda p: (len(p.presence.untreated_rests), len(p.presence.treated_rests)), (0, 1)),
    (Resumed, {}, lambda p: p.presence.now, Whereabouts.HERE),
    (RestTotal, {"minutes": 4}, lambda p: p.presence.rest_total, 4),
    (Absent, {"reason": "ill"}, lambda p: (p.took_part, p.presence.attendance), (False, "absent")),
    (Declined, {}, lambda p: (p.presence.now, p.took_part, p.words.said), ("declined", False, ())),
    (
        Repetition,
        {"measure": "taps", "count": 3, "side": Side.LEFT},
        lambda p: (p.counts.total("taps", Side.LEFT), p.counts.total("taps", Side.RIGHT)),
        (3, None),
    ),
    (Repetition, {"measure": "taps", "count": 0, "side": Side.LEFT}, lambda p: p.counts.total("taps", Side.LEFT), 0),
    (
        SetDone,
        {"measure": "taps", "actual": 14, "target": 15, "side": Side.RIGHT},
        lambda p: (p.counts.total("taps", Side.RIGHT), p.counts.entries[0].is_set, p.counts.entries[0].target),
        (14, True, 15),
    ),
    (TrialOpened, {"measure": "image", "attempt": 1, "image": 2}, lambda p: p.trials.open.image, 2),
    (ClockStarted, {"measure": "time", "target_s": 60}, lambda p: p.clocks.running().target_s, 60),
    (
        ClockTotal, {"measure": "time", "seconds": 85},
        lambda p: (p.clocks.bouts[0].stated_s, p.clocks.bouts[0].runs), (85, False),
    ),
    (Value, {"measure": "load", "value": 7.5}, lambda p: [r.value for r in p.values.readings], [7.5]),
    (ItemBegun, {"measure": "recipe", "item": "stir"}, lambda p: p.checklists.open.item, "stir"),
    (
        ItemStated, {"measure": "recipe", "item": "stir", "outcome": "omitted", "cues": 0},
        lambda p: (p.checklists.open, p.checklists.latest("recipe")["stir"].cues), (None, 0),
    ),
    (CueGiven, {"type": Cue.TACTILE, "count": 2}, lambda p: p.cues.by_type, {Cue.TACTILE: 2}),
    (CueGiven, {"type": Cue.VERBAL, "count": 0}, lambda p: p.cues.by_type, {Cue.VERBAL: 0}),
    (
        LevelStated, {"level": -1, "strategies": ("one-hand",)},
        lambda p: (p.grading.level, p.grading.in_force), (-1, ("one-hand",)),
    ),
    (LevelStated, {"strategies": ("one-hand",)}, lambda p: (p.grading.level, p.grading.stated), (None, ())),
    (
        Graded,
        {"from_level": 0, "to_level": 1, "strategies": ("dual-task",)},
        lambda p: (p.grading.level, p.grading.in_force, p.grading.changes[0].direction, p.grading.starting_level),
        (1, ("dual-task",), "harder", 0),
    ),
    (
        Assistance,
        {"level": "moderate", "helpers": 2},
        lambda p: [(r.level, r.helpers) for r in p.help.assistance],
        [("moderate", 2)],
    ),
    (Support, {"text": "chair back"}, lambda p: [w.text for w in p.help.support], ["chair back"]),
    (BalanceIncident, {}, lambda p: (p.balance.open_incident is not None, p.balance.count(Outcome.LOB)), (True, 0)),
    (BalanceIncident, {"outcome": Outcome.LOB, "count": 2}, lambda p: p.balance.count(Outcome.LOB), 2),
    (BalanceWatched, {"watched": True}, lambda p: (p.balance.watched, p.balance.steady_stated), (True, False)),
    (BalanceWatched, {"steady": True}, lambda p: (p.balance.watched, p.balance.steady_stated), (None, True)),
    (
        BalanceGrade,
        {"position": "standing", "motion": "dynamic", "grade": "Fair"},
        lambda p: p.balance.grades[0].text,
        "Fair (standing, dynamic)",
    ),
    (Difficulty, {"what": "directions", "level": "minimal"}, lambda p: len(p.scores.difficulty), 0),
    (Difficulty, {"what": "activity", "level": "minimal"}, lambda p: p.scores.difficulty[0].text, "minimal"),
    (Pain, {"score": 0}, lambda p: [r.value for r in p.scores.pain], [0]),
    (Exertion, {"score": 0.5}, lambda p: [r.value for r in p.scores.exertion], [0.5]),
    (FunctionCode, {"item": "transfer", "code": "04"}, lambda p: p.scores.function[0].text, "transfer 04"),
    (Adverse, {"text": "dizzy"}, lambda p: p.words.of("adverse")[0].text, "dizzy"),
    (Linked, {"goals": ("G1",), "why": "pace"}, lambda p: p.link("one-leg-stance").goals, ("G1",)),
    (
        Linked, {"purposes": ("agility",), "carry_over": ("putting on shoes",)},
        lambda p: p.link("one-leg-stance"),
        Link("one-leg-stance", (), "", ("agility",), ("putting on shoes",)),
    ),
    (
        CodeCorrected, {"code": "97530", "units": 2, "reason": "a task", "instead_of": "97112"},
        lambda p: [(d.code, d.units, d.reason, d.replaces) for d in p.decisions.codes],
        [("97530", 2, "a task", ("97112",))],
    ),
    (AloneCoded, {"minutes": 9, "code": "97112"}, lambda p: p.decisions.alone.minutes, 9),
    (ModifiersCorrected, {"modifiers": ("GO",), "reason": "x"}, lambda p: p.decisions.modifiers.modifiers, ("GO",)),
    (Response, {"text": "good"}, lambda p: p.words.of("response")[0].text, "good"),
    (Plan, {"text": "same"}, lambda p: p.words.of("plan")[0].text, "same"),
    (Remark, {"text": "early"}, lambda p: p.words.of("remark")[0].text, "early"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "read", "wanted"), ONE_EVENT)
def test_what_one_event_gives_and_that_it_is_the_persons_alone(kind, fields, read, wanted) -> None:
    game = play()
    before = ben(game)
    event = game.add(kind, ADA.id, **fields)
    assert read(ada(game)) == wanted
    assert ada(game).last == event
    assert ben(game) == before


Detailed = list[tuple[type[Event], dict[str, Any], type[Event], dict[str, Any], Read, Any]]

DETAILS: Detailed = [
    (
        ItemBegun, {"measure": "recipe", "item": "stir"}, ItemTold, {"outcome": "with help"},
        lambda p: [(tick.item, tick.outcome) for tick in p.checklists.entries], [("stir", "with help")],
    ),
    (Left, {}, ReasonGiven, {"reason": "bus"}, lambda p: [w.text for w in p.words.of("reason")], ["bus"]),
    (
        TrialOpened, {"measure": "image", "attempt": 1}, TrialStepped, {"phase": "walking"},
        lambda p: p.trials.attempts[0].phase, "walking",
    ),
    (
        TrialOpened, {"measure": "image", "attempt": 1}, TrialScored, {"recalled": 0, "correct": False},
        lambda p: (p.trials.open, p.trials.attempts[0].recalled, p.trials.attempts[0].correct), (None, 0, False),
    ),
    (
        ClockStarted, {"measure": "time"}, ClockEnded, {"how": "stopped", "reason": "tired"},
        lambda p: (p.clocks.running(), p.clocks.bouts[0].how, p.clocks.bouts[0].reason), (None, "stopped", "tired"),
    ),
    (
        ClockStarted, {"measure": "turning", "side": Side.LEFT}, ClockDetail, {"pattern": "clockwise"},
        lambda p: (p.clocks.bouts[0].patterns, p.clocks.bouts[0].side), (("clockwise",), Side.LEFT),
    ),
    (
        CueGiven, {"type": Cue.VERBAL, "count": 1}, CueDetail, {"side": Side.LEFT, "purpose": "hip"},
        lambda p: (p.cues.given[0].side, p.cues.given[0].purpose), (Side.LEFT, "hip"),
    ),
    (
        Graded, {"from_level": 0, "to_level": 1}, GradeDetail, {"strategy": "dual-task", "reason": "steady"},
        lambda p: (p.grading.in_force, p.grading.changes[0].reason), (("dual-task",), "steady"),
    ),
    (
        BalanceIncident, {}, BalanceDetail, {"outcome": Outcome.LOB, "recovery": Recovery.CONTACT},
        lambda p: (p.balance.incidents[0].outcome, p.balance.incidents[0].recovery), (Outcome.LOB, Recovery.CONTACT),
    ),
]  # fmt: skip


def detailed(base, fields, detail, more) -> tuple[Play, Event]:
    """A group in which Ada's event was added to; the event too."""
    game = play()
    of = game.add(base, ADA.id, **fields)
    game.add(detail, ADA.id, of=of.id, **more)
    return game, of


@pytest.mark.parametrize("row", DETAILS, ids=lambda row: row[2].__name__)
class TestDetails:
    def test_a_detail_adds_to_its_event(self, row) -> None:
        *keyed, read, wanted = row
        game, _ = detailed(*keyed)
        assert read(ada(game)) == wanted

    def test_a_base_taken_back_takes_its_details_along(self, row) -> None:
        game, of = detailed(*row[:4])
        game.add(Undone, event=of.id)
        assert ada(game) == ada(play())

    def test_a_base_given_away_takes_its_details_along(self, row) -> None:
        *keyed, read, wanted = row
        game, of = detailed(*keyed)
        game.add(Moved, event=of.id, to=BEN.id)
        assert read(ben(game)) == wanted
        assert ada(game) == ada(play())

    def test_a_detail_keyed_after_the_giving_follows_too(self, row) -> None:
        base, fields, detail, more, read, wanted = row
        game = play()
        of = game.add(base, ADA.id, **fields)
        game.add(Moved, event=of.id, to=BEN.id)
        live = game.state()
        live = apply(live, game.add(detail, ADA.id, of=of.id, **more))
        assert read(live.participants[BEN.id]) == wanted
        assert live == game.state()


def test_a_detail_adds_and_never_blanks() -> None:
    game = play()
    incident = game.add(BalanceIncident, ADA.id)
    game.add(BalanceDetail, ADA.id, of=incident.id, outcome=Outcome.LOB, recovery=Recovery.ALONE)
    game.add(BalanceDetail, ADA.id, of=incident.id, direction="backward")
    [found] = ada(game).balance.incidents
    assert (found.outcome, found.recovery, found.direction) == (Outcome.LOB, Recovery.ALONE, "backward")


def test_every_kind_of_event_is_in_a_table_above_or_about_the_session() -> None:
    told = {row[0] for row in ONE_EVENT} | {row[2] for row in DETAILS}
    session = {Started, Ended, Reopened, Voided, GroupPaused, GroupResumed, Joined, MachineClockSet}
    assert told | session | {Moved, Undone} == set(EVENT_KINDS)


# --- taking back and giving away -----------------------------------------------------------------


def test_undo_of_an_undo_brings_the_event_back() -> None:
    game = play()
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    undone = game.add(Undone, event=cue.id)
    assert ada(game).cues.by_type == {}
    game.add(Undone, event=undone.id)
    assert ada(game).cues.by_type == {Cue.VERBAL: 1}
    assert game.state().undone == {undone.id}


def test_an_undone_event_stays_in_the_log() -> None:
    game = play()
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    game.add(Undone, event=cue.id)
    state = game.state()
    assert cue in state.log
    assert cue not in state.effective


def test_given_twice_the_last_one_has_it_and_each_giving_can_be_taken_back() -> None:
    game = play()
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    game.add(Moved, event=cue.id, to=BEN.id)
    again = game.add(Moved, event=cue.id, to=ADA.id)
    assert (ada(game).cues.by_type, ben(game).cues.by_type) == ({Cue.VERBAL: 1}, {})
    game.add(Undone, event=again.id)
    assert (ada(game).cues.by_type, ben(game).cues.by_type) == ({}, {Cue.VERBAL: 1})


@pytest.mark.parametrize(("end", "step"), [(3, 1), (-2, -1)])
def test_a_journal_with_a_grade_given_at_the_end_of_the_ladder_stays_on_it(end: int, step: int) -> None:
    game = play()
    game.add(LevelStated, BEN.id, level=end)
    grade = game.add(Graded, ADA.id, from_level=0, to_level=step)
    game.add(Moved, event=grade.id, to=BEN.id)
    assert ben(game).grading.level == end
    assert [(g.from_level, g.to_level) for g in ben(game).grading.changes] == [(end, end)]
    assert ada(game).grading.level is None


def test_what_is_given_away_keeps_its_time() -> None:
    game = play()
    tap = game.at("10:03", 7).add(Repetition, ADA.id, measure="taps", count=1, side=Side.LEFT)
    game.at("10:05").add(Moved, event=tap.id, to=BEN.id)
    assert ben(game).counts.entries[0].at == game.time("10:03") + timedelta(seconds=7)


def test_one_event_for_everyone_is_one_undo() -> None:
    game = play()
    everyone = game.add(BalanceWatched, ADA.id, BEN.id, watched=True)
    assert (ada(game).balance.watched, ben(game).balance.watched) == (True, True)
    game.add(Undone, event=everyone.id)
    assert (ada(game).balance.watched, ben(game).balance.watched) == (None, None)


def test_numbers_stay_with_people_and_nobody_joins_twice() -> None:
    game = play()
    game.add(Joined, ADA.id, person=msgspec.structs.replace(ADA, name="Somebody else"), number=7)
    assert [(p.number, p.person.name) for p in game.state().board] == [(1, "Ada Lovelace"), (2, "Ben King")]


# --- strategies ----------------------------------------------------------------------------------


def strategies(*steps: tuple[int, str]) -> list[tuple[str, ...]]:
    """What is in force after each step (+1 harder, -1 easier) of a step-tap-align group."""
    game = play("step-tap-align")
    found, level = [], 0
    for step, strategy in steps:
        game.add(Graded, ADA.id, from_level=level, to_level=level + step, strategies=(strategy,))
        level += step
        found.append(ada(game).grading.in_force)
    return found


@pytest.mark.parametrize(
    ("steps", "in_force"),
    [
        ([(1, "narrow-bos"), (-1, "wide-bos")], [("narrow-bos",), ("wide-bos",)]),
        ([(-1, "wide-bos"), (1, "narrow-bos")], [("wide-bos",), ("narrow-bos",)]),
        ([(1, "dual-task"), (1, "narrow-bos")], [("dual-task",), ("dual-task", "narrow-bos")]),
        ([(1, "dual-task"), (1, "dual-task")], [("dual-task",), ("dual-task",)]),
        ([(1, "dual-task"), (-1, "dual-task")], [("dual-task",), ()]),
    ],
)
def test_a_strategy_in_force_ends_where_another_excludes_it_or_it_is_taken_away(steps, in_force) -> None:
    assert strategies(*steps) == in_force


def test_a_grading_names_what_it_ended() -> None:
    game = play("step-tap-align")
    game.add(LevelStated, ADA.id, level=-1, strategies=("wide-bos",))
    grade = game.add(Graded, ADA.id, from_level=-1, to_level=0)
    game.add(GradeDetail, ADA.id, of=grade.id, strategy="narrow-bos")
    [grading] = ada(game).grading.changes
    assert (grading.strategies, grading.ended) == (("narrow-bos",), ("wide-bos",))


# --- minutes -------------------------------------------------------------------------------------


def timeline(*steps: tuple[str, type[Event]]) -> Play:
    """A group from 10:00 in which things happen to Ada (or to the session) at the minutes named."""
    game = play()
    on_session = (GroupPaused, GroupResumed, Ended, Reopened)
    for at, kind in steps:
        game.at(at).add(kind, *(() if kind in on_session else (ADA.id,)))
    return game


@pytest.mark.parametrize(
    ("steps", "until", "treated"),
    [
        ([], "10:30", 30),
        ([("10:10", Left)], "10:30", 10),
        ([("10:10", Left), ("10:20", Arrived)], "10:30", 20),
        ([("10:10", Rested)], "10:30", 10),
        ([("10:10", Rested), ("10:15", Resumed)], "10:30", 25),
        ([("10:10", Rested), ("10:15", Left)], "10:30", 10),
        ([("10:10", Rested), ("10:15", Arrived)], "10:30", 25),
        ([("10:10", Rested), ("10:15", Absent), ("10:20", Arrived)], "10:30", 10),
        ([("10:10", GroupPaused)], "10:30", 10),
        ([("10:10", GroupPaused), ("10:15", GroupResumed)], "10:30", 25),
        # a rest inside a pause, and one across its end, count once
        (
            [("10:10", GroupPaused), ("10:12", Rested), ("10:15", GroupResumed), ("10:18", Resumed)],
            "10:30", 22,
        ),
        ([("10:20", Ended)], "10:30", 20),
        ([("10:20", Ended), ("10:25", Reopened)], "10:30", 25),
        ([("10:20", Ended), ("10:25", Reopened), ("10:40", Ended)], "10:50", 35),
        # a group that paused when it ended still pauses when it is reopened, until it goes on
        ([("10:10", GroupPaused), ("10:20", Ended), ("10:25", Reopened)], "10:30", 10),
        (
            [("10:10", GroupPaused), ("10:20", Ended), ("10:25", Reopened), ("10:26", GroupResumed)],
            "10:30", 14,
        ),
        ([("10:20", Absent)], "10:30", 0),
    ],
)  # fmt: skip
def test_treated_minutes(steps, until, treated) -> None:
    assert worked(timeline(*steps), until) == treated


def test_treated_rest_is_treatment_and_a_stated_rest_is_not() -> None:
    game = play()
    game.at("10:10").add(Rested, ADA.id, treated=True)
    game.at("10:15").add(Resumed, ADA.id)
    assert (worked(game, "10:30"), ada(game).presence.rest_minutes(game.time("10:30"))) == (30, None)
    game.add(RestTotal, ADA.id, minutes=4)
    assert (worked(game, "10:30"), ada(game).presence.rest_minutes(game.time("10:30"))) == (26, 4)


def test_minutes_are_rounded_down_and_a_rest_longer_than_the_stay_gives_none_below_zero() -> None:
    game = play()
    state = game.state()
    assert state.participants[ADA.id].presence.minutes(state.elapsed(game.time("10:01") - timedelta(seconds=1))) == 0
    game.add(RestTotal, ADA.id, minutes=600)
    assert worked(game, "10:30") == 0


def test_a_group_left_running_has_worked_until_its_last_event() -> None:
    game = play()
    game.at("10:17").add(Repetition, ADA.id, measure="taps", count=1, side=Side.LEFT)
    state = game.state()
    assert state.participants[ADA.id].presence.minutes(state.elapsed(state.until())) == 17


@pytest.mark.parametrize(
    ("times", "treated"),
    [
        ("2025-11-24T23:40+00:00 2025-11-24T23:55+00:00 2025-11-25T00:05+00:00 2025-11-25T00:20+00:00", 30),
        # Berlin, clocks go back at 03:00: the wall clock shows 02:30 twice
        ("2025-10-26T02:30+02:00 2025-10-26T02:50+02:00 2025-10-26T02:10+01:00 2025-10-26T02:30+01:00", 40),
        # Berlin, clocks go forward at 02:00
        ("2026-03-29T01:40+01:00 2026-03-29T01:50+01:00 2026-03-29T03:00+02:00 2026-03-29T03:10+02:00", 20),
    ],
)
def test_neither_midnight_nor_a_change_of_the_clocks_makes_or_takes_minutes(times, treated) -> None:
    start, rest, resume, end = (datetime.fromisoformat(time) for time in times.split())
    game = Play(shipped("one-leg-stance"))
    game.now = start
    game.log = [msgspec.structs.replace(game.log[0], at=start)]
    game.here(ADA)
    for at, kind, who in ((rest, Rested, ADA.id), (resume, Resumed, ADA.id), (end, Ended, None)):
        game.now = at
        game.add(kind, *([who] if who else []))
    state = game.state()
    assert state.participants[ADA.id].presence.minutes(state.elapsed(state.until())) == treated


def test_a_computer_clock_set_back_never_gives_less_than_nothing() -> None:
    game = play()
    game.at("10:10").add(Rested, ADA.id)
    game.at("09:30").add(Resumed, ADA.id)
    game.at("09:40").add(Ended)
    assert (worked(game, "10:00"), ada(game).presence.untreated_rests) == (
        0,
        (Span(game.time("10:10"), game.time("10:10")),),
    )


# --- clocks --------------------------------------------------------------------------------------


def test_a_clock_stands_still_while_the_group_pauses_and_ends_when_its_owner_leaves() -> None:
    game = play("functional-grasp")
    game.add(ClockStarted, ADA.id, measure="time")
    game.at("10:02").add(GroupPaused)
    game.at("10:05").add(GroupResumed)
    game.at("10:06").add(Left, ADA.id)
    state = game.state()
    [clock] = state.participants[ADA.id].clocks.bouts
    assert (clock.runs, clock.how, clock.seconds(state.elapsed(game.time("10:30")))) == (False, "stopped", 180)


def test_times_of_attempts_measure_the_delay_and_a_stated_one_goes_before_it() -> None:
    game = play("step-tap-align")
    trial = game.add(TrialOpened, ADA.id, measure="image", attempt=1, image=1)
    for second, phase in ((10, "walking"), (31, "drawing")):
        game.at("10:01", second).add(TrialStepped, ADA.id, of=trial.id, phase=phase)
    assert ada(game).trials.attempts[0].delay_s == 21
    game.add(TrialScored, ADA.id, of=trial.id, recalled=3, delay_s=20)
    assert ada(game).trials.attempts[0].delay_s == 20


# --- any session ---------------------------------------------------------------------------------


def without_mending(state: SessionState) -> SessionState:
    return msgspec.structs.replace(state, log=(), undone=frozenset(), moved={}, last_at=NOON)


def applied(log: tuple[Event, ...]) -> SessionState:
    state = fold(log[:1])
    for event in log[1:]:
        state = apply(state, event)
    return state


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_one_by_one_is_the_same_as_replayed(state: SessionState) -> None:
    assert applied(state.log) == state == fold(state.log)


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_undo_of_the_last_event_gives_the_state_before_it(state: SessionState) -> None:
    last = state.log[-1]
    undone = Undone(id=EventId("undo"), entered=NOON, by="J. Rivera", at=NOON, event=last.id)
    before = fold(state.log[:-1]) if len(state.log) > 1 else state
    assert without_mending(apply(state, undone)) == without_mending(before)


@given(sessions(), st.data())
@settings(max_examples=60, deadline=None)
def test_figures_are_the_sums_of_the_events_that_count(state: SessionState, data: st.DataObject) -> None:
    taken = data.draw(st.lists(st.sampled_from([e.id for e in state.log[1:]] or [state.log[0].id]), max_size=3))
    for number, event_id in enumerate(taken):
        undone = Undone(id=EventId(f"undo{number}"), entered=NOON, by="J. Rivera", at=NOON, event=event_id)
        state = apply(state, undone)
    counted = state.effective
    for person, participant in state.participants.items():
        mine = [e for e in counted if person in e.participants]
        reps = sum(e.count for e in mine if isinstance(e, Repetition))
        sets = sum(e.actual for e in mine if isinstance(e, SetDone))
        assert sum(t.count for t in participant.counts.entries) == reps + sets
        assert sum(participant.cues.by_type.values()) == sum(e.count for e in mine if isinstance(e, CueGiven))
        assert len(participant.balance.incidents) == sum(isinstance(e, BalanceIncident) for e in mine)
        assert len(participant.grading.changes) == sum(isinstance(e, Graded) for e in mine)
        assert len(participant.trials.attempts) == sum(isinstance(e, TrialOpened) for e in mine)
        pains = [e.score for e in mine if isinstance(e, Pain)]
        assert [r.value for r in participant.scores.pain] == pains


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_minutes_lie_between_nothing_and_the_sessions_length(state: SessionState) -> None:
    until = state.until()
    whole = int((until - state.started_at).total_seconds() // 60)
    for participant in state.board:
        assert 0 <= participant.presence.minutes(state.elapsed(until)) <= whole


# --- any events at all ---------------------------------------------------------------------------

IDS = st.sampled_from(["e0", "e1", "e2", "e3", "nothing"]).map(EventId)
PEOPLE = st.sampled_from([ADA.id, BEN.id, PersonId("nobody")])
MOMENTS = st.integers(-100, 500).map(lambda m: NOON + timedelta(minutes=m)) | st.integers(0, 5).map(
    lambda h: datetime(2025, 11, 24, 12, tzinfo=timezone(timedelta(hours=h)))
)
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    Protocol: st.just(shipped("step-tap-align")),
    Person: st.sampled_from([ADA, BEN]),
    int: st.integers(-3, 20),
    float: st.floats(0, 99),
    bool: st.booleans(),
    str: st.sampled_from(["", "taps", "image", "narrow-bos", "wide-bos", "unknown"]),
}
BY_NAME: dict[str, st.SearchStrategy[Any]] = {
    "entered": st.just(NOON),
    "by": st.just("J. Rivera"),
    "participants": st.lists(PEOPLE, max_size=2).map(tuple),
    "of": IDS,
    "event": IDS,
    "trial": st.none() | IDS,
    "to": PEOPLE,
    "at": MOMENTS,
    "strategies": st.lists(st.sampled_from(["narrow-bos", "wide-bos", "unknown"]), max_size=2).map(tuple),
    "goals": st.just(()),
}


def any_event(number: int) -> st.SearchStrategy[Event]:
    kinds = [kind for kind in EVENT_KINDS if kind is not Started]
    return st.sampled_from(kinds).flatmap(lambda kind: _built(kind, number))


def _built(kind: type[Event], number: int) -> st.SearchStrategy[Event]:
    own = msgspec.structs.fields(kind)
    fields = {field.name: BY_NAME[field.name] if field.name in BY_NAME else _of_type(field.type) for field in own}
    return st.builds(kind, **{**fields, "id": st.just(EventId(f"e{number}"))})


def _of_type(hint: Any) -> st.SearchStrategy[Any]:
    return BY_TYPE[hint] if hint in BY_TYPE else st.from_type(hint)


@st.composite
def any_log(draw: st.DrawFn) -> list[Event]:
    begun = play("step-tap-align").log
    return [*begun, *(draw(any_event(number)) for number in range(draw(st.integers(1, 12))))]


@given(any_log())
@settings(max_examples=150, deadline=None)
def test_no_sequence_of_events_raises_and_replay_agrees(log: list[Event]) -> None:
    state = applied(tuple(log))
    assert state == fold(log)
    for participant in state.board:
        assert participant.presence.minutes(state.elapsed(NOON)) >= 0
        spans = (
            *participant.presence.stays,
            *participant.presence.untreated_rests,
            *participant.presence.treated_rests,
            *state.pauses,
        )
        assert all(span.seconds(NOON) >= 0 and (span.end is None or span.start <= span.end) for span in spans)


def test_journals_from_before_purposes_and_patterns_still_open() -> None:
    line = b"""{"kind": "linked", "id": "x", "entered": "2025-11-24T10:00:00Z", "at": "2025-11-24T10:00:00Z",
        "by": "J. Rivera", "participants": ["ada"], "goals": ["G1"], "why": "pace"}"""
    game = play()
    game.log.append(decode(line))
    assert ada(game).link("one-leg-stance") == Link("one-leg-stance", ("G1",), "pace")
    kept = {"id": "ada", "name": "Ada", "short_name": "Ada", "links": [{"group": "g", "goals": ["G1"]}]}
    assert msgspec.convert(kept, Person).link("g") == Link("g", ("G1",))
