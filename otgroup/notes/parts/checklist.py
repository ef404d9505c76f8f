"""A checklist in the notes: what became of each item, and the cues beside it; nothing of an item nobody told."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

import msgspec

from otgroup.notes.english.cues import cue_phrase
from otgroup.notes.english.grammar import Voice, counted, in_turn, listed, no_or, noun, numeral
from otgroup.notes.english.typed import capital, phrase
from otgroup.notes.entry import FigureEntry, cue_entries, figure_entries
from otgroup.notes.facts.cues import cue_sums
from otgroup.notes.facts.figures import Events, Figure
from otgroup.notes.facts.kinds import CueTypeFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import Impossible, MeasureWords, Pair, Unfinished
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.parts.checklist import (
    OUTCOMES,
    ChecklistMeasure,
    Item,
    ItemBegun,
    ItemOutcome,
    ItemStated,
    ItemTold,
    Tick,
)
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class OutcomeFacts(msgspec.Struct, frozen=True):
    """What was told of an item at one time."""

    outcome: ItemOutcome
    events: Events


class ItemFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One item that was begun or told: what became of it each time, the cues beside it, and those a sheet counted."""

    text: str
    told: tuple[OutcomeFacts, ...]
    cues: tuple[CueTypeFacts, ...] = ()
    sheet_cues: Figure | None = None

    @property
    def outcome(self) -> ItemOutcome | None:
        """What was told last."""
        return self.told[-1].outcome if self.told else None


class ListFacts(msgspec.Struct, frozen=True, kw_only=True):
    """One list: how many items it has, those that were begun or told, how many ended each way, how many were done
    without help (a 0 comes from what was told of all), and the 0 that a sheet stated of cues.
    """

    measure: str
    one: str
    length: int
    items: tuple[ItemFacts, ...]
    recorded: Figure | None
    ended: tuple[tuple[ItemOutcome, Figure], ...]
    done: Figure | None
    uncued: Figure | None = None

    @property
    def whole(self) -> bool:
        """Whether something was told of every item."""
        return self.recorded is not None and self.recorded.value == self.length

    def that(self, outcome: ItemOutcome) -> str:
        """The items that ended so."""
        return listed(phrase(i.text) for i in self.items if i.outcome == outcome)


class ChecklistFacts(msgspec.Struct, frozen=True):
    """What became of the lists' items."""

    lists: tuple[ListFacts, ...]


class ChecklistWords(MeasureWords[ChecklistFacts]):
    """Named items, each done, done with help, not done or omitted."""

    def facts(self, record: Record) -> ChecklistFacts | None:
        """Every list of which anything was begun or told, in the group file's order."""
        lists = (_list(record, m) for m in record.protocol.measures if isinstance(m, ChecklistMeasure))
        made = tuple(one for one in lists if one)
        return ChecklistFacts(made) if made else None

    def individual(self, facts: ChecklistFacts) -> bool:
        """An item that was told is theirs."""
        return any(one.recorded for one in facts.lists)

    def sentences(self, facts: ChecklistFacts, p: Voice) -> str:
        """Of the 6 items of the recipe, she did 4, did 1 with help (stir) and left out 1 (set the timer)."""
        return _joined([*_done(one, p), *_again(one), *_cued(one.items), *_sheet_cues(one)] for one in facts.lists)

    def in_brief(self, facts: ChecklistFacts, p: Voice) -> str:
        """The same; the cues that were recorded by type are told with all others."""
        return _joined([*_done(one, p), *_sheet_cues(one)] for one in facts.lists)

    def pairs(self, then: ChecklistFacts, now: ChecklistFacts) -> Iterator[Pair]:
        """What was done without help, where something was told of the whole list both times."""
        before = {one.measure: one for one in then.lists if one.whole}
        for one in now.lists:
            earlier = before.get(one.measure)
            if earlier and earlier.done and one.done and one.whole and earlier.length == one.length:
                yield Pair(f"{one.one} items done without help", earlier.done, one.done)

    def entries(self, facts: ChecklistFacts) -> Iterator[FigureEntry]:
        """How many ended each way, then each item with its cues."""
        for one in facts.lists:
            for outcome, figure in one.ended:
                yield from figure_entries(one.one, outcome, figure, "items")
            for item in one.items:
                yield from _entries(one.one, item)

    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """What was begun and never told; and of a list that was begun, the items of which nothing was recorded."""
        for measure in state.protocol.measures:
            if isinstance(measure, ChecklistMeasure) and (ticks := p.checklists.of(measure.id)):
                yield from _open(measure, ticks, state)
                yield from _untold(measure, ticks)

    def impossible(self, facts: ChecklistFacts) -> Iterator[Impossible]:
        """An item that is not on the list is refused where it is recorded."""
        return iter(())

    @property
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """A recipe of three steps."""
        texts = ("fill the kettle", "stir", "set the timer")
        items = tuple(Item(id=text.split()[-1], text=text) for text in texts)
        return (ChecklistMeasure(id="recipe", one="recipe", many="recipes", items=items),)

    def example(self, pen: Pen, who: PersonId, measure: ChecklistMeasure) -> list[Event]:
        """The first item begun, cued and done with help; the others told at once, each in another way."""
        first, *others = measure.items
        begun = ItemBegun(**pen.stamp(who), measure=measure.id, item=first.id)
        stated = [
            ItemStated(**pen.stamp(who), measure=measure.id, item=item.id, outcome=OUTCOMES[n % 4], cues=n % 3)
            for n, item in enumerate(others)
        ]
        return [
            begun,
            CueGiven(**pen.stamp(who), type=Cue.VERBAL, count=2, trial=begun.id),
            ItemTold(**pen.stamp(who), of=begun.id, outcome="with help"),
            *stated,
        ]


