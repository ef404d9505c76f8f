"""A screen with a desk: what it offers at the bottom, and its keys handed to the desk's keyboard as they come."""

from collections.abc import Callable, Mapping

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding

from otgroup.board import actions
from otgroup.board.actions import BY_ID
from otgroup.board.desk import Desk
from otgroup.board.keyboard import BREAK_S, Keyboard
from otgroup.board.keymap import Keys
from otgroup.ui.board.cardtext import foot_rows, footer_row
from otgroup.ui.parts.key_queue import KeyQueue
from otgroup.ui.parts.lines import Lines, Row, row_width
from otgroup.ui.parts.pages import Page


def _by_event(keys: Keys) -> dict[str, tuple[str, ...]]:
    """The keys of each action by the names that key events have: a sign that was written as itself has one."""
    return {
        action: tuple(binding.key for binding in Binding.make_bindings([Binding(",".join(listed), "")]))
        for action, listed in keys.items()
    }


class DeskScreen(Page[str]):
    """What every screen with a desk has: the log with what a key will do now, and the line to type.

    Nothing on it ever has the focus: every key comes to the screen itself, in the order in which it was pressed.
    """

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    DeskScreen { layout: vertical; }
    DeskScreen #foot { height: 1fr; }
    """

    def __init__(self, desk: Desk, keys: Keys, more: Mapping[str, Callable[[], None]] | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._keys = keys
        self._keyboard = Keyboard(desk, self, _by_event(keys), {"enter": self.action_answer_alarm, **(more or {})})
        self._footer: Row = ()

    def compose_foot(self) -> ComposeResult:
        """The log and the line."""
        yield Lines(id="foot")

    def find_foot(self) -> None:
        """Find the widget once it is there."""
        self._foot = self.query_one("#foot", Lines)

    # --- drawing ----------------------------------------------------------------------------------

    def paint(self, *, anew: bool = False) -> None:
        """Draw what changed; `anew` draws all."""
        raise NotImplementedError

    def paint_foot(self) -> None:
        """Draw the log and what a key will do now, or the line that is typed."""
        width = self.size.width
        if row_width(self._footer) != width:
            self._footer = footer_row(self.desk.state.protocol, width, self._keys)
        self._foot.show(foot_rows(self.desk, width, max(1, self._foot.size.height), self._footer))

    @on(Lines.Resized, "#foot")
    def redraw_foot(self) -> None:
        """The log has another height."""
        self.paint()

    def say(self, text: str) -> None:
        """Put one line before the leader, beside what the keys do."""
        self.desk.say(text)
        self.paint()

    def settled(self) -> None:
        """After what a letter or a typed line did."""
        self.paint()

    # --- keys -------------------------------------------------------------------------------------

    @property
    def takes_text(self) -> bool:
        """Whether every sign that comes now goes into the line: only an empty one has signs of its own."""
        return bool(self.desk.question and self.desk.typed.text)

    def on_key(self, event: events.Key) -> None:
        """Every key, before anything else may have it."""
        character = event.character if event.is_printable else None
        if self._keyboard.key(event.key, character, event.time):
            event.stop()
            event.prevent_default()
        if self._keyboard.enter_waits:
            self.set_timer(BREAK_S, self._nothing_came)

    def on_paste(self, event: events.Paste) -> None:
        """A text pasted as one."""
        event.stop()
        self._keyboard.paste(event.text)

    def _nothing_came(self) -> None:
        """An Enter counts when no key has come behind it, not even one that nobody has read yet."""
        if isinstance(self.app, KeyQueue) and self.app.keys_wait:
            self.set_timer(BREAK_S, self._nothing_came)
        else:
            self._keyboard.nothing_came()

    def action_press(self, action_id: str) -> None:
        """An action of the table."""
        actions.press(self.desk, BY_ID[action_id])
        self.paint()

    def action_choose(self, number: int) -> None:
        """A digit always means a person."""
        actions.choose(self.desk, number)
        self.paint()

    def action_letter(self, letter: str) -> None:
        """A letter of the open strip."""
        self.desk.letter(letter)
        self.settled()

    def action_close_offer(self) -> None:
        """Escape closes what is open."""
        self.desk.clear()
        self.desk.giving = self.desk.everyone = False
        self.paint()

    def action_answer_alarm(self) -> None:
        """Enter, where no line is open: the alarm has been seen."""
        self.desk.answer_alarm()
        self.paint()
