"""Events as JSON and back. What is written is first read as it will be read: no entry can spoil a journal."""

from typing import Any, Final, Union

import msgspec

from otgroup.errors import Refused
from otgroup.record.course import SessionEvent
from otgroup.record.event import Event
from otgroup.record.part import PartEvent


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


def document_of(event: Event) -> dict[str, Any]:
    """An event as plain values for its journal, read back first. Raises Refused where it would be another event."""
    try:
        same = decode(msgspec.json.encode(event)) == event
        document: dict[str, Any] = msgspec.to_builtins(event)
    except (msgspec.MsgspecError, TypeError, ValueError, OverflowError, RecursionError):
        same = False
    if not same:
        raise Refused(
            f"not recorded: this {event.kind.replace('_', ' ')} holds something that cannot be kept", event.id
        )
    return document
