"""A group of two for a test of a note: made, played, and what its notes say."""

from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import Person, PersonId
from otgroup.record.protocol import Protocol
from tests.strategies import Play, load_template, person, shipped

WRITER = NoteWriter(load_template)
ADA, BEN = person(0, "she"), Person(id=PersonId("bob"), name="Bob Berg", short_name="Bob")


def group(protocol: str | Protocol, who: Person = ADA) -> Play:
    play = Play(shipped(protocol) if isinstance(protocol, str) else protocol)
    play.here(who, BEN)
    return play


def batch_of(play: Play, template: str = "narrative", end: str = "10:30") -> Batch:
    return write_batch(play.state(end), WRITER, template)


def body_of(play: Play, template: str = "narrative", end: str = "10:30") -> str:
    return batch_of(play, template, end).notes[0].body
