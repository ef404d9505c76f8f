"""The line being typed: a text and a cursor in it. It belongs to the desk, so no key can come before it is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Line:
    """A text and where the cursor stands in it, from 0 to its length."""

    text: str = ""
    cursor: int = 0

    @classmethod
    def of(cls, text: str) -> "Line":
        """A line to go on with: the cursor at its end."""
        return cls(text, len(text))

    @property
    def before(self) -> str:
        """The text before the cursor."""
        return self.text[: self.cursor]

    @property
    def after(self) -> str:
        """The text from the cursor on."""
        return self.text[self.cursor :]

    def put(self, typed: str) -> "Line":
        """With these characters at the cursor."""
        return Line(self.before + typed + self.after, self.cursor + len(typed))

    def paste(self, text: str) -> "Line":
        """With a pasted text at the cursor: all of its lines, as one."""
        return self.put(joined_lines(text))

    def moved(self, cursor: int) -> "Line":
        """With the cursor there, or at the end it would pass."""
        return Line(self.text, max(0, min(len(self.text), cursor)))

    def without(self, begin: int, end: int) -> "Line":
        """Without the characters from `begin` to `end`, both cut to the line; the cursor where they were."""
        begin, end = max(0, begin), min(len(self.text), end)
        return Line(self.text[:begin] + self.text[end:], begin)

    def word_before(self) -> int:
        """Where the word before the cursor begins."""
        head = self.before.rstrip()
        return len(head) - len(head.split(" ")[-1])

    def word_after(self) -> int:
        """Where the word after the cursor ends."""
        tail = self.after.lstrip()
        return len(self.text) - len(tail) + len(tail.split(" ")[0])


def joined_lines(text: str) -> str:
    """A text of any number of lines as one, nothing left out but line breaks and the room around them."""
    lines = text.replace("\t", " ").splitlines()
    return " ".join(filter(None, map(str.strip, lines))) if len(lines) > 1 else "".join(lines)


EDITS: Final[Mapping[str, Callable[[Line], Line]]] = {
    "backspace": lambda line: line.without(line.cursor - 1, line.cursor),
    "delete": lambda line: line.without(line.cursor, line.cursor + 1),
    "ctrl+d": lambda line: line.without(line.cursor, line.cursor + 1),
    "left": lambda line: line.moved(line.cursor - 1),
    "right": lambda line: line.moved(line.cursor + 1),
    "home": lambda line: line.moved(0),
    "ctrl+a": lambda line: line.moved(0),
    "end": lambda line: line.moved(len(line.text)),
    "ctrl+e": lambda line: line.moved(len(line.text)),
    "ctrl+left": lambda line: line.moved(line.word_before()),
    "ctrl+right": lambda line: line.moved(line.word_after()),
    "ctrl+u": lambda line: line.without(0, line.cursor),
    "ctrl+k": lambda line: line.without(line.cursor, len(line.text)),
    "ctrl+w": lambda line: line.without(line.word_before(), line.cursor),
}
"""What a key changes in a line, by Textual's names of keys."""
