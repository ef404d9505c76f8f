"""Small words that every line of the log shares."""

from collections.abc import Iterable
from datetime import date
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def date_text(day: date) -> str:
    """A date as a US reader writes it: March 3, 2026."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def level_text(level: int) -> str:
    """A level as it stands on a card: +1, 0, -1."""
    return f"{level:+d}" if level else "0"


def joined(words: Iterable[str]) -> str:
    """What was said, with commas; what was not said is left out."""
    return ", ".join(filter(None, words))


def length_text(seconds: float) -> str:
    """A length of time in its two largest units: `1 h 55 min`, `5 min`, `40 s`; its sign is left out."""
    whole = abs(round(seconds))
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def because(words: str, reason: str) -> str:
    """Words, and the reason where there is one."""
    return f"{words}: {reason}" if reason else words
