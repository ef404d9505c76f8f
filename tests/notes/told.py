"""A group of two for a test of a note: made, played, and what its notes say; and what to look for in any note."""

import re

import msgspec

from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import Person, PersonId
from otgroup.record.protocol import Protocol
from tests.strategies import Play, load_template, person, shipped

WRITER = NoteWriter(load_template)
ADA, BEN = person(0, "she"), Person(id=PersonId("bob"), name="Bob Berg", short_name="Bob")
NUMBER = re.compile(r"(?<![\w.])-?\d+(?::\d\d)?(?:\.\d+)?(?:st|nd|rd|th)?")
UNFILLED = re.compile(
    r"None|\{\{|\}\}|\{%|undefined|Undefined|  | [,.;:]|\.\.|,,|;;|!\.|\( |\b1 \w+ taps\b|^[,.;:]", re.M
)


def group(protocol: str | Protocol, who: Person = ADA) -> Play:
    play = Play(shipped(protocol) if isinstance(protocol, str) else protocol)
    play.here(who, BEN)
    return play


def batch_of(play: Play, template: str = "narrative", end: str = "10:30") -> Batch:
    return write_batch(play.state(end), WRITER, template)


def body_of(play: Play, template: str = "narrative", end: str = "10:30") -> str:
    return batch_of(play, template, end).notes[0].body


def like(group_id: str, **changed: object) -> Protocol:
    """A clinic's own file with the id of a shipped one."""
    return msgspec.structs.replace(shipped(group_id), **changed)
