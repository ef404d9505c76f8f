"""Attendance in a tally row: who was there from when to when, and who was not, with the reason."""

from datetime import datetime, timedelta
from typing import Final, get_args

import msgspec

from otgroup.errors import BadInput
from otgroup.intake.csvfile import Row
from otgroup.intake.words import parse_count, parse_time
from otgroup.session.checked import either, shown
from otgroup.session.events import Absent, Arrived, Declined, Event, Left, Pen, RestTotal
from otgroup.session.people import PersonId
from otgroup.session.state import Attendance

_KNOWN: Final[dict[str, Attendance]] = {word: word for word in get_args(Attendance)}


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """What a row says of somebody's presence; without an attendance nothing was stated."""

    start: datetime
    end: datetime
    attendance: Attendance | None = None
    arrived: datetime | None = None
    left: datetime | None = None
    rest: int | None = None
    reason: str = ""

    @property
    def took_part(self) -> bool:
        """Whether they were there at all."""
        return self.attendance in ("present", "late", "left_early")

    @property
    def seconds(self) -> float:
        """How long they were there."""
        return ((self.left or self.end) - (self.arrived or self.start)).total_seconds()

    def events(self, who: PersonId, pen: Pen) -> list[Event]:
        """Arrival and rest, or that they were absent or declined."""
        if self.attendance == "absent":
            return [pen.write(Absent, who, at=self.start, reason=self.reason)]
        if self.attendance == "declined":
            return [pen.write(Declined, who, at=self.start, reason=self.reason)]
        return self._arriving(who, pen) if self.took_part else []

    def leaving(self, who: PersonId, pen: Pen) -> list[Event]:
        """That they left before the end."""
        gone = self.left is not None and (self.left < self.end or self.attendance == "left_early")
        return [pen.write(Left, who, at=self.left)] if gone else []

    def _arriving(self, who: PersonId, pen: Pen) -> list[Event]:
        at, stated = self.arrived or self.start, self.arrived is not None
        events: list[Event] = [pen.write(Arrived, who, at=at, late=self.attendance == "late", stated=stated)]
        if self.rest is not None:
            events.append(pen.write(RestTotal, who, at=None, minutes=self.rest))
        return events


def read_presence(row: Row, start: datetime, end: datetime) -> Presence:
    """The presence a row states. Raises BadInput where it contradicts itself or the session's times."""
    attendance = _attendance(row)
    if attendance is None:
        return Presence(start=start, end=end)
    if attendance in ("absent", "declined"):
        _nothing_else(row, attendance)
        return Presence(start=start, end=end, attendance=attendance, reason=row["remark"])
    presence = Presence(
        start=start,
        end=end,
        attendance=attendance,
        arrived=_moment(row, "arrived", start, end),
        left=_moment(row, "left", start, end),
        rest=parse_count(row["rest_minutes"], "rest_minutes") if row["rest_minutes"] else None,
    )
    _consistent(presence)
    return presence


def _attendance(row: Row) -> Attendance | None:
    word = row["attendance"].casefold()
    if word and word not in _KNOWN:
        raise BadInput(f"attendance: {shown(row['attendance'])} is not known, use {either(_KNOWN)}")
    if not word and (other := _written(row)):
        raise BadInput(f"attendance: is empty although {other[0]} is filled in, write {either(_KNOWN)}")
    return _KNOWN[word] if word else None


def _nothing_else(row: Row, attendance: Attendance) -> None:
    other = [column for column in _written(row) if column != "remark"]
    if other:
        raise BadInput(f"{other[0]}: is filled in although the person is {attendance}, clear it or change attendance")


def _written(row: Row) -> list[str]:
    """The columns that are filled in beside who it is and how they attended."""
    return [column for column, cell in row.cells.items() if cell and column not in ("participant", "attendance")]


def _moment(row: Row, column: str, start: datetime, end: datetime) -> datetime | None:
    if not row[column]:
        return None
    moment = datetime.combine(start.date(), parse_time(row[column], column)).astimezone()
    if not start <= moment <= end:
        raise BadInput(f"{column}: {row[column]} is outside the session ({start:%H:%M} to {end:%H:%M}), correct it")
    return moment


def _consistent(presence: Presence) -> None:
    if presence.attendance == "late" and presence.arrived is None:
        raise BadInput("arrived: is empty although attendance is late, write the time as HH:MM")
    if presence.attendance == "left_early" and presence.left is None:
        raise BadInput("left: is empty although attendance is left_early, write the time as HH:MM")
    if presence.attendance == "present" and presence.left not in (None, presence.end):
        raise BadInput("left: is before the end although attendance is present, write left_early or clear left")
    if presence.seconds < 0:
        raise BadInput("left: is before arrived, correct one of them")
    if timedelta(minutes=presence.rest or 0).total_seconds() > presence.seconds:
        there = int(presence.seconds // 60)
        raise BadInput(f"rest_minutes: {presence.rest} is longer than the {there} min they were there, correct it")
