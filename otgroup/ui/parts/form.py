"""The one form: lines to fill in or choose, read by whoever asks; what is refused stays open with a word why."""

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select

from otgroup.ui.parts.pages import Dialog
from otgroup.ui.parts.printable import printable

_T = TypeVar("_T")

Texts = Mapping[str, str]
"""By a field's id what stands in it; a choice that was not made is an empty text."""


def labelled_row(label: str, field: Widget) -> ComposeResult:
    """A field with its label before it, on one line."""
    with Horizontal(classes="row"):
        yield Label(label, markup=False)
        yield field


class Field(NamedTuple):
    """One line: its id, its label, what stands in it, what it is for; where it has `choices`, one of them or none."""

    id: str
    label: str
    text: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()

    def widget(self) -> Widget:
        """The line to type in, or the list to choose from."""
        if not self.choices:
            return Input(self.text, id=self.id, placeholder=self.hint, compact=True)
        value = self.text if self.text in self.choices else Select.NULL
        options = [(choice, choice) for choice in self.choices]
        return Select(options, value=value, id=self.id, prompt="not given", compact=True)


class FormText(NamedTuple):
    """What a form says: its title, its lines, what it is about (above them), how it is kept (below them), what is
    told of it at first; with `button` it has one for the mouse. `at_once` says that Enter keeps it from any line as
    soon as the last one holds something.
    """

    title: str
    fields: tuple[Field, ...]
    about: str = ""
    hint: str = "Enter goes on, at the end it keeps · Escape goes back"
    told: str = ""
    button: str = ""
    at_once: bool = False


class FormScreen(Dialog[_T]):
    """Lines one under another. `keep` makes something of the texts, with which the form ends; it may refuse, which
    keeps the form open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep"),
    ]

    def __init__(self, form: FormText, keep: Callable[[Texts], _T]) -> None:
        super().__init__()
        self._form, self._keep = form, keep

    def compose(self) -> ComposeResult:
        """Title, what it is about, the lines."""
        form = self._form
        with Vertical(classes="form"):
            yield Label(Content(form.title), classes="title", markup=False)
            if form.about:
                yield Label(Content(form.about), classes="about", markup=False)
            for field in form.fields:
                yield from labelled_row(field.label, field.widget())
            yield Label(Content(printable(form.told)), id="problem", markup=False)
            if form.button:
                yield from labelled_row("", Button(form.button, id="keep", compact=True))
            yield Label(form.hint, classes="hint", markup=False)

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter in a line."""
        last = self._form.fields[-1]
        if message.input.id == last.id or (self._form.at_once and self._text(last)):
            self.action_keep()
        else:
            self.focus_next()

    @on(Button.Pressed, "#keep")
    def keep_by_button(self) -> None:
        """The button keeps what was typed, as Ctrl+S does."""
        self.action_keep()

    def action_keep(self) -> None:
        """Hand the texts over."""
        self.dismiss(self._keep({field.id: self._text(field) for field in self._form.fields}))

    def _text(self, field: Field) -> str:
        if not field.choices:
            return self.query_one(f"#{field.id}", Input).value
        value = self.query_one(f"#{field.id}", Select).value
        return value if isinstance(value, str) else ""
