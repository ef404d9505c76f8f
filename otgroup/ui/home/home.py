"""Home: what runs, what was done lately, and where to go."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Label, OptionList
from textual.widgets.option_list import Option

from otgroup.clinic.waiting import Waiting
from otgroup.store.summary import Summary
from otgroup.ui.board.cardtext import weekday_text
from otgroup.ui.parts.pages import Page
from otgroup.ui.parts.printable import printable

MOST_RECENT = 20
NO_SESSIONS = "No sessions yet. p adds participants, n starts a group, ? shows the keys."


class HomeScreen(Page[None]):
    """The running session first, then the recent ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,s", "want('new')", "new"),
        Binding("p", "want('people')", "people"),
        Binding("g", "want('groups')", "groups"),
        Binding("c", "codes", "codes"),
        Binding("m", "want('minutes')", "minutes"),
        Binding("l", "want('leader')", "leader"),
        Binding("r", "want('review')", "review", show=False),
        Binding("question_mark,slash,f1", "want('help')", "help", key_display="?"),
        Binding("q", "app.quit", "quit"),
    ]

    class Requested(Message):
        """Something was asked for; `session` where a line was chosen."""

        def __init__(self, what: str, session: Summary | None = None) -> None:
            super().__init__()
            self.what = what
            self.session = session

    def __init__(self) -> None:
        super().__init__()
        self._sessions: list[Summary] = []
        self._ringing = ""

    def compose(self) -> ComposeResult:
        """Title, sessions, what was found at opening."""
        yield Label("", id="title", classes="title", markup=False)
        yield Label("", id="ringing", markup=False)
        yield Label("", id="waiting", markup=False)
        yield OptionList(id="sessions", markup=False)
        yield Label(NO_SESSIONS, id="empty", markup=False)
        yield Label("", id="notices", markup=False)
        yield Footer(show_command_palette=False)

    def show(self, sessions: Sequence[Summary], title: str, waiting: Waiting, notices: Sequence[str] = ()) -> None:
        """Draw home anew."""
        running = [s for s in sessions if s.state == "running"]
        recent = [s for s in sessions if s.state != "running"][:MOST_RECENT]
        self._sessions = [*running, *recent]
        self.query_one("#title", Label).update(Content(title))
        self.query_one("#waiting", Label).update(Content(waiting.told))
        self.query_one("#waiting", Label).display = bool(waiting.told)
        options = self.query_one("#sessions", OptionList)
        options.clear_options()
        options.add_options(Option(_line(session)) for session in self._sessions)
        self.query_one("#empty", Label).display = not self._sessions
        self.query_one("#notices", Label).update(Content("\n".join(notices)))
        options.focus()
        if self._sessions:
            options.highlighted = 0

    def tell_ringing(self, line: str) -> None:
        """Whose clocks wait for an answer on a board, as long as they do."""
        if line != self._ringing:
            self._ringing = line
            ringing = self.query_one("#ringing", Label)
            ringing.update(Content(printable(f"{line}   enter goes on" if line else "")))
            ringing.display = bool(line)

    def action_want(self, what: str) -> None:
        """A key of the footer."""
        self.post_message(self.Requested(what))

    def action_codes(self) -> None:
        """The codes of the session under the cursor."""
        place = self.query_one("#sessions", OptionList).highlighted
        if place is not None:
            self.post_message(self.Requested("codes", self._sessions[place]))

    @on(OptionList.OptionSelected)
    def open_session(self, message: OptionList.OptionSelected) -> None:
        """Enter: go on with a running session, read an ended one."""
        self.post_message(self.Requested("open", self._sessions[message.option_index]))


def _line(session: Summary) -> Content:
    number = len(session.participants)
    people = f"{number} {'person' if number == 1 else 'people'}"
    when = f"{weekday_text(session.started_at)} {session.started_at:%H:%M}"
    state = "Running" if session.state == "running" else "Recent "
    voided = "voided, enter takes it back"
    what = {"running": "enter goes on", "ended": _signed(session), "voided": voided}[session.state]
    return Content.assemble((f"{state}  ", "bold"), f"{when}  {people}  ", (f"{what}  ", "dim"), session.title)


def _signed(session: Summary) -> str:
    signed, owed = len(session.people) - len(session.unsigned), len(session.people)
    return f"{signed} of {owed} signed" if owed else "nobody took part"
