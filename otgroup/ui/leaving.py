"""Leaving, in order or not: signals end the app as a quit would, and a crash tells where, never what."""

import asyncio
import codecs
import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from textual.app import App


def crash_text(error: BaseException | None) -> str:
    """Kind of error and places in the code, without any value."""
    frames = traceback.extract_tb(error.__traceback__) if error else []
    places = [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    told = "OTGroup stopped because of a fault of its own. What was on the screen is saved: start it again to go on."
    return "\n".join([told, type(error).__name__, *places])


def ignore_strange_bytes() -> None:
    """A byte that is not UTF-8 (another encoding, Alt as an eighth bit) is no key; Textual 8.2.8 would stop."""
    with suppress(ImportError):  # a driver of its own on Windows
        from textual.drivers import linux_driver  # noqa: PLC0415

        def forgiving(encoding: str) -> Callable[[], codecs.IncrementalDecoder]:
            return partial(codecs.getincrementaldecoder(encoding), "ignore")

        linux_driver.getincrementaldecoder = forgiving  # type: ignore[assignment,attr-defined]


def leave_on_signals(app: App[None]) -> None:
    """A closed terminal or a shutdown ends the app as a quit would."""
    loop = asyncio.get_running_loop()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, app.exit)
