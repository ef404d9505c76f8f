"""A note as it leaves the writer: a header, and titled sections of paragraphs."""

import msgspec

from otgroup.notes.fact_parts import Header
from otgroup.session.people import PersonId


class Section(msgspec.Struct, frozen=True):
    """A titled part of a note; each paragraph is one line."""

    title: str
    paragraphs: tuple[str, ...]


class Note(msgspec.Struct, frozen=True):
    """One participant's note: an unsigned draft until somebody has signed it."""

    header: Header
    template: str
    sections: tuple[Section, ...]

    @property
    def participant(self) -> PersonId:
        """Whose note it is."""
        return self.header.participant

    @property
    def body(self) -> str:
        """The paragraphs of all sections, one line each, without titles."""
        return "\n".join(p for section in self.sections for p in section.paragraphs)
