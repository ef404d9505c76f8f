"""A block of one-line rows that repaints only the rows that changed."""

from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

StyledText = tuple[str, str]
"""A text and the name of its style, one of `STYLES`. Text is data: it is never read as markup."""

Row = tuple[StyledText, ...]

STYLES = ("plain", "dim", "strong", "accent", "warn", "struck", "bar", "alarm", "cursor")


def fit(left: Row, right: Row, width: int, fill: str = " ", fill_style: str = "plain") -> Row:
    """One row of exactly `width` cells: `left` cut where `right` begins, the room between filled."""
    right = cut(right, width)
    room = width - row_width(right)
    left = cut(left, room)
    gap = room - row_width(left)
    return (*left, (fill * gap, fill_style), *right)


def row_width(row: Row) -> int:
    """Cells a row takes."""
    return sum(cell_len(text) for text, _ in row)


def cut(row: Row, width: int) -> Row:
    """The row's first `width` cells; a cut text ends in an ellipsis."""
    kept: list[StyledText] = []
    for text, style in row:
        size = cell_len(text)
        if size > width:
            kept.append((_shortened(text, width), style))
            break
        kept.append((text, style))
        width -= size
    return tuple(kept)


def _shortened(text: str, width: int) -> str:
    return set_cell_size(text, width - 1) + "…" if width > 1 else "…"[:width]


class Lines(Widget):
    """Rows of styled text. `show` takes the whole block and repaints what is different."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"lines--{style}" for style in STYLES}
    DEFAULT_CSS = """
    Lines { height: 1; }
    Lines > .lines--plain { color: $foreground; }
    Lines > .lines--dim { color: $foreground 60%; }
    Lines > .lines--strong { color: $foreground; text-style: bold; }
    Lines > .lines--accent { color: $accent; text-style: bold; }
    Lines > .lines--warn { color: $warning; text-style: bold; }
    Lines > .lines--struck { color: $foreground 50%; text-style: strike; }
    Lines > .lines--bar { color: $foreground; background: $panel; }
    Lines > .lines--alarm { color: $background; background: $error; text-style: bold; }
    Lines > .lines--cursor { color: $background; background: $foreground; }
    """

    class Resized(Message):
        """The block has another size: it wants other rows."""

        def __init__(self, lines: "Lines") -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> "Lines":
            """The block itself, for `on` selectors."""
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: tuple[Row, ...] = ()
        self._styles_by_name: dict[str, Style] = {}
        self._strips: dict[int, Strip] = {}
        self._width = 0

    def show(self, rows: tuple[Row, ...]) -> None:
        """Draw these rows."""
        old, self._rows = self._rows, rows
        changed = [y for y in range(max(len(old), len(rows))) if old[y : y + 1] != rows[y : y + 1]]
        if changed:
            for y in changed:
                self._strips.pop(y, None)
            width = self.size.width
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def on_resize(self) -> None:
        """Tell the screen that there is more or less room."""
        self.post_message(self.Resized(self))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Hand over the rows, those that did not change as they were: Textual asks every widget for every
        frame, and going through borders and padding that are not there took half the time of a tap.
        """
        width = self.size.width
        if width != self._width:
            self._strips.clear()
            self._width = width
        strips = [self._strips.get(y) or self._built(y) for y in crop.line_range]
        return strips if crop.column_span == (0, width) else [strip.crop(*crop.column_span) for strip in strips]

    def _built(self, y: int) -> Strip:
        strip, background = self.render_line(y), self.background_colors[1]
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        self._strips[y] = strip
        return strip

    def render_line(self, y: int) -> Strip:
        """Textual asks for one row."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width, self._style("plain"))
        segments = [Segment(text, self._style(style)) for text, style in self._rows[y]]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("plain"))

    def notify_style_update(self) -> None:
        """The theme changed: ask for the styles anew."""
        self._styles_by_name.clear()
        self._strips.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        style = self._styles_by_name.get(name)
        if style is None:
            style = self._styles_by_name[name] = self.get_component_rich_style(f"lines--{name}")
        return style
