"""The real program in a real pseudo-terminal: keys in, a screen out."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

import otgroup

TIMEOUT = 30.0
ROOT = Path(otgroup.__file__).parents[1]
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "f2": "\x1bOQ",
    "f4": "\x1bOS",
    "f10": "\x1b[21~",
    "ctrl+e": "\x05",
    "ctrl+o": "\x0f",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+u": "\x15",
}
# The opening of a terminal that no shell or pytest owns makes it the program's own: closing it hangs it up.
_ON_ITS_OWN_TERMINAL = 'exec <"$0" >"$0" 2>&1; exec "$@"'
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[?>=<][\d;]*[$]?[a-zA-Z]")
_SHOWN = (rb"h", rb"l")
_HALF_SEQUENCE = re.compile(rb"\x1b(\[[^a-zA-Z@~]*)?\Z")

Wanted = str | Callable[[str], bool]


def program(data: Path, *args: str) -> list[str]:
    """The command that runs OTGroup on a data folder."""
    return [sys.executable, "-m", "otgroup", "--data", str(data), *args]


class Terminal:
    """A program on a pseudo-terminal of its own, with its screen as a person would see it."""

    def __init__(
        self, *command: str, columns: int = 100, lines: int = 40, env: Mapping[str, str] | None = None
    ) -> None:
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self.received = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        inherited = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR", "OTGROUP_DATA"}}
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", _ON_ITS_OWN_TERMINAL, os.ttyname(slave), *command],
            start_new_session=True,
            cwd=ROOT,
            env={**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})},
        )
        self._slave: int | None = slave  # held until the program has it, else a first read finds no terminal

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.hang_up()

    # --- keys -------------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Type: each key is a name such as `enter`, or text typed as it is."""
        self.send("".join(KEYS.get(key, key) for key in keys).encode())

    def hold(self, key: str, *, first_s: float) -> None:
        """Hold a key down for two seconds on a keyboard that repeats it 30 times a second, the first time later."""
        self.press(key)
        time.sleep(first_s)
        for _ in range(60):
            self.press(key)
            time.sleep(1 / 30)

    def send(self, data: bytes) -> None:
        """Give bytes to the program, reading meanwhile so that neither waits for the other."""
        while data:
            self.read(0)
            data = data[os.write(self._master, data[:256]) :]

    def type_blind(self, data: bytes) -> None:
        """Give bytes to the program in one write and throw away what it draws: for tests that read its files."""
        while data:
            self.receive(0)
            data = data[os.write(self._master, data) :]

    def wait_quiet(self, seconds: float) -> None:
        """Wait until nothing has been drawn for so long; what was drawn is thrown away."""
        while self.receive(seconds):
            pass

    # --- screen -----------------------------------------------------------------------------------

    def read(self, timeout: float) -> bytes:
        """What the program has written, waiting so long for the first of it; empty at the end too."""
        data = self.receive(timeout)
        self.draw(data)
        return data

    def receive(self, timeout: float) -> bytes:
        """The bytes alone, for whoever takes the time: drawing them costs as much as the program's own work."""
        if self._master < 0 or not select.select([self._master], [], [], timeout)[0]:
            return b""
        try:
            data = os.read(self._master, 65536)
        except OSError:  # Linux says EIO when the last holder of the other end is gone
            return b""
        if data and self._slave is not None:
            os.close(self._slave)
            self._slave = None
        return data

    def draw(self, data: bytes) -> None:
        """Put received bytes on the screen."""
        self.received += data
        data = self._rest + data
        half = _HALF_SEQUENCE.search(data)
        whole, self._rest = (data[: half.start()], data[half.start() :]) if half else (data, b"")
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(lambda s: s[0] if s[0].endswith(_SHOWN) else b"", whole))

    def screen(self) -> str:
        """What stands on the screen now, after all that has come until now."""
        while self.read(0):
            pass
        return "\n".join(line.rstrip() for line in self._screen.display)

    def wait_for(self, wanted: Wanted, timeout: float = TIMEOUT) -> str:
        """Wait until a text stands on the screen (or the screen is as a test wants it); the screen."""
        fits = wanted if callable(wanted) else lambda shown: wanted in shown
        deadline = time.monotonic() + timeout
        while not fits(shown := self.screen()):
            if time.monotonic() > deadline or (not self.read(0.2) and self.process.poll() is not None):
                shown = self.screen()
                if fits(shown):
                    return shown
                raise AssertionError(f"never shown: {wanted}\nexit: {self.process.poll()}\n{shown}")
        return shown

    # --- the end ----------------------------------------------------------------------------------

    def wait_end(self, timeout: float = TIMEOUT) -> int:
        """Wait until the program has ended; its exit status."""
        deadline = time.monotonic() + timeout
        while self.process.poll() is None and time.monotonic() < deadline:
            self.read(0.05)
        status = self.process.wait(0.1)
        self.screen()
        return status

    def kill(self) -> None:
        """kill -9, then take what had been written until then."""
        self.process.send_signal(signal.SIGKILL)
        self.wait_end()

    def hang_up(self) -> None:
        """Close the terminal, as closing its window does."""
        for fd in (self._master, self._slave):
            if fd is not None and fd >= 0:
                os.close(fd)
        self._master, self._slave = -1, None


@contextmanager
def on_board(data: Path) -> Iterator[Terminal]:
    """The program with the board of its running group open."""
    with Terminal(*program(data), columns=80, lines=24) as leader:
        leader.wait_for("enter goes on")
        leader.press("enter")
        leader.wait_for("u undo")
        yield leader
