"""Presence: who came, rested, left or did not come, and when; minutes come from here."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, get_args

import msgspec

from otgroup.characters import either, shown
from otgroup.errors import BadInput
from otgroup.record.event import Event
from otgroup.record.part import Basis, Elapsed, Part, PartEvent, TimedPartEvent, replace
from otgroup.record.spans import Span, close_last, covered_s, running
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import because
from otgroup.written import parse_count, parse_time

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


Attendance = Literal["present", "late", "left_early", "absent", "declined"]

MOST_REST: Final = 24 * 60


class Whereabouts(StrEnum):
    """Where a participant is now."""

    EXPECTED = "expected"
    HERE = "here"
    RESTING = "resting"
    LEFT = "left"
    ABSENT = "absent"
    DECLINED = "declined"


class Presence(Part, frozen=True, kw_only=True):
    """When a participant was there, and what of it was rest."""

    now: Whereabouts = Whereabouts.EXPECTED
    late: bool = False
    arrival_stated: bool = False
    stays: tuple[Span, ...] = ()
    untreated_rests: tuple[Span, ...] = ()
    treated_rests: tuple[Span, ...] = ()
    rest_total: int | None = None

    @property
    def here(self) -> bool:
        """Whether they are in the group now, resting or not."""
        return self.now in (Whereabouts.HERE, Whereabouts.RESTING)

    @property
    def took_part(self) -> bool:
        """Whether they were here at all, so that a note is owed."""
        return bool(self.stays)

    @property
    def attendance(self) -> Attendance | None:
        """How they attended; None while nobody has said."""
        match self.now:
            case Whereabouts.ABSENT:
                return "absent"
            case Whereabouts.DECLINED:
                return "declined"
            case Whereabouts.EXPECTED:
                return None
            case Whereabouts.LEFT:
                return "left_early"
            case Whereabouts.HERE | Whereabouts.RESTING:
                return "late" if self.late else "present"

    def treated_s(self, elapsed: Elapsed) -> float:
        """Seconds of treatment: presence less untreated rest less pauses of the whole group."""
        seconds = covered_s(self.stays, elapsed.until, (*self.untreated_rests, *elapsed.pauses))
        return max(0.0, seconds - 60 * (self.rest_total or 0))

    def minutes(self, elapsed: Elapsed) -> int:
        """Total treatment time in whole minutes, rounded down."""
        return int(self.treated_s(elapsed) // 60)

    def rest_minutes(self, until: datetime) -> int | None:
        """Whole minutes of untreated rest; None when no rest was recorded."""
        if self.rest_total is None and not self.untreated_rests:
            return None
        return int(covered_s(self.untreated_rests, until) // 60) + (self.rest_total or 0)

    def rest_over(self, at: datetime) -> "Presence":
        """The same with whatever rest goes on ended."""
        return replace(
            self,
            untreated_rests=close_last(self.untreated_rests, at),
            treated_rests=close_last(self.treated_rests, at),
        )

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """Attendance, minutes, times and rest."""
        end = self.stays[-1].end if self.stays else None
        return {
            "attendance": self.attendance,
            "minutes": None if self.attendance is None else self.minutes(elapsed),
            "arrived": f"{self.stays[0].start:%H:%M}" if self.stays and self.arrival_stated else None,
            "left": f"{end:%H:%M}" if end and self.now == Whereabouts.LEFT else None,
            "rest_minutes": self.rest_minutes(elapsed.until),
        }

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has them. They are read before all others, as what is `Stated`."""
        return ("attendance", "arrived", "left", "rest_minutes")


# --- what a sheet states ---------------------------------------------------------------------------------

