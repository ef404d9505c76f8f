"""What can happen in a group: one frozen struct per kind of event.

An event is the only way anything changes. It says when the thing happened (`at`), when it was
keyed (`entered`), by whom, for whom, and whether it was keyed live, from a tally sheet or late.
A paper tally gives totals without times, so an observation's `at` may be missing; arrivals,
rests, pauses and ends always have one, because minutes come from them.

Events that only add to an earlier one (a strategy to a grade, a recovery to a loss of balance)
name it in `of`: undoing the earlier event takes them along, and so does giving it to another person.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, NewType, TypeVar

import msgspec

from otgroup.session.people import Leader, Person, PersonId
from otgroup.session.protocol import Protocol
from otgroup.session.scales import Scales

EventId = NewType("EventId", str)

Source = Literal["live", "tally", "late"]


class Side(StrEnum):
    """A side of the body; what it is a side of, the measure says (`side_means`)."""

    LEFT = "left"
    RIGHT = "right"


class Cue(StrEnum):
    """How a cue was given."""

    VERBAL = "verbal"
    TACTILE = "tactile"
    VISUAL = "visual"
    GESTURAL = "gestural"
    DEMONSTRATION = "demonstration"
    PHYSICAL = "physical"


class Outcome(StrEnum):
    """What a balance incident turned out to be."""

    UNSTEADY = "unsteady"
    LOB = "lob"
    FALL = "fall"


class Recovery(StrEnum):
    """How a loss of balance was recovered."""

    ALONE = "alone"
    CONTACT = "contact"
    ASSISTED = "assisted"


def _kind(class_name: str) -> str:
    """The tag in the journal: `GroupPaused` becomes `group_paused`."""
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in class_name).lstrip("_")


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag=_kind):
    """One thing that happened: to whom, keyed when, by whom."""

    id: EventId
    entered: datetime
    by: str
    participants: tuple[PersonId, ...] = ()
    source: Source = "live"
    at: datetime | None = None

    @property
    def kind(self) -> str:
        """The tag this event has in the journal."""
        return str(type(self).__struct_config__.tag)


class Timed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An event without whose time the minutes cannot be told."""

    at: datetime


