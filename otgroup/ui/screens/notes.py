"""An ended session's notes: read one by one, then written in one go."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from otgroup.errors import OTGroupError
from otgroup.export.text import as_text
from otgroup.notes.batch import Batch
from otgroup.session.state import SessionState

Write = Callable[[Batch, Path, bool], int]


class NotesScreen(Screen[str]):
    """Names on the left, the chosen one's note on the right. Ends with "home" or "reopen"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "write all notes"),
        Binding("f", "next_format", "format"),
        Binding("o", "dismiss('reopen')", "reopen the group"),
        Binding("escape,q", "dismiss('home')", "home"),
    ]

    def __init__(
        self,
        state: SessionState,
        formats: list[str],
        notes: Callable[[str], Batch],
        out: Path,
        write: Write,
    ) -> None:
        super().__init__()
        self._state, self._formats, self._notes, self._out, self._write = state, formats, notes, out, write
        self._format = "narrative" if "narrative" in formats else formats[0]
        self._batch = Batch()

    def compose(self) -> ComposeResult:
        """Names, note, summary, the folder's line."""
        yield Label("", id="title", classes="title", markup=False)
        with Horizontal(id="both"):
            yield OptionList(id="names", markup=False)
            with VerticalScroll(id="note"):
                yield Static("", id="text", markup=False)
        yield Label("", id="said", markup=False)
        yield Input(str(self._out), id="out", compact=True)
        yield Footer()

    def on_mount(self) -> None:
        """Write the notes for reading."""
        self.query_one("#out", Input).display = False
        self._make()

    def _make(self) -> None:
        state = self._state
        try:
            self._batch = self._notes(self._format)
        except OTGroupError as refusal:
            self._say(str(refusal))
            return
        title = f"{state.protocol.title} · {state.started_at:%Y-%m-%d %H:%M} · {self._format}"
        self.query_one("#title", Label).update(Content(title))
        names = self.query_one("#names", OptionList)
        names.clear_options()
        names.add_options(Option(Content(note.header.name)) for note in self._batch.notes)
        names.focus()
        if self._batch.notes:
            names.highlighted = 0
        self._say("\n".join(line for line in self._batch.summary if not line.endswith("note written")))

    def _say(self, text: str) -> None:
        self.query_one("#said", Label).update(Content(text))

    @on(OptionList.OptionHighlighted)
    def read(self, message: OptionList.OptionHighlighted) -> None:
        """The chosen one's note."""
        self.query_one("#text", Static).update(Content(as_text(self._batch.notes[message.option_index])))

    def action_next_format(self) -> None:
        """The same record, laid out another way."""
        place = self._formats.index(self._format)
        self._format = self._formats[(place + 1) % len(self._formats)]
        self._make()

    def action_write(self) -> None:
        """Ask for the folder."""
        line = self.query_one("#out", Input)
        line.display = True
        line.focus()
        self._say("Enter writes every note and the index to this folder (Escape goes back)")

    @on(Input.Submitted, "#out")
    def write_all(self, message: Input.Submitted) -> None:
        """Write them, all or none; a folder that has them already is asked about once more."""
        out = Path(message.value.strip()).expanduser()
        again = out == self._out and self._refused
        try:
            number = self._write(self._batch, out, again)
        except OTGroupError as refusal:
            self._out, self._refused = out, "overwrite" in str(refusal)
            more = " Enter once more replaces them." if self._refused else ""
            self._say(f"{refusal}{more}")
            return
        message.input.display = False
        self.query_one("#names", OptionList).focus()
        self._say(f"{number} files written to {out}")

    _refused = False
