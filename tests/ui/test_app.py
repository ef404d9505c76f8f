"""What is true of every screen: names are data, a crash tells no values, no picture is taken."""

import pytest

from otgroup.ui.home.home import HomeScreen
from otgroup.ui.leaving import crash_text
from tests.ui.screens import HOSTILE, SMALL, Bench, drawn, unseen_on


async def test_the_palette_has_no_screenshot(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL):
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "Mending: undo" in titles
        assert not any("screenshot" in title.lower() for title in titles)


def test_a_crash_tells_where_and_never_what() -> None:
    secret = "Ada Larkspur"
    with pytest.raises(ValueError, match=secret) as caught:
        int(secret)
    told = crash_text(caught.value)
    assert "ValueError" in told
    assert secret not in told


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_hostile_names_are_drawn_as_data_on_every_screen(tmp_path, size) -> None:
    made = Bench(tmp_path / "data", names=HOSTILE)
    app = made.app(made.start())
    async with app.run_test(size=size) as pilot:
        for key in ("2", "comma", "b", "j", "question_mark", "escape", "f3", "escape", "f2", "escape"):
            await pilot.press(key)
            unseen_on(app)
        board = drawn(app)
        assert "Ann [/]" in board
        assert "[b]bold[/b]" in board
        way = "f4 p enter escape escape n tab g escape escape enter ctrl+e enter down down w enter escape"
        for key in way.split():
            await pilot.press(key)
            unseen_on(app)
        assert isinstance(app.screen, HomeScreen)
    made.clinic.close()
