"""What may be recorded when, and what is said where it may not."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from otgroup.record.course import (
    MOST_PARTICIPANTS,
    Ended,
    GroupPaused,
    GroupResumed,
    Joined,
    Reopened,
    Undone,
    Voided,
)
from otgroup.record.event import NOW, Event
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome
from otgroup.record.parts.clocks import ClockEnded, ClockStarted
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import Graded
from otgroup.record.parts.presence import Absent, Arrived, Declined, Left, Rested, Resumed
from otgroup.record.parts.scores import Pain
from otgroup.record.parts.trials import TrialOpened, TrialScored, TrialStepped
from otgroup.record.parts.values import Value
from otgroup.record.parts.words import Adverse, Plan, ReasonGiven, Remark, Response
from otgroup.record.people import Person, PersonId
from otgroup.record.refusal import why_not
from otgroup.record.sides import Side
from otgroup.written import HIGHEST_COUNT
from tests.strategies import Play, person, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")
LEFT_TAP = {"measure": "taps", "count": 1, "side": Side.LEFT}


def play(group: str = "one-leg-stance") -> Play:
    game = Play(shipped(group))
    game.here(ADA)
    game.join(BEN)
    return game


def answer(game: Play, kind: type[Event], *who: PersonId, **fields: Any) -> str | None:
    """What is said to an event that is not recorded."""
    return why_not(game.state(), kind(**game.pen.stamp(*who, at=fields.pop("at", NOW)), **fields))


def test_an_attempt_with_a_score_goes_no_further() -> None:
    game = play("step-tap-align")
    opened = game.add(TrialOpened, ADA.id, measure="image", attempt=1)
    game.add(TrialStepped, ADA.id, of=opened.id, phase="drawing")
    scored = game.add(TrialScored, ADA.id, of=opened.id, recalled=2)
    step = {"of": opened.id, "phase": "walking"}
    assert answer(game, TrialStepped, ADA.id, **step) == "Ada L. has a score for that attempt: undo it first"
    game.add(Undone, event=scored.id)
    assert answer(game, TrialStepped, ADA.id, **step) is None


def test_balance_that_nobody_watched_was_not_steady() -> None:
    game = play()
    assert answer(game, BalanceWatched, ADA.id, watched=False, steady=True)
    game.add(BalanceWatched, ADA.id, watched=False)
    assert answer(game, BalanceWatched, ADA.id, steady=True) == "Ada L. was not watched: say first that balance was"
    assert answer(game, BalanceWatched, ADA.id, watched=True, steady=True) is None


# --- of one person -------------------------------------------------------------------------------

HERE, RESTING = (), (Rested,)
LEFT, ABSENT, DECLINED = (Left,), (Absent,), (Declined,)

COMING_AND_GOING = [
    (HERE, Arrived, "Ada L. is here already"),
    (HERE, Left, None),
    (HERE, Rested, None),
    (HERE, Resumed, "Ada L. is not resting"),
    (HERE, Absent, None),
    (HERE, Declined, None),
    (RESTING, Rested, "Ada L. is resting already"),
    (RESTING, Resumed, None),
    (RESTING, Left, None),
    (RESTING, Arrived, "Ada L. is here already"),
    (LEFT, Arrived, None),
    (LEFT, Left, "Ada L. is not here"),
    (LEFT, Rested, "Ada L. has left: press o, then arrived"),
    (ABSENT, Arrived, None),
    (ABSENT, Rested, "Ada L. is absent: press o, then arrived"),
    (DECLINED, Arrived, None),
    (DECLINED, Rested, "Ada L. declined: press o, then arrived"),
]


@pytest.mark.parametrize(("before", "kind", "said"), COMING_AND_GOING)
def test_coming_and_going(before, kind, said) -> None:
    game = play()
    for earlier in before:
        game.add(earlier, ADA.id)
    assert answer(game, kind, ADA.id) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (HERE, None),
        (RESTING, None),
        (LEFT, "Ada L. has left: press o, then arrived"),
        (ABSENT, "Ada L. is absent: press o, then arrived"),
        (DECLINED, "Ada L. declined: press o, then arrived"),
    ],
)
def test_only_of_those_who_are_here_something_is_recorded(before, said) -> None:
    game = play()
    for earlier in before:
        game.add(earlier, ADA.id)
    for kind, fields in ((Repetition, LEFT_TAP), (Pain, {"score": 3}), (BalanceIncident, {})):
        assert answer(game, kind, ADA.id, **fields) == said


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Remark, {"text": "x"}),
        (Response, {"text": "x"}),
        (Plan, {"text": "x"}),
        (Adverse, {"text": "x"}),
        (BalanceWatched, {"watched": True}),
    ],
)
def test_what_the_end_still_asks_can_be_told_of_one_who_left_and_not_of_one_who_never_came(kind, fields) -> None:
    game = play()
    game.add(Left, ADA.id)
    assert answer(game, kind, ADA.id, **fields) is None
    assert answer(game, kind, BEN.id, **fields) == "Ben K. has not arrived yet: press o, then arrived"


@pytest.mark.parametrize("kind", [Left, Absent, Declined])
def test_why_somebody_is_not_here_can_be_told(kind) -> None:
    game = play()
    gone = game.add(kind, ADA.id)
    assert answer(game, ReasonGiven, ADA.id, of=gone.id, reason="transport") is None


def test_a_fall_can_be_told_in_full_after_the_one_who_fell_has_left() -> None:
    game = play()
    fall = game.add(BalanceIncident, ADA.id, outcome=Outcome.FALL)
    game.add(Left, ADA.id)
    assert answer(game, BalanceDetail, ADA.id, of=fall.id, text="tile floor, no injury") is None


def test_one_who_is_not_here_stops_an_event_for_several() -> None:
    game = play()
    assert answer(game, BalanceWatched, ADA.id, BEN.id, watched=True) == (
        "Ben K. has not arrived yet: press o, then arrived"
    )


def test_nobody_the_group_does_not_have() -> None:
    assert answer(play(), Remark, PersonId("zoe"), text="x") == "nobody of that name is in this group"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Repetition, LEFT_TAP),
        (CueGiven, {"type": Cue.VERBAL, "count": 1}),
        (BalanceIncident, {}),
        (Graded, {"from_level": 0, "to_level": 1}),
    ],
)
@pytest.mark.parametrize("missing", [Absent, Declined])
def test_who_has_a_record_was_not_absent_until_it_is_undone(kind, fields, missing) -> None:
    game = play()
    event = game.add(kind, ADA.id, **fields)
    assert answer(game, missing, ADA.id) == "Ada L. has a record in this group: use left, or undo it first"
    game.add(Undone, event=event.id)
    assert answer(game, missing, ADA.id) is None


# --- of the group's protocol ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "kind", "fields", "said"),
    [
        ("one-leg-stance", Repetition, LEFT_TAP, None),
        ("one-leg-stance", Repetition, {**LEFT_TAP, "side": None}, "left or right? , or . says which"),
        ("one-leg-stance", Repetition, {**LEFT_TAP, "measure": "jumps"}, "this group does not count jumps"),
        ("one-leg-stance", Repetition, {**LEFT_TAP, "count": -1}, f"a count goes from 0 to {HIGHEST_COUNT}"),
        ("one-leg-stance", Repetition, {**LEFT_TAP, "count": HIGHEST_COUNT}, None),
        ("one-leg-stance", Repetition, {**LEFT_TAP, "count": 10_000}, f"a count goes from 0 to {HIGHEST_COUNT}"),
        ("one-leg-stance", SetDone, {"measure": "taps", "actual": 3}, "left or right? , or . says which"),
        ("step-tap-align", Repetition, {"measure": "steps", "count": 1}, None),
        (
            "step-tap-align", Repetition, {"measure": "steps", "count": 1, "side": Side.LEFT},
            "steps and taps outside the base of support have no sides in this group",
        ),
        ("step-tap-align", Repetition, {"measure": "image", "count": 1}, "this group does not count image"),
        ("step-tap-align", TrialOpened, {"measure": "image", "attempt": 1}, None),
        ("one-leg-stance", TrialOpened, {"measure": "taps", "attempt": 1}, "this group has no trials"),
        ("one-leg-stance", ClockStarted, {"measure": "taps"}, "this group has no clock"),
        ("baoding-balls", ClockStarted, {"measure": "turning"}, None),
        ("functional-grasp", ClockStarted, {"measure": "time"}, None),
        ("one-leg-stance", Value, {"measure": "taps", "value": 1.0}, "this group has no value to note"),
        ("one-leg-stance", Graded, {"from_level": 2, "to_level": 3}, None),
        ("one-leg-stance", Graded, {"from_level": 3, "to_level": 4}, "already at the hardest level, +3"),
        ("one-leg-stance", Graded, {"from_level": -2, "to_level": -3}, "already at the easiest level, -2"),
        ("one-leg-stance", ClockEnded, {"of": "nothing", "how": "done"}, "Ada L. has no such clock running"),
    ],
)  # fmt: skip
def test_what_the_group_has(group, kind, fields, said) -> None:
    assert answer(play(group), kind, ADA.id, **fields) == said


def test_a_group_without_a_ladder_or_with_fewer_cues_says_so() -> None:
    few = msgspec.structs.replace(shipped("one-leg-stance"), grading=None, cues=("verbal", "visual"))
    game = Play(few)
    game.here(ADA)
    assert answer(game, Graded, ADA.id, from_level=0, to_level=1) == "this group has no grading ladder"
    assert answer(game, CueGiven, ADA.id, type=Cue.VERBAL, count=1) is None
    assert answer(game, CueGiven, ADA.id, type=Cue.TACTILE, count=1) == (
        "this group offers no tactile cues: verbal, visual"
    )


def test_a_clock_is_ended_once() -> None:
    game = play("functional-grasp")
    clock = game.add(ClockStarted, ADA.id, measure="time")
    assert answer(game, ClockEnded, ADA.id, of=clock.id, how="done") is None
    game.add(ClockEnded, ADA.id, of=clock.id, how="done")
    assert answer(game, ClockEnded, ADA.id, of=clock.id, how="done") == "Ada L. has no such clock running"


# --- of the session ------------------------------------------------------------------------------

ENDED = "this session has ended: reopen it first"
VOIDED = "this session was voided: take it back first, with Enter on it at home"


@pytest.mark.parametrize(
    ("before", "kind", "said"),
    [
        ((), GroupPaused, None),
        ((GroupPaused,), GroupPaused, "the group is paused already"),
        ((GroupPaused,), GroupResumed, None),
        ((), GroupResumed, "the group is not paused"),
        ((), Ended, None),
        ((), Reopened, "this session is running"),
        ((), Voided, None),
        ((Ended,), Ended, ENDED),
        ((Ended,), GroupPaused, ENDED),
        ((Ended,), Reopened, None),
        ((Ended,), Voided, None),
        ((Ended, Reopened), GroupPaused, None),
        ((Voided,), Ended, VOIDED),
        ((Ended, Voided), Reopened, VOIDED),
    ],
)
def test_of_the_session(before, kind, said) -> None:
    game = play()
    for earlier in before:
        game.add(earlier)
    assert answer(game, kind) == said


def test_a_voided_session_takes_its_own_taking_back_and_no_other() -> None:
    game = play()
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    void = game.add(Voided)
    assert answer(game, Undone, event=cue.id) == VOIDED
    assert answer(game, Undone, event=void.id) is None
    game.add(Undone, event=void.id)
    assert answer(game, Repetition, ADA.id, **LEFT_TAP) is None


def test_an_ended_session_takes_no_tap() -> None:
    game = play()
    game.add(Ended)
    assert answer(game, Repetition, ADA.id, **LEFT_TAP) == ENDED


def test_a_session_does_not_end_before_it_started() -> None:
    game = play()
    assert answer(game, Ended, at=game.time("09:59")) == "a session cannot end before it started"


def test_places_are_twelve_and_nobody_joins_twice() -> None:
    game = Play(shipped("one-leg-stance"))
    everybody = [person(n) for n in range(MOST_PARTICIPANTS)]
    game.join(*everybody[:-1])
    assert answer(game, Joined, everybody[0].id, person=everybody[0], number=12) == "Ada is in this group already"
    assert answer(game, Joined, everybody[-1].id, person=everybody[-1], number=12) is None
    game.join(everybody[-1])
    assert answer(game, Joined, ADA.id, person=ADA, number=13) == "a group has 12 places and all are taken"


# --- late entries --------------------------------------------------------------------------------

A_MOMENT = timedelta(microseconds=1)


def late(game: Play, at: datetime | None) -> str | None:
    """What is said to a late cue that happened then."""
    game.pen.source = "late"
    return answer(game, CueGiven, ADA.id, type=Cue.VERBAL, count=1, at=at)


def test_a_late_entry_lies_between_the_start_and_the_end_both_included() -> None:
    game = play()
    start, end = game.time("10:00"), game.time("10:30")
    game.at("10:30").add(Ended)
    game.at("11:00")
    assert late(game, start) is None
    assert late(game, end) is None
    assert late(game, None) is None
    outside = "that is not within the session: it went from 10:00 to 10:30"
    assert late(game, start - A_MOMENT) == outside
    assert late(game, end + A_MOMENT) == outside


def test_a_late_entry_of_a_running_session_happened_by_now() -> None:
    game = play()
    game.at("10:12")
    assert late(game, game.time("10:00")) is None
    assert late(game, game.now) is None
    outside = "that is not within the session: it went from 10:00 on"
    assert late(game, game.now + A_MOMENT) == outside
    assert late(game, game.time("10:00") - A_MOMENT) == outside
