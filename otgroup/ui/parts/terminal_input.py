"""From what a terminal sends to Textual's keys: nothing that is no key becomes one."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module

from textual import events
from textual._time import get_time
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD, XTermParser
from textual.message import Message

from otgroup.ui.parts.terminal_strings import InputPiece, StringKind, TerminalStrings


class InputParser(XTermParser):
    """Textual's parser behind a sieve.

    Of Textual 8.2.8 alone, a sequence that it does not know becomes the keys it is written with, and Escape with a
    sign right behind it becomes the sign.
    """

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - as Textual calls it
        self._strings = TerminalStrings()
        super().__init__(debug)

    def feed(self, data: str) -> Iterable[Message]:
        """The messages of what was read; an empty text is the end."""
        if not data:
            yield from super().feed(data)
            return
        now = get_time()
        for piece in self._strings.feed(data, now):
            for message in self._messages(piece):
                message.time = now  # what came in one go is known by it, however long it takes to tell it apart
                yield message

    def tick(self) -> Iterable[Message]:
        """The messages of what has waited long enough."""
        for piece in self._strings.quiet(get_time()):
            yield from self._messages(piece)

    def _messages(self, piece: InputPiece) -> Iterator[Message]:
        if piece.kind is StringKind.TEXT:
            yield from super().feed(piece.text)
        elif piece.kind is StringKind.SEQUENCE:
            yield from self._known(piece.text)
        elif piece.kind is StringKind.ESCAPE:
            yield events.Key("escape", piece.text)
        elif piece.kind is StringKind.PASTE:
            yield events.Paste(piece.text.replace("\x00", ""))
        else:
            for key in self._sequence_to_key_events(piece.text):
                yield events.Key(f"alt+{key.key}", None)

    def _known(self, sequence: str) -> Iterable[Message]:
        """The messages of a whole sequence, none if Textual waits for more: then it has no meaning there."""
        if len(sequence) > _MAX_SEQUENCE_SEARCH_THRESHOLD:
            return ()
        messages = list(super().feed(sequence))
        if self._awaiting.timeout is None:
            return messages
        self._timeout_time = None
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        return ()


def sift_input() -> None:
    """Let Textual's drivers read through the sieve."""
    for driver in ("linux_driver", "win32"):
        with suppress(ImportError):  # the other system's
            import_module(f"textual.drivers.{driver}").XTermParser = InputParser  # type: ignore[attr-defined]
