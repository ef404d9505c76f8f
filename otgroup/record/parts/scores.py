"""How it was for a participant: difficulty as observed, pain, exertion, Section GG codes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from otgroup.characters import shown
from otgroup.record.event import Event
from otgroup.record.part import Basis, Elapsed, Noted, Part, PartEvent, Rating, replace, whole
from otgroup.record.scales import Level, level_named
from otgroup.record.tally_row import TallyRow
from otgroup.written import parse_exertion, parse_score

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


class Scores(Part, frozen=True):
    """Every rating on each scale, oldest first."""

    difficulty: tuple[Noted, ...] = ()
    directions: tuple[Noted, ...] = ()
    pain: tuple[Rating, ...] = ()
    exertion: tuple[Rating, ...] = ()
    function: tuple[Noted, ...] = ()

    @property
    def findings(self) -> bool:
        """Whether anything was rated."""
        return bool(self.difficulty or self.directions or self.pain or self.exertion or self.function)

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """The latest rating on each scale; of pain the first too, where there are two."""
        pains = [whole(rating.value) for rating in self.pain]
        return {
            "difficulty": self.difficulty[-1].text if self.difficulty else None,
            "difficulty_directions": self.directions[-1].text if self.directions else None,
            "pain_before": pains[0] if len(pains) > 1 else None,
            "pain": pains[-1] if pains else None,
            "rpe": whole(self.exertion[-1].value) if self.exertion else None,
        }

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has them."""
        return ("difficulty", "difficulty_directions", "pain_before", "pain", "rpe")

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """Ratings on the clinic's scales; `pain` is the later or the only one."""
        scales = row.basis.scales
        if cell := row["difficulty"]:
            level = level_named(cell, "difficulty", scales.difficulty)
            yield Difficulty(**row.stamp(), what="activity", level=level)
        if cell := row["difficulty_directions"]:
            level = level_named(cell, "difficulty_directions", scales.difficulty)
            yield Difficulty(**row.stamp(), what="directions", level=level)
        for column in ("pain_before", "pain"):
            if cell := row[column]:
                yield Pain(**row.stamp(), score=parse_score(cell, column, highest=scales.pain_highest))
        if cell := row["rpe"]:
            yield Exertion(**row.stamp(), score=parse_exertion(cell, "rpe", highest=scales.rpe_highest))


class Difficulty(PartEvent[Scores], frozen=True, kw_only=True, omit_defaults=True):
    """How difficult it was as observed: the activity, or apart from it following the directions."""

    part: ClassVar[type[Part]] = Scores

    what: Literal["activity", "directions"]
    level: str

    def changed(self, part: Scores, basis: Basis) -> Scores:
        """One more rating."""
        rating = Noted(self.id, self.at, self.level)
        if self.what == "directions":
            return replace(part, directions=(*part.directions, rating))
        return replace(part, difficulty=(*part.difficulty, rating))

    def unfit(self, basis: Basis) -> str | None:
        """Where the scale has no such level."""
        known = any(level.id == self.level for level in basis.scales.difficulty)
        return None if known else f"the scale has no difficulty {shown(self.level)}"

    def told(self, part: Scores | None, basis: Basis) -> str:
        """Say the rating: `difficulty moderate`."""
        what = "following directions, difficulty" if self.what == "directions" else "difficulty"
        return f"{what} {_long(self.level, basis.scales.difficulty)}"


def _long(level_id: str, levels: tuple[Level, ...]) -> str:
    return next((level.long for level in levels if level.id == level_id), level_id)


class Pain(PartEvent[Scores], frozen=True, kw_only=True, omit_defaults=True):
    """Pain, 0 to 10."""

    part: ClassVar[type[Part]] = Scores

    score: int

    def changed(self, part: Scores, basis: Basis) -> Scores:
        """One more score."""
        return replace(part, pain=(*part.pain, Rating(self.id, self.at, self.score)))

    def unfit(self, basis: Basis) -> str | None:
        """Where the scale does not reach so far."""
        highest = basis.scales.pain_highest
        return None if 0 <= self.score <= highest else f"pain goes from 0 to {highest}"

    def told(self, part: Scores | None, basis: Basis) -> str:
        """Say the score."""
        return f"pain {self.score}"


class Exertion(PartEvent[Scores], frozen=True, kw_only=True, omit_defaults=True):
    """Rate of perceived exertion, Borg CR10, 0 to 10."""

    part: ClassVar[type[Part]] = Scores

    score: float

    def changed(self, part: Scores, basis: Basis) -> Scores:
        """One more score."""
        return replace(part, exertion=(*part.exertion, Rating(self.id, self.at, self.score)))

    def unfit(self, basis: Basis) -> str | None:
        """Where the scale does not reach so far."""
        highest = basis.scales.rpe_highest
        return None if 0 <= self.score <= highest else f"RPE goes from 0 to {highest}"

    def told(self, part: Scores | None, basis: Basis) -> str:
        """Say the score."""
        return f"RPE {self.score:g}"


class FunctionCode(PartEvent[Scores], frozen=True, kw_only=True, omit_defaults=True):
    """A Section GG code for an item, chosen by the therapist, never derived from repetitions."""

    part: ClassVar[type[Part]] = Scores

    item: str
    code: str

    def changed(self, part: Scores, basis: Basis) -> Scores:
        """One more code."""
        return replace(part, function=(*part.function, Noted(self.id, self.at, f"{self.item} {self.code}")))

    def unfit(self, basis: Basis) -> str | None:
        """Where there is no such code, or it is of nothing."""
        if not self.item:
            return "of what? write the item before its Section GG code"
        known = [level.id for level in basis.scales.function]
        return None if self.code in known else f"there is no Section GG code {shown(self.code)}"

    def told(self, part: Scores | None, basis: Basis) -> str:
        """Say item and code."""
        return f"Section GG {self.item}: {self.code}"
