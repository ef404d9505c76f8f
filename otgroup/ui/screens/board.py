"""The live board: everybody at once, and every key an event on the disk before it is seen."""

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Grid
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from otgroup.live import actions
from otgroup.live.actions import ACTIONS, BY_ID
from otgroup.live.desk import Desk
from otgroup.live.keymap import Keys
from otgroup.live.strip import LETTERS
from otgroup.session.events import EventId
from otgroup.session.people import PersonId
from otgroup.session.state import ParticipantState, SessionState, clock_s
from otgroup.ui.cardtext import Frame, card_rows, extra_rows, foot_rows, header_row
from otgroup.ui.widgets.card import Card
from otgroup.ui.widgets.lines import Lines

LEAST_CARD, MOST_CARD, LEAST_FOOT = 5, 8, 3
ASKED_OF_THE_APP = ("help", "end", "home", "add", "link")
DIGITS = "1234567890"


def _bindings() -> list[BindingType]:
    """Every key of the board, from the one table; capitals too, for Caps Lock."""
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
        if event.character and event.character in self.keys:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pressed(event.character))
            return
        await super()._on_key(event)


class BoardScreen(Screen[str]):
    """The board of one running group. It ends with "end" or "home"."""

    BINDINGS: ClassVar[list[BindingType]] = _bindings()
    BLANK = True  # header, cards and log cover it: nothing to draw behind them
    AUTO_FOCUS = ""  # the line to type takes the keys only while it is open
    DEFAULT_CSS = """
    BoardScreen { layout: vertical; }
    BoardScreen #cards { height: auto; grid-gutter: 0; }
    BoardScreen #foot { height: 1fr; }
    BoardScreen.asking #typed { display: block; }
    BoardScreen #typed { display: none; border: none; height: 1; padding: 0 1; }
    """

    def __init__(self, desk: Desk, earlier: dict[PersonId, SessionState], keys: Keys) -> None:
        super().__init__()
        self.desk = desk
        self._earlier = earlier
        self._keys = keys
        self._drawn: dict[PersonId, tuple[object, ...]] = {}
        self._tick = 0

    # --- drawing ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, cards, the log with what a key will do now, the line to type."""
        yield Lines(id="header")
        yield Grid(id="cards")
        yield Lines(id="foot")
        yield QuestionLine(id="typed", compact=True, disabled=True)

    async def on_mount(self) -> None:
        """Find the widgets once, then draw."""
        self._header = self.query_one("#header", Lines)
        self._foot = self.query_one("#foot", Lines)
        self._typed = self.query_one("#typed", QuestionLine)
        self._known_keys = frozenset(self.active_bindings)
        await self._lay_out()
        self.set_interval(1.0, self._second)

    @on(Lines.Resized, "#foot")
    def redraw_foot(self) -> None:
        """The line to type came or went: the log has another height."""
        self.paint()

    async def on_resize(self) -> None:
        """Another size: other cards."""
        await self._lay_out()

    async def _lay_out(self) -> None:
        """A card for everybody, numbered down the columns, never scrolling."""
        grid = self.query_one("#cards", Grid)
        board = self.desk.state.board
        columns = 3 if len(board) > 8 else 2 if len(board) > 1 else 1
        rows = max(1, -(-len(board) // columns))
        room = (self.size.height - 1 - LEAST_FOOT) // max(rows, 2)
        height = max(LEAST_CARD, min(MOST_CARD, room))
        grid.styles.grid_size_columns, grid.styles.grid_size_rows = columns, rows
        grid.styles.height = rows * height
        grid.styles.grid_rows = str(height)
        by_row = [n for row in range(rows) for n in range(row, len(board), rows)]
        wanted = [board[n].number for n in by_row]
        if [card.number for card in grid.query(Card)] != wanted:
            await grid.remove_children()
            await grid.mount(*(Card(number) for number in wanted))
        self._cards = {card.number: card for card in grid.query(Card)}
        self.call_after_refresh(self.paint, anew=True)

    def paint(self, *, anew: bool = False) -> None:
        """Draw what changed; `anew` draws all."""
        if anew:
            self._drawn.clear()
        now = self.desk.pen.now()
        width = self.size.width
        self._header.show((header_row(self.desk, now, width),))
        for participant in self.desk.state.board:
            self._paint_card(participant)
        self._open_or_close_line()
        self._foot.show(foot_rows(self.desk, width, max(1, self._foot.size.height), self._keys))

    def _paint_card(self, participant: ParticipantState) -> None:
        card = self._cards.get(participant.number)
        if card is None:
            return
        desk, person = self.desk, participant.person.id
        seen = (participant, person == desk.chosen, desk.everyone, desk.measure, self._tick, desk.state.paused)
        if _same(self._drawn.get(person), seen):
            return
        size = Frame(*card.size, desk.pen.now())
        if not size.width:
            return
        self._drawn[person] = seen
        card.show(
            card_rows(
                participant, desk, size, extra_rows(participant, desk.state.protocol.id, self._earlier.get(person))
            )
        )

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

    def _second(self) -> None:
        """Once a second: minutes, clocks, whoever has gone quiet; a clock at its target rings once."""
        self._tick += 1
        for clock_id in _due(self.desk):
            self.desk.rung.add(clock_id)
            self.app.bell()
        self.paint()

    # --- keys -------------------------------------------------------------------------------------

    def action_press(self, action_id: str) -> None:
        """An action of the table."""
        action = BY_ID[action_id]
        if action_id in ASKED_OF_THE_APP:
            self.post_message(self.Wanted(action_id))
            return
        actions.press(self.desk, action)
        if action.section == "Choosing" and action_id != "everyone":
            self._choose_near(action_id)
        self.paint()

    def action_choose(self, number: int) -> None:
        """A digit always means a person."""
        actions.choose(self.desk, number)
        self.paint()

    def action_letter(self, letter: str) -> None:
        """A letter of the open strip."""
        self.desk.letter(letter)
        self.paint()

    def action_close_offer(self) -> None:
        """Escape closes what is open and never leaves."""
        self.desk.clear()
        self.desk.giving = self.desk.everyone = False
        self.paint()

    def _choose_near(self, way: str) -> None:
        numbers = [p.number for p in self.desk.state.board]
        current = self.desk.participant.number if self.desk.participant else numbers[-1]
        place = numbers.index(current)
        rows = self.query_one("#cards", Grid).styles.grid_size_rows
        step = {"next": 1, "previous": -1, "across": rows}[way]
        actions.choose(self.desk, numbers[(place + step) % len(numbers)])

    def on_key(self, event: events.Key) -> None:
        """A key that does nothing says so."""
        if event.is_printable and not self.desk.question and event.key not in self._known_keys:
            self.desk.clear()
            self.desk.say(f"{event.character} does nothing here: ? shows the keys")
            self.paint()

    @on(Card.Chosen)
    def choose_by_click(self, message: Card.Chosen) -> None:
        """A click chooses."""
        self.action_choose(message.number)

    @on(Input.Submitted, "#typed")
    def take_line(self, message: Input.Submitted) -> None:
        """The typed line is done."""
        self.desk.answer(message.value)
        if self.desk.question is None:
            self._close_line()
        self.paint()

    @on(QuestionLine.Pressed)
    def take_key(self, message: QuestionLine.Pressed) -> None:
        """A key that acts while the line is open."""
        self.desk.question_key(message.key)
        self.paint()

    class Wanted(Message):
        """Help, the end, home or one more participant was asked for."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    async def show_added(self) -> None:
        """Somebody joined: a card for them."""
        await self._lay_out()


def _same(old: tuple[object, ...] | None, new: tuple[object, ...]) -> bool:
    """Whether a card was drawn from these very values; the state is compared by identity, which is quick."""
    return old is not None and old[0] is new[0] and old[1:] == new[1:]


def _due(desk: Desk) -> list[EventId]:
    """Clocks that have reached their target and have not rung."""
    now = desk.pen.now()
    running = (c for p in desk.state.board for c in p.clocks if c.runs and c.target_s and c.id not in desk.rung)
    return [c.id for c in running if clock_s(c, desk.state, now) >= (c.target_s or 0)]
