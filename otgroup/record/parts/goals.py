"""What a group serves for one participant: their goals, why a group, what it is aimed at and carries over to."""

from typing import ClassVar

from otgroup.record.part import Basis, Part, PartEvent
from otgroup.record.people import Link
from otgroup.record.wording import because, joined


class Goals(Part, frozen=True):
    """What was said in this session; None while what the person brought along holds."""

    link: Link | None = None


class Linked(PartEvent[Goals], frozen=True, kw_only=True, omit_defaults=True):
    """Which of their goals this group serves, and why a group rather than one-on-one; what it is aimed at for
    them, and what it carries over to.
    """

    part: ClassVar[type[Part]] = Goals
    of_whom: ClassVar = "took part"

    goals: tuple[str, ...] = ()
    why: str = ""
    purposes: tuple[str, ...] = ()
    carry_over: tuple[str, ...] = ()

    def changed(self, part: Goals, basis: Basis) -> Goals:
        """What was said last holds."""
        return Goals(Link(basis.protocol.id, self.goals, self.why, self.purposes, self.carry_over))

    def told(self, part: Goals | None, basis: Basis) -> str:
        """Say what was said."""
        told = {"serves": self.goals, "aimed at": self.purposes, "carries over to": self.carry_over}
        words = "; ".join(f"{what} {joined(texts)}" for what, texts in told.items() if texts)
        return because(words or "goals", self.why)
