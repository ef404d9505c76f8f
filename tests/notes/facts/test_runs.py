"""Timed runs, and the counts that belong to each."""

from otgroup.record.parts.clocks import ClockEnded, ClockStarted
from otgroup.record.parts.counts import CountMeasure, Repetition
from otgroup.record.sides import Side
from tests.notes.told import ADA, body_of, group, like


def test_each_run_has_what_was_counted_from_its_start_to_the_next() -> None:
    play = group("functional-grasp")
    for at, stop, second, planned, placed, drops in (
        ("10:03", "10:10", 37, 20, 14, 3),
        ("10:12", "10:16", 50, 10, 10, 0),
    ):
        play.at(at).add(Repetition, ADA.id, measure="planned", count=planned)
        clock = play.at(at, 10).add(ClockStarted, ADA.id, measure="time")
        play.at(stop, second + 10).add(ClockEnded, ADA.id, of=clock.id, how="done")
        play.at(stop, 59).add(Repetition, ADA.id, measure="placed", count=placed, side=Side.RIGHT)
        play.add(Repetition, ADA.id, measure="drops", count=drops, side=Side.RIGHT)
    told = "In timed run 1 (7 min 37 s) she placed 14 of 20 cones and dropped 3 with the right hand; "
    assert f"{told}in run 2 (4 min 50 s) 10 of 10 and none." in body_of(play)


def test_what_belongs_to_no_interval_is_told_apart() -> None:
    play = group("baoding-balls")
    play.at("10:01").add(Repetition, ADA.id, measure="drops", count=1)
    clock = play.at("10:02").add(ClockStarted, ADA.id, measure="turning")
    play.at("10:03").add(Repetition, ADA.id, measure="drops", count=2)
    play.at("10:04").add(ClockEnded, ADA.id, of=clock.id, how="done")
    play.at("10:05").add(Repetition, ADA.id, measure="drops", count=3)
    text = body_of(play)
    assert "Interval 1 lasted 2 min, with 5 drops." in text
    assert "Apart from these, 1 drop was recorded." in text


def test_the_sides_of_what_was_planned_are_no_course() -> None:
    sides = {"sides": ("left", "right"), "side_means": "punching arm"}
    measures = (
        CountMeasure(id="punches", one="punch", many="punches", **sides),
        CountMeasure(id="hits", one="hit", many="hits", of="punches"),
    )
    play = group(like("one-leg-stance", measures=measures))
    for side, count in ((Side.LEFT, 20), (Side.RIGHT, 18)):
        play.add(Repetition, ADA.id, measure="punches", count=count, side=side)
    play.add(Repetition, ADA.id, measure="hits", count=30)
    assert "30 hits of 38 punches (20 left, 18 right)" in body_of(play)


def test_intervals_are_grouped_by_hand_and_alike_ones_told_together() -> None:
    play = group("baoding-balls")
    for minute, side, drops in ((2, "right", 1), (5, "right", 0), (8, "left", 2)):
        clock = play.at(f"10:0{minute}").add(ClockStarted, ADA.id, measure="turning", target_s=60, side=Side(side))
        play.add(Repetition, ADA.id, measure="drops", count=drops)
        play.at(f"10:0{minute + 1}").add(ClockEnded, ADA.id, of=clock.id, how="done")
    text = body_of(play)
    assert "With the right hand, intervals 1 and 2 lasted the targeted 1 min each, with 1, then 0 drops." in text
    assert "With the left hand, interval 3 lasted the targeted 1 min, with 2 drops." in text
