"""What crosses from one part of a record to another: the one place where it is written.

Everything else an event changes stands in its own part. (That a fall pauses the whole group is recorded as two
events, by the board.)
"""

from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.cues import CueGiven
from otgroup.record.parts.presence import Left, Missed
from otgroup.record.parts.words import Word
from otgroup.record.state import SessionState


def crossed(participant: Participant, event: Event) -> Participant:
    """The record once an event has changed its own part: who leaves stops their clocks, and why is kept in words."""
    if isinstance(event, Left):
        participant = participant.with_part(participant.clocks.stopped(event.at))
    if isinstance(event, Left | Missed) and event.reason:
        word = Word(event.id, event.at, "reason", event.reason)
        participant = participant.with_part(participant.words.with_word(word))
    return participant


def off_the_ladder(before: SessionState, after: SessionState) -> str | None:
    """Why a grade is not given away or had back: its step does not fit on the ladder of whoever has it then."""
    ladder = before.protocol.grading
    cut = {change.id for p in before.participants.values() for change in p.grading.cut_short}
    for p in after.participants.values():
        for change in p.grading.cut_short:
            if ladder and change.id not in cut:
                hardest = f"hardest level, +{ladder.highest}"
                end = hardest if change.cut_by > 0 else f"easiest level, {ladder.lowest}"
                return f"{p.person.short_name} is already at the {end}"
    return None


def barred(participant: Participant, event: Event) -> str | None:
    """Why an event is refused because of another part, to follow a name: with a record nobody was absent, and a cue
    belongs to an attempt that is there.
    """
    if isinstance(event, CueGiven) and event.trial is not None and not participant.holds(event.trial):
        return "has no such attempt on the record"
    if isinstance(event, Missed) and participant.has_findings:
        return "has a record in this group: use left, or undo it first"
    return None
