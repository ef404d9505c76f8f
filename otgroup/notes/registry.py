"""The words of every kind of measure. There is no list: each kind is looked up under the name of its own file."""

from collections.abc import Iterator
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import MeasureWords, Told, Unfinished
from otgroup.record.measure import Measure
from otgroup.record.participant import MEASURE_KINDS, Participant
from otgroup.record.state import SessionState

_PARTS: Final = "otgroup.notes.parts"


def words_for(kind: type[Measure[Any]]) -> MeasureWords[Any]:
    """The words of a kind of measure. Raises TypeError where nobody has written them."""
    name = f"{_PARTS}.{kind.__module__.rpartition('.')[2]}"
    try:
        words = import_module(name).WORDS
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise TypeError(f"no note can tell a {kind.__name__}: write {name.replace('.', '/')}.py") from error
    if not isinstance(words, MeasureWords):
        raise TypeError(f"{name}: WORDS must be an instance of MeasureWords")
    return words


_BY_KIND: Final = MappingProxyType({kind: words_for(kind) for kind in MEASURE_KINDS})

ALL_WORDS: Final[tuple[MeasureWords[Any], ...]] = tuple(dict.fromkeys(_BY_KIND.values()))
"""The words of all kinds, in the order of the parts of a record."""


def words_of(measure: Measure[Any]) -> MeasureWords[Any]:
    """The words of a measure's kind."""
    return _BY_KIND[type(measure)]


def work_of(record: Record) -> tuple[Told[Any], ...]:
    """What a participant did on every kind of measure on which anything was recorded."""
    made = ((words, words.facts(record)) for words in ALL_WORDS)
    return tuple(Told(words, facts) for words, facts in made if facts is not None)


def outside_of(p: Participant) -> str:
    """How cues are told that belong to nothing that was under way, beside those that do."""
    during = [cueing.trial for cueing in p.cues.given if cueing.trial]
    said = {words.outside for kind, words in _BY_KIND.items() if any(map(p.part(kind.held_in).holds, during))}
    return said.pop() if len(said) == 1 else MeasureWords.outside


def unfinished(p: Participant, state: SessionState) -> Iterator[Unfinished]:
    """Whatever was begun and never told to its end."""
    for words in ALL_WORDS:
        yield from words.unfinished(p, state)
