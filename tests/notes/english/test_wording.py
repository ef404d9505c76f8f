"""The wording of a note, as a reader hears it: order, brevity, grammar."""

import msgspec
import pytest

from otgroup.billing.one_on_one import OneOnOne
from otgroup.group.scales_file import parse_scales
from otgroup.notes.batch import Batch, NoteContext, write_batch
from otgroup.notes.english.grammar import listed
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.balance import (
    BalanceDetail,
    BalanceGrade,
    BalanceIncident,
    BalanceWatched,
    Outcome,
    Recovery,
)
from otgroup.record.parts.clocks import ClockTotal
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.decisions import AloneCoded
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import Graded, LevelStated
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.presence import Absent, Left, Rested, Resumed
from otgroup.record.parts.scores import Exertion, FunctionCode, Pain
from otgroup.record.parts.words import Adverse, Plan, Remark, Response
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.sides import Side
from tests.strategies import Play, load_template, person, shipped

WRITER = NoteWriter(load_template)
ADA, BEN = person(0, "she"), person(1, "he")


def group(name: str, who: Person = ADA, *, start: str = "10:00") -> Play:
    play = Play(shipped(name), start=start)
    play.here(who, BEN if who is ADA else ADA)
    return play


def batch_of(play: Play, end: str = "10:30", template: str = "narrative", who: Person = ADA) -> Batch:
    return write_batch(play.state(end), WRITER, template, who.id)


def body_of(play: Play, end: str = "10:30", template: str = "narrative", who: Person = ADA) -> str:
    return batch_of(play, end, template, who).notes[0].body


def lob(play: Play, at: str, **detail: str) -> None:
    incident = play.at(at).add(BalanceIncident, ADA.id, outcome=Outcome.LOB, recovery=Recovery.CONTACT)
    if detail:
        play.add(BalanceDetail, ADA.id, of=incident.id, **detail)


def graded(play: Play, at: str, levels: tuple[int, int], *strategies: str, **said: str) -> None:
    start, end = levels
    play.at(at).add(Graded, ADA.id, from_level=start, to_level=end, strategies=strategies, **said)


# --- balance and grading -------------------------------------------------------------------------


@pytest.mark.parametrize("template", ["narrative"])
def test_gradings_and_incidents_are_told_in_time_order(template) -> None:
    play = group("one-leg-stance")
    graded(play, "10:05", (0, 1), "dual-task")
    lob(play, "10:08", direction="sideways")
    graded(play, "10:09", (1, 0), "dual-task", reason="after the loss of balance")
    wobble = play.at("10:15").add(BalanceIncident, ADA.id, outcome=Outcome.UNSTEADY)
    play.add(BalanceDetail, ADA.id, of=wobble.id, direction="backward")
    text = body_of(play, template=template)
    times = ("At 10:05", "At 10:08", "At 10:09", "At 10:15")
    assert [text.index(time) for time in times] == sorted(text.index(time) for time in times)


def test_a_reason_does_not_seem_to_belong_to_the_support_taken_away() -> None:
    play = group("one-leg-stance")
    play.add(LevelStated, ADA.id, level=-1, strategies=("one-hand",))
    graded(play, "10:09", (-1, 0), "one-hand", reason="after eight taps", response="the hand stayed off")
    text = body_of(play)
    assert "graded up by ending one-handed support (level 0), after eight taps; the hand stayed off." in text


def test_a_grading_is_told_in_few_words_of_our_own() -> None:
    play = group("one-leg-stance")
    graded(play, "10:05", (0, 1), "dual-task", reason="because one", response="two")
    graded(play, "10:15", (1, 2), "direction", reason="because three", response="four")
    text = body_of(play).partition("At 10:05")[2].splitlines()[0].split("At 10:15")
    assert [len(told.split()) <= 22 for told in text] == [True, True]
    assert text[1].startswith(" the therapist graded up with")
    assert "(level +2) because three; four." in text[1]


