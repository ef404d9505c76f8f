"""From minutes of timed codes to units, shown step by step. Pure.

Both conventions stand on one table, `(minutes + 7) // 15` (domain facts: eight-minute rule, verify
with the payer which one it wants). Only one-on-one minutes of timed codes may come in here; group
time never does.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

import msgspec

from otgroup.errors import BadInput

RuleName = Literal["8-minute", "midpoint"]

MINUTES_A_UNIT: Final = 15
LEAST: Final = 8
"""Minutes from which there is a first unit."""


class CodeUnits(msgspec.Struct, frozen=True):
    """One code's minutes, and the units that are surely its own."""

    code: str
    minutes: int
    units: int


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Units in all and by code. Where codes are tied for what is left, the leader chooses: those units
    count in `units` and stand under no code. `lines` tell how it came about.
    """

    rule: RuleName
    units: int
    codes: tuple[CodeUnits, ...]
    tie: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()

    @property
    def open_units(self) -> int:
        """Units the leader has still to give to one of the tied codes."""
        return self.units - sum(code.units for code in self.codes)


def units_for(minutes: int) -> int:
    """Units for minutes: 0-7 none, 8-22 one, 23-37 two, then one more for each further 15."""
    return (minutes + MINUTES_A_UNIT - LEAST) // MINUTES_A_UNIT


def eight_minute(minutes: Mapping[str, int]) -> Allocation:
    """Units by the eight-minute rule: all timed minutes together, shared out to the codes.

    Each code gets its whole quarters of an hour; the units left over go one each to the largest
    remainders (domain facts: eight-minute rule).
    """
    _refuse_negative(minutes)
    units = units_for(sum(minutes.values()))
    left = units - sum(m // MINUTES_A_UNIT for m in minutes.values())
    sure, tie = _remainders(minutes, left)
    codes = tuple(CodeUnits(c, m, m // MINUTES_A_UNIT + (c in sure)) for c, m in minutes.items())
    told = Allocation(rule="8-minute", units=units, codes=codes, tie=tie)
    return msgspec.structs.replace(told, lines=tuple(_pooled_lines(told, sure)))


def midpoint(minutes: Mapping[str, int]) -> Allocation:
    """Units by the midpoint rule ("rule of eights"): the table for each code alone, no remainder pooled."""
    _refuse_negative(minutes)
    codes = tuple(CodeUnits(code, m, units_for(m)) for code, m in minutes.items())
    units = sum(code.units for code in codes)
    lines = (*(f"{_held(c)}: {_units(c.units)} on its own" for c in codes), f"{_units(units)} in all")
    return Allocation(rule="midpoint", units=units, codes=codes, lines=lines)


CONVENTIONS: Final[Mapping[RuleName, Callable[[Mapping[str, int]], Allocation]]] = {
    "8-minute": eight_minute,
    "midpoint": midpoint,
}


def _refuse_negative(minutes: Mapping[str, int]) -> None:
    for code, number in minutes.items():
        if number < 0:
            raise BadInput(f"{code}: {number} are no minutes, use 0 or more")


def _remainders(minutes: Mapping[str, int], left: int) -> tuple[set[str], tuple[str, ...]]:
    """Which codes surely get one of the units left over, and which are tied for the rest of them."""
    if left == 0:
        return set(), ()
    rest = {code: m % MINUTES_A_UNIT for code, m in minutes.items()}
    last = sorted(rest.values(), reverse=True)[left - 1]
    reaching = [code for code, remainder in rest.items() if remainder >= last]
    if len(reaching) == left:
        return set(reaching), ()
    return {c for c in reaching if rest[c] > last}, tuple(c for c in reaching if rest[c] == last)


# --- in words ----------------------------------------------------------------------------------------


def _pooled_lines(told: Allocation, sure: set[str]) -> Iterator[str]:
    total = sum(code.minutes for code in told.codes)
    yield f"{_minutes(total)} in all: {_units(told.units)} ({_range(told.units)})"
    for code in told.codes:
        whole, left = divmod(code.minutes, MINUTES_A_UNIT)
        yield f"{_held(code)}: {_units(whole)} of {MINUTES_A_UNIT} min, {left} left over"
    for code in told.codes:
        if code.code in sure:
            yield f"{code.code} gets 1 more: {code.minutes % MINUTES_A_UNIT} left over is among the most"
    if told.tie:
        yield f"{_units(told.open_units)} to give: {' and '.join(told.tie)} have as much left over, you choose"


def _range(units: int) -> str:
    """The row of the table: 38-52 min are 3 units."""
    lowest = max(0, MINUTES_A_UNIT * units - (MINUTES_A_UNIT - LEAST))
    return f"{lowest}-{MINUTES_A_UNIT * units + LEAST - 1} min"


def _held(code: CodeUnits) -> str:
    return f"{code.code}, {_minutes(code.minutes)}"


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"


def _units(number: int) -> str:
    return f"{number} unit{'' if number == 1 else 's'}"
