"""What a sheet's levels and strategies say, and what they do not: which strategy went with which level."""

import pytest

from otgroup.errors import BadInput
from otgroup.notes.facts.reading import facts_for
from tests.intake.sheets import recorded
from tests.notes.told import WRITER


def told(group: str = "step-tap-align", **cells: str) -> str:
    """The paragraph of a note that tells level and grading."""
    state = recorded(group, {"attendance": "present"} | cells)
    [p] = [p for p in state.board if p.took_part][:1]
    return WRITER.write(facts_for(state, p.person.id), "narrative").body


def test_what_makes_it_easier_explains_no_step_up() -> None:
    body = told(level_start="-1", level_end="0", strategies="wide-bos")
    assert "graded up with" not in body
    assert "worked with a wider base of support." in body
    assert "graded up (level -1, then 0)" in body


def test_what_makes_it_harder_explains_no_step_down() -> None:
    body = told(level_start="+1", level_end="-1", strategies="dual-task")
    assert "graded down with" not in body
    assert "graded down (level +1, then -1)" in body


def test_each_side_is_told_where_it_belongs() -> None:
    body = told(level_start="-1", level_end="1", strategies="wide-bos;dual-task")
    assert "worked with a wider base of support." in body
    assert "graded up with a dual task" in body
    assert "(level -1, then +1)" in body


def test_at_one_level_a_strategy_is_in_force() -> None:
    assert "worked with a wider base of support (level -1)" in told(level_start="-1", strategies="wide-bos")


@pytest.mark.parametrize("cell", ["seated;standing", "Standing; seated"])
def test_strategies_that_exclude_each_other_are_refused(cell) -> None:
    with pytest.raises(BadInput, match=r"row 2: strategies: \w+ and \w+ exclude each other, keep the one"):
        told("functional-grasp", strategies=cell)
