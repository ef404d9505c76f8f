"""The fold: what events make of a session, and that replaying a journal gives what was on the screen."""

from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.record.codec import decode
from otgroup.record.course import Ended, GroupPaused, GroupResumed, Joined, Moved, Reopened, Undone
from otgroup.record.event import NOW, Event, EventId
from otgroup.record.fold import apply, fold
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, Outcome, Recovery
from otgroup.record.parts.clocks import ClockStarted
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import Graded, GradeDetail
from otgroup.record.parts.presence import Absent, Arrived, Left, Rested, Resumed, Whereabouts
from otgroup.record.people import PersonId
from otgroup.record.refusal import why_not
from otgroup.record.sides import Side
from otgroup.record.state import SessionState
from tests.strategies import Play, person, sessions, shipped

_E = TypeVar("_E", bound=Event)
ADA, BEN = PersonId("p1"), PersonId("p2")


def play(group: str = "one-leg-stance") -> Play:
    made = Play(shipped(group))
    for number, who in enumerate((ADA, BEN), start=1):
        someone = msgspec.structs.replace(person(number), id=who)
        made.log.append(Joined(**made.pen.stamp(who), person=someone, number=number))
        made.log.append(Arrived(**made.pen.stamp(who)))
    return made


def keep(made: Play, kind: type[_E], *who: PersonId, **fields: object) -> _E:
    event = kind(**made.pen.stamp(*who, at=fields.pop("at", NOW)), **fields)
    made.log.append(event)
    return event


def ada(made: Play):
    return fold(made.log).participants[ADA]


def test_repetitions_and_sets_add_up_by_side_and_unknown_is_not_zero() -> None:
    made = play()
    keep(made, Repetition, ADA, measure="taps", side=Side.LEFT, count=1)
    keep(made, SetDone, ADA, measure="taps", side=Side.LEFT, actual=12, target=15)
    assert (ada(made).counts.total("taps", Side.LEFT), ada(made).counts.total("taps", Side.RIGHT)) == (13, None)
    assert ada(made).counts.side_in_use("taps") == Side.LEFT


def test_undoing_an_event_takes_what_was_added_to_it_along() -> None:
    made = play()
    incident = keep(made, BalanceIncident, ADA)
    letter = keep(made, BalanceDetail, ADA, of=incident.id, outcome=Outcome.LOB, recovery=Recovery.CONTACT)
    assert ada(made).balance.count(Outcome.LOB) == 1
    keep(made, Undone, event=letter.id)
    assert ada(made).balance.open_incident is not None
    keep(made, Undone, event=incident.id)
    assert ada(made).balance.incidents == ()


def test_an_undo_that_is_undone_takes_nothing_back() -> None:
    made = play()
    cue = keep(made, CueGiven, ADA, type=Cue.VERBAL, count=1)
    undo = keep(made, Undone, event=cue.id)
    assert ada(made).cues.by_type == {}
    keep(made, Undone, event=undo.id)
    assert ada(made).cues.by_type == {Cue.VERBAL: 1}


def test_an_event_given_to_another_takes_its_details_and_keeps_its_time() -> None:
    made = play()
    incident = keep(made, BalanceIncident, ADA)
    keep(made, Moved, event=incident.id, to=BEN)
    keep(made, BalanceDetail, ADA, of=incident.id, outcome=Outcome.UNSTEADY)
    state = fold(made.log)
    assert state.participants[ADA].balance.incidents == ()
    [his] = state.participants[BEN].balance.incidents
    assert (his.outcome, his.at) == (Outcome.UNSTEADY, incident.at)


def test_a_strategy_that_excludes_one_in_force_replaces_it_and_the_record_says_so() -> None:
    made = play("step-tap-align")
    keep(made, Graded, ADA, from_level=0, to_level=-1, strategies=("wide-bos",))
    keep(made, Graded, ADA, from_level=-1, to_level=0, strategies=("narrow-bos",))
    assert ada(made).grading.in_force == ("narrow-bos",)
    assert ada(made).grading.changes[-1].ended == ("wide-bos",)


