"""Checklists: a key opens the items that are left; a letter begins one, the next letter tells what became of it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import Answer, CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.board.strip import Choice
from otgroup.record.course import Undone
from otgroup.record.fields import SideName
from otgroup.record.participant import Participant
from otgroup.record.parts.checklist import (
    OUTCOMES,
    ChecklistMeasure,
    Checklists,
    Item,
    ItemBegun,
    ItemOutcome,
    ItemTold,
    Tick,
)
from otgroup.record.protocol import Protocol

HELP: Final = "an item of a checklist"

_ON_CARD: Final[Mapping[ItemOutcome, str]] = {
    "with help": "help",
    "not done": "not done",
    "omitted": "omitted",
}
"""What a card says of the outcomes that are not simply done, each after its number."""


class ChecklistKeys(MeasureKeys[ChecklistMeasure, Checklists]):
    """Checklists: two letters an item, cues between them belong to it."""

    def answers(self) -> Mapping[MeasureAction, Answer[ChecklistMeasure]]:
        """Every key that steps something on or counts something."""
        tell = Answer(HELP, tell_item)
        return {"repetition": tell, "set": tell, "trial": tell}

    def footer(self, measure: ChecklistMeasure, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """The key that is a checklist's in most groups that count repetitions too."""
        return {"set": "item"}

    def cue_sides(self, measure: ChecklistMeasure) -> tuple[SideName, ...]:
        """It has no sides."""
        return ()

    def figures(self, measure: ChecklistMeasure, part: Checklists, view: CardView) -> CardRow:
        """`recipe 4 of 6 · 1 help`: the items done, with help or without, then what was not simply done."""
        stands = part.latest(measure.id).values()
        if not stands:
            return ()
        told = Counter(tick.outcome for tick in stands)
        done = str(told["done"] + told["with help"])
        others = "".join(f" · {told[outcome]} {word}" for outcome, word in _ON_CARD.items() if told[outcome])
        return ((f"{measure.id} ", "dim"), (done, "strong"), (f" of {len(measure.items)}{others}", "dim"))

    def under_way(self, part: Checklists, desk: Desk, now: datetime) -> CardRow:
        """The item that was begun: `recipe: stir`."""
        return ((_begun(part.open, desk), "accent"),) if part.open else ()

    def open_point(self, part: Checklists) -> str:
        """Items of which nobody has said what became."""
        number = len(part.untold)
        return f"{number} items: done?" if number > 1 else "item: done?" if number else ""

    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """What became of the oldest item that was begun and not told."""
        for tick in participant.checklists.untold[:1]:
            _offer_outcomes(desk, participant, tick)
            return True
        return False


def tell_item(desk: Desk, measure: ChecklistMeasure) -> None:
    """What became of the item that is under way; where none is, which one begins."""
    targets = desk.targets()
    if len(targets) > 1:
        desk.refuse(f"{measure.many} are not for everyone at once: choose one person")
        return
    for participant in targets:
        if participant.checklists.open:
            _offer_outcomes(desk, participant, participant.checklists.open)
        elif not participant.here:
            desk.refuse(f"{desk.name(participant)} is not here: o says when they are")
        elif not _offer_items(desk, participant, measure):
            desk.refuse(f"every item of {desk.name(participant)}'s {measure.one} is told: u takes the last one back")


def _offer_items(desk: Desk, participant: Participant, measure: ChecklistMeasure) -> bool:
    """The items that nobody has told yet, in the list's order; whether there are any."""
    latest = desk.state.participants[participant.person.id].checklists.latest(measure.id)
    told = {name for name, tick in latest.items() if tick.outcome}
    left = [item for item in measure.items if item.id not in told]
    choices: list[Choice] = [(item.text, partial(_begin, desk, participant, measure, item)) for item in left]
    desk.offer(f"{desk.name(participant)} {measure.one}:", choices)
    return bool(left)


def _begin(desk: Desk, participant: Participant, measure: ChecklistMeasure, item: Item) -> None:
    begun = ItemBegun(**desk.pen.stamp(participant.person.id), measure=measure.id, item=item.id)
    if desk.record(begun):
        _offer_outcomes(desk, participant, Tick(begun.id, measure.id, item.id, begun.at))


def _offer_outcomes(desk: Desk, participant: Participant, tick: Tick) -> None:
    """What became of an item, done on the first letter; the last one takes the item back for another."""
    outcomes: list[Choice] = [(outcome, partial(_tell, desk, participant, tick, outcome)) for outcome in OUTCOMES]
    another: Choice = ("no, another item", partial(_take_back, desk, participant, tick))
    desk.offer(f"{desk.name(participant)} {_begun(tick, desk)}:", [*outcomes, another])


def _tell(desk: Desk, participant: Participant, tick: Tick, outcome: ItemOutcome) -> None:
    """Keep it, then offer the items that are left, so that a list is told in two letters an item."""
    if desk.record(ItemTold(**desk.pen.stamp(participant.person.id), of=tick.id, outcome=outcome)):
        _offer_list_of(desk, participant, tick)


def _take_back(desk: Desk, participant: Participant, tick: Tick) -> None:
    """The item was not begun: which one was?"""
    if desk.record(Undone(**desk.pen.stamp(), event=tick.id)):
        _offer_list_of(desk, participant, tick)


def _offer_list_of(desk: Desk, participant: Participant, tick: Tick) -> None:
    measure = desk.state.protocol.measure(tick.measure)
    if isinstance(measure, ChecklistMeasure):
        _offer_items(desk, participant, measure)


def _begun(tick: Tick, desk: Desk) -> str:
    """`recipe: stir`."""
    measure = desk.state.protocol.measure(tick.measure)
    text = measure.item_text(tick.item) if isinstance(measure, ChecklistMeasure) else tick.item
    return f"{measure.one}: {text}"


KEYS: Final = ChecklistKeys()