def test_position_reads_after_with() -> None:
    play = group("functional-grasp")
    play.add(LevelStated, ADA.id, level=0, strategies=("seated",))
    graded(play, "10:05", (0, 1), "standing")
    text = body_of(play)
    assert "She began seated." in text
    assert "graded up to standing, no longer seated (level +1)." in text
    assert "with standing" not in text
    assert "with sitting" not in text


def test_after_a_change_the_pictures_are_not_told_again() -> None:
    play = group("step-tap-align")
    play.at("10:03").attempt(ADA.id, "image", 1, attempt=1, recalled=2)
    graded(play, "10:05", (0, -1), "wide-bos")
    play.at("10:07").attempt(ADA.id, "image", 2, attempt=1, recalled=3)
    play.add(BalanceWatched, ADA.id, watched=True)
    text = body_of(play)
    assert text.count("picture 2") == 1
    assert "with a wider base of support (level -1). No loss of balance followed." in text


def test_a_direction_needs_no_once_and_balance_no_owner() -> None:
    play = group("one-leg-stance", person(1))
    wobble = play.at("10:05").add(BalanceIncident, PersonId("p1"), outcome=Outcome.UNSTEADY)
    play.add(BalanceDetail, PersonId("p1"), of=wobble.id, direction="backward")
    play.add(BalanceIncident, PersonId("p1"), outcome=Outcome.LOB, at=None)
    play.add(BalanceIncident, PersonId("p1"), outcome=Outcome.UNSTEADY, at=None)
    text = body_of(play, who=person(1))
    assert "At 10:05 there was unsteadiness backward." in text
    assert "Balance was lost." in text
    assert "There was unsteadiness once." in text
    assert "the participant" not in text.lower()


@pytest.mark.parametrize(
    ("number", "watched", "said"),
    [
        (1, True, "Balance was watched. At 10:08 she lost balance and recovered with contact."),
        (3, True, "Balance was watched. At 10:08 she had 3 losses of balance and recovered with contact."),
        (1, None, ""),
        (1, False, ""),
    ],
)
def test_what_was_watched_is_said_only_as_stated(number, watched, said) -> None:
    play = group("one-leg-stance")
    for _ in range(number):
        lob(play, "10:08")
    play.add(BalanceWatched, ADA.id, watched=watched)
    text = body_of(play)
    assert said in text
    assert ("was watched" in text) is bool(said)
    assert "throughout" not in text


# --- what was done -------------------------------------------------------------------------------


def test_timed_runs_are_numbered_where_there_are_several() -> None:
    play = group("functional-grasp")
    play.add(ClockTotal, ADA.id, measure="time", seconds=185)
    assert "The timed run took 3 min 5 s." in body_of(play)
    play = group("functional-grasp")
    for seconds in (185, 160):
        play.add(ClockTotal, ADA.id, measure="time", seconds=seconds)
    assert "Timed run 1 took 3 min 5 s; run 2 took 2 min 40 s." in body_of(play)


def test_plans_in_sequence_are_a_course_and_never_a_sum() -> None:
    play = group("functional-grasp")
    for planned, placed in ((20, 14), (16, 10)):
        play.add(Repetition, ADA.id, measure="planned", count=planned)
        play.add(Repetition, ADA.id, measure="placed", count=placed, side=Side.RIGHT)
    text = body_of(play)
    assert "She placed 24 cones with the right hand (20, then 16 planned)." in text
    assert "36" not in text


def test_single_presses_make_one_plan() -> None:
    play = group("functional-grasp")
    play.taps(ADA.id, 12, "planned")
    play.add(Repetition, ADA.id, measure="placed", count=10, side=Side.LEFT)
    assert "She placed 10 of 12 cones with the left hand." in body_of(play)


