"""Which group, and who is in it."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Footer, Label, OptionList, SelectionList
from textual.widgets.option_list import Option
from textual.widgets.selection_list import Selection

from otgroup.board.desk import Desk
from otgroup.record.course import MOST_PARTICIPANTS
from otgroup.record.people import Person
from otgroup.record.protocol import Protocol
from otgroup.ui.board.goals import LinkScreen
from otgroup.ui.parts.pages import Page
from otgroup.ui.parts.ticks import Ticks

NOBODY_CHOSEN = "There are no participants yet: Escape, then p adds them."


class SetUp(NamedTuple):
    """What a group starts with."""

    protocol: Protocol
    people: tuple[Person, ...]


class BeginGroup(NamedTuple):
    """What follows: `save` keeps a participant's goals, `start` begins the group; both may refuse."""

    save: Callable[[Person], None]
    start: Callable[[SetUp], Desk]


class SetUpScreen(Page[Desk]):
    """Choose a group on the left, its participants on the right, then start. Ends with the group's desk, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "start", "start"),
        Binding("tab", "app.focus_next", "group / people"),
        Binding("g", "link", "goals"),
        Binding("escape", "dismiss(None)", "back"),
    ]

    def __init__(self, groups: Sequence[Protocol], people: Sequence[Person], begin: BeginGroup) -> None:
        super().__init__()
        self._groups, self._people, self._begin = groups, list(people), begin

    def compose(self) -> ComposeResult:
        """Two lists and a line that says what is chosen."""
        yield Label("New session", classes="title", markup=False)
        with Horizontal(id="lists"):
            with Vertical():
                yield Label("1. The group (up and down)", classes="hint", markup=False)
                yield OptionList(*(Option(Content(group.title)) for group in self._groups), id="groups", markup=False)
                yield Label("", id="about", markup=False)
            with Vertical():
                yield Label("2. Who (Tab, then space; up to 12)", classes="hint", markup=False)
                yield Ticks[int](
                    *(Selection(Content(person.name), number) for number, person in enumerate(self._people)),
                    id="people",
                )
        yield Label("" if self._people else NOBODY_CHOSEN, id="problem", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin at the groups."""
        groups = self.query_one("#groups", OptionList)
        groups.focus()
        groups.highlighted = 0 if self._groups else None

    @on(OptionList.OptionHighlighted, "#groups")
    def tell_about(self, message: OptionList.OptionHighlighted) -> None:
        """What the group is."""
        group = self._groups[message.option_index]
        told = [group.activity, *group.precautions]
        self.query_one("#about", Label).update(Content("\n".join(told)))

    @on(OptionList.OptionSelected, "#groups")
    def go_to_people(self) -> None:
        """Enter on a group goes on to the people."""
        self.query_one("#people", SelectionList).focus()

    @on(SelectionList.SelectedChanged)
    def count(self) -> None:
        """How many are chosen."""
        chosen = len(self._chosen())
        told = "s starts: everybody is put down as here, o on the board mends it."
        if chosen > MOST_PARTICIPANTS:
            told = f"a group has {MOST_PARTICIPANTS} places: untick {chosen - MOST_PARTICIPANTS}."
        self.query_one("#problem", Label).update(f"{chosen} chosen. {told}")

    def _chosen(self) -> tuple[Person, ...]:
        numbers = self.query_one("#people", SelectionList).selected
        return tuple(self._people[number] for number in numbers)

    def action_start(self) -> None:
        """Start, or say what is missing."""
        highlighted = self.query_one("#groups", OptionList).highlighted
        people = self._chosen()
        if highlighted is None:
            self.say("choose a group first")
        elif not people:
            self.say("choose at least one participant: Tab, then space" if self._people else NOBODY_CHOSEN)
        elif len(people) > MOST_PARTICIPANTS:
            self.say(f"{len(people)} are chosen: a group has {MOST_PARTICIPANTS} places")
        else:
            self.dismiss(self._begin.start(SetUp(self._groups[highlighted], people)))

    def action_link(self) -> None:
        """Which goals the group serves for the person under the cursor."""
        group = self.query_one("#groups", OptionList).highlighted
        number = self.query_one("#people", SelectionList).highlighted
        if group is None or number is None:
            self.say("g: put the cursor on a participant first")
            return

        def keep(person: Person) -> None:
            self._begin.save(person)
            self._people[number] = person

        self.app.push_screen(LinkScreen(self._people[number], self._groups[group], keep))
