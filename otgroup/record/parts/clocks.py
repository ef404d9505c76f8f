"""Intervals and stopwatches: running, told done or stopped, or as seconds from a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId, Moment
from otgroup.record.fields import OptionalText, Seconds, SideName, Text
from otgroup.record.measure import PLACES, Flaw, Measure, numbered, side_flaws
from otgroup.record.part import (
    Basis,
    Detail,
    Elapsed,
    Part,
    PartEvent,
    TimedPartEvent,
    changed_one,
    earliest,
    iso_moment,
    replace,
    whole,
)
from otgroup.record.sides import Side
from otgroup.record.spans import Span, clock_text, covered_s, reached_at
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import because, joined
from otgroup.written import LONGEST_CLOCK_S, parse_clock


class Clock(msgspec.Struct, frozen=True):
    """An interval or stopwatch of one participant: running, ended, or given as seconds by a sheet."""

    id: EventId
    measure: str
    side: Side | None
    target_s: int | None
    span: Span | None
    stated_s: float | None = None
    how: Literal["done", "stopped", ""] = ""
    reason: str = ""
    patterns: tuple[str, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether it has not been stopped yet."""
        return self.span is not None and self.span.end is None

    def seconds(self, elapsed: Elapsed) -> float:
        """Seconds on it, pauses of the whole group taken out."""
        if self.stated_s is not None or self.span is None:
            return self.stated_s or 0.0
        return covered_s((self.span,), elapsed.until, elapsed.pauses)

    def due_at(self, pauses: Sequence[Span]) -> datetime | None:
        """When it reaches its target while it runs, pauses not counted; None where it never does."""
        if self.target_s is None or self.span is None or not self.runs:
            return None
        return reached_at(self.span.start, self.target_s, pauses)


class Clocks(Part, frozen=True):
    """A participant's intervals and timed runs, oldest first."""

    bouts: tuple[Clock, ...] = ()

    def of(self, measure: str) -> tuple[Clock, ...]:
        """Those of one measure."""
        return tuple(clock for clock in self.bouts if clock.measure == measure)

    def find(self, clock: EventId) -> Clock | None:
        """The clock that an event started."""
        return next((one for one in reversed(self.bouts) if one.id == clock), None)

    def running(self, measure: str | None = None) -> Clock | None:
        """The clock that runs (of that measure)."""
        return next((c for c in reversed(self.bouts) if c.runs and measure in (None, c.measure)), None)

    def stopped(self, at: datetime) -> "Clocks":
        """The same with whatever runs stopped at that moment."""
        return Clocks(
            tuple(replace(c, span=c.span.closed(at), how="stopped") if c.runs and c.span else c for c in self.bouts)
        )

    @property
    def findings(self) -> bool:
        """Whether anything was timed."""
        return bool(self.bouts)

    @property
    def first_at(self) -> datetime | None:
        """When the first clock was started."""
        return earliest(*(clock.span.start for clock in self.bouts if clock.span))


