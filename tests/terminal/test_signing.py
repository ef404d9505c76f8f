"""Eight notes from review to files in a real terminal: keys counted, signatures kept through kill -9."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal, program

pytestmark = pytest.mark.terminal

NAMES = ("Ada Larkspur", "Ben Kettlewick", "Cyd Mossbrook", "Dee Thistle", "Eli Fernhill", "Fay Windham",
         "Gus Oakridge", "Hal Brightwater")  # fmt: skip
RESPONSES = (
    "She said her hip stayed level.", "He asked for a slower beat.", "Hummed to keep the rhythm.",
    "She liked having the rail near.", "He was out of breath twice.", "She counted aloud on her own.",
    "He looked at the mirror to stay upright.", "He smiled at the last set.",
)  # fmt: skip


def otgroup(data: Path, *args: str) -> str:
    return subprocess.run(program(data, *args), capture_output=True, text=True, check=True).stdout


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A recorded group of eight in which nothing needs correcting."""
    folder, people, tally = tmp_path / "data", tmp_path / "people.csv", tmp_path / "tally.csv"
    rows = [f"{name},R-{n},G{n} reach the shelf number {n}" for n, name in enumerate(NAMES)]
    people.write_text("\n".join(["name,record_number,goals", *rows]), "utf-8")
    lines = ["participant,attendance,taps_left,taps_right,cues_verbal,lob,response,plan"]
    lines += [
        f'{name},present,{9 + n},{12 + 2 * n},{n},0,"{RESPONSES[n]}",Try {10 + n} taps.'
        for n, name in enumerate(NAMES)
    ]
    tally.write_text("\n".join(lines), "utf-8")
    otgroup(folder, "people", "import", str(people))
    when = ("--date", "2026-01-20", "--start", "10:00", "--end", "10:36", "--leader", "J. Rivera, OTR/L")
    otgroup(folder, "record", "one-leg-stance", str(tally), *when)
    return folder


def signed(data: Path) -> list[str]:
    """Whose notes are signed on the disk."""
    [session] = json.loads(otgroup(data, "sessions", "--json"))
    shown = json.loads(otgroup(data, "show", session["id"], "--json"))
    names = {p["id"]: p["name"] for p in shown["participants"]}
    return [names[entry["participant"]] for entry in shown.get("notes", ()) if entry["kind"] == "signed"]


def sign_until(leader: Terminal, wanted: str, most: int) -> int:
    """Press s, each time waiting for what it does, until a text stands on the screen; how many keys."""
    for keys in range(1, most + 1):
        before = leader.screen()
        leader.press("s")
        leader.wait_for(lambda now, before=before: now != before)
        while leader.read(0.3):  # the rest of the same frame
            pass
        if wanted in leader.screen():
            return keys
    raise AssertionError(f"{most} keys were not enough\n{leader.screen()}")


def test_eight_notes_are_signed_and_exported_with_two_keys_each_and_six_more(data: Path) -> None:
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("8 to review and sign")
        leader.press("r")
        leader.wait_for("1 of 8")
        keys = 1 + sign_until(leader, "All are signed", most=2 * 8 + 3)
        leader.press("x")
        leader.wait_for("Enter exports")
        leader.press("enter")
        leader.wait_for("files written")
        assert keys + 2 <= 2 * 8 + 6
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    assert sorted(signed(data)) == sorted(NAMES)
    notes = [p.read_text("utf-8") for p in (data / "notes").rglob("*.txt") if "index" not in p.name]
    assert len(notes) == 8
    assert all("UNSIGNED" not in note and "J. Rivera, OTR/L" in note for note in notes)


def test_every_signature_that_reached_the_screen_survives_kill_9(data: Path) -> None:
    for _ in range(3):
        with Terminal(*program(data), columns=80, lines=24) as leader:
            leader.wait_for("to review and sign")
            leader.press("r")
            leader.wait_for("of 8")
            sign_until(leader, "signed: ", most=3)
            leader.press("ss")
            leader.kill()
            seen = leader.screen()
        shown = [name for name in NAMES if f"signed: {name}" in seen]
        assert shown
        assert set(shown) <= set(signed(data))
    assert otgroup(data, "check").startswith("sound")


@pytest.mark.parametrize(("lines", "read"), [(14, []), (60, ["Ada Larkspur"])], ids=["long", "short"])
def test_a_key_held_down_signs_at_most_the_note_it_was_pressed_for(data: Path, lines: int, read: list[str]) -> None:
    """On a small screen nobody has seen the note's end; on a large one the first press is for what stands there."""
    with Terminal(*program(data), columns=80, lines=lines) as leader:
        leader.wait_for("to review and sign")
        leader.press("r")
        leader.wait_for("1 of 8")
        while leader.read(0.5):  # the note stands there
            pass
        leader.hold("s", first_s=0.5)
        leader.hold("s", first_s=0.25)
        leader.wait_for("s is held down")
        assert signed(data) == read
        time.sleep(1.2)
        sign_until(leader, "signed: Ben" if read else "signed: ", most=4)
        assert len(signed(data)) == len(read) + 1