class Detail(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An event that only adds to an earlier one."""

    of: EventId


# --- the session ---------------------------------------------------------------------------------


class Started(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """The group began; everything it is recorded by is frozen here."""

    session: str
    leader: Leader
    protocol: Protocol
    scales: Scales


class Ended(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """The group is over."""


class Reopened(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """The group goes on after all; the time between counts as a pause."""


class Voided(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """A session begun by mistake: kept, without notes."""

    reason: str = ""


FALL = "a fall"
"""Why a group pauses when somebody fell."""


class GroupPaused(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """Nobody is treated from here on (the leader was called away, somebody fell).

    `assumed`: nobody said so, nothing was entered for a long time; a `ReasonGiven` of it is the leader's answer.
    """

    reason: str = ""
    assumed: bool = False


class GroupResumed(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """The pause of the whole group is over."""


class MachineClockSet(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The machine's clock was set while the group ran, by so many seconds (negative: back).

    Times on record do not follow it: they go on by the clock the group began with.
    """

    seconds: int


# --- coming and going ----------------------------------------------------------------------------


class Joined(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """A person is on this session's board, under a number kept for the whole session."""

    person: Person
    number: int


class Arrived(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """They are here and treatment runs. `stated` is false where only the session's start is known."""

    late: bool = False
    stated: bool = True


class Left(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """They left before the end."""

    reason: str = ""


class Rested(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """A rest began; untreated unless said otherwise (seated monitoring or instruction is treatment)."""

    treated: bool = False


class Resumed(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """Their rest is over."""


class RestTotal(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Whole minutes of untreated rest, as a tally sheet gives them."""

    minutes: int


class Absent(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """They were expected and did not come."""

    reason: str = ""


class Declined(Timed, frozen=True, kw_only=True, omit_defaults=True):
    """They were asked and declined."""

    reason: str = ""


class ReasonGiven(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """Why they left, were absent or declined; why the group paused."""

    reason: str


# --- what they did -------------------------------------------------------------------------------


class Repetition(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Repetitions of a count measure; a written count of 0 is a statement too."""

    measure: str
    count: int
    side: Side | None = None


class SetDone(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A whole set: what was aimed at and what was done (which adds to the count)."""

    measure: str
    actual: int
    target: int | None = None
    side: Side | None = None


class TrialOpened(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An attempt began: something was shown that is to be recalled."""

    measure: str
    attempt: int
    image: int | None = None


class TrialStepped(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """The attempt went on: what was shown is out of sight (walking), or is being drawn."""

    phase: Literal["walking", "drawing"]


class TrialScored(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """The attempt is over: parts recalled, drawn correctly or not, seconds of delay where measured apart."""

    recalled: int | None = None
    correct: bool | None = None
    delay_s: float | None = None


class ClockStarted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An interval or a stopwatch runs."""

    at: datetime
    measure: str
    target_s: int | None = None
    side: Side | None = None


class ClockEnded(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """The clock was stopped: done, or stopped before (and why)."""

    at: datetime
    how: Literal["done", "stopped"]
    reason: str = ""


class ClockDetail(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """In which way it was worked while the clock ran: clockwise, counter-clockwise."""

    pattern: str


class ClockTotal(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An interval's or stopwatch's seconds, as a tally sheet gives them."""

    measure: str
    seconds: float
    target_s: int | None = None
    side: Side | None = None


class Value(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A number read off (a distance, a load)."""

    measure: str
    value: float


# --- what the leader did -------------------------------------------------------------------------


class CueGiven(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Cues of one type; those given during an open attempt belong to it."""

    type: Cue
    count: int
    trial: EventId | None = None
    side: Side | None = None


class CueDetail(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """On which side the cue was given, and what it was for."""

    side: Side | None = None
    purpose: str = ""


class LevelStated(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The level worked at (from a sheet, or carried to a session's start), and the strategies in force."""

    level: int | None = None
    strategies: tuple[str, ...] = ()
    reason: str = ""


class Graded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The task was made harder or easier."""

    from_level: int = msgspec.field(name="from")
    to_level: int = msgspec.field(name="to")
    strategies: tuple[str, ...] = ()
    reason: str = ""
    response: str = ""


class GradeDetail(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """With which strategy, for what reason, and how the participant answered to it."""

    strategy: str = ""
    reason: str = ""
    response: str = ""


class Assistance(Event, frozen=True, kw_only=True, omit_defaults=True):
    """How much help was needed, by how many helpers."""

    level: str
    helpers: int = 1


class Support(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What they held or wore: a chair back, a walker, a gait belt, or no device."""

    text: str


# --- balance -------------------------------------------------------------------------------------


class BalanceIncident(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Something happened to their balance; open until a detail says what. A sheet says it at once."""

    outcome: Outcome | None = None
    recovery: Recovery | None = None
    count: int = 1


class BalanceDetail(Detail, frozen=True, kw_only=True, omit_defaults=True):
    """What the incident was, how it was recovered, which way, doing what, and what followed."""

    outcome: Outcome | None = None
    recovery: Recovery | None = None
    direction: str = ""
    during: str = ""
    text: str = ""


class BalanceWatched(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The leader's own statement: balance was watched (or not); `steady` states that no
    unsteadiness was seen either. Only from this may a note say that nothing was seen.
    """

    watched: bool | None = None
    steady: bool = False


class BalanceGrade(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A balance grade chosen by the therapist, never derived."""

    position: Literal["sitting", "standing"]
    motion: Literal["static", "dynamic"]
    grade: str


# --- how it was ----------------------------------------------------------------------------------


class Difficulty(Event, frozen=True, kw_only=True, omit_defaults=True):
    """How difficult it was as observed: the activity, or apart from it following the directions."""

    what: Literal["activity", "directions"]
    level: str


class Pain(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Pain, 0 to 10."""

    score: int


class Exertion(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Rate of perceived exertion, Borg CR10, 0 to 10."""

    score: float


class FunctionCode(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A Section GG code for an item, chosen by the therapist, never derived from repetitions."""

    item: str
    code: str


class Adverse(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An adverse reaction, in words."""

    text: str


class Response(Event, frozen=True, kw_only=True, omit_defaults=True):
    """How they took it, in the leader's or their own words."""

    text: str


class Plan(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What comes next for this participant."""

    text: str


class Remark(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Anything else worth keeping."""

    text: str


class Linked(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Which of their goals this group serves, and why a group rather than one-on-one; what it is aimed at for
    them, and what it carries over to.
    """

    goals: tuple[str, ...] = ()
    why: str = ""
    purposes: tuple[str, ...] = ()
    carry_over: tuple[str, ...] = ()


# --- what is billed ------------------------------------------------------------------------------


class CodeCorrected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The leader's own units of a code (0: not billed), in place of another code where that one was wrong."""

    code: str
    units: int
    reason: str
    instead_of: str = ""


class AloneCoded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Minutes alone with the leader that were one-on-one time, and their code; 0 says that they were not."""

    minutes: int
    code: str = ""
    reason: str = ""


class ModifiersCorrected(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The modifiers that apply in the leader's judgement."""

    modifiers: tuple[str, ...]
    reason: str


# --- mending -------------------------------------------------------------------------------------


class Moved(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An event was keyed for the wrong person: it belongs to `to`, at the time it happened."""

    event: EventId
    to: PersonId


class Undone(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An event did not happen. It stays in the record, struck through."""

    event: EventId


AnyEvent = (
    Started | Ended | Reopened | Voided | GroupPaused | GroupResumed | MachineClockSet
    | Joined | Arrived | Left | Rested | Resumed | RestTotal | Absent | Declined | ReasonGiven
    | Repetition | SetDone | TrialOpened | TrialStepped | TrialScored
    | ClockStarted | ClockDetail | ClockEnded | ClockTotal | Value
    | CueGiven | CueDetail | LevelStated | Graded | GradeDetail | Assistance | Support
    | BalanceIncident | BalanceDetail | BalanceWatched | BalanceGrade
    | Difficulty | FunctionCode | Adverse | Pain | Exertion | Response | Plan | Remark
    | Linked | CodeCorrected | AloneCoded | ModifiersCorrected | Moved | Undone
)  # fmt: skip
"""Every kind of event, for decoding a journal."""

Decision = CodeCorrected | AloneCoded | ModifiersCorrected
"""What is decided about codes, after the session too."""

E = TypeVar("E", bound=Event)


class Pen:
    """Writes events: knows the time, the leader and where ids come from, so that nothing else must."""

    def __init__(
        self, now: Callable[[], datetime], new_id: Callable[[], str], by: str, source: Source = "live"
    ) -> None:
        self.now = now
        self.new_id = new_id
        self.by = by
        self.source = source

    def write(self, kind: type[E], *participants: PersonId, **fields: Any) -> E:
        """An event of that kind for these participants; `at` is now unless given (None: time unknown)."""
        now = self.now()
        fields.setdefault("at", now)
        return kind(
            id=EventId(self.new_id()),
            entered=now,
            by=self.by,
            source=self.source,
            participants=participants,
            **fields,
        )


class LatePen(Pen):
    """Writes late entries: each happened at the time that was said, or at a time nobody knows."""

    happened: datetime | None = None

    def write(self, kind: type[E], *participants: PersonId, **fields: Any) -> E:
        """An event of that kind; `at` is the time that was said."""
        fields.setdefault("at", self.happened)
        return super().write(kind, *participants, **fields)
