"""Codes and one-on-one minutes by keys: what is decided is on the disk, and what cannot be entered is not."""

import json
from datetime import timedelta

import msgspec
import pytest
from click.testing import CliRunner

from otgroup.billing.rules import Billing
from otgroup.board.ending import Ending
from otgroup.cli import cli
from otgroup.clinic.billing import session_bills
from otgroup.clinic.clinic import Clinic
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.presence import Left
from otgroup.record.people import PersonId
from otgroup.ui.billing.codes import CodesScreen
from otgroup.ui.billing.minutes import MinutesScreen
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.review.review import ReviewScreen
from tests.ui.screens import HOSTILE, SMALL, Bench, press_at_once, unseen_on

ADA = PersonId("p1")


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    made.people = [msgspec.structs.replace(p, setting="Part B outpatient") for p in made.people]
    for someone in made.people:
        made.clinic.save_person(someone)
    yield made
    made.clinic.close()


def ended(bench: Bench, *, left_at: int = 0) -> str:
    """A group of three for 28 minutes; Ada is alone from minute `left_at` on."""
    desk_id = bench.start()
    desk = bench.clinic.resume(desk_id)
    for minute in range(28):
        bench.now += timedelta(minutes=1)
        desk.record(CueGiven(**desk.pen.stamp(ADA), type=Cue.VERBAL, count=1))
        if minute + 1 == left_at:
            desk.record(Left(**desk.pen.stamp("p2")), Left(**desk.pen.stamp("p3")))
    Ending(desk).keep()
    return desk_id


def told(bench: Bench, session: str, who: PersonId = ADA) -> Billing:
    """What another program reads."""
    with Clinic.open(bench.data) as clinic:
        bills = session_bills(clinic, clinic.read(session))
    return next(bill.told for bill in bills if bill.told.id == who)


def coded(billed: Billing) -> list[tuple[str, int]]:
    return [(line.code, line.units) for line in billed.codes]


def enter(start: str, end: str, code: str) -> list[str]:
    """The keys that enter one-on-one time for the first participant, from the list of entries."""
    leader = [*"J. Rivera, OTR/L"]
    return ["a", "enter", "enter", *start, "enter", *end, "enter", *code, "enter", "ctrl+u", *leader, "enter"]


async def test_a_code_is_corrected_from_home_and_stands_everywhere(bench) -> None:
    session = ended(bench)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c")
        assert isinstance(app.screen, CodesScreen)
        keys = ["tab", "enter", "ctrl+u", *"97530", "enter", "ctrl+u", "2", "enter", *"a task", "enter"]
        await pilot.press(*keys)
        assert isinstance(app.screen, CodesScreen)
        assert coded(told(bench, session)) == [("97530", 2)]
        assert coded(told(bench, session, PersonId("p2"))) == [("97150", 1)]
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
    show = CliRunner().invoke(cli, ["--data", str(bench.data), "codes", session, "--json"])
    line = json.loads(show.stdout)["participants"][0]["codes"][0]
    assert (line["code"], line["units"], line["corrected"]) == ("97530", 2, "a task")
    text = CliRunner().invoke(cli, ["--data", str(bench.data), "show", session]).stdout
    assert "Ada Larkspur: code 97530 x 2 in place of 97150: a task" in text


async def test_a_correction_without_a_reason_stays_open_and_keeps_nothing(bench) -> None:
    session = ended(bench)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c", "tab", "enter", "enter", "enter", "enter")
        assert "because: is empty" in str(app.screen.query_one("#problem").render())
        await pilot.press("escape")
        assert isinstance(app.screen, CodesScreen)
    assert coded(told(bench, session)) == [("97150", 1)]
    assert bench.on_disk().log[-1].kind == "ended"


async def test_a_decision_is_taken_back_with_one_key(bench) -> None:
    session = ended(bench)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c", "u")
        assert "nothing to take back" in str(app.screen.query_one("#problem").render())
        await pilot.press("tab", "enter", "enter", "ctrl+u", "0", "enter", *"paid otherwise", "enter")
        assert told(bench, session).codes == ()
        await pilot.press("u")
        assert coded(told(bench, session)) == [("97150", 1)]


def header_of(app) -> str:
    """What stands above the shown note."""
    return str(app.screen.query("#note Static").first().content)


