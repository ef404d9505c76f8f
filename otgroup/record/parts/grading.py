"""Grading: the ladder of a group file, the level somebody works at and each change of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self

import msgspec
from msgspec import Meta

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId
from otgroup.record.fields import Direction, Name, OptionalText, Text
from otgroup.record.part import (
    Basis,
    Detail,
    Elapsed,
    Part,
    PartEvent,
    changed_one,
    earliest,
    iso_moment,
    replace,
    said,
    times_of,
)
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import because, level_text
from otgroup.written import parse_level

if TYPE_CHECKING:
    from otgroup.record.protocol import Protocol


# --- the group file's ladder -----------------------------------------------------------------------------


class Strategy(msgspec.Struct, frozen=True, kw_only=True):
    """One way to make the activity harder or easier; `text` reads well after "with"."""

    id: Name
    text: Text
    as_state: OptionalText = ""
    """How it reads after "worked", where it is a state: seated, standing."""
    excludes: tuple[Name, ...] = ()
    """Strategies that cannot be in force together with this one."""
    example: OptionalText = ""


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """The grading levels, 0 being the activity as set up, and what moves a person along them."""

    lowest: Annotated[int, Meta(ge=-20, le=0)]
    highest: Annotated[int, Meta(ge=0, le=20)]
    harder: tuple[Strategy, ...] = ()
    easier: tuple[Strategy, ...] = ()

    def clamped(self, level: int) -> int:
        """The level, or the nearest one that the ladder has."""
        return max(self.lowest, min(self.highest, level))


# --- the record ---------------------------------------------------------------------------------------------


class Change(msgspec.Struct, frozen=True):
    """One change of the level: with which strategies, which ones it ended, why, and what followed."""

    id: EventId
    at: datetime | None
    from_level: int
    to_level: int
    strategies: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    reason: str = ""
    response: str = ""
    cut_by: int = 0
    """So many of its levels did not fit on the ladder."""

    @property
    def direction(self) -> Direction:
        """Which way the task changed."""
        return "harder" if self.to_level > self.from_level else "easier"


class Statement(msgspec.Struct, frozen=True):
    """A level that was stated: at the start, or on a sheet."""

    id: EventId
    at: datetime | None
    level: int
    strategies: tuple[str, ...] = ()
    reason: str = ""


class Grading(Part, frozen=True):
    """The level somebody is at, the strategies in force, and how both came about."""

    level: int | None = None
    in_force: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    stated: tuple[Statement, ...] = ()

    @property
    def starting_level(self) -> int | None:
        """The level they started at, where it was stated or a change tells it."""
        if self.stated:
            return self.stated[0].level
        return self.changes[0].from_level if self.changes else self.level

    def surely_in_force(self, basis: Basis) -> tuple[str, ...]:
        """The strategies in force; where a sheet told the last change, without those of the other side: they may have
        been given up with it.
        """
        last = self.changes[-1] if self.changes else None
        if last is None or last.at:
            return self.in_force
        return tuple(s for s in self.in_force if _direction(s, basis) == last.direction)

    def find(self, grade: EventId) -> Change | None:
        """The change that an event made."""
        return next((change for change in self.changes if change.id == grade), None)

    @property
    def done_at(self) -> tuple[datetime, ...]:
        """When each was recorded."""
        return times_of(self.changes)

    @property
    def cut_short(self) -> tuple[Change, ...]:
        """The changes of which the end of the ladder took something."""
        return tuple(change for change in self.changes if change.cut_by)

    @property
    def findings(self) -> bool:
        """Whether the task was changed; a level that was only stated is no finding."""
        return bool(self.changes)

    @property
    def first_at(self) -> datetime | None:
        """When the task was first changed."""
        return earliest(*(change.at for change in self.changes))

    def shown(self, basis: Basis, elapsed: Elapsed) -> dict[str, Any]:
        """The level, what is in force, and every change."""
        return {
            "level": self.level,
            "strategies": self.in_force,
            "grading": tuple(map(_shown_change, self.changes)),
        }

    @classmethod
    def columns(cls, protocol: "Protocol") -> tuple[str, ...]:
        """Every sheet has them."""
        return ("level_start", "level_end", "strategies")

    @classmethod
    def read(cls, row: TallyRow) -> Iterator[Event]:
        """A level, or a change from one to another, and the strategies.

        A strategy of the change's own side is what changed; one of the other side was used, and the sheet does not
        say whether it was given up or is in force yet.
        """
        protocol = row.basis.protocol
        ladder, strategies = protocol.grading, _strategies(row["strategies"], protocol)
        start, end = (_level(row[column], column, ladder) for column in ("level_start", "level_end"))
        if start is not None and end is not None and start != end:
            way = "harder" if end > start else "easier"
            used = tuple(s for s in strategies if protocol.direction_of(s) != way)
            changed = tuple(s for s in strategies if s not in used)
            yield LevelStated(**row.stamp(), level=start, strategies=used)
            yield Graded(**row.stamp(), from_level=start, to_level=end, strategies=changed)
        elif strategies or start is not None or end is not None:
            yield LevelStated(**row.stamp(), level=end if start is None else start, strategies=strategies)


class GradeChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One change of the level in the JSON; several strategies are joined with semicolons. `ended` are those they
    replaced.
    """

    at: str | None = None
    from_level: int = msgspec.field(name="from")
    to_level: int = msgspec.field(name="to")
    strategy: str = ""
    reason: str = ""
    ended: str = ""


