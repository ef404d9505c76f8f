"""Sessions for tests: a small play to write them with, and hypothesis strategies for random ones."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st

from otgroup.group.group_file import parse
from otgroup.record.course import Ended, Joined, Started
from otgroup.record.event import NOW, Event, Pen
from otgroup.record.fold import fold
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome, Recovery
from otgroup.record.parts.clocks import ClockEnded, ClockStarted, ClockTotal, IntervalMeasure, StopwatchMeasure
from otgroup.record.parts.counts import CountMeasure, Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated
from otgroup.record.parts.help import Assistance, Support
from otgroup.record.parts.presence import Absent, Arrived, Declined, Left, Rested, Resumed
from otgroup.record.parts.scores import Difficulty, Exertion, Pain
from otgroup.record.parts.trials import TrialMeasure, TrialOpened, TrialScored
from otgroup.record.parts.values import Value, ValueMeasure
from otgroup.record.parts.words import Plan, Remark, Response
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.sides import Side
from otgroup.record.state import SessionState

_E = TypeVar("_E", bound=Event)
ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("step-tap-align", "one-leg-stance", "baoding-balls", "functional-grasp")


def load_template(name: str) -> str | None:
    """The checkout's own templates."""
    path = ROOT / "templates" / name
    return path.read_text("utf-8") if path.is_file() else None


@cache
def shipped(group: str) -> Protocol:
    """A shipped group file as types."""
    path = ROOT / "groups" / f"{group}.toml"
    return parse(path.read_text("utf-8"), source=path.name)


class Play:
    """Writes a session's events as a leader would key them, with a clock that the test sets."""

    def __init__(
        self, protocol: Protocol, *, date: str = "2025-11-24", start: str = "10:00", mark: str = "s"
    ) -> None:
        self.date = date
        self.protocol = protocol
        self.now = self.time(start)
        ids = count(1)
        self.pen = Pen(lambda: self.now, lambda: f"{mark}{next(ids)}", "J. Rivera")
        leader = Leader("J. Rivera", "OTR/L")
        self.log: list[Event] = []
        self.add(Started, session=f"session-{mark}", leader=leader, protocol=protocol, scales=DEFAULT_SCALES)

    def time(self, hhmm: str) -> datetime:
        return datetime.fromisoformat(f"{self.date}T{hhmm}:00").replace(tzinfo=UTC)

    def at(self, hhmm: str, second: int = 0) -> "Play":
        self.now = self.time(hhmm) + timedelta(seconds=second)
        return self

    def add(self, kind: type[_E], *who: PersonId, **fields: Any) -> _E:
        event = kind(**self.pen.stamp(*who, at=fields.pop("at", NOW)), **fields)
        self.log.append(event)
        return event

    def join(self, *people: Person) -> None:
        for person in people:
            self.add(Joined, person.id, person=person, number=sum(isinstance(e, Joined) for e in self.log) + 1)

    def here(self, *people: Person, stated: bool = False) -> None:
        self.join(*people)
        self.add(Arrived, *(p.id for p in people), stated=stated)

    def taps(self, who: PersonId, number: int, measure: str, side: str | None = None) -> None:
        for _ in range(number):
            self.now += timedelta(seconds=1)
            self.add(Repetition, who, measure=measure, count=1, side=Side(side) if side else None)

    def attempt(
        self, who: PersonId, measure: str, image: int, *, attempt: int, recalled: int, verbal: int = 0
    ) -> None:
        trial = self.add(TrialOpened, who, measure=measure, image=image, attempt=attempt)
        for _ in range(verbal):
            self.add(CueGiven, who, type=Cue.VERBAL, count=1, trial=trial.id)
        self.add(TrialScored, who, of=trial.id, recalled=recalled)

    def state(self, end: str | None = None) -> SessionState:
        if end:
            self.at(end).add(Ended)
        return fold(self.log)


# --- random sessions -----------------------------------------------------------------------------

