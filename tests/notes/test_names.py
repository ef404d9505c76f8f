"""Nobody's name stands in another person's note."""

import pytest

from otgroup.notes.batch import write_batch
from otgroup.notes.names import NameScreen, strangers_in
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.words import Plan, Remark, Response
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from tests.notes import told
from tests.strategies import Play, load_template, shipped

ADA = Person(id=PersonId("a"), name="Ada Lindqvist", short_name="Ada")
ED = Person(id=PersonId("e"), name="Ed van Dam", short_name="Ed D.")
JO = Person(id=PersonId("j"), name='José "Pepe" O\'Neil', short_name="JO")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("walked beside Ed van Dam", False),
        ("walked beside Ed D. today", False),
        ("Ed was loud", True),  # a part of two letters is no name by itself
        ("the van was late", False),  # three letters, a whole word, case as written
        ("the Van was late", True),
        ("vanished", True),
        ("Dam's chair", False),
        ("like José, tired", False),
        ("like Jose\u0301, tired", False),
        ("Pepe laughed", False),
        ("JO counted", False),
        ("JOY", True),
        ("O'Neil sang", False),
        ("Ada was tired", True),  # her own name
    ],
)
def test_a_text_with_another_name_is_withheld(text, kept) -> None:
    screen = NameScreen((ADA, ED, JO), ADA)
    assert (screen.keep("remark", text, ()) is not None) is kept
    assert bool(screen.withheld) is not kept


def test_the_summary_names_what_was_withheld_and_the_note_lacks_it() -> None:
    play = Play(shipped("one-leg-stance"))
    play.here(ADA, ED)
    play.add(Repetition, ADA.id, measure="taps", count=3, side=Side.LEFT)
    play.add(Remark, ADA.id, text="argued with Ed D. about the chair")
    play.add(Plan, ADA.id, text="Not beside Dam.")
    play.add(Response, ADA.id, text="Calm again.")
    batch = write_batch(play.state("10:30"), NoteWriter(load_template))
    assert "Ada Lindqvist: remark withheld, it names a participant" in batch.summary
    assert "Ada Lindqvist: plan withheld, it names a participant" in batch.summary
    assert "Ed D." not in batch.notes[0].body
    assert "Dam" not in batch.notes[0].body
    assert "Calm again." in batch.notes[0].body


def test_a_name_in_the_wording_is_found_but_not_the_own_name() -> None:
    will = Person(id=PersonId("w"), name="Grace Service", short_name="Grace")
    assert strangers_in("Ada Lindqvist had Service with Ada", (ADA, will), ADA) == ("Service",)
    ada_too = Person(id=PersonId("t"), name="Ada Berg", short_name="Ada B.")
    assert strangers_in("Ada Lindqvist rested", (ADA, ada_too), ADA) == ()


@pytest.mark.parametrize("text", ["bob lent her a chair", "Sat down. bob lent her a chair", "- bob was kind"])
@pytest.mark.parametrize("kind", [Remark, Response, Plan])
def test_words_that_become_a_name_by_their_capital_are_withheld(kind, text) -> None:
    play = told.group("one-leg-stance")
    play.add(kind, told.ADA.id, text=text)
    batch = told.batch_of(play)
    assert "bob" not in batch.notes[0].body.lower()
    assert any("withheld, it names a participant" in line for line in batch.summary)
