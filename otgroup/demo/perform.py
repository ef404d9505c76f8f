"""A script performed: its lines become the events of a session, checked as they happen."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any, Final, NamedTuple, get_args, get_origin, get_type_hints

import msgspec

from otgroup.demo.script import Script, ScriptLine
from otgroup.errors import BadInput
from otgroup.group.checked import problem_of
from otgroup.record.codec import EVENT_KINDS
from otgroup.record.course import Joined, Started
from otgroup.record.event import Event, EventId
from otgroup.record.fold import apply
from otgroup.record.people import Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.refusal import why_not
from otgroup.record.scales import Scales

EVENTS_BY_KIND: Final[dict[str, type[Event]]] = {str(kind.__struct_config__.tag): kind for kind in EVENT_KINDS}
_COMMON: Final = frozenset(Event.__struct_encode_fields__)


def ids_from(seed: str) -> Callable[[], str]:
    """A source of ids that gives the same ones every time for the same seed."""
    given = 0

    def new_id() -> str:
        nonlocal given
        given += 1
        return blake2b(f"{seed} {given}".encode(), digest_size=8).hexdigest()

    return new_id


class Stage(NamedTuple):
    """Where a script is performed: as which session, from when on, in which group, with whom."""

    session: str
    started: datetime
    protocol: Protocol
    scales: Scales
    people: Sequence[Person]


def perform(script: Script, stage: Stage, new_id: Callable[[], str]) -> list[Event]:
    """The events of a whole session. Raises BadInput: file, line and mend."""
    first = Started(
        id=EventId(new_id()),
        entered=stage.started,
        at=stage.started,
        by=str(script.leader),
        session=stage.session,
        leader=script.leader,
        protocol=stage.protocol,
        scales=stage.scales,
    )
    performance = _Performance(first, stage.people, new_id)
    for line in script.lines:
        try:
            performance.play(line)
        except BadInput as problem:
            raise BadInput(f"{script.place(line)}: {problem}") from None
    return performance.events


class _Performance:
    """A session while its script is played: who is here, and which events have names."""

    def __init__(self, first: Started, people: Iterable[Person], new_id: Callable[[], str]) -> None:
        self.events: list[Event] = [first]
        self._state = first.begun
        self._first = first
        self._new_id = new_id
        self._cast = {person.name.split()[0]: person for person in people}
        self._named: dict[str, EventId] = {}

    def play(self, line: ScriptLine) -> None:
        """Record what a line says."""
        kind = EVENTS_BY_KIND.get(line.kind)
        if kind is None or kind is Started:
            raise BadInput(f'there is no event "{line.kind}", use one of {", ".join(sorted(EVENTS_BY_KIND))}')
        if kind is Joined:
            self._join(line)
        else:
            self._record(self._event(kind, line))

    def _record(self, event: Event) -> None:
        problem = why_not(self._state, event)
        if problem:
            raise BadInput(problem)
        self._state = apply(self._state, event)
        self.events.append(event)

    def _join(self, line: ScriptLine) -> None:
        for name in line.who.split("+"):
            person = self._person(name)
            number = len(self._state.participants) + 1
            common = self._common(line) | {"participants": (person.id,)}
            self._record(Joined(**common, person=person, number=number))

    def _event(self, kind: type[Event], line: ScriptLine) -> Event:
        written = {name: value for name, value in line.fields.items() if name != "as"}
        common = self._common(line) | {"participants": self._participants(line.who)}
        event = _converted(kind, common | self._fields(kind, written))
        if "as" in line.fields:
            self._named[line.fields["as"]] = event.id
        return event

    def _common(self, line: ScriptLine) -> dict[str, Any]:
        """What every event has."""
        at = self._first.at + line.offset
        return {"id": EventId(self._new_id()), "entered": at, "at": at, "by": self._first.by}

    def _participants(self, who: str) -> tuple[PersonId, ...]:
        if who == "-":
            return ()
        if who == "*":
            return tuple(p.person.id for p in self._state.board if p.here)
        return tuple(self._on_board(name) for name in who.split("+"))

    def _on_board(self, name: str) -> PersonId:
        person = self._person(name)
        if person.id not in self._state.participants:
            raise BadInput(f'"{name}" has not joined, write "joined" for them first')
        return person.id

    def _person(self, name: str) -> Person:
        if name not in self._cast:
            raise BadInput(f'there is nobody called "{name}", use {", ".join(self._cast)}')
        return self._cast[name]

    def _fields(self, kind: type[Event], written: dict[str, str]) -> dict[str, Any]:
        """The fields as values: names of events and people looked up, lists taken apart."""
        hints = dict(zip(kind.__struct_encode_fields__, _types(kind), strict=True))
        return {name: self._value(name, text, hints) for name, text in written.items()}

    def _value(self, name: str, text: str, hints: dict[str, Any]) -> Any:
        if name not in hints or name in _COMMON:
            own = ", ".join(field for field in hints if field not in _COMMON) or "none"
            raise BadInput(f'there is no field "{name}", use {own}')
        if _holds(hints[name], EventId):
            return self._event_named(text)
        if _holds(hints[name], PersonId):
            return self._on_board(text)
        return text.split(",") if get_origin(hints[name]) is tuple else text

    def _event_named(self, text: str) -> EventId:
        event = self._named.get(text.removeprefix("@"))
        if event is None or not text.startswith("@"):
            raise BadInput(f'no event before is called "{text}", name one with as=NAME and write @NAME')
        return event


def _types(kind: type[Event]) -> Sequence[Any]:
    """The types of an event's fields, in their order."""
    hints = get_type_hints(kind)
    return [hints[name] for name in kind.__struct_fields__]


def _holds(hint: Any, wanted: Any) -> bool:
    return hint is wanted or wanted in get_args(hint)


def _converted(kind: type[Event], fields: dict[str, Any]) -> Event:
    try:
        return msgspec.convert(fields, kind, strict=False)
    except msgspec.ValidationError as error:
        problem = problem_of(error, "mend the line")
        raise BadInput(": ".join(filter(None, (problem.path, f"{problem.what}, {problem.mend}")))) from None
