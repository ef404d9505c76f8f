"""Silences: what was taken as a pause is asked about until somebody has said what it was, and can always be said."""

from datetime import timedelta

import pytest

from otgroup.board.ending import Ending
from otgroup.board.late import ask_unfinished
from otgroup.board.silences import LONGEST, ask_reopened
from otgroup.record.course import Reopened, Undone
from otgroup.record.event import LatePen
from otgroup.record.fold import fold
from otgroup.record.parts.words import ReasonGiven
from otgroup.record.silence import unsaid
from tests.board.table import ADA, BEN, Table


def silent(*keys: str, minutes: int = 20) -> Table:
    """Seven minutes of work, then nothing for a while, then keys."""
    table = Table()
    table.now += timedelta(minutes=7)
    table.press("left")
    table.now += timedelta(minutes=minutes)
    table.press(*keys)
    return table


def worked(table: Table) -> int:
    state = table.kept.state
    return state.participants[ADA].presence.minutes(state.elapsed(state.until(table.now)))


def asked(table: Table) -> list[str]:
    return [silence.told for silence in unsaid(table.kept.state)]


def test_a_silence_on_the_board_is_asked_about_until_it_is_answered() -> None:
    table = silent("left", "left", "cue_verbal")
    assert asked(table) == ["20 min without an entry, 10:07-10:27"]
    assert worked(table) == 7


@pytest.mark.parametrize(("letter", "stands"), [("j", 27), ("k", 7)])
def test_the_strip_takes_either_answer_and_nobody_is_asked_again(letter, stands) -> None:
    table = silent("left", letter)
    assert asked(table) == []
    assert worked(table) == stands


@pytest.mark.parametrize(("answers", "stands", "open_still"), [((), 7, 1), ((True,), 27, 0), ((False,), 7, 0)])
def test_the_end_promises_the_minutes_that_the_record_then_gives(answers, stands, open_still) -> None:
    table = silent()
    ending = Ending(table.desk)
    for treated in answers:
        ending.say(treated=treated)
    preview = ending.preview()
    assert table.kept.state.ended_at is None
    assert preview.participants[ADA].presence.minutes(preview.elapsed(preview.until())) == stands
    assert ending.keep()
    assert (worked(table), len(asked(table))) == (stands, open_still)
    assert fold(table.kept.state.log) == table.kept.state


def test_an_answer_at_the_end_can_be_changed_until_enter() -> None:
    table = silent()
    ending = Ending(table.desk)
    ending.say(treated=True)
    ending.say(treated=False)
    ending.keep()
    assert (worked(table), asked(table)) == (7, [])


def test_a_silence_that_grows_while_the_end_is_open_keeps_its_answer() -> None:
    table = silent()
    ending = Ending(table.desk)
    ending.say(treated=True)
    table.now += timedelta(minutes=3)
    ending.keep()
    assert (worked(table), asked(table)) == (30, [])


def test_several_silences_are_answered_one_after_another() -> None:
    table = silent("left")
    table.now += timedelta(minutes=15)
    ending = Ending(table.desk)
    assert [s.told for s in ending.silences()] == [
        "20 min without an entry, 10:07-10:27",
        "15 min without an entry, 10:27-10:42",
    ]
    ending.say(treated=False)
    ending.say(treated=True)
    ending.keep()
    assert (worked(table), asked(table)) == (22, [])


def test_a_stopwatch_that_nothing_was_entered_beside_keeps_its_time_once_somebody_says_so() -> None:
    table = Table("functional-grasp")
    table.press("1", "clock")
    table.now += timedelta(minutes=15)
    table.press("clock")
    assert asked(table) == ["15 min without an entry, 10:00-10:15"]
    ending = Ending(table.desk)
    ending.say(treated=True)
    assert ending.preview().participants[BEN].presence.minutes(ending.preview().elapsed(table.now)) == 15


@pytest.mark.parametrize(("letter", "stands"), [("j", 27), ("k", 7)])
def test_after_the_end_the_review_can_still_answer(letter, stands) -> None:
    table = silent()
    Ending(table.desk).keep()
    late = LatePen(lambda: table.now, iter("abcdef").__next__, "J. Rivera", "late")
    table.desk.pen = late
    ask_unfinished(table.desk)
    assert "20 min without an entry, 10:07-10:27" in table.desk.strip.title
    table.desk.letter(letter)
    assert (worked(table), asked(table)) == (stands, [])
    ask_unfinished(table.desk)
    assert table.desk.strip is None


def test_an_answer_that_is_taken_back_is_asked_for_again() -> None:
    table = silent("left", "k")
    reason = next(e for e in table.kept.state.log if isinstance(e, ReasonGiven))
    table.desk.record(Undone(**table.desk.pen.stamp(), event=reason.id))
    assert len(asked(table)) == 1


def test_a_pause_that_the_leader_asked_for_is_no_silence() -> None:
    table = Table()
    table.press("left", "pause")
    table.now += timedelta(minutes=20)
    table.press("pause", "left")
    assert asked(table) == []


@pytest.mark.parametrize(
    ("away", "offered"), [(timedelta(minutes=12), True), (LONGEST + timedelta(minutes=1), False)]
)
def test_a_group_that_goes_on_after_its_end_can_have_been_treated_meanwhile(away, offered) -> None:
    table = Table()
    table.now += timedelta(minutes=7)
    table.press("left")
    Ending(table.desk).keep()
    table.now += away
    table.desk.record(Reopened(**table.desk.pen.stamp()))
    ask_reopened(table.desk)
    assert (table.desk.strip is not None) is offered
    assert worked(table) == 7
    if offered:
        table.desk.letter("j")
        assert worked(table) == 19
    else:
        assert "is a pause" in table.desk.said