def test_two_sides_of_several_counts_are_told_side_by_side() -> None:
    play = group("functional-grasp")
    for side, placed, drops in ((Side.LEFT, 12, 1), (Side.RIGHT, 1, 0)):
        play.add(Repetition, ADA.id, measure="placed", count=placed, side=side)
        play.add(Repetition, ADA.id, measure="drops", count=drops, side=side)
    placed, dropped = "placed 12 left-hand and 1 right-hand cone", "dropped 1 left-hand and 0 right-hand cones"
    assert f"She {placed}, and {dropped}." in body_of(play)


@pytest.mark.parametrize(
    ("sets", "said"),
    [
        ([(15, 15)], "15 toe taps with the left foot (standing on the right; target 15)"),
        ([(15, 15), (15, 15)], "30 toe taps with the left foot (standing on the right; two sets of 15, on target)"),
        (
            [(12, 15), (15, 15)],
            "27 toe taps with the left foot (standing on the right; sets of 12 and 15, target 15)",
        ),
        ([(12, None), (9, 10)], "21 toe taps with the left foot (standing on the right; sets: 12; 9 of 10)"),
    ],
)
def test_sets_beside_their_targets(sets, said) -> None:
    play = group("one-leg-stance")
    for actual, target in sets:
        play.add(SetDone, ADA.id, measure="taps", actual=actual, target=target, side=Side.LEFT)
    assert said in body_of(play)


def test_cues_without_a_cue_say_given_and_not_needed() -> None:
    play = group("one-leg-stance")
    play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=0)
    assert "No verbal cues were given." in body_of(play)


# --- how it was ----------------------------------------------------------------------------------


def test_exertion_is_a_course_like_pain() -> None:
    play = group("one-leg-stance")
    for score in (6, 4):
        play.add(Exertion, ADA.id, score=score)
        play.add(Pain, ADA.id, score=score)
    text = body_of(play)
    assert "RPE fell from 6 to 4 (CR10)." in text
    assert "Pain fell from 6 to 4 of 10." in text


def test_a_treated_rest_is_told_and_an_untreated_one_stands_in_the_header() -> None:
    play = group("one-leg-stance")
    play.at("10:05").add(Rested, ADA.id, treated=True)
    play.at("10:07").add(Resumed, ADA.id)
    play.at("10:08").add(Rested, ADA.id)
    play.at("10:11").add(Resumed, ADA.id)
    batch = batch_of(play)
    assert "A treated rest of 2 minutes is included." in batch.notes[0].body
    assert "3 minutes" not in batch.notes[0].body
    rest = batch.notes[0].header.rest_minutes
    assert rest is not None
    assert rest.value == 3


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (Response, "asked to go on", "Asked to go on."),
        (Plan, "add a dual task", "Add a dual task."),
        (Remark, '"my leg was shaky"', '"My leg was shaky."'),
        (Response, 'She said "it held"', 'She said "it held."'),
    ],
)
def test_recorded_words_stand_as_sentences(kind, text, said) -> None:
    play = group("one-leg-stance")
    play.add(kind, ADA.id, text=text)
    assert said in body_of(play).splitlines()


def test_words_chosen_by_the_therapist_all_stand_in_the_note() -> None:
    play = group("one-leg-stance")
    play.add(BalanceGrade, ADA.id, position="standing", motion="dynamic", grade="Fair+")
    play.add(FunctionCode, ADA.id, item="Toilet transfer", code="04")
    play.add(Adverse, ADA.id, text="dizzy on turning")
    for template in ("narrative", "soap"):
        text = body_of(play, template=template)
        assert "Balance grade: Fair+ (standing, dynamic)." in text
        assert "Section GG: Toilet transfer 04." in text
        assert "Adverse reaction: dizzy on turning." in text


def test_why_the_group_serves_this_person_comes_before_the_groups_own_words() -> None:
    play = group("one-leg-stance")
    play.add(Linked, ADA.id, goals=("G1 reach", "walk to the mailbox"), why="her kitchen is never empty")
    assert (
        'The group serves goal G1 (reach) and the goal "walk to the mailbox": her kitchen is never empty.'
        in body_of(play)
    )


