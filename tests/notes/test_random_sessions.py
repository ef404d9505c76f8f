"""Whatever a leader keys, a note is true to its own record and to nothing else."""

import re

from hypothesis import HealthCheck, given, settings

from otgroup.export.folder import planned_files
from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.english.grammar import duration, numeral, ordinal_number, spelled
from otgroup.notes.english.typed import sentence
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import RepetitionFacts
from otgroup.notes.facts.reading import facts_for
from otgroup.notes.facts.whole import Facts, walk
from otgroup.notes.names import names_of
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter
from otgroup.record.spans import clock_text
from otgroup.record.state import SessionState
from tests.notes.told import NUMBER, UNFILLED
from tests.strategies import load_template, sessions

WRITER = NoteWriter(load_template)
THOROUGH = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def both(state: SessionState) -> tuple[Batch, ...]:
    return tuple(write_batch(state, WRITER, template) for template in ("narrative", "soap", "dap"))


def allowed(facts: Facts) -> set[str]:
    """The figures of the facts in every form, numbers in recorded words and in the group file's own."""
    forms = (numeral, spelled, ordinal_number, duration, lambda f: clock_text(f.value))
    own = {n for f in facts.figures() for form in forms for n in (form(f), *NUMBER.findall(form(f)))}
    words = {n for text in facts.texts() for n in NUMBER.findall(text)}
    a = facts.activity
    numbers = (a.directions_steps, a.distance_ft, a.pain_highest, a.rpe_highest, *(i.parts for i in facts.images))
    return own | words | {str(n) for n in numbers}


def check(note: Note, facts: Facts, state: SessionState) -> None:
    assert set(NUMBER.findall(note.body)) <= allowed(facts)
    assert not UNFILLED.search(note.body), note.body
    assert all("\n" not in p and p == p.strip() for s in note.sections for p in s.paragraphs)
    own = names_of(state.participants[note.participant].person)
    for p in state.board:
        for name in names_of(p.person) - own:
            assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", note.body)
    for said in (*facts.responses, *facts.plans, *facts.remarks):
        assert sentence(said.text) in note.body
    for count in (c for c in facts.counts if isinstance(c, RepetitionFacts)):
        told = NUMBER.findall(note.body)
        assert all(
            numeral(side.count) in told or (not side.count.value and "no " in note.body) for side in count.sides
        )
    for cues in facts.cues.by_type:
        assert cues.type in note.body


@THOROUGH
@given(sessions())
def test_a_note_is_true_to_its_own_record(state) -> None:
    for batch in both(state):
        assert [n.participant for n in batch.notes] == [p.person.id for p in state.board if p.took_part]
        for note in batch.notes:
            check(note, facts_for(state, note.participant), state)


@THOROUGH
@given(sessions())
def test_every_figure_comes_from_events_that_count(state) -> None:
    known = {e.id for e in state.log} - state.undone
    for p in state.board:
        if p.took_part:
            figures = [v for v in walk(facts_for(state, p.person.id)) if isinstance(v, Figure)]
            assert all(f.events and known.issuperset(f.events) for f in figures)


@THOROUGH
@given(sessions())
def test_a_negative_is_said_only_where_it_was_watched(state) -> None:
    for note in both(state)[0].notes:
        p = state.participants[note.participant]
        if "no loss of balance" in note.body:
            assert p.balance.watched is True
        if "no unsteadiness" in note.body.lower():
            assert p.balance.steady_stated


@THOROUGH
@given(sessions())
def test_a_session_has_as_many_files_as_notes_and_an_index(state) -> None:
    batch = write_batch(state, WRITER)
    files = planned_files(batch, state, ["txt", "md"])
    assert len(files) == 2 * (len(batch.notes) + 1)
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+", name) for name in files)
    assert len(batch.summary) >= len(state.board)
