"""The leader's own editor: whatever it does, the app comes back with the text and a line about it."""

import stat
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import SuspendNotSupported

from otgroup.errors import BadInput
from otgroup.ui.review.editor import edit_outside

TEXT = "Ada stepped.\nTwice."


@pytest.fixture
def terminal():
    """The terminal, given away and taken back; an error on the way would leave it given away, as Textual does."""
    seen = []

    @contextmanager
    def suspend():
        seen.append("away")
        yield
        seen.append("back")

    suspend.seen = seen
    return suspend


@pytest.fixture
def edit(tmp_path, terminal, monkeypatch):
    def run(script: str | None, *, editor: str | None = None) -> tuple[str, str]:
        terminal.seen.clear()
        if script is not None:
            program = tmp_path / "editor"
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
            editor = str(program)
        monkeypatch.delenv("VISUAL", raising=False)
        monkeypatch.setenv("EDITOR", editor or "")
        try:
            return edit_outside(TEXT, tmp_path / "edit.txt", terminal)
        finally:
            assert terminal.seen in ([], ["away", "back"])
            assert not (tmp_path / "edit.txt").exists()

    run.program = tmp_path / "editor"
    return run


def test_what_was_written_comes_back(edit) -> None:
    text, told = edit('printf "Ada walked." > "$1"')
    assert text == "Ada walked."
    assert "as it was left" in told


def test_a_missing_editor_leaves_the_text_and_gives_the_terminal_back(edit, terminal) -> None:
    text, told = edit(None, editor="no-such-editor --wait")
    assert text == TEXT
    assert "no-such-editor: cannot be started" in told
    assert terminal.seen == ["away", "back"]


def test_an_editor_that_fails_is_told_and_what_it_wrote_is_kept(edit) -> None:
    assert edit("exit 3") == (TEXT, f"{edit.program}: ended with status 3, look at what is here")
    text, told = edit('printf "half" > "$1"; exit 1')
    assert (text, "status 1" in told) == ("half", True)


def test_an_editor_that_does_not_wait_is_told_how_to(edit) -> None:
    text, told = edit("exit 0")
    assert text == TEXT
    assert "--wait" in told


def test_a_last_line_end_is_no_change_and_other_encodings_keep_their_letters(edit) -> None:
    assert "--wait" in edit('echo >> "$1"')[1]
    assert edit(r'printf "Jos\351" > "$1"')[0] == "José"


def test_an_editor_that_takes_the_file_away_is_refused_and_the_text_stays(edit) -> None:
    with pytest.raises(BadInput, match="left no file"):
        edit('rm "$1"')


@pytest.mark.parametrize(("editor", "told"), [("", "EDITOR is not set"), ('vi "', "quotation mark")])
def test_no_editor_or_one_that_cannot_be_read_is_refused_before_anything_is_written(edit, editor, told) -> None:
    with pytest.raises(BadInput, match=told):
        edit(None, editor=editor)


def test_a_terminal_that_cannot_be_given_away_is_told(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("EDITOR", "true")

    @contextmanager
    def never():
        raise SuspendNotSupported
        yield

    with pytest.raises(BadInput, match="write it here"):
        edit_outside(TEXT, tmp_path / "edit.txt", never)
    assert not list(Path(tmp_path).iterdir())
