from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otgroup.session import events as ev
from otgroup.session.describe import describe
from otgroup.session.events import AnyEvent, Cue, Outcome, Recovery, Side
from otgroup.session.fold import apply, fold
from otgroup.session.people import Person, PersonId
from otgroup.session.phrases import ordinal
from tests.strategies import Play, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")


def play(group: str = "one-leg-stance") -> Play:
    game = Play(shipped(group))
    game.here(ADA, BEN)
    return game


def test_a_grade_given_to_somebody_else_tells_the_level_they_reached() -> None:
    game = play()
    game.add(ev.LevelStated, BEN.id, level=-1)
    grade = game.add(ev.Graded, ADA.id, from_level=0, to_level=1, strategies=("dual-task", "direction"))
    assert describe(grade, game.state()) == "harder, now +1: a dual task while tapping; a directional component"
    game.add(ev.Moved, event=grade.id, to=BEN.id)
    assert describe(grade, game.state()).startswith("harder, now 0")


def said(kind: type[ev.Event], *, group: str = "one-leg-stance", **fields: Any) -> str:
    game = play(group)
    event = game.add(kind, ADA.id, **fields)
    return describe(event, game.state())


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (ev.Arrived, {"late": True}, "arrived late"),
        (ev.Arrived, {"stated": False}, "here"),
        (ev.Left, {"reason": "transport"}, "left: transport"),
        (ev.Absent, {}, "absent"),
        (ev.Rested, {"treated": True}, "resting, treated meanwhile"),
        (ev.RestTotal, {"minutes": 3}, "rest 3 min"),
        (ev.Repetition, {"measure": "taps", "count": 0, "side": Side.LEFT}, "left 0"),
        (ev.SetDone, {"measure": "taps", "actual": 15, "target": 20, "side": Side.RIGHT}, "set right 15 of 20"),
        (ev.CueGiven, {"type": Cue.VERBAL, "count": 1}, "verbal cue, 1st"),
        (ev.CueGiven, {"type": Cue.TACTILE, "count": 4}, "4 tactile cues"),
        (ev.CueDetail, {"of": "x", "side": Side.LEFT, "purpose": "hip"}, "cue: left, for hip"),
        (ev.Graded, {"from_level": 0, "to_level": 1}, "harder, now +1"),
        (
            ev.Graded,
            {"from_level": 0, "to_level": -1, "strategies": ("one-hand",)},
            "easier, now -1: one-handed support",
        ),
        (ev.GradeDetail, {"of": "x", "strategy": "one-hand", "reason": "tired"}, "with one-handed support; tired"),
        (ev.LevelStated, {"level": 0, "strategies": ("one-hand",)}, "level 0 with one-handed support"),
        (ev.Assistance, {"level": "moderate", "helpers": 2}, "assistance Mod A x 2"),
        (ev.BalanceIncident, {}, "balance incident"),
        (ev.BalanceIncident, {"outcome": Outcome.LOB, "count": 2}, "2 losses of balance"),
        (
            ev.BalanceDetail,
            {"of": "x", "outcome": Outcome.LOB, "recovery": Recovery.CONTACT},
            "loss of balance, recovered with contact",
        ),
        (ev.BalanceWatched, {"watched": True, "steady": True}, "balance watched, steady throughout"),
        (ev.BalanceWatched, {"watched": False}, "balance not watched"),
        (ev.Difficulty, {"what": "directions", "level": "moderate"}, "following directions, difficulty moderate"),
        (ev.Pain, {"score": 3}, "pain 3"),
        (ev.MachineClockSet, {"seconds": -300}, "the machine's clock was set back 5 min"),
        (ev.MachineClockSet, {"seconds": 93_600}, "the machine's clock was set forward 1 d 2 h"),
        (ev.MachineClockSet, {"seconds": 40}, "the machine's clock was set forward 40 s"),
        (ev.Exertion, {"score": 5.0}, "RPE 5"),
        (ev.Response, {"text": "[/] ok"}, "response: [/] ok"),
        (
            ev.Linked,
            {"goals": ("G1",), "purposes": ("agility",), "carry_over": ("shoes",), "why": "pace"},
            "serves G1; aimed at agility; carries over to shoes: pace",
        ),
        (
            ev.CodeCorrected,
            {"code": "97530", "units": 2, "reason": "a task", "instead_of": "97112"},
            "code 97530 x 2 in place of 97112: a task",
        ),
        (ev.CodeCorrected, {"code": "97150", "units": 0, "reason": "one left"}, "code 97150 not billed: one left"),
        (ev.AloneCoded, {"minutes": 9, "code": "97112"}, "9 min alone are one-on-one time, 97112"),
        (ev.AloneCoded, {"minutes": 0, "reason": "a student"}, "the time alone was not one-on-one time: a student"),
        (ev.ModifiersCorrected, {"modifiers": ("GO", "59"), "reason": "apart"}, "modifiers GO, 59: apart"),
    ],
)  # fmt: skip
def test_words(kind: type[ev.Event], fields: dict[str, Any], words: str) -> None:
    assert said(kind, **fields) == words


