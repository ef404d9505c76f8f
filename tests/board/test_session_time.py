"""The time a session goes by: even, whatever is done to the machine's clock, and never before what was entered."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from otgroup.board import undo as mending
from otgroup.board.desk import Desk
from otgroup.board.ending import Ending
from otgroup.board.session_time import SessionTime, SessionTimes
from otgroup.record.event import Event, Pen
from otgroup.record.machine_clock import settings, steps_back
from otgroup.record.parts.cues import Cue, CueGiven
from tests.board.table import ADA, Kept, Table

TEN = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
BACK = timedelta(minutes=-5)


class Machine:
    """A machine whose clock can be set, and that counts seconds beside it."""

    def __init__(self) -> None:
        self.wall, self.seconds = TEN, 0.0

    def go_on(self, **length: float) -> None:
        passed = timedelta(**length)
        self.wall += passed
        self.seconds += passed.total_seconds()

    def set(self, by: timedelta) -> None:
        self.wall += by

    def time(self, last: datetime = TEN, *, steady: bool = True) -> SessionTime:
        return SessionTime(lambda: self.wall, (lambda: self.seconds) if steady else None, last=last)

    def desk(self, log: list[Event] | None = None) -> Desk:
        """A group of three that is opened now."""
        kept = Kept(log or list(Table().kept.state.log))
        time = SessionTimes(lambda: self.wall, lambda: self.seconds).of(kept.state)
        ids = iter(range(10_000))
        desk = Desk(kept, Pen(time, lambda: f"m{len(kept.state.log)}-{next(ids)}", "J. Rivera"), time)
        desk.chosen = ADA
        return desk


def tap(desk: Desk) -> None:
    desk.record(CueGiven(**desk.pen.stamp(ADA), type=Cue.VERBAL, count=1))


def worked(desk: Desk) -> int:
    return desk.state.participants[ADA].presence.minutes(desk.state.elapsed(desk.state.until()))


@given(st.lists(st.tuples(st.integers(0, 600), st.integers(-90_000, 90_000)), max_size=8))
def test_it_goes_on_evenly_whatever_the_clock_is_set_to(steps) -> None:
    machine = Machine()
    time, passed = machine.time(), 0
    for length, by in steps:
        machine.go_on(seconds=length)
        machine.set(timedelta(seconds=by))
        passed += length
        told = time() - TEN - timedelta(seconds=passed)
        assert abs(told) <= timedelta(seconds=1) * sum(abs(b) < 2 for _, b in steps)


def test_eleven_minutes_stay_eleven_and_the_leader_is_told_at_once() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=6)
    tap(desk)
    machine.set(BACK)
    machine.go_on(seconds=1)
    desk.watch_clock()
    assert "the machine's clock was set back 5 min" in desk.alarm
    machine.go_on(minutes=5)
    assert Ending(desk).keep()
    assert worked(desk) == 11
    assert [event.seconds for event in settings(desk.state)] == [-300]
    assert steps_back(desk.state) == ()


def test_a_clock_set_forward_adds_no_minute() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=6)
    machine.set(timedelta(minutes=8))
    tap(desk)
    assert worked(desk) == 6
    assert "set forward 8 min" in desk.alarm
    machine.go_on(minutes=3)
    Ending(desk).keep()
    assert worked(desk) == 9


def test_a_tap_before_the_next_second_keeps_the_setting_first() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=1)
    machine.set(BACK)
    tap(desk)
    assert [event.kind for event in desk.state.log[-2:]] == ["machine_clock_set", "cue_given"]


def test_after_a_crash_the_group_goes_on_by_the_clock_it_had() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=6)
    machine.set(BACK)
    tap(desk)
    machine.go_on(minutes=2)
    again = machine.desk(list(desk.state.log))
    machine.go_on(minutes=3)
    Ending(again).keep()
    assert worked(again) == 11
    assert len(settings(again.state)) == 1


def test_set_back_while_it_was_closed_nothing_is_counted_unless_the_leader_says_so() -> None:
    for said, stands in ((None, 7), (4, 11)):
        machine = Machine()
        desk = machine.desk()
        machine.go_on(minutes=6)
        tap(desk)
        machine.set(timedelta(hours=-2))
        again = machine.desk(list(desk.state.log))
        if said:
            again.say_passed(said)
        machine.go_on(minutes=1)
        Ending(again).keep()
        assert worked(again) == stands
        assert again.state.ended_at > again.state.started_at
        assert "set back 2 h" in again.alarm


def test_without_a_steady_count_a_step_back_is_noticed_all_the_same() -> None:
    machine = Machine()
    time = machine.time(steady=False)
    machine.go_on(minutes=3)
    assert time() == TEN + timedelta(minutes=3)
    machine.set(BACK)
    assert time() == TEN + timedelta(minutes=3)
    assert time.take_moved() == BACK
    assert not time.take_moved()


def test_a_clock_kept_right_in_small_steps_is_followed_and_not_told() -> None:
    machine = Machine()
    time = machine.time()
    for _ in range(10):
        machine.go_on(seconds=30)
        machine.set(timedelta(seconds=0.5))
        time()
    assert time() == machine.wall
    assert not time.take_moved()


def test_what_is_entered_after_the_end_goes_by_the_machines_clock_and_never_before_the_last_entry() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=6)
    machine.set(BACK)
    Ending(desk).keep()
    after = SessionTimes(lambda: machine.wall, lambda: machine.seconds).of(desk.state)
    assert after() >= desk.state.log[-1].entered
    machine.go_on(days=1)
    later = SessionTimes(lambda: machine.wall, lambda: machine.seconds).of(desk.state)
    assert later() == machine.wall


def test_undo_passes_the_setting_over() -> None:
    machine = Machine()
    desk = machine.desk()
    tap(desk)
    machine.set(BACK)
    desk.watch_clock()
    mending.undo(desk)
    assert desk.said.startswith("undone: verbal cue")


def test_an_entry_with_an_earlier_time_than_the_one_before_it_is_found() -> None:
    machine = Machine()
    desk = machine.desk()
    machine.go_on(minutes=6)
    tap(desk)
    blind = Desk(desk.session, Pen(lambda: machine.wall, lambda: "blind", "J. Rivera"))
    machine.set(BACK)
    tap(blind)
    assert steps_back(blind.state) == ((TEN + timedelta(minutes=6), TEN + timedelta(minutes=1)),)
