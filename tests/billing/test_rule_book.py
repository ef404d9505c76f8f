"""The billing rules as a file: the shipped one holds every row, a clinic's own is checked key by key."""

from collections.abc import Callable
from pathlib import Path

import pytest

import otgroup
from otgroup.billing.rule_book import KNOWN_SETTINGS, RuleBook, SettingName, parse_rules, rule_problems
from otgroup.errors import BadInput, NotFound, OTGroupError
from otgroup.record.people import Leader
from otgroup.store.clinic_files import ClinicFiles

FILE = Path(otgroup.__file__).parent / "defaults" / "rules.toml"
TEXT = FILE.read_text("utf-8")
BOOK = parse_rules(TEXT, FILE.name)


def test_the_shipped_file_is_sound_and_every_rule_names_its_source() -> None:
    assert rule_problems(TEXT, "rules.toml") == []
    remarks = [remark for setting in BOOK.settings for remark in setting.remarks]
    units = [setting.units for setting in BOOK.settings if setting.units]
    assert all(rule.source for rule in (*BOOK.codes, *BOOK.settings, *BOOK.modifiers, *remarks, *units))


@pytest.mark.parametrize(
    ("code", "timed", "group", "one_on_one_only", "never_for_group"),
    [
        ("97110", True, False, False, False),
        ("97112", True, False, False, False),
        ("97530", True, False, False, False),
        ("97150", False, True, False, False),
        ("97140", True, False, True, True),
        ("97129", True, False, True, True),
        ("97130", True, False, True, True),
    ],
)
def test_every_code(code: str, timed: bool, group: bool, one_on_one_only: bool, never_for_group: bool) -> None:
    rule = BOOK.known(code)
    assert rule is not None
    assert (rule.timed, rule.group) == (timed, group)
    assert (rule.one_on_one_only, rule.never_for_group) == (one_on_one_only, never_for_group)
    assert rule.minutes_a_unit == (15 if timed else None)
    assert len(BOOK.codes) == 7


@pytest.mark.parametrize(
    ("setting", "bills", "least", "most", "strict", "share", "reason"),
    [
        ("SNF Part A", False, 2, 6, True, 25, False),
        ("IRF", False, 2, 6, False, None, True),
        ("Part B outpatient", True, 2, None, False, None, False),
        ("other", True, None, None, False, None, False),
    ],
)
def test_every_setting(  # noqa: PLR0917 - one parameter for each column
    setting: SettingName,
    bills: bool,
    least: int | None,
    most: int | None,
    strict: bool,
    share: int | None,
    reason: bool,
) -> None:
    rule = BOOK.setting(setting)
    assert (rule.setting, rule.bills_units, rule.group_least, rule.group_most) == (setting, bills, least, most)
    assert (rule.over_most_not_group, rule.share_limit_percent, rule.reason_needed) == (strict, share, reason)
    assert rule.unit_rule == "8-minute"


def test_a_setting_that_was_not_given_asks_nothing() -> None:
    assert BOOK.setting("") == BOOK.setting("other")


def test_what_has_to_be_verified_is_marked() -> None:
    snf = BOOK.setting("SNF Part A")
    assert [remark.verify for remark in snf.remarks if "O0425B3" in remark.text] == [True]
    assert {rule.modifier: rule.verify for rule in BOOK.modifiers} == {
        "GO": False,
        "CO": False,
        "KX": False,
        "59": True,
    }
    assert snf.remarks[1].told("whole") == "whole (verify)"


def test_the_thresholds_of_2026() -> None:
    kx = next(rule for rule in BOOK.modifiers if rule.modifier == "KX")
    threshold = kx.threshold(2026)
    assert threshold is not None
    assert (threshold.dollars, threshold.review_dollars) == (2480, 3000)
    assert kx.threshold(2031) is None


