"""The fold: what events make of a session, and that replaying a journal gives what was on the screen."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.session import events as ev
from otgroup.session.events import Cue, Outcome, Recovery, Side
from otgroup.session.fold import apply, begin, effective, fold
from otgroup.session.people import PersonId
from otgroup.session.permit import why_not
from otgroup.session.state import Presence, SessionState, attendance, clock_s, minutes
from tests.strategies import Play, person, sessions, shipped

ADA, BEN = PersonId("p1"), PersonId("p2")


def play(group: str = "one-leg-stance") -> Play:
    made = Play(shipped(group))
    for number, who in enumerate((ADA, BEN), start=1):
        someone = msgspec.structs.replace(person(number), id=who)
        made.log.append(made.pen.write(ev.Joined, who, person=someone, number=number))
        made.log.append(made.pen.write(ev.Arrived, who))
    return made


def keep(made: Play, kind: type[ev.E], *who: PersonId, **fields: object) -> ev.E:
    event = made.pen.write(kind, *who, **fields)
    made.log.append(event)
    return event


def ada(made: Play):
    return fold(made.log).participants[ADA]


def test_repetitions_and_sets_add_up_by_side_and_unknown_is_not_zero() -> None:
    made = play()
    keep(made, ev.Repetition, ADA, measure="taps", side=Side.LEFT, count=1)
    keep(made, ev.SetDone, ADA, measure="taps", side=Side.LEFT, actual=12, target=15)
    assert (ada(made).count("taps", Side.LEFT), ada(made).count("taps", Side.RIGHT)) == (13, None)
    assert ada(made).side_in_use("taps") == Side.LEFT


def test_undoing_an_event_takes_what_was_added_to_it_along() -> None:
    made = play()
    incident = keep(made, ev.BalanceIncident, ADA)
    letter = keep(made, ev.BalanceDetail, ADA, of=incident.id, outcome=Outcome.LOB, recovery=Recovery.CONTACT)
    assert ada(made).incident_count(Outcome.LOB) == 1
    keep(made, ev.Undone, event=letter.id)
    assert ada(made).open_incident is not None
    keep(made, ev.Undone, event=incident.id)
    assert ada(made).incidents == ()


def test_an_undo_that_is_undone_takes_nothing_back() -> None:
    made = play()
    cue = keep(made, ev.CueGiven, ADA, type=Cue.VERBAL, count=1)
    undo = keep(made, ev.Undone, event=cue.id)
    assert ada(made).cues == {}
    keep(made, ev.Undone, event=undo.id)
    assert ada(made).cues == {Cue.VERBAL: 1}


def test_an_event_given_to_another_takes_its_details_and_keeps_its_time() -> None:
    made = play()
    incident = keep(made, ev.BalanceIncident, ADA)
    keep(made, ev.Moved, event=incident.id, to=BEN)
    keep(made, ev.BalanceDetail, ADA, of=incident.id, outcome=Outcome.UNSTEADY)
    state = fold(made.log)
    assert state.participants[ADA].incidents == ()
    [his] = state.participants[BEN].incidents
    assert (his.outcome, his.at) == (Outcome.UNSTEADY, incident.at)


def test_a_strategy_that_excludes_one_in_force_replaces_it_and_the_record_says_so() -> None:
    made = play("step-tap-align")
    keep(made, ev.Graded, ADA, from_level=0, to_level=-1, strategies=("wide-bos",))
    keep(made, ev.Graded, ADA, from_level=-1, to_level=0, strategies=("narrow-bos",))
    assert ada(made).in_force == ("narrow-bos",)
    assert ada(made).gradings[-1].ended == ("wide-bos",)


def test_a_strategy_used_against_its_direction_is_taken_away() -> None:
    made = play()
    keep(made, ev.Graded, ADA, from_level=0, to_level=-1, strategies=("one-hand",))
    up = keep(made, ev.Graded, ADA, from_level=-1, to_level=0)
    keep(made, ev.GradeDetail, ADA, of=up.id, strategy="one-hand")
    assert (ada(made).in_force, ada(made).gradings[-1].ended) == ((), ("one-hand",))


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ([(0, ev.Rested), (4, ev.Resumed)], 26),
        ([(0, ev.Rested), (30, None)], 0),
        ([(10, ev.GroupPaused), (20, ev.GroupResumed)], 20),
        ([(5, ev.Rested), (8, ev.GroupPaused), (12, ev.Resumed), (14, ev.GroupResumed)], 21),
        ([(20, ev.Left)], 20),
        ([(10, ev.Left), (15, ev.Arrived)], 25),
        ([(10, ev.Ended), (20, ev.Reopened)], 20),
        ([(0, ev.Absent)], 0),
    ],
)
def test_minutes_are_presence_less_untreated_rest_and_pauses(story, expected) -> None:
    made = play()
    start = made.now
    for after, kind in story:
        made.now = start + timedelta(minutes=after)
        if kind is not None:
            session_wide = kind in (ev.GroupPaused, ev.GroupResumed, ev.Ended, ev.Reopened)
            keep(made, kind, *(() if session_wide else (ADA,)))
    made.now = start + timedelta(minutes=30)
    keep(made, ev.Ended)
    state = fold(made.log)
    assert minutes(state.participants[ADA], state, state.until()) == expected


def test_minutes_cross_midnight_and_a_change_of_offset() -> None:
    zone = ZoneInfo("Europe/Berlin")
    evening = datetime(2026, 10, 24, 23, 50, tzinfo=zone)
    made = Play(shipped("one-leg-stance"))
    made.now = evening
    made.log[0] = msgspec.structs.replace(made.log[0], at=evening, entered=evening)
    keep(made, ev.Joined, ADA, person=msgspec.structs.replace(person(1), id=ADA), number=1)
    keep(made, ev.Arrived, ADA)
    begun = made.now.astimezone(UTC)
    made.now = (begun + timedelta(hours=4)).astimezone(zone)
    keep(made, ev.Ended)
    decoded = [msgspec.json.decode(msgspec.json.encode(e), type=ev.AnyEvent) for e in made.log]
    state = fold(decoded)
    assert minutes(state.participants[ADA], state, state.until()) == 240


def test_a_clock_stands_still_while_the_group_pauses_and_stops_when_its_owner_leaves() -> None:
    made = play("baoding-balls")
    start = made.now
    keep(made, ev.ClockStarted, ADA, measure="turning", target_s=120, side=Side.LEFT)
    made.now = start + timedelta(seconds=30)
    keep(made, ev.GroupPaused)
    made.now = start + timedelta(seconds=90)
    keep(made, ev.GroupResumed)
    made.now = start + timedelta(seconds=100)
    keep(made, ev.Left, ADA)
    state = fold(made.log)
    [clock] = state.participants[ADA].clocks
    assert not clock.runs
    assert clock_s(clock, state, start + timedelta(hours=1)) == 40


def test_coming_and_going() -> None:
    made = play()
    keep(made, ev.Rested, ADA)
    assert ada(made).presence == Presence.RESTING
    keep(made, ev.Left, ADA)
    assert (ada(made).presence, attendance(ada(made))) == (Presence.LEFT, "left_early")
    keep(made, ev.Arrived, ADA, late=True)
    assert (ada(made).presence, attendance(ada(made))) == (Presence.HERE, "late")


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_a_replay_gives_the_live_state(state: SessionState) -> None:
    live = begin(state.log[0])
    for event in state.log[1:]:
        live = apply(live, event)
    assert live == fold(state.log) == state


@given(sessions())
@settings(max_examples=60, deadline=None)
def test_undoing_the_last_event_gives_the_state_before_it(state: SessionState) -> None:
    last = state.log[-1]
    undone = apply(state, ev.Undone(id=ev.EventId("u"), entered=last.entered, by="x", event=last.id))
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
        assert minutes(participant, shuffled, shuffled.until()) >= 0
    for event in rest:
        why_not(shuffled, event)


@given(sessions())
@settings(max_examples=40, deadline=None)
def test_counts_are_the_sums_of_the_events_that_count(state: SessionState) -> None:
    for participant in state.board:
        mine = [e for e in effective(state) if e.participants == (participant.person.id,)]
        cues = sum(e.count for e in mine if isinstance(e, ev.CueGiven))
        assert sum(participant.cues.values()) == cues
