"""Who is meant by a name that somebody wrote: one known person, or a refusal that names the candidates."""

from collections.abc import Iterable
from difflib import get_close_matches

from otgroup.characters import either, shown
from otgroup.errors import BadInput, NotFound
from otgroup.record.people import Person


def name_key(name: str) -> str:
    """What two spellings of one name share: neither case nor spacing tells people apart."""
    return " ".join(name.casefold().split())


class Roster:
    """The known people, found by what a cell or an option says of them."""

    def __init__(self, known: Iterable[Person]) -> None:
        self._by_name: dict[str, list[Person]] = {}
        self._by_label: dict[str, list[Person]] = {}
        for person in known:
            self._by_name.setdefault(name_key(person.name), []).append(person)
            self._by_label.setdefault(name_key(_numbered(person)), []).append(person)

    def named(self, name: str) -> list[Person]:
        """Everybody of that name."""
        return self._by_name.get(name_key(name), [])

    def find(self, text: str) -> Person:
        """The person meant by `Name` or `Name (record number)`. Raises NotFound, or BadInput if several fit."""
        key = name_key(text)
        fitting = self._by_name.get(key, []) + self._by_label.get(key, [])
        found = list({person.id: person for person in fitting}.values())
        if len(found) > 1:
            raise BadInput(f"{shown(text)} could be {self._candidates(found)}")
        if found:
            return found[0]
        raise NotFound(f"{shown(text)} is not a known participant, {self._nearest(key)}")

    def label(self, person: Person) -> str:
        """How a sheet names them: their name, with the record number where another person has the same name."""
        return _numbered(person) if len(self.named(person.name)) > 1 else person.name

    def _candidates(self, candidates: list[Person]) -> str:
        labels = either(shown(_numbered(p)) if p.record_number else "one without a number" for p in candidates)
        if all(person.record_number for person in candidates):
            return f"{labels}, write it that way"
        return f"{labels}, give each a record number"

    def _nearest(self, key: str) -> str:
        near = get_close_matches(key, self._by_name, n=3, cutoff=0.6)
        if not near:
            return "import them first, or list the known ones with: otgroup people list"
        return f"did you mean {either(shown(self.label(p)) for name in near for p in self._by_name[name])}?"


def _numbered(person: Person) -> str:
    return f"{person.name} ({person.record_number})" if person.record_number else person.name
