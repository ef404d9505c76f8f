"""What changes a participant's record so that a signed or edited note is behind it, and what does not."""

from collections.abc import Callable
from typing import Any

import pytest

from otgroup.notes.facts.reading import facts_for
from otgroup.notes.facts.record import digest_of_record
from otgroup.record.course import Moved, Reopened, Undone
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.decisions import CodeCorrected, ModifiersCorrected
from otgroup.record.parts.presence import Absent, Arrived, Left
from otgroup.record.parts.words import Remark
from otgroup.record.people import Person, PersonId
from tests.notes.told import ADA, BEN, group
from tests.strategies import Play

CY = Person(id=PersonId("cy"), name="Cy Dunn", short_name="Cy")


def ended() -> tuple[Play, CueGiven, CueGiven]:
    """A group that is over, a cue of Ada's and a cue of Ben's."""
    play = group("one-leg-stance")
    play.join(CY)
    cues = [play.at("10:05").add(CueGiven, who.id, type=Cue.VERBAL, count=1) for who in (ADA, BEN)]
    play.state("10:30")
    play.at("10:40")
    return play, *cues


Change = Callable[[Play, CueGiven, CueGiven], Any]

CHANGES: dict[str, Change] = {
    "her cue undone": lambda play, own, _: play.add(Undone, event=own.id),
    "his cue given to her": lambda play, _, other: play.add(Moved, event=other.id, to=ADA.id),
    "he left before the end": lambda play, *_: play.add(Left, BEN.id, at=play.time("10:15")),
    "a third had come": lambda play, *_: play.add(Arrived, CY.id, at=play.time("10:03"), late=True),
    "he had been absent": lambda play, *_: play.add(Absent, BEN.id),
    "the group went on": lambda play, *_: play.add(Reopened),
}
NO_CHANGES: dict[str, Change] = {
    "his cue undone": lambda play, _, other: play.add(Undone, event=other.id),
    "his remark": lambda play, *_: play.add(Remark, BEN.id, text="slow today"),
    "her code": lambda play, *_: play.add(CodeCorrected, ADA.id, code="97150", units=0, reason="payer"),
    "her modifiers": lambda play, *_: play.add(ModifiersCorrected, ADA.id, modifiers=("59",), reason="apart"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_a_note_tells_changes_the_record(change: Change) -> None:
    play, own, other = ended()
    before = play.state()
    change(play, own, other)
    assert facts_for(play.state(), ADA.id) != facts_for(before, ADA.id)
    assert digest_of_record(play.state(), ADA.id) != digest_of_record(before, ADA.id)


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES)
def test_what_it_does_not_tell_leaves_it(change: Change) -> None:
    play, own, other = ended()
    before = play.state()
    change(play, own, other)
    assert facts_for(play.state(), ADA.id) == facts_for(before, ADA.id)
    assert digest_of_record(play.state(), ADA.id) == digest_of_record(before, ADA.id)
