"""A kind of measure: what a group file says of it, and everything the record must know of it.

A new kind is a class here's child in a file of its own in `parts/`, with its events and its part; what it lacks is
found by mypy and when it is made. Its words stand in `notes/parts`, its keys in `board/parts`, under the same name.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypeVar

import msgspec

from otgroup.characters import either, shown
from otgroup.record.event import AbstractStruct, Event
from otgroup.record.fields import ColumnName, SideName, Text
from otgroup.record.part import Elapsed, Part

if TYPE_CHECKING:
    from otgroup.record.tally_row import TallyRow

_P = TypeVar("_P", bound=Part)


class Flaw(NamedTuple):
    """Something wrong with a key of a measure, and how to mend it."""

    key: str
    what: str
    mend: str


class Measure(msgspec.Struct, Generic[_P], frozen=True, kw_only=True, tag_field="kind", metaclass=AbstractStruct):
    """Something recorded for each participant; `one` and `many` are its words after a number."""

    held_in: ClassVar[type[Part]]
    """The part of a record that holds what was recorded of it."""

    id: ColumnName
    one: Text
    many: Text
    main: bool = False

    @property
    def kind(self) -> str:
        """The word the file uses for this sort of measure."""
        return str(self.__struct_config__.tag)

    def word(self, number: float) -> str:
        """The noun that fits the number: 1 toe tap, 2 toe taps."""
        return self.one if number == 1 else self.many

    @property
    def side_names(self) -> tuple[SideName, ...]:
        """The sides it is recorded on; none where it has none."""
        return ()

    @property
    def side_word(self) -> str:
        """What left and right name, where it has sides: tapping foot."""
        return ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The tally sheet's columns for it."""
        return self.columns_for(self.id, msgspec.structs.asdict(self))

    @classmethod
    @abstractmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """The columns of a measure with these keys, which may still have wrong types."""

    @classmethod
    def flaws(cls, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator["Flaw"]:
        """What its keys must not mean, beside those of the file's `others`; they may still have wrong types."""
        return iter(())

    @abstractmethod
    def read(self, row: "TallyRow") -> Iterator[Event]:
        """The events that the filled cells of its columns make. Raises BadInput naming the column."""

    def beyond(self, part: _P, treated_s: float) -> str | None:
        """Why what a sheet gives of it cannot be, of somebody treated for so many seconds; None where it can."""
        return None

    @abstractmethod
    def recorded(self, part: _P, elapsed: Elapsed) -> Any:
        """What `otgroup show --json` says of it; None where nothing was recorded."""

    @abstractmethod
    def text(self, part: _P, elapsed: Elapsed) -> str:
        """What `otgroup show` says of it on one line; empty where nothing was recorded."""


def numbered(stem: str) -> tuple[str, ...]:
    """The columns of what a row has several places for: sets_1 to sets_9."""
    return tuple(f"{stem}_{place}" for place in range(1, PLACES + 1))


PLACES = 9
"""Attempts or intervals one row of the sheet has room for."""


def side_flaws(keys: Mapping[str, Any]) -> Iterator[Flaw]:
    """A sided measure has both sides, once each; and only a sided one says what they mean."""
    sides = keys.get("sides")
    means_nothing = Flaw("side_means", "there are no sides to mean", 'add sides = ["left", "right"]')
    if isinstance(sides, list) and all(side in ("left", "right") for side in sides):
        if sides and sorted(sides) != ["left", "right"]:
            yield Flaw(
                "sides", "does not name both sides once", 'write sides = ["left", "right"], or leave sides out'
            )
        elif not sides and "side_means" in keys:
            yield means_nothing
    elif "side_means" in keys and sides is None:
        yield means_nothing


def link_flaws(key: str, kind: str, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator[Flaw]:
    """A key that must name another measure of a kind."""
    linked = keys.get(key)
    known = [name for other in others if other.get("kind") == kind and isinstance(name := other.get("id"), str)]
    ids = list(dict.fromkeys(name for name in known if name != keys.get("id")))
    if isinstance(linked, str) and linked not in ids:
        mend = f"use {either(map(shown, ids[:12]))}" if ids else f"add that measure, or remove {key}"
        yield Flaw(key, f"{shown(linked)} is not another {kind} measure here", mend)
