"""Whatever is recorded can be read again: an event with one field of a wrong type or out of range is refused."""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otgroup.errors import Refused
from otgroup.group.group_file import parse
from otgroup.record import course
from otgroup.record.codec import EVENT_KINDS
from otgroup.record.event import Event, EventId
from otgroup.record.parts import (
    balance,
    checklist,
    clocks,
    counts,
    cues,
    decisions,
    goals,
    grading,
    presence,
    scores,
    trials,
    values,
    words,
)
from otgroup.record.parts import help as help_
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.store.folder import DataFolder
from otgroup.store.sessions import LiveSession
from tests.strategies import Play

GROUP = """
schema = 1
id = "all-sorts"
title = "All sorts"
area = "standing balance"
activity = "a little of everything"
purposes = ["standing balance"]
cues = ["verbal", "tactile"]
measures = [
    { id = "steps", kind = "count", one = "step", many = "steps", main = true },
    { id = "taps", kind = "count", one = "tap", many = "taps", sides = ["left", "right"] },
    { id = "picture", kind = "trial", one = "picture", many = "pictures", parts = 4, part = "detail", images = 3 },
    { id = "stand", kind = "interval", one = "stand", many = "stands", target_s = 60 },
    { id = "walk", kind = "stopwatch", one = "walk", many = "walks", target_s = 60 },
    { id = "reach", kind = "value", one = "reach", many = "reaches", unit = "cm" },
    { id = "recipe", kind = "checklist", one = "recipe", many = "recipes", items = [{ id = "stir", text = "stir" }] },
]

[grading]
lowest = -2
highest = 2
harder = [{ id = "foam", text = "standing on foam" }]
easier = [{ id = "chair", text = "holding a chair" }]
"""
ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")
CY = Person(id=PersonId("cy"), name="Cy Twombly", short_name="Cy T.")
Fields = dict[str, Any]
Before = Callable[[Play], Fields]


def plain(**fields: Any) -> Before:
    """The event's own fields; nothing has to happen before it."""
    return lambda _: fields


def after(kind: type[Event], *first: Fields, **fields: Any) -> Before:
    """The event follows one of that kind, and is a detail of it where it can be."""

    def before(play: Play) -> Fields:
        earlier = play.add(kind, *(() if issubclass(kind, course.SessionEvent) else (ADA.id,)), **(first or ({},))[0])
        return {name: earlier.id if value is ... else value for name, value in fields.items()}

    return before


SOUND: dict[type[Event], Before] = {
    course.Ended: plain(),
    course.Reopened: after(course.Ended),
    course.Voided: plain(reason="begun twice"),
    course.GroupPaused: plain(reason="fire alarm", assumed=False, fall=None),
    course.GroupResumed: after(course.GroupPaused),
    course.Joined: plain(person=CY, number=3),
    course.MachineClockSet: plain(seconds=-3600),
    course.Moved: after(scores.Pain, {"score": 3}, event=..., to=BEN.id),
    course.Undone: after(scores.Pain, {"score": 3}, event=...),
    presence.Arrived: after(presence.Left, late=True, stated=True),
    presence.Left: plain(reason="tired"),
    presence.Rested: plain(treated=False),
    presence.Resumed: after(presence.Rested),
    presence.Absent: plain(reason="ill"),
    presence.Declined: plain(reason="tired"),
    presence.RestTotal: plain(minutes=5),
    clocks.ClockStarted: plain(measure="stand", target_s=60, side=None),
    clocks.ClockEnded: after(clocks.ClockStarted, {"measure": "stand"}, of=..., how="done", reason=""),
    clocks.ClockDetail: after(clocks.ClockStarted, {"measure": "stand"}, of=..., pattern="clockwise"),
    clocks.ClockTotal: plain(measure="stand", seconds=30.5, target_s=60, side=None),
    balance.BalanceIncident: plain(outcome=balance.Outcome.LOB, recovery=balance.Recovery.ALONE, count=1),
    balance.BalanceDetail: after(
        balance.BalanceIncident,
        of=...,
        outcome=balance.Outcome.LOB,
        recovery=balance.Recovery.ALONE,
        direction="left",
        during="a turn",
        text="caught the rail",
    ),
    balance.BalanceWatched: plain(watched=True, steady=False),
    balance.BalanceGrade: plain(position="standing", motion="static", grade=DEFAULT_SCALES.balance[0]),
    checklist.ItemBegun: plain(measure="recipe", item="stir"),
    checklist.ItemTold: after(checklist.ItemBegun, {"measure": "recipe", "item": "stir"}, of=..., outcome="done"),
    checklist.ItemStated: plain(measure="recipe", item="stir", outcome="with help", cues=2),
    counts.Repetition: plain(measure="steps", count=3, side=None),
    counts.SetDone: plain(measure="steps", actual=12, target=15, side=None),
    cues.CueGiven: plain(type=cues.Cue.VERBAL, count=1, trial=None, side=None),
    cues.CueDetail: after(cues.CueGiven, {"type": cues.Cue.VERBAL, "count": 1}, of=..., side=None, purpose="hip"),
    grading.LevelStated: plain(level=1, strategies=("foam",), reason="as before"),
    grading.Graded: plain(from_level=0, to_level=1, strategies=("foam",), reason="easy", response="coped"),
    grading.GradeDetail: after(
        grading.Graded, {"from_level": 0, "to_level": 1}, of=..., strategy="foam", reason="easy", response="coped"
    ),
    trials.TrialOpened: plain(measure="picture", attempt=1, image=2),
    trials.TrialStepped: after(trials.TrialOpened, {"measure": "picture", "attempt": 1}, of=..., phase="walking"),
    trials.TrialScored: after(
        trials.TrialOpened, {"measure": "picture", "attempt": 1}, of=..., recalled=3, correct=False, delay_s=10.0
    ),
    values.Value: plain(measure="reach", value=20.5),
    help_.Assistance: plain(level=DEFAULT_SCALES.assistance[0].id, helpers=1),
    help_.Support: plain(text="chair back"),
    scores.Difficulty: plain(what="activity", level=DEFAULT_SCALES.difficulty[0].id),
    scores.Pain: plain(score=3),
    scores.Exertion: plain(score=3.5),
    scores.FunctionCode: plain(item="sit to stand", code=DEFAULT_SCALES.function[0].id),
    decisions.CodeCorrected: plain(code="97112", units=2, reason="balance was the aim", instead_of="97110"),
    decisions.AloneCoded: plain(minutes=10, code="97112", reason="alone"),
    decisions.ModifiersCorrected: plain(modifiers=("GP",), reason="setting"),
    goals.Linked: plain(goals=("stand",), why="peers", purposes=("balance",), carry_over=("kitchen",)),
    words.Adverse: plain(text="dizzy"),
    words.Response: plain(text="coped"),
    words.Plan: plain(text="go on"),
    words.Remark: plain(text="cheerful"),
    words.ReasonGiven: after(presence.Left, of=..., reason="tired"),
}
"""Every kind of event as it may be recorded."""

