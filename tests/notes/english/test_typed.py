"""Typed words as they stand in a note."""

import pytest

from otgroup.notes.english.typed import lowered, sentence
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, Outcome
from otgroup.record.parts.grading import Graded, LevelStated
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.presence import Rested, Resumed
from otgroup.record.parts.scores import FunctionCode
from otgroup.record.parts.words import Remark, Response
from tests.notes.told import ADA, batch_of, body_of, group
from tests.strategies import person


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("tired. then went on", "Tired. Then went on."),
        ("used a rail, i.e. the long one", "Used a rail, i.e. the long one."),
        ("- rested", "Rested."),
        ("walked 20 ft. again", "Walked 20 ft. again."),
        ('"it held." then she sat', '"It held." Then she sat.'),
    ],
)
def test_each_sentence_has_its_capital(typed, stands) -> None:
    assert sentence(typed) == stands


@pytest.mark.parametrize(
    ("typed", "stands"),
    [
        ("Because of pain", "because of pain"),
        ("RPE reached 6", "RPE reached 6"),
        ("I was tired", "I was tired"),
        ("Ada slipped", "Ada slipped"),
        ("Pursed-lip breathing", "pursed-lip breathing"),
        ("Monday's walk", "Monday's walk"),
        ("O2 fell", "O2 fell"),
    ],
)
def test_words_inside_a_sentence_begin_small_unless_they_are_names(typed, stands) -> None:
    assert lowered(typed, frozenset({"Ada"})) == stands


def test_what_was_said_is_subjective_and_what_was_seen_objective() -> None:
    play = group("one-leg-stance")
    play.add(Response, ADA.id, text="She said it held.")
    play.add(Response, ADA.id, text="Rubbed her eyes.")
    play.add(FunctionCode, ADA.id, item="Toilet transfer", code="04")
    graded = {"from_level": 0, "to_level": 1, "strategies": ("dual-task",), "reason": "because it was easy"}
    play.at("10:05").add(Graded, ADA.id, **graded)
    note = batch_of(play, "soap").notes[0]
    parts = {s.title: " ".join(s.paragraphs) for s in note.sections}
    assert parts["Subjective"] == "She said it held."
    assert "Rubbed her eyes." in parts["Objective"]
    assert "Section GG: Toilet transfer 04." in parts["Objective"]
    assert "graded up with a dual task while tapping (level +1) because it was easy." in parts["Assessment"]


def test_a_treated_rest_is_told_with_its_words() -> None:
    play = group("one-leg-stance")
    play.at("10:05").add(Rested, ADA.id, treated=True)
    play.at("10:06").add(Remark, ADA.id, text="Pursed-lip breathing was taught.")
    play.at("10:07").add(Resumed, ADA.id)
    text = body_of(play)
    assert "A treated rest of 2 minutes is included: pursed-lip breathing was taught." in text
    assert text.count("breathing") == 1


def test_the_participant_is_called_so_at_most_twice() -> None:
    play = group("one-leg-stance", person(1))
    who = person(1).id
    play.add(LevelStated, who, level=-1, strategies=("one-hand",))
    play.add(Assistance, who, level="setup")
    for at in ("10:05", "10:08"):
        play.at(at).taps(who, 3, "taps", "left")
        incident = play.add(BalanceIncident, who, outcome=Outcome.LOB)
        play.add(BalanceDetail, who, of=incident.id, direction="Backward")
    text = body_of(play)
    assert text.lower().count("the participant") <= 2
    assert "setup assistance" in text
    assert "balance was lost backward" in text
