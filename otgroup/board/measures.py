"""The kinds of measures on the board: each one's keys, found by name, and what a key means for the one in use."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.record.measure import Measure
from otgroup.record.part import Part
from otgroup.record.participant import MEASURE_KINDS, Participant
from otgroup.record.protocol import AnyMeasure, Protocol

AnyKeys = MeasureKeys[Any, Any]

_PARTS: Final = "otgroup.board.parts"

_MISSING: Final = MappingProxyType[MeasureAction, str](
    {
        "repetition": "this group counts no repetitions",
        "left": "this group counts no repetitions",
        "right": "this group counts no repetitions",
        "set": "this group counts no sets",
        "trial": "this group has no trials",
        "clock": "this group has no clock",
    }
)
"""What is said where no measure of the group answers."""


def keys_for(kind: type[Measure[Any]]) -> AnyKeys:
    """The keys of a kind, from the module under its own module's name. Raises ImportError naming what to write."""
    name = kind.__module__.rpartition(".")[2]
    module = f"{_PARTS}.{name}"
    if find_spec(module) is None:
        raise ImportError(f"{kind.__name__} has no keys on the board: write {module.replace('.', '/')}.py")
    keys: AnyKeys = import_module(module).KEYS
    return keys


_KEYS: Final = MappingProxyType({kind: keys_for(kind) for kind in MEASURE_KINDS})

_BY_PART: Final = MappingProxyType[type[Part], AnyKeys](
    dict(
        sorted(((kind.held_in, keys) for kind, keys in _KEYS.items()), key=lambda pair: not pair[1].has_time),
    )
)
"""The same by the part of a record, what has a running time first."""


def keys_of(measure: AnyMeasure) -> AnyKeys:
    """The keys of a measure's kind."""
    return _KEYS[type(measure)]


# --- keys ----------------------------------------------------------------------------------------


def press_measure(desk: Desk, action: MeasureAction) -> None:
    """Do what an action means for the measure in use, or for the group's first that answers it."""
    measure = measure_in_use(desk, action)
    if measure:
        keys_of(measure).answers()[action].run(desk, measure)
    elif desk.targets():
        desk.refuse(_MISSING[action])


def measure_in_use(desk: Desk, action: MeasureAction) -> AnyMeasure | None:
    """The measure in use if its kind answers the action, else the group's first one that does."""
    protocol = desk.state.protocol
    measures = (protocol.measure(desk.measure), *protocol.measures)
    return next((measure for measure in measures if action in keys_of(measure).answers()), None)


def next_measure(desk: Desk) -> None:
    """Take the next measure of the group into use."""
    ids = [m.id for m in desk.state.protocol.measures]
    desk.measure = ids[(ids.index(desk.measure) + 1) % len(ids)]
    desk.say(f"now counting: {desk.state.protocol.measure(desk.measure).many}")


# --- words ---------------------------------------------------------------------------------------


def help_of(action: MeasureAction) -> str:
    """What an action does, whatever the group records."""
    answers = (keys.answers() for keys in dict.fromkeys(_KEYS.values()))
    return ", or ".join(own[action].help for own in answers if action in own)


def footer_labels(protocol: Protocol) -> dict[str, str]:
    """The actions that a group records by, each with its label."""
    labels = (keys_of(measure).footer(measure, protocol) for measure in protocol.measures)
    return {action: label for own in labels for action, label in own.items()}


# --- a participant's record ----------------------------------------------------------------------


def figures(measure: AnyMeasure, participant: Participant, view: CardView) -> CardRow:
    """The figures of one measure on a card; empty where there are none to show."""
    return keys_of(measure).figures(measure, participant.part(measure.held_in), view)


def under_way(participant: Participant, desk: Desk, now: datetime) -> CardRow:
    """What is under way for somebody: a running time first; empty where nothing is."""
    rows = (keys.under_way(participant.part(part), desk, now) for part, keys in _BY_PART.items())
    return next(filter(None, rows), ())


def open_points(participant: Participant) -> Iterator[str]:
    """What is left open on somebody's record."""
    return filter(None, (keys.open_point(participant.part(part)) for part, keys in _BY_PART.items()))


def ask_open(desk: Desk, participant: Participant) -> bool:
    """Ask for what is still open on somebody's record once the group has ended; whether anything was."""
    return any(keys.ask_open(desk, participant) for keys in _BY_PART.values())
