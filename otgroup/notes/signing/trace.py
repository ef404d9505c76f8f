"""Where each figure stands in a note, and the events behind it. Pure.

The note is written a second time with every figure and time of day marked; the marks then tell the
places. Without its marks that text is the note itself, letter for letter.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from otgroup.notes.facts.figures import Events, Figure, TimeOfDay, unmarked
from otgroup.notes.facts.reading import Facts
from otgroup.notes.note import Note
from otgroup.notes.writer import NoteWriter

_FIRST, _MOST, _END = 0xE000, 6000, "\uf8ff"


class Traced(Figure, frozen=True):
    """A figure that marks itself."""

    place: int

    def shown(self, text: str) -> str:
        """The text between this figure's marks."""
        return _marked(self.place, text)


class TracedTime(TimeOfDay, frozen=True):
    """A time of day that marks itself."""

    place: int

    def __str__(self) -> str:
        return _marked(self.place, self.text)


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a note: in which section and paragraph, from and to which letter, and its events."""

    section: str
    paragraph: int
    start: int
    end: int
    text: str
    events: Events


def evidence(writer: NoteWriter, facts: Facts, note: Note) -> tuple[Evidence, ...]:
    """Every figure in the generated text of a note, in reading order."""
    found: list[Events] = []
    marked = writer.write(_mark(facts, found), note.template)
    return tuple(
        one
        for section, plain in zip(marked.sections, note.sections, strict=True)
        for place, paragraph in enumerate(section.paragraphs)
        if unmarked(paragraph) == plain.paragraphs[place]
        for one in _in_paragraph(section.title, place, paragraph, found)
    )


def _marked(place: int, text: str) -> str:
    return f"{chr(_FIRST + place)}{text}{_END}" if place < _MOST else text


def _mark(value: Any, found: list[Events]) -> Any:
    """The same value with all its figures and times marked; their events go to `found`."""
    if type(value) is Figure:
        found.append(value.events)
        return Traced(value.value, value.events, len(found) - 1)
    if type(value) is TimeOfDay:
        found.append(value.events)
        return TracedTime(value.text, value.events, len(found) - 1)
    if isinstance(value, msgspec.Struct):
        return type(value)(**{name: _mark(getattr(value, name), found) for name in value.__struct_fields__})
    return tuple(_mark(item, found) for item in value) if isinstance(value, tuple) else value


def _in_paragraph(section: str, paragraph: int, text: str, found: list[Events]) -> Iterator[Evidence]:
    at, opened, start = 0, -1, 0
    words = unmarked(text)
    for letter in text:
        if letter == _END:
            yield Evidence(
                section=section,
                paragraph=paragraph,
                start=start,
                end=at,
                text=words[start:at],
                events=found[opened],
            )
        elif unmarked(letter):
            at += 1
        else:
            opened, start = ord(letter) - _FIRST, at
