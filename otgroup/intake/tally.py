"""The tally sheet of a group kept on paper: an empty one, and a filled one as a session's events.

The sheet carries totals, so most events have no time of their own; arrivals and ends have one.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from otgroup.errors import BadInput, NotFound
from otgroup.intake.csvfile import Row, read_csv, safe_cell, typed_cell
from otgroup.intake.roster import Roster
from otgroup.intake.tally_done import done_events
from otgroup.intake.tally_presence import Presence, read_presence
from otgroup.intake.tally_seen import seen_events
from otgroup.intake.words import parse_time
from otgroup.session.events import Ended, Event, Joined, Pen, Started
from otgroup.session.people import Leader, Person, PersonId
from otgroup.session.permit import MOST_PARTICIPANTS
from otgroup.session.protocol import Protocol
from otgroup.session.scales import DEFAULT_SCALES, Scales

NEEDED = ("participant", "attendance")


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """A session on paper: which group, by which scales, when, led by whom, and the id it will have."""

    id: str
    protocol: Protocol
    leader: Leader
    start: datetime
    end: datetime
    scales: Scales = DEFAULT_SCALES


class _Filled(msgspec.Struct, frozen=True):
    """One row read: who it is about and what it says, not yet in the session's order."""

    person: Person
    events: list[Event]


def sheet(protocol: Protocol, people: Sequence[Person], known: Sequence[Person] = ()) -> str:
    """An empty tally sheet as CSV: the group's columns, one row for each of `people`.

    Where two of the `known` people share a name, the cell says `Name (record number)`.
    """
    roster = Roster({person.id: person for person in (*known, *people)}.values())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = protocol.tally_columns
    writer.writerow(columns)
    writer.writerows([safe_cell(roster.label(person)), *[""] * (len(columns) - 1)] for person in people)
    return text.getvalue()


def times_of(day: date, start: str, end: str) -> tuple[datetime, datetime]:
    """The start and end of a session on that day, local and aware. Raises BadInput if not in this order."""
    begin = datetime.combine(day, parse_time(start, "start")).astimezone()
    finish = datetime.combine(day, parse_time(end, "end")).astimezone()
    if finish <= begin:
        raise BadInput(f"end: {end} is not after the start {start}, correct one of them")
    return begin, finish


def read_tally(data: bytes, sitting: Sitting, known: Sequence[Person], pen: Pen, source: str) -> list[Event]:
    """The events of a whole session from a filled sheet. Raises BadInput naming all bad rows.

    `pen` should write with `source="tally"`; the participants stand on the board in the rows' order.
    """
    columns = sitting.protocol.tally_columns
    rows = read_csv(data, source=source, columns=columns, needed=NEEDED)
    if len(rows.rows) > MOST_PARTICIPANTS:
        raise BadInput(f"{source}: has {len(rows.rows)} rows, a group has at most {MOST_PARTICIPANTS} participants")
    filled = rows.each(_Reader(sitting, known, pen).read)
    joined = [_joined(row.person, number, sitting, pen) for number, row in enumerate(filled, start=1)]
    recorded = [event for row in filled for event in row.events]
    return [_started(sitting, pen), *joined, *recorded, pen.write(Ended, at=sitting.end)]


def _started(sitting: Sitting, pen: Pen) -> Event:
    return pen.write(
        Started,
        at=sitting.start,
        session=sitting.id,
        leader=sitting.leader,
        protocol=sitting.protocol,
        scales=sitting.scales,
    )


def _joined(person: Person, number: int, sitting: Sitting, pen: Pen) -> Event:
    return pen.write(Joined, person.id, at=sitting.start, person=person, number=number)


class _Reader:
    """Turns rows into events and remembers who has had a row already."""

    def __init__(self, sitting: Sitting, known: Sequence[Person], pen: Pen) -> None:
        self._sitting = sitting
        self._roster = Roster(known)
        self._pen = pen
        self._rows: dict[PersonId, int] = {}

    def read(self, row: Row) -> _Filled:
        person = self._person(row)
        presence = read_presence(row, self._sitting.start, self._sitting.end)
        events = presence.events(person.id, self._pen)
        if presence.took_part:
            events += self._findings(row, person.id, presence)
        return _Filled(person, events)

    def _person(self, row: Row) -> Person:
        if not row["participant"]:
            raise BadInput("participant: is empty, write who the row is about, or clear the row")
        try:
            person = self._roster.find(typed_cell(row["participant"]))
        except NotFound as problem:
            raise NotFound(f"participant: {problem}") from None
        except BadInput as problem:
            raise BadInput(f"participant: {problem}") from None
        earlier = self._rows.setdefault(person.id, row.number)
        if earlier != row.number:
            raise BadInput(f'participant: "{person.name}" has row {earlier} already, keep one of the two')
        return person

    def _findings(self, row: Row, who: PersonId, presence: Presence) -> list[Event]:
        """What was done and seen, then that they left."""
        done = done_events(row, self._sitting.protocol, who, self._pen)
        seen = seen_events(row, self._sitting.scales, who, self._pen)
        return [*done, *seen, *presence.leaving(who, self._pen)]
