"""A group that nobody here has seen, as a .toml alone: live, on paper, in notes, in codes."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from otgroup.cli import cli
from otgroup.record.people import PersonId
from tests.ui.screens import SMALL, Bench

FILE = """schema = 1
id = "rope-pull"
title = "Rope pull"
area = "endurance"
activity = "pulling a rope hand over hand from a chair"
purposes = ["shoulder endurance", "trunk control"]
more_purposes = ["pacing"]
goal_links = ["hauling a laundry basket"]
why_group = "a shared count keeps everyone at an even pace"
cues = ["verbal", "tactile"]
watch_balance = false

[[measures]]
id = "bout"
kind = "interval"
one = "bout"
many = "bouts"
target_s = 60
sides = ["left", "right"]
side_means = "leading hand"
patterns = ["overhand", "underhand"]
main = true

[[measures]]
id = "slips"
kind = "count"
one = "slip"
many = "slips"
within = "bout"

[[measures]]
id = "load"
kind = "value"
one = "load"
many = "loads"
unit = "lb"

[grading]
lowest = -1
highest = 1

[[grading.harder]]
id = "standing"
text = "a standing position"
excludes = ["backrest"]

[[grading.easier]]
id = "backrest"
text = "a backrest"
excludes = ["standing"]

[[codes]]
code = "97530"
because = "the task itself is practised"
goals = ["laundry"]

[[codes]]
code = "97110"
because = "endurance of the shoulders is trained"
"""


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data", names=("Ada Larkspur", "Ben Kettlewick"))
    folder = made.data / "groups"
    folder.mkdir()
    (folder / "rope-pull.toml").write_text(FILE, "utf-8")
    yield made
    made.clinic.close()


def run(data: Path, *args: str) -> str:
    result = CliRunner().invoke(cli, ["--data", str(data), *args])
    assert result.exit_code == 0, result.output
    return result.stdout


async def test_it_is_run_live_and_stands_in_record_note_and_codes(bench, tmp_path) -> None:
    assert run(bench.data, "groups", "check") == ""
    session = bench.start("rope-pull")
    app = bench.app(session)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "f3", "tab", "down", "down", "space", "tab", "space", "ctrl+s")
        await pilot.press("n", "q", "q", "k", "w", "k", "j", "space", "space")
        bench.now += timedelta(seconds=70)
        await pilot.press("2", "w", "1", "m", "m", "e", *"12.5", "enter", "plus", "j")
        bench.now += timedelta(minutes=8)
        await pilot.press("ctrl+e", "enter")
    state = bench.on_disk()
    ada = state.participants[PersonId("p1")]
    [bout] = ada.clocks.bouts
    assert (bout.how, bout.side, bout.patterns, bout.target_s) == ("done", "right", ("overhand",), 60)
    assert (ada.grading.in_force, ada.grading.changes[0].ended) == (("standing",), ("backrest",))
    run(bench.data, "notes", session, "-o", str(tmp_path / "notes"), "--format", "txt", "--person", "Ada Larkspur")
    [note] = [path.read_text("utf-8") for path in (tmp_path / "notes").glob("*.txt")]
    assert "for pacing." in note
    assert "carries over to hauling a laundry basket" in note
    assert "With the right hand, overhand, bout 1 lasted the targeted 1 min, with 2 slips." in note
    assert "The load was 12.5 lb." in note
    assert "graded up with a standing position, ending a backrest (level +1)" in note
    first = json.loads(run(bench.data, "codes", session, "--json"))["participants"][0]["codes"]
    assert first[0]["code"] == "97150"
    assert "97530 (therapeutic activities): the task itself is practised" in first[0]["because"]


def test_it_is_recorded_from_paper(bench, tmp_path) -> None:
    header = next(csv.reader(run(bench.data, "sheet", "rope-pull").splitlines()))
    assert {"bout_1", "bout_side_1", "slips", "load", "cues_tactile"} <= set(header)
    bench.clinic.close()
    tally = tmp_path / "tally.csv"
    tally.write_text("participant,attendance,bout_1,bout_side_1,slips,load\nAda Larkspur,present,0:45,left,1,10\n")
    times = ("--date", "2026-01-20", "--start", "10:00", "--end", "10:20", "--leader", "J. Rivera, OTR/L")
    session = run(bench.data, "record", "rope-pull", str(tally), *times).strip()
    measures = json.loads(run(bench.data, "show", session, "--json"))["participants"][0]["measures"]
    assert (measures["bout"][0]["seconds"], measures["slips"], measures["load"]) == (45, 1, 10)
    told = json.loads(run(bench.data, "codes", session, "--json"))["participants"][0]
    assert (told["timed_minutes"], told["codes"][0]["code"]) == (20, "97110")
