"""Why a group serves a participant, and which of their goals: said once, kept until changed."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, SelectionList
from textual.widgets.selection_list import Selection

from otgroup.errors import BadInput
from otgroup.intake.words import clean_text
from otgroup.session.people import Link, Person, with_link
from otgroup.session.protocol import Protocol
from otgroup.ui.screens.forms import row


class LinkScreen(ModalScreen[Person | None]):
    """Goals to tick, a line for the reason. Ends with the person changed, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "back"),
        Binding("ctrl+s", "keep", "keep"),
    ]

    def __init__(self, person: Person, protocol: Protocol) -> None:
        super().__init__()
        self._person, self._protocol = person, protocol

    def compose(self) -> ComposeResult:
        """Goals, reason."""
        link = self._person.link(self._protocol.id)
        with Vertical(classes="form"):
            title = f"{self._person.name}: {self._protocol.title}"
            yield Label(Content(title), classes="title", markup=False)
            yield Label("Goals this group serves (space ticks)", classes="hint", markup=False)
            yield SelectionList[str](
                *(Selection(Content(goal), goal, goal in link.goals) for goal in self._person.goals), id="goals"
            )
            hint = self._protocol.why_group or "what the group gives this person that one-on-one does not"
            yield from row("Because", Input(link.why, id="why", placeholder=hint, compact=True))
            yield Label("", id="problem", markup=False)
            yield Label("Tab goes on · Ctrl+S keeps · Escape goes back", classes="hint", markup=False)

    @on(Input.Submitted)
    def keep_by_enter(self) -> None:
        """Enter in the line."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep what is ticked and written."""
        ticked = set(self.query_one("#goals", SelectionList).selected)
        goals = tuple(goal for goal in self._person.goals if goal in ticked)
        try:
            why = clean_text(self.query_one("#why", Input).value, "because", 300)
        except BadInput as refusal:
            self.query_one("#problem", Label).update(str(refusal))
            return
        self.dismiss(with_link(self._person, Link(self._protocol.id, goals, why)))
