"""The state of a session: frozen values that events fold into.

`fold` (in `otgroup.session.fold`) builds them; the screen, the notes and the exports read them.
Everything that stands here names the events it came from, so that no figure is without a source.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

import msgspec

from otgroup.session.clock import Span, covered_s, reached_at, running
from otgroup.session.decided import Decided
from otgroup.session.events import Cue, Event, EventId, Outcome, Recovery, Side
from otgroup.session.people import Leader, Person, PersonId
from otgroup.session.protocol import Protocol
from otgroup.session.scales import Scales


class Presence(StrEnum):
    """Where a participant is now."""

    EXPECTED = "expected"
    HERE = "here"
    RESTING = "resting"
    LEFT = "left"
    ABSENT = "absent"
    DECLINED = "declined"


Attendance = Literal["present", "late", "left_early", "absent", "declined"]


class Tally(msgspec.Struct, frozen=True):
    """Repetitions of one measure on one side: pressed one by one, or a set."""

    id: EventId
    measure: str
    side: Side | None
    count: int
    at: datetime | None
    is_set: bool = False
    target: int | None = None


class Trial(msgspec.Struct, frozen=True):
    """One attempt at one image (or at the only one): its phases and its score."""

    id: EventId
    measure: str
    image: int | None
    attempt: int
    at: datetime | None
    phase: Literal["shown", "walking", "drawing", "scored"] = "shown"
    walking_at: datetime | None = None
    drawing_at: datetime | None = None
    recalled: int | None = None
    correct: bool | None = None
    stated_delay_s: float | None = None

    @property
    def delay_s(self) -> float | None:
        """Seconds between taking the image away and drawing it, measured or stated."""
        if self.stated_delay_s is not None:
            return self.stated_delay_s
        if self.walking_at is None or self.drawing_at is None:
            return None
        return (self.drawing_at - self.walking_at).total_seconds()


class Clock(msgspec.Struct, frozen=True):
    """An interval or stopwatch of one participant: running, ended, or given as seconds by a sheet."""

    id: EventId
    measure: str
    side: Side | None
    target_s: int | None
    span: Span | None
    stated_s: float | None = None
    how: Literal["done", "stopped", ""] = ""
    reason: str = ""
    patterns: tuple[str, ...] = ()

    @property
    def runs(self) -> bool:
        """Whether it has not been stopped yet."""
        return self.span is not None and self.span.end is None


class Cueing(msgspec.Struct, frozen=True):
    """Cues given at one moment (or over the session, from a sheet)."""

    id: EventId
    type: Cue
    count: int
    at: datetime | None
    trial: EventId | None = None
    side: Side | None = None
    purpose: str = ""


class Grading(msgspec.Struct, frozen=True):
    """One change of the level: with which strategies, which ones it ended, why, and what followed."""

    id: EventId
    at: datetime | None
    from_level: int
    to_level: int
    strategies: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    reason: str = ""
    response: str = ""

    @property
    def direction(self) -> Literal["harder", "easier"]:
        """Which way the task changed."""
        return "harder" if self.to_level > self.from_level else "easier"


class Incident(msgspec.Struct, frozen=True):
    """Something that happened to a participant's balance; open while nobody has said what."""

    id: EventId
    at: datetime | None
    outcome: Outcome | None = None
    recovery: Recovery | None = None
    count: int = 1
    direction: str = ""
    during: str = ""
    text: str = ""


class Rating(msgspec.Struct, frozen=True):
    """A scale's value at a moment: assistance, difficulty, pain, exertion."""

    id: EventId
    at: datetime | None
    what: Literal["assistance", "difficulty", "directions", "pain", "exertion", "level", "balance", "function"]
    value: str | float
    helpers: int = 1
    strategies: tuple[str, ...] = ()
    reason: str = ""


class Words(msgspec.Struct, frozen=True):
    """Words kept for one participant."""

    id: EventId
    at: datetime | None
    what: Literal["response", "plan", "remark", "support", "adverse", "reason"]
    text: str


class Reading(msgspec.Struct, frozen=True):
    """A number read off, for a value measure."""

    id: EventId
    measure: str
    value: float
    at: datetime | None


