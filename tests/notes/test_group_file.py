"""What a group's file says in a note, a shipped one or a clinic's own."""

import msgspec

from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.clocks import IntervalMeasure
from otgroup.record.parts.grading import Ladder, Strategy
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES
from tests.notes.told import ADA, WRITER, body_of, group, like
from tests.strategies import load_template, shipped


def test_a_clinics_own_file_is_told_in_its_own_words() -> None:
    play = group(like("one-leg-stance", activity="heel raises at a rail", note_activity="", why_group="none of ours"))
    text = body_of(play)
    assert "with heel raises at a rail." in text
    assert "toe taps" not in text
    assert "none of ours" not in text


def test_the_groups_default_reason_is_nobodys_own() -> None:
    play = group("one-leg-stance", msgspec.structs.replace(ADA, goals=("G1 reach",)))
    text = body_of(play)
    assert "goal" not in text
    assert shipped("one-leg-stance").why_group not in text


def test_every_shipped_group_and_one_without_a_distance_writes_notes() -> None:
    for name in ("one-leg-stance", "step-tap-align", "baoding-balls", "functional-grasp"):
        assert WRITER.check_group(shipped(name)) == []
    assert WRITER.check_group(like("step-tap-align", distance_ft=None)) == []
    broken = NoteWriter(lambda name: "{% macro activity(f) %}{{ f.activity.distance_ft + 1 }}{% endmacro %}"
                        if name == "activities/step-tap-align.j2" else load_template(name))  # fmt: skip
    assert any("step-tap-align: activities" in line for line in broken.check_group(
        like("step-tap-align", distance_ft=None)))  # fmt: skip


def test_a_group_with_nothing_but_the_keys_it_needs_writes_notes() -> None:
    own = Protocol(
        schema=1, id="own", title="Own", area="own", activity="clapping", purposes=("rhythm",), cues=("verbal",),
        measures=(IntervalMeasure(id="bout", one="bout", many="bouts"),),
        grading=Ladder(lowest=0, highest=1, harder=(Strategy(id="fast", text="a faster beat"),)),
    )  # fmt: skip
    assert WRITER.check_group(own) == []
    assert DEFAULT_SCALES.assistance_level("setup")
