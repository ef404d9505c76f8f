"""A checklist: named items, each done, done with help, not done or omitted, with cues beside the item."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, ClassVar, Final, Literal, get_args

import msgspec
from msgspec import Meta

from otgroup.characters import either, shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId
from otgroup.record.fields import ColumnName, Text
from otgroup.record.measure import Flaw, Measure
from otgroup.record.part import Basis, Detail, Elapsed, Part, PartEvent, WorkPart, changed_one, iso_moment
from otgroup.record.tally_row import TallyRow
from otgroup.written import HIGHEST_COUNT, parse_count

ItemOutcome = Literal["done", "with help", "not done", "omitted"]

OUTCOMES: Final[tuple[ItemOutcome, ...]] = get_args(ItemOutcome)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do: a step of a recipe, a pill to sort; `text` reads well as "fill the kettle"."""

    id: ColumnName
    text: Text


class Tick(msgspec.Struct, frozen=True):
    """What became of one item: open while nobody has said. `cues` only as a sheet gave them."""

    id: EventId
    measure: str
    item: str
    at: datetime | None
    outcome: ItemOutcome | None = None
    cues: int | None = None


class Checklists(WorkPart, frozen=True):
    """What a participant did of each list, oldest first."""

    entries: tuple[Tick, ...] = ()

    def of(self, measure: str) -> tuple[Tick, ...]:
        """The entries of one list."""
        return tuple(tick for tick in self.entries if tick.measure == measure)

    def find(self, tick: EventId) -> Tick | None:
        """The entry that an event made."""
        return next((one for one in reversed(self.entries) if one.id == tick), None)

    def latest(self, measure: str) -> dict[str, Tick]:
        """What stands last of each item of a list that was begun or told; others are missing."""
        return {tick.item: tick for tick in self.of(measure)}

    @property
    def open(self) -> Tick | None:
        """The item that is under way, if one is."""
        return self.entries[-1] if self.entries and self.entries[-1].outcome is None else None

    @property
    def untold(self) -> tuple[Tick, ...]:
        """Every item that was begun and not told, oldest first: one given to them may be older than the last."""
        return tuple(tick for tick in self.entries if tick.outcome is None)

    @property
    def open_attempt(self) -> EventId | None:
        """The item that is under way: a cue given now belongs to it."""
        return self.open.id if self.open else None

    @property
    def work(self) -> tuple[Tick, ...]:
        """Every item begun or told."""
        return self.entries


