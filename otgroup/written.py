"""Checks for text that people enter, in a cell or on a screen: each gives the clean value or a refusal.

Every message begins with `what` (a column or field), so that a caller need only put the place before it.
"""

import re
import unicodedata
from datetime import date, time
from typing import Final

from otgroup.characters import is_hidden, shown
from otgroup.errors import BadInput

LONGEST_TEXT: Final = 300
LONGEST_NAME: Final = 100
LONGEST_PARAGRAPHS: Final = 4000
HIGHEST_COUNT: Final = 9999
LONGEST_CLOCK_S: Final = 14_400
EARLIEST: Final = date(2000, 1, 1)

_WHOLE: Final = re.compile(r"[0-9]+", re.ASCII)
_SIGNED: Final = re.compile(r"[+-]?[0-9]{1,3}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
_CLOCK: Final = re.compile(r"([0-9]{1,3}):([0-5][0-9])", re.ASCII)
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)


def clean_text(text: str, what: str, longest: int = LONGEST_TEXT, *, needed: bool = False) -> str:
    """The text stripped and NFC-normalized, one line of plain characters; BadInput if it cannot be."""
    clean = unicodedata.normalize("NFC", text.strip())
    if any(map(is_hidden, clean)):
        raise BadInput(f"{what}: has a line break, control or direction character, write one line of plain text")
    if len(clean) > longest:
        raise BadInput(f"{what}: is {len(clean)} characters long, use at most {longest}")
    if needed and not clean:
        raise BadInput(f"{what}: is empty, write it")
    return clean


def clean_paragraphs(text: str, what: str) -> str:
    """A text of several lines, each clean; empty lines are left out."""
    lines = [clean_text(line, what, LONGEST_PARAGRAPHS) for line in text.split("\n")]
    clean = "\n".join(filter(None, lines))
    if len(clean) > LONGEST_PARAGRAPHS:
        raise BadInput(f"{what}: is {len(clean)} characters long, use at most {LONGEST_PARAGRAPHS}")
    if not clean:
        raise BadInput(f"{what}: is empty, write it")
    return clean


def clean_name(text: str, what: str = "name") -> str:
    """A name: never empty, at most 100 characters, single spaces inside."""
    return " ".join(clean_text(text, what, LONGEST_NAME, needed=True).split())


def parse_count(text: str, what: str, *, highest: int = HIGHEST_COUNT) -> int:
    """A whole number from 0 to `highest`, in digits."""
    digits = text.strip()
    if not _WHOLE.fullmatch(digits):
        raise BadInput(f"{what}: {shown(text)} is not a whole number, write it in digits, such as 12")
    significant = digits.lstrip("0") or "0"
    if len(significant) > 9 or int(significant) > highest:
        raise BadInput(f"{what}: {shown(text)} is too many, use 0 to {highest}")
    return int(significant)


def parse_level(text: str, what: str, lowest: int, highest: int) -> int:
    """A grading level of a ladder: -1, 0, +1."""
    signed = text.strip().replace("\N{MINUS SIGN}", "-")
    if not _SIGNED.fullmatch(signed) or not lowest <= int(signed) <= highest:
        raise BadInput(f"{what}: {shown(text)} is not a level of this ladder, use {lowest} to {highest}")
    return int(signed)


def parse_number(text: str, what: str, lowest: float | None = None, highest: float | None = None) -> float:
    """A number with or without decimals, within the bounds given."""
    digits = text.strip()
    if not _DECIMAL.fullmatch(digits):
        raise BadInput(f"{what}: {shown(text)} is not a number, write it in digits, such as 7.5")
    number = float(digits)
    if lowest is not None and number < lowest:
        raise BadInput(f"{what}: {shown(text)} is too low, use {lowest:g} or more")
    if highest is not None and number > highest:
        raise BadInput(f"{what}: {shown(text)} is too high, use {highest:g} or less")
    return number


def parse_score(text: str, what: str, *, highest: int = 10) -> int:
    """A whole score from 0 to 10 (pain)."""
    digits = text.strip()
    if not _WHOLE.fullmatch(digits) or len(digits) > 4 or int(digits) > highest:
        raise BadInput(f"{what}: {shown(text)} is not a score, use a whole number from 0 to {highest}")
    return int(digits)


def parse_exertion(text: str, what: str, *, highest: int = 10) -> float:
    """A perceived exertion from 0 to 10; Borg's CR10 has halves."""
    digits = text.strip()
    if not _DECIMAL.fullmatch(digits) or not 0 <= float(digits) <= highest:
        raise BadInput(f"{what}: {shown(text)} is not an exertion, use a number from 0 to {highest}")
    return float(digits)


def parse_clock(text: str, what: str) -> int:
    """Minutes and seconds (m:ss) as seconds, at most four hours."""
    match = _CLOCK.fullmatch(text.strip())
    if not match:
        raise BadInput(f"{what}: {shown(text)} is not minutes and seconds, write m:ss, such as 1:25")
    seconds = 60 * int(match[1]) + int(match[2])
    if seconds > LONGEST_CLOCK_S:
        raise BadInput(f"{what}: {shown(text)} is too long, use at most {LONGEST_CLOCK_S // 60}:00")
    return seconds


def parse_time(text: str, what: str) -> time:
    """A time of day, HH:MM on a 24-hour clock."""
    match = _TIME.fullmatch(text.strip())
    if not match:
        raise BadInput(f"{what}: {shown(text)} is not a time of day, write HH:MM, such as 09:05 or 14:30")
    return time(int(match[1]), int(match[2]))


def parse_date(text: str, what: str, today: date) -> date:
    """A day written YYYY-MM-DD that exists and is not in the future."""
    day = _day(text.strip())
    if day is None:
        raise BadInput(f"{what}: {shown(text)} is not a date, write YYYY-MM-DD, such as 2026-03-09")
    if day > today:
        raise BadInput(f"{what}: {shown(text)} is in the future, write today ({today}) or an earlier day")
    if day < EARLIEST:
        raise BadInput(f"{what}: {shown(text)} is too long ago, check the year")
    return day


def _day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
