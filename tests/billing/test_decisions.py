"""What the leader decides about codes: units, another code, time alone, modifiers; ties; and what warns after it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.billing.rules import Billing, billing
from otgroup.record.course import Ended, Undone
from otgroup.record.parts.decisions import AloneCoded, CodeCorrected, ModifiersCorrected
from otgroup.record.parts.presence import Absent, Left
from otgroup.record.parts.words import Plan
from otgroup.record.people import PersonId
from otgroup.record.refusal import why_not
from tests.billing.billed import ADA, BOOK, COTA, coded, entry, mode, people, play, someone, warned
from tests.strategies import Play

BEN = PersonId("p1")
WHY = "the task itself was practised"


def ended(*decisions: dict[str, Any], alone: bool = False, setting: str = "Part B outpatient") -> Play:
    """Two people from 10:00 to 10:36 (Ben leaves at 10:20 where Ada is to be alone), then what was decided."""
    game = play(*people(2, setting))  # type: ignore[arg-type]
    if alone:
        game.at("10:20").add(Left, BEN)
    game.at("10:36").add(Ended)
    game.at("18:00")
    for fields in decisions:
        kind = AloneCoded if "minutes" in fields else ModifiersCorrected if "modifiers" in fields else None
        game.add(kind or CodeCorrected, ADA, **({"reason": WHY} | fields))
    return game


def ada(game: Play, *entries: Any) -> Billing:
    return next(one for one in billing(game.state(), BOOK, entries) if one.id == ADA)


def units(code: str, number: int, instead_of: str = "") -> dict[str, Any]:
    return {"code": code, "units": number, "instead_of": instead_of}


def test_a_decision_does_not_touch_the_minutes_or_anybody_else() -> None:
    game = ended(units("97530", 2, "97150"))
    first, second = billing(game.state(), BOOK)
    assert (first.minutes, mode(first), coded(second)) == (36, (0, 0, 36), [("97150", 1)])
    assert not second.decisions


ONE_ON_ONE = (entry("11:00", "11:24"), entry("11:24", "11:47", "97110"))


@pytest.mark.parametrize(
    ("decisions", "wanted"),
    [
        ((), [("97150", 1), ("97112", 2), ("97110", 1)]),
        ((units("97110", 0),), [("97150", 1), ("97112", 2)]),
        ((units("97112", 1),), [("97150", 1), ("97110", 1), ("97112", 1)]),
        ((units("97530", 2, "97112"),), [("97150", 1), ("97110", 1), ("97530", 2)]),
        ((units("97530", 2, "97112"), units("97530", 1)), [("97150", 1), ("97110", 1), ("97530", 1)]),
        ((units("97530", 2, "97112"), units("97140", 2, "97530")), [("97150", 1), ("97110", 1), ("97140", 2)]),
        ((units("97530", 2, "97112"), units("97112", 2, "97530")), [("97150", 1), ("97110", 1), ("97112", 2)]),
        ((units("97110", 3, "97112"),), [("97150", 1), ("97110", 3)]),
        ((units("97535", 1),), [("97150", 1), ("97112", 2), ("97110", 1), ("97535", 1)]),
    ],
)
def test_units_and_codes_as_they_were_decided(decisions, wanted) -> None:
    assert coded(ada(ended(*decisions), *ONE_ON_ONE)) == wanted


def test_a_corrected_line_says_by_whom_why_and_what_was_suggested() -> None:
    line = ada(ended(units("97530", 2, "97112")), *ONE_ON_ONE).codes[-1]
    assert line.because == f"corrected by J. Rivera (suggested: 97112 x 2): {WHY}"
    assert line.corrected == WHY


def test_a_code_that_is_not_billed_is_told_apart() -> None:
    one = ada(ended(units("97150", 0)))
    assert (one.codes, one.decisions) == ((), (f"97150 is not billed (J. Rivera: {WHY})",))


def test_corrections_beyond_the_rule_warn() -> None:
    assert warned(
        ada(ended(units("97112", 3)), *ONE_ON_ONE), "4 timed units after correction: the 8-minute rule gives 3"
    )
    assert warned(ada(ended(units("97112", 1))), "1 timed units after correction: the 8-minute rule gives 0")
    assert not warned(ada(ended(units("97112", 1)), *ONE_ON_ONE), "after correction")
    assert warned(ada(ended(units("97535", 1)), *ONE_ON_ONE), "97535 is not in the billing rules")


# --- ties --------------------------------------------------------------------------------------------

TIED = (entry("11:00", "11:20"), entry("11:20", "11:40", "97110"))


def test_a_tie_is_the_leaders_and_is_closed_by_a_decision() -> None:
    assert warned(ada(ended(), *TIED), "1 more unit to give: 97112 and 97110 are tied")
    one = ada(ended(units("97110", 2)), *TIED)
    assert coded(one) == [("97150", 1), ("97112", 1), ("97110", 2)]
    assert not warned(one, "tied")
    assert not warned(one, "after correction")


def test_of_two_tied_units_one_is_left_after_the_first() -> None:
    three = (entry("11:00", "11:10"), entry("11:10", "11:20", "97110"), entry("11:20", "11:30", "97530"))
    assert warned(ada(ended(), *three), "2 more units to give: 97112 and 97110 and 97530 are tied")
    assert warned(ada(ended(units("97110", 1)), *three), "1 more unit to give: 97112 and 97530 are tied")
    assert not warned(ada(ended(units("97110", 1), units("97530", 1)), *three), "tied")


# --- time alone --------------------------------------------------------------------------------------


def test_time_alone_becomes_one_on_one_time_when_the_leader_confirms_it() -> None:
    one = ada(ended({"minutes": 16, "code": "97112"}, alone=True))
    assert (mode(one), one.timed_minutes, coded(one)) == ((16, 0, 20), 16, [("97150", 1), ("97112", 1)])
    assert not warned(one, "alone with the leader")
    assert "confirmed by J. Rivera" in one.codes[1].because
    assert one.decisions == (f"16 min alone are one-on-one time, 97112 (J. Rivera: {WHY})",)
    assert warned(one, "59: 97150 with 97112")


def test_what_was_not_one_on_one_stays_the_groups() -> None:
    one = ada(ended({"minutes": 0}, alone=True))
    assert (mode(one), one.timed_minutes, coded(one)) == ((0, 0, 36), 0, [("97150", 1)])
    assert not warned(one, "alone with the leader")
    part = ada(ended({"minutes": 10, "code": "97112"}, alone=True))
    assert (mode(part), part.timed_minutes) == ((10, 0, 26), 10)


def test_more_than_is_recorded_cannot_be_confirmed() -> None:
    one = ada(ended({"minutes": 30, "code": "97112"}, alone=True))
    assert (one.timed_minutes, mode(one)) == (16, (16, 0, 20))
    assert warned(one, "30 min alone were confirmed, and 16 are recorded")


def test_confirmed_minutes_that_were_entered_too_count_once() -> None:
    game = ended({"minutes": 16, "code": "97112"}, alone=True)
    assert ada(game, entry("10:20", "10:36")).timed_minutes == 16


def test_where_no_units_are_billed_a_confirmation_gives_minutes_by_mode() -> None:
    one = ada(ended({"minutes": 16, "code": "97112"}, alone=True, setting="SNF Part A"))
    assert (one.codes, mode(one)) == ((), (16, 0, 20))


def test_a_session_held_one_on_one_gets_the_code_the_leader_names() -> None:
    game = play(someone(0), leader=COTA)
    game.at("10:36").add(Ended)
    game.add(AloneCoded, ADA, minutes=36, code="97530")
    one = ada(game)
    assert (coded(one), one.modifiers) == ([("97530", 2)], ("GO", "CO"))
    assert not warned(one, "confirm that nobody else")


def test_an_assistants_minutes_follow_a_code_to_its_correction() -> None:
    game = play(someone(0), leader=COTA)
    game.at("10:36").add(Ended)
    game.add(CodeCorrected, ADA, code="97530", units=2, instead_of="97112", reason=WHY)
    assert ada(game).modifiers == ("GO", "CO")


# --- modifiers, permission, undo -----------------------------------------------------------------------


def test_modifiers_are_the_leaders_and_answer_what_was_in_question() -> None:
    one = ada(ended({"modifiers": ("GO", "59")}), *ONE_ON_ONE)
    assert one.modifiers == ("GO", "59")
    assert not warned(one, "in question")
    assert ada(ended({"modifiers": ()}), *ONE_ON_ONE).modifiers == ()


def test_decisions_may_be_kept_after_the_end_and_nothing_else() -> None:
    game = ended()
    state = game.state()
    assert why_not(state, game.add(CodeCorrected, ADA, code="97112", units=1, reason=WHY)) is None
    assert "has ended" in (why_not(state, game.add(Plan, ADA, text="x")) or "")
    for kind, fields in (
        (CodeCorrected, {"code": "97112", "units": 1, "reason": ""}),
        (CodeCorrected, {"code": "97112", "units": 100, "reason": WHY}),
        (CodeCorrected, {"code": "97112", "units": -1, "reason": WHY}),
        (AloneCoded, {"minutes": 5}),
        (AloneCoded, {"minutes": 0}),
    ):
        assert why_not(state, game.add(kind, ADA, **fields)), fields


def test_who_had_no_treatment_has_nothing_to_decide() -> None:
    game = play(someone(0))
    game.join(someone(1))
    game.add(Absent, BEN)
    asked = game.add(CodeCorrected, BEN, code="97150", units=1, reason=WHY)
    assert "nothing is billed" in (why_not(game.state("10:36"), asked) or "")


def test_a_decision_that_is_taken_back_gives_the_suggestion_again() -> None:
    game = ended(units("97530", 2, "97112"))
    game.add(Undone, event=game.log[-1].id)
    assert coded(ada(game, *ONE_ON_ONE)) == coded(ada(ended(), *ONE_ON_ONE))


CODES = st.sampled_from(("97150", "97112", "97110", "97530", "97140"))


@given(st.lists(st.tuples(CODES, st.integers(0, 5), CODES | st.just("")), max_size=6))
def test_whatever_is_decided_a_code_has_one_line_and_the_last_word_counts(decisions) -> None:
    told = [units(code, number, "" if other == code else other) for code, number, other in decisions]
    one = ada(ended(*told), *ONE_ON_ONE)
    codes = [line.code for line in one.codes]
    assert len(codes) == len(set(codes))
    if told:
        last = told[-1]
        assert dict(coded(one)).get(last["code"], 0) == last["units"]
        assert last["instead_of"] not in codes
