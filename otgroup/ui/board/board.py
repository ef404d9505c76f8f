"""The live board: everybody at once, and every key an event on the disk before it is seen."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Grid
from textual.message import Message

from otgroup.board import actions
from otgroup.board.actions import BY_ID
from otgroup.board.desk import Desk
from otgroup.board.keyboard import LINE_IS_OPEN
from otgroup.board.keymap import Keys
from otgroup.record.participant import Participant
from otgroup.record.people import Person, PersonId
from otgroup.record.state import SessionState
from otgroup.ui.board.card import Card
from otgroup.ui.board.cardtext import Frame, card_rows, extra_rows, header_row
from otgroup.ui.board.desk import DeskScreen
from otgroup.ui.parts.lines import Lines, Row

LEAST_CARD, MOST_CARD, LEAST_FOOT = 5, 8, 3
ASKED_OF_THE_APP = ("help", "end", "home", "add", "link")


class BoardScreen(DeskScreen):
    """The board of one running group. It ends with "end" or "home"."""

    BLANK = True  # header, cards and log cover it: nothing to draw behind them
    DEFAULT_CSS = """
    BoardScreen #cards { height: auto; grid-gutter: 0; }
    """

    def __init__(self, desk: Desk, earlier: dict[PersonId, SessionState], keys: Keys) -> None:
        super().__init__(desk, keys)
        self._earlier = earlier
        self._drawn: dict[PersonId, tuple[object, ...]] = {}
        self._header_drawn: tuple[object, ...] = ()
        self._extra: dict[PersonId, tuple[Person, tuple[Row, ...]]] = {}
        self._tick = 0

    # --- drawing ----------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Header, cards, the log with what a key will do now, the line to type."""
        yield Lines(id="header")
        yield Grid(id="cards")
        yield from self.compose_foot()

    async def on_mount(self) -> None:
        """Find the widgets once, then draw."""
        self._header = self.query_one("#header", Lines)
        self.find_foot()
        await self._lay_out()
        self.set_interval(1.0, self._second)

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
            self._header_drawn = ()
        self._paint_header()
        for participant in self.desk.state.board:
            self._paint_card(participant)
        self.paint_foot()

    def _paint_header(self) -> None:
        """A tap changes nothing in it: only the second, a pause, another measure or somebody's coming and going."""
        state, width = self.desk.state, self.size.width
        seen = (self._tick, width, self.desk.measure, state.pauses, sum(p.here for p in state.participants.values()))
        if seen != self._header_drawn:
            self._header_drawn = seen
            self._header.show((header_row(self.desk, self.desk.pen.now(), width),))

    def _paint_card(self, participant: Participant) -> None:
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
        card.show(card_rows(participant, desk, size, self._extra_rows(participant)))

    def _extra_rows(self, participant: Participant) -> tuple[Row, ...]:
        """Last time's figures, precautions, goals: the same until the person is changed."""
        person = participant.person
        known = self._extra.get(person.id)
        if known is None or known[0] is not person:
            rows = extra_rows(participant, self.desk.state.protocol.id, self._earlier.get(person.id))
            known = self._extra[person.id] = (person, rows)
        return known[1]

    def _second(self) -> None:
        """Once a second: minutes, clocks, whoever has gone quiet."""
        self._tick += 1
        self.paint()

    # --- keys -------------------------------------------------------------------------------------

    def action_press(self, action_id: str) -> None:
        """An action of the table."""
        action = BY_ID[action_id]
        if action_id in ASKED_OF_THE_APP:
            self.post_message(self.Requested(action_id))
            return
        actions.press(self.desk, action)
        if action.section == "Choosing" and action_id != "everyone":
            self._choose_near(action_id)
        self.paint()

    def _choose_near(self, way: str) -> None:
        numbers = [p.number for p in self.desk.state.board]
        current = self.desk.participant.number if self.desk.participant else numbers[-1]
        place = numbers.index(current)
        rows = self.query_one("#cards", Grid).styles.grid_size_rows
        step = {"next": 1, "previous": -1, "across": rows}[way]
        actions.choose(self.desk, numbers[(place + step) % len(numbers)])

    @on(Card.Chosen)
    def choose_by_click(self, message: Card.Chosen) -> None:
        """A click chooses, unless a line is open: what is typed next is meant for it."""
        if self.desk.question:
            self.desk.say(LINE_IS_OPEN)
            self.paint_foot()
        else:
            self.action_choose(message.number)

    class Requested(Message):
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
