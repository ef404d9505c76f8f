"""Billing of a session: settings, company, minutes by mode, codes with their reasons, modifiers, findings."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.billing.code_hints import fitting, has_word
from otgroup.billing.one_on_one import OneOnOne, presence_in_group, refuse_overlap
from otgroup.billing.rule_book import parse_rules
from otgroup.billing.rules import billing
from otgroup.billing.together import slices, treated_spans, whole_minutes
from otgroup.errors import BadInput
from otgroup.record.course import Ended, GroupPaused, GroupResumed, Voided
from otgroup.record.event import Event
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.presence import Absent, Declined, Left, Rested, RestTotal, Resumed
from otgroup.record.parts.words import Remark
from otgroup.record.people import Leader, Link, Person, PersonId, Setting
from otgroup.record.state import SessionState
from tests.billing.billed import ADA, BOOK, COTA, TEXT, ada, coded, entry, held, mode, people, play, someone, warned
from tests.strategies import Play, sessions, shipped

# --- a group in each setting -------------------------------------------------------------------------


@pytest.mark.parametrize("size", [2, 3, 4])
def test_part_b_has_one_group_unit_for_everyone_and_no_warning(size: int) -> None:
    for one in billing(held(*people(size)), BOOK):
        assert coded(one) == [("97150", 1)]
        assert mode(one) == (0, 0, 36)
        assert (one.minutes, one.timed_minutes, one.modifiers, one.warnings) == (36, 0, ("GO",), ())


def test_group_minutes_are_never_units_however_long() -> None:
    assert coded(ada(held(*people(2), end="14:00"))) == [("97150", 1)]
    assert ada(held(*people(2), end="14:00")).timed_minutes == 0


@pytest.mark.parametrize(("size", "capped"), [(4, False), (5, True), (9, True)])
def test_some_part_b_payers_cap_the_size(size: int, capped: bool) -> None:
    assert warned(ada(held(*people(size))), "some payers pay for at most 4") is capped


@pytest.mark.parametrize("setting", ["SNF Part A", "IRF"])
def test_where_no_units_are_billed_minutes_stand_by_mode(setting: Setting) -> None:
    one = ada(held(*people(4, setting)))
    assert (one.codes, one.modifiers, mode(one)) == ((), (), (0, 0, 36))


def test_other_settings_have_no_rule() -> None:
    one = ada(held(*people(9, "other")))
    assert (coded(one), one.modifiers, one.warnings, one.reminders) == ([("97150", 1)], (), (), ())


def test_a_setting_that_was_not_given_is_said() -> None:
    one = ada(held(*people(3, "")))
    assert coded(one) == [("97150", 1)]
    assert warned(one, "setting not given")


def test_one_group_can_mix_settings_and_all_payers_count() -> None:
    everybody = (someone(0, "SNF Part A"), *(someone(n) for n in range(1, 7)))
    billed = billing(held(*everybody), BOOK)
    assert [coded(one) for one in billed] == [[], *[[("97150", 1)]] * 6]
    assert warned(billed[0], "7 at once: a group has at most 6 in SNF Part A")


@pytest.mark.parametrize(("size", "group"), [(2, 36), (6, 36), (7, 0), (12, 0)])
def test_over_six_in_a_snf_are_not_group_minutes(size: int, group: int) -> None:
    one = ada(held(*people(size, "SNF Part A")))
    assert mode(one) == (0, 0, group)
    assert one.minutes == 36
    assert warned(one, "36 min (10:00-10:36) are not group minutes") is (size > 6)


def test_only_the_minutes_with_seven_in_a_snf_are_not_group_minutes() -> None:
    game = play(*people(6, "SNF Part A"))
    game.at("10:26").here(someone(6, "SNF Part A"))
    one = ada(game.state("10:36"))
    assert mode(one) == (0, 0, 26)
    assert warned(one, "10 min (10:26-10:36) are not group minutes")


@pytest.mark.parametrize(("size", "over"), [(6, False), (7, True)])
def test_a_seventh_in_an_irf_is_a_warning_and_changes_nothing(size: int, over: bool) -> None:
    one = ada(held(*people(size, "IRF")))
    assert warned(one, "at most 6 in IRF") is over
    assert mode(one) == (0, 0, 36)


@pytest.mark.parametrize(("why", "missing"), [("", True), ("peers set the pace", False)])
def test_an_irf_record_holds_why_a_group(why: str, missing: bool) -> None:
    person = someone(0, "IRF", links=(Link("one-leg-stance", (), why),))
    assert warned(ada(held(person, someone(1))), "why a group instead of one-on-one") is missing


def test_mds_minutes_are_whole_and_not_divided() -> None:
    billed = billing(held(*people(4, "SNF Part A")), BOOK)
    assert {one.minutes_by_mode.group for one in billed} == {36}
    assert any("O0425B3" in text and "(verify)" in text for text in billed[0].reminders)


def test_a_level_that_does_not_move_is_no_finding() -> None:
    game = play(*people(3))
    game.add(LevelStated, ADA, level=0)
    assert ada(game.state("10:36")).warnings == ()


# --- the share of group time over a stay -------------------------------------------------------------


def earlier(number: int, *everybody: Person) -> SessionState:
    game = Play(shipped("one-leg-stance"), date=f"2025-11-{number:02d}", mark=f"d{number}")
    game.here(*everybody)
    return game.state("10:36")


@pytest.mark.parametrize(("individual", "over"), [(216, False), (215, True), (0, True)])
def test_group_time_over_a_quarter_of_the_stay_warns(individual: int, over: bool) -> None:
    everybody = people(3, "SNF Part A")
    start = datetime(2025, 11, 21, 8, tzinfo=UTC)
    other_day = msgspec.structs.replace(
        entry("08:00", "09:00"), date=start.date(), start=start, end=start + timedelta(minutes=individual)
    )
    [one, *_] = billing(held(*everybody), BOOK, [other_day], {ADA: [earlier(20, *everybody)]})
    assert warned(one, "over 25 %") is over  # 36 + 36 of 72 + 216 is a quarter and not over it
    assert one.timed_minutes == 0


def test_what_is_no_part_of_the_stay_is_not_counted() -> None:
    day = msgspec.structs.replace(entry("12:00", "13:48"), id="own")
    elsewhere, later = earlier(20, *people(3)), earlier(28, *people(3, "SNF Part A"))
    voided = msgspec.structs.replace(earlier(21, *people(3, "SNF Part A")), voided=True)
    state = held(*people(3, "SNF Part A"))
    [one, *_] = billing(state, BOOK, [day], {ADA: [elsewhere, voided, later, state]})
    assert not warned(one, "over 25 %")  # 36 of 144
    next_day = msgspec.structs.replace(day, date=date(2025, 11, 25))
    assert warned(ada(state, next_day), "36 of 36 min (100.0 %)")


# --- left alone --------------------------------------------------------------------------------------


def test_from_the_moment_one_is_left_alone_time_is_one_on_one() -> None:
    game = play(*people(2))
    game.at("10:20").add(Left, PersonId("p1"))
    first, second = billing(game.state("10:36"), BOOK)
    assert (mode(first), first.minutes, first.timed_minutes) == ((16, 0, 20), 36, 0)
    assert coded(first) == [("97150", 1)]
    assert warned(first, "alone with the leader 10:20-10:36: 16 min one-on-one time")
    assert (mode(second), second.warnings) == ((0, 0, 20), ())


def test_time_alone_that_the_leader_entered_is_counted_once() -> None:
    game = play(*people(2))
    game.at("10:20").add(Left, PersonId("p1"))
    one = ada(game.state("10:36"), entry("10:20", "10:36"))
    assert (mode(one), one.timed_minutes, coded(one)) == ((16, 0, 20), 16, [("97150", 1), ("97112", 1)])
    assert one.ot_minutes == 36
    assert not warned(one, "alone with the leader")


def test_a_session_with_one_person_throughout_is_one_on_one() -> None:
    game = play(someone(0, deficits=("CVA",)))
    game.join(someone(1))
    game.add(Absent, PersonId("p1"), reason="clinic")
    one, absent = billing(game.state("10:36"), BOOK)
    assert (one.timed_minutes, mode(one), coded(one)) == (36, (36, 0, 0), [("97112", 2)])
    assert "deficit: CVA" in one.codes[0].because
    assert warned(one, "confirm that nobody else was treated")
    assert not warned(one, "59")
    assert warned(one, "1 at once: a group has 2 or more")
    assert (absent.minutes, absent.codes, absent.missed) == (0, (), "absent (clinic)")


def test_two_who_never_met_were_each_alone() -> None:
    game = play(someone(0))
    game.at("10:10").add(Left, ADA)
    game.here(someone(1))
    assert [coded(one) for one in billing(game.state("10:30"), BOOK)] == [[("97112", 1)], [("97112", 1)]]


def test_neither_a_pause_nor_a_rest_is_treatment_in_any_mode() -> None:
    game = play(*people(3))
    game.at("10:05").add(GroupPaused)
    game.at("10:10").add(GroupResumed)
    game.at("10:20").add(Rested, ADA)
    game.at("10:23").add(Resumed, ADA)
    state = game.state("10:36")
    assert mode(ada(state)) == (0, 0, 28)
    assert state.participants[ADA].presence.minutes(state.elapsed(state.until())) == 28


def test_a_rest_of_the_other_one_does_not_leave_anybody_alone() -> None:
    game = play(*people(2))
    game.at("10:10").add(Rested, PersonId("p1"))
    first, second = billing(game.state("10:36"), BOOK)
    assert (mode(first), mode(second)) == ((0, 0, 36), (0, 0, 10))


def test_a_pause_while_one_is_left_alone_is_not_one_on_one_time() -> None:
    game = play(*people(2))
    game.at("10:20").add(Left, PersonId("p1"))
    game.at("10:25").add(GroupPaused)
    game.at("10:30").add(GroupResumed)
    assert mode(ada(game.state("10:36"))) == (11, 0, 20)


def test_a_few_seconds_together_are_no_group() -> None:
    game = play(*people(2))
    game.at("10:00", 20).add(Left, PersonId("p1"))
    first, second = billing(game.state("10:36"), BOOK)
    assert (coded(first), mode(first)) == ([], (36, 0, 0))
    assert warned(first, "36 min one-on-one time")
    assert (coded(second), second.minutes) == ([], 0)
    assert warned(second, "no whole minute")


def test_a_tallys_rest_comes_off_group_time() -> None:
    game = play(*people(2))
    game.add(RestTotal, ADA, minutes=6, at=None)
    assert mode(ada(game.state("10:36"))) == (0, 0, 30)


# --- codes and their reasons -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "goals", "deficits", "code", "named"),
    [
        ("step-tap-align", (), ("memory changes",), "97112", "memory changes"),
        ("one-leg-stance", ("reach at the sink",), (), "97112", "reach at the sink"),
        ("baoding-balls", (), ("generalized weakness",), "97110", "generalized weakness"),
        ("functional-grasp", ("G4 Stocking a SHELF",), ("CVA",), "97530", "Stocking a SHELF"),
        ("functional-grasp", ("open jars",), ("cva",), "97112", "cva"),
        ("functional-grasp", ("open jars",), ("muscle weakness",), "97110", "muscle weakness"),
    ],
)
def test_our_usual_fit_of_groups_and_codes(
    group: str, goals: tuple[str, ...], deficits: tuple[str, ...], code: str, named: str
) -> None:
    person = someone(0, goals=goals, deficits=deficits, links=(Link(group, goals),))
    together = ada(play(person, someone(1), group=group).state("10:30"))
    assert coded(together) == [("97150", 1)]
    assert f"practice of the kind of {code} (" in together.codes[0].because
    assert named in together.codes[0].because
    alone = ada(play(person, group=group).state("10:30"))
    assert coded(alone) == [(code, 2)]
    assert named in alone.codes[0].because


def test_a_goal_nobody_linked_is_named_only_where_its_words_decide() -> None:
    balance = ada(play(someone(0, goals=("reach at the sink",)), someone(1), group="one-leg-stance").state("10:30"))
    assert "sink" not in balance.codes[0].because
    shelf = ada(play(someone(0, goals=("stock a shelf",)), someone(1), group="functional-grasp").state("10:30"))
    assert "practice of the kind of 97530" in shelf.codes[0].because


def test_the_goals_a_group_serves_decide_where_the_leader_chose_some() -> None:
    goals = ("stock a shelf", "button a shirt")
    person = someone(0, goals=goals, links=(Link("functional-grasp", ("button a shirt",)),))
    [fit, *_] = fitting(shipped("functional-grasp"), person)
    assert fit.hint.code == "97110"


def test_a_task_that_the_group_carries_over_to_is_a_goal_too() -> None:
    link = Link("functional-grasp", ("button a shirt",), carry_over=("stocking a shelf",))
    [fit, *_] = fitting(shipped("functional-grasp"), someone(0, links=(link,)))
    assert (fit.hint.code, fit.goals) == ("97530", ("stocking a shelf",))


def hinted(*codes: str) -> SessionState:
    hints = tuple(msgspec.structs.replace(shipped("one-leg-stance").codes[0], code=code) for code in codes)
    game = Play(msgspec.structs.replace(shipped("one-leg-stance"), codes=hints))
    game.here(*people(2))
    return game.state("10:30")


@pytest.mark.parametrize("code", ["97140", "97129", "97130"])
def test_one_on_one_codes_are_never_suggested_for_a_group(code: str) -> None:
    one = ada(hinted(code))
    assert coded(one) == [("97150", 1)]
    assert code not in one.codes[0].because
    assert "97112" in ada(hinted(code, "97112")).codes[0].because


def test_a_group_file_without_a_fitting_hint_says_so() -> None:
    assert "no code hint of this group fits" in ada(hinted()).codes[0].because


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("G1 Cooking a meal", "cook", True), ("two Meals a day", "meal", True), ("a tablet", "table", False),
        ("my address", "dress", False), ("getting dressed", "dress", True), ("working at a desk", "work", True),
        ("workshop", "work", False), ("balance deficit", "balance deficits", True), ("left  CVA.", "cva", True),
        ("", "work", False), ("C++ work", "c++", True),
    ],
)  # fmt: skip
def test_words_are_found_whole_in_any_case_and_with_an_ending(text: str, word: str, found: bool) -> None:
    assert has_word(text, word) is found


def test_one_on_one_time_of_the_day_is_coded_by_the_rule() -> None:
    one = ada(held(*people(3)), entry("11:00", "11:24"), entry("11:24", "11:47", "97110"))
    assert coded(one) == [("97150", 1), ("97112", 2), ("97110", 1)]
    assert (one.timed_minutes, mode(one), one.minutes) == (47, (47, 0, 36), 36)
    assert "24 min one-on-one entered for the day (11:00-11:24): bill them once" in one.codes[1].because


def test_a_payer_of_the_midpoint_rule() -> None:
    book = parse_rules(TEXT.replace('rule = "8-minute"', 'rule = "midpoint"'), "rules.toml")
    one = ada(held(*people(3)), entry("11:00", "11:24"), entry("11:24", "11:47", "97110"), book=book)
    assert coded(one) == [("97150", 1), ("97112", 2), ("97110", 2)]
    assert any("midpoint" in text for text in one.reminders)


def test_a_tie_is_left_to_the_leader() -> None:
    one = ada(held(*people(3)), entry("11:00", "11:20"), entry("11:20", "11:40", "97110"))
    assert coded(one)[1:] == [("97112", 1), ("97110", 1)]
    assert warned(one, "1 more unit to give: 97112 and 97110 are tied, you choose")


def test_seven_minutes_are_no_unit_and_that_is_said() -> None:
    one = ada(held(*people(3)), entry("11:00", "11:07"))
    assert (coded(one), one.modifiers) == ([("97150", 1)], ("GO",))
    assert warned(one, "7 timed min are too few")


def test_the_first_quarter_and_the_further_ones() -> None:
    assert warned(ada(held(*people(3)), entry("11:00", "11:30", "97129")), "the rest is 97130")
    assert warned(ada(held(*people(3)), entry("11:00", "11:15", "97130")), "97130 follows 97129")
    both = ada(held(*people(3)), entry("11:00", "11:15", "97129"), entry("11:15", "11:30", "97130"))
    assert [line.code for line in both.codes] == ["97150", "97129", "97130"]
    assert not warned(both, "97130 follows")
    assert not warned(both, "the rest is")


def test_another_days_or_persons_one_on_one_time_is_not_counted() -> None:
    other_day = msgspec.structs.replace(entry("11:00", "11:30"), date=date(2025, 11, 23))
    one = ada(held(*people(3)), other_day, entry("11:00", "11:30", who=PersonId("p1")))
    assert (one.timed_minutes, coded(one)) == (0, [("97150", 1)])


# --- modifiers ---------------------------------------------------------------------------------------


def test_an_assistants_group_has_co_with_go() -> None:
    one = ada(held(*people(3), leader=COTA))
    assert (one.modifiers, one.ot_minutes, one.ota_minutes) == (("GO", "CO"), 0, 36)
    assert any("CO on 97150 (36 of 36 min by an OTA)" in text for text in one.reminders)


def test_ot_and_ota_minutes_are_kept_apart() -> None:
    one = ada(held(*people(3)), entry("11:00", "11:24", leader=COTA))
    assert (one.modifiers, one.ot_minutes, one.ota_minutes) == (("GO", "CO"), 36, 24)
    assert any("CO on 97112 (24 of 24 min by an OTA)" in text for text in one.reminders)


@pytest.mark.parametrize("setting", ["SNF Part A", "IRF", "other", ""])
def test_modifiers_are_for_part_b(setting: Setting) -> None:
    assert ada(held(*people(3, setting), leader=COTA)).modifiers == ()


def test_kx_is_a_reminder_with_the_years_threshold() -> None:
    game = Play(shipped("one-leg-stance"), date="2026-01-20")
    game.here(*people(2))
    one = ada(game.state("10:30"))
    assert any("KX" in text and "$2,480 in 2026, review from $3,000" in text for text in one.reminders)
    assert any("2025 is not in the rules" in text for text in ada(held(*people(2))).reminders)


def test_group_and_one_on_one_on_a_day_ask_about_59() -> None:
    one = ada(held(*people(3)), entry("11:00", "11:24"))
    assert "59" not in one.modifiers
    assert warned(one, "59: 97150 with 97112 on one day")
    assert warned(one, "(verify)")
    assert not warned(ada(held(*people(3))), "59")


def test_missing_credentials_are_said() -> None:
    assert warned(ada(held(*people(3), leader=Leader("J. Rivera"))), "credentials are not recorded")


# --- who had no treatment ----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "word"), [(Absent, "absent"), (Declined, "declined")])
def test_who_was_not_treated_has_a_reason_and_nothing_billable(kind: type[Event], word: str) -> None:
    game = play(*people(3))
    game.add(kind, ADA, reason="pain")
    one = ada(game.state("10:36"), entry("11:00", "11:24"))
    assert (one.minutes, one.codes, one.modifiers, one.missed) == (0, (), (), f"{word} (pain)")
    assert warned(one, "24 min one-on-one are entered for the day")


def test_nobody_said_whether_they_came() -> None:
    game = play(*people(2))
    game.join(someone(2))
    assert billing(game.state("10:36"), BOOK)[2].missed == "attendance not recorded"


def test_a_running_session_says_how_far_it_goes() -> None:
    game = play(*people(2))
    game.at("10:12").add(Remark, ADA, text="fine")
    one = ada(game.state())
    assert one.minutes == 12
    assert warned(one, "still runs: minutes go up to 10:12")


# --- one-on-one time ---------------------------------------------------------------------------------

NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("start", "end", "passed"),
    [
        (datetime(2026, 1, 20, 23, 50, tzinfo=UTC), datetime(2026, 1, 21, 0, 14, tzinfo=UTC), 24),
        (datetime(2026, 3, 8, 1, 30, tzinfo=NEW_YORK), datetime(2026, 3, 8, 3, 30, tzinfo=NEW_YORK), 60),
        (datetime(2026, 11, 1, 0, 30, tzinfo=NEW_YORK), datetime(2026, 11, 1, 2, 30, tzinfo=NEW_YORK), 180),
        (datetime(2026, 1, 20, 10, 0, tzinfo=UTC), datetime(2026, 1, 20, 10, 0, 59, tzinfo=UTC), 0),
        (datetime(2026, 1, 20, 10, 30, tzinfo=UTC), datetime(2026, 1, 20, 10, 0, tzinfo=UTC), 0),
    ],
    ids=["midnight", "clocks forward", "clocks back", "under a minute", "backwards"],
)
def test_minutes_that_passed(start: datetime, end: datetime, passed: int) -> None:
    assert msgspec.structs.replace(entry("10:00", "10:01"), start=start, end=end).minutes == passed


def test_a_group_over_midnight_belongs_to_the_day_it_began() -> None:
    game = Play(shipped("one-leg-stance"), start="23:50")
    game.here(*people(2))
    game.now += timedelta(minutes=24)
    game.add(Ended)
    one = ada(game.state(), entry("20:00", "20:24"))
    assert (mode(one), one.timed_minutes) == ((24, 0, 24), 24)


NOON = datetime(2025, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        ("09:00", "10:00", True), ("10:36", "11:00", True), ("09:50", "10:01", False), ("10:35", "10:50", False),
        ("10:05", "10:10", False), ("09:00", "12:00", False),
    ],
)  # fmt: skip
def test_one_on_one_time_never_overlaps_a_group(start: str, end: str, free: bool) -> None:
    refused(entry(start, end), (), [held(*people(3))], None if free else "10:00-10:36")


@pytest.mark.parametrize(
    ("start", "end", "free"), [("13:24", "13:40", True), ("12:50", "13:00", True), ("13:10", "13:40", False)]
)
def test_one_on_one_time_never_overlaps_itself(start: str, end: str, free: bool) -> None:
    other = entry("13:00", "13:24", "97110")
    refused(entry(start, end), [other], (), None if free else "13:00-13:24")
    refused(entry(start, end), [msgspec.structs.replace(other, person=PersonId("p1"))], (), None)


def refused(new: OneOnOne, others: Iterable[OneOnOne], groups: Iterable[SessionState], names: str | None) -> None:
    if names is None:
        refuse_overlap(new, others, groups, NOON)
        return
    with pytest.raises(BadInput) as problem:
        refuse_overlap(new, others, groups, NOON)
    assert names in str(problem.value)
    assert new.times in str(problem.value)


def test_presence_ends_when_one_is_left_alone_or_a_session_is_voided() -> None:
    game = play(*people(2))
    game.at("10:20").add(Left, PersonId("p1"))
    state = game.state("10:36")
    refused(entry("10:20", "10:36"), (), [state], None)
    refused(entry("10:19", "10:36"), (), [state], "10:00-10:20")
    game.add(Voided)
    refused(entry("10:00", "10:36"), (), [game.state()], None)


def test_a_session_held_with_one_person_is_taken_too() -> None:
    refused(entry("10:10", "10:20"), (), [held(someone(0))], "10:00-10:36")


def test_a_group_that_still_runs_is_taken_until_now() -> None:
    refused(entry("11:00", "11:30"), (), [play(*people(2)).state()], "10:00-12:00")


def test_a_group_recorded_over_one_on_one_time_is_found() -> None:
    assert warned(ada(held(*people(3)), entry("10:30", "10:50")), "10:30-10:50 (97112) overlaps this session")


# --- what holds for any session ----------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(sessions(), st.sampled_from(("SNF Part A", "IRF", "Part B outpatient", "other", "")))
def test_minutes_add_up_and_absence_is_never_billable(state: SessionState, setting: Setting) -> None:
    state = _all_in(state, setting)
    for one, p in zip(billing(state, BOOK), state.board, strict=True):
        assert one.minutes == p.presence.minutes(state.elapsed(state.until()))
        assert min(mode(one)) >= 0
        assert one.timed_minutes in (0, one.minutes)
        assert one.ot_minutes + one.ota_minutes == one.minutes
        if setting != "SNF Part A":
            assert sum(mode(one)) == one.minutes
        if not p.took_part:
            assert (one.minutes, one.codes, one.timed_minutes) == (0, (), 0)
            assert one.missed
        if setting in ("SNF Part A", "IRF"):
            assert one.codes == ()
        if one.minutes_by_mode.group:
            assert one.timed_minutes == 0
            assert {line.code for line in one.codes} <= {"97150"}


def _all_in(state: SessionState, setting: Setting) -> SessionState:
    replace = msgspec.structs.replace
    moved = {who: replace(p, joined_as=replace(p.person, setting=setting)) for who, p in state.participants.items()}
    return replace(state, participants=moved)


@settings(max_examples=60, deadline=None)
@given(sessions(), st.integers(1, 12))
def test_the_slices_are_the_treated_time(state: SessionState, most: int) -> None:
    pieces = slices(state, state.until())
    for p in state.board:
        found = treated_spans(p.person.id, pieces, most)
        spans = [span for part in found[:3] for span in part]
        total = sum(span.seconds(state.until()) for span in spans)
        assert int(total + 0.001) // 60 == p.presence.minutes(state.elapsed(state.until()))
        assert bool(spans) == bool(found.peak)
    for person in state.participants:
        assert all(span.end for span in presence_in_group(person, state, state.until()))


@given(st.lists(st.floats(0, 86_400), min_size=3, max_size=3))
def test_whole_minutes_add_up_to_the_whole(seconds: list[float]) -> None:
    total = int(sum(seconds) // 60)
    parts = whole_minutes(seconds, total)
    assert sum(parts) == total
    assert all(0 <= part <= second // 60 + 1 for part, second in zip(parts, seconds, strict=True))
