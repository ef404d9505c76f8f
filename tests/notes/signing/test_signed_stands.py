"""A signed note stands whatever becomes of the record, the template or the session after it."""

import json
from datetime import timedelta

import pytest

from otgroup.errors import BadInput
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.note import Note
from otgroup.notes.signing.papers import Paper, PaperPen, Signed, digest_of, fold_papers
from otgroup.notes.writer import NoteWriter
from otgroup.record.course import Ended, Reopened
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.people import PersonId
from tests.notes.told import ADA, BEN, WRITER, batch_of, group
from tests.strategies import Play, load_template

BROKEN_FOR_ADA = "{% block Service %}{% if h.participant == 'ADA' %}{{ h.nothing }}{% endif %}Seen.{% endblock %}"


def signed() -> tuple[Play, Note, dict[PersonId, Paper]]:
    """A group that is over, Ada's note as it was signed, and the papers."""
    play = group("one-leg-stance")
    play.at("10:05").add(CueGiven, ADA.id, BEN.id, type=Cue.VERBAL, count=2)
    note = next(n for n in batch_of(play).notes if n.participant == ADA.id)
    play.now += timedelta(minutes=1)
    pen = PaperPen(lambda: play.now, lambda: "paper", play.state().leader)
    return play, note, fold_papers([Signed(**pen.stamp(ADA.id), digest=digest_of(note), role="author", note=note)])


def test_a_template_that_fails_for_its_participant_does_not_take_it_away() -> None:
    play, note, papers = signed()
    broken = BROKEN_FOR_ADA.replace("ADA", ADA.id)
    writer = NoteWriter(lambda name: broken if name == "narrative.j2" else load_template(name))
    assert [f.participant for f in write_batch(play.state(), writer).failed] == [ADA.id]
    batch = write_batch(play.state(), writer, context=NoteContext(papers=papers))
    assert batch.failed == ()
    assert [n.participant for n in batch.notes] == [ADA.id, BEN.id]
    assert batch.notes[0].sections == note.sections


def test_it_needs_no_template_at_all() -> None:
    play, note, papers = signed()
    with pytest.raises(BadInput):
        write_batch(play.state(), WRITER, "gone", only=ADA.id)
    [found] = write_batch(play.state(), WRITER, "gone", only=ADA.id, context=NoteContext(papers=papers)).notes
    assert found.sections == note.sections


def test_its_document_in_fhir_keeps_the_times_it_was_signed_with() -> None:
    play, _, papers = signed()
    play.now += timedelta(minutes=5)
    play.add(Reopened)
    play.at("11:00").add(Ended)
    state = play.state()
    batch = write_batch(state, WRITER, only=ADA.id, context=NoteContext(papers=papers))
    result = hand_over(ExportJob(batch=batch, state=state), ["fhir"])
    [document] = map(json.loads, result.files.values())
    found = {entry["resource"]["resourceType"]: entry["resource"] for entry in document["entry"]}
    ends = (found["Encounter"]["period"]["end"], found["Procedure"]["performedPeriod"]["end"])
    assert ends == ("2025-11-24T10:30:00+00:00", "2025-11-24T10:30:00+00:00")
