"""Made-up records that templates are tried on: one that holds everything, one that holds next to nothing."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Final

from otgroup.notes.facts import Facts, facts_for
from otgroup.session import events as ev
from otgroup.session.fold import fold
from otgroup.session.people import Leader, Person, PersonId
from otgroup.session.protocol import (
    AnyMeasure,
    CountMeasure,
    IntervalMeasure,
    Ladder,
    Protocol,
    Strategy,
    TrialMeasure,
    ValueMeasure,
)
from otgroup.session.scales import DEFAULT_SCALES
from otgroup.session.state import SessionState

_START: Final = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)
_FULL: Final = PersonId("example-full")
_BARE: Final = PersonId("example-bare")
_LINKED: Final = {
    "goals": ("G1 reach a shelf",),
    "why": "others set the pace",
    "purposes": ("a chosen purpose",),
    "carry_over": ("carrying groceries",),
}


def example_facts(template: str, own: Protocol | None = None) -> tuple[Facts, ...]:
    """Facts of a full and of a nearly empty record; for `activities/ID.j2` they are of that activity, and with a
    group's `own` protocol they are of that group.
    """
    activity = template.removeprefix("activities/").removesuffix(".j2") if "/" in template else "example"
    state = _session(own or _protocol(activity))
    return tuple(facts_for(state, who) for who in (_FULL, _BARE))


def _session(protocol: Protocol) -> SessionState:
    clock, ids = [_START], count(1)
    pen = ev.Pen(lambda: clock[0], lambda: f"e{next(ids)}", "J. Rivera")
    log: list[ev.Event] = [_started(pen, protocol)]
    log += [pen.write(ev.Joined, p.id, person=p, number=n) for n, p in enumerate(_people(), 1)]
    log += [pen.write(ev.Arrived, _FULL, _BARE, late=True)]
    clock[0] += timedelta(minutes=5)
    log += _here(pen)
    log += [event for measure in protocol.measures for event in _measured(pen, measure)]
    log += _cared(pen, protocol)
    clock[0] += timedelta(minutes=25)
    return fold([*log, pen.write(ev.Ended)])


def _started(pen: ev.Pen, protocol: Protocol) -> ev.Started:
    leader = Leader("J. Rivera", "OTR/L")
    return pen.write(ev.Started, session="example", leader=leader, protocol=protocol, scales=DEFAULT_SCALES)


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
        measures=(
            CountMeasure(id="taps", one="tap", many="taps", sides=("left", "right"), side_means="tapping foot"),
            CountMeasure(id="steps", one="step", many="steps"),
            TrialMeasure(id="image", one="picture", many="pictures", parts=3, part="part", images=2),
            IntervalMeasure(id="work", one="interval", many="intervals"),
            ValueMeasure(id="load", one="load", many="loads", unit="lb"),
        ),
        grading=Ladder(lowest=-2, highest=2, easier=(Strategy(id="support", text="one-handed support"),)),
    )


def _here(pen: ev.Pen) -> list[ev.Event]:
    return [
        pen.write(ev.RestTotal, _FULL, minutes=4),
        pen.write(ev.Rested, _FULL, treated=True),
        pen.write(ev.Resumed, _FULL),
        pen.write(ev.Linked, _FULL, **_LINKED),
    ]


def _measured(pen: ev.Pen, measure: AnyMeasure) -> list[ev.Event]:
    """Something of every kind of measure."""
    match measure:
        case CountMeasure(sides=()):
            return [pen.write(ev.Repetition, _FULL, measure=measure.id, count=12)]
        case CountMeasure():
            done = pen.write(ev.SetDone, _FULL, measure=measure.id, side=ev.Side.RIGHT, actual=9, target=10)
            return [pen.write(ev.Repetition, _FULL, measure=measure.id, side=ev.Side.LEFT, count=1), done]
        case TrialMeasure():
            return _tried(pen, measure)
        case ValueMeasure():
            return [pen.write(ev.Value, _FULL, measure=measure.id, value=2.5)]
        case _:
            seconds = (120, 85)
            return [pen.write(ev.ClockTotal, _FULL, measure=measure.id, seconds=s, target_s=120) for s in seconds]


def _tried(pen: ev.Pen, measure: TrialMeasure) -> list[ev.Event]:
    trial = pen.write(ev.TrialOpened, _FULL, measure=measure.id, image=1 if measure.images else None, attempt=1)
    recalled = min(2, measure.parts)
    return [
        trial,
        pen.write(ev.CueGiven, _FULL, type=ev.Cue.VERBAL, count=2, trial=trial.id),
        pen.write(ev.TrialScored, _FULL, of=trial.id, recalled=recalled, correct=True, delay_s=9),
    ]


def _cared(pen: ev.Pen, protocol: Protocol) -> list[ev.Event]:
    ways = tuple(s.id for s in protocol.strategies[-1:])
    lost = pen.write(ev.BalanceIncident, _FULL, outcome=ev.Outcome.LOB, recovery=ev.Recovery.CONTACT)
    return [
        pen.write(ev.CueGiven, _FULL, type=ev.Cue.TACTILE, count=1, side=ev.Side.LEFT),
        lost,
        pen.write(ev.BalanceDetail, _FULL, of=lost.id, direction="sideways", during="left tap"),
        pen.write(ev.BalanceWatched, _FULL, watched=True),
        pen.write(
            ev.Graded,
            _FULL,
            from_level=0,
            to_level=-1,
            strategies=ways,
            reason="fatigue",
            response="steadier",
        ),
        pen.write(ev.Assistance, _FULL, level="contact-guard", helpers=2),
        pen.write(ev.Support, _FULL, text="a chair"),
        pen.write(ev.Difficulty, _FULL, what="activity", level="moderate"),
        pen.write(ev.Difficulty, _FULL, what="directions", level="minimal"),
        pen.write(ev.Pain, _FULL, score=1),
        pen.write(ev.Pain, _FULL, score=2),
        pen.write(ev.Exertion, _FULL, score=3),
        pen.write(ev.Exertion, _FULL, score=4.5),
        pen.write(ev.BalanceGrade, _FULL, position="standing", motion="dynamic", grade="Fair"),
        pen.write(ev.FunctionCode, _FULL, item="Toilet transfer", code="04"),
        pen.write(ev.Adverse, _FULL, text="Dizzy on turning."),
        pen.write(ev.Response, _FULL, text="Tired at the end."),
        pen.write(ev.Plan, _FULL, text="Same level next time."),
        pen.write(ev.Remark, _FULL, text="New shoes today."),
    ]
