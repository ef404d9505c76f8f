"""Copying in the review: what is said and kept on record is what was done, and nothing stays for good."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from textual.widgets import Static

from otgroup.errors import NotSaved
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.review.review import ReviewScreen
from tests.ui.reviewing import ADA, BEN, papers_on_disk, press_anew, worked
from tests.ui.screens import LARGE, LEADER, Bench

SLOW = 'case "$*" in *-o*) cat "{clip}";; *) sleep 0.7; cat >"{clip}";; esac'


@pytest.fixture
def bench(tmp_path, programs):
    made = Bench(tmp_path / "data", names=("Ada Larkspur", "Ben Kettlewick"))
    yield made
    made.clinic.close()


async def copied(pilot) -> None:
    """Press y, and wait until the note is where it goes."""
    await press_anew(pilot, "y")
    await done(pilot)


async def done(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


def text_of(path: str) -> str:
    return Path(path).read_text("utf-8")


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def handed_over(bench: Bench) -> list[str]:
    return [entry.to for entry in papers_on_disk(bench)[ADA].handed_over]


def keep_for(bench: Bench, seconds: int) -> None:
    shipped = Path("otgroup/defaults/review.toml").read_text("utf-8")
    (bench.data / "review.toml").write_text(shipped.replace("clipboard_s = 90", f"clipboard_s = {seconds}"), "utf-8")


async def test_a_note_is_copied_recorded_and_taken_away_at_the_end(bench, programs) -> None:
    programs.add("xclip")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        await copied(pilot)
        assert app.screen.who == BEN
        assert app.screen._said == "Ada Larkspur: copied to the clipboard, for 90 s"
        assert "Ada Larkspur" in programs.held
        assert handed_over(bench) == ["clipboard"]
        await pilot.press("ctrl+q")
    assert programs.held == ""


async def test_where_no_clipboard_can_be_reached_the_file_is_said_and_recorded(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        await copied(pilot)
        [written] = (bench.data / "aside").glob("*.txt")
        assert app.screen._said.endswith(f"no clipboard can be reached here: the text is in {written}, for 90 s")
        assert "Ada Larkspur" in written.read_text("utf-8")
        assert written.stat().st_mode & 0o077 == 0
        [entry] = papers_on_disk(bench)[ADA].handed_over
        assert (entry.formats, entry.to, entry.by) == (("txt",), str(written), LEADER)
        await pilot.press("ctrl+q")
    assert not written.exists()


async def test_a_program_that_fails_is_said_and_the_file_is_recorded(bench, programs) -> None:
    programs.add("xclip", "cat >/dev/null; exit 1")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        await copied(pilot)
        assert "Ada Larkspur: NOT on the clipboard, xclip failed (status 1): copied to the file" in app.screen._said
        [path] = handed_over(bench)
        assert "Ada Larkspur" in text_of(path)


async def test_two_who_are_called_alike_have_a_file_each(bench, tmp_path) -> None:
    twins = Bench(tmp_path / "twins", names=("Añ/ L", "An. L"))
    app = twins.app(twins.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, twins)
        for person in twins.people:
            await copied(pilot)
            written = app.screen._said.split("the text is in ")[1].removesuffix(", for 90 s")
            assert f"Participant: {person.name}" in text_of(written)
        assert len(names_in(twins.data / "aside")) == 2
    twins.clinic.close()


async def test_each_editor_has_a_file_of_the_participant(bench, programs, tmp_path, monkeypatch) -> None:
    seen = tmp_path / "seen"
    programs.add("noted", f'echo "$(basename "$1") $(head -c 12 "$1")" >>{seen}')
    monkeypatch.setenv("EDITOR", "noted")
    monkeypatch.delenv("VISUAL", raising=False)
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        monkeypatch.setattr(app, "suspend", _not_suspended)
        await pilot.press("e", "1", "ctrl+o", "escape", "j", "e", "1", "ctrl+o", "escape")
    names = [line.split()[0] for line in seen.read_text("utf-8").splitlines()]
    assert len(set(names)) == 2
    assert "_Ada-Larkspur_" in names[0]
    assert "_Ben-Kettlewick_" in names[1]


def _not_suspended():
    return contextlib.nullcontext()


@pytest.mark.leaves_threads
async def test_the_screen_goes_on_while_a_program_takes_its_time(bench, programs) -> None:
    programs.add("xclip", SLOW)
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("y")
        assert app.screen._said == "Ada Larkspur: on its way to be pasted"
        await press_anew(pilot, "y")
        assert "the note before is still on its way" in app.screen._said
        await pilot.press("j")
        assert app.screen.who == BEN
        await done(pilot)
        assert app.screen.who == BEN
        assert app.screen._said == "Ada Larkspur: copied to the clipboard, for 90 s"


async def test_a_key_held_down_copies_the_note_it_was_pressed_for_and_no_other(bench, programs) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        await press_anew(pilot, "y")
        await pilot.press(*["y"] * 20)
        await done(pilot)
        assert "y is held down: let it go" in app.screen._said
        assert (len(handed_over(bench)), len(names_in(bench.data / "aside"))) == (1, 1)


@pytest.mark.leaves_threads
async def test_a_note_still_on_its_way_when_the_review_is_left_is_taken_back(bench, programs) -> None:
    programs.add("xclip", SLOW)
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k", "y", "escape")
        assert isinstance(app.screen, HomeScreen)
        await done(pilot)
        assert programs.held == ""
        assert papers_on_disk(bench)[ADA].handed_over == ()


@pytest.mark.leaves_threads
async def test_leaving_while_a_note_is_on_its_way_leaves_nothing(bench, programs) -> None:
    programs.add("xclip", SLOW)
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("y", "ctrl+q")
    assert app.return_code == 0
    await asyncio.sleep(1)
    assert programs.held == ""


async def test_what_cannot_be_kept_on_record_is_taken_away_again(bench, programs, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise NotSaved("the disk is full")

    programs.add("xclip")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        monkeypatch.setattr(app.screen.review.session, "file", refused)
        await copied(pilot)
        assert app.screen.who == ADA
        assert "not copied, for it cannot be kept on record: the disk is full" in app.screen._said
        assert programs.held == ""


async def test_an_export_that_cannot_be_kept_on_record_leaves_no_file(bench, monkeypatch) -> None:
    def refused(*_: object) -> None:
        raise NotSaved("the disk is full")

    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "s")
        monkeypatch.setattr(app.screen.review.session, "file", refused)
        await pilot.press("x", "enter")
        await done(pilot)
        told = str(app.screen.query_one("#problem").content)  # the dialog stays, with what was typed
        assert "no notes written, for it cannot be kept on record: the disk is full" in told
    assert not [path for path in (bench.data / "notes").rglob("*") if path.is_file()]


async def test_each_copy_has_its_own_time(bench, programs) -> None:
    programs.add("xclip")
    keep_for(bench, 2)
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await copied(pilot)
        await asyncio.sleep(1.2)
        await copied(pilot)
        await asyncio.sleep(1.2)  # the first one's time is over
        assert "Ben Kettlewick" in programs.held
        await asyncio.sleep(1.5)
        await done(pilot)
        assert programs.held == ""


async def test_a_clipboard_that_holds_strange_bytes_or_is_gone_ends_nothing(bench, programs) -> None:
    keep_for(bench, 1)
    for afterwards in (lambda: programs.clip.write_bytes(b"caf\xe9"), (programs.folder / "xclip").unlink):
        programs.add("xclip")
        app = bench.app(bench.start())
        async with app.run_test(size=LARGE) as pilot:
            await worked(pilot, bench)
            await copied(pilot)
            afterwards()
            await asyncio.sleep(1.3)
            await done(pilot)
            assert isinstance(app.screen, ReviewScreen)
            await pilot.press("ctrl+q")
        assert app.return_code == 0


async def test_over_ssh_the_other_machines_clipboard_is_not_touched(bench, programs, monkeypatch) -> None:
    programs.add("xclip")
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await copied(pilot)
        assert "over SSH no clipboard is used: the text is in" in app.screen._said
    assert programs.held == "what was there before"


async def test_a_terminal_that_takes_text_is_what_is_recorded(bench, monkeypatch) -> None:
    monkeypatch.setenv("TERM_PROGRAM", "kitty")
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        await copied(pilot)
        assert "given to the terminal for its clipboard" in app.screen._said
        assert "Ada Larkspur" in app.clipboard
        assert handed_over(bench) == ["terminal (OSC 52)"]
        await pilot.press("ctrl+q")
    assert app.clipboard == ""


async def test_all_that_a_killed_run_left_aside_is_gone_at_the_next_start(bench) -> None:
    aside = bench.data / "aside"
    aside.mkdir()
    for name in ("note.txt", ".note.txt.0123abcd.otgroup-part", "note_edit.txt~", ".note_edit.txt.swp"):
        (aside / name).write_text("of somebody", "utf-8")
    async with bench.app().run_test(size=LARGE):
        assert names_in(aside) == []


async def test_a_note_that_is_not_laid_out_yet_is_looked_at_again_later(bench, monkeypatch) -> None:
    """Whoever asks again at once, in the screen's own turn, keeps the screen from ever laying it out."""
    looks, real = iter(range(500)), ReviewScreen._mark_read
    monkeypatch.setattr(ReviewScreen, "_mark_read", lambda self: (next(looks), real(self)))
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        review, note = app.screen, app.screen.query_one("#note")
        review._read.clear()

        last = Static("12 taps")
        last.display = False  # as good as not laid out
        await note.mount(last)
        review.call_later(review._mark_read)
        await asyncio.sleep(0.3)
        assert not review._read
        last.display = True
        await asyncio.sleep(0.3)
        assert set(review._read) == {review.who}


async def test_a_look_while_another_note_is_put_there_ends_nothing(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await app.screen.query_one("#note").remove_children()
        app.screen.set_timer(0.01, app.screen._mark_read)
        await asyncio.sleep(0.2)
        await pilot.press("ctrl+q")
    assert app.return_code == 0
