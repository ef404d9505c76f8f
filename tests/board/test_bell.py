"""The bell: it rings at its moments and at no other, and a line says whose clock it was."""

from datetime import timedelta

from otgroup.board.bell import Bell, alarm_text
from otgroup.record.parts.clocks import ClockStarted
from otgroup.record.people import PersonId
from tests.board.table import ADA, BEN, Table


def clocks(*targets: tuple[PersonId, int]) -> Table:
    """Clocks that start at once, each with its seconds to go."""
    table = Table("baoding-balls")
    for who, target in targets:
        table.desk.record(ClockStarted(**table.desk.pen.stamp(who), measure="turning", target_s=target))
    return table


def rung(bell: Bell, table: Table, seconds: int) -> list[int]:
    """At which of the next seconds the bell rings."""
    rang = []
    for second in range(1, seconds + 1):
        table.now += timedelta(seconds=1)
        if bell.due(table.kept.state, table.now):
            rang.append(second)
    return rang


def test_it_rings_once_for_each_clock_in_the_second_it_comes_to_its_target() -> None:
    assert rung(Bell(), clocks((ADA, 3), (BEN, 6)), 60) == [3, 6]


def test_two_clocks_of_one_moment_ring_together() -> None:
    assert rung(Bell(), clocks((ADA, 4), (BEN, 4)), 20) == [4]


def test_an_answered_clock_and_a_paused_group_ring_no_bell() -> None:
    table = clocks((ADA, 4))
    table.press("1", "clock")
    assert rung(Bell(), table, 20) == []
    table = clocks((ADA, 4))
    table.press("pause")
    assert rung(Bell(), table, 20) == []


def test_a_clock_started_later_rings_anew() -> None:
    table, bell = clocks((ADA, 2)), Bell()
    assert rung(bell, table, 10) == [2]
    table.press("1", "clock")
    table.desk.record(ClockStarted(**table.desk.pen.stamp(ADA), measure="turning", target_s=5))
    assert rung(bell, table, 10) == [5]


def test_the_line_says_whose_clocks_wait() -> None:
    table = clocks((ADA, 3), (BEN, 6))
    assert alarm_text(table.kept.state, table.now, table.desk.names) == ""
    later = table.now + timedelta(seconds=7)
    assert alarm_text(table.kept.state, later, table.desk.names) == "TIME! Baoding balls: 1 James O., 2 Rosa"
