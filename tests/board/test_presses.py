"""A key that was pressed and one that is held down, by their times alone."""

import pytest

from otgroup.board.presses import Press, Presses


def presses(*keys: tuple[str, float]) -> list[Press]:
    found, known = [], Presses()
    for key, at in keys:
        known.key(key, at)
        found.append(known.press)
    return found


@pytest.mark.parametrize("first", [0.25, 0.5, 0.66])
@pytest.mark.parametrize("rate", [10.9, 25, 30, 40])
def test_a_held_key_is_pressed_once(first, rate) -> None:
    held = presses(("s", 0), *(("s", first + n / rate) for n in range(50)))
    assert held == [Press.NEW, Press.DOUBTFUL, *[Press.HELD] * 49]


def test_another_key_or_a_pause_makes_it_new() -> None:
    assert presses(("s", 0), ("k", 0.1), ("s", 0.2), ("s", 2.0)) == [Press.NEW] * 4


def test_a_late_repeat_is_none_the_less_one() -> None:
    assert presses(("s", 0), ("s", 0.03), ("s", 0.4), ("s", 0.95)) == [Press.NEW, *[Press.HELD] * 2, Press.DOUBTFUL]