# --- facts -------------------------------------------------------------------------------------------


def _list(record: Record, measure: ChecklistMeasure) -> ListFacts | None:
    ticks = record.p.checklists.of(measure.id)
    if not ticks:
        return None
    items = tuple(_item(record, measure, item, [t for t in ticks if t.item == item]) for item in _begun(ticks))
    last = [item.told[-1] for item in items if item.told]
    ways = ((outcome, _number(b for b in last if b.outcome == outcome)) for outcome in OUTCOMES)
    ended = tuple((outcome, figure) for outcome, figures in ways for figure in figures)
    recorded = _number(last)
    return ListFacts(
        measure=measure.id,
        one=measure.one,
        length=len(measure.items),
        items=items,
        recorded=next(iter(recorded), None),
        ended=ended,
        done=next((figure for outcome, figure in ended if outcome == "done"), _zero(recorded)),
        uncued=_zero(i.sheet_cues for i in items if i.sheet_cues and not i.sheet_cues.value),
    )


def _number(told: Iterable[OutcomeFacts]) -> tuple[Figure, ...]:
    """How many there are; nothing where there is none."""
    found = list(told)
    return (Figure(len(found), tuple(event for outcome in found for event in outcome.events)),) if found else ()


def _zero(figures: Iterable[Figure]) -> Figure | None:
    """A 0 that all of these state together."""
    events = tuple(event for figure in figures for event in figure.events)
    return Figure(0, events) if events else None


def _begun(ticks: Iterable[Tick]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tick.item for tick in ticks))


def _item(record: Record, measure: ChecklistMeasure, item: str, ticks: list[Tick]) -> ItemFacts:
    ids = {tick.id for tick in ticks}
    given = [(tick.cues, tick.id) for tick in ticks if tick.cues is not None]
    return ItemFacts(
        text=measure.item_text(item),
        told=tuple(OutcomeFacts(t.outcome, record.events(t.id, (t.id,))) for t in ticks if t.outcome),
        cues=cue_sums([c for c in record.p.cues.given if c.trial in ids], record.screen),
        sheet_cues=Figure(sum(n for n, _ in given), tuple(event for _, event in given)) if given else None,
    )


# --- sentences ---------------------------------------------------------------------------------------


def _joined(lists: Iterable[list[str]]) -> str:
    return " ".join(f"{capital(text)}." for texts in lists for text in texts)


def _done(one: ListFacts, p: Voice) -> Iterator[str]:
    """Of the 6 items, 5 were recorded: she did 4 (...) and left out 1 (...); she did all 3 items with help."""
    if one.recorded is None:
        return
    items = noun(one.length, "item", "items")
    if one.whole and len(one.ended) == 1 and one.length > 1:
        [(outcome, figure)] = one.ended
        yield f"{p.they} {_ALL[outcome].format(f'{numeral(figure)} items of the {one.one}')}"
        return
    of = f"of the {one.length} {items} of the {one.one}"
    ways = listed(_way(one, outcome, figure) for outcome, figure in one.ended)
    recorded = f"{numeral(one.recorded)} {noun(one.recorded, 'was', 'were')} recorded: "
    yield f"{of}, {'' if one.whole else recorded}{p.they} {ways}"


