"""The app: opens the data folder, ties screens together, and leaves cleanly whatever happens."""

import gc
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from otgroup.board.actions import ACTIONS
from otgroup.board.desk import Desk
from otgroup.board.keymap import Keys
from otgroup.clinic.clinic import Clinic
from otgroup.clinic.waiting import review_rules, shipped_review_rules, waiting_notes
from otgroup.errors import NotFound, OTGroupError
from otgroup.record.people import Leader
from otgroup.record.state import SessionState
from otgroup.store.summary import Summary
from otgroup.ui.base_app import BaseApp
from otgroup.ui.board.board import BoardScreen
from otgroup.ui.board.cardtext import weekday_text
from otgroup.ui.board.flow import SessionFlow
from otgroup.ui.home.dialogs import InfoScreen, VoidedScreen, groups_text, help_text
from otgroup.ui.home.forms import LeaderScreen
from otgroup.ui.home.home import HomeScreen
from otgroup.ui.home.people import PeopleScreen
from otgroup.ui.home.setup import BeginGroup, SetUp, SetUpScreen
from otgroup.ui.leaving import ignore_strange_bytes, leave_on_signals, outlive_the_terminal
from otgroup.ui.messages import MinutesRequest, ReviewRequest
from otgroup.ui.parts.printable import PrintableFilter
from otgroup.ui.parts.terminal_input import sift_input

if TYPE_CHECKING:
    from otgroup.ui.review.clipboard import Clipboard
    from otgroup.ui.review.flow import ReviewFlow

GARBAGE = 20_000
"""New objects after which memory is cleared; a tap makes some hundreds."""


