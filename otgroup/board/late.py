"""Late entries: what the board's keys record after the group has ended, at a time that was said or not known."""

from datetime import datetime, timedelta
from typing import Final

from otgroup.board import measures, silences
from otgroup.board.desk import Desk
from otgroup.board.parts import balance
from otgroup.board.strip import Question
from otgroup.errors import BadInput
from otgroup.record.event import LatePen
from otgroup.record.state import SessionState
from otgroup.written import parse_time

AT_ANY_TIME: Final = frozenset(
    {"repetition", "left", "right", "set", "measure", "harder", "easier", "assistance", "difficulty", "balance"}
    | {"watched", "words", "trial", "undo", "undo_chosen"}
    | {f"cue_{kind}" for kind in ("verbal", "tactile", "visual", "gestural", "demonstration", "physical")}
)
AT_A_TIME: Final = frozenset({"rest", "attendance", "clock"})
"""What changes the minutes, and so needs the time it happened."""


def why_not_late(action_id: str, pen: LatePen) -> str:
    """Why a key of the board records nothing now; empty if it may."""
    if action_id in AT_A_TIME and pen.happened is None:
        return "that needs its time: @ first"
    if action_id not in AT_ANY_TIME | AT_A_TIME:
        return "that is no late entry: reopen the group for it"
    return ""


def ask_time(desk: Desk, pen: LatePen) -> None:
    """When what is entered next happened."""
    state = desk.state
    span = f"{state.started_at:%H:%M}-{state.until():%H:%M}"

    def keep(text: str) -> None:
        pen.happened = time_within(text, state) if text.strip() else None
        desk.say(told_time(pen))

    desk.ask(Question(f"When was it ({span}; empty: not known)?", keep))


def told_time(pen: LatePen) -> str:
    """What the next entries' time is."""
    when = f"{pen.happened:%H:%M}" if pen.happened else "a time not known"
    return f"late entry, {when}: now the board's key for it; @ another time, Escape done"


def time_within(text: str, state: SessionState) -> datetime:
    """A time of day within the session, past midnight too. Raises BadInput."""
    said = parse_time(text, "time")
    for day in (state.started_at, state.started_at + timedelta(days=1)):
        moment = day.replace(hour=said.hour, minute=said.minute, second=0, microsecond=0)
        if state.started_at.replace(second=0, microsecond=0) <= moment <= state.until():
            return max(moment, state.started_at)
    raise BadInput(f"time: the session went from {state.started_at:%H:%M} to {state.until():%H:%M}")


def ask_unfinished(desk: Desk) -> None:
    """What is left open on somebody's record: the incident without a word, the attempt without a score, a silence."""
    participant = desk.participant
    if participant is None:
        return
    undecided = any(i.outcome is None for i in participant.balance.incidents)
    if not undecided and (measures.ask_open(desk, participant) or silences.ask_first(desk)):
        return
    if participant.balance.incidents:
        balance.ask_incident(desk, participant)
    else:
        desk.say(f"nothing is open on {desk.name(participant)}'s record: the board's keys add to it, @ says when")
