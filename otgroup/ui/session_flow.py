"""A running group, from opening it to its end: the board, who joins, goals, the end. Ties it to the clinic."""

from collections.abc import Callable
from datetime import datetime

from otgroup.errors import NotSaved
from otgroup.live import attending
from otgroup.live.desk import GAP, Desk
from otgroup.live.keymap import Keys
from otgroup.session.people import Person
from otgroup.session.state import SessionState, active_until, silent_for
from otgroup.ui.clinic import Clinic
from otgroup.ui.host import Host
from otgroup.ui.screens.board import BoardScreen
from otgroup.ui.screens.ending import EndScreen
from otgroup.ui.screens.linking import LinkScreen
from otgroup.ui.screens.people import PickScreen
from otgroup.ui.screens.telling import GapScreen


class SessionFlow:
    """The group that is open, and what its board asks for."""

    def __init__(self, app: Host, clinic: Clinic, keys: Keys) -> None:
        self._app, self._clinic, self._keys = app, clinic, keys

    def go_on(self, session_id: str) -> None:
        """Open a running group; after a silence first ask what it was."""
        desk = self._clinic.resume(session_id)
        if desk.state.paused or silent_for(desk.state, self._clinic.now()) < GAP:
            self.show(desk)
            return
        last = active_until(desk.state, self._clinic.now())

        def settle(answer: str | None) -> None:
            if answer == "paused":
                desk.pause_meanwhile()
                self.show(desk)
            elif answer == "ended":
                self._end(last)

        self._app.push_screen(GapScreen(last, self._clinic.now()), settle)

    def show(self, desk: Desk) -> None:
        """The live board; when it is left, the end or home."""
        self._desk = desk
        self._app.push_screen(BoardScreen(desk, self._clinic.earlier(desk.state), self._keys))

    def wanted(self, what: str) -> None:
        """What was asked for on the board."""
        ways: dict[str, Callable[[], None]] = {
            "end": self._ask_end,
            "home": self._leave,
            "add": self._add,
            "link": self._link,
        }
        ways[what]()

    def _leave(self) -> None:
        if isinstance(self._app.screen, BoardScreen):
            self._app.pop_screen()
        self._app.show_home()

    def _add(self) -> None:
        board = {p.person.id for p in self._desk.state.board}
        others = [person for person in self._clinic.people() if person.id not in board]
        screen = self._app.screen

        async def join(person: object) -> None:
            picked = next((p for p in others if p is person), None)
            if picked is not None and isinstance(screen, BoardScreen):
                attending.add(self._desk, picked)
                await screen.show_added()

        self._app.push_screen(PickScreen("Who joins?", others), join)

    def _link(self) -> None:
        """Why this group serves the chosen person: on this session's record, and kept for the next."""
        desk = self._desk
        participant = desk.one()
        if participant is None:
            self._repaint()
            return

        def keep(person: Person) -> None:
            self._clinic.keep_link(desk, person)

        screen = LinkScreen(participant.person, desk.state.protocol, keep)
        self._app.push_screen(screen, lambda _: self._repaint())

    def _repaint(self) -> None:
        if isinstance(self._app.screen, BoardScreen):
            self._app.screen.paint()

    def _ask_end(self) -> None:
        def settle(answer: str | None) -> None:
            if answer == "end":
                self._end(None)
            elif answer == "void":
                self._void()

        self._app.push_screen(EndScreen(self._desk), settle)

    def _end(self, at: datetime | None) -> None:
        state = self._clinic.end(at) if at else self._ended_now()
        self._leave()
        self._app.show_notes(state)

    def _ended_now(self) -> SessionState:
        if not self._desk.end():
            raise NotSaved(self._desk.alarm or self._desk.said)
        return self._desk.state

    def _void(self) -> None:
        self._clinic.void()
        self._leave()
