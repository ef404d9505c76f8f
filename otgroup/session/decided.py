"""What the leader decided about a participant's codes: frozen values that events fold into. Pure."""

import msgspec

from otgroup.session.events import AloneCoded, CodeCorrected, EventId, ModifiersCorrected


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


class Decided(msgspec.Struct, frozen=True, kw_only=True):
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


def with_code(decided: Decided, e: CodeCorrected) -> Decided:
    """The decisions with one more; a code that was put in another's place hands on what it stood for."""
    gone = [d for d in decided.codes if d.code in (e.code, e.instead_of)]
    replaces = dict.fromkeys(code for d in gone for code in d.replaces)
    replaces |= {e.instead_of: None} if e.instead_of else {}
    replaces.pop(e.code, None)
    made = CodeDecision(id=e.id, by=e.by, code=e.code, units=e.units, reason=e.reason, replaces=tuple(replaces))
    others = tuple(d for d in decided.codes if d not in gone)
    return msgspec.structs.replace(decided, codes=(*others, made))


def with_alone(decided: Decided, e: AloneCoded) -> Decided:
    """The decisions with the latest one on the minutes alone."""
    alone = AloneDecision(id=e.id, by=e.by, code=e.code, minutes=e.minutes, reason=e.reason)
    return msgspec.structs.replace(decided, alone=alone)


def with_modifiers(decided: Decided, e: ModifiersCorrected) -> Decided:
    """The decisions with the latest one on the modifiers."""
    modifiers = ModifiersDecision(id=e.id, by=e.by, modifiers=e.modifiers, reason=e.reason)
    return msgspec.structs.replace(decided, modifiers=modifiers)
