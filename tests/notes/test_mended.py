"""What once was wrong in a note, each as a record and what the note must say of it."""

import msgspec
import pytest

from otgroup.export.folder import planned_files
from otgroup.export.layout import header_lines
from otgroup.notes.batch import write_batch
from otgroup.notes.facts import facts_for
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.balance import BalanceIncident, Outcome, Recovery
from otgroup.record.parts.clocks import ClockEnded, ClockStarted, IntervalMeasure
from otgroup.record.parts.counts import CountMeasure, Repetition
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import Graded, Ladder, LevelStated, Strategy
from otgroup.record.parts.help import Support
from otgroup.record.parts.presence import Arrived, Rested, Resumed
from otgroup.record.parts.scores import Exertion, Pain
from otgroup.record.parts.trials import TrialMeasure, TrialOpened, TrialScored
from otgroup.record.parts.words import Plan, Remark, Response
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.sides import Side
from tests.notes.told import ADA, BEN, WRITER, batch_of, body_of, group
from tests.strategies import Play, load_template, shipped


def like(group_id: str, **changed: object) -> Protocol:
    """A clinic's own file with the id of a shipped one."""
    return msgspec.structs.replace(shipped(group_id), **changed)


# --- whose words ---------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["bob lent her a chair", "Sat down. bob lent her a chair", "- bob was kind"])
@pytest.mark.parametrize("kind", [Remark, Response, Plan])
def test_words_that_become_a_name_by_their_capital_are_withheld(kind, text) -> None:
    play = group("one-leg-stance")
    play.add(kind, ADA.id, text=text)
    batch = batch_of(play)
    assert "bob" not in batch.notes[0].body.lower()
    assert any("withheld, it names a participant" in line for line in batch.summary)


def test_a_clinics_own_file_is_told_in_its_own_words() -> None:
    play = group(like("one-leg-stance", activity="heel raises at a rail", note_activity="", why_group="none of ours"))
    text = body_of(play)
    assert "with heel raises at a rail, for lower-extremity dynamic balance." in text
    assert "toe taps" not in text
    assert "none of ours" not in text


def test_the_groups_default_reason_is_nobodys_own() -> None:
    play = group("one-leg-stance", msgspec.structs.replace(ADA, goals=("G1 reach",)))
    text = body_of(play)
    assert "The work serves goal G1 (reach)." in text
    assert shipped("one-leg-stance").why_group not in text


def test_every_shipped_group_and_one_without_a_distance_writes_notes() -> None:
    for name in ("one-leg-stance", "step-tap-align", "baoding-balls", "functional-grasp"):
        assert WRITER.check_group(shipped(name)) == []
    assert WRITER.check_group(like("step-tap-align", distance_ft=None)) == []
    broken = NoteWriter(lambda name: "{% macro activity(f) %}{{ f.activity.distance_ft + 1 }}{% endmacro %}"
                        if name == "activities/step-tap-align.j2" else load_template(name))  # fmt: skip
    assert any("step-tap-align: activities" in line for line in broken.check_group(
        like("step-tap-align", distance_ft=None)))  # fmt: skip


# --- runs, intervals, sides ----------------------------------------------------------------------


def test_each_run_has_what_was_counted_from_its_start_to_the_next() -> None:
    play = group("functional-grasp")
    for at, stop, second, planned, placed, drops in (
        ("10:03", "10:10", 37, 20, 14, 3),
        ("10:12", "10:16", 50, 10, 10, 0),
    ):
        play.at(at).add(Repetition, ADA.id, measure="planned", count=planned)
        clock = play.at(at, 10).add(ClockStarted, ADA.id, measure="time")
        play.at(stop, second + 10).add(ClockEnded, ADA.id, of=clock.id, how="done")
        play.at(stop, 59).add(Repetition, ADA.id, measure="placed", count=placed, side=Side.RIGHT)
        play.add(Repetition, ADA.id, measure="drops", count=drops, side=Side.RIGHT)
    told = "In timed run 1 (7 min 37 s) she placed 14 of 20 cones and dropped 3 with the right hand; "
    assert f"{told}in run 2 (4 min 50 s) 10 of 10 and none." in body_of(play)


