"""Whatever cell of a tally sheet was filled and accepted is in the record, and in the note or in its evidence."""

import csv
import io
import json
import unicodedata
from datetime import date, datetime
from itertools import count

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otgroup.export.record import session_record
from otgroup.intake.tally import PaperSession, read_tally, session_times
from otgroup.notes.batch import write_batch
from otgroup.notes.signing.trace import evidence
from otgroup.notes.writer import NoteWriter
from otgroup.record.event import Event, Pen
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import admitted_whole
from tests.any_group import groups
from tests.intake.fills import Cells, Record, rows
from tests.strategies import load_template

DAY, NOW = date(2026, 11, 20), datetime(2026, 11, 24, 9).astimezone()
ZED = Person(id=PersonId("z"), name="Zed Quist", short_name="Zed")
WRITER = NoteWriter(load_template)


def taken(protocol: Protocol, cells: Cells) -> list[Event]:
    """The events of a sheet of one row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, protocol.tally_columns)
    writer.writeheader()
    writer.writerow({"participant": ZED.name, **cells})
    start, end = session_times(DAY, "10:00", "11:00")
    paper_session = PaperSession(
        id="s1", protocol=protocol, leader=Leader("J. Rivera", "OTR/L"), start=start, end=end
    )
    ids = count(1)
    pen = Pen(lambda: NOW, lambda: f"e{next(ids)}", "J. Rivera", "tally")
    return read_tally(text.getvalue().encode(), paper_session, [ZED], pen, "t.csv")


WORDS: dict[str, tuple[str, ...]] = {
    "balance_watched": ("balance", "unsteadiness"),
    "balance_incident": ("balance", "unsteady"),
    "assistance": ("assistance", "independent", "supervision", "set-up", "setup"),
    "difficulty": ("difficult",),
    "pain": ("pain",),
    "cue_given": ("cue",),
}
"""Of what is told in words, not in a figure of its own: one of these stands in the note."""

ON_EVERY_NOTE = {"started", "joined", "arrived", "left", "rest_total", "ended"}
"""What only the minutes are made of, which every note has."""

NO_MORE_THAN_SHOWN = {"level_stated"}
"""What a note tells only where the level is another than at first: the level everybody begins with."""


def letters(text: str) -> str:
    """Only the letters and digits, so that a capital or a full stop makes no difference."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).upper().casefold()))


def told(event: Event, body: str) -> bool:
    """Whether the note's own words say it."""
    said = letters(getattr(event, "text", ""))
    return any(word in body.casefold() for word in WORDS.get(event.kind, ())) or (
        hasattr(event, "text") and said in letters(body)
    )


def as_kept(record: Record) -> Record:
    """The record with its texts as they are kept."""
    kept: Record = json.loads(unicodedata.normalize("NFC", json.dumps(record, ensure_ascii=False)))
    return kept


@settings(
    deadline=None,
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_no_cell_is_dropped(data: st.DataObject) -> None:
    protocol = data.draw(groups())
    cells, expected = data.draw(rows(protocol))
    if not cells:
        return
    events = taken(protocol, cells)
    state = admitted_whole(events)
    shown: Record = json.loads(msgspec.json.encode(session_record(state)))["participants"][0]
    assert {key: value for key, value in shown.items() if key not in ("id", "name")} == as_kept(expected)
    batch = write_batch(state, WRITER)
    for note in batch.notes:
        proved = {e for one in evidence(WRITER, batch.facts[ZED.id], note) for e in one.events}
        own = [e for e in events if e.kind not in ON_EVERY_NOTE | NO_MORE_THAN_SHOWN]
        assert [e for e in own if e.id not in proved and not told(e, note.body)] == [], note.body
