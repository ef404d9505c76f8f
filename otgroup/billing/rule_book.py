"""The billing rules as data: codes, settings and modifiers of a rules.toml, as frozen types.

The shipped file is `otgroup/defaults/rules.toml`; a clinic's DATA/rules.toml replaces it. Each rule
names its source, and `verify` marks what has to be checked against the payer's current text.
"""

from collections.abc import Iterator
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import Meta

from otgroup.billing.units import MINUTES_A_UNIT, RuleName
from otgroup.characters import either, shown
from otgroup.errors import BadInput, NotFound
from otgroup.group import checked
from otgroup.group.checked import Problem
from otgroup.group.toml_text import Table
from otgroup.record.fields import Code, Text
from otgroup.record.people import Leader, Setting

RULES_SCHEMA: Final = 1

SettingName = Literal["SNF Part A", "IRF", "Part B outpatient", "other"]
KNOWN_SETTINGS: Final[tuple[SettingName, ...]] = get_args(SettingName)
GroupSize = Annotated[int, Meta(ge=1, le=99)]
Percent = Annotated[int, Meta(ge=1, le=100)]
Dollars = Annotated[int, Meta(ge=1, le=1_000_000)]
ModifierName = Annotated[
    str, Meta(pattern=r"\A[A-Z0-9]{2}\Z", description='two capitals or digits in quotes, as in "GO"')
]


