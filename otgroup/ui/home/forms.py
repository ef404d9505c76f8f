"""The forms of home: who leads, one participant."""

from collections.abc import Callable

import msgspec

from otgroup.errors import BadInput
from otgroup.intake.leaders import parse_leader
from otgroup.intake.people import parse_pronouns, parse_setting, short_name
from otgroup.record.people import Leader, Person, PersonId
from otgroup.ui.parts.form import Field, FormScreen, FormText, Texts
from otgroup.written import clean_name, clean_text

SETTING_CHOICES = ("SNF Part A", "IRF", "Part B outpatient", "other")
PRONOUNS = ("she", "he", "they")

_LISTS = ("goals", "deficits", "precautions")


class LeaderScreen(FormScreen[Leader]):
    """Who leads: asked when the first group starts, remembered afterwards."""

    def __init__(self, known: Leader | None, keep: Callable[[Leader], None]) -> None:
        leader = known or Leader("")
        fields = (
            Field("name", "Name", leader.name, "J. Rivera"),
            Field("credentials", "Credentials", leader.credentials, "OTR/L"),
        )
        hint = "Enter keeps them · Escape goes back"

        def read(texts: Texts) -> Leader:
            leader = parse_leader(texts["name"], "name")
            if credentials := clean_text(texts["credentials"], "credentials", 60):
                if leader.credentials:
                    raise BadInput("name: the credentials stand in it too, write them in one place only")
                leader = Leader(leader.name, credentials)
            keep(leader)
            return leader

        super().__init__(FormText("Who leads? It stands under every note.", fields, hint=hint, at_once=True), read)


class PersonScreen(FormScreen[Person]):
    """One participant, new or changed. Lists are separated by semicolons, as in people.csv."""

    def __init__(self, person: Person | None, new_id: PersonId, keep: Callable[[Person], None]) -> None:
        known = person or Person(id=new_id, name="", short_name="")

        def read(texts: Texts) -> Person:
            changed = _changed(known, texts)
            keep(changed)
            return changed

        hint = "Tab or Enter goes on · Ctrl+S keeps · Escape goes back"
        form = FormText("Participant", tuple(_fields(known)), hint=hint, button="Keep (Ctrl+S)")
        super().__init__(form, read)


def _fields(person: Person) -> list[Field]:
    lists = {field: "; ".join(getattr(person, field)) for field in _LISTS}
    return [
        Field("name", "Name", person.name),
        Field("short_name", "Short name", person.short_name, "for the board; empty: made from the name"),
        Field("record_number", "Record number", person.record_number),
        Field("goals", "Goals", lists["goals"], "G1 reach into the cupboard; G2 ..."),
        Field("deficits", "Deficits", lists["deficits"], "balance deficits; CVA"),
        Field("precautions", "Precautions", lists["precautions"], "gait belt; left shoulder pain"),
        Field("pronouns", "Pronouns", person.pronouns, choices=PRONOUNS),
        Field("setting", "Setting", person.setting, choices=SETTING_CHOICES),
    ]


def _changed(person: Person, texts: Texts) -> Person:
    """The participant with what the form says. Raises BadInput."""
    name = clean_name(texts["name"], "name")
    return msgspec.structs.replace(
        person,
        name=name,
        short_name=clean_text(texts["short_name"], "short name", 40) or short_name(name),
        record_number=clean_text(texts["record_number"], "record number", 60),
        pronouns=parse_pronouns(texts["pronouns"]),
        setting=parse_setting(texts["setting"]),
        **{field: _listed(texts[field], field) for field in _LISTS},
    )


def _listed(text: str, what: str) -> tuple[str, ...]:
    return tuple(item for part in text.split(";") if (item := clean_text(part, what)))
