"""What crosses from one part of a record to another: the one place where it is written.

Everything else an event changes stands in its own part. (That a fall pauses the whole group is recorded as two
events, by the board.)
"""

from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.presence import Left, Missed
from otgroup.record.parts.words import Word


def crossed(participant: Participant, event: Event) -> Participant:
    """The record once an event has changed its own part: who leaves stops their clocks, and why is kept in words."""
    if isinstance(event, Left):
        participant = participant.with_part(participant.clocks.stopped(event.at))
    if isinstance(event, Left | Missed) and event.reason:
        word = Word(event.id, event.at, "reason", event.reason)
        participant = participant.with_part(participant.words.with_word(word))
    return participant


def barred(participant: Participant, event: Event) -> str | None:
    """Why an event is refused because of another part, to follow a name: with a record nobody was absent."""
    if isinstance(event, Missed) and participant.has_findings:
        return "has a record in this group: use left, or undo it first"
    return None
