"""Handing a note's text to the EHR: the clipboard where one can be reached, else a file that is said."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyperclip
from textual.app import App

from otgroup.store.files import write_whole

_OSC52 = frozenset({"iTerm.app", "WezTerm", "ghostty", "kitty", "foot", "contour", "rio"})
"""Terminals known to take text for the clipboard by an escape sequence."""


Away = Callable[[], object]
"""Takes away what was copied."""


class Handing:
    """Copies one text after another; each is taken away again after some time, all of them when the app ends."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._lying: list[Away] = []

    def copy(self, text: str, beside: Callable[[], Path], clear_s: int) -> str:
        """Put a text where it can be pasted, for so many seconds (0: for good); one line that says where it is."""
        told, away = self._to_clipboard(text) or self._to_terminal(text) or self._to_file(text, beside())
        if not clear_s:
            return told
        self._lying.append(away)
        self._app.set_timer(clear_s, partial(self._take_away, away))
        return f"{told}, for {clear_s} s"

    def clear(self) -> None:
        """Take away whatever still lies somewhere."""
        for away in tuple(self._lying):
            self._take_away(away)

    def _take_away(self, away: Away) -> None:
        if away in self._lying:
            self._lying.remove(away)
            with suppress(pyperclip.PyperclipException, OSError):  # a clipboard that is gone holds nothing
                away()

    def _to_clipboard(self, text: str) -> tuple[str, Away] | None:
        try:
            pyperclip.copy(text)
        except pyperclip.PyperclipException:
            return None

        def away() -> None:
            if pyperclip.paste() == text:
                pyperclip.copy("")

        return "copied to the clipboard", away

    def _to_terminal(self, text: str) -> tuple[str, Away] | None:
        program = os.environ.get("TERM_PROGRAM", "") or os.environ.get("TERM", "").removeprefix("xterm-")
        if program not in _OSC52:
            return None
        self._app.copy_to_clipboard(text)
        return "given to the terminal's clipboard", lambda: self._app.copy_to_clipboard("")

    def _to_file(self, text: str, path: Path) -> tuple[str, Away]:
        write_whole(path, text.encode(), overwrite=True)
        return f"no clipboard can be reached here: the text is in {path}", lambda: path.unlink(missing_ok=True)