class Ticked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One item in the JSON."""

    item: str
    at: str | None = None
    outcome: str | None = None
    cues: int | None = None


class ChecklistMeasure(Measure[Checklists], frozen=True, kw_only=True, tag="checklist"):
    """Named items, each done, done with help, not done or omitted."""

    held_in: ClassVar[type[Part]] = Checklists

    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=30)]

    def item_text(self, item_id: str) -> str:
        """The words of an item; one the list does not have stands for itself."""
        return next((item.text for item in self.items if item.id == item_id), item_id)

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>_<item>` and `<id>_<item>_cues` for each item."""
        stems = (f"{measure_id}_{name}" for name in _item_ids(keys.get("items")))
        return tuple(column for stem in stems for column in (stem, f"{stem}_cues"))

    @classmethod
    def flaws(cls, keys: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> Iterator[Flaw]:
        """No two items share an id or a column."""
        seen: set[str] = set()
        for name in _item_ids(keys.get("items")):
            if seen & {name, f"{name}_cues", name.removesuffix("_cues")}:
                yield Flaw("items", f"two items share the column {shown(name)}", "give one another id")
            seen.add(name)

    def read(self, row: TallyRow) -> Iterator[Event]:
        """What became of each item, and the cues beside it."""
        for item in self.items:
            column, cues_column = f"{self.id}_{item.id}", f"{self.id}_{item.id}_cues"
            outcome, cues = _outcome(row[column], column), _cues(row[cues_column], cues_column)
            if outcome is not None:
                yield ItemStated(**row.stamp(), measure=self.id, item=item.id, outcome=outcome, cues=cues)
            elif cues is not None:
                raise BadInput(
                    f"{cues_column}: is filled in although {column} is empty, fill that in too or clear it"
                )

    def recorded(self, part: Checklists, elapsed: Elapsed) -> list[Ticked] | None:
        """Every entry in its order."""
        found = [Ticked(item=t.item, at=iso_moment(t.at), outcome=t.outcome, cues=t.cues) for t in part.of(self.id)]
        return found or None

    def text(self, part: Checklists, elapsed: Elapsed) -> str:
        """`fill the kettle done; stir with help, 2 cues`."""
        return "; ".join(map(self._told, part.of(self.id)))

    def _told(self, tick: Tick) -> str:
        return f"{self.item_text(tick.item)} {tick.outcome or 'begun'}{_cues_text(tick.cues)}"


def _cues_text(cues: int | None) -> str:
    return "" if cues is None else f", {cues} cue{'' if cues == 1 else 's'}"


def _item_ids(items: object) -> list[str]:
    """The ids in a list that may still have wrong types, or of items that are read already."""
    if not isinstance(items, list | tuple):
        return []
    ids = [item.get("id") if isinstance(item, dict) else getattr(item, "id", None) for item in items]
    return [name for name in ids if isinstance(name, str)]


def _outcome(cell: str, column: str) -> ItemOutcome | None:
    word = " ".join(cell.casefold().split())
    found = next((outcome for outcome in OUTCOMES if word in (outcome, outcome.removeprefix("with "))), None)
    if word and found is None:
        raise BadInput(f"{column}: {shown(cell)} is not known, use {either(OUTCOMES)}")
    return found


def _cues(cell: str, column: str) -> int | None:
    return parse_count(cell, column) if cell else None


# --- events ------------------------------------------------------------------------------------------


def _no_item(measure_id: str, item: str, basis: Basis) -> str | None:
    measure = basis.protocol.find(measure_id)
    if not isinstance(measure, ChecklistMeasure):
        return "this group has no checklist"
    known = any(one.id == item for one in measure.items)
    return None if known else f"{measure.one} has no item {shown(item)}"


class ItemBegun(PartEvent[Checklists], frozen=True, kw_only=True, omit_defaults=True):
    """An item is under way; cues given meanwhile belong to it."""

    part: ClassVar[type[Part]] = Checklists

    measure: str
    item: str

    def changed(self, part: Checklists, basis: Basis) -> Checklists:
        """One more entry, open."""
        return Checklists((*part.entries, Tick(self.id, self.measure, self.item, self.at)))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such item."""
        return _no_item(self.measure, self.item, basis)

    def told(self, part: Checklists | None, basis: Basis) -> str:
        """Say which: `recipe: fill the kettle`."""
        measure = basis.protocol.find(self.measure)
        text = measure.item_text(self.item) if isinstance(measure, ChecklistMeasure) else self.item
        return f"{basis.protocol.one_of(self.measure)}: {text}"


class ItemTold(Detail[Checklists], frozen=True, kw_only=True, omit_defaults=True):
    """What became of the item that was begun."""

    part: ClassVar[type[Part]] = Checklists

    outcome: ItemOutcome

    def changed(self, part: Checklists, basis: Basis) -> Checklists:
        """The entry with its outcome."""
        return Checklists(changed_one(part.entries, self.of, outcome=self.outcome))

    def told(self, part: Checklists | None, basis: Basis) -> str:
        """Say which item and what became of it: `stir: with help`."""
        tick = part.find(self.of) if part else None
        measure = basis.protocol.find(tick.measure) if tick else None
        if tick is None or not isinstance(measure, ChecklistMeasure):
            return str(self.outcome)
        return f"{measure.item_text(tick.item)}: {self.outcome}"


class ItemStated(PartEvent[Checklists], frozen=True, kw_only=True, omit_defaults=True):
    """What became of an item, told at once, with the cues beside it where a sheet gave them."""

    part: ClassVar[type[Part]] = Checklists

    measure: str
    item: str
    outcome: ItemOutcome
    cues: int | None = None

    def changed(self, part: Checklists, basis: Basis) -> Checklists:
        """One more entry, told."""
        return Checklists((*part.entries, Tick(self.id, self.measure, self.item, self.at, self.outcome, self.cues)))

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such item, or nobody gives so many cues."""
        if self.cues is not None and not 0 <= self.cues <= HIGHEST_COUNT:
            return f"cues go from 0 to {HIGHEST_COUNT}"
        return _no_item(self.measure, self.item, basis)

    def told(self, part: Checklists | None, basis: Basis) -> str:
        """Say which item and what became of it."""
        measure = basis.protocol.find(self.measure)
        text = measure.item_text(self.item) if isinstance(measure, ChecklistMeasure) else self.item
        return f"{text}: {self.outcome}{_cues_text(self.cues)}"
