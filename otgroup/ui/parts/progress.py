"""Files being made: how far it is, and a key that stops it before anything is written."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Label, ProgressBar

from otgroup.errors import OTGroupError
from otgroup.export.handover import HandOver, Step, failure_text
from otgroup.ui.parts.pages import Dialog


class Stopped(OTGroupError):
    """The leader has stopped it."""


class ProgressScreen(Dialog[HandOver | OTGroupError]):
    """Runs `make` beside the screen. Ends with what was made, or why nothing was."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stop", "stop")]

    def __init__(self, make: Callable[[Step], HandOver], steps: int) -> None:
        super().__init__()
        self._make, self._steps = make, steps
        self._stopped = False

    def compose(self) -> ComposeResult:
        """A title, the bar, and the key that stops it."""
        with Vertical(classes="form"):
            yield Label("Writing notes", classes="title", markup=False)
            yield ProgressBar(total=self._steps, show_eta=False)
            yield Label("Escape stops it; nothing is written then", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Start the work beside the screen."""
        self.run()

    @work(thread=True, exit_on_error=False)
    def run(self) -> None:
        """Make the files; what goes wrong is the result."""
        try:
            made: HandOver | OTGroupError = self._make(self._step)
        except OTGroupError as refusal:
            made = refusal
        except Exception as error:  # noqa: BLE001 - whatever it is, the screen must close and say so
            made = OTGroupError(f"nothing was written, {failure_text(error)}")
        self.app.call_from_thread(self.dismiss, made)

    def _step(self) -> None:
        if self._stopped:
            raise Stopped("stopped: nothing was written")
        self.app.call_from_thread(self.query_one(ProgressBar).advance)

    def action_stop(self) -> None:
        """Stop before the next note."""
        self._stopped = True