class OTGroupApp(BaseApp):
    """Home, and everything that is reached from it."""

    TITLE = "OTGroup"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "quit", show=False, priority=True)]

    def __init__(self, clinic: Clinic, keys: Keys, board: str | None = None) -> None:
        super().__init__()
        self.clinic = clinic
        self._keys = keys
        self._board = board
        self._home = HomeScreen()
        self._printable = PrintableFilter()
        self._review: ReviewFlow
        self._copied: Clipboard | None = None
        self._session = SessionFlow(self, clinic, keys)

    async def on_mount(self) -> None:
        """Home; or at once the board that was asked for."""
        leave_on_signals(self)
        self.clinic.clear_aside()
        await self.push_screen(self._home)
        self.show_home()
        self.set_interval(1.0, self.tick)
        if self._board:
            self.show_board(self.clinic.resume(self._board))

    def show_home(self) -> None:
        """Draw home anew."""
        clinic = self.clinic
        sessions, leader = clinic.sessions(), clinic.leader() or "nobody leads yet"
        notices = list(clinic.notices)
        try:
            rules = review_rules(clinic)
        except OTGroupError as refusal:  # a clinic's own review.toml that cannot be used
            rules = shipped_review_rules(clinic)
            notices.append(str(refusal))
        self._waiting = waiting_notes(sessions, rules)
        self._home.show(sessions, f"OTGroup    {weekday_text(clinic.now())} · {leader}", self._waiting, notices)
        self._session.watch([session.id for session in sessions if session.state == "running"])

    def tick(self) -> None:
        """Once a second, whatever screen is open: clocks that reach their target ring."""
        self._home.tell_ringing(self._session.tick())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing unseen reaches the terminal, on any screen."""
        return [*super().get_line_filters(), self._printable]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the board's actions and the way out. No screenshots: they would hold names."""
        if isinstance(screen, BoardScreen):
            for action in ACTIONS:
                run = _pressing(screen, action.id)
                yield SystemCommand(f"{action.section}: {action.label}", action.help, run)
        yield SystemCommand("Quit", "leave OTGroup; a running group can be opened again", self.exit)

    # --- home -------------------------------------------------------------------------------------

    @on(HomeScreen.Requested)
    def from_home(self, message: HomeScreen.Requested) -> None:
        """What was asked for on home."""
        if message.session is not None and message.what == "codes":
            self._codes(message.session.id, self.show_home)
            return
        if message.session is not None:
            self._open(message.session)
            return
        ways: dict[str, Callable[[], None]] = {
            "new": self._new_session,
            "people": self._people,
            "groups": self._groups,
            "minutes": self.show_minutes,
            "leader": self._ask_leader,
            "review": self._review_waiting,
            "help": self._help,
        }
        ways[message.what]()

    def _open(self, session: Summary) -> None:
        if session.state == "running":
            self._session.go_on(session.id)
        elif session.state == "ended":
            self.show_notes(self.clinic.read(session.id))
        else:
            self._ask_take_back(session)

    def _ask_take_back(self, session: Summary) -> None:
        """A voided session is kept, and can be had again as it stood."""

        def take_back(answer: bool | None) -> None:  # noqa: FBT001 - what the screen ends with
            if answer:
                self._session.take_back_void(session.id)

        self.push_screen(VoidedScreen(session), take_back)

    def _review_waiting(self) -> None:
        """The oldest session with notes that wait."""
        if self._waiting.first is None:
            raise NotFound("no note waits for a signature")
        self._open(self._waiting.first)

    def _people(self) -> None:
        clinic = self.clinic
        self.push_screen(PeopleScreen(clinic.people, clinic.save_person, clinic.new_id), lambda _: self.show_home())

    def _groups(self) -> None:
        groups, own, problems = self.clinic.groups_with_problems()
        self.push_screen(InfoScreen("Groups", groups_text(groups, own, problems)))

    def _help(self) -> None:
        self.push_screen(InfoScreen("Keys of the live board", help_text(self._keys)))

    def _ask_leader(self, then: Callable[[], None] | None = None) -> None:
        def kept(leader: Leader | None) -> None:
            if leader is not None:
                self.show_home()
                if then:
                    then()

        self.push_screen(LeaderScreen(self.clinic.leader(), self.clinic.remember_leader), kept)

    # --- a session --------------------------------------------------------------------------------

    def _new_session(self) -> None:
        clinic, leader = self.clinic, self.clinic.leader()
        if leader is None:
            self._ask_leader(self._new_session)
            return

        def start(chosen: SetUp) -> Desk:
            return clinic.start(chosen.protocol, chosen.people, leader)

        def started(desk: Desk | None) -> None:
            if desk is not None:
                self.show_board(desk)

        begin = BeginGroup(save=clinic.save_person, start=start)
        self.push_screen(SetUpScreen(clinic.groups(), clinic.people(), begin), started)

    def show_board(self, desk: Desk) -> None:
        """The live board of a running group."""
        self._session.show(desk)

    @on(BoardScreen.Requested)
    def from_board(self, message: BoardScreen.Requested) -> None:
        """Help, end, home or one more participant."""
        if message.what == "help":
            self._help()
        else:
            self._session.handle_request(message.what)

    def show_notes(self, state: SessionState) -> None:
        """The review of an ended session; from it home, or the group again."""
        from otgroup.clinic.notes import review  # noqa: PLC0415 - the board starts without templates
        from otgroup.ui.review.clipboard import Clipboard  # noqa: PLC0415 - and without these
        from otgroup.ui.review.flow import ReviewFlow  # noqa: PLC0415 - as it does

        clinic = self.clinic
        self._copied = self._copied or Clipboard(self)
        self._review = ReviewFlow(self, clinic, self._keys, review(clinic, state.id), self._copied)

        def settle(answer: str | None) -> None:
            self.show_home()
            if answer == "reopen":
                self._session.reopen(state.id)

        self.push_screen(self._review.screen, settle)

    @on(ReviewRequest)
    async def from_review(self, message: ReviewRequest) -> None:
        """What was asked for in the review."""
        if message.what == "help":
            self.push_screen(InfoScreen("Keys of the review", self._review.help()))
            return
        if message.what == "codes":
            self._codes(self._review.session, self._review.after_codes)
            return
        await self._review.handle_request(message.what, message.who)

    # --- codes and minutes --------------------------------------------------------------------------

    def _codes(self, session: str, then: Callable[[], None]) -> None:
        """From home or a session's notes; what was decided stands there afterwards."""
        from otgroup.ui.billing.flow import show_codes  # noqa: PLC0415 - the board starts without it

        show_codes(self, self.clinic, session, then)

    @on(MinutesRequest)
    def show_minutes(self) -> None:
        """One-on-one minutes, from home or from codes."""
        from otgroup.ui.billing.flow import show_minutes  # noqa: PLC0415 - the board starts without it

        show_minutes(self, self.clinic)

    # --- leaving ----------------------------------------------------------------------------------

    async def on_unmount(self) -> None:
        """No note stays on the clipboard or beside the records."""
        if self._copied:
            left = await self._copied.leave()
            self._exit_renderables.extend([Text("\n".join(left))] if left else [])


def _pressing(screen: BoardScreen, action_id: str) -> Callable[[], None]:
    return lambda: screen.action_press(action_id)


def run(data: Path, *, board: str | None = None) -> int:
    """Open the app on a data folder (on the board of session `board`); the process's exit status.

    Raises InUse or another OTGroupError before any screen is shown.
    """
    ignore_strange_bytes()
    outlive_the_terminal()
    sift_input()
    with Clinic.open(data, write=True) as clinic:
        app = OTGroupApp(clinic, clinic.keys(), board)
        gc.freeze()  # what was loaded stays: no clearing of memory goes through it in the midst of a tap
        gc.set_threshold(GARBAGE)
        app.run()
        return app.return_code or 0
