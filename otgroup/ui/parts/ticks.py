"""A list to tick: what is not ticked has no mark, so that colour is not the only difference."""

from typing import TypeVar

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import SelectionList
from textual.widgets._toggle_button import ToggleButton  # the mark is public there and nowhere else

_T = TypeVar("_T")
_MARK = 1
"""The segment of a line that holds the mark, between the button's two edges."""


class Ticks(SelectionList[_T]):
    """A selection list whose mark stands only where something is ticked."""

    def render_line(self, y: int) -> Strip:
        """Textual draws the mark in another colour; here it is left out."""
        strip, number = super().render_line(y), self.scroll_offset.y + y
        segments = list(strip)
        if number >= self.option_count or segments[_MARK].text != ToggleButton.BUTTON_INNER:
            return strip
        if self.get_option_at_index(number).value not in self.selected:
            segments[_MARK] = Segment(" ", segments[_MARK].style)
        return Strip(segments, strip.cell_length)
