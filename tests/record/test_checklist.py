"""A checklist: what became of each item, live and from a sheet, with its cues."""

import csv
import io
from datetime import datetime
from itertools import count

import pytest

from otgroup.errors import BadInput
from otgroup.export.record import participant_record
from otgroup.group.group_file import parse, problems
from otgroup.intake.tally import PaperSession, read_tally
from otgroup.record.course import Undone
from otgroup.record.event import Pen
from otgroup.record.parts.checklist import ItemBegun, ItemStated, ItemTold
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import admitted_whole, why_not
from otgroup.record.state import SessionState
from tests.recipes import soup_file
from tests.strategies import Play

GROUP = soup_file(kettle="fill the kettle", stir="stir", timer="set the timer")
ADA = Person(id=PersonId("ada"), name="Ada Quill", short_name="Ada Q.")


def play() -> Play:
    game = Play(parse(GROUP, source="soup.toml"))
    game.here(ADA)
    return game


def shown(game: Play):
    return participant_record(game.state().participants[ADA.id], game.state()).measures.get("recipe")


def test_a_cue_given_while_an_item_is_under_way_belongs_to_it() -> None:
    game = play()
    begun = game.add(ItemBegun, ADA.id, measure="recipe", item="stir")
    ada = game.state().participants[ADA.id]
    assert ada.open_attempt == begun.id
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1, trial=ada.open_attempt)
    told = game.add(ItemTold, ADA.id, of=begun.id, outcome="with help")
    ada = game.state().participants[ADA.id]
    assert ada.open_attempt is None
    assert ada.cues.given[0].trial == begun.id
    assert [(tick.item, tick.outcome) for tick in ada.checklists.entries] == [("stir", "with help")]
    assert begun.describe(game.state()) == "recipe: stir"
    assert told.describe(game.state()) == "stir: with help"
    assert cue.describe(game.state()) == "verbal cue, 1st"


def test_an_item_taken_back_is_as_if_it_had_not_been_begun() -> None:
    game = play()
    begun = game.add(ItemBegun, ADA.id, measure="recipe", item="stir")
    game.add(ItemTold, ADA.id, of=begun.id, outcome="done")
    game.add(Undone, event=begun.id)
    assert shown(game) is None


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (ItemBegun, {"measure": "recipe", "item": "salt"}, 'recipe has no item "salt"'),
        (ItemBegun, {"measure": "taps", "item": "stir"}, "this group has no checklist"),
        (ItemStated, {"measure": "recipe", "item": "stir", "outcome": "done", "cues": -1}, "cues go from 0 to 9999"),
        (ItemTold, {"of": "gone", "outcome": "done"}, "Ada Q. has nothing on the record"),
    ],
)
def test_what_the_list_does_not_have_is_refused(kind, fields, said) -> None:
    game = play()
    assert (why_not(game.state(), kind(**game.pen.stamp(ADA.id), **fields)) or "").startswith(said)


def test_a_sheet_is_read_as_it_is_written() -> None:
    group = parse(GROUP, source="soup.toml")
    columns = [column for column in group.tally_columns if column.startswith("recipe_")]
    assert columns == [
        "recipe_kettle", "recipe_kettle_cues", "recipe_stir", "recipe_stir_cues", "recipe_timer", "recipe_timer_cues",
    ]  # fmt: skip
    cells = {"attendance": "present", "recipe_kettle": "Done", "recipe_stir": "help", "recipe_stir_cues": "2"}
    state = recorded(group, cells | {"recipe_timer": "omitted", "recipe_timer_cues": "0"})
    ada = state.participants[ADA.id]
    told = [(tick.item, tick.outcome, tick.cues) for tick in ada.checklists.entries]
    assert told == [("kettle", "done", None), ("stir", "with help", 2), ("timer", "omitted", 0)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"recipe_stir": "nearly"}, 'recipe_stir: "nearly" is not known, use done, with help, not done or omitted'),
        ({"recipe_stir_cues": "2"}, "recipe_stir_cues: is filled in although recipe_stir is empty"),
        ({"recipe_stir": "done", "recipe_stir_cues": "two"}, 'recipe_stir_cues: "two" is not a whole number'),
    ],
)
def test_a_cell_that_cannot_be_read_is_refused_by_name(cells, said) -> None:
    with pytest.raises(BadInput, match=r".*") as refusal:
        recorded(parse(GROUP, source="soup.toml"), {"attendance": "present", **cells})
    assert said in str(refusal.value)


def test_two_items_of_one_column_are_told() -> None:
    twice = GROUP.replace('id = "timer"', 'id = "stir"')
    assert problems(twice, source="soup.toml") == [
        'soup.toml: measures[0].items: two items share the column "stir" (line 15), give one another id'
    ]


def recorded(group: Protocol, cells: dict[str, str]) -> SessionState:
    """A session of one row of a sheet."""
    text = io.StringIO()
    writer = csv.DictWriter(text, group.tally_columns)
    writer.writeheader()
    writer.writerow({"participant": ADA.name, **cells})
    start, end = (datetime.fromisoformat(f"2026-01-20T{hhmm}:00+00:00") for hhmm in ("10:00", "10:30"))
    session = PaperSession(id="s", protocol=group, leader=Leader("J. Rivera", "OTR/L"), start=start, end=end)
    ids = count(1)
    pen = Pen(lambda: end, lambda: f"e{next(ids)}", "J. Rivera", "tally")
    return admitted_whole(read_tally(text.getvalue().encode(), session, [ADA], pen, "sheet.csv"))
