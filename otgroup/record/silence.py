"""A stretch without an entry that was taken as a pause, until the leader says what it was. Pure.

Minutes never run on by themselves, so a long silence counts as a pause. They do not fall by themselves either:
as long as nobody has said that it was one, the silence is asked about.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from otgroup.record.course import GroupPaused, GroupResumed, Undone, Voided
from otgroup.record.event import Event, EventId, Pen
from otgroup.record.participant import Participant
from otgroup.record.parts.words import ReasonGiven
from otgroup.record.spans import covered_s
from otgroup.record.state import SessionState

TREATED: Final = "treatment went on"
PAUSED: Final = "it was a pause"
"""The two answers."""

LONGEST_UNSAID: Final = timedelta(minutes=10)
"""After this long without an event nobody is taken to have been treated meanwhile."""


class Silence(NamedTuple):
    """From when to when nothing was entered; the events that made it a pause, where they are on record."""

    start: datetime
    end: datetime
    paused: EventId | None = None
    resumed: EventId | None = None

    @property
    def told(self) -> str:
        """How long and when: `20 min without an entry, 10:07-10:27`."""
        minutes = int((self.end - self.start).total_seconds() // 60)
        return f"{minutes} min without an entry, {self.start:%H:%M}-{self.end:%H:%M}"

    def cut_s(self, p: Participant) -> float:
        """Seconds of a participant's time that it takes as a pause: they were here, and not resting untreated."""
        here, rests = p.presence.stays, p.presence.untreated_rests
        return covered_s(here, self.end, rests) - covered_s(here, self.start, rests)


def going_on(state: SessionState, now: datetime) -> Silence | None:
    """The stretch without an entry that reaches until now, where it may not have been treatment: it is long, or the
    session was void in it.
    """
    if state.paused or state.ended_at:
        return None
    if state.silent_for(now) >= LONGEST_UNSAID:
        return Silence(state.active_until(now), now)
    voided = _voided_since(state)
    return Silence(voided, now) if voided and voided < now else None


def _voided_since(state: SessionState) -> datetime | None:
    """When the session was voided after its last entry, though that was taken back."""
    voided = None
    for event in reversed(state.log):
        if isinstance(event, Voided):
            voided = event.at
        elif event.at and event.id not in state.undone:
            break
    return voided


def unsaid(state: SessionState) -> tuple[Silence, ...]:
    """The silences on record of which nobody has said what they were, oldest first."""
    said = {e.of for e in state.log if isinstance(e, ReasonGiven) and e.id not in state.undone}
    standing = [e for e in state.log if e.id not in state.undone]
    return tuple(silence for silence in _assumed(standing) if silence.paused not in said)


def _assumed(standing: list[Event]) -> Iterator[Silence]:
    for place, event in enumerate(standing):
        if isinstance(event, GroupPaused) and event.assumed:
            end = next((e for e in standing[place:] if isinstance(e, GroupResumed)), None)
            if end is not None:
                yield Silence(event.at, end.at, event.id, end.id)


def pause_over(silence: Silence, pen: Pen, *, assumed: bool) -> tuple[Silence, tuple[Event, Event]]:
    """A silence that is not on record yet as a pause: as it will stand there, and what puts it there."""
    paused = GroupPaused(**pen.stamp(at=silence.start), reason="nothing was recorded", assumed=assumed or None)
    resumed = GroupResumed(**pen.stamp(at=silence.end))
    return silence._replace(paused=paused.id, resumed=resumed.id), (paused, resumed)


def said_of(silence: Silence, pen: Pen, *, treated: bool) -> tuple[Event, ...]:
    """What keeps the leader's answer about a silence; one that is not on record is put there first."""
    if silence.paused is None or silence.resumed is None:
        kept, events = pause_over(silence, pen, assumed=treated)
        return (*events, *(said_of(kept, pen, treated=True) if treated else ()))
    if treated:
        return tuple(Undone(**pen.stamp(), event=event) for event in (silence.resumed, silence.paused))
    return (ReasonGiven(**pen.stamp(), of=silence.paused, reason=PAUSED),)
