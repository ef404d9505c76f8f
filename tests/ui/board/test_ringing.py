"""Clocks that reach their target: on the board, on every other screen, on home."""

from datetime import timedelta

import pytest
from textual.widgets import Label

from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from otgroup.ui.app import OTGroupApp
from otgroup.ui.parts.lines import Lines
from tests.ui.screens import SMALL, drawn


async def test_two_clocks_ring_flash_their_cards_and_are_answered_without_choosing_anybody(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "w", "j", "j", "2", "w", "k", "3")
        bench.now += timedelta(seconds=125)
        await pilot.pause(1.2)
        even = drawn(app)
        assert even.count(" TIME! ") == 3  # on two cards and in the line below
        assert even.count("DONE? w  ") == 2
        assert " TIME! 1 Ada Larkspur, 2 Ben Kettlewick" in even
        card = app.screen.query(Lines).filter("Card").first()
        before = {style for row in card._rows for _, style in row}
        bench.now += timedelta(seconds=1)
        await pilot.pause(1.2)
        assert {style for row in card._rows for _, style in row} != before
        await pilot.press("w", "w", "j", *"1:25 fatigue", "enter")
        state = bench.on_disk()
        ada, ben = (state.participants[PersonId(who)].clocks.bouts[0] for who in ("p1", "p2"))
        assert (ada.how, ada.span.seconds(bench.now), ada.patterns) == ("done", 120, ("clockwise",))
        assert (ben.how, ben.span.seconds(bench.now), ben.reason, ben.side) == ("stopped", 85, "fatigue", Side.RIGHT)
        assert " TIME! " not in drawn(app)


def bells(app: OTGroupApp, monkeypatch) -> list[str]:
    """The screens on which the bell has rung."""
    rung: list[str] = []
    monkeypatch.setattr(app, "bell", lambda: rung.append(type(app.screen).__name__))
    return rung


@pytest.mark.parametrize(("key", "screen"), [("f4", "HomeScreen"), ("f10", "EndScreen"), ("f1", "InfoScreen")])
async def test_a_clock_rings_once_on_every_screen_and_a_line_says_whose(bench, monkeypatch, key, screen) -> None:
    app = bench.app(bench.start("baoding-balls"))
    rung = bells(app, monkeypatch)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await pilot.press("2", "w", "j", key)
        bench.now += timedelta(seconds=119)
        app.tick()
        assert rung == []
        for _ in range(5):
            bench.now += timedelta(seconds=1)
            app.tick()
        assert rung == [screen]
        await pilot.pause()
        if screen == "HomeScreen":
            told = str(app.screen.query_one("#ringing", Label).content)
        else:
            [told] = [notification.message for notification in app._notifications]
        assert told.startswith("TIME! Baoding balls: 2 Ben Kettlewick")


async def test_on_the_board_the_bell_rings_at_its_moment_and_not_every_second(bench, monkeypatch) -> None:
    app = bench.app(bench.start("baoding-balls"))
    rung = bells(app, monkeypatch)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "w", "j")
        bench.now += timedelta(seconds=121)
        await pilot.pause(2.5)
        assert rung == ["BoardScreen"]
        await pilot.press("f4", "enter")
        app.tick()
        assert rung == ["BoardScreen"]


async def test_a_clock_of_a_group_that_nobody_has_opened_again_rings_on_home_until_it_is_answered(
    bench, monkeypatch
) -> None:
    started = bench.app(bench.start("baoding-balls"))
    async with started.run_test(size=SMALL) as pilot:
        await pilot.press("2", "w", "j")
    app = bench.app()
    rung = bells(app, monkeypatch)
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(seconds=121)
        app.tick()
        app.tick()
        assert rung == ["HomeScreen"]
        line = app.screen.query_one("#ringing", Label)
        assert line.display
        await pilot.press("enter", "w", "f4")
        app.tick()
        assert (rung, line.display) == (["HomeScreen"], False)
