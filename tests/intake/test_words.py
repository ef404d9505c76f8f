from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup import written as words
from otgroup.errors import BadInput
from otgroup.intake.leaders import parse_leader

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("parse", "text", "value"),
    [
        (lambda t: words.clean_text(t, "x"), "  caf\u0065\u0301  ", "caf\u00e9"),
        (lambda t: words.clean_text(t, "x"), "", ""),
        (words.clean_name, " Ann [/]  {{ }} a/b ", "Ann [/] {{ }} a/b"),
        (lambda t: words.parse_count(t, "x"), "0", 0),
        (lambda t: words.parse_count(t, "x"), " 0012 ", 12),
        (lambda t: words.parse_count(t, "x"), "9999", 9999),
        (lambda t: words.parse_level(t, "x", -2, 2), "+1", 1),
        (lambda t: words.parse_level(t, "x", -2, 2), "\u22122", -2),
        (lambda t: words.parse_number(t, "x"), "-7.5", -7.5),
        (lambda t: words.parse_score(t, "x"), "10", 10),
        (lambda t: words.parse_exertion(t, "x"), "0.5", 0.5),
        (lambda t: words.parse_clock(t, "x"), "7:37", 457),
        (lambda t: words.parse_clock(t, "x"), "0:00", 0),
        (lambda t: words.parse_time(t, "x"), "9:05", time(9, 5)),
        (lambda t: words.parse_date(t, "x", TODAY), "2026-11-24", TODAY),
    ],
)
def test_accepted(parse: Callable[[str], Any], text: str, value: Any) -> None:
    assert parse(text) == value


REFUSED: list[tuple[Callable[[str], Any], str, str]] = [
    (words.clean_name, "", "is empty"),
    (words.clean_name, "x" * 300, "300 characters"),
    (words.clean_name, "Ann\x1b[31m", "control"),
    (words.clean_name, "Ann\nLee", "line break"),
    (words.clean_name, "Ann\u202eeeL", "direction"),
    (lambda t: words.clean_text(t, "x"), "x" * 301, "301 characters"),
    (lambda t: words.parse_count(t, "taps"), "twelve", "digits"),
    (lambda t: words.parse_count(t, "taps"), "-3", "whole number"),
    (lambda t: words.parse_count(t, "taps"), "1.5", "whole number"),
    (lambda t: words.parse_count(t, "taps"), "9" * 400, "too many"),
    (lambda t: words.parse_count(t, "taps"), "10000", "too many"),
    (lambda t: words.parse_count(t, "taps"), "\u0661\u0662", "digits"),
    (lambda t: words.parse_level(t, "x", -2, 2), "3", "-2 to 2"),
    (lambda t: words.parse_number(t, "x"), "1e9", "not a number"),
    (lambda t: words.parse_number(t, "x"), "nan", "not a number"),
    (lambda t: words.parse_number(t, "x", 0, 5), "5.1", "too high"),
    (lambda t: words.parse_score(t, "x"), "11", "0 to 10"),
    (lambda t: words.parse_score(t, "x"), "3.5", "0 to 10"),
    (lambda t: words.parse_clock(t, "x"), "1:60", "m:ss"),
    (lambda t: words.parse_clock(t, "x"), "85", "m:ss"),
    (lambda t: words.parse_clock(t, "x"), "999:00", "too long"),
    (lambda t: words.parse_time(t, "x"), "24:00", "HH:MM"),
    (lambda t: words.parse_date(t, "x", TODAY), "2026-02-30", "not a date"),
    (lambda t: words.parse_date(t, "x", TODAY), "2026-11-25", "future"),
    (lambda t: words.parse_date(t, "x", TODAY), "0001-01-01", "year"),
    (lambda t: words.parse_date(t, "x", TODAY), "24.11.2026", "YYYY-MM-DD"),
    (parse_leader, ", OTR/L", "no name"),
    (parse_leader, "", "is empty"),
]


@pytest.mark.parametrize(("parse", "text", "says"), REFUSED)
def test_refused_in_one_line(parse: Callable[[str], Any], text: str, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        parse(text)
    message = str(refusal.value)
    assert says in message
    assert len(message.splitlines()) == 1
    assert len(message) < 250
    assert message.isprintable()


def test_leader_keeps_all_credentials() -> None:
    leader = parse_leader("J. Rivera, OTR/L, CHT")
    assert (leader.name, leader.credentials) == ("J. Rivera", "OTR/L, CHT")
    assert parse_leader("J. Rivera").credentials == ""


@given(st.text())
def test_any_text_is_taken_or_refused(text: str) -> None:
    for parse, _, _ in REFUSED:
        try:
            parse(text)
        except BadInput as refusal:
            assert len(str(refusal).splitlines()) == 1  # noqa: PT017 - a refusal is allowed, not expected
