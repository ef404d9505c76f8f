"""From home to a running group."""

from otgroup.record.people import Leader
from otgroup.ui.board.board import BoardScreen
from tests.ui.screens import LEADER, SMALL, Bench


async def test_from_nothing_to_a_running_group_by_keys(tmp_path) -> None:
    made = Bench(tmp_path / "data", names=())
    app = made.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("p", "a", *"Ada Larkspur", "ctrl+s", "escape")
        await pilot.press("n", *"J. Rivera", "enter", *"OTR/L", "enter")
        await pilot.press("down", "down", "enter", "space", "s", "comma")
        state = made.on_disk()
        assert [p.person.short_name for p in state.board] == ["Ada L."]
        assert str(state.leader) == "J. Rivera, OTR/L"
    made.clinic.close()


async def test_credentials_typed_behind_the_name_are_credentials(tmp_path) -> None:
    made = Bench(tmp_path / "data", names=())
    app = made.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("l", *"Sam Reyes, OTR/L", "enter", *"COTA", "enter")
        assert "write them in one place only" in str(app.screen.query_one("#problem").render())
        await pilot.press("ctrl+u", "enter")
        assert made.clinic.leader() == Leader("Sam Reyes", "OTR/L")
    made.clinic.close()


async def test_at_set_up_the_same_is_chosen_before_the_group_starts(bench) -> None:
    bench.clinic.remember_leader(LEADER)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("n", "tab", "space", "g", "tab", "space", "tab", "space", "ctrl+s", "s")
        assert isinstance(app.screen, BoardScreen)
        link = bench.on_disk().board[0].link("baoding-balls")
        assert (link.purposes, link.carry_over) == (
            ("intrinsic hand muscle strength, stability and control",),
            ("typing",),
        )
