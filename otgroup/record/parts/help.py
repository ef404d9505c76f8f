"""What a participant needed to do it: assistance by a person, support by a device."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final

import msgspec

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId
from otgroup.record.part import Basis, Elapsed, Noted, Part, PartEvent, replace
from otgroup.record.scales import Scales, level_named
from otgroup.record.tally_row import TallyRow
from otgroup.written import parse_count

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


MOST_HELPERS: Final = 4
_HELPERS: Final = re.compile(r"(.*\S)\s*[x\u00d7]\s*([0-9]+)", re.IGNORECASE)


class Assisted(msgspec.Struct, frozen=True):
    """How much help at a moment: a level of the scale, and by how many."""

    id: EventId
    at: datetime | None
    level: str
    helpers: int = 1


class Help(Part, frozen=True):
    """Assistance and support in their course."""

    assistance: tuple[Assisted, ...] = ()
    support: tuple[Noted, ...] = ()

    @property
    def findings(self) -> bool:
        """Whether any help was recorded."""
        return bool(self.assistance or self.support)

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """The latest assistance in its short form."""
        latest = self.assistance[-1] if self.assistance else None
        return {"assistance": assistance_text(latest.level, latest.helpers, basis.scales) if latest else None}

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has it."""
        return ("assistance",)

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """A level of the scale by any of its names, and the helpers."""
        if cell := row["assistance"]:
            level, helpers = parse_assistance(cell, "assistance", row.basis.scales)
            yield Assistance(**row.stamp(), level=level, helpers=helpers)


def assistance_text(level_id: str, helpers: int, scales: Scales) -> str:
    """The short name of an assistance level, with the helpers where there was more than one: Mod A x 2."""
    level = scales.assistance_level(level_id)
    short = level.short if level else level_id
    return f"{short} x {helpers}" if helpers > 1 else short


def parse_assistance(text: str, what: str, scales: Scales) -> tuple[str, int]:
    """An assistance level's id and the helpers: `CGA`, `contact guard assistance`, `Mod A x 2`. Raises BadInput."""
    match = _HELPERS.fullmatch(text.strip())
    name, helpers = (match[1], parse_count(match[2], what)) if match else (text, 1)
    if not 1 <= helpers <= MOST_HELPERS:
        raise BadInput(f"{what}: {shown(text)} is not a number of helpers, use x 1 to x {MOST_HELPERS}")
    return level_named(name, what, scales.assistance), helpers


class Assistance(PartEvent[Help], frozen=True, kw_only=True, omit_defaults=True):
    """How much help was needed, by how many helpers."""

    part: ClassVar[type[Part]] = Help

    level: str
    helpers: int = 1

    def changed(self, part: Help, basis: Basis) -> Help:
        """One more step of the course."""
        assisted = Assisted(self.id, self.at, self.level, self.helpers)
        return replace(part, assistance=(*part.assistance, assisted))

    def unfit(self, basis: Basis) -> str | None:
        """Where the scale has no such level, or nobody has so many helpers."""
        if basis.scales.assistance_level(self.level) is None:
            return f"the scale has no assistance level {shown(self.level)}"
        return None if 1 <= self.helpers <= MOST_HELPERS else f"helpers go from 1 to {MOST_HELPERS}"

    def told(self, part: Help | None, basis: Basis) -> str:
        """Say the level: `assistance CGA`."""
        return f"assistance {assistance_text(self.level, self.helpers, basis.scales)}"


class Support(PartEvent[Help], frozen=True, kw_only=True, omit_defaults=True):
    """What they held or wore: a chair back, a walker, a gait belt, or no device."""

    part: ClassVar[type[Part]] = Help

    text: str

    def changed(self, part: Help, basis: Basis) -> Help:
        """One more thing."""
        return replace(part, support=(*part.support, Noted(self.id, self.at, self.text)))

    def told(self, part: Help | None, basis: Basis) -> str:
        """Say what it was."""
        return f"support: {self.text}"
