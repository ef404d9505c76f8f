"""Files a clinic may write: what is called sound is what can be used, and no file keeps the program busy."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import otgroup
from otgroup.billing.rule_book import parse_rules, rule_problems
from otgroup.billing.rules import bills
from otgroup.errors import BadInput
from otgroup.group import group_file as protocol
from otgroup.group.scales_file import parse_scales, scale_problems
from otgroup.group.toml_text import LARGEST
from otgroup.notes.signing.rules import ReviewRules, parse_review, review_problems
from otgroup.record.people import Leader
from otgroup.store.clinic_files import ClinicFiles
from tests.billing.billed import COTA, held, someone

DEFAULTS = Path(otgroup.__file__).parent / "defaults"
SCALES = """schema = 1
balance = ["Good", "Poor"]
pain_highest = 10
rpe_highest = 10
[[assistance]]
id = "independent"
short = "Ind"
long = "independent"
[[difficulty]]
id = "minimal"
short = "min"
long = "minimal"
often = true
"""
GROUP = """schema = 1
id = "seated-punch"
title = "Seated punch"
area = "endurance"
activity = "punches"
purposes = ["shoulder endurance"]
cues = ["verbal"]
distance_ft = 20
watch_balance = false
[[measures]]
id = "punches"
kind = "count"
one = "punch"
many = "punches"
target = 20
[grading]
lowest = 0
highest = 2
[[grading.harder]]
id = "weights"
text = "wrist weights"
"""

Reader = Callable[[str], Any]
FILES: dict[str, tuple[str, Reader, Callable[[str], list[str]]]] = {
    "review": (
        (DEFAULTS / "review.toml").read_text("utf-8"),
        lambda text: parse_review(text, "f"),
        lambda text: review_problems(text, "f"),
    ),
    "rules": (
        (DEFAULTS / "rules.toml").read_text("utf-8"),
        lambda text: parse_rules(text, "f"),
        lambda text: rule_problems(text, "f"),
    ),
    "scales": (
        SCALES,
        lambda text: parse_scales(text, source="f"),
        lambda text: scale_problems(text, source="f"),
    ),
    "group": (
        GROUP,
        lambda text: protocol.parse(text, source="f"),
        lambda text: protocol.problems(text, source="f"),
    ),
}
VALUES = (
    "0", "-1", "1", "0.0", "-0.0", "1e-320", "1.0", "1.5", "nan", "inf", "99999999999999999999", "true",
    '""', '" "', '"x"', '"97112"', "[]", "[[]]", '["x"]', "{}", "1979-05-27",
    '"2026"', '"IRF"', '"always"', '"block"', '"count"',
)  # fmt: skip


@st.composite
def spoilt(draw: st.DrawFn, name: str) -> str:
    """A sound file with one or two of its lines given another value, doubled or taken out."""
    lines = FILES[name][0].splitlines()
    places = [n for n, line in enumerate(lines) if "=" in line and not line.startswith("#")]
    for place in draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        key = lines[place].partition("=")[0]
        lines[place] = draw(st.sampled_from([*(f"{key}= {value}" for value in VALUES), "", f"x{lines[place]}"]))
    return "\n".join(lines)


@pytest.mark.parametrize("name", FILES)
def test_the_sound_files_of_this_test_are_sound(name) -> None:
    text, read, problems = FILES[name]
    assert problems(text) == []
    assert read(text)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_is_checked_and_what_is_read_are_one_thing(name, data) -> None:
    text = data.draw(spoilt(name))
    _, read, problems = FILES[name]
    found = problems(text)
    if found:
        with pytest.raises(BadInput) as refusal:
            read(text)
        assert str(refusal.value) == found[0]
    else:
        used(read(text))


def used(value: object) -> None:
    """A file that is sound can be worked with."""
    if isinstance(value, ReviewRules):
        assert value.weight("no-plan") in ("block", "warn", "off")
        value.needs_cosignature(Leader("J. Rivera", "OTR/L"))
    elif type(value).__name__ == "RuleBook":
        state = held(someone(0), someone(1, "SNF Part A"), someone(2, "IRF"), leader=COTA)
        assert len(bills(state, value)) == 3


@pytest.mark.parametrize("alike", ["0", "0.0", "-0.5", "1.01", "nan", '"0.75"'])
def test_a_likeness_that_cannot_be_is_refused_by_check_and_reader_alike(alike) -> None:
    text = FILES["review"][0].replace("alike = 0.75", f"alike = {alike}")
    assert len(review_problems(text, "review.toml")) == 1
    with pytest.raises(BadInput, match=r"^review\.toml: alike: "):
        parse_review(text, "review.toml")


ENDLESS = {
    "blank lines": "\n" * (LARGEST - 1),
    "lines of a space": " \n" * (LARGEST // 2 - 1),
    "spaces before a key": " " * (LARGEST - 10) + "id",
    "spaces in a header": "[a" + " " * (LARGEST - 20) + '. "b"]\nx = 1',
    "unknown keys": "".join(f"a{n} = 1\n" for n in range(20_000)),
    "unknown tables": "".join(f"[t{n}]\n" for n in range(20_000)),
    "measures": "[[measures]]\n" * 15_000,
    "levels": "".join(f'[[assistance]]\nid = "a{n}"\nshort = "b"\nlong = "c"\n' for n in range(4_000)),
}
SOON = 30.0
"""Seconds for all readers of one file on a busy machine; before, some took minutes."""


@pytest.mark.parametrize("shape", ENDLESS)
def test_no_file_keeps_the_program_busy(shape, tmp_path) -> None:
    text = ENDLESS[shape][:LARGEST]
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "a.toml").write_text(text)
    began = time.monotonic()
    assert len(ClinicFiles(tmp_path).groups()) == 4
    for _, _, problems in FILES.values():
        problems(text)
    assert time.monotonic() - began < SOON


def test_the_id_a_file_claims_is_found_behind_spaces(tmp_path) -> None:
    (tmp_path / "groups").mkdir()
    (tmp_path / "groups" / "a.toml").write_text('\n\n \t id \t= "one-leg-stance"\n')
    assert len(ClinicFiles(tmp_path).groups()) == 3, "a broken file still claims its id"
