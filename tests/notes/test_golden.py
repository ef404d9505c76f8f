"""Notes that a person has read: OTGROUP_GOLDEN=1 writes them anew, then read them again."""

import os
from pathlib import Path

import pytest

from otgroup.export.text import as_text
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import PersonId
from tests.notes import records
from tests.strategies import load_template

GOLDEN = Path(__file__).with_name("golden")
WEN, PIOTR = PersonId("Wen Zhao"), PersonId("Piotr Nowak")
CASES = (
    ("step-tap-align", records.step_tap_align, records.ADA.id, "rich"),
    ("step-tap-align", records.step_tap_align, WEN, "sparse"),
    ("step-tap-align", records.step_tap_align, PIOTR, "minimal"),
    ("one-leg-stance", records.one_leg_stance, records.JAMES.id, "rich"),
    ("one-leg-stance", records.one_leg_stance, WEN, "sparse"),
    ("one-leg-stance", records.one_leg_stance, PIOTR, "minimal"),
    ("baoding-balls", records.baoding_balls, records.KIM.id, "rich"),
    ("functional-grasp", records.functional_grasp, records.ROSA.id, "rich"),
)

EARLIER = {
    "step-tap-align": {records.ADA.id: records.step_tap_align_before()},
    "functional-grasp": {records.ROSA.id: records.functional_grasp_before()},
}


@pytest.mark.parametrize("template", ["narrative", "soap", "dap"])
@pytest.mark.parametrize(("group", "make", "who", "record"), CASES)
def test_a_note_reads_as_it_was_approved(group, make, who, record, template) -> None:
    batch = write_batch(make(), NoteWriter(load_template), template, who, NoteContext(earlier=EARLIER.get(group, {})))
    text = as_text(batch.notes[0])
    path = GOLDEN / f"{group}_{record}_{template}.txt"
    if os.environ.get("OTGROUP_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


def note(make, who: PersonId, template: str = "narrative") -> Note:
    state = make()
    context = NoteContext(earlier=EARLIER.get(state.protocol.id, {}))
    return write_batch(state, NoteWriter(load_template), template, who, context).notes[0]


FACTS = (
    (records.step_tap_align, records.ADA.id, (
        "Total treatment time: 35 minutes (3 minutes of rest excluded)", "Total timed minutes: 0",
        "35 minutes in a group of five", "goal G2 (kitchen safety despite distraction)",
        "people moving beside her are the distraction of her kitchen",
        "standby assistance and no device", "20-foot obstacle walk", "recalling and drawing pictures",
        "Picture 1 was attempted 3 times (1, 2, then 3 of 3 parts recalled) with 3 verbal cues",
        "picture 2 twice (2, then 3) with 2 verbal cues",
        "Since November 17, 2025 verbal cues went from 7 to 5, in 35 minutes (30 then).",
        "3-step directions was moderately difficult", "Balance was watched: no loss of balance.",
        "At 10:12 she was unsteady at obstacle 3 and self-corrected.",
        "At 10:14 the therapist graded down with a wider base of support (level -1)",
        ": unsteady over obstacle 3; the remaining crossings were steady.",
        '"I lose the picture when somebody walks past me."',
        "Same level; rehearse the parts aloud before walking; aim for 1 cue a picture.",
    )),
    (records.one_leg_stance, records.JAMES.id, (
        "Arrived: 10:05", "Attendance: arrived late (transport)", "Session: 10:00-10:36", "Total timed minutes: 0",
        "Total treatment time: 27 minutes (4 minutes of rest excluded)", "27 minutes in a group of six",
        "goal G1 (reach at the sink)", "contact guard assistance and from 10:18 a chair back",
        "He made 12 left-foot (standing on the right) and 15 right-foot toe taps.",
        "gave 3 verbal cues (hip) and 1 tactile cue (trunk) with the left foot tapping",
        "and with the right foot tapping 1 verbal cue.",
        "Balance was watched. At 10:18 he lost balance sideways on a left tap and recovered with contact",
        "pain was 0 of 10. No lower surface.",
        "graded down with one-handed support (level -1) because of the loss of balance.",
        "6 toe taps with the left foot followed without a loss of balance.", "RPE was 5 (CR10)",
        "The left hip tires first when reaching.", "Without support after 10 steady left taps.",
    )),
    (records.baoding_balls, records.KIM.id, (
        "Total treatment time: 10 minutes (2 minutes of rest excluded)", "Total timed minutes: 10",
        "10 minutes individually", "goal G3 (shirt buttons)", "week 8 after carpal tunnel release",
        "Clearance for strengthening was checked.",
        "With the left hand, clockwise, interval 1 lasted the targeted 2 min, with 9 ball contacts and no drops;",
        "interval 2 was stopped at 1 min 25 s of 2 min (fatigue), with 14 ball contacts and 2 drops;",
        "interval 3 lasted the targeted 1 min, with no drops.", "2 verbal cues (thumb)",
        "At 13:08 the therapist graded down with less time in each interval (level -1): fatigue.",
        "Pain rose from 1 to 2 of 10.", "clockwise",
        "Lengthen to 1:30 once 1:00 is held twice without a drop.",
    )),
    (records.functional_grasp, records.ROSA.id, (
        "Session: 14:00-14:24", "Total timed minutes: 0", "24 minutes in a group of three",
        "goal G4 (stocking a shelf)", "pacing beside two peers shows when the shoulder takes over",
        "In the timed run (6 min 50 s) she placed 16 cones (20, then 16 planned) and dropped 3 with the right hand.",
        "All drops came on release.", "4 tactile cues (shoulder hiking)",
        "All four cues came within the first 12 cones placed; the last 4 had none.", "She began seated (level -1).",
        "At 14:09 the therapist graded down with fewer cones (level -2) because the shoulder hiked with every reach.",
        "4 cones placed with the right hand followed.", "The activity was moderately difficult.",
        "Since November 19, 2025 cones placed with the right hand went from 12 to 16",
        "and the timed run from 7 min 30 s to 6 min 50 s, in 24 minutes (20 then).",
        '"My shoulder wants to do the work."',
        "16 cones seated; standing once cues are 2 or fewer.",
    )),
)  # fmt: skip


@pytest.mark.parametrize("template", ["narrative", "soap", "dap"])
@pytest.mark.parametrize(("make", "who", "facts"), FACTS)
def test_every_fact_of_a_model_record_stands_in_the_note(make, who, facts, template) -> None:
    text = as_text(note(make, who, template))
    assert [fact for fact in facts if fact not in text] == []


@pytest.mark.parametrize(("make", "who", "facts"), FACTS)
def test_a_rich_note_is_neither_thin_nor_a_lecture(make, who, facts) -> None:
    assert 90 <= len(note(make, who).body.split()) <= 176


def test_nothing_is_said_that_nobody_recorded() -> None:
    text = note(records.step_tap_align, PIOTR).body
    for unsaid in ("balance was", "steady", "cue", "pain", "level", "difficult", "RPE", "Plan"):
        assert unsaid not in text
    assert "No individual performance was recorded, so this note cannot be signed as it stands." in text
