"""What the review opens: a section to edit, an entry to add, two notes side by side, where to export to."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from otgroup.errors import BadInput, OTGroupError
from otgroup.export.formats import FORMATS, read_formats
from otgroup.notes.note import AdditionKind, Note
from otgroup.notes.similar import Piece, side_by_side
from otgroup.ui.plain import printable
from otgroup.ui.screens.forms import row
from otgroup.written import clean_paragraphs

Texts = tuple[str, str]
"""A title and a text."""


class TextScreen(ModalScreen[Texts | None]):
    """A choice, then a text to write. Ends with what was chosen and written, or None.

    `outside` opens the text in the leader's own editor and gives it back.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep"),
        Binding("ctrl+o", "outside", "own editor"),
        Binding("ctrl+g", "revert", "generated text"),
        Binding("escape", "dismiss(None)", "back"),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in range(1, 10)),
    ]
    DEFAULT_CSS = """
    TextScreen .form { height: 90%; }
    TextScreen TextArea { height: 1fr; border: none; }
    TextScreen OptionList { height: auto; max-height: 12; border: none; }
    """

    def __init__(self, title: str, choices: Sequence[Texts], hint: str, outside: Callable[[str], str]) -> None:
        super().__init__()
        self._title, self._choices, self._hint, self._outside = title, choices, hint, outside
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        """The choices; the text once one is chosen."""
        with Vertical(classes="form"):
            yield Label(Content(self._title), classes="title", markup=False)
            yield OptionList(*(Option(Content(f"{n} {c[0]}")) for n, c in enumerate(self._choices, 1)), markup=False)
            yield TextArea("", id="text", soft_wrap=True, tab_behavior="focus")
            yield Label("", id="problem", markup=False)
            yield Label(self._hint, classes="hint", markup=False)

    def on_mount(self) -> None:
        """First the choice."""
        self.query_one(TextArea).display = False
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def take(self, message: OptionList.OptionSelected) -> None:
        """Enter chooses."""
        self.action_choose(message.option_index)

    def action_choose(self, number: int) -> None:
        """A digit chooses too, until something is chosen."""
        if self._chosen is not None or number >= len(self._choices):
            return
        self._chosen = number
        area = self.query_one(TextArea)
        area.text = self._choices[number][1]
        area.display = True
        self.query_one(OptionList).display = False
        area.focus()
        area.move_cursor(area.document.end)

    def action_outside(self) -> None:
        """The leader's own editor."""
        area = self.query_one(TextArea)
        if self._chosen is not None:
            try:
                area.text = self._outside(area.text)
            except BadInput as refusal:
                self.query_one("#problem", Label).update(Content(str(refusal)))

    def action_keep(self) -> None:
        """Take the text, or say what is wrong with it."""
        if self._chosen is None:
            return
        title = self._choices[self._chosen][0]
        try:
            self.dismiss((title, clean_paragraphs(self.query_one(TextArea).text, title)))
        except BadInput as refusal:
            self.query_one("#problem", Label).update(Content(str(refusal)))

    def action_revert(self) -> None:
        """Back to what the record gives: told by an empty text."""
        if self._chosen is not None:
            self.dismiss((self._choices[self._chosen][0], ""))


ADDITIONS: tuple[tuple[AdditionKind, str], ...] = (
    ("addendum", "addendum: something more to say"),
    ("correction", "correction: something in the note is wrong"),
    ("late entry", "late entry: something that was left out"),
)


class CompareScreen(ModalScreen[bool]):
    """Two notes side by side, what is the same underlined. Ends with whether the leader has looked at them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l,enter", "dismiss(True)", "looked at"),
        Binding("escape", "dismiss(False)", "back"),
    ]
    DEFAULT_CSS = """
    CompareScreen .page { height: 95%; width: 98%; max-width: 160; }
    CompareScreen VerticalScroll { max-height: 100%; height: 1fr; width: 1fr; padding: 0 1; }
    """

    def __init__(self, own: Note, other: Note) -> None:
        super().__init__()
        self._own, self._other = own, other

    def compose(self) -> ComposeResult:
        """Both texts."""
        left, right = side_by_side(self._own.body, self._other.body)
        with Vertical(classes="page"):
            yield Label("What is the same is underlined", classes="title", markup=False)
            with Horizontal():
                yield from _column(self._own, left)
                yield from _column(self._other, right)
            yield Label("l looked at, they are right as they are · Escape goes back", classes="hint", markup=False)


def _column(note: Note, pieces: Sequence[Piece]) -> ComposeResult:
    title = f"{printable(note.header.name)}, {note.header.date}\n\n"
    parts = [(printable(" ".join(p.text.split("\n"))), "underline" if p.same else "bold") for p in pieces]
    with VerticalScroll():
        yield Static(Content.assemble((title, "bold"), *parts), markup=False)


class ExportScreen(ModalScreen[tuple[tuple[str, ...], str] | None]):
    """Formats and folder. Ends with both, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back")]

    def __init__(self, formats: tuple[str, ...], folder: str, told: str) -> None:
        super().__init__()
        self._formats, self._folder, self._told = ", ".join(formats), folder, told

    def compose(self) -> ComposeResult:
        """Two lines."""
        with Vertical(classes="form"):
            yield Label("Export all notes and the index", classes="title", markup=False)
            yield Label(Content(self._told), id="told", classes="hint", markup=False)
            yield from row("Formats", Input(self._formats, id="formats", compact=True))
            yield from row("Folder", Input(self._folder, id="folder", compact=True))
            yield Label(f"Formats: {', '.join(FORMATS)}", classes="hint", markup=False)
            yield Label("Enter exports · Escape goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Enter at once takes what stands here."""
        self.query_one("#formats", Input).focus()

    @on(Input.Submitted)
    def take(self) -> None:
        """Enter, if there are such formats."""
        try:
            formats = read_formats(self.query_one("#formats", Input).value)
        except OTGroupError as refusal:
            self.query_one("#told", Label).update(Content(str(refusal)))
            return
        self.dismiss((formats, self.query_one("#folder", Input).value.strip()))