class Bout(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One interval in the JSON: seconds done, of the target, on which side and which way; how it ended and why. A
    stopwatch has no target and no side.
    """

    at: str | None = None
    seconds: int | float
    target: int | None = None
    side: Side | None = None
    patterns: tuple[str, ...] = ()
    how: str = ""
    reason: str = ""


class ClockMeasure(Measure[Clocks], frozen=True, kw_only=True):
    """Something that is timed."""

    held_in: ClassVar[type[Part]] = Clocks

    target_s: Seconds | None = None

    def _bout(self, clock: Clock, elapsed: Elapsed) -> Bout:
        return Bout(
            at=iso_moment(clock.span.start) if clock.span else None,
            seconds=whole(round(clock.seconds(elapsed), 1)),
            patterns=clock.patterns,
            how=clock.how,
            reason=clock.reason,
        )

    def beyond(self, part: Clocks, treated_s: float) -> str | None:
        """Longer than they were there for."""
        whole = sum(clock.stated_s or 0 for clock in part.of(self.id))
        if whole <= treated_s:
            return None
        there = clock_text(treated_s)
        return f"{clock_text(whole)} is longer than the {there} of their treatment, correct one of them"

    def recorded(self, part: Clocks, elapsed: Elapsed) -> list[Bout] | None:
        """Every bout, a running one up to now."""
        return [self._bout(clock, elapsed) for clock in part.of(self.id)] or None

    def text(self, part: Clocks, elapsed: Elapsed) -> str:
        """`1:25 of 2:00 left stopped (fatigue)`."""
        return ", ".join(_bout_text(self._bout(clock, elapsed)) for clock in part.of(self.id))


def _bout_text(bout: Bout) -> str:
    target = f" of {clock_text(bout.target)}" if bout.target is not None else ""
    time = f"{clock_text(bout.seconds)}{target}" + (f" {bout.side}" if bout.side else "")
    how = f"{bout.how} ({bout.reason})" if bout.reason else bout.how
    return " ".join(filter(None, [time, *bout.patterns, how]))


class IntervalMeasure(ClockMeasure, frozen=True, kw_only=True, tag="interval"):
    """Timed bouts of work with a target length, in seconds."""

    target_s: Seconds | None = None
    target_count: Annotated[int, Meta(ge=1, le=99)] | None = None
    sides: tuple[SideName, ...] = ()
    side_means: OptionalText = ""
    patterns: tuple[Text, ...] = ()
    """Ways of working that an interval can be marked with, such as clockwise."""

    @property
    def side_names(self) -> tuple[SideName, ...]:
        """Left and right, where the file says so."""
        return self.sides

    @property
    def side_word(self) -> str:
        """What left and right name."""
        return self.side_means if self.sides else ""

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>_1` to `<id>_9`, and `<id>_side_1` to `_9` where sided."""
        return numbered(measure_id) + (numbered(f"{measure_id}_side") if keys.get("sides") else ())

    @classmethod
    def flaws(cls, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator[Flaw]:
        """Sides must come in pairs."""
        return side_flaws(keys)

    def _bout(self, clock: Clock, elapsed: Elapsed) -> Bout:
        return replace(super()._bout(clock, elapsed), target=clock.target_s, side=clock.side)

    def read(self, row: TallyRow) -> Iterator[Event]:
        """Each interval's time as written, with its side; the target of the file is none that somebody stated."""
        for place in range(1, PLACES + 1):
            column, side_column = f"{self.id}_{place}", f"{self.id}_side_{place}"
            side = _side(row[side_column], side_column)
            if row[column]:
                seconds = float(parse_clock(row[column], column))
                yield ClockTotal(**row.stamp(), measure=self.id, seconds=seconds, side=side)
            elif side is not None:
                raise BadInput(
                    f"{side_column}: is filled in although {column} is empty, fill that in too or clear it"
                )


def _side(cell: str, column: str) -> Side | None:
    try:
        return Side(cell.casefold()) if cell else None
    except ValueError:
        raise BadInput(f"{column}: {shown(cell)} is not a side, use left or right") from None


class StopwatchMeasure(ClockMeasure, frozen=True, kw_only=True, tag="stopwatch"):
    """Time to completion, in seconds."""

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>`."""
        return (measure_id,)

    def read(self, row: TallyRow) -> Iterator[Event]:
        """The time as written."""
        if cell := row[self.id]:
            yield ClockTotal(**row.stamp(), measure=self.id, seconds=float(parse_clock(cell, self.id)))


# --- events ------------------------------------------------------------------------------------------


def _no_clock(measure_id: str, basis: Basis) -> str | None:
    return None if isinstance(basis.protocol.find(measure_id), ClockMeasure) else "this group has no clock"


def _no_target(target_s: int | None) -> str | None:
    possible = target_s is None or 1 <= target_s <= LONGEST_CLOCK_S
    return None if possible else f"a target goes from 0:01 to {clock_text(LONGEST_CLOCK_S)}"


class ClockStarted(TimedPartEvent[Clocks], frozen=True, kw_only=True, omit_defaults=True):
    """An interval or a stopwatch runs."""

    part: ClassVar[type[Part]] = Clocks

    measure: str
    target_s: int | None = None
    side: Side | None = None

    def changed(self, part: Clocks, basis: Basis) -> Clocks:
        """One more clock, running."""
        return Clocks((*part.bouts, Clock(self.id, self.measure, self.side, self.target_s, Span(self.at))))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such clock, or nobody can work that long."""
        return _no_target(self.target_s) or _no_clock(self.measure, basis)

    def told(self, part: Clocks | None, basis: Basis) -> str:
        """Say which clock runs: `interval started, left, target 2:00`."""
        target = f"target {clock_text(self.target_s)}" if self.target_s else ""
        return joined([f"{basis.protocol.one_of(self.measure)} started", self.side or "", target])


class ClockEnded(Detail[Clocks], frozen=True, kw_only=True, omit_defaults=True):
    """The clock was stopped: done, or stopped before (and why)."""

    part: ClassVar[type[Part]] = Clocks

    at: Moment
    how: Literal["done", "stopped"]
    reason: str = ""

    def changed(self, part: Clocks, basis: Basis) -> Clocks:
        """The clock ended."""
        clock = next((c for c in part.bouts if c.id == self.of and c.span), None)
        if clock is None or clock.span is None:
            return part
        span = clock.span.closed(self.at)
        return Clocks(changed_one(part.bouts, self.of, span=span, how=self.how, reason=self.reason))

    def refused(self, part: Clocks, basis: Basis) -> str | None:
        """Where no such clock runs, or did by a time that was said later."""
        clock = part.find(self.of)
        if clock is None or clock.span is None or not clock.runs:
            return "has no such clock running"
        begun = clock.span.start
        return f"had no clock running before {begun:%H:%M:%S}" if self.source == "late" and self.at < begun else None

    def told(self, part: Clocks | None, basis: Basis) -> str:
        """Say how the clock ended: `interval stopped, 1:25: fatigue`."""
        clock = part.find(self.of) if part else None
        if clock is None:
            return because(self.how, self.reason)
        seconds = clock_text(clock.seconds(Elapsed(basis.pauses, self.at)))
        return because(f"{basis.protocol.one_of(clock.measure)} {self.how}, {seconds}", self.reason)


class ClockDetail(Detail[Clocks], frozen=True, kw_only=True, omit_defaults=True):
    """In which way it was worked while the clock ran: clockwise, counter-clockwise."""

    part: ClassVar[type[Part]] = Clocks

    pattern: str

    def changed(self, part: Clocks, basis: Basis) -> Clocks:
        """The clock with one more way."""
        known = next((c.patterns for c in part.bouts if c.id == self.of), ())
        patterns = known if self.pattern in known else (*known, self.pattern)
        return Clocks(changed_one(part.bouts, self.of, patterns=patterns))

    def told(self, part: Clocks | None, basis: Basis) -> str:
        """Say which way it was worked: `interval: clockwise`."""
        clock = part.find(self.of) if part else None
        return f"{basis.protocol.one_of(clock.measure)}: {self.pattern}" if clock else self.pattern


class ClockTotal(PartEvent[Clocks], frozen=True, kw_only=True, omit_defaults=True):
    """An interval's or stopwatch's seconds, as a tally sheet gives them."""

    part: ClassVar[type[Part]] = Clocks

    measure: str
    seconds: float
    target_s: int | None = None
    side: Side | None = None

    def changed(self, part: Clocks, basis: Basis) -> Clocks:
        """One more clock, over."""
        clock = Clock(self.id, self.measure, self.side, self.target_s, None, stated_s=self.seconds)
        return Clocks((*part.bouts, clock))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such clock, or nobody can work that long."""
        if not 1 <= self.seconds <= LONGEST_CLOCK_S:
            return f"a time goes from 0:01 to {clock_text(LONGEST_CLOCK_S)}"
        return _no_target(self.target_s) or _no_clock(self.measure, basis)

    def told(self, part: Clocks | None, basis: Basis) -> str:
        """Say a time from a sheet: `interval 1:25, left`."""
        return joined([f"{basis.protocol.one_of(self.measure)} {clock_text(self.seconds)}", self.side or ""])
