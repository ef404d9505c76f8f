"""Text from outside, made safe to stand in one line of a message."""

import unicodedata
from collections.abc import Iterable
from typing import Final

UNSEEN: Final = frozenset("\u00ad\u061c\u180e\u200b\u200e\u200f\u2060\ufeff")


def visible(text: str) -> str:
    """Make any text safe to print on one line: what cannot be seen becomes a question mark."""
    return "".join(character if character.isprintable() else "?" for character in text)


def is_hidden(character: str) -> bool:
    """Say whether a character is a control, a line break, a direction mark or otherwise unseen."""
    return (
        character in UNSEEN
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}
    )


def shown(value: object) -> str:
    """Quote a value from a file in a message, short and on one line."""
    match value:
        case str():
            short = value if len(value) <= 40 else f"{value[:37]}..."
            return f'"{visible(short)}"'
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 64:  # Python refuses to print numbers of thousands of digits
            return "a huge number"
        case int() | float():
            return str(value)
        case _:
            return sort_of(value)


def either(words: Iterable[str]) -> str:
    """Join choices: count, trial or value."""
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def sort_of(value: object) -> str:
    """What sort of thing a value of a file is, for a message."""
    if isinstance(value, dict):
        return "a section of keys"
    return "a list" if isinstance(value, list) else "a date or time"