def _shown_change(change: Change) -> GradeChange:
    """A change without a new strategy names the one it took away."""
    return GradeChange(
        at=iso_moment(change.at),
        from_level=change.from_level,
        to_level=change.to_level,
        strategy=";".join(change.strategies or change.ended),
        reason=change.reason,
        ended=";".join(change.ended) if change.strategies else "",
    )


def _level(cell: str, column: str, ladder: Ladder | None) -> int | None:
    if not cell:
        return None
    if ladder is None:
        raise BadInput(f"{column}: is filled in although this group has no grading ladder, clear it")
    return parse_level(cell, column, ladder.lowest, ladder.highest)


def _strategies(cell: str, protocol: "Protocol") -> tuple[str, ...]:
    known = [strategy.id for strategy in protocol.strategies]
    named = dict.fromkeys(part.strip().casefold() for part in cell.split(";") if part.strip())
    for name in named:
        if name not in known:
            mend = f"use {', '.join(known)}" if known else "clear it: this group has no ladder"
            raise BadInput(f"strategies: {shown(name)} is not a strategy of this group, {mend}")
        if excluded := sorted(protocol.excluded_by(name) & set(named)):
            raise BadInput(f"strategies: {name} and {excluded[0]} exclude each other, keep the one that was in force")
    return tuple(named)


# --- events ------------------------------------------------------------------------------------------


class LevelStated(PartEvent[Grading], frozen=True, kw_only=True, omit_defaults=True):
    """The level worked at (from a sheet, or carried to a session's start), and the strategies in force."""

    part: ClassVar[type[Part]] = Grading

    level: int | None = None
    strategies: tuple[str, ...] = ()
    reason: str = ""

    def changed(self, part: Grading, basis: Basis) -> Grading:
        """The level as it was stated; what was not said stays."""
        in_force = self.strategies or part.in_force
        if self.level is None:
            return replace(part, in_force=in_force)
        statement = Statement(self.id, self.at, self.level, self.strategies, self.reason)
        return replace(part, level=self.level, in_force=in_force, stated=(*part.stated, statement))

    def unfit(self, basis: Basis) -> str | None:
        """Where the ladder has no such level, or no such strategy."""
        return _off_the_ladder(self.level, basis) or _no_strategy(self.strategies, basis)

    def told(self, part: Grading | None, basis: Basis) -> str:
        """Say level and strategies: `level -1 with seated`."""
        level = "" if self.level is None else f"level {level_text(self.level)}"
        used = strategy_texts(self.strategies, basis)
        return because(" with ".join(filter(None, [level, used])) or "level", self.reason)


_FARTHEST_LEVEL: Final = 99


class Graded(PartEvent[Grading], frozen=True, kw_only=True, omit_defaults=True):
    """The task was made harder or easier."""

    part: ClassVar[type[Part]] = Grading

    from_level: int = msgspec.field(name="from")
    to_level: int = msgspec.field(name="to")
    strategies: tuple[str, ...] = ()
    reason: str = ""
    response: str = ""

    def changed(self, part: Grading, basis: Basis) -> Grading:
        """One step from where this person stands."""
        ladder = basis.protocol.grading
        begun = self.from_level if part.level is None else part.level
        aimed = begun + self.to_level - self.from_level
        reached = ladder.clamped(aimed) if ladder else aimed
        change = Change(self.id, self.at, begun, reached, reason=self.reason, response=self.response)
        change = replace(change, cut_by=aimed - reached)
        part = replace(part, level=reached, changes=(*part.changes, change))
        for strategy in self.strategies:
            part = _with_strategy(part, self.id, strategy, basis)
        return part

    def given(self) -> Self:
        """Its step without its levels: they were somebody else's."""
        return replace(self, from_level=0, to_level=self.to_level - self.from_level)

    def unfit(self, basis: Basis) -> str | None:
        """Where there is no ladder, or it ends before that level."""
        ladder = basis.protocol.grading
        if ladder is None:
            return "this group has no grading ladder"
        if self.to_level > ladder.highest:
            return f"already at the hardest level, +{ladder.highest}"
        if self.to_level < ladder.lowest:
            return f"already at the easiest level, {ladder.lowest}"
        if abs(self.from_level) > _FARTHEST_LEVEL:
            return f"there is no level {shown(self.from_level)}"
        return _no_strategy(self.strategies, basis)

    def told(self, part: Grading | None, basis: Basis) -> str:
        """Say which way and the level that was reached: `harder, now +1: dual task`."""
        change = part.find(self.id) if part else None
        way = "harder" if self.to_level > self.from_level else "easier"
        level = change.to_level if change else self.to_level
        used = "; ".join(_used(strategy, change, basis) for strategy in self.strategies)
        return "; ".join(filter(None, [because(f"{way}, now {level_text(level)}", used), self.reason, self.response]))


