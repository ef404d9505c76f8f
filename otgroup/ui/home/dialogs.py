"""Dialogs from home: pages to read, and what is asked before a session goes on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Label, Static

from otgroup.board.actions import ACTIONS, shown_key
from otgroup.board.keymap import Keys
from otgroup.record.protocol import Protocol
from otgroup.record.silence import Silence
from otgroup.record.wording import length_text
from otgroup.store.summary import Summary
from otgroup.ui.board.cardtext import weekday_text
from otgroup.ui.parts.pages import Dialog

LONGEST_ABSENCE_MIN: Final = 600


def help_text(keys: Keys) -> Content:
    """Every key, by section."""
    lines: list[Content] = [
        Content("Choose a person (1-9, 0 for the tenth, Tab, arrows, a click), then act. The choice stays."),
        Content("A strip at the bottom only adds to what is recorded; any other key closes it and does its work."),
        Content(
            "A line takes words: Enter keeps them, Escape closes it; a letter alone is the usual answer behind it."
        ),
        Content(
            "What is typed right behind a refusal is shown, not recorded. u takes back the last event; of a text"
        ),
        Content(
            "that was read as keys in one go (three or more recorded something, not all the same key) all of it."
        ),
    ]
    section = ""
    for action in ACTIONS:
        if action.section != section:
            section = action.section
            lines += [Content(""), Content.styled(section, "bold")]
        shown = " ".join(shown_key(key) for key in keys.get(action.id, action.keys))
        lines.append(Content.assemble((f"  {shown:<22}", "$accent"), action.help))
    return Content("\n").join(lines)


class InfoScreen(Dialog[None]):
    """A page to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,slash,f1", "dismiss(None)", "back")
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="page"):
            yield Label(Content(self._title), classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text, markup=False)
            yield Label("Escape goes back", classes="hint", markup=False)


def groups_text(groups: Sequence[Protocol], own: str, problems: Sequence[str]) -> Content:
    """The groups there are, and how to make one's own."""
    lines: list[Content] = []
    for group in groups:
        lines += [Content.styled(f"{group.title}  ({group.id})", "bold"), Content(f"  {group.activity}"), Content("")]
    lines.append(Content(f"Your own groups stand in {own}: one .toml each, otgroup groups check looks them over."))
    return Content("\n").join([*lines, *(Content(problem) for problem in problems)])


class SilenceScreen(Dialog[str]):
    """A session opened again after a silence: paused meanwhile, treated, or over? Asked once, before the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "dismiss('paused')", "paused"),
        Binding("k", "dismiss('ended')", "ended"),
        Binding("y", "treated", "treated"),
        Binding("escape", "dismiss(None)", "home"),
    ]

    def __init__(self, silence: Silence, *, may_be_treatment: bool) -> None:
        super().__init__()
        self._silence, self._may_be_treatment = silence, may_be_treatment

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        start, end = self._silence.start, self._silence.end
        minutes = int((end - start).total_seconds() // 60)
        with Vertical(classes="page"):
            yield Label("This group was left running", classes="title", markup=False)
            yield Label(f"Nothing was recorded from {start:%H:%M} to {end:%H:%M}: {minutes} min.", markup=False)
            yield Label("", markup=False)
            yield Label("j  it was paused meanwhile, and goes on now", markup=False)
            yield Label(f"k  it ended at {start:%H:%M}", markup=False)
            if self._may_be_treatment:
                yield Label(f"y  treatment went on: the {minutes} min count", markup=False)
            yield Label("Escape  decide later", classes="hint", markup=False)

    def action_treated(self) -> None:
        """Only where it can have been."""
        if self._may_be_treatment:
            self.dismiss("treated")


class ClockSetBackScreen(Dialog[int]):
    """A session opened again while the machine's clock stands before its last entry.

    Ends with the minutes that passed since then, as the leader says, or None.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "home")]

    def __init__(self, last: datetime, behind: timedelta) -> None:
        super().__init__()
        self._last, self._behind = last, behind

    def compose(self) -> ComposeResult:
        """What happened, and the line for the minutes."""
        behind = length_text(self._behind.total_seconds())
        with Vertical(classes="page"):
            yield Label("The machine's clock was set back", classes="title", markup=False)
            told = f"It stands {behind} before the last entry of this group, at {self._last:%H:%M}."
            yield Label(told, markup=False)
            yield Label("How many minutes have passed since that entry? Enter alone counts none.", markup=False)
            yield Input(id="passed", compact=True)
            yield Label("", id="problem", markup=False)
            yield Label("Escape  decide later", classes="hint", markup=False)

    @on(Input.Submitted)
    def take(self, message: Input.Submitted) -> None:
        """Enter, if it is a number of minutes."""
        text = message.value.strip() or "0"
        if text.isascii() and text.isdigit() and int(text) <= LONGEST_ABSENCE_MIN:
            self.dismiss(int(text))
        else:
            problem = (
                f"write whole minutes, 0 to {LONGEST_ABSENCE_MIN}; for longer decide later, with the clock right"
            )
            self.query_one("#problem", Label).update(problem)


class VoidedScreen(Dialog[bool]):
    """A voided session, chosen on home. Ends with whether it is taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "dismiss(True)", "take back"),
        Binding("escape", "dismiss(False)", "home"),
    ]

    def __init__(self, session: Summary) -> None:
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Which session, and the one answer."""
        session = self._session
        with Vertical(classes="page"):
            yield Label("This session was voided as begun by mistake", classes="title", markup=False)
            when = f"{weekday_text(session.started_at)} {session.started_at:%H:%M}"
            yield Label(Content(f"{session.title}, {when}: kept, without notes."), markup=False)
            yield Label("", markup=False)
            yield Label("j  take it back: everything recorded in it stands again", markup=False)
            yield Label("Escape  it stays voided", classes="hint", markup=False)
