"""The minutes that a note and a bill both tell are the same."""

from datetime import timedelta

from hypothesis import given

from otgroup.billing.billing_case import BillingCase, case_of
from otgroup.billing.one_on_one import OneOnOne
from otgroup.notes.facts.figures import HeaderFacts
from otgroup.notes.facts.reading import facts_for
from otgroup.record.course import Ended
from otgroup.record.parts.decisions import AloneCoded
from otgroup.record.parts.presence import Left
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState
from tests.billing.billed import BOOK
from tests.notes.told import ADA, BEN, group
from tests.strategies import Play, sessions


def both(state: SessionState, *entries: OneOnOne, who: PersonId = ADA.id) -> tuple[HeaderFacts, BillingCase]:
    return facts_for(state, who, None, entries).header, case_of(state.participants[who], state, BOOK, entries)


def told(state: SessionState, *entries: OneOnOne) -> tuple[int | None, int | None]:
    """Minutes alone and timed minutes in Ada's note; None where it states none."""
    header, _ = both(state, *entries)
    return tuple(figure and int(figure.value) for figure in (header.alone_minutes, header.timed_minutes))


def entered(play: Play, start: str, end: str) -> OneOnOne:
    return OneOnOne(
        id=start, person=ADA.id, date=play.now.date(), start=play.time(start), end=play.time(end), code="97112",
        leader=play.state().leader, entered=play.now,
    )  # fmt: skip


@given(sessions())
def test_in_any_session_alone_and_timed_minutes_are_those_of_the_bill(state) -> None:
    for p in state.board:
        if not p.took_part:
            continue
        header, case = both(state, who=p.person.id)
        if header.alone_minutes:
            assert header.alone_minutes.value == case.split.alone
        if header.timed_minutes:
            assert header.timed_minutes.value == case.timed
        else:
            assert case.in_group
            assert case.split.alone > 0


def test_what_was_entered_and_what_was_confirmed_add_up() -> None:
    play = group("one-leg-stance")
    play.at("10:20").add(Left, BEN.id)
    play.state("10:30")
    six = entered(play, "10:20", "10:26")
    assert told(play.state()) == (10, None)
    assert told(play.state(), six) == (10, 6)
    play.add(AloneCoded, ADA.id, minutes=4, code="97112")
    header, case = both(play.state(), six)
    assert header.timed_minutes.value == case.timed == 10


def test_two_who_never_met_were_each_treated_alone() -> None:
    play = Play(group("one-leg-stance").protocol)
    play.here(ADA)
    play.at("10:15").add(Left, ADA.id)
    play.at("10:16").here(BEN)
    header, case = both(play.state("10:31"))
    assert header.timed_minutes.value == case.timed == 15
    assert (header.group_size.value, header.alone_minutes) == (1, None)


def test_a_minute_left_over_goes_where_the_bill_puts_it() -> None:
    play = group("one-leg-stance")
    play.at("10:11", 20).add(Left, BEN.id)
    play.now += timedelta(seconds=700)
    play.add(Ended)
    header, case = both(play.state())
    assert header.alone_minutes.value == case.split.alone == 12
