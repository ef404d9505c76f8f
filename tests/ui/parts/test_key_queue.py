"""Keys and pastes for the app's own forms, all at once: each reaches the line or the screen it was typed for."""

from collections.abc import Iterable
from typing import Any

from textual.events import Key, Paste
from textual.message import Message

from otgroup.record.people import PersonId
from otgroup.ui.parts.terminal_input import InputParser
from tests.ui.screens import SMALL, drawn

SIGNS = {" ": "space", ".": "full_stop", ",": "comma", "'": "apostrophe", "-": "minus"}


def typed(app, *keys: str) -> None:
    """Post keys without waiting for what they do; a text is as many keys."""
    for key in keys:
        if key in NAMED:
            app.post_message(Key(key, None))
        else:
            for character in key:
                app.post_message(Key(SIGNS.get(character, character), character))


def sent(app: Any, text: str) -> None:
    """What a terminal sends in one go."""
    messages: Iterable[Message] = InputParser().feed(text)
    for message in messages:
        app.post_message(message)


NAMED = ("enter", "tab", "escape", "ctrl+s", "ctrl+e", "f4", "f2", "down", "space")


async def all_done(app, pilot) -> None:
    """Wait until every key has done its work."""
    for _ in range(600):
        await pilot.pause(0.05)
        if not (app.keys_wait or app._key_at_work):
            return
    raise AssertionError(app._keys_waiting)


async def test_screens_forms_and_fields_one_behind_another(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=(80, 24)) as pilot:
        names = [f"Zoe Vetch{'abcdefghijklmnop'[n]}" for n in range(4)]
        typed(app, "f4", "p")
        for name in names:
            typed(app, "a", name, "enter", f"Z{name[-1]}", "enter", f"R-{name[-1]}", "ctrl+s")
        typed(app, "escape")
        await all_done(app, pilot)
        known = {p.name: (p.short_name, p.record_number) for p in bench.clinic.people()}
        assert {name: known.get(name) for name in names} == {n: (f"Z{n[-1]}", f"R-{n[-1]}") for n in names}


async def test_a_key_that_leaves_the_board_takes_the_keys_behind_it_along(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=(80, 24)) as pilot:
        before = len(bench.on_disk().log)
        for _ in range(3):
            typed(app, "1", "ctrl+e", "escape", "f2", "escape", "?", "escape", "f4", "enter")
        await all_done(app, pilot)
        assert len(bench.on_disk().log) == before


async def test_a_pasted_text_of_several_lines_stands_whole_in_a_line_of_a_form(bench) -> None:
    app = bench.app()
    async with app.run_test(size=(80, 24)) as pilot:
        typed(app, "p", "a")
        app.post_message(Paste("Zoe\r\nVetch"))
        typed(app, "ctrl+s")
        await all_done(app, pilot)
        assert "Zoe Vetch" in [p.name for p in bench.clinic.people()]


ON_THE_THIRD_CARD = "\x1b[<0;61;4M\x1b[<0;61;4m"


async def test_a_click_comes_behind_the_keys_that_came_before_it(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        for _ in range(5):
            sent(app, f"2v{ON_THE_THIRD_CARD}v")
            await all_done(app, pilot)
        given = [e.participants for e in bench.on_disk().log if e.kind == "cue_given"]
        assert given == [(PersonId("p2"),), (PersonId("p3"),)] * 5


async def test_a_click_does_not_close_a_line_that_is_open_though_it_is_empty(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        sent(app, "1nk")
        await all_done(app, pilot)
        sent(app, f"{ON_THE_THIRD_CARD}")
        await all_done(app, pilot)
        assert "Escape closes it" in drawn(app)
        sent(app, "very good\r")
        await all_done(app, pilot)
        await pilot.pause(0.2)
        ada = bench.on_disk().participants[PersonId("p1")]
        assert [w.text for w in ada.words.said] == ["very good"]
