"""Intervals in a note: which way they were worked, and the counts that belong to each."""

from otgroup.notes.batch import write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.clocks import ClockDetail, ClockEnded, ClockStarted
from otgroup.record.parts.counts import SetDone
from otgroup.record.sides import Side
from tests.strategies import Play, load_template, person, shipped

WRITER = NoteWriter(load_template)
ADA = person(0, "she")


def balls() -> Play:
    play = Play(shipped("baoding-balls"))
    play.here(ADA)
    return play


def interval(play: Play, start: str, end: str, *patterns: str, side: str = "left") -> None:
    clock = play.at(start).add(ClockStarted, ADA.id, measure="turning", target_s=120, side=Side(side))
    for pattern in patterns:
        play.add(ClockDetail, ADA.id, of=clock.id, pattern=pattern)
    play.at(end).add(ClockEnded, ADA.id, of=clock.id, how="done")


def counted(play: Play, at: str, measure: str, number: int) -> None:
    play.at(at).add(SetDone, ADA.id, measure=measure, actual=number)


def body(play: Play) -> str:
    return write_batch(play.state("10:30"), WRITER).notes[0].body


def test_one_way_for_all_is_said_once() -> None:
    play = balls()
    interval(play, "10:01", "10:03", "clockwise")
    interval(play, "10:04", "10:06", "clockwise")
    assert "With the left hand, clockwise, intervals 1 and 2 lasted the targeted 2 min each." in body(play)


def test_each_interval_says_its_own_way() -> None:
    play = balls()
    interval(play, "10:01", "10:03", "clockwise")
    interval(play, "10:04", "10:06", "clockwise", "counter-clockwise")
    interval(play, "10:07", "10:09")
    told = (
        "With the left hand, interval 1 (clockwise) lasted the targeted 2 min; interval 2 (clockwise and "
        "counter-clockwise) lasted the targeted 2 min; interval 3 lasted the targeted 2 min."
    )
    assert told in body(play)


def test_a_single_interval_says_it_too() -> None:
    play = balls()
    interval(play, "10:01", "10:03", "counter-clockwise", side="right")
    assert "With the right hand, counter-clockwise, interval 1 lasted the targeted 2 min." in body(play)


def test_what_is_counted_up_after_an_interval_belongs_to_it() -> None:
    play = balls()
    interval(play, "10:01", "10:03")
    counted(play, "10:04", "contacts", 9)
    interval(play, "10:05", "10:07")
    counted(play, "10:06", "contacts", 10)
    counted(play, "10:08", "contacts", 4)
    counted(play, "10:08", "drops", 1)
    told = "with 9 ball contacts; interval 2 lasted the targeted 2 min, with 14 ball contacts (sets of 10 and 4)"
    assert told in body(play)


def test_what_is_counted_before_any_interval_is_told_apart() -> None:
    play = balls()
    counted(play, "10:01", "drops", 2)
    interval(play, "10:05", "10:07")
    text = body(play)
    assert "2 drops" in text
    assert "2 min, with 2 drops" not in text