_KNOWN: Final[dict[str, Attendance]] = {word: word for word in get_args(Attendance)}


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of somebody's presence; without an attendance nothing was stated."""

    attendance: Attendance | None = None
    arrived: datetime | None = None
    left: datetime | None = None
    rest: int | None = None
    reason: str = ""

    @property
    def took_part(self) -> bool:
        """Whether they were there at all."""
        return self.attendance in ("present", "late", "left_early")

    @classmethod
    def of(cls, row: TallyRow) -> "Stated":
        """What a row states. Raises BadInput where it contradicts itself or the session's times."""
        attendance = _attendance(row)
        if attendance is None:
            return cls()
        if attendance in ("absent", "declined"):
            _nothing_else(row, attendance)
            return cls(attendance=attendance, reason=row["remark"])
        stated = cls(
            attendance=attendance,
            arrived=_moment(row, "arrived"),
            left=_moment(row, "left"),
            rest=parse_count(row["rest_minutes"], "rest_minutes") if row["rest_minutes"] else None,
        )
        _consistent(stated, row)
        return stated

    def arriving(self, row: TallyRow) -> Iterator[Event]:
        """Arrival and rest, or that they were absent or declined: before all that they did."""
        if self.attendance == "absent":
            yield Absent(**row.pen.stamp(row.who, at=row.start), reason=self.reason)
        elif self.attendance == "declined":
            yield Declined(**row.pen.stamp(row.who, at=row.start), reason=self.reason)
        elif self.took_part:
            late, known = self.attendance == "late", self.arrived is not None
            yield Arrived(**row.pen.stamp(row.who, at=self.arrived or row.start), late=late, stated=known)
            if self.rest is not None:
                yield RestTotal(**row.stamp(), minutes=self.rest)

    def leaving(self, row: TallyRow) -> Iterator[Event]:
        """That they left before the end: after all that they did."""
        if self.left is not None and (self.left < row.end or self.attendance == "left_early"):
            yield Left(**row.pen.stamp(row.who, at=self.left))


def _attendance(row: TallyRow) -> Attendance | None:
    word = row["attendance"].casefold()
    if word and word not in _KNOWN:
        raise BadInput(f"attendance: {shown(row['attendance'])} is not known, use {either(_KNOWN)}")
    if not word and (other := _written(row)):
        raise BadInput(f"attendance: is empty although {other[0]} is filled in, write {either(_KNOWN)}")
    return _KNOWN[word] if word else None


def _nothing_else(row: TallyRow, attendance: Attendance) -> None:
    other = [column for column in _written(row) if column != "remark"]
    if other:
        raise BadInput(f"{other[0]}: is filled in although the person is {attendance}, clear it or change attendance")


def _written(row: TallyRow) -> list[str]:
    """The columns that are filled in beside who it is and how they attended."""
    return [column for column, cell in row.cells.items() if cell and column not in ("participant", "attendance")]


def _moment(row: TallyRow, column: str) -> datetime | None:
    if not row[column]:
        return None
    moment = datetime.combine(row.start.date(), parse_time(row[column], column)).astimezone()
    if not row.start <= moment <= row.end:
        span = f"{row.start:%H:%M} to {row.end:%H:%M}"
        raise BadInput(f"{column}: {row[column]} is outside the session ({span}), correct it")
    return moment


