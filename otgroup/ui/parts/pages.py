"""What every screen has: it outlives a refusal and tells it, and a dialog throws nothing away unasked."""

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import InputEvent, Mount, Resize, ScreenResume, Show
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label, Select, SelectionList, TextArea
from textual.worker import WorkerFailed

from otgroup.errors import OTGroupError
from otgroup.ui.parts.printable import printable

_T = TypeVar("_T")


def refusal_of(error: BaseException) -> OTGroupError | OSError | None:
    """The refusal that an error is: one of ours, or of the system about a file that it names; else None."""
    cause = error.error if isinstance(error, WorkerFailed) else error
    if isinstance(cause, OTGroupError):
        return cause
    return cause if isinstance(cause, OSError) and cause.filename is not None else None


_NEEDS_CONTENT = (Resize, Show, ScreenResume, InputEvent)
"""What may still come to a screen that goes again because it could not be filled in."""


class RefusalMixin(MessagePump):
    """Goes on after a refusal, whether an action, a message or a callback of its led to it.

    Textual ends a screen, and with it the app, on any exception that a handler lets through. What is told,
    and where, the app decides in `_handle_exception`; timers and workers come there by themselves.
    """

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except (OTGroupError, OSError) as error:
            if refusal_of(error) is None:
                raise
            self._refused_at(message)
            self.app._handle_exception(error)

    def _refused_at(self, message: Message) -> None:
        """What a refusal means for this very one."""


class _Telling(RefusalMixin, Screen[_T]):
    """A screen with a place for what is refused on it."""

    def say(self, text: str) -> None:
        """Put one line before the leader: in the line for it, else in a corner."""
        lines = self.query("#problem").results(Label)
        line = next(lines, None)
        if line is None:
            self.app.notify(printable(text), severity="error", markup=False, timeout=15)
        else:
            line.update(Content(printable(text)))

    _empty = False

    async def _dispatch_message(self, message: Message) -> None:
        if not (self._empty and isinstance(message, _NEEDS_CONTENT)):
            await super()._dispatch_message(message)

    def _refused_at(self, message: Message) -> None:
        """A screen that could not be filled in goes again."""
        if isinstance(message, Mount) and self.is_current:
            self._empty = True
            self.dismiss(None)


class Page(_Telling[_T]):
    """A screen that covers the terminal."""


class Dialog(_Telling[_T], ModalScreen[_T]):
    """A screen before another one. What was typed into it is kept, or thrown away only when asked twice.

    A dialog that keeps something is given a function for it, and closes when that has done its work: what is
    refused leaves the dialog open with all that stands in it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "back")]

    _at_first: tuple[object, ...] = ()
    _asked_at: tuple[object, ...] | None = None

    def on_mount(self) -> None:
        """What stands in it before anybody types."""
        self.begin_anew()

    def begin_anew(self) -> None:
        """Take what stands in it now as not typed."""
        self._at_first = self._typed()

    def action_back(self) -> None:
        """Back, without what was typed: asked once more where there is anything."""
        if self.may_leave():
            self.dismiss(None)

    def may_leave(self) -> bool:
        """Whether nothing would be lost, or the leader has been asked about it just now."""
        typed = self._typed()
        if typed in (self._at_first, self._asked_at):
            return True
        self._asked_at = typed
        self.say("not kept yet: once more throws away what was written here")
        return False

    def _typed(self) -> tuple[object, ...]:
        """All that can be typed, chosen or ticked in it."""
        texts = [field.value for field in self.query(Input)]
        texts += [area.text for area in self.query(TextArea)]
        chosen = [field.value for field in self.query(Select)]
        ticked = [frozenset(field.selected) for field in self.query(SelectionList)]
        return (*texts, *chosen, *ticked)
