"""The demo's notes, side by side, as a contractor's auditor reads them: no clones, no lectures."""

from difflib import SequenceMatcher
from itertools import combinations
from statistics import median

import pytest

from otgroup.demo import play
from otgroup.demo.perform import Stage, ids_from, perform
from otgroup.notes.batch import write_batch
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter
from otgroup.record.fold import fold
from otgroup.record.people import Person, PersonId
from otgroup.record.scales import DEFAULT_SCALES
from tests.strategies import Play, load_template, person, shipped

GROUPS = ("one-leg-stance", "step-tap-align", "baoding-balls", "functional-grasp")


def notes_of(group: str, template: str = "narrative") -> tuple[Note, ...]:
    script = next(s for s in play.scripts() if s.source == f"{group}.txt")
    assert script.start is not None
    stage = Stage(group, script.start, shipped(group), DEFAULT_SCALES, play.demo_people())
    state = fold(perform(script, stage, ids_from(group)))
    return write_batch(state, NoteWriter(load_template), template).notes


def likeness(one: Note, other: Note) -> float:
    return SequenceMatcher(None, one.body.split(), other.body.split(), autojunk=False).ratio()


@pytest.mark.parametrize("template", ["narrative", "soap", "dap"])
@pytest.mark.parametrize("group", GROUPS)
def test_no_two_notes_of_a_group_are_alike(group, template) -> None:
    alike = {(a.header.name, b.header.name): likeness(a, b) for a, b in combinations(notes_of(group, template), 2)}
    assert max(alike.values()) <= 0.6, max(alike, key=lambda pair: alike[pair])


@pytest.mark.parametrize("group", GROUPS)
def test_notes_are_neither_thin_nor_lectures(group) -> None:
    words = {n.header.name: len(n.body.split()) for n in notes_of(group)}
    assert min(words.values()) >= 80, words
    assert max(words.values()) <= 208, words
    assert median(words.values()) <= 180, words


@pytest.mark.parametrize("template", ["narrative-brief", "soap-brief", "dap-brief"])
@pytest.mark.parametrize("group", GROUPS)
def test_a_brief_note_is_brief_and_keeps_what_is_about_safety(group, template) -> None:
    for note, whole in zip(notes_of(group, template), notes_of(group), strict=True):
        assert 35 <= len(note.body.split()) <= 140, note.header.name
        for told in ("lost balance", "balance was lost", "unsteady", "unsteadiness", "Pain rose", "Pain fell"):
            assert note.body.count(told) == whole.body.count(told), note.header.name


@pytest.mark.parametrize("group", GROUPS)
def test_an_activitys_fixed_wording_is_at_most_a_third_of_a_note(group) -> None:
    """What a note says of somebody of whom nothing but a goal was recorded is the activity's own wording."""
    play_ = Play(shipped(group))
    ada = Person(id=PersonId("ada"), name="Ada Berg", short_name="Ada", goals=("G1 reach",))
    play_.here(ada, person(1))
    bare = write_batch(play_.state("10:30"), NoteWriter(load_template), only=ada.id).notes[0]
    said = " ".join(bare.sections[0].paragraphs).split()
    assert all(len(said) <= len(n.body.split()) / 3 for n in notes_of(group)), len(said)


@pytest.mark.parametrize("group", GROUPS)
def test_what_nobody_recorded_is_not_said(group) -> None:
    for note in notes_of(group):
        for unsaid in ("None", "was tolerated well", "throughout", "as needed", "no complaints"):
            assert unsaid not in note.body
