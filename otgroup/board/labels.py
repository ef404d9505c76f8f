"""Names for the board: short, and never two alike."""

from collections.abc import Mapping

from otgroup.record.event import Event
from otgroup.record.people import Person, PersonId
from otgroup.record.state import SessionState


def labels(people: tuple[Person, ...]) -> dict[PersonId, str]:
    """Short names; those that would be alike get more letters of the name, then the record number or a count."""
    names = {person.id: person.short_name or person.name for person in people}
    by_id = {person.id: person for person in people}
    for length in range(2, 30):
        alike = _alike(names)
        if not alike:
            return names
        names |= {person_id: _longer(by_id[person_id], length) for person_id in alike}
    for number, person_id in enumerate(sorted(_alike(names)), start=1):
        person = by_id[person_id]
        names[person_id] = f"{person.name} ({person.record_number or number})"
    return names


def _alike(names: Mapping[PersonId, str]) -> set[PersonId]:
    taken = list(names.values())
    return {person_id for person_id, name in names.items() if taken.count(name) > 1}


def _longer(person: Person, length: int) -> str:
    """First name and the beginning of the last: `Ada Lo.`."""
    first, _, last = person.name.partition(" ")
    return f"{first} {last[:length]}{'.' if length < len(last) else ''}".strip() if last else person.name


def board_labels(state: SessionState) -> dict[PersonId, str]:
    """The labels of everybody on a session's board."""
    return labels(tuple(participant.person for participant in state.board))


def who(event: Event, state: SessionState, names: Mapping[PersonId, str]) -> str:
    """Whom a log line is about."""
    to = state.moved.get(event.id)
    participants = (to,) if to else event.participants
    if len(participants) > 1:
        return f"{len(participants)} people"
    return names.get(participants[0], "?") if participants else "the group"
