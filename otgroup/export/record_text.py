"""A session's record as plain text: per participant what was recorded, then the log."""

from collections.abc import Iterator

from otgroup.export.record import participant_record
from otgroup.export.record_types import ParticipantRecord
from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.grading import strategy_texts
from otgroup.record.state import SessionState
from otgroup.record.wording import level_text

_INDENT = "    "


def record_text(state: SessionState) -> str:
    """The whole record, ending in a line break."""
    lines = [*_heading(state), ""]
    for participant in state.board:
        lines += [*_participant(participant, state), ""]
    return "\n".join([*lines, "Events", *_log(state)]) + "\n"


def _heading(state: SessionState) -> Iterator[str]:
    end = f"-{state.ended_at:%H:%M}" if state.ended_at else ""
    yield f"{state.protocol.title} ({state.protocol.id})"
    yield f"{state.started_at:%Y-%m-%d %H:%M}{end}, {state.status}, led by {state.leader}"
    yield f"session {state.id}"


def _participant(participant: Participant, state: SessionState) -> Iterator[str]:
    yield f"{participant.number} {participant.person.name}: {participant_lines(participant, state)[0]}"
    yield from (f"{_INDENT}{line}" for line in participant_lines(participant, state)[1:])


def participant_lines(participant: Participant, state: SessionState) -> list[str]:
    """What was recorded of one participant, a line for each thing; attendance and minutes first."""
    record = participant_record(participant, state)
    return [", ".join(_presence(record)), *_measures(participant, state), *_care(record, state), *_words(record)]


def _presence(record: ParticipantRecord) -> Iterator[str]:
    yield record.attendance.replace("_", " ") if record.attendance else "attendance not recorded"
    if record.arrived:
        yield f"arrived {record.arrived}"
    if record.left:
        yield f"left {record.left}"
    if record.attendance not in (None, "absent", "declined"):
        yield f"{record.minutes} min"
    if record.rest_minutes is not None:
        yield f"rest {record.rest_minutes} min"


def _measures(participant: Participant, state: SessionState) -> Iterator[str]:
    elapsed = state.elapsed()
    for measure in state.protocol.measures:
        if text := measure.text(participant.part(measure.held_in), elapsed):
            yield f"{measure.many}: {text}"


def _care(record: ParticipantRecord, state: SessionState) -> Iterator[str]:
    if record.cues:
        yield "cues: " + ", ".join(f"{cue} {count}" for cue, count in record.cues.items())
    if record.level is not None:
        yield f"level: {level_text(record.level)}"
    if record.strategies:
        yield f"in force: {strategy_texts(record.strategies, state.basis)}"
    for change in record.grading:
        used, ended = (_strategies(ids, state) for ids in (change.strategy, change.ended))
        used += f" in place of {ended}" if ended else ""
        yield ", ".join(filter(None, [f"graded {change.from_level} to {change.to_level}", used, change.reason]))
    yield from _balance(record)
    yield from _ratings(record)


def _strategies(ids: str, state: SessionState) -> str:
    return strategy_texts(filter(None, ids.split(";")), state.basis)


def _balance(record: ParticipantRecord) -> Iterator[str]:
    counts = (("unsteady", record.unsteady), ("losses of balance", record.lob), ("falls", record.falls))
    said = [f"{what} {count}" for what, count in counts if count is not None]
    watched = {True: ["watched"], False: ["not watched"], None: []}[record.balance_watched]
    if said or watched:
        yield "balance: " + ", ".join([*watched, *said])


def _ratings(record: ParticipantRecord) -> Iterator[str]:
    rated = (
        ("assistance", record.assistance),
        ("difficulty", record.difficulty),
        ("difficulty of following directions", record.difficulty_directions),
        ("pain before", record.pain_before),
        ("pain", record.pain),
        ("RPE", record.rpe),
    )
    yield from (f"{what}: {value}" for what, value in rated if value is not None)


def _words(record: ParticipantRecord) -> Iterator[str]:
    said = [("response", record.response), ("plan", record.plan)]
    said += [("remark", remark) for remark in record.remarks]
    said += [("aimed at", "; ".join(record.purposes)), ("carries over to", "; ".join(record.carry_over))]
    yield from (f"{what}: {text}" for what, text in said if text)


# --- the log -----------------------------------------------------------------------------------------


def _log(state: SessionState) -> Iterator[str]:
    for event in state.log:
        time = f"{event.at:%H:%M:%S}" if event.at else "--:--:--"
        who = _who(event, state)
        undone = " (undone)" if event.id in state.undone else ""
        yield f"{time} {who}{event.describe(state)}{undone}"


def _who(event: Event, state: SessionState) -> str:
    names = [
        state.participants[person].person.name
        for person in state.rightful(event).participants
        if person in state.participants
    ]
    return f"{', '.join(names)}: " if names else ""
