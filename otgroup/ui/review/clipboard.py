"""Copied notes on the screen's side: programs run beside it, and each copy has its own time."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

from textual.app import App

from otgroup.errors import OTGroupError
from otgroup.export.clipboard import over_ssh, programs_here, terminal_takes_text
from otgroup.export.copies import Copies, Copy


class Clipboard:
    """Copies one note after another; each is taken away after its time, all of them when the app ends."""

    def __init__(self, app: App[None]) -> None:
        env = os.environ
        terminal = app.copy_to_clipboard if terminal_takes_text(env) else None
        why = "over SSH no clipboard is used" if over_ssh(env) else "no clipboard can be reached here"
        self._app, self._copies = app, Copies(programs_here(env), terminal, why)

    async def copy(self, text: str, beside: Callable[[], Path], *, stays: bool = False) -> Copy:
        """Put a text where it can be pasted from, the screen going on meanwhile. Raises OTGroupError."""
        return await asyncio.to_thread(self._copies.copy, text, beside, stays=stays)

    async def take_away(self, copy: Copy) -> None:
        """Take a copy away unless a later one stands in its place; where that fails the leader is told."""
        try:
            await asyncio.to_thread(self._copies.take_away, copy)
        except OTGroupError as refusal:
            told = f"the copied note could not be taken away: {refusal}"
            self._app.notify(told, severity="error", markup=False, timeout=15)

    def take_away_after(self, copy: Copy, seconds: int) -> None:
        """Take a copy away after some seconds."""
        self._app.set_timer(seconds, lambda: self._app.run_worker(self.take_away(copy)))

    async def leave(self) -> list[str]:
        """Take away all that is not to stay; a line for each copy that cannot be."""
        return await asyncio.to_thread(self._copies.leave)
