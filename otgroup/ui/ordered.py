"""Keys in the order they were typed: one is handed over when the one before has done all its work.

Textual hands every key at once to whatever has the focus at that moment. A leader who types `e15` and
Enter in one go would then press 1 and 5 on the board, because the line that `e` opens is not there yet.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from typing import TypeVar

from textual.app import App
from textual.dom import DOMNode
from textual.events import Event, Key, Paste

T = TypeVar("T")

LONGEST_S = 2.0
"""A key that has not come to rest by then waits for something else: the next one is handed over."""

LATER_S = 0.02
"""A key is followed when it has been painted, or at once when the next one comes: a single tap pays nothing."""


class OrderedKeys(App[T]):
    """An app that holds typed keys back while an earlier one is at work."""

    def __init__(self) -> None:
        super().__init__()
        self._keys_waiting: deque[Key | Paste] = deque()
        self._key_since: float | None = None
        self._key_follow: asyncio.TimerHandle | None = None

    async def on_event(self, event: Event) -> None:
        """Take keys one by one; everything else as it comes."""
        if not isinstance(event, Key | Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._keys_waiting.append(event)
        if self._key_follow:
            await self._follow_key()
        else:
            await self._hand_key_over()

    async def _hand_key_over(self) -> None:
        """The next key, unless one is at work."""
        loop = asyncio.get_running_loop()
        if self._keys_waiting and (self._key_since is None or loop.time() - self._key_since > LONGEST_S):
            self._key_since = loop.time()
            await super().on_event(self._keys_waiting.popleft())
            self._key_follow = loop.call_later(
                LATER_S if not self._keys_waiting else 0, self.call_later, self._follow_key
            )

    async def _follow_key(self) -> None:
        """Go the way of a key, from the focus up to the app, and wait for the turn at each."""
        if self._key_follow:
            self._key_follow.cancel()
            self._key_follow = None
        if not self._exit:
            path = (self.focused or self.screen).ancestors_with_self
            await self._walk_key(path, path)

    async def _walk_key(self, path: Sequence[DOMNode], rest: Sequence[DOMNode]) -> None:
        for done, node in enumerate(rest, start=1):
            if node.call_later(self._walk_key, path, rest[done:]):
                return  # a screen that has been closed meanwhile is passed over
        if rest or self._exit:
            return  # the app itself takes nothing more
        if self._keys_at_rest(path):
            self._key_since = None
            await self._hand_key_over()
        else:
            await self._follow_key()

    def _keys_at_rest(self, path: Sequence[DOMNode]) -> bool:
        """Whether the focus is where it was and no message waits between it and the app."""
        return path[0] is (self.focused or self.screen) and not any(node.message_queue_size for node in path)
