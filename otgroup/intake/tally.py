"""The tally sheet of a group kept on paper: an empty one, and a filled one as a session's events.

The sheet carries totals, so most events have no time of their own; arrivals and ends have one.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from otgroup.errors import BadInput, NotFound, Refused
from otgroup.intake.csvfile import CsvRow, read_csv, safe_cell, typed_cell
from otgroup.intake.roster import Roster
from otgroup.record.course import MOST_PARTICIPANTS, Ended, Joined, Started
from otgroup.record.event import Event, EventId, Pen
from otgroup.record.fold import apply
from otgroup.record.participant import FIRST_IN_A_SHEET, PARTS
from otgroup.record.parts.presence import Stated
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import admitted
from otgroup.record.scales import DEFAULT_SCALES, Scales
from otgroup.record.tally_row import TallyRow
from otgroup.written import parse_time

MEASURES_AFTER = FIRST_IN_A_SHEET[-1]
"""The part behind whose columns the measures' stand."""

NEEDED = ("participant", "attendance")


class PaperSession(msgspec.Struct, frozen=True, kw_only=True):
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


def session_times(day: date, start: str, end: str) -> tuple[datetime, datetime]:
    """The start and end of a session on that day, local and aware. Raises BadInput if not in this order."""
    begin = datetime.combine(day, parse_time(start, "start")).astimezone()
    finish = datetime.combine(day, parse_time(end, "end")).astimezone()
    if finish <= begin:
        raise BadInput(f"end: {end} is not after the start {start}, correct one of them")
    return begin, finish


def read_tally(data: bytes, session: PaperSession, known: Sequence[Person], pen: Pen, source: str) -> list[Event]:
    """The events of a whole session from a filled sheet. Raises BadInput naming all bad rows.

    `pen` should stamp with `source="tally"`; the participants stand on the board in the rows' order.
    """
    columns = session.protocol.tally_columns
    rows = read_csv(data, source=source, columns=columns, needed=NEEDED)
    if len(rows.rows) > MOST_PARTICIPANTS:
        raise BadInput(f"{source}: has {len(rows.rows)} rows, a group has at most {MOST_PARTICIPANTS} participants")
    started = _started(session, pen)
    filled = rows.each(_Reader(session, started, known, pen).read)
    joined = [_joined(row.person, number, session, pen) for number, row in enumerate(filled, start=1)]
    recorded = [event for row in filled for event in row.events]
    return [started, *joined, *recorded, Ended(**pen.stamp(at=session.end))]


def _started(session: PaperSession, pen: Pen) -> Started:
    return Started(
        **pen.stamp(at=session.start),
        session=session.id,
        leader=session.leader,
        protocol=session.protocol,
        scales=session.scales,
    )


def _joined(person: Person, number: int, session: PaperSession, pen: Pen) -> Joined:
    return Joined(**pen.stamp(person.id, at=session.start), person=person, number=number)


class _Reader:
    """Turns rows into events and remembers who has had a row already."""

    def __init__(self, session: PaperSession, started: Started, known: Sequence[Person], pen: Pen) -> None:
        self._session = session
        self._started = started
        self._roster = Roster(known)
        self._pen = pen
        self._rows: dict[PersonId, int] = {}

    def read(self, row: CsvRow) -> _Filled:
        """One row's events: each part reads its columns, and what the record would refuse is refused here."""
        person = self._person(row)
        span = (self._session.start, self._session.end)
        own = TallyRow(row.cells, person.id, self._started.begun.basis, span, self._pen)
        stated = Stated.of(own)
        events = own.take(stated.arriving(own))
        if stated.took_part:
            for part in PARTS:
                events += own.take(part.read(own))
                if part is MEASURES_AFTER:
                    events += [e for measure in self._session.protocol.measures for e in own.take(measure.read(own))]
            events += own.take(stated.leaving(own), "left")
            own.refuse_unread()
        self._admit(person, events, own)
        return _Filled(person, events)

    def _admit(self, person: Person, events: list[Event], row: TallyRow) -> None:
        """Raise BadInput, naming the column, where the record would refuse what a row says."""
        board = apply(self._started.begun, _joined(person, 1, self._session, self._pen))
        try:
            state = admitted(board, events)
        except Refused as problem:
            raise BadInput(f"{row.columns.get(EventId(problem.event), 'attendance')}: {problem}") from None
        p, elapsed = state.participants[person.id], state.elapsed(self._session.end)
        for measure in self._session.protocol.measures:
            if beyond := measure.beyond(p.part(measure.held_in), p.presence.treated_s(elapsed)):
                own = [event for event in events if getattr(event, "measure", None) == measure.id]
                raise BadInput(f"{row.columns.get(own[-1].id, measure.id)}: {beyond}")

    def _person(self, row: CsvRow) -> Person:
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