NAMES = (
    ("Ada Lindqvist", "Ada"), ("James Okoro", "James O."), ("Rosa Delgado", "Rosa"), ("Wen Zhao", "Wen Z."),
    ("Piotr Nowak", "Piotr"), ("Marguerite d'Arcy", "Margo"), ("Kofi Mensah", "Kofi"), ("Sean O'Neil", "Sean"),
    ("Bjork Ngata", "Bjork"), ("Tamsin Vale", "Tam"), ("Uri Katz", "Uri"), ("Leila Haddad", "Leila"),
)  # fmt: skip
WORDS = (
    "tired after the second round",
    "Felt good.",
    "wants to go on",
    '"My leg was shaky"',
    "less pain than before!",
)
Step = Callable[[Play], None]


def person(number: int, pronouns: str = "") -> Person:
    name, short = NAMES[number]
    return Person(id=PersonId(f"p{number}"), name=name, short_name=short, pronouns=pronouns)  # type: ignore[arg-type]


@st.composite
def people(draw: st.DrawFn) -> tuple[Person, ...]:
    size = draw(st.integers(1, 12))
    return tuple(person(n, draw(st.sampled_from(("she", "he", "they", "")))) for n in range(size))


def amounts() -> st.SearchStrategy[int]:
    return st.integers(0, 60)


def some_text() -> st.SearchStrategy[str]:
    return st.sampled_from(("", *WORDS))