@pytest.mark.parametrize(
    ("credentials", "assistant"),
    [
        ("OTA", True), ("COTA", True), ("COTA/L", True), ("OTA/L", True), ("cota/l", True), ("C.O.T.A.", True),
        ("MS, COTA/L", True), ("OTR/L", False), ("OT", False), ("OTD, OTR/L", False), ("", False), ("ROTA", False),
    ],
)  # fmt: skip
def test_who_is_an_assistant(credentials: str, assistant: bool) -> None:
    assert BOOK.is_assistant(Leader("J. Cole", credentials)) is assistant


def test_only_timed_codes_have_minutes() -> None:
    assert BOOK.timed("97140").label == "manual therapy"
    with pytest.raises(BadInput, match=r"97150 .* is not timed"):
        BOOK.timed("97150")
    with pytest.raises(NotFound, match='"99999" is not in the billing rules'):
        BOOK.timed("99999")


# --- a clinic's own ----------------------------------------------------------------------------------

Change = Callable[[str], str]


def replaced(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (replaced("group_most = 6", "group_moste = 6"), "settings[0].group_moste: is not a known key"),
        (replaced("group_most = 6", "group_most = 1"), "settings[0].group_most: 1 is under group_least"),
        (replaced("timed = true", 'timed = "yes"'), 'codes[0].timed: "yes" is not yes or no'),
        (
            replaced("minutes_a_unit = 15", "minutes_a_unit = 10"),
            "codes[0].minutes_a_unit: does not fit a timed code",
        ),
        (replaced('code = "97112"', 'code = "97110"'), 'codes[1].code: "97110" is written twice'),
        (replaced("group = true", "group = false"), "codes: none is the group code"),
        (replaced('setting = "IRF"', 'setting = "SNF Part A"'), 'settings: "IRF" is missing'),
        (replaced('setting = "IRF"', 'setting = "ICF"'), 'settings[1].setting: "ICF" is not allowed here'),
        (replaced('rule = "8-minute"', 'rule = "eights"'), 'settings[2].units.rule: "eights" is not allowed here'),
        (replaced('source = "domain facts: codes"\n', ""), "codes[0].source: is missing"),
        (replaced('applies = "always"', 'applies = "never"'), 'modifiers[0].applies: "never" is not allowed here'),
        (replaced("schema = 1", "schema = 2"), "schema: 2 is newer than this OTGroup"),
        (replaced("dollars = 2480", "dollars = 2480.5"), "modifiers[2].thresholds[0].dollars: 2480.5 is not a whole"),
        (lambda _: "", "the file is empty"),
    ],
)
def test_a_broken_file_names_file_key_and_mend(change: Change, says: str) -> None:
    problems = rule_problems(change(TEXT), "rules.toml")
    assert any(line.startswith(f"rules.toml: {says}") for line in problems), problems
    with pytest.raises(BadInput):
        parse_rules(change(TEXT), "rules.toml")


@pytest.mark.parametrize("junk", ["codes = 3", 'codes = ["a"]', "[[settings]]\ngroup_least = []", "modifiers = {}"])
def test_any_junk_is_a_list_of_problems(junk: str) -> None:
    assert rule_problems(f"schema = 1\n{junk}\n", "rules.toml")


def test_a_clinics_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    clinic_files = ClinicFiles(tmp_path)
    assert clinic_files.rules() == BOOK
    (tmp_path / "rules.toml").write_text(TEXT.replace('rule = "8-minute"', 'rule = "midpoint"'), "utf-8")
    assert clinic_files.rules().setting("Part B outpatient").unit_rule == "midpoint"
    assert clinic_files.problems() == []
    (tmp_path / "rules.toml").write_text(TEXT + "nonsense = 1\n", "utf-8")
    assert any("rules.toml: modifiers[3].nonsense" in line for line in clinic_files.problems())
    with pytest.raises(OTGroupError, match="nonsense"):
        clinic_files.rules()


def test_every_setting_a_person_can_have_is_in_the_book() -> None:
    assert {rule.setting for rule in BOOK.settings} == set(KNOWN_SETTINGS)
    assert isinstance(BOOK, RuleBook)