def _consistent(stated: Stated, row: TallyRow) -> None:
    if stated.attendance == "late" and stated.arrived is None:
        raise BadInput("arrived: is empty although attendance is late, write the time as HH:MM")
    if stated.attendance == "left_early" and stated.left is None:
        raise BadInput("left: is empty although attendance is left_early, write the time as HH:MM")
    if stated.attendance == "present" and stated.left not in (None, row.end):
        raise BadInput("left: is before the end although attendance is present, write left_early or clear left")
    there_s = ((stated.left or row.end) - (stated.arrived or row.start)).total_seconds()
    if there_s < 0:
        raise BadInput("left: is before arrived, correct one of them")
    if timedelta(minutes=stated.rest or 0).total_seconds() > there_s:
        there = int(there_s // 60)
        raise BadInput(f"rest_minutes: {stated.rest} is longer than the {there} min they were there, correct it")


# --- events ------------------------------------------------------------------------------------------


class _ComingOrGoing(TimedPartEvent[Presence], frozen=True, kw_only=True, omit_defaults=True):
    """An event of presence: whether it may happen depends on where they are."""

    part: ClassVar[type[Part]] = Presence
    of_whom: ClassVar = "anybody"


class Arrived(_ComingOrGoing, frozen=True, kw_only=True, omit_defaults=True):
    """They are here and treatment runs. `stated` is false where only the session's start is known."""

    times: ClassVar = frozenset({"presence"})
    sizes_the_group: ClassVar[bool] = True

    late: bool = False
    stated: bool = True

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """A stay begins, unless one goes on."""
        part = part.rest_over(self.at)
        stays = part.stays if running(part.stays) else (*part.stays, Span(self.at))
        late, stated = part.late or self.late, part.arrival_stated or self.stated
        return replace(part, now=Whereabouts.HERE, stays=stays, late=late, arrival_stated=stated)

    def refused(self, part: Presence, basis: Basis) -> str | None:
        """Of who is here."""
        return "is here already" if part.here else None

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say how they came."""
        return "arrived late" if self.late else "arrived" if self.stated else "here"


class Left(_ComingOrGoing, frozen=True, kw_only=True, omit_defaults=True):
    """They left before the end."""

    times: ClassVar = frozenset({"presence"})
    sizes_the_group: ClassVar[bool] = True

    reason: str = ""

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """Stay and rest are over."""
        part = part.rest_over(self.at)
        return replace(part, now=Whereabouts.LEFT, stays=close_last(part.stays, self.at))

    def refused(self, part: Presence, basis: Basis) -> str | None:
        """Of who is not here."""
        return None if part.here else "is not here"

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say that and why they left."""
        return because("left", self.reason)


class Rested(_ComingOrGoing, frozen=True, kw_only=True, omit_defaults=True):
    """A rest began; untreated unless said otherwise (seated monitoring or instruction is treatment)."""

    times: ClassVar = frozenset({"rest"})

    treated: bool = False

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """A rest begins, of who is here and does not rest."""
        if part.now != Whereabouts.HERE:
            return part
        if self.treated:
            return replace(part, now=Whereabouts.RESTING, treated_rests=(*part.treated_rests, Span(self.at)))
        return replace(part, now=Whereabouts.RESTING, untreated_rests=(*part.untreated_rests, Span(self.at)))

    def refused(self, part: Presence, basis: Basis) -> str | None:
        """Of who rests or is not here."""
        if part.now == Whereabouts.RESTING:
            return "is resting already"
        return None if part.here else not_here(part)

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say that they rest."""
        return "resting, treated meanwhile" if self.treated else "resting"


class Resumed(_ComingOrGoing, frozen=True, kw_only=True, omit_defaults=True):
    """Their rest is over."""

    times: ClassVar = frozenset({"rest"})

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """The rest ends."""
        if part.now != Whereabouts.RESTING:
            return part
        return replace(part.rest_over(self.at), now=Whereabouts.HERE)

    def refused(self, part: Presence, basis: Basis) -> str | None:
        """Of who does not rest."""
        return None if part.now == Whereabouts.RESTING else "is not resting"

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say that they go on."""
        return "goes on after the rest"


class RestTotal(PartEvent[Presence], frozen=True, kw_only=True, omit_defaults=True):
    """Whole minutes of untreated rest, as a tally sheet gives them."""

    part: ClassVar[type[Part]] = Presence
    times: ClassVar = frozenset({"rest total"})

    minutes: int

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """So much more rest."""
        return replace(part, rest_total=(part.rest_total or 0) + self.minutes)

    def unfit(self, basis: Basis) -> str | None:
        """Where nobody can rest so long."""
        return None if 0 <= self.minutes <= MOST_REST else f"a rest goes from 0 to {MOST_REST} min"

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say how long the rest was."""
        return f"rest {self.minutes} min"


class Missed(_ComingOrGoing, frozen=True, kw_only=True, omit_defaults=True):
    """They did not take part. Of somebody with findings it is refused (`crossing`)."""

    sizes_the_group: ClassVar[bool] = True
    whereabouts: ClassVar[Whereabouts]

    reason: str = ""

    def changed(self, part: Presence, basis: Basis) -> Presence:
        """They never were here."""
        return replace(part, now=self.whereabouts, stays=(), untreated_rests=(), treated_rests=())

    def told(self, part: Presence | None, basis: Basis) -> str:
        """Say that and why."""
        return because(str(self.whereabouts), self.reason)


class Absent(Missed, frozen=True, kw_only=True, omit_defaults=True):
    """They were expected and did not come."""

    whereabouts: ClassVar[Whereabouts] = Whereabouts.ABSENT


class Declined(Missed, frozen=True, kw_only=True, omit_defaults=True):
    """They were asked and declined."""

    whereabouts: ClassVar[Whereabouts] = Whereabouts.DECLINED


_NOT_HERE: Final = {
    Whereabouts.EXPECTED: "has not arrived yet: press o, then arrived",
    Whereabouts.LEFT: "has left: press o, then arrived",
    Whereabouts.ABSENT: "is absent: press o, then arrived",
    Whereabouts.DECLINED: "declined: press o, then arrived",
}


def not_here(part: Presence) -> str | None:
    """Why nothing can be recorded of somebody now, to follow their name; None where they are here."""
    return _NOT_HERE.get(part.now)