@st.composite
def _measured(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    measure = draw(st.sampled_from(play.protocol.measures))
    match measure:
        case CountMeasure():
            _counted(draw, play, who, measure)
        case TrialMeasure():
            _tried(draw, play, who, measure)
        case IntervalMeasure() | StopwatchMeasure():
            _clocked(draw, play, who, measure)
        case ValueMeasure():
            play.add(Value, who, measure=measure.id, value=draw(st.floats(0, 100).map(lambda x: round(x, 1))))


def _side(draw: st.DrawFn, sides: tuple[str, ...]) -> Side | None:
    return Side(draw(st.sampled_from(sides))) if sides else None


def _counted(draw: st.DrawFn, play: Play, who: PersonId, m: CountMeasure) -> None:
    side = _side(draw, m.sides)
    at = draw(st.sampled_from((play.now, None)))
    if draw(st.booleans()):
        play.add(Repetition, who, measure=m.id, count=draw(amounts()), side=side, at=at)
    else:
        target = draw(st.none() | st.integers(1, 40))
        play.add(SetDone, who, measure=m.id, actual=draw(amounts()), target=target, side=side)


def _tried(draw: st.DrawFn, play: Play, who: PersonId, m: TrialMeasure) -> None:
    image = draw(st.integers(1, m.images)) if m.images else None
    trial = play.add(TrialOpened, who, measure=m.id, image=image, attempt=draw(st.integers(1, 5)))
    if draw(st.booleans()):
        play.add(CueGiven, who, type=draw(st.sampled_from(Cue)), count=draw(st.integers(1, 4)), trial=trial.id)
    if draw(st.booleans()):
        recalled, correct = draw(st.none() | st.integers(0, m.parts)), draw(st.none() | st.booleans())
        delay = draw(st.none() | st.integers(1, 30))
        play.add(TrialScored, who, of=trial.id, recalled=recalled, correct=correct, delay_s=delay)


def _clocked(draw: st.DrawFn, play: Play, who: PersonId, m: IntervalMeasure | StopwatchMeasure) -> None:
    side = _side(draw, m.sides) if isinstance(m, IntervalMeasure) else None
    target = draw(st.none() | st.just(m.target_s))
    if draw(st.booleans()):
        seconds = draw(st.integers(0, 900))
        play.add(ClockTotal, who, measure=m.id, seconds=seconds, side=side, target_s=target, at=None)
        return
    clock = play.add(ClockStarted, who, measure=m.id, side=side, target_s=target)
    play.now += timedelta(seconds=draw(st.integers(1, 300)))
    if draw(st.booleans()):
        how = draw(st.sampled_from(("done", "stopped")))
        play.add(ClockEnded, who, of=clock.id, how=how, reason=draw(some_text()))


def _cued(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    side = draw(st.none() | st.sampled_from(Side))
    cue = play.add(CueGiven, who, type=draw(st.sampled_from(Cue)), count=draw(st.integers(0, 9)), side=side)
    if draw(st.booleans()):
        play.add(CueDetail, who, of=cue.id, purpose=draw(st.sampled_from(("hip", "upright trunk"))))


def _graded(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    ways = [s.id for s in play.protocol.strategies]
    used = tuple(draw(st.lists(st.sampled_from(ways), max_size=2, unique=True))) if ways else ()
    start, end = draw(st.integers(-2, 2)), draw(st.integers(-2, 2))
    grade = play.add(Graded, who, from_level=start, to_level=end, strategies=used)
    if draw(st.booleans()):
        play.add(GradeDetail, who, of=grade.id, reason=draw(some_text()), response=draw(some_text()))


def _unbalanced(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    outcome, recovery = draw(st.none() | st.sampled_from(Outcome)), draw(st.none() | st.sampled_from(Recovery))
    number = draw(st.integers(0, 3))
    incident = play.add(BalanceIncident, who, outcome=outcome, recovery=recovery, count=number)
    if draw(st.booleans()):
        play.add(BalanceDetail, who, of=incident.id, direction="sideways", during="a turn", text=draw(some_text()))


def _rated(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    what = draw(st.sampled_from(("assist", "activity", "directions", "pain", "rpe", "level", "watched")))
    if what == "assist":
        level = draw(st.sampled_from(DEFAULT_SCALES.assistance)).id
        play.add(Assistance, who, level=level, helpers=draw(st.integers(1, 3)))
    elif what in ("activity", "directions"):
        play.add(Difficulty, who, what=what, level=draw(st.sampled_from(DEFAULT_SCALES.difficulty)).id)
    elif what == "pain":
        play.add(Pain, who, score=draw(st.integers(0, 10)))
    elif what == "rpe":
        play.add(Exertion, who, score=draw(st.sampled_from((0, 0.5, 3, 7.5, 10))))
    elif what == "level":
        play.add(LevelStated, who, level=draw(st.none() | st.integers(-2, 2)))
    else:
        play.add(BalanceWatched, who, watched=draw(st.none() | st.booleans()), steady=draw(st.booleans()))


def _said(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    kind = draw(st.sampled_from((Response, Plan, Remark, Support)))
    play.add(kind, who, text=draw(st.sampled_from(WORDS)))


def _presence(draw: st.DrawFn, play: Play, who: PersonId) -> None:
    kind = draw(st.sampled_from((Rested, Resumed, Left, Arrived, Absent, Declined)))
    reason = {"reason": draw(some_text())} if kind in (Left, Absent, Declined) else {}
    play.add(kind, who, **reason)


@st.composite
def sessions(draw: st.DrawFn) -> SessionState:
    """A random session of a shipped group, with anything a leader could have keyed."""
    play = Play(shipped(draw(st.sampled_from(SHIPPED))))
    everybody = draw(people())
    play.join(*everybody)
    here = [p for p in everybody if draw(st.integers(0, 9))]
    if here:
        play.add(Arrived, *(p.id for p in here), late=draw(st.booleans()), stated=draw(st.booleans()))
    kinds = st.sampled_from(("measure", "measure", "cue", "grade", "balance", "rate", "say", "presence"))
    for _ in range(draw(st.integers(0, 25))):
        play.now += timedelta(seconds=draw(st.integers(0, 120)))
        who = draw(st.sampled_from(everybody)).id
        _one(draw, play, who, draw(kinds))
    return play.state() if draw(st.booleans()) else _ended(play)


def _one(draw: st.DrawFn, play: Play, who: PersonId, kind: str) -> None:
    if kind == "measure":
        draw(_measured(play, who))
        return
    steps = {"cue": _cued, "grade": _graded, "balance": _unbalanced, "rate": _rated, "say": _said}
    steps.get(kind, _presence)(draw, play, who)


def _ended(play: Play) -> SessionState:
    play.now += timedelta(minutes=3)
    play.add(Ended)
    return play.state()
