"""Balance: incidents and what they were, whether it was watched, grades the therapist chose."""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

import msgspec

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId
from otgroup.record.part import (
    Basis,
    Detail,
    Elapsed,
    Noted,
    Part,
    PartEvent,
    changed_one,
    earliest,
    replace,
    said,
    times_of,
)
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import joined
from otgroup.written import HIGHEST_COUNT, parse_count

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


class Outcome(StrEnum):
    """What a balance incident turned out to be."""

    UNSTEADY = "unsteady"
    LOB = "lob"
    FALL = "fall"


class Recovery(StrEnum):
    """How a loss of balance was recovered."""

    ALONE = "alone"
    CONTACT = "contact"
    ASSISTED = "assisted"


class Incident(msgspec.Struct, frozen=True):
    """Something that happened to a participant's balance; open while nobody has said what."""

    id: EventId
    at: datetime | None
    outcome: Outcome | None = None
    recovery: Recovery | None = None
    count: int = 1
    direction: str = ""
    during: str = ""
    text: str = ""


class Balance(Part, frozen=True):
    """What was seen of a participant's balance, and what the leader stated of it."""

    incidents: tuple[Incident, ...] = ()
    watched: bool | None = None
    steady_stated: bool = False
    watch_events: tuple[EventId, ...] = ()
    grades: tuple[Noted, ...] = ()

    @property
    def open_incident(self) -> Incident | None:
        """The latest incident, if nobody has said yet what it was."""
        return self.incidents[-1] if self.incidents and self.incidents[-1].outcome is None else None

    def count(self, outcome: Outcome) -> int:
        """How many incidents of that kind stand in the record."""
        return sum(i.count for i in self.incidents if i.outcome == outcome)

    @property
    def done_at(self) -> tuple[datetime, ...]:
        """When each was recorded."""
        return times_of(self.incidents)

    @property
    def findings(self) -> bool:
        """Whether anything was seen."""
        return bool(self.incidents or self.grades)

    @property
    def first_at(self) -> datetime | None:
        """When the first incident happened."""
        return earliest(*(incident.at for incident in self.incidents))

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """Counts where there were any; 0 only where somebody stated it."""
        unsteady, lob, falls = (self.count(outcome) for outcome in (Outcome.UNSTEADY, Outcome.LOB, Outcome.FALL))
        return {
            "unsteady": unsteady if unsteady or self.steady_stated else None,
            "lob": lob if lob or self.watched else None,
            "falls": falls or None,
            "balance_watched": self.watched,
        }

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has them."""
        return ("unsteady", "lob", "balance_watched")

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """Counts of incidents; a written 0 states that none was seen."""
        unsteady, lob = _count(row, "unsteady"), _count(row, "lob")
        watched = _watched(row["balance_watched"], unsteady=unsteady, lob=lob)
        for outcome, count in ((Outcome.UNSTEADY, unsteady), (Outcome.LOB, lob)):
            if count:
                yield BalanceIncident(**row.stamp(), outcome=outcome, count=count)
        if watched is not None or unsteady == 0:
            yield BalanceWatched(**row.stamp(), watched=watched, steady=unsteady == 0)


_YES_NO: Final = {"yes": True, "no": False}


def _count(row: TallyRow, column: str) -> int | None:
    return parse_count(row[column], column) if row[column] else None


def _watched(cell: str, *, unsteady: int | None, lob: int | None) -> bool | None:
    """Whether balance was watched; a written 0 for losses of balance says so."""
    word = cell.casefold()
    if word and word not in _YES_NO:
        raise BadInput(f"balance_watched: {shown(cell)} is not known, use yes or no")
    for column, count in (("lob", lob), ("unsteady", unsteady)):
        if word == "no" and count == 0:
            mend = f"clear {column} or write balance_watched yes"
            raise BadInput(f"{column}: is 0 although balance was not watched, {mend}")
    return _YES_NO[word] if word else True if lob == 0 else None


# --- events ------------------------------------------------------------------------------------------

_OUTCOMES: Final = {
    Outcome.UNSTEADY: ("unsteady", "times unsteady"),
    Outcome.LOB: ("loss of balance", "losses of balance"),
    Outcome.FALL: ("fall", "falls"),
}
_RECOVERIES: Final = {
    Recovery.ALONE: "recovered alone",
    Recovery.CONTACT: "recovered with contact",
    Recovery.ASSISTED: "recovered with assistance",
}


class BalanceIncident(PartEvent[Balance], frozen=True, kw_only=True, omit_defaults=True):
    """Something happened to their balance; open until a detail says what. A sheet says it at once."""

    part: ClassVar[type[Part]] = Balance

    outcome: Outcome | None = None
    recovery: Recovery | None = None
    count: int = 1

    def changed(self, part: Balance, basis: Basis) -> Balance:
        """One more incident."""
        incident = Incident(self.id, self.at, self.outcome, self.recovery, self.count)
        return replace(part, incidents=(*part.incidents, incident))

    def unfit(self, basis: Basis) -> str | None:
        """Where it is none, or more than anybody can count."""
        return None if 1 <= self.count <= HIGHEST_COUNT else f"incidents go from 1 to {HIGHEST_COUNT}"

    def told(self, part: Balance | None, basis: Basis) -> str:
        """Say what it was as far as this event tells: `loss of balance, recovered alone`."""
        one, many = _OUTCOMES[self.outcome] if self.outcome else ("balance incident", "balance incidents")
        what = one if self.count == 1 else f"{self.count} {many}"
        return joined([what, _RECOVERIES[self.recovery] if self.recovery else ""])


class BalanceDetail(Detail[Balance], frozen=True, kw_only=True, omit_defaults=True):
    """What the incident was, how it was recovered, which way, doing what, and what followed."""

    part: ClassVar[type[Part]] = Balance

    outcome: Outcome | None = None
    recovery: Recovery | None = None
    direction: str = ""
    during: str = ""
    text: str = ""

    def changed(self, part: Balance, basis: Basis) -> Balance:
        """The incident with what was said of it."""
        words = said({name: getattr(self, name) for name in ("outcome", "recovery", "direction", "during", "text")})
        return replace(part, incidents=changed_one(part.incidents, self.of, **words))

    def told(self, part: Balance | None, basis: Basis) -> str:
        """Say what was said of it."""
        words = [
            _OUTCOMES[self.outcome][0] if self.outcome else "",
            _RECOVERIES[self.recovery] if self.recovery else "",
            self.direction,
            f"during {self.during}" if self.during else "",
            self.text,
        ]
        return joined(words) or "balance"


class BalanceWatched(PartEvent[Balance], frozen=True, kw_only=True, omit_defaults=True):
    """The leader's own statement: balance was watched (or not); `steady` states that no
    unsteadiness was seen either. Only from this may a note say that nothing was seen.
    """

    part: ClassVar[type[Part]] = Balance
    of_whom: ClassVar = "took part"

    watched: bool | None = None
    steady: bool = False

    def changed(self, part: Balance, basis: Basis) -> Balance:
        """What was stated; what was not said stays. Where nobody watched, nobody saw that there was nothing."""
        watched = part.watched if self.watched is None else self.watched
        steady = (part.steady_stated or self.steady) and watched is not False
        return replace(part, watched=watched, steady_stated=steady, watch_events=(*part.watch_events, self.id))

    def unfit(self, basis: Basis) -> str | None:
        """Where it contradicts itself."""
        return "nobody watched, so nobody saw that there was none" if self.watched is False and self.steady else None

    def refused(self, part: Balance, basis: Basis) -> str | None:
        """Refused where balance was said not to be watched."""
        unwatched = self.steady and self.watched is None and part.watched is False
        return "was not watched: say first that balance was" if unwatched else None

    def told(self, part: Balance | None, basis: Basis) -> str:
        """Say what was stated."""
        watched = {True: "balance watched", False: "balance not watched", None: ""}[self.watched]
        return joined([watched, "steady throughout" if self.steady else ""]) or "balance"


class BalanceGrade(PartEvent[Balance], frozen=True, kw_only=True, omit_defaults=True):
    """A balance grade chosen by the therapist, never derived."""

    part: ClassVar[type[Part]] = Balance

    position: Literal["sitting", "standing"]
    motion: Literal["static", "dynamic"]
    grade: str

    def changed(self, part: Balance, basis: Basis) -> Balance:
        """One more grade."""
        grade = Noted(self.id, self.at, f"{self.grade} ({self.position}, {self.motion})")
        return replace(part, grades=(*part.grades, grade))

    def unfit(self, basis: Basis) -> str | None:
        """Where the scale has no such grade."""
        return None if self.grade in basis.scales.balance else f"the scale has no balance grade {shown(self.grade)}"

    def told(self, part: Balance | None, basis: Basis) -> str:
        """Say the grade: `balance standing dynamic Fair+`."""
        return f"balance {self.position} {self.motion} {self.grade}"
