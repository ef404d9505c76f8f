"""What a participant did, from a tally row: counts, attempts, times, values, cues and levels as events."""

from collections.abc import Iterator
from typing import Any

from otgroup.errors import BadInput
from otgroup.intake.csvfile import Row
from otgroup.intake.words import parse_clock, parse_count, parse_level, parse_number
from otgroup.session.checked import shown
from otgroup.session.columns import PLACES
from otgroup.session.events import (
    ClockTotal,
    Cue,
    CueGiven,
    Event,
    Graded,
    LevelStated,
    Pen,
    Repetition,
    Side,
    TrialOpened,
    TrialScored,
    Value,
)
from otgroup.session.people import PersonId
from otgroup.session.protocol import (
    CountMeasure,
    IntervalMeasure,
    Ladder,
    Protocol,
    StopwatchMeasure,
    TrialMeasure,
    ValueMeasure,
)


def done_events(row: Row, protocol: Protocol, who: PersonId, pen: Pen) -> list[Event]:
    """Events for every filled cell of measures, cues and levels. Raises BadInput naming the column."""
    return [event for part in (_levels, _measures, _cues) for event in part(row, protocol, who, pen)]


def _measures(row: Row, protocol: Protocol, who: PersonId, pen: Pen) -> Iterator[Event]:
    for measure in protocol.measures:
        match measure:
            case CountMeasure():
                yield from _counts(row, measure, who, pen)
            case TrialMeasure():
                yield from _trials(row, measure, who, pen)
            case IntervalMeasure():
                yield from _intervals(row, measure, who, pen)
            case StopwatchMeasure() if cell := row[measure.id]:
                yield _timed(measure, parse_clock(cell, measure.id), None, who, pen)
            case ValueMeasure() if cell := row[measure.id]:
                value = parse_number(cell, measure.id, measure.lowest, measure.highest)
                yield pen.write(Value, who, at=None, measure=measure.id, value=value)


def _counts(row: Row, measure: CountMeasure, who: PersonId, pen: Pen) -> Iterator[Event]:
    for side in map(Side, measure.sides) if measure.sides else (None,):
        column = f"{measure.id}_{side}" if side else measure.id
        if cell := row[column]:
            count = parse_count(cell, column)
            yield pen.write(Repetition, who, at=None, measure=measure.id, count=count, side=side)


def _trials(row: Row, measure: TrialMeasure, who: PersonId, pen: Pen) -> Iterator[Event]:
    attempts: dict[int | None, int] = {}
    for place in range(1, PLACES + 1):
        column, image_column = f"{measure.id}_{place}", f"{measure.id}_image_{place}"
        image = _image(row[image_column], image_column, measure)
        if not row[column]:
            _alone(image, image_column, column)
            continue
        recalled = _recalled(row[column], column, measure)
        attempts[image] = attempts.get(image, 0) + 1
        opened = pen.write(TrialOpened, who, at=None, measure=measure.id, attempt=attempts[image], image=image)
        yield opened
        yield pen.write(TrialScored, who, at=None, of=opened.id, recalled=recalled)


def _recalled(cell: str, column: str, measure: TrialMeasure) -> int:
    recalled = parse_count(cell, column)
    if recalled > measure.parts:
        parts = f"{measure.parts} {measure.part_word(measure.parts)}"
        raise BadInput(f"{column}: {shown(cell)} is more than there are, use 0 to {parts}")
    return recalled


def _image(cell: str, column: str, measure: TrialMeasure) -> int | None:
    if not cell:
        return None
    image, images = parse_count(cell, column), measure.images or 1
    if not 1 <= image <= images:
        raise BadInput(f"{column}: {shown(cell)} is not one of the images, use 1 to {images}")
    return image


def _intervals(row: Row, measure: IntervalMeasure, who: PersonId, pen: Pen) -> Iterator[Event]:
    for place in range(1, PLACES + 1):
        column, side_column = f"{measure.id}_{place}", f"{measure.id}_side_{place}"
        side = _side(row[side_column], side_column)
        if row[column]:
            yield _timed(measure, parse_clock(row[column], column), side, who, pen)
        else:
            _alone(side, side_column, column)


def _side(cell: str, column: str) -> Side | None:
    try:
        return Side(cell.casefold()) if cell else None
    except ValueError:
        raise BadInput(f"{column}: {shown(cell)} is not a side, use left or right") from None


def _alone(value: Any, column: str, needed: str) -> None:
    """Refuse a side or an image without the figure it belongs to."""
    if value is not None:
        raise BadInput(f"{column}: is filled in although {needed} is empty, fill that in too or clear it")


def _timed(
    measure: IntervalMeasure | StopwatchMeasure, seconds: int, side: Side | None, who: PersonId, pen: Pen
) -> Event:
    """The time as written; the target of the group file is none that somebody stated."""
    return pen.write(ClockTotal, who, at=None, measure=measure.id, seconds=float(seconds), side=side)


def _cues(row: Row, protocol: Protocol, who: PersonId, pen: Pen) -> Iterator[Event]:
    for cue in protocol.cues:
        column = f"cues_{cue}"
        if cell := row[column]:
            yield pen.write(CueGiven, who, at=None, type=Cue(cue), count=parse_count(cell, column))


def _levels(row: Row, protocol: Protocol, who: PersonId, pen: Pen) -> Iterator[Event]:
    strategies = _strategies(row["strategies"], protocol)
    start = _level(row["level_start"], "level_start", protocol.grading)
    end = _level(row["level_end"], "level_end", protocol.grading)
    if start is not None and end is not None and start != end:
        yield pen.write(LevelStated, who, at=None, level=start)
        yield pen.write(Graded, who, at=None, from_level=start, to_level=end, strategies=strategies)
    elif strategies or start is not None or end is not None:
        level = end if start is None else start
        yield pen.write(LevelStated, who, at=None, level=level, strategies=strategies)


def _level(cell: str, column: str, ladder: Ladder | None) -> int | None:
    if not cell:
        return None
    if ladder is None:
        raise BadInput(f"{column}: is filled in although this group has no grading ladder, clear it")
    return parse_level(cell, column, ladder.lowest, ladder.highest)


def _strategies(cell: str, protocol: Protocol) -> tuple[str, ...]:
    known = [strategy.id for strategy in protocol.strategies]
    named = dict.fromkeys(part.strip().casefold() for part in cell.split(";") if part.strip())
    for name in named:
        if name not in known:
            mend = f"use {', '.join(known)}" if known else "clear it: this group has no ladder"
            raise BadInput(f"strategies: {shown(name)} is not a strategy of this group, {mend}")
    return tuple(named)
