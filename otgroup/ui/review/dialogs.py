"""What the review opens: a section to edit, an entry to add, two notes side by side, where to export to."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from otgroup.export.formats import FORMATS, read_formats
from otgroup.notes.note import AdditionKind, Note
from otgroup.notes.signing.likeness import Piece, side_by_side
from otgroup.ui.parts.form import Field, FormScreen, FormText
from otgroup.ui.parts.pages import Dialog
from otgroup.ui.parts.printable import printable
from otgroup.written import clean_paragraphs

TextChoices = tuple[str, str]
"""A title and a text."""


class Writing(NamedTuple):
    """What a text screen is for. Each function may refuse; then the text stays where it is.

    `keep` takes what was chosen and written, `revert` brings back what the record gives; both tell in one line
    what came of it. `outside` opens the text in the leader's own editor, and tells how that went with what it gives.
    """

    title: str
    choices: Sequence[TextChoices]
    hint: str
    keep: Callable[[str, str], str]
    outside: Callable[[str], tuple[str, str]]
    revert: Callable[[str], str] | None = None


class TextScreen(Dialog[str]):
    """A choice, then a text to write. Ends with what is told of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep"),
        Binding("ctrl+o", "outside", "own editor"),
        Binding("ctrl+g", "revert", "generated text"),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in range(1, 10)),
    ]
    DEFAULT_CSS = """
    TextScreen .form { height: 90%; }
    TextScreen TextArea { height: 1fr; border: none; }
    TextScreen OptionList { height: auto; max-height: 12; border: none; }
    """

    def __init__(self, writing: Writing) -> None:
        super().__init__()
        self._writing = writing
        self._chosen: int | None = None

    def compose(self) -> ComposeResult:
        """The choices; the text once one is chosen."""
        with Vertical(classes="form"):
            yield Label(Content(self._writing.title), classes="title", markup=False)
            choices = enumerate(self._writing.choices, start=1)
            yield OptionList(*(Option(Content(f"{n} {c[0]}")) for n, c in choices), markup=False)
            yield TextArea("", id="text", soft_wrap=True, tab_behavior="focus")
            yield Label("", id="problem", markup=False)
            yield Label(self._writing.hint, classes="hint", markup=False)

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
        if self._chosen is not None or number >= len(self._writing.choices):
            return
        self._chosen = number
        area = self.query_one(TextArea)
        area.text = self._writing.choices[number][1]
        area.display = True
        self.query_one(OptionList).display = False
        area.focus()
        area.move_cursor(area.document.end)
        self.begin_anew()

    def action_outside(self) -> None:
        """The leader's own editor."""
        area = self.query_one(TextArea)
        if self._chosen is not None:
            area.text, told = self._writing.outside(area.text)
            self.say(told)

    def action_keep(self) -> None:
        """Take the text."""
        if self._chosen is not None:
            title = self._writing.choices[self._chosen][0]
            self.dismiss(self._writing.keep(title, clean_paragraphs(self.query_one(TextArea).text, title)))

    def action_revert(self) -> None:
        """Back to what the record gives; what was typed meanwhile goes only when asked twice."""
        if self._chosen is not None and self._writing.revert and self.may_leave():
            self.dismiss(self._writing.revert(self._writing.choices[self._chosen][0]))


ADDITIONS: tuple[tuple[AdditionKind, str], ...] = (
    ("addendum", "addendum: something more to say"),
    ("correction", "correction: something in the note is wrong"),
    ("late entry", "late entry: something that was left out"),
)


class CompareScreen(Dialog[bool]):
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


class ExportScreen(FormScreen[tuple[tuple[str, ...], str]]):
    """Formats and folder. Ends with both, or None."""

    def __init__(self, formats: tuple[str, ...], folder: str, told: str) -> None:
        fields = (
            Field("formats", "Formats", ", ".join(formats), ", ".join(FORMATS)),
            Field("folder", "Folder", folder),
        )
        hint = f"Formats: {', '.join(FORMATS)}\nEnter exports · Escape goes back"
        form = FormText("Export all notes and the index", fields, hint=hint, told=told, at_once=True)
        super().__init__(form, lambda texts: (read_formats(texts["formats"]), texts["folder"].strip()))
