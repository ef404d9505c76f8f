"""people.csv as updates of the known people: every row, or none if one of them is bad."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final, get_args

import msgspec

from otgroup.characters import either, shown
from otgroup.errors import BadInput
from otgroup.intake.csvfile import CsvRow, read_csv
from otgroup.intake.roster import Roster, name_key
from otgroup.record.people import Person, PersonId, Pronouns, Setting
from otgroup.written import LONGEST_NAME, clean_name, clean_text

PEOPLE_COLUMNS: Final = (
    "name",
    "short_name",
    "pronouns",
    "record_number",
    "setting",
    "deficits",
    "goals",
    "precautions",
)

_PRONOUNS: Final[Mapping[str, Pronouns]] = {word: word for word in get_args(Pronouns) if word}
_SETTINGS: Final[Mapping[str, Setting]] = {word.casefold(): word for word in get_args(Setting) if word}


def read_people(data: bytes, known: Sequence[Person], new_id: Callable[[], str], source: str) -> list[Person]:
    """New and updated people, one for each row; an empty cell leaves what is known as it is.

    A row is a known person if its record number is known, or its name where either of the two has
    no number. Raises BadInput in one line; then nothing is to be imported.
    """
    sheet = read_csv(data, source=source, columns=PEOPLE_COLUMNS, needed=("name",))
    return sheet.each(_Reader(known, new_id).read)


def short_name(name: str) -> str:
    """The name for a card: Ada Lovelace is Ada L."""
    first, *others = name.split()
    last = next((word for word in reversed(others) if word[0].isalpha()), "")
    return f"{first} {last[0]}." if last else first


def parse_pronouns(text: str, what: str = "pronouns") -> Pronouns:
    """She, he or they in any case, or nothing. Raises BadInput."""
    word = text.strip().casefold()
    if word and word not in _PRONOUNS:
        raise BadInput(f"{what}: {shown(text)} is not known, use she, he or they, or leave it empty")
    return _PRONOUNS[word] if word else ""


def parse_setting(text: str, what: str = "setting") -> Setting:
    """One of the settings in any case, or nothing. Raises BadInput."""
    word = " ".join(text.casefold().split())
    if word and word not in _SETTINGS:
        mend = f"use {either(_SETTINGS.values())}, or leave it empty"
        raise BadInput(f"{what}: {shown(text)} is not a known setting, {mend}")
    return _SETTINGS[word] if word else ""


class _Reader:
    """Turns rows into people and remembers who has had a row already."""

    def __init__(self, known: Sequence[Person], new_id: Callable[[], str]) -> None:
        self._roster = Roster(known)
        self._by_number = {p.record_number.casefold(): p for p in known if p.record_number}
        self._new_id = new_id
        self._rows: dict[str, int] = {}

    def read(self, row: CsvRow) -> Person:
        name = clean_name(row["name"])
        number = clean_text(row["record_number"], "record_number", LONGEST_NAME)
        person = self._known(name, number)
        self._once(row.number, name, number, person)
        return self._updated(person, row, name, number) if person else self._new(row, name, number)

    def _known(self, name: str, number: str) -> Person | None:
        if number and (person := self._by_number.get(number.casefold())):
            return person
        namesakes = [p for p in self._roster.named(name) if not (number and p.record_number)]
        if len(namesakes) > 1:
            raise BadInput(f"name: {len(namesakes)} known people are called {shown(name)}, add the record number")
        return namesakes[0] if namesakes else None

    def _once(self, row: int, name: str, number: str, person: Person | None) -> None:
        """Refuse a second row for one person; of two rows with one name both need a record number."""
        own = [f"number {number.casefold()}" if number else f"unnumbered {name_key(name)}"]
        own += [f"id {person.id}"] if person else []
        unclear = f"numbered {name_key(name)}" if not number else f"unnumbered {name_key(name)}"
        earlier = next((self._rows[key] for key in (*own, unclear) if key in self._rows), None)
        if earlier is not None:
            mend = "remove one, or give each their own record number"
            raise BadInput(f"name: {shown(name)} is the person of row {earlier} too, {mend}")
        own += [f"numbered {name_key(name)}"] if number else []
        self._rows |= dict.fromkeys(own, row)

    def _new(self, row: CsvRow, name: str, number: str) -> Person:
        person = Person(id=PersonId(self._new_id()), name=name, short_name=short_name(name), record_number=number)
        return msgspec.structs.replace(person, **_written(row))

    def _updated(self, person: Person, row: CsvRow, name: str, number: str) -> Person:
        made = person.short_name == short_name(person.name)
        return msgspec.structs.replace(
            person,
            name=name,
            record_number=number or person.record_number,
            **{"short_name": short_name(name) if made else person.short_name, **_written(row)},
        )


def _written(row: CsvRow) -> dict[str, object]:
    """What a row says beside name and record number; nothing for empty cells."""
    fields: dict[str, object] = {
        "short_name": clean_text(row["short_name"], "short_name", LONGEST_NAME),
        "pronouns": parse_pronouns(row["pronouns"]),
        "setting": parse_setting(row["setting"]),
    }
    for column in ("deficits", "goals", "precautions"):
        fields[column] = tuple(item for part in row[column].split(";") if (item := part.strip()))
    return {name: value for name, value in fields.items() if value}
