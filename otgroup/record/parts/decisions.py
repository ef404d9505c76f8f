"""What the leader decided about a participant's codes: units, minutes alone, modifiers."""

from typing import ClassVar, Final

import msgspec

from otgroup.record.event import EventId
from otgroup.record.part import Basis, Part, PartEvent, replace
from otgroup.record.wording import because, joined

MOST_UNITS: Final = 99
MOST_MINUTES: Final = 24 * 60


class CodeDecision(msgspec.Struct, frozen=True, kw_only=True):
    """So many units of a code (0: none), in place of other codes where there were any."""

    id: EventId
    by: str
    code: str
    units: int
    reason: str
    replaces: tuple[str, ...] = ()


class AloneDecision(msgspec.Struct, frozen=True, kw_only=True):
    """How many of the minutes alone with the leader are one-on-one time, and under which code."""

    id: EventId
    by: str
    code: str
    minutes: int
    reason: str


class ModifiersDecision(msgspec.Struct, frozen=True, kw_only=True):
    """Which modifiers apply."""

    id: EventId
    by: str
    modifiers: tuple[str, ...]
    reason: str


class Decisions(Part, frozen=True, kw_only=True):
    """All decisions of one participant: one for a code, the latest."""

    codes: tuple[CodeDecision, ...] = ()
    alone: AloneDecision | None = None
    modifiers: ModifiersDecision | None = None

    def of(self, code: str) -> CodeDecision | None:
        """What was decided of a code."""
        return next((decision for decision in self.codes if decision.code == code), None)

    @property
    def replaced(self) -> frozenset[str]:
        """Codes that another one stands for."""
        return frozenset(code for decision in self.codes for code in decision.replaces)

    def stands_for(self, code: str) -> frozenset[str]:
        """A code, and those it took the place of."""
        decision = self.of(code)
        return frozenset((code, *(decision.replaces if decision else ())))


class Decision(PartEvent[Decisions], frozen=True, kw_only=True, omit_defaults=True):
    """What is decided about codes, after the session too."""

    part: ClassVar[type[Part]] = Decisions
    of_whom: ClassVar = "treated"
    after_the_end: ClassVar[bool] = True
    undo_reaches: ClassVar[bool] = False


class CodeCorrected(Decision, frozen=True, kw_only=True, omit_defaults=True):
    """The leader's own units of a code (0: not billed), in place of another code where that one was wrong."""

    code: str
    units: int
    reason: str
    instead_of: str = ""

    @property
    def in_notes(self) -> bool:
        """Only the bill tells it."""
        return False

    def changed(self, part: Decisions, basis: Basis) -> Decisions:
        """One decision a code, the latest; a code that was put in another's place hands on what it stood for."""
        gone = [d for d in part.codes if d.code in (self.code, self.instead_of)]
        replaces = dict.fromkeys(code for d in gone for code in d.replaces)
        replaces |= {self.instead_of: None} if self.instead_of else {}
        replaces.pop(self.code, None)
        made = CodeDecision(
            id=self.id, by=self.by, code=self.code, units=self.units, reason=self.reason, replaces=tuple(replaces)
        )
        others = tuple(d for d in part.codes if d not in gone)
        return replace(part, codes=(*others, made))

    def unfit(self, basis: Basis) -> str | None:
        """Where it has no reason, or no possible units."""
        if not 0 <= self.units <= MOST_UNITS:
            return f"units of a code go from 0 to {MOST_UNITS}"
        return None if self.reason else "why? write the reason of the correction"

    def told(self, part: Decisions | None, basis: Basis) -> str:
        """Say code and units: `code 97112 x 2 in place of 97110: balance was the aim`."""
        units = f"code {self.code} x {self.units}" if self.units else f"code {self.code} not billed"
        return because(units + (f" in place of {self.instead_of}" if self.instead_of else ""), self.reason)


class AloneCoded(Decision, frozen=True, kw_only=True, omit_defaults=True):
    """Minutes alone with the leader that were one-on-one time, and their code; 0 says that they were not."""

    minutes: int
    code: str = ""
    reason: str = ""

    def changed(self, part: Decisions, basis: Basis) -> Decisions:
        """The latest one holds."""
        alone = AloneDecision(id=self.id, by=self.by, code=self.code, minutes=self.minutes, reason=self.reason)
        return replace(part, alone=alone)

    def unfit(self, basis: Basis) -> str | None:
        """Where minutes have no code, or none have no reason."""
        if not 0 <= self.minutes <= MOST_MINUTES:
            return f"minutes go from 0 to {MOST_MINUTES}"
        if self.minutes and not self.code:
            return "under which code? write a timed one, such as 97112"
        return None if self.minutes or self.reason else "why? write why it was not one-on-one time"

    def told(self, part: Decisions | None, basis: Basis) -> str:
        """Say minutes and code."""
        told = f"{self.minutes} min alone are one-on-one time, {self.code}"
        return because(told if self.minutes else "the time alone was not one-on-one time", self.reason)


class ModifiersCorrected(Decision, frozen=True, kw_only=True, omit_defaults=True):
    """The modifiers that apply in the leader's judgement."""

    modifiers: tuple[str, ...]
    reason: str

    @property
    def in_notes(self) -> bool:
        """Only the bill tells it."""
        return False

    def changed(self, part: Decisions, basis: Basis) -> Decisions:
        """The latest ones hold."""
        made = ModifiersDecision(id=self.id, by=self.by, modifiers=self.modifiers, reason=self.reason)
        return replace(part, modifiers=made)

    def told(self, part: Decisions | None, basis: Basis) -> str:
        """Say which modifiers, and why."""
        return because(f"modifiers {joined(self.modifiers)}" if self.modifiers else "no modifiers", self.reason)
