"""Why a group serves a participant: goals, purposes, carry-over, reason. Said once, kept until changed."""

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label
from textual.widgets.selection_list import Selection

from otgroup.record.people import Link, Person, with_link
from otgroup.record.protocol import Protocol
from otgroup.ui.parts.form import labelled_row
from otgroup.ui.parts.pages import Dialog
from otgroup.ui.parts.ticks import Ticks
from otgroup.written import clean_text


class LinkScreen(Dialog[Person]):
    """Goals, purposes and carry-over to tick, a line for the reason. `keep` gets the person changed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "keep")]

    def __init__(self, person: Person, protocol: Protocol, keep: Callable[[Person], None]) -> None:
        super().__init__()
        self._person, self._protocol, self._keep = person, protocol, keep
        self._texts = {
            "goals": person.goals,
            "purposes": protocol.all_purposes,
            "carry_over": protocol.goal_links,
        }

    def compose(self) -> ComposeResult:
        """Goals, purposes beside carry-over, reason."""
        link = self._person.link(self._protocol.id)
        with Vertical(classes="form"):
            title = f"{self._person.name}: {self._protocol.title}"
            yield Label(Content(title), classes="title", markup=False)
            yield from self._choices("goals", "Goals this group serves (space ticks)", link.goals)
            with Horizontal(id="both"):
                with Vertical():
                    yield from self._choices("purposes", "Aimed at (none ticked: not told)", link.purposes)
                with Vertical():
                    yield from self._choices("carry_over", "Carries over to", link.carry_over)
            hint = self._protocol.why_group or "what the group gives this person that one-on-one does not"
            yield from labelled_row("Because", Input(link.why, id="why", placeholder=hint, compact=True))
            yield Label("", id="problem", markup=False)
            yield Label("Tab goes on · Ctrl+S keeps · Escape goes back", classes="hint", markup=False)

    def _choices(self, what: str, title: str, ticked: Iterable[str]) -> ComposeResult:
        """A list to tick, where there is anything to choose."""
        if self._texts[what]:
            yield Label(title, classes="hint", markup=False)
            chosen = set(ticked)
            options = (Selection(Content(text), text, text in chosen) for text in self._texts[what])
            yield Ticks[str](*options, id=what, compact=True)

    @on(Input.Submitted)
    def keep_by_enter(self) -> None:
        """Enter in the line."""
        self.action_keep()

    def action_keep(self) -> None:
        """Keep what is ticked and written."""
        why = clean_text(self.query_one("#why", Input).value, "because", 300)
        goals, purposes, carry_over = (self._ticked(what) for what in self._texts)
        link = Link(self._protocol.id, goals, why, purposes, carry_over)
        person = with_link(self._person, link)
        self._keep(person)
        self.dismiss(person)

    def _ticked(self, what: str) -> tuple[str, ...]:
        """What is ticked in a list, in its order."""
        ticked = {text for choices in self.query(f"#{what}").results(Ticks) for text in choices.selected}
        return tuple(text for text in self._texts[what] if text in ticked)