def test_a_strategy_used_against_its_direction_is_taken_away() -> None:
    made = play()
    keep(made, Graded, ADA, from_level=0, to_level=-1, strategies=("one-hand",))
    up = keep(made, Graded, ADA, from_level=-1, to_level=0)
    keep(made, GradeDetail, ADA, of=up.id, strategy="one-hand")
    assert (ada(made).grading.in_force, ada(made).grading.changes[-1].ended) == ((), ("one-hand",))


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([(0, Rested), (4, Resumed)], 26),
        ([(0, Rested), (30, None)], 0),
        ([(10, GroupPaused), (20, GroupResumed)], 20),
        ([(5, Rested), (8, GroupPaused), (12, Resumed), (14, GroupResumed)], 21),
        ([(20, Left)], 20),
        ([(10, Left), (15, Arrived)], 25),
        ([(10, Ended), (20, Reopened)], 20),
        ([(0, Absent)], 0),
    ],
)
def test_minutes_are_presence_less_untreated_rest_and_pauses(story, expected) -> None:
    made = play()
    start = made.now
    for after, kind in story:
        made.now = start + timedelta(minutes=after)
        if kind is not None:
            session_wide = kind in (GroupPaused, GroupResumed, Ended, Reopened)
            keep(made, kind, *(() if session_wide else (ADA,)))
    made.now = start + timedelta(minutes=30)
    keep(made, Ended)
    state = fold(made.log)
    assert state.participants[ADA].presence.minutes(state.elapsed(state.until())) == expected


def test_minutes_cross_midnight_and_a_change_of_offset() -> None:
    zone = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 24, 23, 50, tzinfo=zone)
    made = Play(shipped("one-leg-stance"))
    made.now = evening
    made.log[0] = msgspec.structs.replace(made.log[0], at=evening, entered=evening)
    keep(made, Joined, ADA, person=msgspec.structs.replace(person(1), id=ADA), number=1)
    keep(made, Arrived, ADA)
    begun = made.now.astimezone(UTC)
    made.now = (begun + timedelta(hours=4)).astimezone(zone)
    keep(made, Ended)
    decoded = [decode(msgspec.json.encode(e)) for e in made.log]
    state = fold(decoded)
    assert state.participants[ADA].presence.minutes(state.elapsed(state.until())) == 240


def test_a_clock_stands_still_while_the_group_pauses_and_stops_when_its_owner_leaves() -> None:
    made = play("baoding-balls")
    start = made.now
    keep(made, ClockStarted, ADA, measure="turning", target_s=120, side=Side.LEFT)
    made.now = start + timedelta(seconds=30)
    keep(made, GroupPaused)
    made.now = start + timedelta(seconds=90)
    keep(made, GroupResumed)
    made.now = start + timedelta(seconds=100)
    keep(made, Left, ADA)
    state = fold(made.log)
    [clock] = state.participants[ADA].clocks.bouts
    assert not clock.runs
    assert clock.seconds(state.elapsed(start + timedelta(hours=1))) == 40


def test_coming_and_going() -> None:
    made = play()
    keep(made, Rested, ADA)
    assert ada(made).presence.now == Whereabouts.RESTING
    keep(made, Left, ADA)
    assert (ada(made).presence.now, ada(made).presence.attendance) == (Whereabouts.LEFT, "left_early")
    keep(made, Arrived, ADA, late=True)
    assert (ada(made).presence.now, ada(made).presence.attendance) == (Whereabouts.HERE, "late")


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_a_replay_gives_the_live_state(state: SessionState) -> None:
    live = fold(state.log[:1])
    for event in state.log[1:]:
        live = apply(live, event)
    assert live == fold(state.log) == state


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_undoing_the_last_event_gives_the_state_before_it(state: SessionState) -> None:
    last = state.log[-1]
    undone = apply(state, Undone(id=EventId("u"), entered=last.entered, by="x", event=last.id))
    before = fold(state.log[:-1])
    same = ("participants", "pauses", "ended_at", "voided", "status")
    assert all(getattr(undone, name) == getattr(before, name) for name in same)


@given(sessions(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_no_order_of_events_raises(state: SessionState, random) -> None:
    rest = list(state.log[1:])
    random.shuffle(rest)
    shuffled = fold([state.log[0], *rest])
    for participant in shuffled.board:
        assert participant.presence.minutes(shuffled.elapsed(shuffled.until())) >= 0
    for event in rest:
        why_not(shuffled, event)


@given(sessions())
@settings(max_examples=40, deadline=None)
def test_counts_are_the_sums_of_the_events_that_count(state: SessionState) -> None:
    for participant in state.board:
        mine = [e for e in state.effective if e.participants == (participant.person.id,)]
        cues = sum(e.count for e in mine if isinstance(e, CueGiven))
        assert sum(participant.cues.by_type.values()) == cues
