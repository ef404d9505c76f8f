"""Small words that every line of the log shares."""

from collections.abc import Iterable


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def level_text(level: int) -> str:
    """A level as it stands on a card: +1, 0, -1."""
    return f"{level:+d}" if level else "0"


def joined(words: Iterable[str]) -> str:
    """What was said, with commas; what was not said is left out."""
    return ", ".join(filter(None, words))


def because(words: str, reason: str) -> str:
    """Words, and the reason where there is one."""
    return f"{words}: {reason}" if reason else words
