"""What the leader saw, from a tally row: balance, assistance, difficulty, pain, exertion and words as events."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from otgroup.errors import BadInput
from otgroup.intake.csvfile import Row
from otgroup.intake.words import parse_count, parse_exertion, parse_score
from otgroup.session.checked import either, shown
from otgroup.session.events import (
    Assistance,
    BalanceIncident,
    BalanceWatched,
    Difficulty,
    Event,
    Exertion,
    Outcome,
    Pain,
    Pen,
    Plan,
    Remark,
    Response,
)
from otgroup.session.people import PersonId
from otgroup.session.scales import Level, Scales

MOST_HELPERS: Final = 4
_HELPERS: Final = re.compile(r"(.*\S)\s*[x\u00d7]\s*([0-9]+)", re.IGNORECASE)
_YES_NO: Final = {"yes": True, "no": False}


def seen_events(row: Row, scales: Scales, who: PersonId, pen: Pen) -> list[Event]:
    """Events for every filled cell after the measures and cues. Raises BadInput naming the column."""
    return [*_balance(row, who, pen), *_ratings(row, scales, who, pen), *_words(row, who, pen)]


def _balance(row: Row, who: PersonId, pen: Pen) -> Iterator[Event]:
    unsteady, lob = _count(row, "unsteady"), _count(row, "lob")
    watched = _watched(row["balance_watched"], lob)
    for outcome, count in ((Outcome.UNSTEADY, unsteady), (Outcome.LOB, lob)):
        if count:
            yield pen.write(BalanceIncident, who, at=None, outcome=outcome, count=count)
    if watched is not None or unsteady == 0:
        yield pen.write(BalanceWatched, who, at=None, watched=watched, steady=unsteady == 0)


def _count(row: Row, column: str) -> int | None:
    return parse_count(row[column], column) if row[column] else None


def _watched(cell: str, lob: int | None) -> bool | None:
    """Whether balance was watched; a written 0 for losses of balance says so."""
    word = cell.casefold()
    if word and word not in _YES_NO:
        raise BadInput(f"balance_watched: {shown(cell)} is not known, use yes or no")
    if word == "no" and lob == 0:
        raise BadInput("lob: is 0 although balance was not watched, clear lob or write balance_watched yes")
    return _YES_NO[word] if word else True if lob == 0 else None


def _ratings(row: Row, scales: Scales, who: PersonId, pen: Pen) -> Iterator[Event]:
    if cell := row["assistance"]:
        level, helpers = parse_assistance(cell, "assistance", scales)
        yield pen.write(Assistance, who, at=None, level=level, helpers=helpers)
    if cell := row["difficulty"]:
        level = _level(cell, "difficulty", scales.difficulty)
        yield pen.write(Difficulty, who, at=None, what="activity", level=level)
    if cell := row["difficulty_directions"]:
        level = _level(cell, "difficulty_directions", scales.difficulty)
        yield pen.write(Difficulty, who, at=None, what="directions", level=level)
    for column in ("pain_before", "pain"):
        if cell := row[column]:
            score = parse_score(cell, column, highest=scales.pain_highest)
            yield pen.write(Pain, who, at=None, score=score)
    if cell := row["rpe"]:
        yield pen.write(Exertion, who, at=None, score=parse_exertion(cell, "rpe", highest=scales.rpe_highest))


def _words(row: Row, who: PersonId, pen: Pen) -> Iterator[Event]:
    kinds: tuple[tuple[str, type[Response | Plan | Remark]], ...] = (
        ("response", Response),
        ("plan", Plan),
        ("remark", Remark),
    )
    for column, kind in kinds:
        if row[column]:
            yield pen.write(kind, who, at=None, text=row[column])


def parse_assistance(text: str, what: str, scales: Scales) -> tuple[str, int]:
    """An assistance level's id and the helpers: `CGA`, `contact guard assistance`, `Mod A x 2`."""
    match = _HELPERS.fullmatch(text.strip())
    name, helpers = (match[1], parse_count(match[2], what)) if match else (text, 1)
    if not 1 <= helpers <= MOST_HELPERS:
        raise BadInput(f"{what}: {shown(text)} is not a number of helpers, use x 1 to x {MOST_HELPERS}")
    return _level(name, what, scales.assistance), helpers


def _level(text: str, what: str, levels: Sequence[Level]) -> str:
    for spelled in (_plain, _without_assistance):
        found = [
            level.id
            for level in levels
            if spelled(text) in {spelled(level.short), spelled(level.long), spelled(level.id)}
        ]
        if len(found) == 1:
            return found[0]
    raise BadInput(f"{what}: {shown(text)} is not on the scale, use {either(level.short for level in levels)}")


def _plain(text: str) -> str:
    """Case, spaces and hyphens do not tell levels apart."""
    return "".join(filter(str.isalnum, text.casefold()))


def _without_assistance(text: str) -> str:
    return re.sub(r"assist(ance)?$", "", _plain(text))
