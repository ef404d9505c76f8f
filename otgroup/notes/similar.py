"""How alike two notes are, on what is individual in them: the activity's fixed wording does not count. Pure.

The measure is the share of words that stand in both texts in the same order (rapidfuzz, Indel distance
over words): 1.0 is the same text, two notes of one template on different records lie near 0.6.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from rapidfuzz.distance import Indel, LCSseq

from otgroup.notes.note import Note

_WORD: Final = re.compile(r"\w+(?:[:.,'-]\w+)*")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a text, and whether the other text has it too."""

    text: str
    same: bool


def individual_words(note: Note, fixed: Iterable[str]) -> tuple[str, ...]:
    """The words of a note, small, without the activity's wording and the participant's own name."""
    text = note.body
    for phrase in sorted((note.header.name, *fixed), key=len, reverse=True):
        if phrase:
            text = text.replace(phrase, " ")
    return tuple(word.lower() for word in _WORD.findall(text))


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """From 0 (nothing in common) to 1 (the same words in the same order)."""
    return float(Indel.normalized_similarity(one, other)) if one or other else 1.0


def side_by_side(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, what they have in common marked."""
    ours, theirs = _tokens(one), _tokens(other)
    codes = LCSseq.opcodes(ours, theirs)
    left = [Piece("".join(ours[c.src_start : c.src_end]), c.tag == "equal") for c in codes]
    right = [Piece("".join(theirs[c.dest_start : c.dest_end]), c.tag == "equal") for c in codes]
    return tuple(p for p in left if p.text), tuple(p for p in right if p.text)


def _tokens(text: str) -> list[str]:
    """Words, each with the space that follows."""
    return re.findall(r"\S+\s*", text)
