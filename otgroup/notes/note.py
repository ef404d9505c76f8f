"""A note as it leaves the writer: a header, and titled sections of paragraphs."""

from datetime import datetime
from typing import Literal

import msgspec

from otgroup.notes.facts.figures import HeaderFacts
from otgroup.record.people import Leader, PersonId

Role = Literal["author", "cosigner"]
AdditionKind = Literal["addendum", "correction", "late entry"]


class Section(msgspec.Struct, frozen=True):
    """A titled part of a note; each paragraph is one line."""

    title: str
    paragraphs: tuple[str, ...]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed, when, as what; `digest` is the SHA-256 of the text that was signed."""

    by: Leader
    at: datetime
    digest: str
    role: Role = "author"


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A dated, signed entry after the signature; the original stays as it was signed."""

    kind: AdditionKind
    text: str
    by: Leader
    at: datetime


class Note(msgspec.Struct, frozen=True):
    """One participant's note: an unsigned draft until somebody has signed it."""

    header: HeaderFacts
    template: str
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    additions: tuple[Addition, ...] = ()

    @property
    def signed(self) -> bool:
        """Whether its author has signed it."""
        return any(signature.role == "author" for signature in self.signatures)

    @property
    def participant(self) -> PersonId:
        """Whose note it is."""
        return self.header.participant

    @property
    def body(self) -> str:
        """The paragraphs of all sections, one line each, without titles."""
        return "\n".join(p for section in self.sections for p in section.paragraphs)
