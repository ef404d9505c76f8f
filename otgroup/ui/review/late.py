"""Late entries for one participant: their card, and the board's keys, after the group has ended."""

from typing import Literal

from textual.app import ComposeResult

from otgroup.board import actions, late
from otgroup.board.actions import BY_ID
from otgroup.board.desk import Desk
from otgroup.board.keymap import Keys
from otgroup.record.event import LatePen
from otgroup.ui.board.card import Card
from otgroup.ui.board.cardtext import Frame, card_rows, extra_rows
from otgroup.ui.board.desk import DeskScreen
from otgroup.ui.parts.lines import Lines, fit

Begin = Literal["time", "words", "open"]
CARD_HEIGHT = 8


class LateScreen(DeskScreen):
    """Ends with "done". Opened for words or for what is open, it goes when they are said."""

    DEFAULT_CSS = """
    LateScreen #card { height: 8; }
    """

    def __init__(self, desk: Desk, pen: LatePen, keys: Keys, begin: Begin) -> None:
        super().__init__(desk, keys, {"at": self.action_ask_time})
        self._pen, self._begin = pen, begin

    def compose(self) -> ComposeResult:
        """Whose record, their card, the log and the line."""
        yield Lines(id="header")
        participant = self.desk.participant
        yield Card(participant.number if participant else 0, id="card")
        yield from self.compose_foot()

    def on_mount(self) -> None:
        """Open what was asked for."""
        self.find_foot()
        begin = {"time": self._ask_time, "words": lambda: self.action_press("words"), "open": self._ask_open}
        begin[self._begin]()
        self.call_after_refresh(self.paint)

    def _ask_time(self) -> None:
        late.ask_time(self.desk, self._pen)

    def _ask_open(self) -> None:
        late.ask_unfinished(self.desk)

    def paint(self, *, anew: bool = False) -> None:  # noqa: ARG002 - one card: all is drawn
        """Draw the card and the foot."""
        participant, width = self.desk.participant, self.size.width
        if participant is None:
            return
        title = f" Late entry · {participant.person.name} · {self.desk.state.protocol.title}"
        self.query_one("#header", Lines).show((fit(((title, "bar"),), (), width, fill_style="bar"),))
        size = Frame(width, CARD_HEIGHT, self.desk.state.until())
        extra = extra_rows(participant, self.desk.state.protocol.id, None)
        self.query_one("#card", Card).show(card_rows(participant, self.desk, size, extra))
        self.paint_foot()

    def action_ask_time(self) -> None:
        """Ask for another time for the next entries."""
        self._ask_time()
        self.paint()

    def action_press(self, action_id: str) -> None:
        """A key of the board, where it can be a late entry."""
        refusal = late.why_not_late(action_id, self._pen)
        if refusal:
            self.desk.clear()
            self.desk.refuse(refusal)
        else:
            actions.press(self.desk, BY_ID[action_id])
        self.paint()

    def action_choose(self, number: int) -> None:  # noqa: ARG002 - a late entry is one person's
        """A digit chooses nobody here."""
        self.desk.refuse("this late entry is one person's: Escape, then j or k for another")
        self.paint()

    def action_close_offer(self) -> None:
        """Escape closes what is open, then the screen."""
        if self.desk.strip or self.desk.question:
            super().action_close_offer()
            self.settled()
        else:
            self.dismiss("done")

    def settled(self) -> None:
        """Opened for one thing, it goes when that is said (or given up)."""
        if self._begin != "time" and not (self.desk.strip or self.desk.question or self.desk.alarm):
            self.dismiss("done")
        else:
            self.paint()
