"""A running group, from opening it to its end: the board, who joins, goals, the end. Ties it to the clinic."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from otgroup.board import presence
from otgroup.board.bell import Bell, alarm_text
from otgroup.board.desk import Desk
from otgroup.board.ending import Ending
from otgroup.board.keymap import Keys
from otgroup.board.labels import board_labels
from otgroup.board.silences import LONGEST, ask_reopened
from otgroup.clinic.clinic import Clinic
from otgroup.errors import OTGroupError, StoreError
from otgroup.record.people import Person, PersonId
from otgroup.record.state import SessionState
from otgroup.ui.base_app import BaseApp
from otgroup.ui.board.board import BoardScreen
from otgroup.ui.board.ending import EndScreen
from otgroup.ui.board.goals import LinkScreen
from otgroup.ui.home.dialogs import ClockSetBackScreen, SilenceScreen
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.home.people import PickScreen
from otgroup.ui.parts.printable import printable

ASKED_FROM: Final = timedelta(minutes=1)
"""A clock that stands no further behind the last entry costs nobody a minute: it is told and not asked about."""


class SessionFlow:
    """The group that is open, and what its board asks for."""

    def __init__(self, app: BaseApp, clinic: Clinic, keys: Keys) -> None:
        self._app, self._clinic, self._keys = app, clinic, keys
        self._desk: Desk | None = None
        self._bell = Bell()
        self._unread: tuple[str, ...] = ()
        self._left_running: dict[str, SessionState] = {}

    def go_on(self, session_id: str) -> None:
        """Open a running group; where the machine's clock or a silence leaves time open, first ask what it was."""
        desk = self._clinic.resume(session_id)
        self._take(desk)
        time = self._clinic.times.of(desk.state)
        if time.behind < ASKED_FROM:
            self._ask_silence(desk)
            return

        def settle(minutes: int | None) -> None:
            if minutes is not None:
                desk.say_passed(minutes)
                self._ask_silence(desk)

        self._app.push_screen(ClockSetBackScreen(time.last, time.behind), settle)

    def _ask_silence(self, desk: Desk) -> None:
        desk.watch_clock()
        silence = desk.silence
        if silence is None:
            self.show(desk)
            return

        def settle(answer: str | None) -> None:
            if answer in ("paused", "treated"):
                desk.say_silence(treated=answer == "treated")
                self.show(desk)
            elif answer == "ended":
                self._over(self._clinic.end(silence.start))

        self._app.push_screen(SilenceScreen(silence, may_be_treatment=silence.end - silence.start <= LONGEST), settle)

    def show(self, desk: Desk) -> None:
        """The live board; when it is left, the end or home."""
        self._take(desk)
        self._app.clear_notifications()  # they would lie over the letters that are offered
        self._app.push_screen(BoardScreen(desk, self._clinic.earlier(desk.state), self._keys))

    def reopen(self, session_id: str) -> None:
        """A group that had ended goes on; what the time between was is asked on its board."""
        desk = self._clinic.reopen(session_id)
        ask_reopened(desk)
        self.show(desk)

    def _take(self, desk: Desk) -> None:
        """The group that is open now. What waited for an answer on its board waits on; one left behind rings on."""
        left, own = self._desk, desk.state.id
        self._desk = desk
        if left and left.state.id == own:
            desk.alarms = left.alarms
        elif left and left.state.status == "running":
            self._left_running[left.state.id] = left.state
        self._left_running.pop(own, None)
        self._unread = tuple(session for session in self._unread if session != own)

    @property
    def _open(self) -> Desk:
        if self._desk is None:
            raise StoreError("no session is open: open one from home")
        return self._desk

    # --- every second -----------------------------------------------------------------------------

    def watch(self, running: Sequence[str]) -> None:
        """The sessions that run, as home lists them: their clocks ring though nobody has opened their board."""
        self._unread = tuple(session for session in running if not self._desk or session != self._desk.state.id)
        self._left_running = {}

    def tick(self) -> str:
        """Ring for clocks that reach their target, on whatever screen; whose clocks wait, for home to show."""
        if self._desk and self._desk.state.status == "running" and self._clinic.holds(self._desk):
            self._desk.watch_clock()
        told = [line for state, now, names in self._running() if (line := self._ring(state, now, names))]
        return " · ".join(told)

    def _running(self) -> Iterator[tuple[SessionState, datetime, Mapping[PersonId, str]]]:
        """Every session that runs, its time now and the names on its cards."""
        for session in self._unread:
            with suppress(OTGroupError):  # a journal that does not open is told of on home
                self._left_running[session] = self._clinic.read(session)
        self._unread = ()
        for state in self._left_running.values():
            yield state, self._clinic.times.of(state)(), board_labels(state)
        if self._desk and self._desk.state.status == "running":
            yield self._desk.state, self._desk.pen.now(), self._desk.names

    def _ring(self, state: SessionState, now: datetime, names: Mapping[PersonId, str]) -> str:
        line, screen = alarm_text(state, now, names), self._app.screen
        if self._bell.due(state, now):
            self._app.bell()
            on_board = isinstance(screen, BoardScreen) and screen.desk.state.id == state.id
            if not (on_board or isinstance(screen, HomeScreen)):
                self._app.notify(printable(line), severity="warning", markup=False, timeout=30)
        return line

    # --- what the board asks for --------------------------------------------------------------------

    def handle_request(self, what: str) -> None:
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
        desk = self._open
        board = {p.person.id for p in desk.state.board}
        others = [person for person in self._clinic.people() if person.id not in board]
        screen = self._app.screen

        async def join(person: object) -> None:
            picked = next((p for p in others if p is person), None)
            if picked is not None and isinstance(screen, BoardScreen):
                presence.add(desk, picked)
                await screen.show_added()

        self._app.push_screen(PickScreen("Who joins?", others), join)

    def _link(self) -> None:
        """Why this group serves the chosen person: on this session's record, and kept for the next."""
        desk = self._open
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
        ending = Ending(self._open)

        def settle(answer: str | None) -> None:
            if answer == "end":
                self._end(ending)
            elif answer == "void":
                self._void()

        self._app.push_screen(EndScreen(ending), settle)

    def _end(self, ending: Ending) -> None:
        if not ending.keep():
            raise ending.desk.unkept
        self._over(ending.desk.state)

    def _over(self, state: SessionState) -> None:
        self._leave()
        self._app.show_notes(state)

    def _void(self) -> None:
        self._clinic.void()
        self._leave()
        self._app.notify("voided: kept, without notes. Enter on it, then j, takes it back", markup=False, timeout=15)

    def take_back_void(self, session_id: str) -> None:
        """A voided session as it stood: the group goes on, or its notes are there again."""
        state = self._clinic.take_back_void(session_id)
        self._app.show_home()
        if state.ended_at is None:
            self.go_on(session_id)
