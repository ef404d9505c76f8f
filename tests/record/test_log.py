from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otgroup.record.course import MachineClockSet, Moved, Undone
from otgroup.record.event import Event
from otgroup.record.fold import apply, fold
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome, Recovery
from otgroup.record.parts.clocks import ClockEnded, ClockStarted
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.parts.decisions import AloneCoded, CodeCorrected, ModifiersCorrected
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.presence import Absent, Arrived, Left, Rested, RestTotal
from otgroup.record.parts.scores import Difficulty, Exertion, Pain
from otgroup.record.parts.trials import TrialOpened, TrialScored, TrialStepped
from otgroup.record.parts.values import Value
from otgroup.record.parts.words import Response
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from otgroup.record.wording import ordinal
from tests.strategies import Play, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")


def play(group: str = "one-leg-stance") -> Play:
    game = Play(shipped(group))
    game.here(ADA, BEN)
    return game


def test_a_grade_given_to_somebody_else_tells_the_level_they_reached() -> None:
    game = play()
    game.add(LevelStated, BEN.id, level=-1)
    grade = game.add(Graded, ADA.id, from_level=0, to_level=1, strategies=("dual-task", "direction"))
    assert grade.describe(game.state()) == "harder, now +1: a dual task while tapping; a directional component"
    game.add(Moved, event=grade.id, to=BEN.id)
    assert grade.describe(game.state()).startswith("harder, now 0")


def said(kind: type[Event], *, group: str = "one-leg-stance", **fields: Any) -> str:
    game = play(group)
    event = game.add(kind, ADA.id, **fields)
    return event.describe(game.state())


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Arrived, {"late": True}, "arrived late"),
        (Arrived, {"stated": False}, "here"),
        (Left, {"reason": "transport"}, "left: transport"),
        (Absent, {}, "absent"),
        (Rested, {"treated": True}, "resting, treated meanwhile"),
        (RestTotal, {"minutes": 3}, "rest 3 min"),
        (Repetition, {"measure": "taps", "count": 0, "side": Side.LEFT}, "left 0"),
        (SetDone, {"measure": "taps", "actual": 15, "target": 20, "side": Side.RIGHT}, "set right 15 of 20"),
        (CueGiven, {"type": Cue.VERBAL, "count": 1}, "verbal cue, 1st"),
        (CueGiven, {"type": Cue.TACTILE, "count": 4}, "4 tactile cues"),
        (CueDetail, {"of": "x", "side": Side.LEFT, "purpose": "hip"}, "cue: left, for hip"),
        (Graded, {"from_level": 0, "to_level": 1}, "harder, now +1"),
        (
            Graded,
            {"from_level": 0, "to_level": -1, "strategies": ("one-hand",)},
            "easier, now -1: one-handed support",
        ),
        (GradeDetail, {"of": "x", "strategy": "one-hand", "reason": "tired"}, "with one-handed support; tired"),
        (LevelStated, {"level": 0, "strategies": ("one-hand",)}, "level 0 with one-handed support"),
        (Assistance, {"level": "moderate", "helpers": 2}, "assistance Mod A x 2"),
        (BalanceIncident, {}, "balance incident"),
        (BalanceIncident, {"outcome": Outcome.LOB, "count": 2}, "2 losses of balance"),
        (
            BalanceDetail,
            {"of": "x", "outcome": Outcome.LOB, "recovery": Recovery.CONTACT},
            "loss of balance, recovered with contact",
        ),
        (BalanceWatched, {"watched": True, "steady": True}, "balance watched, steady throughout"),
        (BalanceWatched, {"watched": False}, "balance not watched"),
        (Difficulty, {"what": "directions", "level": "moderate"}, "following directions, difficulty moderate"),
        (Pain, {"score": 3}, "pain 3"),
        (MachineClockSet, {"seconds": -300}, "the machine's clock was set back 5 min"),
        (MachineClockSet, {"seconds": 93_600}, "the machine's clock was set forward 1 d 2 h"),
        (MachineClockSet, {"seconds": 40}, "the machine's clock was set forward 40 s"),
        (Exertion, {"score": 5.0}, "RPE 5"),
        (Response, {"text": "[/] ok"}, "response: [/] ok"),
        (
            Linked,
            {"goals": ("G1",), "purposes": ("agility",), "carry_over": ("shoes",), "why": "pace"},
            "serves G1; aimed at agility; carries over to shoes: pace",
        ),
        (
            CodeCorrected,
            {"code": "97530", "units": 2, "reason": "a task", "instead_of": "97112"},
            "code 97530 x 2 in place of 97112: a task",
        ),
        (CodeCorrected, {"code": "97150", "units": 0, "reason": "one left"}, "code 97150 not billed: one left"),
        (AloneCoded, {"minutes": 9, "code": "97112"}, "9 min alone are one-on-one time, 97112"),
        (AloneCoded, {"minutes": 0, "reason": "a student"}, "the time alone was not one-on-one time: a student"),
        (ModifiersCorrected, {"modifiers": ("GO", "59"), "reason": "apart"}, "modifiers GO, 59: apart"),
    ],
)  # fmt: skip
def test_words(kind: type[Event], fields: dict[str, Any], words: str) -> None:
    assert said(kind, **fields) == words


