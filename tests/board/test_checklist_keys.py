"""A checklist on the board, from its keys to the record; also in a group that counts and times something too."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.board import late, measures
from otgroup.board.actions import ACTIONS, BY_ID, footer_actions
from otgroup.board.measures import keys_for
from otgroup.board.strip import LETTERS
from otgroup.group.group_file import parse
from otgroup.record.codec import kept
from otgroup.record.course import Moved
from otgroup.record.fold import fold
from otgroup.record.part import PartEvent
from otgroup.ui.board.cardtext import Frame, card_rows, footer_row
from otgroup.ui.board.ending import open_points_of
from tests.board.table import ADA, BEN, Table, labels
from tests.recipes import soup_file

OUTCOMES = ["done", "with help", "not done", "omitted", "no, another item"]
LIST = soup_file(
    kettle="fill the kettle",
    boil="boil the water",
    chop="chop the onion",
    stir="stir",
    timer="set the timer",
    serve="serve",
    wash="wash up",
)
COUNTED = """
[[measures]]
id = "reaches"
kind = "count"
one = "reach"
many = "reaches"
sides = ["left", "right"]

[[measures]]
id = "standing"
kind = "interval"
one = "interval"
many = "intervals"
target_s = 60
"""


def table(more: str = "") -> Table:
    return Table(parse(LIST + more, source="soup.toml"))


def ticks(of: Table) -> list[tuple[str, str | None]]:
    return [(tick.item, tick.outcome) for tick in of.of(ADA).checklists.entries]


def card(of: Table) -> list[str]:
    rows = card_rows(of.of(ADA), of.desk, Frame(60, 7, of.now))
    return ["".join(text for text, _ in row) for row in rows]


@pytest.mark.parametrize("key", ["repetition", "set", "trial"])
def test_a_key_opens_the_items_and_two_letters_tell_one(key: str) -> None:
    soup = table()
    soup.press(key)
    assert labels(soup) == ["fill the kettle", "boil the water", "chop the onion", "stir", "set the timer", "more"]
    assert soup.new == []
    soup.press("k")
    assert labels(soup) == OUTCOMES
    soup.press("j")
    assert ticks(soup) == [("boil", "done")]
    assert labels(soup) == ["fill the kettle", "chop the onion", "stir", "set the timer", "serve", "wash up"]
    soup.press("j", "k")
    assert ticks(soup) == [("boil", "done"), ("kettle", "with help")]
    assert soup.kinds == ["item_begun", "item_told", "item_begun", "item_told"]


def test_the_items_that_have_no_letter_are_on_the_next_page() -> None:
    soup = table()
    soup.press("set", "q")
    assert labels(soup) == ["serve", "wash up"]
    soup.press("k", "h")
    assert ticks(soup) == [("wash", "omitted")]


def test_cues_given_while_an_item_is_under_way_belong_to_it_and_the_key_asks_for_its_outcome() -> None:
    soup = table()
    soup.press("repetition", "j", "cue_verbal")
    assert labels(soup) == ["for"]
    soup.press("cue_gestural", "repetition")
    assert labels(soup) == OUTCOMES
    soup.press("k", "cue_verbal")
    [tick] = soup.of(ADA).checklists.entries
    assert tick.outcome == "with help"
    assert [cue.trial for cue in soup.of(ADA).cues.given] == [tick.id, tick.id, None]


def test_a_wrong_letter_is_taken_back_for_another_item() -> None:
    soup = table()
    soup.press("set", "j", "y")
    assert (soup.kinds, soup.of(ADA).checklists.entries) == (["item_begun", "undone"], ())
    soup.press("h", "j")
    assert ticks(soup) == [("stir", "done")]


def test_undo_takes_the_outcome_back_then_the_item() -> None:
    soup = table()
    soup.press("set", "j", "l", "undo")
    assert ticks(soup) == [("kettle", None)]
    soup.press("undo")
    assert ticks(soup) == []


def test_a_list_that_is_told_says_so() -> None:
    soup = table()
    soup.press("set", *["j", "j"] * 7)
    assert [outcome for _, outcome in ticks(soup)] == ["done"] * 7
    assert soup.desk.strip is None
    soup.press("set")
    assert "every item of" in soup.desk.said
    assert len(soup.new) == 14


def test_it_is_for_one_person_who_is_here() -> None:
    soup = table()
    soup.press("everyone", "set")
    assert soup.desk.said == "recipes are not for everyone at once: choose one person"
    soup.press("attendance", "h", "set")
    assert "is not here: o says when they are" in soup.desk.said
    assert soup.kinds == ["left"]


def test_who_has_left_is_still_asked_about_the_item_they_had_begun() -> None:
    soup = table()
    soup.press("set", "j", "attendance", "h", "set", "l")
    assert ticks(soup) == [("kettle", "not done")]


def test_each_person_has_a_list_of_their_own() -> None:
    soup = table()
    soup.press("set", "j", "2", "set", "k", "j")
    assert ticks(soup) == [("kettle", None)]
    assert [(t.item, t.outcome) for t in soup.of(BEN).checklists.entries] == [("boil", "done")]


def test_the_card_shows_how_far_they_are_and_what_is_under_way() -> None:
    soup = table()
    assert "of 7" not in card(soup)[1]
    soup.press("set", "j", "j", "j", "k", "j", "l", "j", "h", "j")
    assert "recipe 2 of 7 · 1 help · 1 not done · 1 omitted" in card(soup)[1]
    assert "recipe: set the timer" in card(soup)[3]
    soup.press("j")
    assert "recipe 3 of 7" in card(soup)[1]
    assert "set the timer" not in card(soup)[3]


def test_a_running_clock_is_shown_before_the_item() -> None:
    soup = table(COUNTED)
    soup.press("set", "j", "clock")
    assert "0:00 of 1:00" in card(soup)[3]
    soup.press("clock")
    assert "recipe: fill the kettle" in card(soup)[3]


def test_keys_of_another_measure_stay_its_own_and_m_reaches_the_list_and_leaves_it() -> None:
    soup = table(COUNTED)
    soup.press("left", "trial")
    assert soup.kinds == ["repetition"]
    assert labels(soup)[0] == "fill the kettle"
    soup.press("measure", "repetition", "repetition", "trial")
    assert soup.kinds == ["repetition"] * 3
    assert labels(soup)[0] == "fill the kettle"
    soup.press("measure", "measure")
    assert soup.desk.said == "now counting: recipes"


def test_a_group_that_only_has_a_list_says_what_it_has_not() -> None:
    soup = table()
    for key, said in {"left": "counts no repetitions", "right": "counts no repetitions", "clock": "no clock"}.items():
        soup.press(key)
        assert said in soup.desk.said
    assert soup.new == []


def test_footer_and_help_name_it() -> None:
    soup = table()
    keys = {action.id: action.keys for action in ACTIONS}
    footer = "".join(text for text, _ in footer_row(soup.kept.state.protocol, 80, keys))
    assert " e item " in footer
    assert "repetition" not in footer
    both = [action.label for action in footer_actions(table(COUNTED).kept.state.protocol)]
    assert both[:4] == ["left", "right", "item", "clock"]
    assert all("checklist" in BY_ID[key].help for key in ("repetition", "set", "trial"))


def test_what_is_left_open_is_named_at_the_end_and_asked_later() -> None:
    soup = table()
    soup.press("set", "j")
    assert "item: done?" in open_points_of(soup.of(ADA), soup.kept.state)
    late.ask_unfinished(soup.desk)
    assert labels(soup) == OUTCOMES
    soup.press("j")
    assert "item: done?" not in open_points_of(soup.of(ADA), soup.kept.state)
    soup.desk.clear()
    assert not measures.ask_open(soup.desk, soup.of(ADA))


def test_the_end_asks_for_every_item_left_open_and_not_only_for_the_last() -> None:
    soup = table()
    soup.press("set", "j", "2", "set", "k", "j")
    given = next(event for event in soup.new if event.kind == "item_begun")
    soup.kept.record(Moved(**soup.desk.pen.stamp(), event=given.id, to=BEN))
    soup.press("2", "set", "k")
    assert [tick.item for tick in soup.of(BEN).checklists.untold] == ["kettle", "chop"]
    assert "2 items: done?" in open_points_of(soup.of(BEN), soup.kept.state)
    for item in ("fill the kettle", "chop the onion"):
        soup.desk.clear()
        late.ask_unfinished(soup.desk)
        assert item in soup.desk.strip.title
        soup.press("j")
    assert [tick.outcome for tick in soup.of(BEN).checklists.entries] == ["done"] * 3
    assert not measures.ask_open(soup.desk, soup.of(BEN))


@pytest.mark.parametrize("action", [action for action in ACTIONS if action.run], ids=lambda action: action.id)
def test_every_key_of_the_board_goes_with_an_item_under_way(action) -> None:
    soup = table(COUNTED)
    soup.press("right", "set", "j")
    before = soup.kept.state
    soup.press(action.id)
    kept = soup.kept.state.log[len(before.log) :]
    assert kept or soup.desk.said or soup.desk.strip or soup.desk.question
    if action.id not in ("undo", "undo_chosen"):
        assert ticks(soup) == [("kettle", None)]
        soup.press("trial", "j")
        assert ticks(soup) == [("kettle", "done")]


@given(st.lists(st.sampled_from([*BY_ID, *LETTERS, *LETTERS, "1", "2", "type 5"]), max_size=80))
@settings(max_examples=150, deadline=None)
def test_nothing_that_was_kept_is_dropped_whatever_is_pressed(keys: list[str]) -> None:
    soup = table(COUNTED)
    for key in keys:
        if key.startswith("type "):
            soup.type(key.removeprefix("type "))
        else:
            soup.press(key)
        soup.now += timedelta(seconds=1)
    state = soup.kept.state
    assert fold([kept(event) for event in state.log]) == state
    for event in state.effective:
        if isinstance(event, PartEvent) and event.kind.startswith("item_"):
            held = [state.participants[who].checklists.find(event.about) for who in event.participants]
            assert all(held)


def test_a_kind_without_keys_is_named_with_the_file_to_write() -> None:
    kind: Any = type("Diary", (), {"__module__": "otgroup.record.parts.diary"})
    with pytest.raises(ImportError, match=r"Diary has no keys on the board: write otgroup/board/parts/diary\.py"):
        keys_for(kind)
