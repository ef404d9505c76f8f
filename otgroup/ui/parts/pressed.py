"""A screen that tells a key that was pressed from one that is held down."""

from collections.abc import Awaitable, Callable
from functools import partial

from textual import events

from otgroup.board.presses import REPEAT_S, Press, Presses
from otgroup.ui.parts.key_queue import KeyQueue
from otgroup.ui.parts.pages import Page


class PressedScreen(Page[str]):
    """Knows how the last key came; `once_pressed` is for what nobody may do by holding a key down."""

    def __init__(self) -> None:
        super().__init__()
        self.presses = Presses()

    def on_key(self, event: events.Key) -> None:
        """Keep how a key came."""
        self.presses.key(event.key, event.time)

    def add_said(self, text: str) -> None:
        """Put a word behind the line that stands before the leader, once."""
        raise NotImplementedError

    async def once_pressed(self, key: str, do: Callable[[], Awaitable[None]]) -> None:
        """Do it if the key was pressed for it: at once, or when it has not come again as a held key does."""
        if self.presses.press is Press.HELD:
            self.add_said(f"{key} is held down: let it go")
        elif self.presses.press is Press.DOUBTFUL:
            self.set_timer(REPEAT_S, partial(self._if_let_go, self.presses.number, do))
        else:
            await do()

    async def _if_let_go(self, number: int, do: Callable[[], Awaitable[None]]) -> None:
        """Do what a key was for that has not come again since, nor any other."""
        if self.presses.number == number and not (isinstance(self.app, KeyQueue) and self.app.keys_wait):
            await do()
