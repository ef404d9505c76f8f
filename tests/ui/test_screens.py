"""The screens through Pilot: keys pressed, the journal on the disk asserted; and hostile names on every one."""

from datetime import UTC, datetime, timedelta

import pytest

from otgroup.session.events import Outcome, Side
from otgroup.session.people import Person, PersonId
from otgroup.session.state import minutes
from otgroup.ui.app import crash_text
from otgroup.ui.screens.board import BoardScreen
from otgroup.ui.screens.ending import EndScreen
from otgroup.ui.screens.home import HomeScreen
from otgroup.ui.screens.review import ReviewScreen
from otgroup.ui.widgets.lines import Lines
from tests.ui.screens import HOSTILE, LEADER, SMALL, Bench, drawn, unseen_on


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    yield made
    made.clinic.close()


async def test_a_tap_is_on_the_disk_and_on_the_card(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "comma", "comma", "full_stop", "v")
        participant = bench.on_disk().participants[PersonId("p2")]
        assert (participant.count("taps", Side.LEFT), participant.count("taps", Side.RIGHT)) == (2, 1)
        assert "left 2 ▸right 1" in drawn(app)
        assert "V1" in drawn(app)


async def test_caps_lock_types_the_same_and_escape_never_leaves(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "V", "B", "J", "escape", "escape")
        assert isinstance(app.screen, BoardScreen)
        ada = bench.on_disk().participants[PersonId("p1")]
        assert (sum(ada.cues.values()), ada.incident_count(Outcome.UNSTEADY)) == (1, 1)


async def test_a_click_chooses_and_a_key_without_work_says_so(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1")
        await pilot.click(offset=(60, 3))
        assert app.screen.desk.chosen == PersonId("p3")
        await pilot.press("k")
        assert "k does nothing here" in drawn(app)
        await pilot.press("at")
        assert "@ does nothing here" in drawn(app)


async def test_words_are_typed_on_the_board_and_digits_go_into_the_line(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "n", "j", *"seat 2", "enter", "2", "comma")
        state = bench.on_disk()
        assert [w.text for w in state.participants[PersonId("p1")].words] == ["seat 2"]
        assert state.participants[PersonId("p2")].count("taps", Side.LEFT) == 1


async def test_the_group_ends_and_its_notes_are_written_in_one_go(bench, tmp_path) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=9)
        await pilot.press("2", "o", "k", "ctrl+e")
        assert isinstance(app.screen, EndScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        await pilot.press("x", "enter")
        written = sorted(p.name for p in (bench.data / "notes").rglob("*.txt"))
        assert len(written) == 3  # two notes and the index: one participant was absent
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert bench.on_disk().status == "ended"


async def test_a_session_begun_by_mistake_is_voided_after_asking_twice(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("f10", "v")
        assert bench.on_disk().status == "running"
        await pilot.press("v")
        assert bench.on_disk().status == "voided"


@pytest.mark.parametrize(("answer", "status", "pauses"), [("j", "running", 1), ("k", "ended", 0)])
async def test_a_group_left_running_asks_once_what_the_silence_was(bench, answer, status, pauses) -> None:
    bench.start()
    bench.now += timedelta(minutes=47)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter", answer)
        state = bench.on_disk()
        assert (state.status, len(state.pauses)) == (status, pauses)
        if status == "ended":
            assert state.ended_at == datetime(2026, 3, 10, 10, 0, tzinfo=UTC)


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


async def test_somebody_joins_late_and_the_next_time_starts_at_the_last_level(bench) -> None:
    bench.clinic.save_person(Person(id=PersonId("p9"), name="Zoe Late", short_name="Zoe L."))
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "plus", "j", "f2", "enter", "comma")
        state = bench.on_disk()
        assert (state.board[-1].person.name, state.board[-1].number, state.board[-1].late) == ("Zoe Late", 4, True)
        await pilot.press("ctrl+e", "enter")
    bench.now += timedelta(days=7)
    protocol = next(g for g in bench.clinic.groups() if g.id == "one-leg-stance")
    again = bench.clinic.start(protocol, bench.people, LEADER).state.participants[PersonId("p1")]
    assert (again.level, again.in_force, again.gradings) == (1, ("dual-task",), ())
    assert again.rated("level")[0].reason == "as on 10 Mar"


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


async def test_a_silence_before_the_end_is_no_treatment(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=9)
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=45)
        await pilot.press("ctrl+e", "enter")
        state = bench.on_disk()
        assert state.status == "ended"
        assert [minutes(p, state, state.until()) for p in state.board] == [9, 9, 9]


async def test_goals_purposes_and_carry_over_are_chosen_on_the_board_and_kept_for_the_next_time(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "f3", "tab", *["down"] * 9, "space", "tab", "down", "space", "ctrl+s")
        assert isinstance(app.screen, BoardScreen)
        link = bench.on_disk().participants[PersonId("p2")].person.link("baoding-balls")
        assert (link.goals, link.purposes, link.carry_over) == (("G2 reach",), ("grip strength",), ("handwriting",))
    kept = next(person for person in bench.clinic.people() if person.id == "p2")
    assert kept.link("baoding-balls") == link


async def test_at_set_up_the_same_is_chosen_before_the_group_starts(bench) -> None:
    bench.clinic.remember_leader(LEADER)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("n", "tab", "space", "g", "tab", "space", "tab", "space", "ctrl+s", "s")
        assert isinstance(app.screen, BoardScreen)
        link = bench.on_disk().board[0].person.link("baoding-balls")
        assert (link.purposes, link.carry_over) == (
            ("intrinsic hand muscle strength, stability and control",),
            ("typing",),
        )


async def test_a_change_of_the_participant_meanwhile_is_not_undone_by_their_goals(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        ada = bench.people[0]
        bench.clinic.save_person(Person(id=ada.id, name="Ada Larkspur", short_name="Ada L.", record_number="R9"))
        await pilot.press("1", "f3", "ctrl+s")
    assert next(person for person in bench.clinic.people() if person.id == "p1").record_number == "R9"


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
        ada, ben = (state.participants[PersonId(who)].clocks[0] for who in ("p1", "p2"))
        assert (ada.how, ada.span.seconds(bench.now), ada.patterns) == ("done", 120, ("clockwise",))
        assert (ben.how, ben.span.seconds(bench.now), ben.reason, ben.side) == ("stopped", 85, "fatigue", Side.RIGHT)
        assert " TIME! " not in drawn(app)
