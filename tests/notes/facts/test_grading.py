"""Changes of the task in a note."""

from otgroup.record.parts.grading import Graded, LevelStated
from tests.notes.told import ADA, body_of, group


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
