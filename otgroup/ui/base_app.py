"""The app as a flow knows it: what it may ask for, and what becomes of a refusal or a crash."""

import sys

from rich.console import RenderableType
from rich.traceback import Traceback
from textual import on

from otgroup.errors import refusal_text
from otgroup.record.state import SessionState
from otgroup.ui.leaving import crash_text, crash_text_of
from otgroup.ui.parts.key_queue import KeyQueue
from otgroup.ui.parts.pages import Dialog, Page, RefusalMixin, refusal_of
from otgroup.ui.parts.terminal_input import InputDropped


class BaseApp(RefusalMixin, KeyQueue[None]):
    """An app with a home. What is refused anywhere in it is told in one line, and the app goes on."""

    def tell(self, text: str) -> None:
        """Put one line before the leader, on the screen that is up."""
        screen = self.screen
        if isinstance(screen, Page | Dialog):
            screen.say(text)
        else:
            self.notify(text, severity="error", markup=False, timeout=15)

    def _handle_exception(self, error: Exception) -> None:
        """Every exception that nobody caught comes here: a refusal is told; anything else ends the app.

        The error is kept for `run`'s exit status; the text is ours, Textual's would show what values hold.
        """
        refusal = refusal_of(error)
        if refusal is not None and self._running:
            self.tell(refusal_text(refusal))
            return
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._exit_renderables.append(crash_text(error))
        self._close_messages_no_wait()

    def panic(self, *told: RenderableType) -> None:
        """A thread of Textual's failed: leave as after any crash. Its own text would show what values hold."""
        self._return_code = 1
        traces = [one for one in told if isinstance(one, Traceback)]
        self._exit_renderables.extend([crash_text_of(trace) for trace in traces] or [crash_text(None)])
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        """A crash shows where, never what: local variables and messages may hold health data."""
        self._exit_renderables.append(crash_text(sys.exc_info()[1]))
        self._close_messages_no_wait()

    @on(InputDropped)
    def tell_dropped(self) -> None:
        """Keys may have been lost: only the leader knows which."""
        self.tell(
            "the terminal sent half an answer: what was pressed in the last seconds was not read, press it again"
        )

    async def action_quit(self) -> None:
        """Leave; what stands unsaved in a dialog is asked about first."""
        screen = self.screen
        if not isinstance(screen, Dialog) or screen.may_leave():
            self.exit()

    def show_home(self) -> None:
        """Draw home anew."""
        raise NotImplementedError

    def show_notes(self, state: SessionState) -> None:
        """Open the review of an ended session."""
        raise NotImplementedError
