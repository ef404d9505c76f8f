"""The board through Pilot: keys pressed, the journal on the disk asserted."""

from datetime import UTC, datetime, timedelta

import pytest

from otgroup.board.pace import TYPING_S
from otgroup.errors import NotSaved
from otgroup.record.parts.balance import Outcome
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from otgroup.record.state import SessionState
from otgroup.ui.board.board import BoardScreen
from otgroup.ui.home.dialogs import ClockSetBackScreen, SilenceScreen
from tests.ui.screens import LEADER, SMALL, drawn


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
    assert again.grading.stated[0].reason == "as on March 10, 2026"


async def test_goals_purposes_and_carry_over_are_chosen_on_the_board_and_kept_for_the_next_time(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("2", "f3", "space", "tab", *["down"] * 9, "space", "tab", "down", "space", "ctrl+s")
        assert isinstance(app.screen, BoardScreen)
        link = bench.on_disk().participants[PersonId("p2")].link("baoding-balls")
        assert (link.goals, link.purposes, link.carry_over) == (("G2 reach",), ("grip strength",), ("handwriting",))
    kept = next(person for person in bench.clinic.people() if person.id == "p2")
    assert kept.link("baoding-balls") == link


async def test_a_change_of_the_participant_meanwhile_is_not_undone_by_their_goals(bench) -> None:
    app = bench.app(bench.start("baoding-balls"))
    async with app.run_test(size=SMALL) as pilot:
        ada = bench.people[0]
        bench.clinic.save_person(Person(id=ada.id, name="Ada Larkspur", short_name="Ada L.", record_number="R9"))
        await pilot.press("1", "f3", "ctrl+s")
    assert next(person for person in bench.clinic.people() if person.id == "p1").record_number == "R9"


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