@pytest.mark.parametrize(
    ("items", "text"),
    [
        (("a gait belt and a chair", "a walker"), "a gait belt and a chair, and a walker"),
        (("a, b", "c"), "a, b; c"),
        (("3 cues (hip, trunk)", "1 cue"), "3 cues (hip, trunk) and 1 cue"),
    ],
)
def test_a_list_of_lists_has_semicolons(items, text) -> None:
    assert listed(items) == text


def test_help_in_its_course() -> None:
    play = group("one-leg-stance")
    for at, level, helpers in (("10:02", "minimal", 2), ("10:05", "minimal", 1), ("10:09", "independent", 1)):
        play.at(at).add(Assistance, ADA.id, level=level, helpers=helpers)
    course = "minimal assistance of 2 helpers, from 10:05 of 1 helper, from 10:09 without help (independent)"
    assert f"She had {course}." in body_of(play)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("alone = true", "She was on her own, from 10:05 with steadied."),
        ("", "She had on her own, from 10:05 steadied."),
    ],
)
def test_that_nobody_helped_is_what_the_scale_says_not_how_it_is_worded(said: str, told: str) -> None:
    own = f"""
schema = 1
[[assistance]]
id = "own"
short = "O"
long = "on her own"
{said}
[[assistance]]
id = "steadied"
short = "S"
long = "steadied"
"""
    play = group("one-leg-stance")
    play.log[0] = msgspec.structs.replace(play.log[0], scales=parse_scales(own, source="scales.toml"))
    for at, level in (("10:02", "own"), ("10:05", "steadied")):
        play.at(at).add(Assistance, ADA.id, level=level)
    assert told in body_of(play)


def test_a_set_up_of_today_is_not_as_on_another_day() -> None:
    play = group("functional-grasp")
    play.add(LevelStated, ADA.id, level=1, strategies=("standing",), reason="as on 17 Nov")
    assert "She worked standing (level +1) as on 17 Nov." in body_of(play)
    play.at("10:05").add(LevelStated, ADA.id, level=1, strategies=("seated",))
    assert "She worked seated (level +1)." in body_of(play)


# --- minutes -------------------------------------------------------------------------------------


def test_one_person_alone_is_treated_one_on_one_and_all_minutes_are_timed() -> None:
    play = Play(shipped("one-leg-stance"))
    play.here(ADA)
    play.join(BEN)
    play.add(Absent, BEN.id, reason="clinic visit")
    play.add(Linked, ADA.id, goals=("G1 reach",), why="others set the pace")
    note = batch_of(play, "10:20").notes[0]
    assert note.header.timed_minutes is not None
    assert note.header.timed_minutes.value == 20
    assert "20 minutes individually" in note.body
    assert "group" not in note.body


def test_somebody_left_alone_has_no_timed_minutes_stated_and_is_to_be_looked_at() -> None:
    play = group("one-leg-stance")
    play.at("10:12").add(Left, BEN.id, reason="ride")
    batch = batch_of(play, "10:20")
    assert batch.notes[0].header.timed_minutes is None
    assert "in a group of two" in batch.notes[0].body
    assert any("8 minutes alone in the group were one-on-one" in line for line in batch.summary)
    start, end = play.time("10:12"), play.time("10:20")
    entry = OneOnOne(
        id="m", person=ADA.id, date=start.date(), start=start, end=end, code="97112", leader=Leader("J"), entered=end
    )
    entered = write_batch(play.state(), WRITER, only=ADA.id, context=NoteContext(entries=(entry,)))
    assert entered.notes[0].header.timed_minutes.value == 8
    assert not any("alone in the group" in line for line in entered.summary)
    play.add(AloneCoded, ADA.id, minutes=5, code="97112")
    confirmed = write_batch(play.state(), WRITER, only=ADA.id)
    assert confirmed.notes[0].header.timed_minutes.value == 5
    ben = write_batch(play.state(), WRITER, only=BEN.id, context=NoteContext(entries=(entry,))).notes[0]
    assert ben.header.timed_minutes is not None
    assert ben.header.timed_minutes.value == 0