class GradeDetail(Detail[Grading], frozen=True, kw_only=True, omit_defaults=True):
    """With which strategy, for what reason, and how the participant answered to it."""

    part: ClassVar[type[Part]] = Grading

    strategy: str = ""
    reason: str = ""
    response: str = ""

    def changed(self, part: Grading, basis: Basis) -> Grading:
        """The change with what was said of it."""
        words = said({"reason": self.reason, "response": self.response})
        part = replace(part, changes=changed_one(part.changes, self.of, **words))
        return _with_strategy(part, self.of, self.strategy, basis) if self.strategy else part

    def unfit(self, basis: Basis) -> str | None:
        """Where the ladder has no such strategy."""
        return _no_strategy((self.strategy,) if self.strategy else (), basis)

    def told(self, part: Grading | None, basis: Basis) -> str:
        """Say the strategy, the reason, the answer: `with dual task; steady`."""
        change = part.find(self.of) if part else None
        preposition = "" if _taken_away(self.strategy, change) else "with "
        strategy = f"{preposition}{_used(self.strategy, change, basis)}" if self.strategy else ""
        return "; ".join(filter(None, [strategy, self.reason, self.response])) or "grading"


def _off_the_ladder(level: int | None, basis: Basis) -> str | None:
    ladder = basis.protocol.grading
    if level is None or (ladder and ladder.clamped(level) == level):
        return None
    return f"levels go from {ladder.lowest} to {ladder.highest}" if ladder else "this group has no grading ladder"


def _no_strategy(strategies: Iterable[str], basis: Basis) -> str | None:
    known = {strategy.id for strategy in basis.protocol.strategies}
    unknown = next((strategy for strategy in strategies if strategy not in known), None)
    return f"this group has no strategy {shown(unknown)}" if unknown is not None else None


# --- strategies ------------------------------------------------------------------------------------------------


def strategy_texts(ids: Iterable[str], basis: Basis) -> str:
    """The words of some strategies, joined; an id that is not on the ladder stands for itself."""
    texts = {strategy.id: strategy.text for strategy in basis.protocol.strategies}
    return ", ".join(texts.get(strategy_id, strategy_id) for strategy_id in ids)


def _with_strategy(part: Grading, grade: EventId, strategy: str, basis: Basis) -> Grading:
    """A strategy comes into force and ends those it excludes; used against its own direction (harder by "one-handed
    support") it is what was taken away.
    """
    change = part.find(grade)
    if change is None:
        return part
    taken_away = strategy in part.in_force and _direction(strategy, basis) != change.direction
    ended = {strategy} if taken_away else basis.protocol.excluded_by(strategy) & set(part.in_force)
    in_force = tuple(s for s in part.in_force if s not in ended)
    if not taken_away and strategy not in in_force:
        in_force = (*in_force, strategy)
    used = () if taken_away else (strategy,)
    words = {"strategies": (*change.strategies, *used), "ended": (*change.ended, *sorted(ended))}
    return replace(part, in_force=in_force, changes=changed_one(part.changes, grade, **words))


def _direction(strategy: str, basis: Basis) -> Literal["harder", "easier", ""]:
    known = any(s.id == strategy for s in basis.protocol.strategies)
    return basis.protocol.direction_of(strategy) if known else ""


def _used(strategy: str, change: Change | None, basis: Basis) -> str:
    """A strategy in place of those that it excludes, or that it was taken away."""
    text = strategy_texts([strategy], basis)
    if _taken_away(strategy, change):
        return f"without {text}"
    ended = change.ended if change else ()
    gone = strategy_texts((s for s in ended if s in basis.protocol.excluded_by(strategy)), basis)
    return f"{text}, in place of {gone}" if gone else text


def _taken_away(strategy: str, change: Change | None) -> bool:
    return change is not None and strategy in change.ended and strategy not in change.strategies