def test_running_figures_count_up_to_the_event() -> None:
    game = play()
    game.taps(ADA.id, 14, "taps", "right")
    tap = game.add(ev.Repetition, ADA.id, measure="taps", count=1, side=Side.RIGHT)
    cues = [game.add(ev.CueGiven, ADA.id, type=Cue.VERBAL, count=1) for _ in range(3)]
    game.taps(ADA.id, 5, "taps", "right")
    state = game.state()
    assert describe(tap, state) == "right 15"
    assert [describe(cue, state) for cue in cues] == ["verbal cue, 1st", "verbal cue, 2nd", "verbal cue, 3rd"]


def test_a_repetition_for_several_has_no_one_running_figure() -> None:
    game = play()
    event = game.add(ev.Repetition, ADA.id, BEN.id, measure="taps", count=1, side=Side.LEFT)
    assert describe(event, game.state()) == "left +1"


def test_undone_and_moved_say_what_they_are_about() -> None:
    game = play()
    game.add(ev.CueGiven, BEN.id, type=Cue.VERBAL, count=1)
    cue = game.add(ev.CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    moved = game.add(ev.Moved, event=cue.id, to=BEN.id)
    assert describe(moved, game.state()) == "given to Ben K.: verbal cue, 2nd"
    undone = game.add(ev.Undone, event=cue.id)
    assert describe(undone, game.state()) == "undone: verbal cue"
    assert describe(cue, game.state()) == "verbal cue"


def test_attempts_and_clocks() -> None:
    game = play("step-tap-align")
    measure = next(m for m in game.protocol.measures if m.kind == "trial")
    opened = game.add(ev.TrialOpened, ADA.id, measure=measure.id, attempt=2, image=1)
    scored = game.add(ev.TrialScored, ADA.id, of=opened.id, recalled=2, correct=False)
    assert describe(opened, game.state()) == f"{measure.one} 1, attempt 2"
    assert describe(scored, game.state()) == "recalled 2 of 3, not drawn correctly"

    game = play("baoding-balls")
    measure = next(m for m in game.protocol.measures if m.kind == "interval")
    started = game.at("10:01").add(ev.ClockStarted, ADA.id, measure=measure.id, target_s=120, side=Side.LEFT)
    ended = game.at("10:02", 25).add(ev.ClockEnded, ADA.id, of=started.id, how="stopped", reason="fatigue")
    assert describe(started, game.state()) == f"{measure.one} started, left, target 2:00"
    assert describe(ended, game.state()) == f"{measure.one} stopped, 1:25: fatigue"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


def test_every_kind_of_event_has_words() -> None:
    from otgroup.session import describe as module

    assert set(module._TELLERS) == set(get_args(AnyEvent))


EMPTY: list[Callable[[Play], ev.Event]] = [
    lambda game: game.add(ev.TrialScored, ADA.id, of="gone", recalled=1),
    lambda game: game.add(ev.TrialStepped, ADA.id, of="gone", phase="walking"),
    lambda game: game.add(ev.ClockEnded, ADA.id, of="gone", how="done"),
    lambda game: game.add(ev.Repetition, PersonId("nobody"), measure="gone", count=1),
    lambda game: game.add(ev.Value, ADA.id, measure="gone", value=1.5),
    lambda game: game.add(ev.Undone, event="gone"),
    lambda game: game.add(ev.Moved, event="gone", to=PersonId("nobody")),
]


@given(st.lists(st.sampled_from(EMPTY), max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_not_there_raises_nothing(steps: list[Callable[[Play], ev.Event]]) -> None:
    game = play()
    state = fold(game.log)
    for step in steps:
        event = step(game)
        state = apply(state, event)
        assert describe(event, state)
