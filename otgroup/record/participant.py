"""One participant's record: a dozen parts. This is the one list of parts.

A part whose file is not named here does not exist: its events are not known, its columns not read.
"""

from types import MappingProxyType
from typing import Any, Final, TypeVar, Union

import msgspec

from otgroup.record.event import Event, EventId
from otgroup.record.measure import Measure
from otgroup.record.part import Part
from otgroup.record.parts.balance import Balance
from otgroup.record.parts.checklist import Checklists
from otgroup.record.parts.clocks import Clocks
from otgroup.record.parts.counts import Counts
from otgroup.record.parts.cues import Cues
from otgroup.record.parts.decisions import Decisions
from otgroup.record.parts.goals import Goals
from otgroup.record.parts.grading import Grading
from otgroup.record.parts.help import Help
from otgroup.record.parts.presence import Presence
from otgroup.record.parts.scores import Scores
from otgroup.record.parts.trials import Trials
from otgroup.record.parts.values import Values
from otgroup.record.parts.words import Words
from otgroup.record.people import Link, Person, with_link

_P = TypeVar("_P", bound=Part)


class Participant(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """One participant's record so far; its parts stand in the order of a tally sheet."""

    joined_as: Person
    number: int
    presence: Presence = Presence()
    grading: Grading = Grading()
    counts: Counts = Counts()
    trials: Trials = Trials()
    clocks: Clocks = Clocks()
    values: Values = Values()
    checklists: Checklists = Checklists()
    cues: Cues = Cues()
    balance: Balance = Balance()
    help: Help = Help()
    scores: Scores = Scores()
    words: Words = Words()
    goals: Goals = Goals()
    decisions: Decisions = Decisions()
    last: Event | None = None

    @property
    def person(self) -> Person:
        """Who they are: as they joined, with what was said since of what this group serves for them."""
        return with_link(self.joined_as, self.goals.link) if self.goals.link else self.joined_as

    def part(self, kind: type[_P]) -> _P:
        """The part of a kind."""
        found: _P = getattr(self, _FIELDS[kind])
        return found

    def with_part(self, part: Part) -> "Participant":
        """The same record with one part in the place of what it was."""
        changed: dict[str, Any] = {_FIELDS[type(part)]: part}
        return msgspec.structs.replace(self, **changed)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, in order."""
        return tuple(getattr(self, name) for name in _FIELDS.values())

    def holds(self, event: EventId) -> bool:
        """Whether something that this event made stands in any part."""
        return any(part.holds(event) for part in self.parts)

    @property
    def here(self) -> bool:
        """Whether they are in the group now, resting or not."""
        return self.presence.here

    @property
    def took_part(self) -> bool:
        """Whether they were here at all, so that a note is owed."""
        return self.presence.took_part

    @property
    def has_findings(self) -> bool:
        """Whether anything was recorded that only somebody who was here can have done."""
        return any(part.findings for part in self.parts)

    @property
    def open_attempt(self) -> EventId | None:
        """What is under way, so that a cue given now belongs to it."""
        return next((part.open_attempt for part in self.parts if part.open_attempt), None)

    def link(self, group: str) -> Link:
        """What this group is said to serve for them: in this session, else as the person brought it along."""
        return self.person.link(group)


_FIELDS: Final = MappingProxyType(
    {
        field.type: field.name
        for field in msgspec.structs.fields(Participant)
        if isinstance(field.type, type) and issubclass(field.type, Part)
    }
)

PARTS: Final[tuple[type[Part], ...]] = tuple(_FIELDS)
"""Every kind of part, in the order of a tally sheet."""

FIRST_IN_A_SHEET: Final[tuple[type[Part], ...]] = (Presence, Grading)
"""The parts whose columns stand before the measures'."""


def _leaves(kind: type[Any]) -> list[type[Any]]:
    """The kinds that have no kinds of their own, in the order in which they were written."""
    below = kind.__subclasses__()
    return [leaf for child in below for leaf in _leaves(child)] if below else [kind]


MEASURE_KINDS: Final[tuple[type[Measure[Any]], ...]] = tuple(
    sorted(_leaves(Measure), key=lambda kind: PARTS.index(kind.held_in))
)
"""Every kind of measure, in the order of their parts."""

MEASURES: Final[Any] = Union[MEASURE_KINDS]  # noqa: UP007 - made of a tuple
"""The same as one type, for reading a group file."""