class Sourced(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that says where it comes from, and whether that must still be checked."""

    source: Text
    verify: bool = False

    def told(self, text: str) -> str:
        """A text of this rule, marked where it has to be verified."""
        return f"{text} (verify)" if self.verify else text


class CodeRule(Sourced, frozen=True, kw_only=True):
    """A billing code: its number, a label of our own, and how it is counted."""

    code: Code
    label: Text
    timed: bool
    minutes_a_unit: int | None = None
    group: bool = False
    """Untimed, one per participant and session."""
    one_on_one_only: bool = False
    never_for_group: bool = False
    """Never named as what a group's practice is like."""
    most_units: Annotated[int, Meta(ge=1, le=99)] | None = None
    further: Code | None = None
    """The code that takes what goes beyond `most_units`."""


class RuleRemark(Sourced, frozen=True, kw_only=True):
    """Something to bear in mind in a setting; with `over`, a warning when more were present at once."""

    text: Text
    over: GroupSize | None = None


class UnitRule(Sourced, frozen=True, kw_only=True):
    """Which convention turns timed minutes into units."""

    rule: RuleName


class SettingRule(Sourced, frozen=True, kw_only=True):
    """What a setting asks of a group. All of it warns, none of it blocks."""

    setting: SettingName
    bills_units: bool
    group_least: GroupSize | None = None
    group_most: GroupSize | None = None
    over_most_not_group: bool = False
    share_limit_percent: Percent | None = None
    """Most of (individual + concurrent + group) minutes of a stay that may be group and concurrent."""
    reason_needed: bool = False
    """Whether the reason for a group instead of one-on-one has to stand in the record."""
    remarks: tuple[RuleRemark, ...] = ()
    units: UnitRule | None = None

    @property
    def unit_rule(self) -> RuleName:
        """The unit convention: the eight-minute rule unless another is set."""
        return self.units.rule if self.units else "8-minute"


class Threshold(msgspec.Struct, frozen=True, kw_only=True):
    """A year's charges, in dollars, from which a modifier is needed, and from which claims are reviewed."""

    year: Annotated[int, Meta(ge=2000, le=2999)]
    dollars: Dollars
    review_dollars: Dollars


class ModifierRule(Sourced, frozen=True, kw_only=True):
    """A modifier and what makes it apply."""

    modifier: ModifierName
    applies: Literal["always", "assistant", "threshold", "same-day"]
    settings: tuple[SettingName, ...]
    text: Text
    share_percent: Percent | None = None
    """Of an untimed code: the share by the assistant alone that has to be exceeded."""
    thresholds: tuple[Threshold, ...] = ()

    def threshold(self, year: int) -> Threshold | None:
        """The threshold of a year, if the file has it."""
        return next((threshold for threshold in self.thresholds if threshold.year == year), None)


class RuleBook(msgspec.Struct, frozen=True, kw_only=True):
    """A whole rules.toml."""

    schema: int
    assistants: Annotated[tuple[Text, ...], Meta(min_length=1)]
    codes: Annotated[tuple[CodeRule, ...], Meta(min_length=1)]
    settings: Annotated[tuple[SettingRule, ...], Meta(min_length=1)]
    modifiers: tuple[ModifierRule, ...] = ()

    def known(self, code: str) -> CodeRule | None:
        """The rule of a code, if the file has it."""
        return next((rule for rule in self.codes if rule.code == code), None)

    def timed(self, code: str) -> CodeRule:
        """The rule of a timed code. Raises NotFound or BadInput, which name the timed ones."""
        rule = self.known(code)
        choices = either(rule.code for rule in self.codes if rule.timed)
        if rule is None:
            raise NotFound(f"{shown(code)} is not in the billing rules, use a timed code: {choices}")
        if not rule.timed:
            raise BadInput(f"{code} ({rule.label}) is not timed and has no minutes, use {choices}")
        return rule

    @property
    def group_code(self) -> CodeRule:
        """The code of a group."""
        return next(rule for rule in self.codes if rule.group)

    def setting(self, setting: Setting) -> SettingRule:
        """What a setting asks; one that was not given asks nothing."""
        return next(rule for rule in self.settings if rule.setting == (setting or "other"))

    def is_assistant(self, leader: Leader) -> bool:
        """Whether somebody's credentials are an assistant's: OTA, COTA/L."""
        return leader.holds(*self.assistants)


def parse_rules(text: str | bytes, source: str) -> RuleBook:
    """Read a rules file; `source` names it in messages. Raises BadInput (first problem)."""
    return checked.read_toml(text, RuleBook, source=source, schema=RULES_SCHEMA, rules=_RULES)


def rule_problems(text: str | bytes, source: str) -> list[str]:
    """List everything wrong with a rules file, one line each: `FILE: key.path: what, mend`."""
    return checked.examine(text, RuleBook, source=source, schema=RULES_SCHEMA, rules=_RULES)[1]


# --- rules of meaning --------------------------------------------------------------------------------


def _tables(raw: Table, key: str) -> Iterator[tuple[str, Table]]:
    """The tables of a list with their paths, whatever else stands there."""
    items = raw.get(key)
    for place, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield f"{key}[{place}]", item


def _distinct(raw: Table) -> Iterator[Problem]:
    for key, name in (("codes", "code"), ("settings", "setting"), ("modifiers", "modifier")):
        seen: set[str] = set()
        for path, item in _tables(raw, key):
            value = item.get(name)
            if isinstance(value, str) and value in seen:
                yield Problem(f"{path}.{name}", f"{shown(value)} is written twice", "keep one of them")
            elif isinstance(value, str):
                seen.add(value)


def _every_setting(raw: Table) -> Iterator[Problem]:
    written = [item.get("setting") for _, item in _tables(raw, "settings")]
    for setting in KNOWN_SETTINGS:
        if written and setting not in written:
            yield Problem("settings", f"{shown(setting)} is missing", "add it, as in the shipped file")


def _one_group_code(raw: Table) -> Iterator[Problem]:
    marked = [path for path, item in _tables(raw, "codes") if item.get("group") is True]
    if not marked:
        yield Problem("codes", "none is the group code", "mark one with group = true")
    for path in marked[1:]:
        yield Problem(f"{path}.group", "there is another group code", "keep group = true at one code")


def _timed_codes(raw: Table) -> Iterator[Problem]:
    """The table of units is one for codes of 15 minutes a unit."""
    for path, item in _tables(raw, "codes"):
        timed, unit = item.get("timed"), item.get("minutes_a_unit")
        if timed is True and unit != MINUTES_A_UNIT:
            mend = f"write minutes_a_unit = {MINUTES_A_UNIT}: both unit rules are made for it"
            yield Problem(f"{path}.minutes_a_unit", "does not fit a timed code", mend)
        elif timed is False and unit is not None:
            yield Problem(
                f"{path}.minutes_a_unit", "does not fit an untimed code", "remove it, or write timed = true"
            )
        if timed is True and item.get("group") is True:
            yield Problem(f"{path}.timed", "a group code has no timed minutes", "write timed = false")


def _sizes(raw: Table) -> Iterator[Problem]:
    for path, item in _tables(raw, "settings"):
        least, most = item.get("group_least"), item.get("group_most")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield Problem(f"{path}.group_most", f"{shown(most)} is under group_least", f"use {shown(least)} or more")


_RULES: Final = (_distinct, _every_setting, _one_group_code, _timed_codes, _sizes)
