"""How alike two notes are, beside the plain table that everybody learns."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.notes.signing.likeness import alike, side_by_side

WORDS = st.lists(st.sampled_from(("she", "tapped", "20", "times", "left", "right")), max_size=14)


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence, cell by cell."""
    row = [0] * (len(other) + 1)
    for ours in one:
        last, row = row, [0]
        for n, theirs in enumerate(other):
            row.append(last[n] + 1 if ours == theirs else max(row[n], last[n + 1]))
    return row[-1]


@given(WORDS, WORDS)
def test_the_share_is_that_of_the_words_in_common_in_order(one: list[str], other: list[str]) -> None:
    both = len(one) + len(other)
    assert alike(one, other) == (2 * common(one, other) / both if both else 1.0)


@given(WORDS, WORDS)
def test_side_by_side_both_texts_are_whole_and_what_is_marked_is_all_they_have_in_common(
    one: list[str], other: list[str]
) -> None:
    texts = tuple("".join(f"{word} " for word in words) for words in (one, other))
    sides = side_by_side(*texts)
    assert tuple("".join(piece.text for piece in pieces) for pieces in sides) == texts
    left, right = (" ".join(p.text for p in pieces if p.same).split() for pieces in sides)
    assert left == right
    assert len(left) == common(one, other)
    assert all(a.same != b.same for pieces in sides for a, b in pairwise(pieces))


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("", "", 1.0),
        ("a", "", 0.0),
        ("a b c d", "a b c d", 1.0),
        ("a b c d", "d c b a", 0.25),
        ("a b c d", "b d", 4 / 6),
        ("a x b", "a y b", 4 / 6),
    ],
)
def test_shares(one: str, other: str, share: float) -> None:
    assert alike(one.split(), other.split()) == pytest.approx(share)


def test_what_differs_stands_between_what_is_the_same() -> None:
    left, right = side_by_side("She tapped 20 times on the left.", "She tapped 8 times on the left.")
    assert [(p.text, p.same) for p in left] == [("She tapped ", True), ("20 ", False), ("times on the left.", True)]
    assert [(p.text, p.same) for p in right] == [("She tapped ", True), ("8 ", False), ("times on the left.", True)]
