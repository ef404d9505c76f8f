"""From what a terminal sends to Textual's keys: nothing that is no key becomes one."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module

from textual import events
from textual._time import get_time
from textual._xterm_parser import _MAX_SEQUENCE_SEARCH_THRESHOLD, XTermParser
from textual.message import Message

from otgroup.ui.parts.terminal_strings import InputPiece, StringKind, TerminalStrings

_KEY_REPORT = re.compile(
    r"\x1b\[(?P<code>\d{1,7})(?::(?P<shifted>\d{0,7})(?::\d*)?)?;(?P<held>\d{0,4})(?::(?P<event>[123]))?"
    r"(?:;(?P<text>[\d:]*))?(?P<end>[u~A-HPQRS])"
)
"""A key as kitty's protocol tells it: its code, the one with Shift, the keys held with it, whether it went down."""

_RELEASED, _SHIFT = "3", "2"
_FAR = re.compile(r"\x1b\[48;[\d:;]*\d{5}[\d:;]*t")
"""A window larger than any screen."""


class InputDropped(Message):
    """An answer of the terminal had no end: what was pressed meanwhile was not read."""


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
        elif piece.kind is StringKind.UNENDED:
            yield InputDropped()
        else:
            for key in self._sequence_to_key_events(piece.text):
                yield events.Key(f"alt+{key.key}", None)

    def _known(self, sequence: str) -> Iterable[Message]:
        """The messages of a whole sequence; none where Textual knows no meaning of it, or waits for more."""
        plain = _pressed(sequence)
        if not plain or len(plain) > _MAX_SEQUENCE_SEARCH_THRESHOLD or _FAR.match(plain):
            return ()
        try:
            messages = [message for message in super().feed(plain) if not _is_half_character(message)]
        except (ValueError, ArithmeticError):  # a number that is no character, key or place
            self._start_anew()
            return ()
        if self._awaiting.timeout is None:
            return messages
        self._start_anew()
        return ()

    def _start_anew(self) -> None:
        """Forget what Textual's parser has read half."""
        self._timeout_time = None
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)


def _is_half_character(message: Message) -> bool:
    """Whether a key is one of the numbers that only in pairs make a character, in another coding than a journal's."""
    return isinstance(message, events.Key) and "\ud800" <= (message.character or "") <= "\udfff"


def _pressed(sequence: str) -> str:
    """A key's report without what Textual does not read in it; empty where the key was let go."""
    report = _KEY_REPORT.fullmatch(sequence)
    if report is None or ":" not in sequence:
        return sequence
    if report["event"] == _RELEASED:
        return ""
    text = report["text"] or (report["shifted"] if report["held"] == _SHIFT else "")
    return f"\x1b[{report['code']};{report['held']}{';' if text else ''}{text or ''}{report['end']}"


def sift_input() -> None:
    """Let Textual's drivers read through the sieve."""
    for driver in ("linux_driver", "win32"):
        with suppress(ImportError):  # the other system's
            import_module(f"textual.drivers.{driver}").XTermParser = InputParser  # type: ignore[attr-defined]
