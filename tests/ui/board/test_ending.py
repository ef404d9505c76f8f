"""The end of a group: what is told and asked there, voiding, and the way back."""

from datetime import timedelta

import pytest
from textual.widgets import Label

from otgroup.board.actions import ACTIONS
from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from otgroup.record.silence import unsaid
from otgroup.ui.app import OTGroupApp
from otgroup.ui.board.ending import EndScreen
from otgroup.ui.home.dialogs import SilenceScreen
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.review.review import ReviewScreen
from tests.ui.screens import SMALL


async def test_the_group_ends_and_its_notes_are_written_in_one_go(bench, tmp_path) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=9)
        await pilot.press("2", "o", "k", "enter", "ctrl+e")
        assert isinstance(app.screen, EndScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("x", "enter")
        written = sorted(p.name for p in (bench.data / "notes").rglob("*.txt"))
        assert len(written) == 3  # two notes and the index: one participant was absent
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert bench.on_disk().status == "ended"


async def test_a_session_begun_by_mistake_is_voided_by_a_typed_word(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f10", "ctrl+d", *"vvv", "enter")
        assert bench.on_disk().status == "running"
        await pilot.press("ctrl+u", *"void", "enter")
        assert bench.on_disk().status == "voided"
        assert isinstance(app.screen, HomeScreen)


async def test_the_boards_letters_typed_at_the_end_void_nothing(bench) -> None:
    app = bench.app(bench.start())
    letters = [key for action in ACTIONS for key in action.keys if len(key) == 1 and key != "e"]
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f10", *(key for letter in letters for key in (letter, letter)))
        assert isinstance(app.screen, EndScreen)
    assert bench.on_disk().status == "running"


@pytest.mark.parametrize("away", [3, 40])
async def test_a_voided_session_is_taken_back_on_home_and_no_minute_has_run_on(bench, away) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=5)
        await pilot.press("1", "comma", "f10", "ctrl+d", *"void", "enter")
        bench.now += timedelta(minutes=away)
        await pilot.press("enter", "escape")
        assert bench.on_disk().status == "voided"
        await pilot.press("enter", "j")
        state = bench.on_disk()
        assert isinstance(app.screen, SilenceScreen)
        assert (state.status, state.last_at) == ("running", state.started_at + timedelta(minutes=5))
        assert state.participants[PersonId("p1")].counts.total("taps", Side.LEFT) == 1


@pytest.mark.parametrize(("answer", "more", "billed"), [("j", 1, 7), ("y", 1, 13), ("k", 0, 5)])
async def test_the_time_a_session_was_void_is_asked_about_however_short(bench, answer, more, billed) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=5)
        await pilot.press("1", "comma", "f10", "ctrl+d", *"void", "enter")
        bench.now += timedelta(minutes=6)
        await pilot.press("enter", "j", answer)
        bench.now += timedelta(minutes=2)
        await pilot.press(*["comma", "f10", "enter"][: 3 * more])
        state = bench.on_disk()
        assert state.status == "ended"
        assert [p.presence.minutes(state.elapsed()) for p in state.board] == [billed] * 3


async def test_a_silence_before_the_end_is_no_treatment(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=9)
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=45)
        await pilot.press("ctrl+e", "enter")
        state = bench.on_disk()
        assert state.status == "ended"
        assert [p.presence.minutes(state.elapsed(state.until())) for p in state.board] == [9, 9, 9]


@pytest.mark.parametrize(("answer", "stands"), [((), 9), (("j",), 54), (("k",), 9), (("j", "k"), 9)])
async def test_the_end_says_what_was_taken_as_a_pause_and_takes_an_answer(bench, answer, stands) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=9)
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=45)
        await pilot.press("ctrl+e")
        assert "45 min without an entry, 10:09-10:54, taken as a pause" in told(app, "#silences")
        await pilot.press(*answer)
        assert f"{stands} min" in told(app, "#line-1")
        await pilot.press("enter")
        state = bench.on_disk()
        assert [p.presence.minutes(state.elapsed(state.until())) for p in state.board] == [stands] * 3
        assert len(unsaid(state)) == (0 if answer else 1)


def told(app: OTGroupApp, label: str) -> str:
    """What a label says."""
    return str(app.screen.query_one(label, Label).content)
