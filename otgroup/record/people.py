"""Who takes part and who leads, as the library keeps them and as a session freezes them."""

import re
from typing import Literal, NewType

import msgspec

PersonId = NewType("PersonId", str)

Pronouns = Literal["she", "he", "they", ""]
Setting = Literal["SNF Part A", "IRF", "Part B outpatient", "other", ""]


class Leader(msgspec.Struct, frozen=True):
    """The person who leads a group and signs for it."""

    name: str
    credentials: str = ""

    def __str__(self) -> str:
        """Name and credentials as they stand under a note: `J. Rivera, OTR/L`."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    def holds(self, *credentials: str) -> bool:
        """Whether one of these is among their credentials, however they are written: COTA/L, C.O.T.A., cota-l."""
        own = _words(self.credentials)
        return any(_words(credential) <= own for credential in credentials)


def _words(credentials: str) -> frozenset[str]:
    return frozenset(filter(None, re.split(r"[^A-Z0-9]+", credentials.upper().replace(".", ""))))


class Link(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which of a participant's goals a group serves, and why a group rather than one-on-one; what it is aimed
    at for them, and what it carries over to. Said once.
    """

    group: str
    goals: tuple[str, ...] = ()
    why: str = ""
    purposes: tuple[str, ...] = ()
    carry_over: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A participant. `joined` keeps a copy, so later edits change no record."""

    id: PersonId
    name: str
    short_name: str
    pronouns: Pronouns = ""
    record_number: str = ""
    setting: Setting = ""
    deficits: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def link(self, group: str) -> Link:
        """What was said of that group for this person: nothing, until somebody said which goals it serves."""
        return next((link for link in self.links if link.group == group), Link(group))


def with_link(person: Person, link: Link) -> Person:
    """The person with what was said of a group now."""
    others = tuple(other for other in person.links if other.group != link.group)
    return msgspec.structs.replace(person, links=(*others, link))
