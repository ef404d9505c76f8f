"""What the notes must know of a kind of measure: its facts, its sentences, its figures.

A new kind has a file in `notes/parts`, of the same name as its file in `record/parts`, that ends in `WORDS`: an
instance of a child of `MeasureWords`. What it lacks is found by mypy; a kind without a file, at start.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec

from otgroup.notes.english.grammar import Voice
from otgroup.notes.entry import FigureEntry
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.record import Record
from otgroup.notes.signing.rules import Kind
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState

_F = TypeVar("_F", bound=msgspec.Struct)


class Pair(NamedTuple):
    """The same figure then and now; `timed` says that it is seconds."""

    name: str
    then: Figure
    now: Figure
    timed: bool = False


class Unfinished(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was begun and never told to its end: how the review finds it, and where a note lacks it how
    the summary of a batch says so and the index counts it.
    """

    finding: Kind
    key: str
    text: str
    remark: str = ""
    one: str = ""
    many: str = ""


class Impossible(NamedTuple):
    """Something recorded that cannot be: how the review finds it."""

    finding: Kind
    key: str
    text: str


class MeasureWords(ABC, Generic[_F]):
    """One kind of measure in the notes. `_F` are its facts: a frozen struct, each figure with its events."""

    by_name: ClassVar[bool] = False
    """Whether templates tell it by a name of its own, such as `f.counts`; any other is told with `f.others`."""
    outside: ClassVar[str] = "apart from these"
    """What is said of cues that belong to none of it, where others do."""

    @property
    def name(self) -> str:
        """The name of its file: counts, trials."""
        return type(self).__module__.rpartition(".")[2]

    @abstractmethod
    def facts(self, record: Record) -> _F | None:
        """What is true of one participant, every figure with its events; None where nothing was recorded."""

    @abstractmethod
    def individual(self, facts: _F) -> bool:
        """Whether these hold anything of the participant's own work."""

    @abstractmethod
    def sentences(self, facts: _F, p: Voice) -> str:
        """What was done, in whole sentences."""

    @abstractmethod
    def in_brief(self, facts: _F, p: Voice) -> str:
        """The same in few words, in whole sentences."""

    @abstractmethod
    def pairs(self, then: _F, now: _F) -> Iterable[Pair]:
        """The figures that may be set beside those of the last session."""

    @abstractmethod
    def entries(self, facts: _F) -> Iterator[FigureEntry]:
        """Every figure by itself, in the order of a note."""

    @abstractmethod
    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """What of it was begun and never told to its end."""

    @abstractmethod
    def impossible(self, facts: _F) -> Iterator[Impossible]:
        """What of it cannot be."""

    @property
    @abstractmethod
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """Made-up measures that templates are tried on."""

    @abstractmethod
    def example(self, pen: Pen, who: PersonId, measure: Any) -> list[Event]:
        """Made-up events of everything a note may say of such a measure."""


class Told(msgspec.Struct, Generic[_F], frozen=True):
    """What a participant did on the measures of one kind, with the words for it."""

    words: MeasureWords[_F]
    facts: _F

    @property
    def individual(self) -> bool:
        """Whether it holds anything of the participant's own work."""
        return self.words.individual(self.facts)

    @property
    def entries(self) -> Iterator[FigureEntry]:
        """Its figures, each by itself."""
        return self.words.entries(self.facts)

    @property
    def impossible(self) -> Iterator[Impossible]:
        """What of it cannot be."""
        return self.words.impossible(self.facts)

    def sentences(self, p: Voice) -> str:
        """What was done."""
        return self.words.sentences(self.facts, p)

    def in_brief(self, p: Voice) -> str:
        """The same in few words."""
        return self.words.in_brief(self.facts, p)

    def pairs(self, before: "Iterable[Told[Any]]") -> Iterator[Pair]:
        """Its figures beside those of the last session, where that has the same kind."""
        for then in before:
            if then.words is self.words:
                yield from self.words.pairs(then.facts, self.facts)