def test_what_belongs_to_no_interval_is_told_apart() -> None:
    play = group("baoding-balls")
    play.at("10:01").add(Repetition, ADA.id, measure="drops", count=1)
    clock = play.at("10:02").add(ClockStarted, ADA.id, measure="turning")
    play.at("10:03").add(Repetition, ADA.id, measure="drops", count=2)
    play.at("10:04").add(ClockEnded, ADA.id, of=clock.id, how="done")
    play.at("10:05").add(Repetition, ADA.id, measure="drops", count=3)
    text = body_of(play)
    assert "Interval 1 lasted 2 min, with 5 drops." in text
    assert "Apart from these, 1 drop was recorded." in text


def test_the_sides_of_what_was_planned_are_no_course() -> None:
    sides = {"sides": ("left", "right"), "side_means": "punching arm"}
    measures = (
        CountMeasure(id="punches", one="punch", many="punches", **sides),
        CountMeasure(id="hits", one="hit", many="hits", of="punches"),
    )
    play = group(like("one-leg-stance", measures=measures))
    for side, count in ((Side.LEFT, 20), (Side.RIGHT, 18)):
        play.add(Repetition, ADA.id, measure="punches", count=count, side=side)
    play.add(Repetition, ADA.id, measure="hits", count=30)
    assert "30 hits of 38 punches (20 left, 18 right)" in body_of(play)


def test_intervals_are_grouped_by_hand_and_alike_ones_told_together() -> None:
    play = group("baoding-balls")
    for minute, side, drops in ((2, "right", 1), (5, "right", 0), (8, "left", 2)):
        clock = play.at(f"10:0{minute}").add(ClockStarted, ADA.id, measure="turning", target_s=60, side=Side(side))
        play.add(Repetition, ADA.id, measure="drops", count=drops)
        play.at(f"10:0{minute + 1}").add(ClockEnded, ADA.id, of=clock.id, how="done")
    text = body_of(play)
    assert "With the right hand, intervals 1 and 2 lasted the targeted 1 min each, with 1, then 0 drops." in text
    assert "With the left hand, interval 3 lasted the targeted 1 min, with 2 drops." in text


# --- attempts ------------------------------------------------------------------------------------


def test_attempts_fit_any_trial_and_claim_no_completion() -> None:
    trial = TrialMeasure(id="steps", one="sequence", many="sequences", parts=4, part="step")
    play = group(like("one-leg-stance", measures=(trial,), grading=None))
    opened = play.add(TrialOpened, ADA.id, measure="steps", attempt=1)
    play.add(TrialScored, ADA.id, of=opened.id, recalled=2, correct=False)
    assert "The sequence was attempted once (2 of 4 steps; not correct)." in body_of(play).replace("\n", " ")


def test_pictures_complete_at_once_are_told_together() -> None:
    play = group("step-tap-align")
    for image, recalled in ((1, 3), (2, 2), (3, 3)):
        play.attempt(ADA.id, "image", image, attempt=1, recalled=recalled)
    told = "Pictures 1 and 3 were complete at the first attempt (3 of 3 parts recalled); picture 2 was attempted once"
    assert told in body_of(play)


# --- balance, support, pain ----------------------------------------------------------------------


def test_pain_asked_within_two_minutes_belongs_to_the_incident_and_support_to_its_time() -> None:
    play = group("one-leg-stance")
    play.at("10:02").add(Support, ADA.id, text="A gait belt")
    play.at("10:05").taps(ADA.id, 3, "taps", "left")
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:09").add(Pain, ADA.id, score=2)
    play.at("10:11").add(Support, ADA.id, text="A chair back")
    text = body_of(play)
    assert "At 10:08 she lost balance; pain was 2 of 10." in text
    assert text.count("2 of 10") == 1
    assert "a gait belt and from 10:11 a chair back" in text


def test_pain_of_a_course_is_told_whole() -> None:
    play = group("one-leg-stance")
    play.at("10:02").add(Pain, ADA.id, score=1)
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:12").add(Pain, ADA.id, score=4)
    play.at("10:20").add(Pain, ADA.id, score=1)
    assert "Pain rose from 1 to 4 and returned to 1 of 10." in body_of(play)


def test_bare_incidents_in_a_row_are_one_sentence_with_their_times() -> None:
    play = group("one-leg-stance")
    for at in ("10:05", "10:09", "10:12"):
        play.at(at).add(BalanceIncident, ADA.id, outcome=Outcome.UNSTEADY, recovery=Recovery.ALONE)
    assert "At 10:05, 10:09 and 10:12 she was unsteady and self-corrected." in body_of(play)


