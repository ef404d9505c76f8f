"""The parts of what somebody did and how it went: frozen values, every figure with the events it comes from."""

from typing import Literal

import msgspec

from otgroup.notes.facts.figures import Events, Figure, Said, StrategyFacts, TimeOfDay


class SetFacts(msgspec.Struct, frozen=True):
    """One set: what was done of what was aimed at."""

    actual: Figure
    target: Figure | None


class SideFacts(msgspec.Struct, frozen=True):
    """Repetitions on one side (or unsided): the sum, and the sets in it."""

    side: str
    count: Figure
    sets: tuple[SetFacts, ...]


class RepetitionFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A count measure's figures. What it is a part of is a course (`of`: cones planned, 20, then 16) or, where that
    has sides, a sum of each (`of_sides`).
    """

    measure: str
    one: str
    many: str
    side_means: str
    sides: tuple[SideFacts, ...]
    total: Figure
    did: str = ""
    aside: str = ""
    of: tuple[Figure, ...] = ()
    of_sides: tuple[SideFacts, ...] = ()
    of_one: str = ""
    of_many: str = ""

    @property
    def sided(self) -> bool:
        """Whether any side was recorded."""
        return any(s.side for s in self.sides)


class CueTypeFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Cues of one type at one place (a side, an image, an attempt, or all): how many and what for."""

    type: str
    count: Figure
    purposes: tuple[tuple[str, Figure], ...] = ()


class AttemptFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One attempt: parts recalled, drawn correctly or not, delay in seconds, cues given in it."""

    number: Figure
    recalled: Figure | None
    correct: bool | None
    delay_s: Figure | None
    cues: tuple[CueTypeFacts, ...]
    events: Events


class ImageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The attempts at one image (or at the only thing there is to recall)."""

    measure: str
    one: str
    many: str
    part: str
    parts_many: str
    parts: int
    image: Figure | None
    attempts: tuple[AttemptFacts, ...]
    tries: Figure
    cues: tuple[CueTypeFacts, ...]
    done: str = ""
    right: str = "correct"

    @property
    def scored(self) -> tuple[AttemptFacts, ...]:
        """The attempts whose recalled parts were recorded."""
        return tuple(a for a in self.attempts if a.recalled is not None)

    @property
    def drawn(self) -> tuple[AttemptFacts, ...]:
        """The attempts whose drawing was judged."""
        return tuple(a for a in self.attempts if a.correct is not None)

    @property
    def delays(self) -> tuple[Figure, ...]:
        """The recorded delays, in seconds."""
        return tuple(a.delay_s for a in self.attempts if a.delay_s is not None)


class TimingFacts(msgspec.Struct, frozen=True, kw_only=True):
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
    counts: tuple[RepetitionFacts, ...] = ()
    patterns: tuple[str, ...] = ()


class ReadingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """A number read off, with its unit."""

    one: str
    many: str
    unit: str
    value: Figure


class CueFacts(msgspec.Struct, frozen=True, kw_only=True):
    """All cues: by type, by side, outside of any side or attempt, those that were stated as none."""

    by_type: tuple[CueTypeFacts, ...] = ()
    by_side: tuple[tuple[str, tuple[CueTypeFacts, ...]], ...] = ()
    elsewhere: tuple[CueTypeFacts, ...] = ()
    in_trials: tuple[CueTypeFacts, ...] = ()
    outside: str = ""
    none_of: tuple[CueTypeFacts, ...] = ()
    total: Figure | None = None
    last_at: Figure | None = None
    last_of: Figure | None = None
    after_last: Figure | None = None
    last_one: str = ""
    last_many: str = ""


class AfterGradingFacts(msgspec.Struct, frozen=True):
    """What was counted on the main measure after a change, up to the next one; `clear` says that work went
    on without a loss of balance, only where balance was watched.
    """

    counts: tuple[RepetitionFacts, ...]
    clear: bool


class GradingFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One change of the task: which way, with what, why, and what followed; `follows` says that it began at
    the level the change before it led to, `back` that it took away just what the change before it had brought in.
    """

    direction: Literal["harder", "easier"]
    at: TimeOfDay | None
    from_level: Figure
    to_level: Figure
    strategies: tuple[StrategyFacts, ...]
    ended: tuple[StrategyFacts, ...]
    reason: Said | None
    response: Said | None
    after: AfterGradingFacts | None
    events: Events
    follows: bool = False
    back: bool = False

    @property
    def kind(self) -> str:
        """What a template tells it as."""
        return "graded"


class IncidentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to their balance: what, when, how recovered, which way, doing what, and the pain
    asked within two minutes. Incidents of which nothing else is known are one, with several times.
    """

    outcome: Literal["unsteady", "lob", "fall"]
    count: Figure
    at: TimeOfDay | None
    recovery: str
    direction: Said | None
    during: Said | None
    text: Said | None
    events: Events
    pain: Figure | None = None
    times: tuple[TimeOfDay, ...] = ()

    @property
    def kind(self) -> str:
        """What a template tells it as."""
        return self.outcome

    @property
    def bare(self) -> bool:
        """Whether nothing but the outcome is known."""
        return not (self.at or self.recovery or self.direction or self.during or self.text)


class BalanceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of their balance; `no_lob` and `steady` only where the leader has said so."""

    watched: bool | None = None
    no_lob: bool = False
    steady: bool = False
    unsteady: tuple[IncidentFacts, ...] = ()
    losses: tuple[IncidentFacts, ...] = ()
    falls: tuple[IncidentFacts, ...] = ()
    unsteady_total: Figure | None = None
    losses_total: Figure | None = None
    falls_total: Figure | None = None
    open: tuple[TimeOfDay, ...] = ()
    open_count: int = 0
    events: Events = ()


class AssistanceFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Assistance at a moment: the scale's words, whether they mean that nobody helped, and the helpers."""

    text: str
    alone: bool = False
    helpers: Figure
    at: TimeOfDay | None
    events: Events
