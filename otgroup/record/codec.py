"""Events as JSON and back. What is written is first read as it will be read: no entry can spoil a journal."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, Protocol, TypeVar, Union

import msgspec

from otgroup.characters import is_hidden
from otgroup.errors import Refused
from otgroup.record.course import SessionEvent
from otgroup.record.event import Event
from otgroup.record.part import PartEvent
from otgroup.written import EARLIEST, LONGEST_TEXT

_FIRST_YEAR: Final = EARLIEST.year
_LAST_YEAR: Final = 2199


class JournalDocument(Protocol):
    """Whatever is kept in a journal under an id of its own."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> str:
        """Its tag in the journal."""


_E = TypeVar("_E", bound=JournalDocument)


def _kinds(family: type[Any]) -> list[type[Event]]:
    """The kinds that have none of their own below them; what `Generic` makes of one is not a kind."""
    below = family.__subclasses__()
    return [kind for child in below for kind in _kinds(child)] if below else [family]


EVENT_KINDS: Final[tuple[type[Event], ...]] = tuple(
    kind for family in (SessionEvent, PartEvent) for kind in _kinds(family)
)
"""Every kind of event, those of the session first."""

ANY_EVENT: Final[Any] = Union[EVENT_KINDS]  # noqa: UP007 - made of a tuple
"""The same as one type, for decoding."""

_decode = msgspec.json.Decoder(ANY_EVENT).decode


def decode(document: bytes) -> Event:
    """An event from its JSON. Raises msgspec.DecodeError (of which a wrong value is a ValidationError)."""
    event: Event = _decode(document)
    return event


def kept(event: Event) -> Event:
    """The event as it will be read from its journal. Raises Refused where that is another one, or holds what no
    journal should: a time beyond any calendar in use, text that is too long or does not show.
    """
    same = read_back(event, decode)
    for name in same.__struct_fields__:
        if problem := _unsound(getattr(same, name)):
            raise Refused(f"not recorded: {name} {problem}", event.id)
    return same


def read_back(entry: _E, decoded: Callable[[bytes], _E]) -> _E:
    """An entry as it will be read from its JSON. Raises Refused where it would be another one."""
    try:
        same = decoded(msgspec.json.encode(entry))
        if same == entry:
            return same
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError, AttributeError):
        pass
    named = entry.id if isinstance(entry.id, str) else ""
    raise Refused(f"not recorded: this {entry.kind.replace('_', ' ')} holds something that cannot be kept", named)


def _unsound(value: object) -> str | None:
    """What is wrong with the value of a field; texts inside a person or a group were looked at with them."""
    if isinstance(value, datetime):
        return None if _FIRST_YEAR <= value.year <= _LAST_YEAR else "is not in our time"
    if isinstance(value, tuple):
        return next(filter(None, map(_unsound, value)), None)
    if not isinstance(value, str):
        return None
    if len(value) > LONGEST_TEXT:
        return f"is {len(value)} characters long, use at most {LONGEST_TEXT}"
    return "has a line break, control or direction character" if any(map(is_hidden, value)) else None
