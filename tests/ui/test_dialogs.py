"""Dialogs with text: nothing typed is thrown away unasked, and a refusal leaves all that was typed where it is."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest
from textual.screen import Screen
from textual.widgets import Input, TextArea

from otgroup import ui
from otgroup.errors import NotSaved
from otgroup.record.people import PersonId
from otgroup.store.journal import JournalStorage
from otgroup.ui.board.board import BoardScreen
from otgroup.ui.board.goals import LinkScreen
from otgroup.ui.home.forms import LeaderScreen, PersonScreen
from otgroup.ui.home.setup import SetUpScreen
from otgroup.ui.parts.form import FormScreen
from otgroup.ui.parts.pages import Dialog, Page
from otgroup.ui.review.dialogs import ExportScreen, TextScreen
from otgroup.ui.review.review import ReviewScreen
from tests.ui.reviewing import ADA, papers_on_disk, worked
from tests.ui.screens import LARGE, LEADER, Bench

ASKED = "once more throws away"


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    made = Bench(tmp_path / "data", names=("Ada Larkspur", "Ben Kettlewick"))
    yield made
    made.clinic.close()


def problem(app) -> str:
    return str(app.screen.query_one("#problem").content)


def refused(*_args, **_fields) -> None:
    raise NotSaved("the disk is full")


def all_screens() -> list[type[Screen]]:
    modules = [import_module(found.name) for found in walk_packages(ui.__path__, "otgroup.ui.")]
    members = (member for module in modules for _, member in inspect.getmembers(module, inspect.isclass))
    ours = (m for m in members if issubclass(m, Screen) and m.__module__.startswith("otgroup."))
    return [member for member in ours if not member.__name__.startswith("_")]


def test_every_screen_outlives_a_refusal() -> None:
    assert {ReviewScreen, BoardScreen, TextScreen} <= set(all_screens())
    assert all(issubclass(screen, Page | Dialog) for screen in all_screens())


DIALOGS = {
    "leader": (("escape",), ("l",), LeaderScreen),
    "participant": (("escape", "p"), ("a",), PersonScreen),
    "section": ((), ("e", "1"), TextScreen),
    "addition": (("s", "k"), ("a", "1"), TextScreen),
    "goals in the review": ((), ("g", "tab", "tab", "tab"), LinkScreen),
    "export": ((), ("x",), ExportScreen),
    "one-on-one time": (("escape", "m"), ("a", "enter"), FormScreen),
}


@pytest.mark.parametrize("name", DIALOGS)
async def test_escape_asks_once_before_it_throws_text_away(bench, name) -> None:
    before, opening, kind = DIALOGS[name]
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press(*before)
        under = app.screen
        await pilot.press(*opening, "escape")
        assert app.screen is under, "nothing was typed"
        await pilot.press(*opening)
        dialog = app.screen
        assert isinstance(dialog, kind)
        await pilot.press(*"Hey", "escape")
        assert ASKED in problem(app)
        await pilot.press("o", "escape")
        assert app.screen is dialog, "typed on: asked again"
        assert any("Heyo" in text for text in written(app))
        await pilot.press("escape")
        assert app.screen is under


def written(app) -> list[str]:
    fields = [field.value for field in app.screen.query(Input)]
    return fields + [area.text for area in app.screen.query(TextArea)]


async def test_quitting_asks_once_too(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("e", "1", *"Hey", "ctrl+q")
        assert not app._exit
        assert ASKED in problem(app)
        await pilot.press("ctrl+q")
        assert app._exit


async def test_generated_text_comes_back_over_typed_text_only_when_asked_twice(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("e", "1", *"Hey", "ctrl+s", "e", "1", *"typed", "ctrl+g")
        assert ASKED in problem(app)
        await pilot.press("ctrl+g")
        assert isinstance(app.screen, ReviewScreen)
        assert papers_on_disk(bench)[ADA].edits == {}


async def test_what_is_added_is_refused_before_it_is_typed(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("a")
        assert isinstance(app.screen, ReviewScreen)
        assert "not signed yet" in app.screen._said


async def test_an_addition_that_names_somebody_else_stays_to_be_mended(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k", "a", "1", *"With Kettlewick", "ctrl+g", "ctrl+s")
        assert "names another participant" in problem(app)
        assert written(app) == ["With Kettlewick"]
        await pilot.press(*["backspace"] * len("Kettlewick"), *"help", "ctrl+s")
        assert [a.text for a in papers_on_disk(bench)[ADA].additions] == ["With help"]


REFUSED = {
    "section": ((), ("e", "1", *"Hey"), ("ctrl+s",)),
    "addition": (("s", "k"), ("a", "1", *"Hey"), ("ctrl+s",)),
    "goals": ((), ("g", "tab", "tab", "tab", *"Hey"), ("ctrl+s",)),
    "participant": (("escape", "p"), ("a", *"Hey"), ("ctrl+s",)),
    "leader": (("escape",), ("l", *"Hey"), ("enter",)),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_full_disk_leaves_the_text_in_the_dialog(bench, name, monkeypatch) -> None:
    before, typing, keep = REFUSED[name]
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press(*before)
        under = app.screen
        with monkeypatch.context() as full:
            full.setattr(JournalStorage, "append", refused)
            await pilot.press(*typing, *keep)
            assert "the disk is full" in problem(app)
            assert any("Hey" in text for text in written(app))
        await pilot.press(*keep)
        assert app.screen is under


async def test_goals_on_the_board_are_asked_about_and_kept_open(bench, monkeypatch) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "f3", "tab", "tab", "tab", *"Hey", "escape")
        assert ASKED in problem(app)
        with monkeypatch.context() as full:
            full.setattr(JournalStorage, "append", refused)
            await pilot.press("ctrl+s")
        assert "NOT SAVED" in problem(app)
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, BoardScreen)
        assert bench.on_disk().participants[PersonId("p1")].link("one-leg-stance").why == "Hey"


async def test_who_was_chosen_for_a_group_stays_chosen_when_it_cannot_begin(bench, monkeypatch) -> None:
    bench.clinic.remember_leader(LEADER)
    app = bench.app()
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("n", "tab", "space", "down", "space")
        with monkeypatch.context() as full:
            full.setattr("otgroup.store.journal.create", refused)
            await pilot.press("s")
        assert isinstance(app.screen, SetUpScreen)
        assert "the disk is full" in problem(app)
        await pilot.press("s")
        assert isinstance(app.screen, BoardScreen)
        assert len(app.screen.desk.state.board) == 2


async def test_a_folder_that_cannot_be_written_stays_typed(bench, tmp_path) -> None:
    (tmp_path / "taken").write_text("a file")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("x", "tab", "ctrl+u", *str(tmp_path / "taken" / "notes"), "enter")
        await pilot.pause(0.5)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ExportScreen)
        assert "a file of that name is there already" in problem(app)
        assert str(tmp_path / "taken" / "notes") in written(app)
