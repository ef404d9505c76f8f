"""Units: every row of the table and of the worked examples, and what must hold for any minutes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.billing.units import Allocation, eight_minute, midpoint, units_for
from otgroup.errors import BadInput

CODES = ("97112", "97110", "97530", "97140", "97129", "97130")
TABLE = [
    (0, 7, 0), (8, 22, 1), (23, 37, 2), (38, 52, 3), (53, 67, 4), (68, 82, 5), (83, 97, 6), (98, 112, 7),
    (113, 127, 8), (128, 142, 9), (143, 157, 10),
]  # fmt: skip
minutes = st.dictionaries(st.sampled_from(CODES), st.integers(0, 1440), min_size=1)


def by_code(told: Allocation) -> list[int]:
    return [code.units for code in told.codes]


@pytest.mark.parametrize(("lowest", "highest", "units"), TABLE)
def test_the_table(lowest: int, highest: int, units: int) -> None:
    for number in (lowest, highest):
        for told in (eight_minute({"97110": number}), midpoint({"97110": number})):
            assert (units_for(number), told.units, by_code(told), told.tie) == (units, units, [units], ())
    assert units_for(highest + 1) == units + 1


EXAMPLES = [
    ({"97112": 24, "97110": 23}, 3, [2, 1], (), 4, [2, 2]),
    ({"97112": 20, "97110": 20}, 3, [1, 1], ("97112", "97110"), 2, [1, 1]),
    ({"97110": 33, "97140": 7}, 3, [2, 1], (), 2, [2, 0]),
    ({"97112": 18, "97110": 13, "97530": 10, "97140": 8}, 3, [1, 1, 1, 0], (), 4, [1, 1, 1, 1]),
    ({"97112": 7, "97110": 7, "97530": 7}, 1, [0, 0, 0], ("97112", "97110", "97530"), 0, [0, 0, 0]),
]


@pytest.mark.parametrize(("given_minutes", "units", "own", "tie", "midpoint_units", "midpoint_own"), EXAMPLES)
def test_the_worked_examples(  # noqa: PLR0917 - one parameter for each column
    given_minutes: dict[str, int],
    units: int,
    own: list[int],
    tie: tuple[str, ...],
    midpoint_units: int,
    midpoint_own: list[int],
) -> None:
    pooled, alone = eight_minute(given_minutes), midpoint(given_minutes)
    assert (pooled.rule, pooled.units, by_code(pooled), pooled.tie) == ("8-minute", units, own, tie)
    assert (alone.rule, alone.units, by_code(alone), alone.tie) == ("midpoint", midpoint_units, midpoint_own, ())


def test_a_tie_for_the_last_of_several_units() -> None:
    told = eight_minute({"97112": 29, "97110": 8, "97530": 8})  # 45 min: 3 units, 1 whole, 14 + 8 + 8 left
    assert (told.units, by_code(told), told.tie, told.open_units) == (3, [2, 0, 0], ("97110", "97530"), 1)


def test_the_allocation_is_shown_line_by_line() -> None:
    assert eight_minute({"97112": 24, "97110": 23}).lines == (
        "47 minutes in all: 3 units (38-52 min)",
        "97112, 24 minutes: 1 unit of 15 min, 9 left over",
        "97110, 23 minutes: 1 unit of 15 min, 8 left over",
        "97112 gets 1 more: 9 left over is among the most",
    )
    told = eight_minute({"97112": 20, "97110": 20})
    assert told.lines[-1] == "1 unit to give: 97112 and 97110 have as much left over, you choose"
    assert eight_minute({"97110": 1}).lines[0] == "1 minute in all: 0 units (0-7 min)"
    assert midpoint({"97110": 33}).lines == ("97110, 33 minutes: 2 units on its own", "2 units in all")


@pytest.mark.parametrize("rule", [eight_minute, midpoint])
def test_minutes_under_zero_are_refused(rule: type[Allocation]) -> None:
    with pytest.raises(BadInput, match="97110"):
        rule({"97110": -1})


@given(minutes)
def test_units_are_those_of_the_table_and_all_are_shared_out(spent: dict[str, int]) -> None:
    total = sum(spent.values())
    told = eight_minute(spent)
    assert told.units == (total + 7) // 15
    assert 15 * told.units <= total + 7
    assert 0 <= told.open_units < max(len(told.tie), 1)
    assert [(code.code, code.minutes) for code in told.codes] == list(spent.items())
    assert all(0 <= code.units - code.minutes // 15 <= 1 for code in told.codes)


@given(minutes)
def test_whoever_gets_a_unit_has_no_smaller_remainder_than_who_does_not(spent: dict[str, int]) -> None:
    told = eight_minute(spent)
    rest = {code: m % 15 for code, m in spent.items()}
    given_one = {code.code for code in told.codes if code.units > code.minutes // 15}
    tied = {rest[code] for code in told.tie}
    assert len(tied) <= 1
    left_out = [rest[code] for code in spent if code not in given_one]
    assert all(rest[code] > other for code in given_one for other in left_out)
    assert all(value == max(left_out) for value in tied)
    assert not given_one & set(told.tie)


@given(minutes, st.sampled_from(CODES), st.integers(0, 60))
def test_more_minutes_never_give_fewer_units(spent: dict[str, int], code: str, more: int) -> None:
    increased = spent | {code: spent.get(code, 0) + more}
    for rule in (eight_minute, midpoint):
        assert rule(increased).units >= rule(spent).units


@given(minutes)
def test_the_midpoint_rule_never_pools(spent: dict[str, int]) -> None:
    told = midpoint(spent)
    assert by_code(told) == [units_for(m) for m in spent.values()]
    assert told.units == sum(by_code(told))
    assert told.open_units == 0


def test_a_unit_is_added_for_each_quarter_of_an_hour() -> None:
    table = [units_for(number) for number in range(1441)]
    assert all(later - earlier in (0, 1) for earlier, later in pairwise(table))
    assert table[1440] == 96
