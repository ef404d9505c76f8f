"""A small form: some lines to fill in, read by whoever asks; what is refused stays open with a word why."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label

from otgroup.ui.home.forms import labelled_row
from otgroup.ui.parts.pages import Dialog

Texts = Mapping[str, str]


class Field(NamedTuple):
    """One line: its id, its label, what stands in it, what it is for."""

    id: str
    label: str
    text: str = ""
    hint: str = ""


class FormScreen(Dialog[None]):
    """Fields one under another. `keep` gets the texts; it may refuse, which keeps the form open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "keep"),
    ]

    def __init__(self, title: str, fields: Sequence[Field], keep: Callable[[Texts], None], about: str = "") -> None:
        super().__init__()
        self._title, self._fields, self._keep, self._about = title, fields, keep, about

    def compose(self) -> ComposeResult:
        """Title, what it is about, the lines."""
        with Vertical(classes="form"):
            yield Label(Content(self._title), classes="title", markup=False)
            if self._about:
                yield Label(Content(self._about), classes="about", markup=False)
            for field in self._fields:
                yield from labelled_row(
                    field.label, Input(field.text, id=field.id, placeholder=field.hint, compact=True)
                )
            yield Label("", id="problem", markup=False)
            hint = "Enter goes on, at the end it keeps · Escape goes back"
            yield Label(hint, classes="hint", markup=False)

    @on(Input.Submitted)
    def go_on(self, message: Input.Submitted) -> None:
        """Enter goes to the next line; on the last one it is done."""
        if message.input.id == self._fields[-1].id:
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """Hand the texts over."""
        self._keep({field.id: self.query_one(f"#{field.id}", Input).value for field in self._fields})
        self.dismiss(None)
