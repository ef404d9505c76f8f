"""Made-up records that templates are tried on: one that holds everything, one that holds next to nothing."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from otgroup.notes.facts.reading import Facts, facts_for
from otgroup.notes.registry import ALL_WORDS, words_of
from otgroup.record.course import Ended, Joined, Started
from otgroup.record.event import Event, Pen
from otgroup.record.fold import fold
from otgroup.record.parts.balance import (
    BalanceDetail,
    BalanceGrade,
    BalanceIncident,
    BalanceWatched,
    Outcome,
    Recovery,
)
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import Graded, Ladder, Strategy
from otgroup.record.parts.help import Assistance, Support
from otgroup.record.parts.presence import Arrived, Rested, RestTotal, Resumed
from otgroup.record.parts.scores import Difficulty, Exertion, FunctionCode, Pain
from otgroup.record.parts.words import Adverse, Plan, Remark, Response
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.sides import Side
from otgroup.record.state import SessionState

_START: Final = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
_FULL: Final = PersonId("example-full")
_BARE: Final = PersonId("example-bare")


def example_facts(template: str, own: Protocol | None = None) -> tuple[Facts, ...]:
    """Facts of a full and of a nearly empty record; for `activities/ID.j2` they are of that activity, and with a
    group's `own` protocol they are of that group.
    """
    activity = template.removeprefix("activities/").removesuffix(".j2") if "/" in template else "example"
    state = _session(own or _protocol(activity))
    return tuple(facts_for(state, who) for who in (_FULL, _BARE))


def _session(protocol: Protocol) -> SessionState:
    clock, ids = [_START], count(1)
    pen = Pen(lambda: clock[0], lambda: f"e{next(ids)}", "J. Rivera")
    log: list[Event] = [_started(pen, protocol)]
    log += [Joined(**pen.stamp(p.id), person=p, number=n) for n, p in enumerate(_people(), 1)]
    log += [Arrived(**pen.stamp(_FULL, _BARE), late=True)]
    clock[0] += timedelta(minutes=5)
    log += _here(pen)
    log += [event for measure in protocol.measures for event in words_of(measure).example(pen, _FULL, measure)]
    log += _cared(pen, protocol)
    clock[0] += timedelta(minutes=25)
    return fold([*log, Ended(**pen.stamp())])


def _started(pen: Pen, protocol: Protocol) -> Started:
    leader = Leader("J. Rivera", "OTR/L")
    return Started(**pen.stamp(), session="example", leader=leader, protocol=protocol, scales=DEFAULT_SCALES)


def _people() -> tuple[Person, ...]:
    full = Person(
        id=_FULL,
        name="Example Person",
        short_name="Example",
        pronouns="they",
        record_number="0000",
        goals=("G1 reach a shelf",),
        deficits=("weakness",),
        precautions=("gait belt",),
    )
    return full, Person(id=_BARE, name="Second Person", short_name="Second")


def _protocol(activity: str) -> Protocol:
    return Protocol(
        schema=1,
        id=activity,
        title="Example group",
        area="example",
        activity="an example activity",
        purposes=("an example purpose",),
        more_purposes=("a chosen purpose",),
        goal_links=("carrying groceries",),
        cues=("verbal", "tactile"),
        why_group="others set the pace",
        distance_ft=20,
        directions_steps=3,
        measures=tuple(measure for words in ALL_WORDS for measure in words.example_measures),
        grading=Ladder(lowest=-2, highest=2, easier=(Strategy(id="support", text="one-handed support"),)),
    )


def _here(pen: Pen) -> list[Event]:
    return [
        RestTotal(**pen.stamp(_FULL), minutes=4),
        Rested(**pen.stamp(_FULL), treated=True),
        Resumed(**pen.stamp(_FULL)),
        Linked(
            **pen.stamp(_FULL),
            goals=("G1 reach a shelf",),
            why="others set the pace",
            purposes=("a chosen purpose",),
            carry_over=("carrying groceries",),
        ),
    ]


def _cared(pen: Pen, protocol: Protocol) -> list[Event]:
    ways = tuple(s.id for s in protocol.strategies[-1:])
    lost = BalanceIncident(**pen.stamp(_FULL), outcome=Outcome.LOB, recovery=Recovery.CONTACT)
    return [
        CueGiven(**pen.stamp(_FULL), type=Cue.TACTILE, count=1, side=Side.LEFT),
        lost,
        BalanceDetail(**pen.stamp(_FULL), of=lost.id, direction="sideways", during="left tap"),
        BalanceWatched(**pen.stamp(_FULL), watched=True),
        Graded(**pen.stamp(_FULL), from_level=0, to_level=-1, strategies=ways, reason="fatigue", response="steadier"),
        Assistance(**pen.stamp(_FULL), level="contact-guard", helpers=2),
        Support(**pen.stamp(_FULL), text="a chair"),
        Difficulty(**pen.stamp(_FULL), what="activity", level="moderate"),
        Difficulty(**pen.stamp(_FULL), what="directions", level="minimal"),
        Pain(**pen.stamp(_FULL), score=1),
        Pain(**pen.stamp(_FULL), score=2),
        Exertion(**pen.stamp(_FULL), score=3),
        Exertion(**pen.stamp(_FULL), score=4.5),
        BalanceGrade(**pen.stamp(_FULL), position="standing", motion="dynamic", grade="Fair"),
        FunctionCode(**pen.stamp(_FULL), item="Toilet transfer", code="04"),
        Adverse(**pen.stamp(_FULL), text="Dizzy on turning."),
        Response(**pen.stamp(_FULL), text="Tired at the end."),
        Plan(**pen.stamp(_FULL), text="Same level next time."),
        Remark(**pen.stamp(_FULL), text="New shoes today."),
    ]
