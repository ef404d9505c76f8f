"""What facts are made of: figures, words and times, each with its events; the header, the activity."""

import re
from typing import Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from otgroup.record.event import EventId
from otgroup.record.people import PersonId

Events = tuple[EventId, ...]

MARKS: Final = re.compile("[\ue000-\uf8ff]")
"""What stands around a figure while its place in a note is looked for; nowhere else."""


def unmarked(text: str) -> str:
    """The text without marks, for comparing."""
    return MARKS.sub("", text)


class Figure(msgspec.Struct, frozen=True):
    """A number that may stand in a note, and the events that give it."""

    value: int | float
    events: Events

    def __str__(self) -> str:
        return self.shown(f"{self.value:g}")

    def shown(self, text: str) -> str:
        """The figure as a note words it; `otgroup.notes.signing.trace` marks where it stands."""
        return text


class Said(msgspec.Struct, frozen=True):
    """Words that may stand in a note, and the events they come from."""

    text: str
    events: Events

    def __str__(self) -> str:
        return self.text


class TimeOfDay(msgspec.Struct, frozen=True):
    """A time of day as HH:MM, and the event it comes from."""

    text: str
    events: Events

    def __str__(self) -> str:
        return self.text


class StrategyFacts(msgspec.Struct, frozen=True):
    """A way to grade, as the group file words it: after "with", and as the state it puts a person in."""

    text: str
    state: str = ""
    events: Events = ()

    def __str__(self) -> str:
        return self.text


class SupportFacts(msgspec.Struct, frozen=True):
    """What supported them; `at` only where it came once work had begun."""

    text: str
    at: TimeOfDay | None
    events: Events

    def __str__(self) -> str:
        return self.text


class TreatedRestFacts(msgspec.Struct, frozen=True):
    """A rest that was treatment: whole minutes, and what was remarked in it."""

    minutes: Figure
    said: tuple[Said, ...] = ()


class Withheld(msgspec.Struct, frozen=True):
    """Words left out of a note because they name another participant."""

    kind: str
    events: Events


class HeaderFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above the body of a note. `timed_minutes` are all minutes of a one-on-one session and 0 of a
    group; None where a participant was alone for a part of it (`alone_minutes`), which nobody has coded yet.
    `group_size` is the largest size of the group they were in, 1 where there was none; `group_least` the smallest
    where it changed. Who was in a group and alone too has `group_minutes`, and `alone_when` tells which came first.
    `present_s` less `rest_s` less `pause_s` (in seconds) are the minutes, rounded down.
    """

    session: str
    participant: PersonId
    name: str
    short_name: str
    record_number: str
    date: str
    title: str
    leader: str
    attendance: Literal["present", "late", "left_early"]
    start: TimeOfDay | None
    end: TimeOfDay | None
    arrived: TimeOfDay | None
    left: TimeOfDay | None
    rest_minutes: Figure | None
    pause_minutes: Figure | None = None
    minutes: Figure
    timed_minutes: Figure | None
    group_size: Figure
    group_least: Figure | UnsetType = UNSET
    group_minutes: Figure | UnsetType = UNSET
    alone_when: Literal["before", "after", "between"] | UnsetType = UNSET
    alone_minutes: Figure | None = None
    present_s: Figure | None = None
    rest_s: Figure | None = None
    pause_s: Figure | None = None
    arrival_reason: Said | None = None
    leaving_reason: Said | None = None
    deficits: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class ActivityFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the group does, from its group file: the only wording that all participants share."""

    id: str
    title: str
    activity: str
    purpose: str
    why_group: str
    body: str
    set_up: str
    side_note: str
    distance_ft: int | None
    directions_steps: int | None
    pain_highest: int
    rpe_highest: int