class ParticipantState(msgspec.Struct, frozen=True, kw_only=True):
    """One participant's record so far."""

    person: Person
    number: int
    presence: Presence = Presence.EXPECTED
    late: bool = False
    arrival_stated: bool = False
    stays: tuple[Span, ...] = ()
    untreated_rests: tuple[Span, ...] = ()
    treated_rests: tuple[Span, ...] = ()
    rest_total: int | None = None
    tallies: tuple[Tally, ...] = ()
    trials: tuple[Trial, ...] = ()
    clocks: tuple[Clock, ...] = ()
    readings: tuple[Reading, ...] = ()
    cueings: tuple[Cueing, ...] = ()
    level: int | None = None
    in_force: tuple[str, ...] = ()
    gradings: tuple[Grading, ...] = ()
    incidents: tuple[Incident, ...] = ()
    watched: bool | None = None
    steady_stated: bool = False
    watch_events: tuple[EventId, ...] = ()
    ratings: tuple[Rating, ...] = ()
    words: tuple[Words, ...] = ()
    decided: Decided = Decided()
    last: Event | None = None

    @property
    def here(self) -> bool:
        """Whether they are in the group now, resting or not."""
        return self.presence in (Presence.HERE, Presence.RESTING)

    @property
    def took_part(self) -> bool:
        """Whether they were here at all, so that a note is owed."""
        return bool(self.stays)

    @property
    def cues(self) -> Mapping[Cue, int]:
        """Cues by type; a type that was never recorded is missing, not 0."""
        sums: dict[Cue, int] = {}
        for cueing in self.cueings:
            sums[cueing.type] = sums.get(cueing.type, 0) + cueing.count
        return sums

    def count(self, measure: str, side: Side | None = None) -> int | None:
        """Repetitions of a measure on that side (None: of an unsided one); None when nothing was recorded."""
        counts = [t.count for t in self.tallies if t.measure == measure and t.side == side]
        return sum(counts) if counts else None

    @property
    def open_trial(self) -> Trial | None:
        """The attempt that is under way, if one is."""
        return self.trials[-1] if self.trials and self.trials[-1].phase != "scored" else None

    @property
    def open_incident(self) -> Incident | None:
        """The latest incident, if nobody has said yet what it was."""
        return self.incidents[-1] if self.incidents and self.incidents[-1].outcome is None else None

    def running_clock(self, measure: str | None = None) -> Clock | None:
        """The clock that runs for them (of that measure)."""
        clocks = (c for c in reversed(self.clocks) if c.runs and measure in (None, c.measure))
        return next(clocks, None)

    def side_in_use(self, measure: str) -> Side | None:
        """The side last used on a measure."""
        return next((t.side for t in reversed(self.tallies) if t.measure == measure), None)

    def incident_count(self, outcome: Outcome) -> int:
        """How many incidents of that kind stand in the record."""
        return sum(i.count for i in self.incidents if i.outcome == outcome)

    def rated(self, what: str) -> tuple[Rating, ...]:
        """All ratings on one scale, oldest first."""
        return tuple(r for r in self.ratings if r.what == what)

    def said(self, what: str) -> tuple[Words, ...]:
        """All words of one kind, oldest first."""
        return tuple(w for w in self.words if w.what == what)

    @property
    def starting_level(self) -> int | None:
        """The level they started at, where it was stated or a change tells it."""
        stated = [(r.value) for r in self.rated("level")]
        if stated:
            return int(stated[0])
        return self.gradings[0].from_level if self.gradings else self.level


class SessionState(msgspec.Struct, frozen=True, kw_only=True):
    """A session as its events tell it. `log` holds every event, the undone ones too.

    `last_at` is when the last thing happened that is not undone; minutes of a session left running end there.
    """

    id: str
    leader: Leader
    protocol: Protocol
    scales: Scales
    started_at: datetime
    last_at: datetime
    ended_at: datetime | None = None
    voided: bool = False
    pauses: tuple[Span, ...] = ()
    participants: Mapping[PersonId, ParticipantState] = MappingProxyType({})
    log: tuple[Event, ...] = ()
    undone: frozenset[EventId] = frozenset()
    moved: Mapping[EventId, PersonId] = MappingProxyType({})

    @property
    def board(self) -> tuple[ParticipantState, ...]:
        """The participants in board order."""
        return tuple(sorted(self.participants.values(), key=lambda p: p.number))

    @property
    def status(self) -> Literal["running", "ended", "voided"]:
        """Where the session stands."""
        if self.voided:
            return "voided"
        return "ended" if self.ended_at else "running"

    @property
    def paused(self) -> bool:
        """Whether the whole group pauses now."""
        return running(self.pauses)

    @property
    def size(self) -> int:
        """How many took part."""
        return sum(p.took_part for p in self.participants.values())

    def until(self, now: datetime | None = None) -> datetime:
        """How far time has run: the end, else `now`, else the last event."""
        return self.ended_at or now or self.last_at


def attendance(participant: ParticipantState) -> Attendance | None:
    """How they attended; None while nobody has said."""
    match participant.presence:
        case Presence.ABSENT:
            return "absent"
        case Presence.DECLINED:
            return "declined"
        case Presence.EXPECTED:
            return None
        case Presence.LEFT:
            return "left_early"
        case _:
            return "late" if participant.late else "present"


def treated_s(participant: ParticipantState, session: SessionState, until: datetime) -> float:
    """Seconds of treatment: presence less untreated rest less pauses of the whole group."""
    rests_and_pauses = (*participant.untreated_rests, *session.pauses)
    seconds = covered_s(participant.stays, until, rests_and_pauses)
    return max(0.0, seconds - 60 * (participant.rest_total or 0))


def minutes(participant: ParticipantState, session: SessionState, until: datetime) -> int:
    """Total treatment time in whole minutes, rounded down."""
    return int(treated_s(participant, session, until) // 60)


def rest_minutes(participant: ParticipantState, until: datetime) -> int | None:
    """Whole minutes of untreated rest; None when no rest was recorded."""
    if participant.rest_total is None and not participant.untreated_rests:
        return None
    return int(covered_s(participant.untreated_rests, until) // 60) + (participant.rest_total or 0)


def clock_s(clock: Clock, session: SessionState, until: datetime) -> float:
    """Seconds on a clock, pauses of the whole group taken out."""
    if clock.stated_s is not None or clock.span is None:
        return clock.stated_s or 0.0
    return covered_s((clock.span,), until, session.pauses)


def due_at(clock: Clock, session: SessionState) -> datetime | None:
    """When a running clock reaches its target, pauses of the whole group not counted; None where it never does."""
    if clock.target_s is None or clock.span is None or not clock.runs:
        return None
    return reached_at(clock.span.start, clock.target_s, session.pauses)


def active_until(session: SessionState, now: datetime) -> datetime:
    """Until when the group is known to have worked: its last event, or a running clock up to its target."""
    clocks = (clock for p in session.participants.values() for clock in p.clocks)
    targets = (due_at(clock, session) for clock in clocks)
    return max([session.last_at, *(min(now, due) for due in targets if due)])


def silent_for(session: SessionState, now: datetime) -> timedelta:
    """How long nothing has been recorded while no clock was on its way to a target."""
    return now - active_until(session, now)
