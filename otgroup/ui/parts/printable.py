"""The last edge before the terminal: whatever a record holds, no control or direction character gets through."""

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_JOINER = "\N{ZERO WIDTH JOINER}"


class PrintableFilter(LineFilter):
    """Takes unseen characters out of every line drawn; entry refuses them already, a damaged file may not."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments, unchanged where all is printable, which is nearly always."""
        if all(segment.text.isprintable() for segment in segments):
            return segments
        return [Segment(printable(text), style, control) for text, style, control in segments]


def printable(text: str) -> str:
    """The text with unseen characters dropped, or a question mark where one took room.

    Data goes through it before `Content.assemble`, which loses count of characters that it strips itself.
    """
    return "".join(c if c.isprintable() or c == _JOINER else "?" * cell_len(c) for c in text)
