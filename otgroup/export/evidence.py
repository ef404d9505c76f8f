"""Each figure of a session's notes with the events behind it, for a person or another program."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from otgroup.notes.batch import write_batch
from otgroup.notes.note import Note
from otgroup.notes.signing.trace import Evidence, evidence
from otgroup.notes.writer import NoteWriter
from otgroup.record.event import Event, EventId
from otgroup.record.state import SessionState

_BEFORE, _AFTER = 24, 36
_MOST_TOLD = 3


class SourceEvent(msgspec.Struct, frozen=True):
    """An event behind a figure: its id, when it happened, and in a few words what."""

    id: str
    at: str
    what: str


class FigureRecord(msgspec.Struct, frozen=True):
    """A figure as it stands in a participant's note, the words around it, and its events."""

    id: str
    name: str
    section: str
    figure: str
    text: str
    events: tuple[SourceEvent, ...]


def traced_figures(state: SessionState, writer: NoteWriter) -> tuple[FigureRecord, ...]:
    """Every figure of the notes the record gives, in board and reading order. Raises as `write_batch` does."""
    batch = write_batch(state, writer)
    known = {event.id: event for event in state.log}
    return tuple(
        _figure(note, found, known, state)
        for note in batch.notes
        for found in evidence(writer, batch.facts[note.participant], note)
    )


def _figure(note: Note, found: Evidence, known: Mapping[EventId, Event], state: SessionState) -> FigureRecord:
    text = next(s for s in note.sections if s.title == found.section).paragraphs[found.paragraph]
    around = text[max(0, found.start - _BEFORE) : found.end + _AFTER]
    events = tuple(_source(known[e], state) for e in found.events if e in known)
    return FigureRecord(note.participant, note.header.name, found.section, found.text, around, events)


def _source(event: Event, state: SessionState) -> SourceEvent:
    return SourceEvent(event.id, f"{event.at:%H:%M:%S}" if event.at else "", event.describe(state))


def evidence_lines(figures: Iterable[FigureRecord]) -> Iterator[str]:
    """One line for each figure, under its participant's name."""
    name = None
    for one in figures:
        if one.name != name:
            name = one.name
            yield name
        yield f"  {one.section}: {one.figure} (… {one.text.strip()} …): {_told(one.events)}"


def _told(events: tuple[SourceEvent, ...]) -> str:
    """The first events in words; of the others how many there are and their ids."""
    first = "; ".join(f"{e.at} {e.what} [{e.id}]".strip() for e in events[:_MOST_TOLD])
    rest = events[_MOST_TOLD:]
    return first + (f"; {len(rest)} more [{' '.join(e.id for e in rest)}]" if rest else "")
