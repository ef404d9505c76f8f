"""Whether a text names a participant: nobody's name may stand in another person's note.

The rule: a full name, a short name, or a part of the name of three or more letters, as a whole
word, case as written: as typed, and as the words will stand, a sentence with its capital among them.
"""

import re
import unicodedata
from collections.abc import Iterable

from otgroup.notes.english.typed import lowered, sentence
from otgroup.notes.facts.figures import Events, Said, Withheld
from otgroup.record.people import Person

_MARKS = "\"'.,;:()[]“”‘’"


def normalized(text: str) -> str:
    """The text in composed letters, all white space single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def names_of(person: Person) -> frozenset[str]:
    """Every form of a name that gives the person away."""
    parts = {part for raw in normalized(person.name).split() for part in (raw, raw.strip(_MARKS))}
    long_parts = {part for part in parts if sum(map(str.isalpha, part)) >= 3}
    return frozenset({normalized(person.name), normalized(person.short_name), *long_parts} - {""})


def name_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the names as a whole word; None where there are none."""
    longest_first = sorted(set(names), key=lambda name: (-len(name), name))
    if not longest_first:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def others_pattern(people: Iterable[Person], own: Person) -> re.Pattern[str] | None:
    """What finds the name of anybody but `own` in a text about them."""
    return name_pattern(name for p in people if p.id != own.id for name in names_of(p))


def strangers_in(body: str, people: Iterable[Person], own: Person) -> tuple[str, ...]:
    """Names of others that stand in a finished body, whole ones in any case; what is also the person's own name
    does not count.
    """
    people = tuple(people)
    others = {name for p in people if p.id != own.id for name in names_of(p)} - names_of(own)
    pattern = name_pattern(others)
    own_name = name_pattern([normalized(own.name)])
    rest = own_name.sub(" ", body) if own_name else body
    found = pattern.findall(rest) if pattern else []
    full = name_pattern(normalized(p.name).casefold() for p in people if p.id != own.id and " " in normalized(p.name))
    found += full.findall(rest.casefold()) if full else []  # a whole name gives away in any case
    return tuple(dict.fromkeys(found))


class NameScreen:
    """Lets a text through, or withholds it and remembers that it did."""

    def __init__(self, people: Iterable[Person], own: Person) -> None:
        self._pattern = others_pattern(people, own)
        self._own = names_of(own)
        self._withheld: list[Withheld] = []

    def keep(self, kind: str, text: str, events: Events) -> Said | None:
        """The text on one line; None where it is empty or, as typed or as a sentence, names another participant."""
        line = normalized(text)
        return self._passed(kind, line, line, events)

    def keep_within(self, kind: str, text: str, events: Events) -> Said | None:
        """The same for words that stand inside a sentence of ours: they begin with a small letter."""
        line = normalized(text)
        return self._passed(kind, line, lowered(line, self._own), events)

    def keep_all(self, kind: str, texts: Iterable[str], events: Events) -> tuple[str, ...]:
        """Those of the texts that name nobody else."""
        kept = (self.keep(kind, text, events) for text in texts)
        return tuple(said.text for said in kept if said)

    def _passed(self, kind: str, line: str, stands: str, events: Events) -> Said | None:
        if not line:
            return None
        if self._pattern and any(map(self._pattern.search, (line, stands, sentence(line)))):
            self._withheld.append(Withheld(kind, events))
            return None
        return Said(stands, events)

    @property
    def withheld(self) -> tuple[Withheld, ...]:
        """What was held back so far, each only once."""
        return tuple(dict.fromkeys(self._withheld))
