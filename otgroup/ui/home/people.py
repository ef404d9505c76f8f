"""The participants: listed, added, changed, picked."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Label, OptionList
from textual.widgets.option_list import Option

from otgroup.record.people import Person, PersonId
from otgroup.ui.home.forms import PersonScreen
from otgroup.ui.parts.pages import Dialog, Page
from otgroup.ui.parts.printable import printable

NO_PEOPLE = "Nobody yet: a adds a participant; otgroup people import FILE.csv adds many."


def person_line(person: Person) -> Content:
    """A participant on one line; the name is data, never markup."""
    about = " · ".join(filter(None, [person.record_number, person.setting, "; ".join(person.goals)]))
    name, short_name, about = map(printable, (person.name, person.short_name, about))
    return Content.assemble((name, "bold"), f"  {short_name}  ", (about, "dim"))


class PeopleScreen(Page[None]):
    """All participants."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", "add"),
        Binding("enter", "edit", "change", show=True),
        Binding("escape,q", "dismiss(None)", "back"),
    ]

    def __init__(
        self, people: Callable[[], list[Person]], save: Callable[[Person], None], new_id: Callable[[], str]
    ) -> None:
        super().__init__()
        self._load, self._save, self._new_id = people, save, new_id
        self._people: list[Person] = []

    def compose(self) -> ComposeResult:
        """The list."""
        yield Label("Participants", classes="title", markup=False)
        yield OptionList(id="people", markup=False)
        yield Label(NO_PEOPLE, id="empty", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def _fill(self, cursor: PersonId | None = None) -> None:
        """Draw the list anew, the cursor on that participant, else on the first."""
        self._people = self._load()
        options = self.query_one("#people", OptionList)
        options.clear_options()
        options.add_options(Option(person_line(person)) for person in self._people)
        options.focus()
        options.highlighted = (
            next((n for n, p in enumerate(self._people) if p.id == cursor), 0) if self._people else None
        )
        self.query_one("#empty", Label).display = not self._people

    def action_add(self) -> None:
        """A new participant."""
        self.app.push_screen(PersonScreen(None, PersonId(self._new_id()), self._save), self._kept)

    @on(OptionList.OptionSelected)
    def edit_selected(self, message: OptionList.OptionSelected) -> None:
        """Enter on a line changes that participant."""
        person = self._people[message.option_index]
        self.app.push_screen(PersonScreen(person, person.id, self._save), self._kept)

    def _kept(self, person: Person | None) -> None:
        if person is not None:
            self._fill(person.id)


class PickScreen(Dialog[Person]):
    """One person out of some."""

    def __init__(self, title: str, people: Sequence[Person]) -> None:
        super().__init__()
        self._title, self._people = title, people

    def compose(self) -> ComposeResult:
        """The list."""
        yield Label(self._title, classes="title", markup=False)
        yield OptionList(*(Option(person_line(person)) for person in self._people), markup=False)
        yield Label("Enter chooses · Escape goes back", classes="hint", markup=False)

    @on(OptionList.OptionSelected)
    def pick(self, message: OptionList.OptionSelected) -> None:
        """Enter chooses the person."""
        self.dismiss(self._people[message.option_index])