async def test_time_alone_is_confirmed_from_the_notes_and_stands_in_the_note(bench) -> None:
    session = ended(bench, left_at=18)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Total timed minutes" not in header_of(app)
        await pilot.press("c", "tab", "down", "enter", "enter", "enter", "enter")
        one = told(bench, session)
        assert (one.timed_minutes, one.minutes_by_mode.group) == (10, 18)
        assert coded(one) == [("97150", 1), ("97112", 1)]
        assert not any("alone" in warning for warning in one.warnings)
        await pilot.press("escape")
        assert isinstance(app.screen, ReviewScreen)
        assert "Total timed minutes: 10" in header_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_tie_is_decided_with_enter_on_the_code_that_gets_the_unit(bench) -> None:
    session = ended(bench)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await press_at_once(pilot, "m", *enter("05:00", "05:20", "97112"), *enter("06:00", "06:20", "97110"))
        await pilot.press("escape", "c")
        lines = app.screen.query_one("#lines")
        texts = [str(lines.get_option_at_index(n).prompt) for n in range(lines.option_count)]
        place = next(n for n, text in enumerate(texts) if "1 more unit to 97110" in text)
        await pilot.press("tab", *["down"] * place, "enter")
        assert coded(told(bench, session)) == [("97150", 1), ("97112", 1), ("97110", 2)]
        assert not any("tied" in warning for warning in told(bench, session).warnings)


async def test_modifiers_are_decided_too(bench) -> None:
    session = ended(bench)
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c", "tab", "down", "enter", *"go kx", "enter", *"over the threshold", "enter")
        assert told(bench, session).modifiers == ("GO", "KX")


async def test_a_running_group_has_no_codes_yet(bench) -> None:
    bench.start()
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("c")
        assert isinstance(app.screen, HomeScreen)


# --- one-on-one minutes --------------------------------------------------------------------------------


async def test_one_on_one_minutes_are_entered_shown_and_taken_back_after_asking(bench) -> None:
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await press_at_once(pilot, "m", *enter("05:00", "05:24", "97112"), *enter("06:00", "06:23", "97110"))
        assert isinstance(app.screen, MinutesScreen)
        kept = bench.clinic.library.minutes()
        assert [(e.person, e.code, e.minutes, str(e.leader)) for e in kept] == [
            (ADA, "97112", 24, "J. Rivera, OTR/L"),
            (ADA, "97110", 23, "J. Rivera, OTR/L"),
        ]
        units = str(app.screen.query_one("#units").render())
        assert "8-minute rule: 97112 x 2, 97110 x 1" in units
        assert "97112, 24 minutes: 1 unit of 15 min, 9 left over" in units
        await pilot.press("x")
        assert len(bench.clinic.library.minutes()) == 2
        await pilot.press("x")
        assert [e.code for e in bench.clinic.library.minutes()] == ["97112"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        (enter("05:10", "05:30", "97110"), "05:10-05:30 overlaps the one-on-one time 05:00-05:24"),
        (enter("05:30", "05:20", "97110"), "is not after the start"),
        (enter("07:00", "07:20", "97150"), "is not timed"),
        (enter("7", "07:20", "97110"), "is not a time of day"),
    ],
)
async def test_what_overlaps_or_makes_no_sense_is_refused_in_the_form(bench, keys, says) -> None:
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await press_at_once(pilot, "m", *enter("05:00", "05:24", "97112"), *keys)
        assert says in str(app.screen.query_one("#problem").render())
        assert len(bench.clinic.library.minutes()) == 1


async def test_time_in_a_group_is_not_entered_a_second_time(bench) -> None:
    session = ended(bench)
    state = bench.clinic.read(session)
    local = state.started_at.astimezone()
    start, end = f"{local:%H:%M}", f"{local + timedelta(minutes=10):%H:%M}"
    app = bench.app()
    async with app.run_test(size=SMALL) as pilot:
        await press_at_once(pilot, "m", *enter(start, end, "97112"))
        problem = str(app.screen.query_one("#problem").render())
        assert problem.startswith(f"start: {start}-{end} overlaps their time in One-leg stance")
        assert bench.clinic.library.minutes() == []


@pytest.mark.parametrize("size", [SMALL, (120, 40)])
async def test_hostile_names_are_data_on_these_screens_too(tmp_path, size) -> None:
    made = Bench(tmp_path / "data", names=HOSTILE)
    ended(made)
    app = made.app()
    async with app.run_test(size=size) as pilot:
        way = "c down down tab enter escape m a down enter escape escape escape escape m a escape escape"
        for key in way.split():
            await pilot.press(key)
            unseen_on(app)
        assert isinstance(app.screen, HomeScreen)
    made.clinic.close()
