"""A screen with a desk: its keys, what it offers at the bottom, and the line to type."""

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from otgroup.live import actions
from otgroup.live.actions import ACTIONS, BY_ID
from otgroup.live.desk import Desk
from otgroup.live.keymap import Keys
from otgroup.live.strip import LETTERS
from otgroup.ui.cardtext import foot_rows, footer_row
from otgroup.ui.pages import Page
from otgroup.ui.widgets.lines import Lines, Row, row_width

DIGITS = "1234567890"


def desk_bindings() -> list[BindingType]:
    """Every key of a desk, from the one table; capitals too, for Caps Lock."""
    found: list[BindingType] = [
        Binding(",".join(_with_capitals(action.keys)), f"press('{action.id}')", action.label, id=f"board.{action.id}")
        for action in ACTIONS
    ]
    found += [Binding(digit, f"choose({number})", show=False) for number, digit in enumerate(DIGITS, start=1)]
    found += [Binding(f"{letter},{letter.upper()}", f"letter('{letter}')", show=False) for letter in LETTERS]
    return [*found, Binding("escape", "close_offer", show=False)]


def _with_capitals(keys: tuple[str, ...]) -> tuple[str, ...]:
    taken = {key for action in ACTIONS for key in action.keys}
    capitals = (key.upper() for key in keys if len(key) == 1 and key.islower())
    return (*keys, *(key for key in capitals if key not in taken))


class QuestionLine(Input):
    """The line a strip or a set asks to be typed."""

    class Pressed(Message):
        """A key that acts at once while the line is open."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    keys: frozenset[str] = frozenset()

    async def _on_key(self, event: events.Key) -> None:
        if event.character and event.character in self.keys and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.character))
            return
        await super()._on_key(event)


class DeskScreen(Page[str]):
    """What every screen with a desk has: the log with what a key will do now, and the line to type."""

    AUTO_FOCUS = ""  # the line to type takes the keys only while it is open
    DEFAULT_CSS = """
    DeskScreen { layout: vertical; }
    DeskScreen #foot { height: 1fr; }
    DeskScreen.asking #typed { display: block; }
    DeskScreen #typed { display: none; border: none; height: 1; padding: 0 1; }
    """

    def __init__(self, desk: Desk, keys: Keys) -> None:
        super().__init__()
        self.desk = desk
        self._keys = keys
        self._footer: Row = ()

    def compose_foot(self) -> ComposeResult:
        """The log and the line."""
        yield Lines(id="foot")
        # what is typed before the line has the focus must not be selected, and so replaced, when it gets it
        yield QuestionLine(id="typed", compact=True, disabled=True, select_on_focus=False)

    def find_foot(self) -> None:
        """Find the widgets once they are there."""
        self._foot = self.query_one("#foot", Lines)
        self._typed = self.query_one("#typed", QuestionLine)
        self._known_keys = frozenset(self.active_bindings)

    # --- drawing ----------------------------------------------------------------------------------

    def paint(self, *, anew: bool = False) -> None:
        """Draw what changed; `anew` draws all."""
        raise NotImplementedError

    def paint_foot(self) -> None:
        """Draw the log and what a key will do now."""
        self._open_or_close_line()
        width = self.size.width
        if row_width(self._footer) != width:
            self._footer = footer_row(self.desk.state.protocol, width, self._keys)
        self._foot.show(foot_rows(self.desk, width, max(1, self._foot.size.height), self._footer))

    @on(Lines.Resized, "#foot")
    def redraw_foot(self) -> None:
        """The line to type came or went: the log has another height."""
        self.paint()

    def _open_or_close_line(self) -> None:
        question = self.desk.question
        if question and not self.has_class("asking"):
            self._typed.value = question.text
        if question:
            self._typed.keys = frozenset(option.letter for option in question.keys)
            self._typed.placeholder = ""
            self.add_class("asking")
            self._typed.disabled = False
            self._typed.focus()
        elif self.has_class("asking"):
            self._close_line()

    def _close_line(self) -> None:
        self.remove_class("asking")
        self._typed.value = ""
        self._typed.disabled = True
        self.set_focus(None)

    def say(self, text: str) -> None:
        """Put one line before the leader, beside what the keys do."""
        self.desk.say(text)
        self.paint()

    def settled(self) -> None:
        """After what a letter or a typed line did."""
        self.paint()

    # --- keys -------------------------------------------------------------------------------------

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

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing says so."""
        if event.is_printable and not self.desk.question and event.key not in self._known_keys:
            self.desk.clear()
            self.desk.say(f"{event.character} does nothing here: ? shows the keys")
            self.paint()

    @on(Input.Submitted, "#typed")
    def take_line(self, message: Input.Submitted) -> None:
        """The typed line is done."""
        self.desk.answer(message.value)
        if self.desk.question is None:
            self._close_line()
        self.settled()

    @on(QuestionLine.Pressed)
    def take_key(self, message: QuestionLine.Pressed) -> None:
        """A key that acts while the line is open."""
        self.desk.question_key(message.key)
        self.settled()
