"""Clocks on the desk: several at once, answered late, by whoever is chosen, and what a silence is then."""

from datetime import timedelta

import pytest

from otgroup.board.parts.clocks import ringing
from otgroup.record.parts.clocks import ClockStarted
from otgroup.record.sides import Side
from tests.board.table import ADA, BEN, CY, Table, labels

BALLS = "baoding-balls"


def table(*keys: str) -> Table:
    made = Table(BALLS)
    made.press(*keys)
    return made


def later(made: Table, seconds: int, *keys: str) -> None:
    made.now += timedelta(seconds=seconds - len(keys))
    made.press(*keys)


def seconds(made: Table, who: str, number: int = -1) -> float:
    return made.of(who).clocks.bouts[number].seconds(made.kept.state.elapsed(made.now))


def told(made: Table, who: str) -> tuple[str, float, str]:
    clock = made.of(who).clocks.bouts[-1]
    return clock.how, seconds(made, who), clock.reason


def test_a_clock_told_late_was_done_at_its_target() -> None:
    made = table("clock", "j")
    later(made, 127, "clock")
    assert told(made, ADA) == ("done", 120, "")
    ended = made.new[-1]
    assert (ended.entered - ended.at) == timedelta(seconds=7)
    assert labels(made)[:2] == ["no, stopped early", "went on to 2:07"]


def test_who_went_on_beyond_the_target_gets_the_time_they_worked() -> None:
    made = table("clock", "j")
    later(made, 128, "clock", "k")
    assert told(made, ADA)[:2] == ("done", 127)


def test_an_early_stop_told_late_asks_for_its_time() -> None:
    made = table("clock", "j")
    later(made, 127, "clock", "j")
    for wrong in ("", "85", "2:09 tired", "x"):
        made.type(wrong)
        assert made.desk.question is not None, wrong
    made.type("1:25 fatigue")
    assert told(made, ADA) == ("stopped", 85, "fatigue")


def test_told_on_the_second_there_is_nothing_to_have_gone_on_to() -> None:
    made = table("clock", "j")
    later(made, 120, "clock")
    assert not any("went on" in label for label in labels(made))


def test_several_clocks_ring_and_are_answered_in_their_order_whoever_is_chosen() -> None:
    made = table("clock", "j", "2", "clock", "k", "3")
    assert [ring.participant.person.id for ring in ringing(made.kept.state, made.now)] == []
    later(made, 130)
    assert [ring.participant.person.id for ring in ringing(made.kept.state, made.now)] == [ADA, BEN]
    made.press("clock")
    assert made.desk.strip.title.startswith("James O. 2:00 done")
    made.press("clock")
    assert [told(made, who)[:2] for who in (ADA, BEN)] == [("done", 120), ("done", 120)]
    assert made.of(CY).clocks.bouts == ()
    assert made.desk.chosen == CY
    made.press("clock", "j")
    assert made.of(CY).clocks.running() is not None


def test_the_chosen_ones_ring_is_answered_first() -> None:
    made = table("clock", "j", "2", "clock", "k")
    later(made, 130, "clock")
    assert [made.of(who).clocks.running() is None for who in (ADA, BEN)] == [False, True]


def test_undo_lets_it_ring_again() -> None:
    made = table("clock", "j")
    later(made, 127, "clock", "undo")
    assert [ring.participant.person.id for ring in ringing(made.kept.state, made.now)] == [ADA]


def test_a_pause_of_the_group_stops_the_way_to_the_target() -> None:
    made = table("clock", "j")
    later(made, 60, "pause")
    later(made, 200)
    assert ringing(made.kept.state, made.now) == ()
    made.press("pause")
    later(made, 70, "clock")
    assert told(made, ADA)[:2] == ("done", 120)


@pytest.mark.parametrize(("silence", "pauses"), [(9, 0), (11, 0), (30, 1)])
def test_a_silence_while_a_clock_runs_to_its_target_is_work(silence, pauses) -> None:
    made = table("clock", "j")
    later(made, 60 * silence, "clock")
    assert told(made, ADA)[:2] == ("done", 120)
    assert len(made.kept.state.pauses) == pauses
    for pause in made.kept.state.pauses:
        assert pause.start - made.of(ADA).clocks.bouts[0].span.start == timedelta(seconds=120)


def test_everyones_clocks_start_turn_and_stop_at_once_and_each_is_its_owners() -> None:
    made = table("everyone", "clock", "j", "j")
    assert [made.of(who).clocks.bouts[0].patterns for who in (ADA, BEN, CY)] == [("clockwise",)] * 3
    later(made, 30, "everyone", "clock")
    assert [told(made, who)[:2] for who in (ADA, BEN, CY)] == [("stopped", 31.0)] * 3


def test_the_other_hand_is_one_letter_and_keeps_the_start() -> None:
    made = table("clock", "j")
    later(made, 121, "clock", "clock")
    started = made.new[-1]
    assert isinstance(started, ClockStarted)
    assert started.side == Side.LEFT
    made.press("l")
    [clock] = [c for c in made.of(ADA).clocks.bouts if c.runs]
    assert (clock.side, clock.span.start) == (Side.RIGHT, started.at)


def test_both_ways_in_one_interval_are_kept() -> None:
    made = table("clock", "j", "j", "j")
    assert made.of(ADA).clocks.bouts[0].patterns == ("clockwise", "counter-clockwise")
    made.press("undo")
    assert made.of(ADA).clocks.bouts[0].patterns == ("clockwise",)


def test_which_way_can_be_told_after_the_end_too() -> None:
    made = table("clock", "j")
    later(made, 121, "clock", "k")
    assert made.of(ADA).clocks.bouts[0].patterns == ("clockwise",)
