"""One-on-one time by code: listed, added, taken back, with its units worked out line by line."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Label, OptionList, Static
from textual.widgets.option_list import Option

from otgroup.billing.one_on_one import OneOnOne
from otgroup.record.people import Leader, Person
from otgroup.ui.home.people import PickScreen
from otgroup.ui.parts.form import Field, FormScreen, FormText, Texts
from otgroup.ui.parts.pages import Page
from otgroup.ui.parts.printable import printable

NO_MINUTES = "No one-on-one time yet: a adds some."


class Ledger(NamedTuple):
    """What the screen may ask for."""

    entries: Callable[[], Sequence[OneOnOne]]
    people: Callable[[], Sequence[Person]]
    add: Callable[[Person, Texts], object]
    remove: Callable[[str], object]
    units: Callable[[Person, date], Sequence[str]]


class MinutesScreen(Page[None]):
    """One line for each entry, the newest first; below, the units of the chosen one's day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add"),
        Binding("x,delete", "remove", "take back", key_display="x"),
        Binding("escape,q", "dismiss(None)", "back"),
    ]

    def __init__(self, ledger: Ledger, today: date, leader: Leader | None) -> None:
        super().__init__()
        self._ledger, self._today, self._leader = ledger, today, leader
        self._entries: list[OneOnOne] = []
        self._people: dict[str, Person] = {}
        self._asked = ""

    def compose(self) -> ComposeResult:
        """The list, the units below it."""
        yield Label("One-on-one minutes", classes="title", markup=False)
        yield OptionList(id="entries", markup=False)
        yield Label(NO_MINUTES, id="empty", markup=False)
        yield Static("", id="units", markup=False)
        yield Label("", id="problem", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self) -> None:
        self._people = {person.id: person for person in self._ledger.people()}
        self._entries = sorted(self._ledger.entries(), key=lambda entry: entry.start, reverse=True)
        options = self.query_one("#entries", OptionList)
        options.clear_options()
        options.add_options(Option(self._line(entry)) for entry in self._entries)
        options.highlighted = 0 if self._entries else None
        options.focus()
        self.query_one("#empty", Label).display = not self._entries
        if not self._entries:
            self.query_one("#units", Static).update("")

    def _line(self, entry: OneOnOne) -> Content:
        known = self._people.get(entry.person)
        name = printable(known.name if known else entry.person)
        what = f"{entry.date}  {entry.times}  {entry.minutes:>3} min  {entry.code}  "
        return Content.assemble(what, (name, "bold"), (f"  {printable(str(entry.leader))}", "dim"))

    @on(OptionList.OptionHighlighted)
    def show_units(self, message: OptionList.OptionHighlighted) -> None:
        """The chosen one's day, line by line."""
        entry = self._entries[message.option_index]
        person = self._people.get(entry.person)
        lines = self._ledger.units(person, entry.date) if person else ()
        self.query_one("#units", Static).update(Content(printable_lines(lines)))
        self.say("")

    def action_add(self) -> None:
        """For whom, then when and what."""
        everybody = self._ledger.people()
        if not everybody:
            self.say("there are no participants yet: Escape, then p adds them")
            return
        self.app.push_screen(PickScreen("Whose one-on-one time?", everybody), self._ask)

    def _ask(self, person: Person | None) -> None:
        if person is None:
            return
        fields = (
            Field("date", "Date", str(self._today), "2026-03-09"),
            Field("start", "Start", "", "13:00"),
            Field("end", "End", "", "13:24"),
            Field("code", "Code", "", "a timed code, such as 97112"),
            Field("leader", "Leader", str(self._leader or ""), "J. Rivera, OTR/L"),
        )

        def keep(texts: Texts) -> None:
            self._ledger.add(person, texts)

        title = f"One-on-one time of {person.name}"
        self.app.push_screen(FormScreen(FormText(title, fields), keep), lambda _: self._fill())

    def action_remove(self) -> None:
        """Take the chosen entry back, asked once more; the journal keeps that it was there."""
        place = self.query_one("#entries", OptionList).highlighted
        if place is None:
            return
        entry = self._entries[place]
        if self._asked != entry.id:
            self._asked = entry.id
            self.say(f"x once more takes back {entry.date} {entry.times}, {entry.code}")
            return
        self._ledger.remove(entry.id)
        self._fill()
        self.say(f"taken back: {entry.date} {entry.times}, {entry.code}")


def printable_lines(lines: Sequence[str]) -> str:
    """Lines as one text, nothing unseen in them."""
    return "\n".join(map(printable, lines))
