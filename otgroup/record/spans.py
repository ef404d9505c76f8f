"""Minutes and seconds from spans of time: presence, rest, pauses, intervals. Pure; `until` comes from outside.

Total treatment time is presence less untreated rest less pauses of the whole group, in whole
minutes, rounded down.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec


class Span(msgspec.Struct, frozen=True):
    """From one moment to another, or still running (`end` None)."""

    start: datetime
    end: datetime | None = None

    def seconds(self, until: datetime) -> float:
        """Its length, counted no further than `until`; never negative."""
        end = until if self.end is None else min(self.end, until)
        return max(0.0, (end - self.start).total_seconds())

    def closed(self, end: datetime) -> "Span":
        """The span ended there; one that began later is empty."""
        return Span(self.start, max(self.start, end)) if self.end is None else self


def reached_at(start: datetime, seconds: float, without: Iterable[Span] = ()) -> datetime | None:
    """When so many seconds have passed since `start`, the spans in `without` not counted; None while one of them
    still runs before that.
    """
    due = start + timedelta(seconds=seconds)
    for span in sorted(without, key=lambda s: s.start):
        if span.start >= due:
            break
        if span.end is None:
            return None
        due += max(timedelta(0), span.end - max(span.start, start))
    return due


def close_last(spans: tuple[Span, ...], end: datetime) -> tuple[Span, ...]:
    """The same spans with the running last one ended."""
    return (*spans[:-1], spans[-1].closed(end)) if spans else spans


def running(spans: tuple[Span, ...]) -> bool:
    """Whether the last span still runs."""
    return bool(spans) and spans[-1].end is None


def covered_s(spans: Iterable[Span], until: datetime, without: Iterable[Span] = ()) -> float:
    """Seconds covered by `spans` up to `until`, those covered by `without` taken away; overlaps count once."""
    gone = _merged(without, until)
    return sum(_length(piece, gone) for piece in _merged(spans, until))


def _merged(spans: Iterable[Span], until: datetime) -> list[tuple[datetime, datetime]]:
    """The spans as sorted pairs that do not overlap, none beyond `until`."""
    pieces: list[tuple[datetime, datetime]] = []
    for span in sorted(spans, key=lambda s: s.start):
        end = until if span.end is None else min(span.end, until)
        if end <= span.start:
            continue
        if pieces and span.start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(pieces[-1][1], end))
        else:
            pieces.append((span.start, end))
    return pieces


def _length(piece: tuple[datetime, datetime], gone: list[tuple[datetime, datetime]]) -> float:
    """Seconds of one piece that none of `gone` (sorted, apart from each other) takes away."""
    start, end = piece
    taken = sum(max(0.0, (min(end, b) - max(start, a)).total_seconds()) for a, b in gone)
    return (end - start).total_seconds() - taken


def clock_text(seconds: float) -> str:
    """Seconds as m:ss, for cards and notes: 457 is 7:37."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
