"""Handing a note's text to the EHR: the clipboard where one can be reached, else a file that is said."""

import os
from collections.abc import Callable
from pathlib import Path

import pyperclip
from textual.app import App

from otgroup.store.files import write_whole

_OSC52 = frozenset({"iTerm.app", "WezTerm", "ghostty", "kitty", "foot", "contour", "rio"})
"""Terminals known to take text for the clipboard by an escape sequence."""


class Handing:
    """Copies one text after another; what was copied last is taken away again after some time."""

    def __init__(self, app: App[None], clear_s: int) -> None:
        self._app, self._clear_s = app, clear_s

    def copy(self, text: str, beside: Callable[[], Path]) -> str:
        """Put a text where it can be pasted; one line that says where it is now."""
        told, away = self._to_clipboard(text) or self._to_terminal(text) or self._to_file(text, beside())
        if self._clear_s:
            self._app.set_timer(self._clear_s, away)
            return f"{told}, for {self._clear_s} s"
        return told

    def _to_clipboard(self, text: str) -> tuple[str, Callable[[], None]] | None:
        try:
            pyperclip.copy(text)
        except pyperclip.PyperclipException:
            return None

        def away() -> None:
            if pyperclip.paste() == text:
                pyperclip.copy("")

        return "copied to the clipboard", away

    def _to_terminal(self, text: str) -> tuple[str, Callable[[], None]] | None:
        program = os.environ.get("TERM_PROGRAM", "") or os.environ.get("TERM", "").removeprefix("xterm-")
        if program not in _OSC52:
            return None
        self._app.copy_to_clipboard(text)
        return "given to the terminal's clipboard", lambda: self._app.copy_to_clipboard("")

    def _to_file(self, text: str, path: Path) -> tuple[str, Callable[[], None]]:
        write_whole(path, text.encode(), overwrite=True)
        return f"no clipboard can be reached here: the text is in {path}", lambda: path.unlink(missing_ok=True)
