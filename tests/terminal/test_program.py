"""The real program in a real pseudo-terminal: from start to notes, killed at any moment, durable before painted."""

import json
import random
import re
import secrets
import shutil
import signal
import subprocess
import time
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from otgroup.clinic.clinic import Clinic
from otgroup.demo.play import prepare_live
from otgroup.record.people import Leader, Person, PersonId
from otgroup.store.clinic_files import shipped
from otgroup.store.folder import DataFolder, local_now
from tests.terminal.terminal import Terminal, on_board, program

pytestmark = pytest.mark.terminal


def otgroup(data: Path, *args: str) -> str:
    """A command beside the running program; what it printed."""
    done = subprocess.run(program(data, *args), capture_output=True, text=True, check=True)
    return done.stdout


def shown(data: Path) -> dict:
    [session, *_] = json.loads(otgroup(data, "sessions", "--json"))
    return json.loads(otgroup(data, "show", session["id"], "--json"))


def test_from_an_empty_folder_to_notes_by_keys(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("No sessions yet")
        leader.press("p", "a")
        leader.wait_for("Record number")
        leader.press("Ada Larkspur")
        leader.wait_for("Ada Larkspur")
        leader.press("ctrl+s")
        leader.wait_for("Ada Larkspur  Ada L.")
        leader.press("q")
        leader.wait_for("No sessions yet")
        leader.press("n")
        leader.wait_for("Who leads?")
        leader.press("J. Rivera")
        leader.wait_for("J. Rivera")
        leader.press("tab", "OTR/L")
        leader.press("enter")
        leader.wait_for("New session")
        leader.press("down", "down", "tab", "space")
        leader.wait_for("1 chosen")
        leader.press("s")
        leader.wait_for("1 here")
        leader.press("1", ",,,", ".")
        leader.wait_for("left 3")
        leader.press("b")
        leader.wait_for("j unsteady")
        leader.press("k")
        leader.wait_for("LOB 1 !")
        leader.press("n")
        leader.wait_for("j remark")
        leader.press("k")
        leader.wait_for("response:")
        leader.press("Steadier today.", "enter")
        leader.wait_for("response: Steadier today.")
        leader.press("ctrl+e")
        leader.wait_for("End One-leg stance")
        leader.press("enter")
        leader.wait_for("sign, next")
        leader.press("x")
        leader.wait_for("Enter exports")
        leader.press("enter")
        leader.wait_for("files written")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    [note] = [p for p in data.rglob("notes/*/*.txt") if "index" not in p.name]
    text = note.read_text("utf-8")
    assert "3 left-foot (standing on the right) and 1 right-foot toe tap" in text
    assert "Steadier today." in text


def test_keys_typed_in_one_go_wait_for_the_line_or_screen_they_are_meant_for(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    before = shown(data)["participants"]
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        leader.press("enter", "1,e15", "enter", "nk15 of 18, she said.", "enter", "2e.7", "enter", "2v", "ctrl+e")
        leader.wait_for("End One-leg")
        leader.press("escape")  # with a key right behind it a terminal would make Alt of it
        leader.wait_for(lambda shown: "u undo" in shown and "End One-leg" not in shown)
        leader.press("2t", "f4", "pa", "Zoe Vetch", "ctrl+s")
        leader.wait_for("Zoe Vetch  Zoe V.")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    ada, ben = shown(data)["participants"][:2]
    assert ada["measures"]["taps"]["left"] == before[0]["measures"]["taps"]["left"] + 16
    assert ada["response"] == "15 of 18, she said."
    assert ben["measures"]["taps"]["right"] == before[1]["measures"]["taps"]["right"] + 7
    for cue in ("verbal", "tactile"):
        assert ben["cues"][cue] == before[1]["cues"].get(cue, 0) + 1


def test_a_byte_that_is_no_character_is_no_key_and_ends_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    with on_board(data) as leader:
        for strange in (b"\xe9", b"\xff", b"\x9b"):
            leader.send(strange)
            leader.press("2v")
        leader.wait_for("Ben K.  verbal cue, 3rd")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0


def test_what_is_typed_with_the_key_that_opens_a_line_is_whole(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    before = shown(data)["participants"][0]["measures"]["taps"]["left"]
    with on_board(data) as leader:
        for number in range(1, 21):
            leader.press("1e105", "enter")
            leader.wait_for(f"now {before + 105 * number}")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    assert shown(data)["participants"][0]["measures"]["taps"]["left"] == before + 20 * 105


def test_a_key_held_down_on_the_board_counts_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    before = shown(data)["participants"][0]["measures"]["taps"]["left"]
    with on_board(data) as leader:
        leader.press("1")
        for number, first_s in enumerate((0.25, 0.5, 0.66), start=1):
            leader.hold(",", first_s=first_s)
            leader.wait_for(", is held down: let it go")
            assert shown(data)["participants"][0]["measures"]["taps"]["left"] == before + number
            time.sleep(1)
        leader.press("v")
        leader.wait_for("verbal cue")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0


def on_card(screen: str, number: int) -> list[tuple[str, str]]:
    """The sides and figures on one participant's card."""
    lines = screen.splitlines()
    for line, below in pairwise(lines):
        if found := re.search(rf"[┌┏] {number} ", line):
            return re.findall(r"(left|right) (\d+)", re.split("[│┃]", below[found.start() + 1 :])[0])
    return []


def test_every_event_that_reached_the_screen_survives_kill_9(tmp_path: Path) -> None:
    """Taps are typed without waiting; whatever figure the screen has shown is in the journal after the kill."""
    data = tmp_path / "data"
    prepare_live(data, local_now())
    rng = random.Random(7)
    for _ in range(6):
        with on_board(data) as leader:
            person = rng.randint(1, 8)
            leader.press(str(person), *rng.choices((",", ".", "v", "t"), k=rng.randint(5, 60)))
            for _ in range(rng.randint(1, 40)):
                leader.read(0.01)
            leader.kill()
            seen = leader.screen()
        participants = shown(data)["participants"]
        figures = on_card(seen, person)
        assert figures, seen
        for side, count in figures:
            assert participants[person - 1]["measures"]["taps"][side] >= int(count)
        log = [line for line in seen.splitlines() if re.match(r" \d\d:\d\d:\d\d .* (left|right) \d+ +", line)]
        for line in log:
            name, side, count = re.match(r" [\d:]+ (.+?)  (left|right) (\d+)", line).groups()
            found = [p for p in participants if p["name"].startswith(name.split()[0])]
            assert found[0]["measures"]["taps"][side] >= int(count), line


def quick_balls(data: Path) -> None:
    """A running group of two whose intervals last four seconds."""
    text = (shipped("groups") / "baoding-balls.toml").read_text("utf-8")
    folder = DataFolder.open(data, write=True)
    folder.clinic_files.own_groups.mkdir()
    (folder.clinic_files.own_groups / "balls.toml").write_text(
        text.replace("target_s = 120", "target_s = 4"), "utf-8"
    )
    clinic = Clinic(folder, local_now, lambda: secrets.token_hex(4))
    people = [Person(id=PersonId(n), name=n, short_name=n) for n in ("Ada", "Ben")]
    clinic.start(folder.clinic_files.group("baoding-balls"), people, Leader("J. Rivera"))
    clinic.close()


def test_two_running_clocks_survive_kill_9_and_ring_when_the_group_goes_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    quick_balls(data)
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        leader.press("enter")
        leader.wait_for("2 here")
        leader.press("1", "wj")
        leader.wait_for("j clockwise")
        leader.press("j")
        leader.wait_for("interval: clockwise")
        leader.press("2", "wk")
        leader.wait_for("Ben  interval started, right, target 0:04")
        leader.kill()
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        leader.press("enter")
        leader.wait_for(lambda shown: shown.count("DONE? w") == 2)
        leader.wait_for("TIME! 2 Ben, 1 Ada")
        leader.press("w")
        leader.wait_for("Ben 0:04 done")
        leader.press("j")
        leader.wait_for("stopped after (m:ss)")
        leader.press("0:02 fatigue", "enter")
        leader.wait_for("interval stopped, 0:02: fatigue")
        leader.press("w")
        leader.wait_for("Ada 0:04 done")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    ada, ben = (person["measures"]["turning"][0] for person in shown(data)["participants"])
    assert (ada["seconds"], ada["how"], ada["side"], ada["patterns"]) == (4, "done", "left", ["clockwise"])
    assert (ben["seconds"], ben["how"], ben["side"], ben["reason"]) == (2, "stopped", "right", "fatigue")


def test_minutes_do_not_run_on_through_the_gap(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now() - timedelta(minutes=47))
    before = [p["minutes"] for p in shown(data)["participants"]]
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        leader.press("enter")
        leader.wait_for("paused meanwhile")
        leader.press("j")
        leader.wait_for("u undo")
        leader.press("ctrl+e")
        leader.wait_for("End One-leg")
        leader.press("enter")
        leader.wait_for("sign, next")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    after = [p["minutes"] for p in shown(data)["participants"]]
    assert all(0 <= b - a <= 1 for a, b in zip(before, after, strict=True))


def test_a_second_program_is_told_who_holds_the_folder_while_readers_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        second = subprocess.run(program(data), capture_output=True, text=True, check=False)
        assert (second.returncode, second.stderr.count("\n")) == (1, 1)
        assert "is in use by" in second.stderr
        assert len(shown(data)["participants"]) == 8
        leader.press("q")
        assert leader.wait_end() == 0


@pytest.mark.parametrize("how", ["SIGTERM", "SIGHUP"])
def test_a_shutdown_ends_it_cleanly(tmp_path: Path, how: str) -> None:
    data = tmp_path / "data"
    prepare_live(data, local_now())
    with on_board(data) as leader:
        leader.press("1", "v")
        leader.wait_for("Ada L.  verbal cue")
        leader.process.send_signal(getattr(signal, how))
        assert leader.wait_end() == 0
    assert shown(data)["participants"][0]["cues"]["verbal"] == 1


@pytest.mark.skipif(
    shutil.which("strace") is None, reason="strace is not installed: the order of write and paint is not checked"
)
def test_the_event_is_synced_before_the_screen_changes(tmp_path: Path) -> None:
    data, trace = tmp_path / "data", tmp_path / "trace"
    prepare_live(data, local_now())
    watched = ["strace", "-f", "-y", "-s", "4000", "-e", "trace=write,fdatasync,fsync", "-o", str(trace)]
    with Terminal(*watched, *program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on", 60)
        leader.press("enter")
        leader.wait_for("u undo", 60)
        leader.press("1", "v")
        leader.wait_for("Ada L.  verbal cue", 60)
        leader.press("ctrl+q")
        leader.wait_end(60)
    calls = trace.read_text("utf-8", "replace").splitlines()

    def place(*parts: str, after: int = -1) -> int:
        return next(n for n, call in enumerate(calls) if n > after and all(part in call for part in parts))

    written = place("write(", "sessions/", "cue_given")
    synced = place("sync(", "sessions/", after=written)
    painted = place("write(", "pts/", "verbal cue, 1st")
    assert written < synced < painted
