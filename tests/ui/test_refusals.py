"""A refusal is told and the app goes on, wherever in the app it comes from; anything unforeseen still ends it."""

import pytest
from textual.message import Message

from otgroup.errors import BadInput
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.parts.pages import Dialog, Page
from tests.ui.screens import SMALL, Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    yield made
    made.clinic.close()


class Asked(Message):
    """Something is asked for that is refused."""


def refuse(*_: object) -> None:
    raise BadInput("this cannot be: mend it")


async def refuse_later() -> None:
    refuse()


def missing(*_: object) -> None:
    open("/no/such/file/anywhere")  # noqa: PTH123, SIM115 - the system's own refusal is wanted


WAYS = {
    "the app's callback": lambda app: app.call_later(refuse),
    "a screen's callback": lambda app: app.screen.call_later(refuse),
    "a screen's next callback": lambda app: app.screen.call_next(refuse),
    "after a refresh": lambda app: app.screen.call_after_refresh(refuse),
    "a timer": lambda app: app.screen.set_timer(0.01, refuse),
    "a worker": lambda app: app.screen.run_worker(refuse_later()),
    "a thread": lambda app: app.run_worker(refuse, thread=True),
    "a handler": lambda app: app.screen.post_message(Asked()),
}


def told(app) -> str:
    return "\n".join(n.message for n in app._notifications)


async def until_told(app, pilot) -> str:
    """What is told, as soon as there is anything."""
    for _ in range(40):
        await pilot.pause(0.05)
        if app._notifications:
            break
    return told(app)


@pytest.mark.parametrize("way", WAYS)
async def test_a_refusal_is_told_and_the_screen_goes_on(bench, way, monkeypatch) -> None:
    monkeypatch.setattr(HomeScreen, "on_asked", refuse, raising=False)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        WAYS[way](app)
        assert (await until_told(app, pilot)) == "this cannot be: mend it"
        await pilot.press("p")
        assert type(app.screen).__name__ == "PeopleScreen", "keys still do their work"


async def test_what_the_system_refuses_of_a_file_is_told_in_the_same_words_as_by_the_commands(bench) -> None:
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        app.screen.call_later(missing)
        assert (await until_told(app, pilot)).startswith(
            "/no/such/file/anywhere: No such file or directory: check the disk"
        )


@pytest.mark.parametrize("kind", [Page, Dialog])
async def test_a_screen_that_cannot_be_filled_in_goes_again(bench, kind) -> None:
    class Unfilled(kind):
        def on_mount(self) -> None:
            refuse()

    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        app.push_screen(Unfilled())
        await pilot.pause(0.1)
        assert isinstance(app.screen, HomeScreen)
        assert told(app) == "this cannot be: mend it"
        await pilot.press("p")
        assert type(app.screen).__name__ == "PeopleScreen"


async def test_a_refusal_in_an_answer_is_told_on_the_screen_below(bench) -> None:
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("question_mark")
        app.screen._result_callbacks[-1].callback = refuse
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert told(app) == "this cannot be: mend it"


async def test_what_nobody_foresaw_still_ends_the_app_without_showing_values(bench) -> None:
    def fault() -> None:
        raise ValueError("Ada Larkspur")

    app = bench.app()

    async def run() -> None:
        async with app.run_test(size=SMALL) as pilot:
            app.screen.call_later(fault)
            await pilot.pause(0.1)

    with pytest.raises(ValueError, match="Ada"):
        await run()
    assert app.return_code == 1
    assert "Ada" not in str(app._exit_renderables)
