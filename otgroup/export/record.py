"""A session's record as other programs read it (`otgroup show --json`): every part says its own."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from otgroup.export.paper_text import paper_records
from otgroup.export.record_types import ParticipantRecord, SessionRecord
from otgroup.notes.signing.papers import PaperEvent
from otgroup.record.event import Event
from otgroup.record.part import iso_moment
from otgroup.record.participant import Participant
from otgroup.record.state import SessionState


def session_record(state: SessionState, entries: Iterable[PaperEvent] = ()) -> SessionRecord:
    """The record of a session; the minutes of a running one go up to its last event."""
    return SessionRecord(
        id=state.id,
        group=state.protocol.id,
        title=state.protocol.title,
        date=f"{state.started_at:%Y-%m-%d}",
        start=f"{state.started_at:%H:%M}",
        end=f"{state.ended_at:%H:%M}" if state.ended_at else None,
        state=state.status,
        leader=str(state.leader),
        participants=tuple(participant_record(p, state) for p in state.board),
        events=tuple(event_record(event, state) for event in state.log),
        notes=paper_records(entries),
    )


def participant_record(p: Participant, state: SessionState) -> ParticipantRecord:
    """What was recorded of one participant so far."""
    basis, elapsed = state.basis, state.elapsed()
    parts = [part.shown(basis, elapsed) for part in p.parts]
    shown: dict[str, Any] = {key: value for part in parts for key, value in part.items()}
    link = p.link(state.protocol.id)
    return ParticipantRecord(
        id=p.person.id,
        name=p.person.name,
        measures=measured(p, state),
        purposes=link.purposes,
        carry_over=link.carry_over,
        **shown,
    )


def measured(p: Participant, state: SessionState) -> dict[str, Any]:
    """What was recorded on each measure, by its id; measures without a record are absent."""
    elapsed = state.elapsed()
    found = {measure.id: measure.recorded(p.part(measure.held_in), elapsed) for measure in state.protocol.measures}
    return {measure_id: value for measure_id, value in found.items() if value is not None}


# --- events ------------------------------------------------------------------------------------------

_SHARED: Final = frozenset(Event.__struct_fields__)


def event_record(event: Event, state: SessionState) -> dict[str, Any]:
    """One event: what all have in common, then its own fields; what it does not say is absent."""
    shared = {
        "id": event.id,
        "kind": event.kind,
        "at": iso_moment(event.at),
        "entered": iso_moment(event.entered),
        "by": event.by,
        "participants": list(state.rightful(event).participants),
        "undone": event.id in state.undone,
        "source": event.source,
    }
    return {key: value for key, value in shared.items() if value is not None} | _own(event)


def _own(event: Event) -> dict[str, Any]:
    """The fields of its kind; a count, a level or a yes/no is there even at its default."""
    fields = zip(event.__struct_fields__, event.__struct_encode_fields__, strict=True)
    own = {key: getattr(event, field) for field, key in fields if field not in _SHARED}
    plain: Mapping[str, Any] = msgspec.to_builtins(own)
    return {key: value for key, value in plain.items() if value not in (None, "", [], {})}