NO_TEXT = (5, True, b"x", ["a"], {"a": 1}, object(), None)
NOT_SHOWN = ("a\x1b[31m", "a\nb", "\u202ea", "\ud800", "x" * 5000)
NO_NUMBER = ("seven", "", b"7", [7], {}, object(), math.nan, math.inf, -math.inf)
NO_TIME = (datetime(2025, 11, 24, 10), datetime.min, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))  # noqa: DTZ001, DTZ901
OFTEN_TIME = ("10:00", 5, b"x", object())

WRONG: dict[type[Any], tuple[Any, ...]] = {
    str: (*NO_TEXT, *NOT_SHOWN),
    int: (*NO_NUMBER, 2.5, True, 10**30, -(10**30)),
    float: (*NO_NUMBER, True, 1e300, -1e300),
    bool: ("yes", 2, b"x", [True], object()),
    datetime: (*NO_TIME, *OFTEN_TIME),
    tuple: ("text", 5, {"a": 1}, (5,), (None,), ("a\x1b",), ("x" * 5000,), object()),
}
NAMES = ("of", "event", "to", "measure", "trial", "item")
AMOUNTS = ("count", "actual", "target", "target_s", "helpers", "units", "minutes", "score", "recalled", "delay_s")
PLACES = ("attempt", "image", "cues", "number")
NAMED: dict[str, tuple[Any, ...]] = {
    **dict.fromkeys(NAMES, ("", "nothing of that name")),
    **dict.fromkeys((*AMOUNTS, *PLACES), (-1, 10**6)),
    **dict.fromkeys(("level", "to_level"), (99, -99)),
    "from_level": (1000, -1000),
    "id": ("",),
    "fall": ("",),
    "participants": ((), ("",), ("nobody",), ["ada"]),
    "source": ("elsewhere", ""),
    "strategies": (("unknown",), ["foam"]),
    "person": tuple(msgspec.structs.replace(CY, **{k: v}) for k, v in (("id", ""), ("name", 5), ("pronouns", "x"))),
}
FREE = {(kind, "participants", ()) for kind in EVENT_KINDS if issubclass(kind, course.SessionEvent)} | {
    (words.ReasonGiven, "participants", ()),
    (scores.FunctionCode, "item", "nothing of that name"),
}
"""What may be as it is: a session's events name nobody, a pause's reason neither; what is scored is free text."""


def wrong_values(kind: type[Event], name: str) -> list[Any]:
    """Values that a field must never have."""
    field = next(f for f in msgspec.structs.fields(kind) if f.name == name)
    found: list[Any] = list(NAMED.get(name, ()))
    optional = False
    for sort in _sorts(field.type):
        optional = optional or sort is type(None)
        found += _never(sort)
    allowed = [sort for sort in _sorts(field.type) if isinstance(sort, type)]
    fitting = [value for value in found if not (value is None and optional)]
    fitting = [v for v in fitting if not (isinstance(v, bool) and bool in allowed)]
    return [v for v in fitting if not _free(kind, name, v)]


