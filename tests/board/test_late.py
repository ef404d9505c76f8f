"""Late entries: one person's record, at the time that was said, and nobody else's."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from otgroup.board import actions, late
from otgroup.board.actions import BY_ID
from otgroup.board.desk import Desk
from otgroup.record.course import Ended, Moved
from otgroup.record.event import Event, LatePen
from otgroup.record.parts.cues import Cue
from otgroup.record.parts.decisions import AloneCoded
from otgroup.record.people import PersonId
from otgroup.ui.board.ending import open_points_of
from tests.board.table import ADA, BEN, Table, labels

TEN = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)


class Late:
    """The desk of one person after the end, and who else was there."""

    def __init__(self, table: Table, who: PersonId) -> None:
        if table.kept.state.ended_at is None:
            table.now += timedelta(seconds=1)
            table.kept.record(Ended(**table.desk.pen.stamp()))
        self.table, ids = table, count(1)
        self.pen = LatePen(lambda: table.now + timedelta(minutes=30), lambda: f"l{next(ids)}", "J. Rivera", "late")
        self.desk = Desk(table.kept, self.pen, only=who)

    def press(self, *keys: str, at: datetime | None = None) -> None:
        self.pen.happened = at
        for key in keys:
            if len(key) == 1:
                self.desk.letter(key)
            else:
                assert not late.why_not_late(key, self.pen)
                actions.press(self.desk, BY_ID[key])

    @property
    def new(self) -> list[Event]:
        return [event for event in self.table.kept.state.log if event.source == "late"]


def grasping(*keys: str) -> Table:
    table = Table("functional-grasp")
    table.press(*keys)
    return table


def test_a_late_stop_is_the_persons_own_clock_at_the_time_that_was_said() -> None:
    table = Table("baoding-balls")
    table.desk.chosen = BEN
    table.press("clock", "j")
    table.now += timedelta(minutes=8)
    ada = Late(table, ADA)
    ada.press("clock", at=TEN + timedelta(minutes=3))
    assert ada.new == []  # she had none: it is asked on which side one began
    assert labels(ada) == ["left", "right"]
    assert table.of(BEN).clocks.running()
    ben = Late(table, BEN)
    ben.press("clock", at=TEN + timedelta(seconds=80))
    [ended] = [e for e in ben.new if e.kind == "clock_ended"]
    assert (ended.participants, ended.at, ended.how) == ((BEN,), TEN + timedelta(seconds=80), "stopped")


def test_a_late_stop_after_the_target_was_done_at_the_target() -> None:
    table = Table("baoding-balls")
    table.press("clock", "j")
    begun = table.new[0].at
    table.now += timedelta(minutes=8)
    ada = Late(table, ADA)
    ada.press("clock", at=TEN + timedelta(minutes=6))
    [ended] = ada.new
    assert (ended.at, ended.how) == (begun + timedelta(minutes=2), "done")


@pytest.mark.parametrize(("seconds", "told"), [(60, "0:59 done"), (0, "had no clock running before 10:00:01")])
def test_a_stopwatch_is_stopped_late_when_it_had_begun(seconds, told) -> None:
    table = grasping("clock")
    table.now += timedelta(minutes=8)
    ada = Late(table, ADA)
    ada.press("clock", at=TEN + timedelta(seconds=seconds))
    assert told in (ada.desk.strip.title if ada.desk.strip else ada.desk.said)
    assert len(ada.new) == (1 if seconds else 0)


def test_no_clock_is_started_in_a_group_that_is_over_its_length_is_told() -> None:
    table = Table("baoding-balls")
    table.now += timedelta(minutes=3)
    table.press("attendance", "h")
    table.type("")
    table.now += timedelta(minutes=8)
    ada = Late(table, ADA)
    ada.press("clock", "k", at=TEN)
    assert ada.new == []
    ada.desk.answer("3:25")
    assert "longer than their treatment" in ada.desk.said
    ada.desk.answer("1:25")
    [clock] = table.of(ADA).clocks.bouts
    assert (clock.runs, clock.stated_s, clock.side) == (False, 85, "right")
    table = grasping()
    table.now += timedelta(minutes=2)
    grasp = Late(table, BEN)
    grasp.press("clock", at=TEN)
    grasp.desk.answer("later")
    assert grasp.desk.question
    grasp.desk.answer("0:48")
    [clock] = grasp.table.of(BEN).clocks.bouts
    assert (clock.runs, clock.stated_s, clock.side) == (False, 48, None)


def test_who_left_with_a_running_clock_is_said_late() -> None:
    table = grasping("clock")
    table.now += timedelta(minutes=8)
    ada = Late(table, ADA)
    at = TEN + timedelta(minutes=4)
    ada.press("attendance", "h", at=at)
    assert [(e.kind, e.at) for e in ada.new] == [("clock_ended", at), ("left", at)]


def test_undo_takes_back_nothing_of_somebody_else() -> None:
    table = Table()
    table.press("cue_verbal", "2", "cue_tactile")
    ada = Late(table, ADA)
    ada.press("undo")
    assert ada.desk.said.startswith("undone: verbal cue, ")
    ada.press("undo")
    assert ada.desk.said == "nothing to undo"
    assert table.of(BEN).cues.by_type == {Cue.TACTILE: 1}


def test_undo_takes_back_no_decision_of_the_bill() -> None:
    table = Table()
    table.press("cue_verbal")
    ada = Late(table, ADA)
    table.kept.record(AloneCoded(**ada.pen.stamp(ADA, at=None), minutes=5, code="97535", reason="alone"))
    ada.press("undo")
    assert "verbal cue" in ada.desk.said
    assert [e.kind for e in table.kept.state.log if e.id in table.kept.state.undone] == ["cue_given"]


def test_every_attempt_without_a_score_is_asked_for_late_and_not_only_the_last() -> None:
    table = Table("step-tap-align")
    table.press("trial")  # Ada's, which was Ben's
    given = table.new[0]
    table.press("2", "trial", "trial", "trial", "trial", "j")
    table.kept.record(Moved(**table.desk.pen.stamp(), event=given.id, to=BEN))
    assert [trial.phase for trial in table.of(BEN).trials.attempts] == ["shown", "scored"]
    assert "attempt has no score" in open_points_of(table.of(BEN), table.kept.state)
    ben = Late(table, BEN)
    late.ask_unfinished(ben.desk)
    assert "attempt 1" in ben.desk.strip.title
    ben.desk.letter("l")
    assert [trial.recalled for trial in table.of(BEN).trials.attempts] == [2, 0]
    assert "attempt has no score" not in open_points_of(table.of(BEN), table.kept.state)


def test_an_attempt_can_be_told_late() -> None:
    table = Table("step-tap-align")
    ada = Late(table, ADA)
    for _ in range(4):
        ada.press("trial")
    assert [e.kind for e in ada.new][:3] == ["trial_opened", "trial_stepped", "trial_stepped"]
    ada.desk.letter("l")
    assert table.of(ADA).trials.attempts[0].recalled is not None
    assert {e.at for e in ada.new} == {None}