_SOME: Final[dict[ItemOutcome, str]] = {
    "done": "did {}",
    "with help": "did {} with help",
    "not done": "did not do {}",
    "omitted": "left out {}",
}
_ALL: Final[dict[ItemOutcome, str]] = {
    "done": "did all {}",
    "with help": "did all {} with help",
    "not done": "did none of the {}",
    "omitted": "left out all {}",
}


def _way(one: ListFacts, outcome: ItemOutcome, figure: Figure) -> str:
    """Did 1 with help (stir); those of a whole list that were simply done are all the others."""
    names = "" if one.whole and outcome == "done" else f" ({one.that(outcome)})"
    return f"{_SOME[outcome].format(numeral(figure))}{names}"


def _again(one: ListFacts) -> Iterator[str]:
    """Recorded more than once: stir (not done, then with help)."""
    told = [f"{phrase(i.text)} ({in_turn(b.outcome for b in i.told)})" for i in one.items if len(i.told) > 1]
    if told:
        yield f"recorded more than once: {listed(told)}"


def _cued(items: Iterable[ItemFacts]) -> Iterator[str]:
    """At "stir", 2 verbal cues (pace) were given; at "set the timer", 1 tactile cue."""
    given = [(item, cue_phrase(item.cues), sum(c.count.value for c in item.cues)) for item in items if item.cues]
    yield from _given([(item.text, text, total == 1) for item, text, total in given if text])


def _sheet_cues(one: ListFacts) -> Iterator[str]:
    """The cues that a sheet counted beside an item; a written 0 is a statement."""
    counts = [(item.text, item.sheet_cues) for item in one.items if item.sheet_cues]
    yield from _given([(text, counted(n, "cue"), n.value == 1) for text, n in counts if n.value])
    if one.uncued:
        none = listed(_quoted(text) for text, n in counts if not n.value)
        yield f"at {none}, {no_or(one.uncued)} cue was given"


def _given(told: list[tuple[str, str, bool]]) -> Iterator[str]:
    if told:
        [(text, cues, single), *more] = told
        others = "".join(f"; at {_quoted(name)}, {given}" for name, given, _ in more)
        yield f"at {_quoted(text)}, {cues} {'was' if single else 'were'} given{others}"


def _quoted(text: str) -> str:
    """In quotation marks; those inside become single ones."""
    return '"' + phrase(text).replace('"', "'") + '"'


# --- figures and findings ----------------------------------------------------------------------------


def _entries(measure: str, item: ItemFacts) -> Iterator[FigureEntry]:
    for place, told in enumerate(item.told, 1):
        which = f"{item.text}, {place}" if len(item.told) > 1 else item.text
        yield FigureEntry(measure, which, told.outcome, "", told.events)
    yield from cue_entries(measure, item.cues, f"{item.text}, ", " cues")
    yield from figure_entries(measure, f"{item.text}, cues", item.sheet_cues, "cues")


def _open(measure: ChecklistMeasure, ticks: Iterable[Tick], state: SessionState) -> Iterator[Unfinished]:
    for tick in ticks:
        if tick.outcome is None:
            begun = f"{_quoted(measure.item_text(tick.item))} was begun{_at(tick.at, state)}"
            yield _unscored(tick.id, f"{begun}: what became of it?", ("item never told", "items never told"))


def _untold(measure: ChecklistMeasure, ticks: Iterable[Tick]) -> Iterator[Unfinished]:
    begun = _begun(ticks)
    missing = [item for item in measure.items if item.id not in begun]
    if missing:
        key = f"{measure.id}:{','.join(item.id for item in missing)}"
        yield _unscored(key, f"nothing was recorded of {listed(_quoted(item.text) for item in missing)}")


def _unscored(key: str, text: str, words: tuple[str, str] = ("", "")) -> Unfinished:
    one, many = words
    remark = "an item of a list was begun and never told, it is not in the note" if one else ""
    return Unfinished(finding="unscored", key=f"unscored:{key}", text=text, remark=remark, one=one, many=many)


def _at(at: datetime | None, state: SessionState) -> str:
    return f" at {at.astimezone(state.started_at.tzinfo):%H:%M}" if at else ""


WORDS: Final = ChecklistWords()