def _free(kind: type[Event], name: str, value: Any) -> bool:
    return any(kind is k and name == n and type(value) is type(v) and value == v for k, n, v in FREE)


def _sorts(hint: Any) -> list[Any]:
    """What a type is made of, without its names and bounds."""
    hint = getattr(hint, "__supertype__", hint)
    if get_origin(hint) is tuple:
        return [tuple]
    if hasattr(hint, "__metadata__"):
        return _sorts(hint.__origin__)
    if get_origin(hint) is Literal or not get_args(hint):
        return [hint]
    return [sort for part in get_args(hint) for sort in _sorts(part)]


def _never(sort: Any) -> tuple[Any, ...]:
    if get_origin(sort) is Literal or (isinstance(sort, type) and issubclass(sort, Enum)):
        return (*NO_TEXT, "unheard of")
    if isinstance(sort, type) and issubclass(sort, msgspec.Struct):
        return (*NO_TEXT, "x")
    return WRONG.get(sort, ())


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Iterator[DataFolder]:
    path: Path = tmp_path_factory.mktemp("guarded") / "data"
    with DataFolder.open(path, write=True, now=lambda: datetime(2025, 11, 24, 12, tzinfo=UTC)) as data:
        yield data


class Table:
    """A session in a data folder that stands where one kind of event may be recorded."""

    def __init__(self, folder: DataFolder, kind: type[Event], named: str = "guarded") -> None:
        mark = f"{named}-{kind.__struct_config__.tag}".replace("_", "-")
        self.folder, self.play = folder, Play(parse(GROUP, source="all.toml"), mark=mark)
        self.play.here(ADA, BEN)
        self.fields = SOUND[kind](self.play)
        own = issubclass(kind, course.SessionEvent)
        stamp = self.play.pen.stamp(*(() if own else (ADA.id,)))
        self.event = kind(**stamp, **self.fields)
        self.live: LiveSession = folder.sessions.start(self.play.log)
        self.journal = folder.path / "sessions" / f"{self.live.state.id}.journal"

    def refuses(self, event: Event) -> bool:
        before, content = self.live.state, self.journal.read_bytes()
        try:
            self.live.record(event)
        except Refused:
            return self.live.state is before and self.journal.read_bytes() == content
        return False

    @property
    def opens(self) -> bool:
        return self.folder.sessions.read(self.live.state.id) == self.live.state


@pytest.fixture(scope="module")
def tables(folder: DataFolder) -> dict[type[Event], Table]:
    return {}


def test_every_kind_is_tried() -> None:
    assert set(SOUND) | {course.Started} == set(EVENT_KINDS)


@pytest.mark.parametrize("kind", SOUND, ids=lambda kind: kind.__name__)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_field_takes_what_could_not_be_read_again(folder, tables, kind, data) -> None:
    if kind not in tables:
        tables[kind] = Table(folder, kind)
    table = tables[kind]
    name = data.draw(st.sampled_from([f.name for f in msgspec.structs.fields(kind)]))
    wrong = data.draw(st.sampled_from(wrong_values(kind, name)))
    assert table.refuses(msgspec.structs.replace(table.event, **{name: wrong})), (name, wrong)
    assert table.opens


@pytest.mark.parametrize("kind", SOUND, ids=lambda kind: kind.__name__)
def test_each_is_recorded_where_every_field_is_sound(folder, kind) -> None:
    table = Table(folder, kind, "sound")
    table.live.record(table.event)
    assert table.opens
    assert table.live.state.log[-1] == table.event


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("session", 5),
        ("session", "a\x1b"),
        ("leader", "J. Rivera"),
        ("leader", Leader(5)),  # type: ignore[arg-type]
        ("protocol", {"id": "all-sorts"}),
        ("scales", None),
        ("at", None),
        ("at", datetime(2025, 11, 24, 10)),  # noqa: DTZ001
        ("id", ""),
    ],
)
def test_no_session_starts_with_what_could_not_be_read_again(folder, name, wrong) -> None:
    started, *rest = Play(parse(GROUP, source="all.toml"), mark="never").log
    before = sorted(path.name for path in (folder.path / "sessions").iterdir())
    for begin in (folder.sessions.start, folder.sessions.save_whole):
        with pytest.raises(Refused):
            begin([msgspec.structs.replace(started, **{name: wrong}), *rest])
    assert sorted(path.name for path in (folder.path / "sessions").iterdir()) == before


def test_of_several_events_none_is_kept_where_one_is_refused(folder) -> None:
    table = Table(folder, scores.Pain, "several")
    content = table.journal.read_bytes()
    with pytest.raises(Refused):
        table.live.record(table.event, msgspec.structs.replace(table.event, id=EventId("x"), score=11))
    assert table.journal.read_bytes() == content
