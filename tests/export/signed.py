"""Notes of one group of eight, as drafts and as they stand once signed, co-signed and added to."""

from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from hashlib import sha256

from msgspec.structs import replace

from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.note import Addition, Note, Signature
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.balance import BalanceWatched
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import Graded
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.presence import Absent
from otgroup.record.parts.words import Plan, Response
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.state import SessionState
from tests.notes import records
from tests.strategies import Play, load_template, shipped

AUTHOR = Leader("J. Rivera", "OTR/L")
COSIGNER = Leader("M. Stone", "OTD, OTR/L")
ZONE = timezone(timedelta(hours=-5))
AT = datetime(2025, 11, 24, 11, 2, tzinfo=ZONE)
MISSED = Person(id=PersonId("ann"), name="Ann Quill", short_name="Ann Q", record_number="4999")


@cache
def drafts() -> tuple[Batch, SessionState]:
    """The notes of James' group, and the state they were written from."""
    state = records.one_leg_stance()
    return write_batch(state, NoteWriter(load_template)), state


@cache
def eight() -> tuple[Batch, SessionState]:
    """Eight people with full notes of their own, and one who was absent."""
    play = Play(shipped("one-leg-stance"), mark="eight")
    names = ("Ada Lovelace", "Ben King", "Cy Young", "Dee Dorn", "Eve Holt", "Fay Ross", "Guy Mann", "Hal Berg")
    people = [Person(id=PersonId(n), name=n, short_name=n[:5], record_number=f"R-{i}") for i, n in enumerate(names)]
    play.here(*people)
    play.join(MISSED)
    play.add(Absent, MISSED.id, reason="dialysis")
    for number, person in enumerate(people):
        play.at(f"10:{number + 2:02d}").taps(person.id, 4 + number, "taps", "left")
        play.taps(person.id, 9 - number, "taps", "right")
        play.add(CueGiven, person.id, type=Cue.VERBAL, count=number)
        play.add(Assistance, person.id, level="contact-guard")
        play.add(BalanceWatched, person.id, watched=True)
        play.add(Graded, person.id, from_level=0, to_level=-1, strategies=("one-hand",), reason="fatigue")
        play.add(Response, person.id, text=f"Hip number {number} tires first when reaching.")
        play.add(Plan, person.id, text=f"Without support after {number + 5} steady taps.")
    state = play.state("10:36")
    return write_batch(state, NoteWriter(load_template)), state


def james() -> Note:
    """James' draft."""
    return next(note for note in drafts()[0].notes if note.participant == records.JAMES.id)


def digest(note: Note) -> str:
    return sha256(note.body.encode()).hexdigest()


def signed(note: Note) -> Note:
    """The note signed by its author and co-signed."""
    marks = [(AUTHOR, AT, "author"), (COSIGNER, AT + timedelta(hours=3), "cosigner")]
    return replace(
        note, signatures=tuple(Signature(by=by, at=at, digest=digest(note), role=role) for by, at, role in marks)
    )


def amended(note: Note) -> Note:
    """The signed note with an addendum, a correction and a late entry."""
    texts = {
        "addendum": "He called at 15:00: no pain in the evening.\nHe asked for a chair at home.",
        "correction": "The last set was on the right, not on the left.",
        "late entry": "A visual cue at 10:20 was not recorded.",
    }
    return replace(
        signed(note),
        additions=tuple(
            Addition(kind=kind, text=text, by=AUTHOR, at=datetime(2025, 11, 25, 9 + n, 0, tzinfo=UTC))
            for n, (kind, text) in enumerate(texts.items())
        ),
    )


def with_note(batch: Batch, note: Note) -> Batch:
    """The batch with this participant's note in place of the draft."""
    return replace(batch, notes=tuple(note if n.participant == note.participant else n for n in batch.notes))
