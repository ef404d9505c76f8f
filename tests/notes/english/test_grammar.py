"""Grammar is correctness: numbers, lists, pronouns, times."""

import pytest

from otgroup.notes.english import grammar as g
from otgroup.notes.facts.figures import Figure


@pytest.mark.parametrize(
    ("value", "one", "many", "text"),
    [
        (0, "toe tap", "toe taps", "0 toe taps"),
        (1, "toe tap", "toe taps", "1 toe tap"),
        (2, "toe tap", "", "2 toe taps"),
        (Figure(1, ("e1",)), "loss of balance", "losses of balance", "1 loss of balance"),
        (Figure(3, ("e1",)), "loss of balance", "losses of balance", "3 losses of balance"),
        (2.5, "pound", "pounds", "2.5 pounds"),
        (12.0, "pound", "pounds", "12 pounds"),
    ],
)
def test_a_noun_fits_its_number(value, one, many, text) -> None:
    assert g.counted(value, one, many) == text


@pytest.mark.parametrize(
    ("items", "text"), [((), ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), (("x y", "z"), "x y and z")]
)
def test_a_list_has_commas_and_an_and(items, text) -> None:
    assert g.listed(items) == text


@pytest.mark.parametrize(("items", "text"), [((1,), "1"), ((1, 2), "1, then 2"), ((1, 2, 3), "1, 2, then 3")])
def test_a_course_ends_with_then(items, text) -> None:
    assert g.in_turn(items) == text


@pytest.mark.parametrize(
    ("n", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_ordinals(n, text) -> None:
    assert g.ordinal_number(n) == text


@pytest.mark.parametrize(
    ("pronouns", "sentence"),
    [
        ("she", "she was, her, her turn"),
        ("he", "he was, him, his turn"),
        ("they", "they were, them, their turn"),
        ("", "the participant was, the participant, the participant's turn"),
    ],
)
def test_pronouns_and_verbs_agree_and_are_never_guessed(pronouns, sentence) -> None:
    v = g.voice("Ada", pronouns)
    assert f"{v.they} {v.was}, {v.them}, {v.their} turn" == sentence


@pytest.mark.parametrize(("name", "text"), [("Ada", "Ada's"), ("James", "James's")])
def test_possessive(name, text) -> None:
    assert g.possessive(name) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tired", "Tired."), ("Tired. ", "Tired."), ("Really?", "Really?"), ('"I am tired."', '"I am tired."'),
        ("tired,", "Tired."), ("", ""), ("so on…", "So on…"), ('"My leg was shaky"', '"My leg was shaky."'),
        ('she said "it is fine"', 'She said "it is fine."'), ("“it holds”", "“It holds.”"), ("2 of 3", "2 of 3."),
        ('reached 5"', 'Reached 5".'), ("(better.)", "(Better.)"), ("she felt pH-neutral", "She felt pH-neutral."),
    ],
)  # fmt: skip
def test_a_recorded_text_ends_once(text, sentence) -> None:
    assert g.sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("because of pain.", " because of pain"),
        ("too easy", ": too easy"),
        ("to rest it", ", to rest it"),
        ("after eight taps", ", after eight taps"),
        ('said "tired."', ': said "tired"'),
    ],
)
def test_a_reason_runs_on_only_where_it_can(text, said) -> None:
    assert g.reason(text) == said


@pytest.mark.parametrize(
    ("side", "means", "said"),
    [
        ("left", "tapping foot", "with the left foot"),
        ("right", "", "on the right"),
        ("left", "hand on the rail", "with the left hand on the rail"),
        ("", "tapping foot", ""),
    ],
)
def test_a_side_says_what_it_is_a_side_of(side, means, said) -> None:
    assert g.limb(side, means) == said


def test_times_dates_and_small_numbers() -> None:
    assert (g.mss(457), g.mss(60), g.mss(5)) == ("7:37", "1:00", "0:05")
    assert g.day("2025-11-17") == "November 17, 2025"
    assert (g.spelled(6), g.spelled(12), g.spelled(13), g.spelled(0)) == ("six", "twelve", "13", "zero")
    assert (g.adverb("moderate"), g.adverb("minimal"), g.adverb("high")) == ("moderately", "minimally", "")
