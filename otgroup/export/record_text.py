"""A session's record as plain text: per participant what was recorded, then the log."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from otgroup.export.record import clock_time, participant_record
from otgroup.export.record_types import Attempt, Bout, ParticipantRecord, Recorded, SidedCount
from otgroup.session.clock import clock_text
from otgroup.session.describe import describe
from otgroup.session.events import Event
from otgroup.session.fold import rightful
from otgroup.session.phrases import level_text, strategy_texts
from otgroup.session.protocol import AnyMeasure, IntervalMeasure, StopwatchMeasure
from otgroup.session.state import ParticipantState, SessionState

_INDENT = "    "


def record_text(state: SessionState) -> str:
    """The whole record, ending in a line break."""
    lines = [*_heading(state), ""]
    for participant in state.board:
        lines += [*_participant(participant, state), ""]
    return "\n".join([*lines, "Events", *_log(state)]) + "\n"


def _heading(state: SessionState) -> Iterator[str]:
    end = f"-{clock_time(state.ended_at)}" if state.ended_at else ""
    yield f"{state.protocol.title} ({state.protocol.id})"
    yield f"{state.started_at:%Y-%m-%d} {clock_time(state.started_at)}{end}, {state.status}, led by {state.leader}"
    yield f"session {state.id}"


def _participant(participant: ParticipantState, state: SessionState) -> Iterator[str]:
    yield f"{participant.number} {participant.person.name}: {participant_lines(participant, state)[0]}"
    yield from (f"{_INDENT}{line}" for line in participant_lines(participant, state)[1:])


def participant_lines(participant: ParticipantState, state: SessionState) -> list[str]:
    """What was recorded of one participant, a line for each thing; attendance and minutes first."""
    record = participant_record(participant, state)
    return [", ".join(_presence(record)), *_measures(record, state), *_care(record, state), *_words(record)]


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


def _measures(record: ParticipantRecord, state: SessionState) -> Iterator[str]:
    for measure in state.protocol.measures:
        if measure.id in record.measures:
            yield f"{measure.many}: {_recorded(record.measures[measure.id], measure)}"


def _recorded(value: Recorded, measure: AnyMeasure) -> str:
    match value:
        case SidedCount():
            sides = (("left", value.left), ("right", value.right))
            return ", ".join(f"{side} {count}" for side, count in sides if count is not None)
        case list():
            timed = isinstance(measure, IntervalMeasure | StopwatchMeasure)
            return _attempts(value) if not timed else ", ".join(_bout(bout) for bout in value)
        case _:
            return f"{value:g}" if isinstance(value, float) else str(value)


def _attempts(attempts: Iterable[Attempt | Bout]) -> str:
    """The attempts of each image, in the order in which the images came up."""
    own = [attempt for attempt in attempts if isinstance(attempt, Attempt)]
    images = [(image, list(group)) for image, group in groupby(own, key=lambda attempt: attempt.image)]
    return "; ".join(
        (f"{image}: " if image is not None else "") + ", ".join(map(_attempt, group)) for image, group in images
    )


def _attempt(attempt: Attempt) -> str:
    score = "not scored" if attempt.recalled is None else f"{attempt.recalled} of {attempt.of}"
    drawn = {True: ", drawn correctly", False: ", not drawn correctly", None: ""}
    return score + drawn[attempt.correct]


def _bout(bout: Attempt | Bout) -> str:
    if isinstance(bout, Attempt):
        return _attempt(bout)
    target = f" of {clock_text(bout.target)}" if bout.target is not None else ""
    time = f"{clock_text(bout.seconds)}{target}" + (f" {bout.side}" if bout.side else "")
    how = f"{bout.how} ({bout.reason})" if bout.reason else bout.how
    return " ".join(filter(None, [time, *bout.patterns, how]))


def _care(record: ParticipantRecord, state: SessionState) -> Iterator[str]:
    if record.cues:
        yield "cues: " + ", ".join(f"{cue} {count}" for cue, count in record.cues.items())
    if record.level is not None:
        yield f"level: {level_text(record.level)}"
    if record.strategies:
        yield f"in force: {strategy_texts(record.strategies, state)}"
    for change in record.grading:
        used, ended = (_strategies(ids, state) for ids in (change.strategy, change.ended))
        used += f" in place of {ended}" if ended else ""
        yield ", ".join(filter(None, [f"graded {change.from_level} to {change.to_level}", used, change.reason]))
    yield from _balance(record)
    yield from _ratings(record)


def _strategies(ids: str, state: SessionState) -> str:
    return strategy_texts(filter(None, ids.split(";")), state)


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
        yield f"{time} {who}{describe(event, state)}{undone}"


def _who(event: Event, state: SessionState) -> str:
    names = [
        state.participants[person].person.name
        for person in rightful(event, state.moved).participants
        if person in state.participants
    ]
    return f"{', '.join(names)}: " if names else ""