def test_running_figures_count_up_to_the_event() -> None:
    game = play()
    game.taps(ADA.id, 14, "taps", "right")
    tap = game.add(Repetition, ADA.id, measure="taps", count=1, side=Side.RIGHT)
    cues = [game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1) for _ in range(3)]
    game.taps(ADA.id, 5, "taps", "right")
    state = game.state()
    assert tap.describe(state) == "right 15"
    assert [cue.describe(state) for cue in cues] == ["verbal cue, 1st", "verbal cue, 2nd", "verbal cue, 3rd"]


def test_a_repetition_for_several_has_no_one_running_figure() -> None:
    game = play()
    event = game.add(Repetition, ADA.id, BEN.id, measure="taps", count=1, side=Side.LEFT)
    assert event.describe(game.state()) == "left +1"


def test_undone_and_moved_say_what_they_are_about() -> None:
    game = play()
    game.add(CueGiven, BEN.id, type=Cue.VERBAL, count=1)
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    moved = game.add(Moved, event=cue.id, to=BEN.id)
    assert moved.describe(game.state()) == "given to Ben K.: verbal cue, 2nd"
    undone = game.add(Undone, event=cue.id)
    assert undone.describe(game.state()) == "undone: verbal cue"
    assert cue.describe(game.state()) == "verbal cue"


def test_attempts_and_clocks() -> None:
    game = play("step-tap-align")
    measure = next(m for m in game.protocol.measures if m.kind == "trial")
    opened = game.add(TrialOpened, ADA.id, measure=measure.id, attempt=2, image=1)
    scored = game.add(TrialScored, ADA.id, of=opened.id, recalled=2, correct=False)
    assert opened.describe(game.state()) == f"{measure.one} 1, attempt 2"
    assert scored.describe(game.state()) == "recalled 2 of 3, not drawn correctly"

    game = play("baoding-balls")
    measure = next(m for m in game.protocol.measures if m.kind == "interval")
    started = game.at("10:01").add(ClockStarted, ADA.id, measure=measure.id, target_s=120, side=Side.LEFT)
    ended = game.at("10:02", 25).add(ClockEnded, ADA.id, of=started.id, how="stopped", reason="fatigue")
    assert started.describe(game.state()) == f"{measure.one} started, left, target 2:00"
    assert ended.describe(game.state()) == f"{measure.one} stopped, 1:25: fatigue"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (21, "21st"), (112, "112th")]
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


EMPTY: list[Callable[[Play], Event]] = [
    lambda game: game.add(TrialScored, ADA.id, of="gone", recalled=1),
    lambda game: game.add(TrialStepped, ADA.id, of="gone", phase="walking"),
    lambda game: game.add(ClockEnded, ADA.id, of="gone", how="done"),
    lambda game: game.add(Repetition, PersonId("nobody"), measure="gone", count=1),
    lambda game: game.add(Value, ADA.id, measure="gone", value=1.5),
    lambda game: game.add(Undone, event="gone"),
    lambda game: game.add(Moved, event="gone", to=PersonId("nobody")),
]


@given(st.lists(st.sampled_from(EMPTY), max_size=8))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_not_there_raises_nothing(steps: list[Callable[[Play], Event]]) -> None:
    game = play()
    state = fold(game.log)
    for step in steps:
        event = step(game)
        state = apply(state, event)
        assert event.describe(state)
