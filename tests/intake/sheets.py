"""A filled sheet recorded in memory, for tests that look at what comes of it."""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime
from itertools import count

from otgroup.intake.tally import PaperSession, read_tally, session_times
from otgroup.record.event import Pen
from otgroup.record.fold import fold
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.state import SessionState
from tests.strategies import shipped

NOW = datetime(2026, 11, 24, 9).astimezone()


def somebody(number: int) -> Person:
    return Person(id=PersonId(f"p{number}"), name=f"Person {number}", short_name=f"P{number}")


def recorded(
    group: str | Protocol, *rows: Mapping[str, str], start: str = "10:00", end: str = "10:40", day: str = "2026-11-20"
) -> SessionState:
    """The session that these rows give, each of another person; empty cells may be left out."""
    protocol = shipped(group) if isinstance(group, str) else group
    people = [somebody(number) for number in range(len(rows))]
    text = io.StringIO()
    writer = csv.DictWriter(text, ["participant", *dict.fromkeys(column for row in rows for column in row)])
    writer.writeheader()
    writer.writerows({"participant": p.name, **row} for p, row in zip(people, rows, strict=True))
    begun, ended = session_times(date.fromisoformat(day), start, end)
    session = PaperSession(id="s1", protocol=protocol, leader=Leader("J. Rivera", "OTR/L"), start=begun, end=ended)
    ids = count(1)
    pen = Pen(lambda: NOW, lambda: f"e{next(ids)}", "J. Rivera", "tally")
    return fold(read_tally(text.getvalue().encode(), session, people, pen, "t.csv"))