@pytest.mark.parametrize("template", ["narrative", "soap", "dap", "narrative-brief", "soap-brief", "dap-brief"])
def test_an_open_incident_and_missing_performance_are_told_in_the_note_itself(template) -> None:
    play = group("one-leg-stance")
    play.at("10:07").add(BalanceIncident, ADA.id)
    text = body_of(play, template)
    assert "A balance incident at 10:07 is still open" in text
    assert "No individual performance was recorded, so this note cannot be signed as it stands." in text
    assert "lost balance" not in text


def test_pain_and_exertion_alone_are_individual() -> None:
    play = group("one-leg-stance")
    play.add(Exertion, ADA.id, score=3)
    assert facts_for(play.state("10:30"), ADA.id).individual


# --- grading -------------------------------------------------------------------------------------


def test_a_change_taken_back_is_told_so_and_a_state_as_a_state() -> None:
    play = group("functional-grasp")
    play.add(LevelStated, ADA.id, level=-1, strategies=("seated",), reason="Because of surgery.")
    play.at("10:05").add(Graded, ADA.id, from_level=-1, to_level=0, strategies=("more-cones",), reason="too easy")
    play.at("10:09").add(Graded, ADA.id, from_level=0, to_level=-1, strategies=("more-cones",), reason="Pain 5")
    text = body_of(play)
    assert "She began seated (level -1) because of surgery." in text
    assert "graded up with more cones (level 0): too easy." in text
    assert "graded back down (level -1): pain 5." in text
    assert "worked with" not in text


def test_a_level_as_set_up_is_not_worth_a_sentence() -> None:
    play = group("one-leg-stance")
    play.add(LevelStated, ADA.id, level=0)
    assert "level" not in body_of(play)


# --- header and index ----------------------------------------------------------------------------


def test_minutes_that_would_not_add_up_are_shown_with_seconds() -> None:
    play = Play(shipped("one-leg-stance"))
    play.join(ADA, BEN)
    play.at("10:06", 30).add(Arrived, ADA.id, BEN.id, late=True)
    play.at("10:13", 30).add(Rested, ADA.id)
    play.at("10:16", 30).add(Resumed, ADA.id)
    lines = dict(header_lines(facts_for(play.state("10:38"), ADA.id).header))
    assert lines["Total treatment time"] == "28 minutes (present 31 min 30 s, without 3 min of rest)"


def test_the_index_lists_what_must_be_seen() -> None:
    play = group("one-leg-stance")
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:09").add(BalanceIncident, ADA.id)
    play.add(Remark, ADA.id, text="beside Bob")
    play.add(Plan, ADA.id, text="Same.")
    state = play.state("10:30")
    files = planned_files(write_batch(state, WRITER), state, ["txt"])
    index = next(data for name, data in files.items() if "_index_" in name).decode()
    assert "present, 1 loss of balance, 1 open balance incident, remark withheld, no response recorded\n" in index


def test_the_comparison_has_what_changed_or_says_that_nothing_did() -> None:
    def session(mark: str, date: str, verbal: int, level: int) -> Play:
        play = Play(shipped("one-leg-stance"), date=date, mark=mark)
        play.here(ADA, BEN)
        play.add(LevelStated, ADA.id, level=level)
        play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=verbal)
        play.add(CueGiven, ADA.id, type=Cue.TACTILE, count=2)
        return play

    then = session("a", "2025-01-20", 5, 0).state("10:30")
    now = facts_for(session("b", "2025-01-27", 3, 1).state("10:30"), ADA.id, then)
    same = facts_for(session("c", "2025-01-27", 5, 0).state("10:30"), ADA.id, then)
    assert "Since 20 January verbal cues went from 5 to 3, at level +1 (then 0)." in WRITER.write(now).body
    assert "Verbal cues and tactile cues were as on 20 January." in WRITER.write(same).body


def test_a_group_with_nothing_but_the_keys_it_needs_writes_notes() -> None:
    own = Protocol(
        schema=1, id="own", title="Own", area="own", activity="clapping", purposes=("rhythm",), cues=("verbal",),
        measures=(IntervalMeasure(id="bout", one="bout", many="bouts"),),
        grading=Ladder(lowest=0, highest=1, harder=(Strategy(id="fast", text="a faster beat"),)),
    )  # fmt: skip
    assert WRITER.check_group(own) == []
    assert DEFAULT_SCALES.assistance_level("setup")
