"""A kind of measure on the board: which keys it answers, and how card, footer, help and the end tell it.

A new kind is a class here's child in a file of its own in `parts/`, under the name of its file in `record/parts`,
which ends in `KEYS: Final = <its class>()`; what it lacks is found by mypy there. `measures` finds it.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar, Generic, Literal, NamedTuple, TypeVar

from otgroup.board.desk import Desk
from otgroup.record.fields import SideName
from otgroup.record.measure import Measure
from otgroup.record.part import Part
from otgroup.record.participant import Participant
from otgroup.record.protocol import Protocol
from otgroup.record.state import SessionState

_M = TypeVar("_M", bound=Measure[Any])
_P = TypeVar("_P", bound=Part)

CardRow = tuple[tuple[str, str], ...]
"""Texts, each with the name of its style."""

MeasureAction = Literal["repetition", "left", "right", "set", "trial", "clock"]
"""The board's actions that mean something else for each kind of measure, by their ids."""


class Answer(NamedTuple, Generic[_M]):
    """What an action does for a kind of measure: in the words of help, and on a desk."""

    help: str
    run: Callable[[Desk, _M], None]


class CardView(NamedTuple):
    """Where figures stand: in which session, whether their measure is in use, whether the card is narrow."""

    state: SessionState
    in_use: bool = False
    narrow: bool = False


class MeasureKeys(ABC, Generic[_M, _P]):
    """One kind of measure on the board. `_M` is the kind, `_P` the part of a record that holds it."""

    has_time: ClassVar[bool] = False
    """Whether time runs in what is under way: a card shows it before anything else."""

    @abstractmethod
    def answers(self) -> Mapping[MeasureAction, Answer[_M]]:
        """The actions it answers; one of another kind in the group gets the others."""

    @abstractmethod
    def footer(self, measure: _M, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """The actions that the footer names for a measure of a group, each with its label there."""

    @abstractmethod
    def cue_sides(self, measure: _M) -> tuple[SideName, ...]:
        """The sides that a cue may be for, where this is the group's main measure."""

    @abstractmethod
    def figures(self, measure: _M, part: _P, view: CardView) -> CardRow:
        """Its figures on a card; empty where there are none to show."""

    @abstractmethod
    def under_way(self, part: _P, desk: Desk, now: datetime) -> CardRow:
        """What is under way, for the card's line of it; empty where nothing is."""

    @abstractmethod
    def open_point(self, part: _P) -> str:
        """What is left open, as the end of the group names it; empty where nothing is."""

    @abstractmethod
    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """Ask for the oldest that is still open once the group has ended; whether there was anything to ask."""
