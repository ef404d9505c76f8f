"""Leaving while the terminal is gone: nobody waits for it."""

import io
import threading

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES

from otgroup.ui.leaving import ForgivingWriter


class Gone(io.StringIO):
    """A terminal that takes some text and is then closed."""

    def __init__(self, takes: int) -> None:
        super().__init__()
        self.left = takes

    def write(self, text: str) -> int:
        self.left -= 1
        return self._asked(text)

    def flush(self) -> None:
        self._asked("")

    def _asked(self, text: str) -> int:
        if self.left < 0:
            raise OSError(5, "Input/output error")
        return super().write(text)


@pytest.mark.parametrize("takes", [0, 3, 999])
def test_what_a_closed_terminal_does_not_take_holds_nothing_up(takes) -> None:
    terminal = Gone(takes)
    writer = ForgivingWriter(terminal)
    writer.start()

    def write_and_stop() -> None:
        for _ in range(3 * MAX_QUEUED_WRITES):
            writer.write("x")
        writer.stop()

    leaving = threading.Thread(target=write_and_stop, daemon=True)
    leaving.start()
    leaving.join(5)
    assert not leaving.is_alive()
    assert terminal.getvalue() == "x" * min(takes, 3 * MAX_QUEUED_WRITES)
