"""Copying a note in a real terminal, with stand-ins for the programs that reach the clipboard."""

import base64
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.programs import Programs
from tests.terminal.terminal import Terminal, program

pytestmark = pytest.mark.terminal

HANGS = "cat >/dev/null; sleep 60"
FAILS = 'cat >/dev/null; echo "Error: Cannot open display" >&2; exit 1'
_OSC52 = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A recorded group of two, both called alike where names are short; what is copied lies for 3 seconds."""
    folder, people, tally = tmp_path / "data", tmp_path / "people.csv", tmp_path / "tally.csv"
    people.write_text("name,short_name\nAda Larkspur,A. L\nAbe Lindenhof,A/ L\n", "utf-8")
    tally.write_text("participant,attendance,taps_left,lob\nAda Larkspur,present,12,0\nAbe Lindenhof,present,7,0\n")
    when = ("--date", "2026-01-20", "--start", "10:00", "--end", "10:36", "--leader", "J. Rivera, OTR/L")
    for args in (("people", "import", str(people)), ("record", "one-leg-stance", str(tally), *when)):
        subprocess.run(program(folder, *args), capture_output=True, check=True)
    return folder


def keep_for(data: Path, seconds: int) -> None:
    shipped = Path("otgroup/defaults/review.toml").read_text("utf-8")
    (data / "review.toml").write_text(shipped.replace("clipboard_s = 90", f"clipboard_s = {seconds}"), "utf-8")


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(tmp_path)


def opened(data: Path, programs: Programs, **more: str) -> Terminal:
    return Terminal(*program(data), columns=160, lines=34, env=programs.environment(**more))


def review(leader: Terminal) -> None:
    leader.wait_for("to review and sign")
    leader.press("r")
    leader.wait_for("1 of 2")


def gone_within(seconds: float, still_there) -> bool:
    end = time.monotonic() + seconds
    while still_there() and time.monotonic() < end:
        time.sleep(0.05)
    return not still_there()


def test_a_program_that_fails_is_told_and_each_note_has_its_own_file(data: Path, programs: Programs) -> None:
    programs.add("xclip", FAILS)
    with opened(data, programs) as leader:
        review(leader)
        leader.press("y")
        first = leader.wait_for("Ada Larkspur: NOT on the clipboard, xclip failed (status 1)")
        assert "copied to the clipboard" not in first
        leader.press("y")
        leader.wait_for("Abe Lindenhof: NOT on the clipboard")
        texts = [path.read_text("utf-8") for path in (data / "aside").iterdir()]
        assert sorted(name for text in texts for name in ("Ada Larkspur", "Abe Lindenhof") if name in text) == [
            "Abe Lindenhof",
            "Ada Larkspur",
        ]
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    assert list((data / "aside").iterdir()) == []


def test_a_program_that_hangs_holds_nobody_up(data: Path, programs: Programs) -> None:
    programs.add("wl-copy", HANGS)
    programs.add("wl-paste", "cat /dev/null")
    with opened(data, programs, WAYLAND_DISPLAY="wayland-0", DISPLAY="") as leader:
        review(leader)
        leader.press("y")
        leader.wait_for("on its way to be pasted")
        leader.press("j")
        leader.wait_for("2 of 2", timeout=2.5)
        leader.wait_for("NOT on the clipboard, wl-copy gave no answer for 3 s")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0


def test_other_bytes_on_the_clipboard_are_left_there_and_end_nothing(data: Path, programs: Programs) -> None:
    keep_for(data, 1)
    programs.add("xclip")
    with opened(data, programs) as leader:
        review(leader)
        leader.press("y")
        leader.wait_for("copied to the clipboard, for 1 s")
        programs.clip.write_bytes(b"caf\xe9")
        leader.read(2)
        time.sleep(2)
        leader.press("k")
        leader.wait_for("1 of 2")
        leader.press("ctrl+q")
        assert leader.wait_end() == 0
    assert programs.clip.read_bytes() == b"caf\xe9"


@pytest.mark.parametrize("how", ["ctrl+q", "SIGTERM", "SIGHUP", "closed"])
@pytest.mark.parametrize("reachable", [True, False])
def test_however_it_is_left_no_note_stays(data: Path, programs: Programs, how: str, reachable: bool) -> None:
    if reachable:
        programs.add("xclip")
    with opened(data, programs, DISPLAY=":99" if reachable else "") as leader:
        review(leader)
        leader.press("y")
        leader.wait_for("copied to the clipboard" if reachable else "the text is in")
        if how == "ctrl+q":
            leader.press(how)
        elif how == "closed":
            leader.hang_up()
        else:
            leader.process.send_signal(getattr(signal, how))
        if how != "closed":
            leader.wait_end()
        assert gone_within(10, lambda: leader.process.poll() is None)
    assert "Ada Larkspur" not in programs.held
    aside = data / "aside"
    assert not aside.exists() or list(aside.iterdir()) == []


def test_what_a_killed_run_left_is_gone_at_the_next_start(data: Path, programs: Programs) -> None:
    with opened(data, programs, DISPLAY="") as leader:
        review(leader)
        leader.press("y")
        leader.wait_for("the text is in")
        leader.kill()
    assert len(list((data / "aside").iterdir())) == 1
    with opened(data, programs, DISPLAY="") as leader:
        leader.wait_for("to review and sign")
        assert list((data / "aside").iterdir()) == []


def test_an_earlier_time_takes_nothing_from_the_terminals_clipboard_that_came_later(
    data: Path, programs: Programs
) -> None:
    keep_for(data, 6)
    with opened(data, programs, DISPLAY="", TERM_PROGRAM="kitty") as leader:
        review(leader)
        begun = time.monotonic()
        leader.press("y")
        leader.wait_for("Ada Larkspur: given to the terminal")
        time.sleep(1.5)  # so far apart are the ends of their times
        leader.press("y")
        leader.wait_for("Abe Lindenhof: given to the terminal")
        while time.monotonic() - begun < 6.8:  # the first one's time is over
            leader.read(0.1)
        given = [base64.b64decode(sent).decode() for sent in _OSC52.findall(bytes(leader.received))]
        assert [text.count("Larkspur") > 0 for text in given] == [True, False]
        assert given[-1]
        leader.press("ctrl+q")
        leader.wait_end()
        given = [base64.b64decode(sent) for sent in _OSC52.findall(bytes(leader.received))]
        assert given[-1] == b""


def test_over_ssh_the_other_machines_clipboard_is_not_touched(data: Path, programs: Programs) -> None:
    programs.add("xclip")
    with opened(data, programs, SSH_CONNECTION="192.0.2.1 50000 192.0.2.2 22") as leader:
        review(leader)
        leader.press("y")
        leader.wait_for("over SSH no clipboard is used: the text is in")
    assert programs.held == "what was there before"
