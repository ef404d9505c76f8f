"""The desk, without a screen: what every key records, offers and refuses."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.board.actions import ACTIONS, BY_ID
from otgroup.board.parts import balance
from otgroup.board.strip import LETTERS
from otgroup.record.fold import fold
from otgroup.record.parts.balance import Outcome, Recovery
from otgroup.record.parts.cues import Cue
from otgroup.record.refusal import why_not
from otgroup.record.sides import Side
from tests.board.table import ADA, BEN, CY, Table


def test_no_strip_letter_is_an_actions_key_and_no_key_is_two_actions() -> None:
    keys = [key for action in ACTIONS for key in action.keys]
    assert not set(keys) & set(LETTERS)
    assert not set(keys) & set("1234567890")
    # the arrows and the names of the actions left and right are different things
    assert len(keys) == len(set(keys))


def test_space_asks_for_the_side_before_there_is_one_and_records_nothing() -> None:
    table = Table()
    table.press("repetition")
    assert (table.new, table.desk.said) == ([], "left or right? , or . says which")
    table.press("right", "repetition", "repetition")
    assert table.of(ADA).counts.total("taps", Side.RIGHT) == 3
    assert table.of(ADA).counts.total("taps", Side.LEFT) is None


def test_digits_choose_people_and_the_choice_stays() -> None:
    table = Table()
    table.press("2", "left", "left", "3", "left", "9")
    assert table.desk.said == "nobody has number 9"
    assert (table.of(BEN).counts.total("taps", Side.LEFT), table.of(CY).counts.total("taps", Side.LEFT)) == (2, 1)


def test_another_key_closes_a_strip_and_does_its_own_work() -> None:
    table = Table()
    table.press("balance")
    assert table.desk.strip is not None
    table.press("cue_verbal")
    assert table.kinds == ["balance_incident", "cue_given"]
    table.press("2")
    assert (table.desk.strip, table.desk.chosen) == (None, BEN)


@pytest.mark.parametrize(
    ("letter", "outcome", "recovery"),
    [
        ("j", Outcome.UNSTEADY, None),
        ("k", Outcome.LOB, Recovery.ALONE),
        ("l", Outcome.LOB, Recovery.CONTACT),
        ("h", Outcome.LOB, Recovery.ASSISTED),
    ],
)
def test_the_balance_strip_says_what_was_stamped(letter, outcome, recovery) -> None:
    table = Table()
    table.press("balance", letter)
    [incident] = table.of(ADA).balance.incidents
    assert (incident.outcome, incident.recovery) == (outcome, recovery)
    table.press("undo")
    assert table.of(ADA).balance.open_incident is not None
    table.press("undo")
    assert table.of(ADA).balance.incidents == ()


def test_a_fall_pauses_the_group_and_shows_the_precautions_and_u_takes_the_letter_back_first() -> None:
    table = Table()
    table.press("balance", "y")
    assert table.kept.state.paused
    assert balance.fallen(table.desk) == table.of(ADA)
    table.press("undo")
    assert table.of(ADA).balance.count(Outcome.FALL) == 0
    assert table.of(ADA).balance.open_incident is not None
    assert not table.kept.state.paused
    table.press("undo")
    assert table.of(ADA).balance.incidents == ()


def test_a_grade_given_to_somebody_else_brings_its_step_and_not_its_levels() -> None:
    table = Table()
    table.press("2", "harder", "harder", "1", "harder", "give", "3")
    assert (table.of(ADA).grading.level, table.of(BEN).grading.level, table.of(CY).grading.level) == (None, 2, 1)


def test_a_grade_given_to_somebody_without_a_level_starts_from_nought_and_not_from_the_givers() -> None:
    table = Table()
    table.press("1", "harder", "harder", "harder", "give", "2")
    assert (table.of(ADA).grading.level, table.of(BEN).grading.level) == (2, 1)
    [grading] = table.of(BEN).grading.changes
    assert (grading.from_level, grading.to_level) == (0, 1)
    table.press("give", "1")
    assert (table.of(ADA).grading.level, table.of(BEN).grading.level) == (3, None)


@pytest.mark.parametrize(
    ("key", "highest", "said"),
    [
        ("harder", 3, "is already at the hardest level, +3"),
        ("easier", -2, "is already at the easiest level, -2"),
    ],
)
def test_a_grade_is_not_given_to_somebody_at_the_end_of_the_ladder(key: str, highest: int, said: str) -> None:
    table = Table()
    table.press("2", *[key] * abs(highest), "1", key)
    before = table.kept.state
    table.press("give", "2")
    assert table.desk.said == f"{table.of(BEN).person.short_name} {said}"
    assert table.kept.state == before
    assert (table.of(BEN).grading.level, abs(table.of(ADA).grading.level)) == (highest, 1)


def test_a_given_grade_does_not_come_back_to_somebody_who_reached_the_end_meanwhile() -> None:
    table = Table()
    table.press("1", *["harder"] * 3, "give", "2", "1", "harder", "2", "undo_chosen")
    assert "is already at the hardest level, +3" in table.desk.said
    assert [(g.from_level, g.to_level) for g in table.of(ADA).grading.changes] == [(0, 1), (1, 2), (2, 3)]
    table.press("1", "undo_chosen", "2", "undo_chosen")
    assert (table.of(ADA).grading.level, table.of(BEN).grading.level) == (3, None)


def test_grading_counts_at_once_and_the_letter_adds_the_strategy_reason_and_response() -> None:
    table = Table()
    table.press("harder", "j", "j")
    table.type("steady after ten taps")
    table.press("k")
    table.type("kept his rhythm")
    [grading] = table.of(ADA).grading.changes
    told = (grading.from_level, grading.to_level, grading.strategies, grading.reason, grading.response)
    assert told == (0, 1, ("dual-task",), "steady after ten taps", "kept his rhythm")
    table.press("harder", "harder", "harder")
    assert table.of(ADA).grading.level == 3
    assert "hardest" in table.desk.said


def test_a_set_is_typed_and_the_side_can_be_changed_while_typing() -> None:
    table = Table()
    table.press("left", "set")
    assert table.desk.question_key(".")
    table.type("twelve")
    assert "not a whole number" in table.desk.said
    assert table.desk.question is not None
    table.type("12")
    assert table.of(ADA).counts.total("taps", Side.RIGHT) == 12
    assert table.kinds == ["repetition", "set_done"]


def test_everyone_is_one_event_and_one_undo_and_only_where_it_is_no_slip() -> None:
    table = Table()
    table.press("everyone", "watched")
    assert [p.balance.watched for p in table.kept.state.board] == [True, True, True]
    table.press("undo")
    assert [p.balance.watched for p in table.kept.state.board] == [None, None, None]
    for action in ACTIONS:
        if action.run and not action.for_all:
            before = len(table.new)
            table.press("everyone", action.id)
            assert len(table.new) == before
            assert "not for everyone" in table.desk.said


def test_the_last_event_can_be_given_to_the_right_person_and_back() -> None:
    table = Table()
    table.press("cue_tactile", "give", "2")
    assert (table.of(ADA).cues.by_type, table.of(BEN).cues.by_type) == ({}, {Cue.TACTILE: 1})
    assert table.desk.chosen == ADA
    table.press("undo")
    assert (table.of(ADA).cues.by_type, table.of(BEN).cues.by_type) == ({Cue.TACTILE: 1}, {})


def test_undo_of_the_chosen_person_leaves_the_others() -> None:
    table = Table()
    table.press("cue_verbal", "2", "cue_verbal", "1", "undo_chosen")
    assert (table.of(ADA).cues.by_type, table.of(BEN).cues.by_type) == ({}, {Cue.VERBAL: 1})
    table.press("undo_chosen", "undo_chosen")
    assert table.desk.said == "nothing to undo"


def test_a_trial_steps_on_and_its_cues_belong_to_it() -> None:
    table = Table("step-tap-align")
    table.press("trial", "cue_verbal", "trial", "trial", "trial", "l", "j", "trial")
    first, second = table.of(ADA).trials.attempts
    assert (first.image, first.attempt, first.recalled, first.correct, first.delay_s) == (1, 1, 2, True, 1.0)
    assert (second.image, second.attempt) == (1, 2)
    assert table.of(ADA).cues.given[0].trial == first.id


def test_a_tap_for_somebody_at_rest_is_kept_and_going_on_is_offered() -> None:
    table = Table()
    table.press("rest", "left")
    assert table.of(ADA).counts.total("taps", Side.LEFT) == 1
    table.press("j")
    assert table.kinds[-1] == "resumed"


def test_a_silence_becomes_a_pause_that_can_be_taken_back() -> None:
    table = Table()
    table.press("left")
    table.now += timedelta(minutes=25)
    table.press("left")
    assert table.kinds == ["repetition", "group_paused", "group_resumed", "repetition"]
    table.press("j")
    assert table.kept.state.pauses == ()


def test_a_refused_write_changes_nothing_and_says_what_is_not_saved() -> None:
    table = Table()
    table.press("left")
    table.kept.full = True
    before = table.kept.state
    table.press("left")
    assert table.kept.state is before
    assert "NOT SAVED" in table.desk.alarm
    assert "left" in table.desk.alarm
    table.kept.full = False
    table.press("left")
    assert table.kept.state is not before
    assert "NOT SAVED" in table.desk.alarm  # what is on the disk now says nothing of what is not
    table.desk.answer_alarm()
    assert table.desk.alarm == ""


def test_words_and_scores_are_typed_and_checked() -> None:
    table = Table()
    table.press("words", "h")
    table.type("15")
    assert table.desk.question is not None
    table.type("3")
    table.press("words", "j")
    table.type("used the \x1b[31m chair")
    assert table.desk.question is not None
    table.type("used the chair")
    assert table.kinds == ["pain", "remark"]


@given(st.lists(st.sampled_from([*BY_ID, *LETTERS, "1", "2", "3", "type 5", "type a word"]), max_size=60))
@settings(max_examples=150, deadline=None)
def test_no_sequence_of_keys_raises_and_all_that_is_kept_was_permitted(keys: list[str]) -> None:
    for group in ("one-leg-stance", "step-tap-align", "baoding-balls"):
        table = Table(group)
        for key in keys:
            before = table.kept.state
            if key.startswith("type "):
                table.type(key.removeprefix("type "))
            else:
                table.press(key)
            for event in table.kept.state.log[len(before.log) :]:
                assert why_not(before, event) is None or table.kinds[-2:-1] == ["undone"]
        assert fold(table.kept.state.log) == table.kept.state
