"""The parts of what somebody did and how it went: frozen values, every figure with the events it comes from."""

from typing import Literal

import msgspec

from otgroup.notes.facts.plain import Clocked, Events, Figure, Said, Way


class Set(msgspec.Struct, frozen=True):
    """One set: what was done of what was aimed at."""

    actual: Figure
    target: Figure | None


class SideCount(msgspec.Struct, frozen=True):
    """Repetitions on one side (or unsided): the sum, and the sets in it."""

    side: str
    count: Figure
    sets: tuple[Set, ...]


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A count measure's figures. What it is a part of is a course (`of`: cones planned, 20, then 16) or, where that
    has sides, a sum of each (`of_sides`).
    """

    measure: str
    one: str
    many: str
    side_means: str
    sides: tuple[SideCount, ...]
    total: Figure
    did: str = ""
    aside: str = ""
    of: tuple[Figure, ...] = ()
    of_sides: tuple[SideCount, ...] = ()
    of_one: str = ""
    of_many: str = ""

    @property
    def sided(self) -> bool:
        """Whether any side was recorded."""
        return any(s.side for s in self.sides)


class Cues(msgspec.Struct, frozen=True, kw_only=True):
    """Cues of one type at one place (a side, an image, an attempt, or all): how many and what for."""

    type: str
    count: Figure
    purposes: tuple[tuple[str, Figure], ...] = ()


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt: parts recalled, drawn correctly or not, delay in seconds, cues given in it."""

    number: Figure
    recalled: Figure | None
    correct: bool | None
    delay_s: Figure | None
    cues: tuple[Cues, ...]
    events: Events


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """The attempts at one image (or at the only thing there is to recall)."""

    measure: str
    one: str
    many: str
    part: str
    parts_many: str
    parts: int
    image: Figure | None
    attempts: tuple[Attempt, ...]
    tries: Figure
    cues: tuple[Cues, ...]
    done: str = ""
    right: str = "correct"

    @property
    def scored(self) -> tuple[Attempt, ...]:
        """The attempts whose recalled parts were recorded."""
        return tuple(a for a in self.attempts if a.recalled is not None)

    @property
    def drawn(self) -> tuple[Attempt, ...]:
        """The attempts whose drawing was judged."""
        return tuple(a for a in self.attempts if a.correct is not None)

    @property
    def delays(self) -> tuple[Figure, ...]:
        """The recorded delays, in seconds."""
        return tuple(a.delay_s for a in self.attempts if a.delay_s is not None)


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """One interval or stopwatch: seconds done, target, side, how it ended and why, and counts within it."""

    measure: str
    kind: Literal["interval", "stopwatch"]
    one: str
    many: str
    number: Figure
    seconds: Figure
    target_s: Figure | None
    side: str
    side_means: str
    how: str
    reason: Said | None
    counts: tuple[Count, ...] = ()
    patterns: tuple[str, ...] = ()


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A number read off, with its unit."""

    one: str
    many: str
    unit: str
    value: Figure


class CueRecord(msgspec.Struct, frozen=True, kw_only=True):
    """All cues: by type, by side, outside of any side or attempt, those that were stated as none."""

    by_type: tuple[Cues, ...] = ()
    by_side: tuple[tuple[str, tuple[Cues, ...]], ...] = ()
    elsewhere: tuple[Cues, ...] = ()
    in_trials: tuple[Cues, ...] = ()
    outside: str = ""
    none_of: tuple[Cues, ...] = ()
    total: Figure | None = None
    last_at: Figure | None = None
    last_of: Figure | None = None
    after_last: Figure | None = None
    last_one: str = ""
    last_many: str = ""


class After(msgspec.Struct, frozen=True):
    """What was counted on the main measure after a change, up to the next one; `clear` says that work went
    on without a loss of balance, only where balance was watched.
    """

    counts: tuple[Count, ...]
    clear: bool


class Grading(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the task: which way, with what, why, and what followed; `follows` says that it began at
    the level the change before it led to, `back` that it took away just what the change before it had brought in.
    """

    direction: Literal["harder", "easier"]
    at: Clocked | None
    from_level: Figure
    to_level: Figure
    strategies: tuple[Way, ...]
    ended: tuple[Way, ...]
    reason: Said | None
    response: Said | None
    after: After | None
    events: Events
    follows: bool = False
    back: bool = False

    @property
    def kind(self) -> str:
        """What a template tells it as."""
        return "graded"


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to their balance: what, when, how recovered, which way, doing what, and the pain
    asked within two minutes. Incidents of which nothing else is known are one, with several times.
    """

    outcome: Literal["unsteady", "lob", "fall"]
    count: Figure
    at: Clocked | None
    recovery: str
    direction: Said | None
    during: Said | None
    text: Said | None
    events: Events
    pain: Figure | None = None
    times: tuple[Clocked, ...] = ()

    @property
    def kind(self) -> str:
        """What a template tells it as."""
        return self.outcome

    @property
    def bare(self) -> bool:
        """Whether nothing but the outcome is known."""
        return not (self.at or self.recovery or self.direction or self.during or self.text)


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of their balance; `no_lob` and `steady` only where the leader has said so."""

    watched: bool | None = None
    no_lob: bool = False
    steady: bool = False
    unsteady: tuple[Incident, ...] = ()
    losses: tuple[Incident, ...] = ()
    falls: tuple[Incident, ...] = ()
    unsteady_total: Figure | None = None
    losses_total: Figure | None = None
    falls_total: Figure | None = None
    open: tuple[Clocked, ...] = ()
    open_count: int = 0
    events: Events = ()


class Assist(msgspec.Struct, frozen=True, kw_only=True):
    """Assistance at a moment: the scale's words, whether they mean that nobody helped, and the helpers."""

    text: str
    alone: bool = False
    helpers: Figure
    at: Clocked | None
    events: Events
