"""Copied notes: each is where it is said to be, until its own time is over."""

import threading
from functools import partial
from pathlib import Path

import pytest

from otgroup.errors import OTGroupError
from otgroup.export.clipboard import programs_here
from otgroup.export.copies import Copies
from tests.programs import Programs

ADA, BEN = "Ada Larkspur: 12 taps\n", "Ben Kettlewick: 9 taps\n"


@pytest.fixture
def programs(programs: Programs) -> Programs:
    programs.add("xclip")
    return programs


def copies(programs: Programs, terminal=None) -> Copies:
    return Copies(programs_here(programs.environment(), "linux", "6.1"), terminal)


def beside(tmp_path: Path, name: str = "ada.txt") -> Path:
    return tmp_path / name


def test_a_later_copy_is_not_taken_away_at_an_earlier_ones_time(programs, tmp_path) -> None:
    ours = copies(programs)
    first = ours.copy(ADA, partial(beside, tmp_path))
    second = ours.copy(ADA, partial(beside, tmp_path))
    ours.take_away(first)
    assert programs.held == ADA
    ours.take_away(second)
    assert programs.held == ""
    assert (first.to, first.told) == ("clipboard", "copied to the clipboard")


def test_neither_is_it_from_the_terminal_nor_from_a_file(programs, tmp_path) -> None:
    given: list[str] = []
    by_terminal, by_file = Copies((), given.append), Copies(())
    for ours, there in ((by_terminal, lambda: given[-1]), (by_file, lambda: beside(tmp_path).read_text("utf-8"))):
        first = ours.copy(ADA, partial(beside, tmp_path))
        second = ours.copy(ADA, partial(beside, tmp_path))
        ours.take_away(first)
        assert there() == ADA
        ours.take_away(second)
    assert given == [ADA, ADA, ""]
    assert not beside(tmp_path).exists()
    assert (by_terminal.copy(ADA, partial(beside, tmp_path)).to) == "terminal (OSC 52)"


def test_when_a_copy_fails_the_note_before_is_not_what_is_pasted(programs, tmp_path) -> None:
    ours = copies(programs)
    ours.copy(ADA, partial(beside, tmp_path))
    refuses = 'case "$*" in *-o*) cat "{clip}";; *) cat >"{clip}.new"; [ -s "{clip}.new" ] && exit 1; mv "{clip}.new" "{clip}";; esac'  # noqa: E501
    programs.add("xclip", refuses)
    copy = ours.copy(BEN, partial(beside, tmp_path, "ben.txt"))
    assert programs.held == ""
    assert copy.to == str(tmp_path / "ben.txt")
    assert copy.told == f"NOT on the clipboard, xclip failed (status 1): copied to the file {copy.to}"
    assert Path(copy.to).read_text("utf-8") == BEN


def test_where_that_fails_too_it_is_said(programs, tmp_path) -> None:
    ours = copies(programs)
    ours.copy(ADA, partial(beside, tmp_path))
    programs.add("xclip", 'case "$*" in *-o*) cat "{clip}";; *) exit 1;; esac')
    copy = ours.copy(BEN, partial(beside, tmp_path, "ben.txt"))
    assert copy.told.endswith("ben.txt, and what was copied before may still be on the clipboard")
    assert ours.leave() == ["a copied note may still lie on the clipboard: xclip failed (status 1)"]


def test_the_next_program_is_tried(programs, tmp_path) -> None:
    programs.add("xclip", "exit 1")
    programs.add("xsel", 'case "$2" in -o) cat "{clip}";; -i) cat >"{clip}";; -c) : >"{clip}";; esac')
    ours = copies(programs)
    copy = ours.copy(ADA, partial(beside, tmp_path))
    assert (copy.to, programs.held) == ("clipboard", ADA)
    ours.take_away(copy)
    assert programs.held == ""


def test_leaving_takes_everything_away_but_what_is_to_stay(programs, tmp_path) -> None:
    files = Copies(())
    files.copy(ADA, partial(beside, tmp_path))
    files.copy(BEN, partial(beside, tmp_path, "ben.txt"), stays=True)
    assert files.leave() == []
    assert [path.name for path in tmp_path.glob("*.txt")] == ["ben.txt"]
    ours = copies(programs)
    ours.copy(ADA, partial(beside, tmp_path))
    assert ours.leave() == []
    assert programs.held == ""
    with pytest.raises(OTGroupError, match="being left"):
        ours.copy(BEN, partial(beside, tmp_path))
    assert programs.held == ""


def test_a_copy_that_is_still_under_way_at_leaving_is_taken_away_too(programs, tmp_path) -> None:
    begun = tmp_path / "begun"
    slow = f'case "$*" in *-o*) cat "{{clip}}";; *) touch {begun}; sleep 0.5; cat >"{{clip}}";; esac'
    programs.add("xclip", slow)
    ours = copies(programs)
    thread = threading.Thread(target=ours.copy, args=(ADA, partial(beside, tmp_path)))
    thread.start()
    while not begun.exists():
        thread.join(0.01)
    assert ours.leave() == []
    thread.join()
    assert programs.held == ""
