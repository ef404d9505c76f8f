"""Spans of time and what they sum up to, as tables. Times are minutes after ten."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.record.spans import Span, clock_text, close_last, covered_s, reached_at, running

TEN = datetime(2025, 11, 24, 10, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return TEN + timedelta(minutes=minute)


def span(start: float, end: float | None = None) -> Span:
    return Span(at(start), None if end is None else at(end))


def spans(*pairs: tuple[float, float | None]) -> tuple[Span, ...]:
    return tuple(span(*pair) for pair in pairs)


@pytest.mark.parametrize(
    ("start", "end", "until", "minutes"),
    [
        (0, 5, 9, 5),
        (0, None, 9, 9),
        (0, 20, 9, 9),
        (12, None, 9, 0),
        (5, 5, 9, 0),
        (5, 2, 9, 0),
    ],
)
def test_a_span_is_counted_no_further_than_now_and_never_below_nothing(start, end, until, minutes) -> None:
    assert span(start, end).seconds(at(until)) == 60 * minutes


@pytest.mark.parametrize(
    ("given", "end", "closed"),
    [(span(3), 8, span(3, 8)), (span(3), 1, span(3, 3)), (span(3, 5), 8, span(3, 5))],
)
def test_closing_never_reopens_and_never_ends_before_the_start(given, end, closed) -> None:
    assert given.closed(at(end)) == closed


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ((), (), False),
        (spans((0, 2), (5, None)), spans((0, 2), (5, 8)), True),
        (spans((0, 2)), spans((0, 2)), False),
    ],
)
def test_the_last_span_is_the_one_that_runs(before, after, runs) -> None:
    assert running(before) is runs
    assert close_last(before, at(8)) == after


@pytest.mark.parametrize(
    ("present", "without", "minutes"),
    [
        ([], [], 0),
        ([(0, 10)], [], 10),
        ([(0, 10), (20, None)], [], 20),
        ([(0, 10), (5, 15)], [], 15),
        ([(5, 15), (0, 10)], [], 15),
        ([(0, 10)], [(2, 5)], 7),
        ([(0, 10)], [(2, 5), (4, 6)], 6),
        ([(0, 10)], [(8, 20)], 8),
        ([(0, 10)], [(-5, None)], 0),
        ([(0, 10), (20, 30)], [(5, 25)], 10),
        ([(0, 10)], [(10, 20)], 10),
        ([(0, None)], [(28, None)], 28),
        ([(40, 50)], [], 0),
    ],
)
def test_what_is_covered_until_half_past_ten(present, without, minutes) -> None:
    assert covered_s(spans(*present), at(30), spans(*without)) == 60 * minutes


MINUTES = st.integers(0, 60)
PAIRS = st.lists(st.tuples(MINUTES, st.none() | MINUTES), max_size=5)


@given(PAIRS, PAIRS, MINUTES)
def test_what_is_covered_is_the_number_of_minutes_inside_and_not_taken_away(present, gone, until) -> None:
    def inside(minute: int, pairs: list[tuple[int, int | None]]) -> bool:
        return any(start <= minute < (60 if end is None else end) for start, end in pairs)

    wanted = sum(inside(minute, present) and not inside(minute, gone) for minute in range(until))
    assert covered_s(spans(*present), at(until), spans(*gone)) == 60 * wanted


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00"), (9.9, "0:09"), (60, "1:00"), (457, "7:37"), (3600, "60:00")]
)
def test_seconds_are_shown_as_minutes_and_seconds(seconds, text) -> None:
    assert clock_text(seconds) == text


@given(
    st.integers(0, 60),
    st.integers(0, 90),
    st.lists(st.integers(0, 60).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, 60))), max_size=4),
)
def test_a_target_is_reached_when_as_many_seconds_are_covered(start, minutes, gaps) -> None:
    apart = [gap for n, gap in enumerate(sorted(gaps)) if n == 0 or gap[0] >= max(g[1] for g in sorted(gaps)[:n])]
    due = reached_at(at(start), 60 * minutes, spans(*apart))
    assert due is not None
    assert covered_s((Span(at(start), due),), due, spans(*apart)) == 60 * minutes


def test_a_target_is_not_reached_while_a_pause_before_it_goes_on() -> None:
    assert reached_at(at(0), 300, spans((2, None))) is None
    assert reached_at(at(0), 300, spans((7, None))) == at(5)
