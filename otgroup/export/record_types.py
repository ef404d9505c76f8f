"""The JSON other programs read (`otgroup show --json`) as types: their fields are its keys, in its order.

What was not recorded is absent, never null, zero or empty.
"""

from typing import Any, Literal

import msgspec

from otgroup.record.parts.grading import GradeChange
from otgroup.record.parts.presence import Attendance

JsonNumber = int | float


class _View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Part of the JSON: a key whose value is not given is absent."""


class ParticipantRecord(_View, frozen=True, kw_only=True, omit_defaults=True):
    """What was recorded of one participant."""

    id: str
    name: str
    attendance: Attendance | None = None
    minutes: int | None = None
    measures: dict[str, Any] = {}
    cues: dict[str, int] = {}
    level: int | None = None
    strategies: tuple[str, ...] = ()
    grading: tuple[GradeChange, ...] = ()
    arrived: str | None = None
    left: str | None = None
    rest_minutes: int | None = None
    unsteady: int | None = None
    lob: int | None = None
    falls: int | None = None
    balance_watched: bool | None = None
    assistance: str | None = None
    difficulty: str | None = None
    difficulty_directions: str | None = None
    pain_before: JsonNumber | None = None
    pain: JsonNumber | None = None
    rpe: JsonNumber | None = None
    response: str | None = None
    plan: str | None = None
    remarks: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    carry_over: tuple[str, ...] = ()


class SessionRecord(_View, frozen=True, kw_only=True, omit_defaults=True):
    """A whole session: its participants in board order, every event, the undone ones too, and what was
    done with the notes.
    """

    id: str
    group: str
    title: str
    date: str
    start: str
    end: str | None = None
    state: Literal["running", "ended", "voided"]
    leader: str
    participants: tuple[ParticipantRecord, ...]
    events: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...] = ()
