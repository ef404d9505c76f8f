"""The clipboard through real programs in PATH: what they did is what is said, and none is waited for long."""

import time

import pytest

from otgroup.export import clipboard
from otgroup.export.clipboard import NotOnClipboard, programs_here, terminal_takes_text
from tests.programs import WORKING, Programs

NOTE = "Ada Larkspur: 12 täps,\nsteady\n"


def xclip(programs: Programs, script: str = WORKING) -> clipboard.ClipboardProgram:
    programs.add("xclip", script)
    [found] = programs_here(programs.environment(), "linux", "6.1")
    return found


def test_a_text_is_put_seen_and_taken_away(programs) -> None:
    program = xclip(programs)
    assert program.put(NOTE) is True
    assert programs.held == NOTE
    program.take_away(NOTE, seen=True)
    assert programs.held == ""


def test_what_somebody_else_copied_meanwhile_stays(programs) -> None:
    program = xclip(programs)
    program.put(NOTE)
    programs.clip.write_bytes(b"caf\xe9 \xff")
    program.take_away(NOTE, seen=True)
    assert programs.clip.read_bytes() == b"caf\xe9 \xff"


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ('cat >/dev/null; echo "Error: Cannot open display" >&2; exit 1', r"xclip failed \(status 1\)"),
        ("exit 3", r"xclip failed \(status 3\)"),
        ("kill -9 $$", r"xclip failed \(status -9\)"),
        (WORKING.replace('cat >"{clip}"', "cat >/dev/null"), "xclip took it, but the clipboard holds something else"),
        (WORKING.replace('cat >"{clip}"', 'tr ä a >"{clip}"'), "the clipboard holds something else"),
    ],
)
def test_what_a_program_did_not_do_is_not_said_to_be_done(programs, script, why) -> None:
    program = xclip(programs, script)
    with pytest.raises(NotOnClipboard, match=why):
        program.put(NOTE)


def test_a_program_that_is_not_one_is_refused(programs) -> None:
    program = xclip(programs)
    (programs.folder / "xclip").write_bytes(b"\x7fELF")
    with pytest.raises(NotOnClipboard, match="xclip cannot be run"):
        program.put(NOTE)


def test_a_program_that_hangs_is_ended_with_all_it_started(programs, tmp_path, monkeypatch) -> None:
    alive = tmp_path / "alive"
    program = xclip(programs, f"(sleep 2; touch {alive}) & sleep 30")
    quick = clipboard.msgspec.structs.replace(program, answer_s=0.5)
    start = time.monotonic()
    with pytest.raises(NotOnClipboard, match=r"xclip gave no answer for 0\.5 s"):
        quick.put(NOTE)
    assert time.monotonic() - start < 5
    time.sleep(2.5)
    assert not alive.exists()


def test_a_part_that_stays_behind_to_hold_the_clipboard_is_not_waited_for(programs) -> None:
    program = xclip(programs, 'case "$*" in *-o*) cat "{clip}";; *) cat >"{clip}"; sleep 20 & esac')
    start = time.monotonic()
    assert program.put(NOTE) is True
    assert time.monotonic() - start < 3


def test_a_clipboard_that_is_there_a_moment_later_is_waited_for(programs) -> None:
    late = 'case "$*" in *-o*) cat "{clip}";; *) cat >"{clip}.new"; (sleep 0.2; mv "{clip}.new" "{clip}") & esac'
    assert xclip(programs, late).put(NOTE) is True


def test_where_nothing_can_be_read_back_the_programs_word_counts(programs) -> None:
    unreadable = 'case "$*" in *-o*) exit 1;; *) cat >"{clip}";; esac'
    program = xclip(programs, unreadable)
    assert program.put(NOTE) is False
    program.take_away(NOTE, seen=False)
    assert programs.held == ""


def test_a_note_that_cannot_be_taken_away_is_told(programs) -> None:
    program = xclip(programs)
    program.put(NOTE)
    programs.add("xclip", 'case "$*" in *-o*) cat "{clip}";; *) cat >/dev/null;; esac')
    with pytest.raises(NotOnClipboard, match="did not empty"):
        program.take_away(NOTE, seen=True)


@pytest.mark.parametrize(
    ("here", "system", "found"),
    [
        ({}, "linux", ["xclip", "xsel"]),
        ({"DISPLAY": ""}, "linux", []),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
        ({"SSH_CONNECTION": "192.0.2.1 5000 192.0.2.2 22"}, "linux", []),
        ({"SSH_TTY": "/dev/pts/3"}, "darwin", []),
    ],
)
def test_the_programs_are_those_of_the_machine_somebody_sits_at(programs, here, system, found) -> None:
    for name in ("xclip", "xsel", "wl-copy", "pbcopy", "clip.exe"):
        programs.add(name)
    assert [program.name for program in programs_here(programs.environment(**here), system, "6.1")] == found


def test_a_program_that_is_not_there_is_not_tried(programs) -> None:
    assert programs_here(programs.environment(PATH=str(programs.folder)), "linux", "6.1") == ()


def test_linux_inside_windows_has_windows_clipboard(programs) -> None:
    programs.add("clip.exe", 'cat >"{clip}"')
    programs.add("powershell.exe", 'iconv -f utf-16le -t utf-8 "{clip}" | sed "s/$/\\r/"')
    [program] = programs_here(programs.environment(), "linux", "5.15-microsoft-standard-WSL2")
    assert program.put(NOTE) is True
    assert programs.clip.read_bytes().decode("utf-16le") == NOTE


def test_only_terminals_known_for_it_are_given_text() -> None:
    assert terminal_takes_text({"TERM_PROGRAM": "kitty"})
    assert terminal_takes_text({"TERM": "xterm-ghostty"})
    assert not terminal_takes_text({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"})
