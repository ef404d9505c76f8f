"""Small screens with fields: who leads, one participant."""

from collections.abc import Callable
from typing import ClassVar

import msgspec
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Button, Input, Label, Select

from otgroup.intake.people import parse_pronouns, parse_setting, short_name
from otgroup.record.people import Leader, Person, PersonId
from otgroup.ui.parts.pages import Dialog
from otgroup.written import clean_name, clean_text

SETTING_CHOICES = ("SNF Part A", "IRF", "Part B outpatient", "other")
PRONOUNS = ("she", "he", "they")


def labelled_row(label: str, field: Widget) -> ComposeResult:
    """A field with its label before it, on one line."""
    with Horizontal(classes="row"):
        yield Label(label, markup=False)
        yield field


class LeaderScreen(Dialog[Leader]):
    """Who leads: asked when the first group starts, remembered afterwards."""

    def __init__(self, known: Leader | None, keep: Callable[[Leader], None]) -> None:
        super().__init__()
        self._keep = keep
        self._known = known or Leader("")

    def compose(self) -> ComposeResult:
        """Name and credentials."""
        with Vertical(classes="form"):
            yield Label("Who leads? It stands under every note.", classes="title", markup=False)
            yield from labelled_row("Name", Input(self._known.name, id="name", placeholder="J. Rivera", compact=True))
            credentials = Input(self._known.credentials, id="credentials", placeholder="OTR/L", compact=True)
            yield from labelled_row("Credentials", credentials)
            yield Label("", id="problem", markup=False)
            yield Label("Enter keeps them · Escape goes back", classes="hint", markup=False)

    @on(Input.Submitted)
    def go_on_or_keep(self, message: Input.Submitted) -> None:
        """Enter on the name goes on to the credentials; on the credentials it is done."""
        if message.input.id == "name" and not self.query_one("#credentials", Input).value:
            self.query_one("#credentials", Input).focus()
            return
        name = clean_name(self.query_one("#name", Input).value, "name")
        leader = Leader(name, clean_text(self.query_one("#credentials", Input).value, "credentials", 60))
        self._keep(leader)
        self.dismiss(leader)


class PersonScreen(Dialog[Person]):
    """One participant, new or changed. Lists are separated by semicolons, as in people.csv."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "keep")]
    TEXTS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("name", "Name", ""),
        ("short_name", "Short name", "for the board; empty: made from the name"),
        ("record_number", "Record number", ""),
        ("goals", "Goals", "G1 reach into the cupboard; G2 ..."),
        ("deficits", "Deficits", "balance deficits; CVA"),
        ("precautions", "Precautions", "gait belt; left shoulder pain"),
    )
    CHOICES: ClassVar[tuple[tuple[str, str, tuple[str, ...]], ...]] = (
        ("pronouns", "Pronouns", PRONOUNS),
        ("setting", "Setting", SETTING_CHOICES),
    )

    def __init__(self, person: Person | None, new_id: PersonId, keep: Callable[[Person], None]) -> None:
        super().__init__()
        self._person, self._keep = person, keep
        self._id = person.id if person else new_id

    def compose(self) -> ComposeResult:
        """A line for every field."""
        with Vertical(classes="form"):
            yield Label("Participant", classes="title", markup=False)
            for field, label, hint in self.TEXTS:
                yield from labelled_row(label, Input(self._text(field), id=field, placeholder=hint, compact=True))
            for field, label, choices in self.CHOICES:
                yield from labelled_row(
                    label, Select([(c, c) for c in choices], id=field, prompt="not given", compact=True)
                )
            yield Label("", id="problem", markup=False)
            yield from labelled_row("", Button("Keep (Ctrl+S)", id="keep", compact=True))
            yield Label("Tab or Enter goes on · Ctrl+S keeps · Escape goes back", classes="hint", markup=False)

    def on_mount(self) -> None:
        """Set the choices a known person has."""
        for field in ("pronouns", "setting"):
            value = getattr(self._person, field, "")
            if value:
                self.query_one(f"#{field}", Select).value = value

    def _text(self, field: str) -> str:
        value = getattr(self._person, field, "")
        return value if isinstance(value, str) else "; ".join(value)

    @on(Input.Submitted)
    def go_on(self) -> None:
        """Enter goes to the next field."""
        self.focus_next()

    @on(Button.Pressed, "#keep")
    def keep_by_button(self) -> None:
        """The button keeps what was typed, as Ctrl+S does."""
        self.action_keep()

    def action_keep(self) -> None:
        """Check the fields, and keep them."""
        person = self._read()
        self._keep(person)
        self.dismiss(person)

    def _read(self) -> Person:
        text = {field: self.query_one(f"#{field}", Input).value for field, _, _ in self.TEXTS}
        name = clean_name(text["name"], "name")
        person = {
            "id": self._id,
            "name": name,
            "short_name": clean_text(text["short_name"], "short name", 40) or short_name(name),
            "record_number": clean_text(text["record_number"], "record number", 60),
            "pronouns": parse_pronouns(self._choice("pronouns")),
            "setting": parse_setting(self._choice("setting")),
        }
        lists = {field: _listed(text[field], field) for field in ("deficits", "goals", "precautions")}
        links = msgspec.to_builtins(self._person.links) if self._person else []
        return msgspec.convert({**person, **lists, "links": links}, Person)

    def _choice(self, field: str) -> str:
        value = self.query_one(f"#{field}", Select).value
        return value if isinstance(value, str) else ""


def _listed(text: str, what: str) -> list[str]:
    return [item for part in text.split(";") if (item := clean_text(part, what))]
