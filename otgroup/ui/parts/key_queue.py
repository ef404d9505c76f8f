"""Keys and clicks in the order they came: one is handed over when the one before has done all its work.

Textual hands every key at once to whatever has the focus at that moment. A leader who types `f4`, `p`, `a` and
a name in one go would then press keys on screens that are not there yet; a click would overtake the keys before it.
"""

import asyncio
from collections import deque
from typing import TypeVar

from textual.app import App
from textual.events import Event, Key, MouseDown, MouseUp, Paste
from textual.widgets import Input, TextArea

from otgroup.board.line import joined_lines

_T = TypeVar("_T")

_Typed = Key | Paste | MouseDown | MouseUp


class KeyQueue(App[_T]):
    """An app that holds typed keys back while an earlier one is at work."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_waiting: deque[_Typed] = deque()
        self._key_at_work = False

    @property
    def keys_wait(self) -> bool:
        """Whether keys have been typed that nothing has had yet."""
        return bool(self._keys_waiting)

    async def on_event(self, event: Event) -> None:
        """Take keys one by one; everything else as it comes."""
        if not isinstance(event, _Typed) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys_waiting.append(event)
        if not self._key_at_work:
            await self._hand_keys_over()

    async def _hand_keys_over(self) -> None:
        """The next key, and as many behind it as go into the same text."""
        self._key_at_work = False
        while self._keys_waiting and not self._key_at_work and not self._exit:
            event = self._keys_waiting.popleft()
            self._key_at_work = not self._is_text(event)
            await super().on_event(self._fitting(event))
        if self._key_at_work:
            asyncio.get_running_loop().call_soon(self._wait_for_rest)

    def _wait_for_rest(self) -> None:
        """Hand the next key over when nothing is left that could run: then focus and screens are where they will be.

        All work of an app is done in the turns of one event loop: what a key led to is over when no turn waits.
        """
        loop = asyncio.get_running_loop()
        if getattr(loop, "_ready", ()):
            loop.call_soon(self._wait_for_rest)
        elif self._keys_waiting:
            self.call_later(self._hand_keys_over)
        else:
            self._key_at_work = False

    def _is_text(self, event: _Typed) -> bool:
        """Whether a key is text for a line: it moves no focus and opens nothing, so the next need not wait."""
        in_line = isinstance(self.focused, Input | TextArea) or getattr(self.screen, "takes_text", False)
        return isinstance(event, Key) and event.is_printable and in_line

    def _fitting(self, event: _Typed) -> _Typed:
        """A pasted text for a line of a form as one line: the line would keep the first one only."""
        if isinstance(event, Paste) and isinstance(self.focused, Input):
            return Paste(joined_lines(event.text))
        return event
