"""The screens through Pilot: keys pressed, the journal on the disk asserted; and hostile names on every one."""

from datetime import UTC, datetime, timedelta

import pytest
from textual.widgets import Label

from otgroup.board.actions import ACTIONS
from otgroup.board.pace import TYPING_S
from otgroup.errors import NotSaved
from otgroup.record.parts.balance import Outcome
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from otgroup.record.silence import unsaid
from otgroup.record.state import SessionState
from otgroup.ui.app import OTGroupApp
from otgroup.ui.board.board import BoardScreen
from otgroup.ui.board.ending import EndScreen
from otgroup.ui.home.dialogs import ClockSetBackScreen, SilenceScreen
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.leaving import crash_text
from otgroup.ui.parts.lines import Lines
from otgroup.ui.review.review import ReviewScreen
from tests.ui.screens import HOSTILE, LEADER, SMALL, Bench, drawn, unseen_on


async def test_a_tap_is_on_the_disk_and_on_the_card(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "comma", "comma", "full_stop", "v")
        participant = bench.on_disk().participants[PersonId("p2")]
        assert (participant.counts.total("taps", Side.LEFT), participant.counts.total("taps", Side.RIGHT)) == (2, 1)
        assert "left 2 ▸right 1" in drawn(app)
        assert "V1" in drawn(app)


async def test_caps_lock_types_the_same_and_escape_never_leaves(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "V", "B", "J", "escape", "escape")
        assert isinstance(app.screen, BoardScreen)
        ada = bench.on_disk().participants[PersonId("p1")]
        assert (sum(ada.cues.by_type.values()), ada.balance.count(Outcome.UNSTEADY)) == (1, 1)


async def test_a_click_chooses_and_a_key_without_work_says_so(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1")
        await pilot.click(offset=(60, 3))
        assert app.screen.desk.chosen == PersonId("p3")
        await pilot.press("k")
        assert "k does nothing here" in drawn(app)
        await pilot.pause(TYPING_S)  # sooner it would be taken for typed words
        await pilot.press("at")
        assert "@ does nothing here" in drawn(app)


async def test_words_are_typed_on_the_board_and_digits_go_into_the_line(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "n", "j", *"seat 2", "enter", "2", "comma")
        state = bench.on_disk()
        assert [w.text for w in state.participants[PersonId("p1")].words.said] == ["seat 2"]
        assert state.participants[PersonId("p2")].counts.total("taps", Side.LEFT) == 1


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


@pytest.mark.parametrize(("away", "asked"), [(3, BoardScreen), (40, SilenceScreen)])
async def test_a_voided_session_is_taken_back_on_home_and_no_minute_has_run_on(bench, away, asked) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=5)
        await pilot.press("1", "comma", "f10", "ctrl+d", *"void", "enter")
        bench.now += timedelta(minutes=away)
        await pilot.press("enter", "escape")
        assert bench.on_disk().status == "voided"
        await pilot.press("enter", "j")
        state = bench.on_disk()
        assert isinstance(app.screen, asked)
        assert (state.status, state.last_at) == ("running", state.started_at + timedelta(minutes=5))
        assert state.participants[PersonId("p1")].counts.total("taps", Side.LEFT) == 1


@pytest.mark.parametrize(
    ("answer", "status", "pauses"), [("j", "running", 1), ("k", "ended", 0), ("y", "running", 0)]
)
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
        if answer == "y":
            assert [p.presence.minutes(state.elapsed(bench.now)) for p in state.board] == [47, 47, 47]


async def test_a_night_is_no_treatment_whatever_is_pressed(bench) -> None:
    bench.start()
    bench.now += timedelta(hours=14)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter", "y")
        assert isinstance(app.screen, SilenceScreen)
    assert "group_paused" not in {event.kind for event in bench.on_disk().log}


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
        assert (state.board[-1].person.name, state.board[-1].number, state.board[-1].presence.late) == (
            "Zoe Late",
            4,
            True,
        )
        await pilot.press("ctrl+e", "enter")
    bench.now += timedelta(days=7)
    protocol = next(g for g in bench.clinic.groups() if g.id == "one-leg-stance")
    again = bench.clinic.start(protocol, bench.people, LEADER).state.participants[PersonId("p1")]
    assert (again.grading.level, again.grading.in_force, again.grading.changes) == (1, ("dual-task",), ())
    assert again.grading.stated[0].reason == "as on 10 Mar"


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


async def test_goals_purposes_and_carry_over_are_chosen_on_the_board_and_kept_for_the_next_time(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "f3", "tab", *["down"] * 9, "space", "tab", "down", "space", "ctrl+s")
        assert isinstance(app.screen, BoardScreen)
        link = bench.on_disk().participants[PersonId("p2")].link("baoding-balls")
        assert (link.goals, link.purposes, link.carry_over) == (("G2 reach",), ("grip strength",), ("handwriting",))
    kept = next(person for person in bench.clinic.people() if person.id == "p2")
    assert kept.link("baoding-balls") == link


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


async def test_what_was_not_saved_stays_until_it_is_answered_and_recording_goes_on(bench, monkeypatch) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1")
        with monkeypatch.context() as full:
            full.setattr(bench.clinic._session, "record", _full)
            await pilot.press("v")
        await pilot.press("2", "comma", "b", "j", "escape")
        assert bench.on_disk().participants[PersonId("p2")].counts.total("taps", Side.LEFT) == 1
        assert "NOT SAVED: 10:00:00 Ada Larkspur verbal cue" in drawn(app)
        await pilot.press("f4", "enter")
        assert "NOT SAVED: 10:00:00 Ada Larkspur verbal cue" in drawn(app)
        await pilot.press("n")
        assert "NOT SAVED" in drawn(app)
        assert "j remark" in drawn(app)
        await pilot.press("escape", "enter")
        assert "NOT SAVED" not in drawn(app)


def _full(*_: object) -> SessionState:
    raise NotSaved("disk full: free some space")


async def test_a_clock_set_back_is_told_on_the_board_at_once_and_named_in_the_review(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=6)
        await pilot.press("1", "comma")
        bench.now -= timedelta(minutes=5)
        app.tick()
        app.screen.paint()
        assert "the machine's clock was set back 5 min" in drawn(app)
        bench.now += timedelta(minutes=5)
        await pilot.press("2", "comma", "ctrl+e", "enter")
        state = bench.on_disk()
        assert [p.presence.minutes(state.elapsed(state.until())) for p in state.board] == [11, 11, 11]
        assert "clock-set" in {f.kind for f in app.screen.review.findings(PersonId("p1"))}


@pytest.mark.parametrize(("typed", "stands"), [("", 6), ("4", 10)])
async def test_a_group_that_is_opened_behind_its_last_entry_asks_how_long_it_was(bench, typed, stands) -> None:
    started = bench.app(bench.start())
    async with started.run_test(size=SMALL) as pilot:
        bench.now += timedelta(minutes=6)
        await pilot.press("1", "comma")
    bench.clinic.close()
    bench.open()
    bench.now -= timedelta(hours=2)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        assert isinstance(app.screen, ClockSetBackScreen)
        await pilot.press(*"x", "enter")
        assert isinstance(app.screen, ClockSetBackScreen)
        await pilot.press("backspace", *typed, "enter")
        assert isinstance(app.screen, BoardScreen)
        assert "the machine's clock was set back 2 h" in drawn(app)
        await pilot.press("1", "comma", "ctrl+e", "enter")
        state = bench.on_disk()
        assert [p.presence.minutes(state.elapsed(state.until())) for p in state.board] == [stands] * 3
