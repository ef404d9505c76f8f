"""The system's clipboard, through the programs there are for it: each has little time and is asked how it went.

No library does that: pyperclip looks at no exit status and waits for ever; copykitten's call cannot be given up.
"""

import os
import platform
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final

import msgspec

from otgroup.errors import OTGroupError

ANSWER_S: Final = 3.0
"""Seconds within which a program answers or has failed."""

LOOKS_S: Final = (0.0, 0.1, 0.3)
"""Seconds to wait before each look at the clipboard: an X program ends before the clipboard is quite its own."""


class NotOnClipboard(OTGroupError):
    """A program for the clipboard did not do what it was asked."""


class _NoAnswer(NotOnClipboard):
    """It has not even ended."""


class ClipboardProgram(msgspec.Struct, frozen=True, kw_only=True):
    """How one system is told to take, give and forget a text; `encoding` is how it takes it."""

    take: tuple[str, ...]
    give: tuple[str, ...]
    forget: tuple[str, ...]
    encoding: str = "utf-8"
    environment: Mapping[str, str] = MappingProxyType({})
    answer_s: float = ANSWER_S

    @property
    def name(self) -> str:
        """The program that takes the text."""
        return self.take[0]

    def put(self, text: str) -> bool:
        """Put a text on the clipboard; whether it was then seen there. Raises NotOnClipboard.

        What is seen counts, whatever the program says of itself; where nothing can be read its word counts.
        """
        refusal = self._try_to_put(text)
        seen = self._sees(text)
        if seen or (seen is None and not refusal):
            return bool(seen)
        if not refusal:  # perhaps in letters that nobody wrote
            with suppress(NotOnClipboard):
                self._run(self.forget, b"")
        raise NotOnClipboard(refusal or f"{self.name} took it, but the clipboard holds something else")

    def take_away(self, text: str, *, seen: bool) -> None:
        """Empty the clipboard if it still holds a text; where it could not be read (not `seen`), in any case.

        Raises NotOnClipboard where it cannot be emptied.
        """
        if seen and not self._holds(text):
            return
        self._run(self.forget, b"")
        if seen and not any(self._gone(text, wait) for wait in LOOKS_S):
            raise NotOnClipboard(f"{self.forget[0]} did not empty the clipboard")

    def _try_to_put(self, text: str) -> str:
        """Why it failed; nothing where it did not."""
        try:
            self._run(self.take, text.encode(self.encoding))
        except NotOnClipboard as refusal:
            return str(refusal)
        return ""

    def _sees(self, text: str) -> bool | None:
        """Whether the clipboard holds a text; None where it cannot be read."""
        seen: bool | None = None
        for wait in LOOKS_S:
            time.sleep(wait)
            try:
                seen = _same(self._run(self.give, b""), text)
            except _NoAnswer:
                return seen
            except NotOnClipboard:
                continue
            if seen:
                return True
        return seen

    def _holds(self, text: str) -> bool:
        """Whether the clipboard holds a text; what is not given as text is not ours. Raises NotOnClipboard."""
        try:
            return _same(self._run(self.give, b""), text)
        except _NoAnswer:
            raise
        except NotOnClipboard:
            return False

    def _gone(self, text: str, wait: float) -> bool:
        time.sleep(wait)
        return not self._holds(text)

    def _run(self, command: tuple[str, ...], data: bytes) -> bytes:
        """What a program writes, given some bytes. Raises NotOnClipboard.

        Only a program that gives has its output read: one that takes may leave a part of itself behind that
        holds the clipboard, and with it whatever it was given to write to.
        """
        out = subprocess.PIPE if command is self.give else subprocess.DEVNULL
        try:
            process = subprocess.Popen(  # noqa: S603 - one of the programs below
                command,
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        except OSError as error:
            raise NotOnClipboard(f"{command[0]} cannot be run ({error.strerror})") from error
        with process:
            try:
                found, _ = process.communicate(data, timeout=self.answer_s)
            except subprocess.TimeoutExpired:
                _end(process)
                raise _NoAnswer(f"{command[0]} gave no answer for {self.answer_s:g} s") from None
        if process.returncode:
            raise NotOnClipboard(f"{command[0]} failed (status {process.returncode})")
        return found or b""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def _same(found: bytes, text: str) -> bool:
    """Whether these are the bytes of a text, whatever line ends and last line a program makes of it."""
    return _lines(found.decode("utf-8", "replace")) == _lines(text)


def _lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").rstrip("\n")


_WAYLAND: Final = ClipboardProgram(
    take=("wl-copy", "-t", "text/plain"), give=("wl-paste", "-n", "-t", "text"), forget=("wl-copy", "--clear")
)
_XCLIP: Final = ClipboardProgram(
    take=("xclip", "-selection", "clipboard"),
    give=("xclip", "-selection", "clipboard", "-o"),
    forget=("xclip", "-selection", "clipboard"),
)
_XSEL: Final = ClipboardProgram(take=("xsel", "-b", "-i"), give=("xsel", "-b", "-o"), forget=("xsel", "-b", "-c"))
_MAC: Final = ClipboardProgram(
    take=("pbcopy",),
    give=("pbpaste",),
    forget=("pbcopy",),
    environment=MappingProxyType({"LC_ALL": "en_US.UTF-8"}),  # without it they take bytes for Mac Roman
)
_GIVE_UTF8: Final = "[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false); Get-Clipboard -Raw"
_WINDOWS: Final = ClipboardProgram(
    take=("clip.exe",),
    give=("powershell.exe", "-NoProfile", "-NonInteractive", "-Command", _GIVE_UTF8),
    forget=("clip.exe",),
    encoding="utf-16le",
    answer_s=8.0,  # PowerShell starts slowly
)


def programs_here(
    env: Mapping[str, str], system: str = sys.platform, release: str = platform.release()
) -> tuple[ClipboardProgram, ...]:
    """The programs that reach the clipboard of whoever sits here, the best first; none over SSH, where the
    clipboard is another machine's.
    """
    if over_ssh(env):
        return ()
    if system == "darwin":
        wanted = [_MAC]
    elif system == "win32" or "microsoft" in release.lower():  # Linux inside Windows has Windows' clipboard
        wanted = [_WINDOWS]
    else:
        wanted = [_WAYLAND] if env.get("WAYLAND_DISPLAY") else []
        wanted += [_XCLIP, _XSEL] if env.get("DISPLAY") else []
    return tuple(program for program in wanted if shutil.which(program.name, path=env.get("PATH")))


def over_ssh(env: Mapping[str, str]) -> bool:
    """Whether the terminal is on another machine."""
    return any(env.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


_TERMINALS: Final = frozenset({"iTerm.app", "WezTerm", "ghostty", "kitty", "foot", "contour", "rio"})


def terminal_takes_text(env: Mapping[str, str]) -> bool:
    """Whether the terminal is known to take text for the clipboard of its own machine (OSC 52)."""
    program = env.get("TERM_PROGRAM", "") or env.get("TERM", "").removeprefix("xterm-")
    return program in _TERMINALS
