"""Words kept for one participant: response, plan, remark, adverse reaction, a reason."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import msgspec

from otgroup.record.event import Event, EventId
from otgroup.record.part import Basis, Detail, Elapsed, Part, PartEvent
from otgroup.record.tally_row import TallyRow

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol

WordKind = Literal["response", "plan", "remark", "adverse", "reason"]


class Word(msgspec.Struct, frozen=True):
    """Words of one kind."""

    id: EventId
    at: datetime | None
    what: WordKind
    text: str


class Words(Part, frozen=True):
    """All words, oldest first."""

    said: tuple[Word, ...] = ()

    def of(self, what: WordKind) -> tuple[Word, ...]:
        """All words of one kind, oldest first."""
        return tuple(word for word in self.said if word.what == what)

    def with_word(self, word: Word) -> "Words":
        """The same with one more."""
        return Words((*self.said, word))

    @property
    def findings(self) -> bool:
        """Whether anything but a reason for coming or going was said."""
        return any(word.what != "reason" for word in self.said)

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """Words as they were kept; reasons (why absent, declined, left) stand among the remarks."""
        return {
            "response": "; ".join(word.text for word in self.of("response")) or None,
            "plan": "; ".join(word.text for word in self.of("plan")) or None,
            "remarks": tuple(word.text for word in self.said if word.what in ("remark", "reason")),
        }

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has them."""
        return tuple(_IN_A_SHEET)

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """An event for each cell with words in it."""
        for column, kind in _IN_A_SHEET.items():
            if row[column]:
                yield kind(**row.stamp(), text=row[column])


class _Said(PartEvent[Words], frozen=True, kw_only=True, omit_defaults=True):
    """Words of one kind; what kind, its child says."""

    part: ClassVar[type[Part]] = Words
    of_whom: ClassVar = "took part"
    what: ClassVar[WordKind]
    name: ClassVar[str]

    text: str

    def changed(self, part: Words, basis: Basis) -> Words:
        """The words are added."""
        return part.with_word(Word(self.id, self.at, self.what, self.text))

    def told(self, part: Words | None, basis: Basis) -> str:
        """Say the words."""
        return f"{self.name}: {self.text}"


class Adverse(_Said, frozen=True, kw_only=True, omit_defaults=True):
    """An adverse reaction, in words."""

    what: ClassVar[WordKind] = "adverse"
    name: ClassVar[str] = "adverse reaction"


class Response(_Said, frozen=True, kw_only=True, omit_defaults=True):
    """How they took it, in the leader's or their own words."""

    what: ClassVar[WordKind] = "response"
    name: ClassVar[str] = "response"


class Plan(_Said, frozen=True, kw_only=True, omit_defaults=True):
    """What comes next for this participant."""

    what: ClassVar[WordKind] = "plan"
    name: ClassVar[str] = "plan"


class Remark(_Said, frozen=True, kw_only=True, omit_defaults=True):
    """Anything else worth keeping."""

    what: ClassVar[WordKind] = "remark"
    name: ClassVar[str] = "remark"


_IN_A_SHEET: Final[dict[str, type[_Said]]] = {"response": Response, "plan": Plan, "remark": Remark}


class ReasonGiven(Detail[Words], frozen=True, kw_only=True, omit_defaults=True):
    """Why they left, were absent or declined; why the group paused."""

    part: ClassVar[type[Part]] = Words
    names_somebody: ClassVar[bool] = False

    reason: str

    @property
    def in_notes(self) -> bool:
        """Why somebody came or went; that a pause of the group was one changes nothing."""
        return bool(self.participants)

    def changed(self, part: Words, basis: Basis) -> Words:
        """One more reason."""
        return part.with_word(Word(self.id, self.at, "reason", self.reason))

    def refused(self, part: Words, basis: Basis) -> str | None:
        """What it is a reason for stands among the comings and goings."""
        return None

    def told(self, part: Words | None, basis: Basis) -> str:
        """Say the reason."""
        return f"reason: {self.reason}"
