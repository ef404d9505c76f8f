"""Leaving, in order or not: signals end the app as a quit would, and a crash tells where, never what."""

import asyncio
import codecs
import signal
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from rich.traceback import Traceback
from textual.app import App
from textual.drivers._writer_thread import WriterThread


def crash_text(error: BaseException | None) -> str:
    """Kind of error and places in the code, without any value."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    return _stopped(type(error).__name__, [(frame.filename, frame.lineno, frame.name) for frame in frames])


def crash_text_of(trace: Traceback) -> str:
    """The same of an error that a thread of Textual's has put into its own form."""
    stacks = trace.trace.stacks
    kinds = ", ".join(stack.exc_type for stack in stacks)
    return _stopped(kinds, [(f.filename, f.lineno, f.name) for stack in stacks for f in stack.frames])


def _stopped(kind: str, places: Iterable[tuple[str, int | None, str]]) -> str:
    told = "OTGroup stopped because of a fault of its own. What was on the screen is saved: start it again to go on."
    return "\n".join([told, kind, *(f"  {Path(file).name}:{line} {name}" for file, line, name in places)])


def ignore_strange_bytes() -> None:
    """A byte that is not UTF-8 (another encoding, Alt as an eighth bit) is no key; Textual 8.2.8 would stop."""
    with suppress(ImportError):  # a driver of its own on Windows
        from textual.drivers import linux_driver  # noqa: PLC0415

        def forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
            return partial(codecs.getincrementaldecoder(encoding), "ignore")

        linux_driver.getincrementaldecoder = forgiving  # type: ignore[assignment,attr-defined]


def outlive_the_terminal() -> None:
    """A closed terminal takes no more text, and nobody waits until it does; Textual 8.2.8 would, for ever."""
    with suppress(ImportError):  # a driver of its own on Windows
        from textual.drivers import linux_driver  # noqa: PLC0415

        linux_driver.WriterThread = ForgivingWriter  # type: ignore[attr-defined]


class ForgivingWriter(WriterThread):
    """Writes to the terminal in the background as Textual's does, but does not end with it."""

    def run(self) -> None:
        """Write what comes until the end; what cannot be written is let go, so that the queue never stays full."""
        while (text := self._queue.get()) is not None:
            with suppress(OSError, ValueError):
                self._file.write(text)
                if not self._queue.qsize():
                    self._file.flush()
        with suppress(OSError, ValueError):
            self._file.flush()


def leave_on_signals(app: App[None]) -> None:
    """A closed terminal or a shutdown ends the app as a quit would."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, app.exit)
