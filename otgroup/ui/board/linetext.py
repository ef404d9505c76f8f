"""The line that is typed, as a row: the cursor in it, a long text moved so far that the cursor is seen."""

from rich.cells import cell_len

from otgroup.board.line import Line
from otgroup.ui.parts.lines import Row, fit
from otgroup.ui.parts.printable import printable

MORE_TEXT = "…"
"""Stands where text before the row's first cell is not shown."""


def typed_row(line: Line, width: int) -> Row:
    """A row of `width` cells: `> `, the text, the cell under the cursor reversed."""
    before, after = printable(line.before), printable(line.after)
    under = after[:1] or " "
    room = max(1, width - cell_len("> ") - cell_len(under))
    return fit(
        (("> ", "accent"), (_end_of(before, room), "plain"), (under, "cursor"), (after[1:], "plain")), (), width
    )


def _end_of(text: str, room: int) -> str:
    """The last cells of a text that is longer than the room."""
    if cell_len(text) <= room:
        return text
    kept = ""
    for character in reversed(text):
        if cell_len(MORE_TEXT + character + kept) > room:
            break
        kept = character + kept
    return MORE_TEXT + kept
