"""`codes`, `minutes`, `units` and `groups new`: what a biller types and reads."""

from pathlib import Path

import pytest

from otgroup.record.course import Voided
from otgroup.record.event import Pen
from otgroup.store.clinic_files import shipped
from otgroup.store.folder import DataFolder, local_now
from tests.program import DAY, GROUP, Program

PEOPLE = """name,record_number,setting,deficits,goals
Ada Lovelace,R1,Part B outpatient,CVA,reach at the sink
Zoë Ångström,R2,SNF Part A,,
Cy Young,R3,IRF,,
Dee Dee,R4,other,balance deficits,
Eve Online,R5,,,
"""
TALLY = """participant,attendance,arrived,left,remark
Ada Lovelace,present,,,
Zoë Ångström,present,,,
Cy Young,absent,,,dialysis
Dee Dee,late,10:06,,
"""


def add(start: str, end: str, code: str = "97112", *more: str, name: str = "Ada Lovelace") -> tuple[str, ...]:
    """What is typed to enter one-on-one minutes."""
    return ("minutes", "add", name, *DAY, "--start", start, "--end", end, "--code", code, *more)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, PEOPLE, TALLY)


# --- codes -------------------------------------------------------------------------------------------


def test_the_codes_of_a_session_as_json(program: Program) -> None:
    session = program.session()
    program.ok(*add("11:00", "11:24"))
    told = program.json("codes", session[:10])
    assert list(told) == ["participants"]
    ada, zoe, cy, dee = told["participants"]
    for one in told["participants"]:
        assert {"id", "name", "minutes", "timed_minutes", "codes", "minutes_by_mode", "modifiers", "warnings"} <= set(
            one
        )
        assert list(one["minutes_by_mode"]) == ["individual", "concurrent", "group"]
    assert [(line["code"], line["units"]) for line in ada["codes"]] == [("97150", 1), ("97112", 2)]
    assert all(set(line) == {"code", "units", "because"} for line in ada["codes"])
    assert (ada["minutes"], ada["timed_minutes"], ada["modifiers"]) == (36, 24, ["GO"])
    assert ada["minutes_by_mode"] == {"individual": 24, "concurrent": 0, "group": 36}
    assert (zoe["codes"], zoe["minutes_by_mode"]["group"]) == ([], 36)
    assert (cy["minutes"], cy["codes"], cy["missed"]) == (0, [], "absent (dialysis)")
    assert (dee["minutes"], [line["code"] for line in dee["codes"]]) == (30, ["97150"])


def test_the_summary_fits_the_page(program: Program) -> None:
    page = program.ok("codes", program.session())
    assert max(map(len, page.splitlines())) <= 80
    assert page.replace("Zoë Ångström", "").isascii()
    assert "Ada Lovelace (Part B outpatient): 36 min (group 36)" in page
    assert "  97150 x 1  36 min in a group of 2-3; practice of the kind of 97112" in page
    assert "Cy Young: absent (dialysis)" in page
    assert "KX" in page
    assert page.index("Missed treatment") < page.index("Reminders")


def test_the_stay_of_a_resident_counts_one_on_one_time(program: Program) -> None:
    session = program.session()
    share = "group and concurrent time is"
    assert share in str(program.json("codes", session)["participants"][1]["warnings"])
    program.ok(*add("13:00", "14:48", name="Zoë Ångström"))
    assert share not in str(program.json("codes", session)["participants"][1]["warnings"])
    earlier = ("minutes", "remove", program.json("minutes", "list")[0]["id"])
    program.ok(*earlier)
    program.ok(*add("13:00", "14:48", "97112", "--date", "2026-01-10", name="Zoë Ångström"))
    assert share not in str(program.json("codes", session)["participants"][1]["warnings"])
    since = program.json("codes", session, "--stay-from", "2026-01-15")["participants"][1]["warnings"]
    assert share in str(since)
    assert "--stay-from" in program.refused("codes", session, "--stay-from", "2026-01-21")


def test_a_clinics_rules_are_used_and_checked(program: Program) -> None:
    session = program.session()
    program.ok(*add("11:00", "11:24"))
    program.ok(*add("11:24", "11:47", "97110"))
    text = (shipped("defaults") / "rules.toml").read_text("utf-8")
    own = program.data / "rules.toml"
    own.write_text(text.replace('rule = "8-minute"', 'rule = "midpoint"'), "utf-8")
    codes = program.json("codes", session)["participants"][0]["codes"]
    assert [(line["code"], line["units"]) for line in codes] == [("97150", 1), ("97112", 2), ("97110", 2)]
    own.write_text(text.replace("group_most = 6", 'group_most = "six"', 1), "utf-8")
    for command in (("codes", session), ("units", "97112=24"), add("12:00", "12:24")):
        assert f'{own}: settings[0].group_most: "six" is not a whole number' in program.refused(*command)
    assert program.run("check").exit_code == 1


@pytest.mark.parametrize("session", ["nothing", ""])
def test_there_is_no_such_session(program: Program, session: str) -> None:
    assert "no session" in program.refused("codes", session)


def test_a_voided_session_has_nothing_billable(program: Program) -> None:
    session = program.session()
    with DataFolder.open(program.data, write=True) as folder:
        live = folder.sessions.resume(session)
        live.record(Voided(**Pen(local_now, lambda: "void", "J. Rivera").stamp()))
        live.close()
    assert "voided" in program.refused("codes", session)
    program.ok(*add("10:00", "10:36"))


# --- minutes -----------------------------------------------------------------------------------------


def test_one_on_one_time_is_entered_listed_and_taken_back(program: Program) -> None:
    program.session()
    said = program.ok(*add("13:00", "13:24"))
    program.ok(*add("11:00", "11:10", "97140", "--leader", "C. Cole, COTA/L", name="Dee Dee"))
    first, second = program.json("minutes", "list")
    assert said == f"{second['id']}  2026-01-20 13:00-13:24  24 min  97112  Ada Lovelace  (J. Rivera, OTR/L)\n"
    assert [first[key] for key in ("name", "date", "start", "end", "minutes", "code", "leader")] == [
        "Dee Dee", "2026-01-20", "11:00", "11:10", 10, "97140", "C. Cole, COTA/L"
    ]  # fmt: skip
    assert said in program.ok("minutes", "list")
    program.ok("minutes", "remove", second["id"])
    assert program.json("minutes", "list") == [first]
    assert "no one-on-one time" in program.refused("minutes", "remove", second["id"])
    assert program.ok("check").startswith("sound")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("10:30", "10:50"), "10:30-10:50 overlaps their time in One-leg stance with cross-midline tap 10:00-10:36"),
        (("13:20", "13:40"), "--start: 13:20-13:40 overlaps the one-on-one time 13:00-13:24"),
        (("14:00", "14:00"), "not after the start"),
        (("14:00", "13:00"), "not after the start"),
        (("2 pm", "15:00"), "HH:MM"),
        (("14:00", "14:24", "97150"), "97150 (group therapy) is not timed"),
        (("14:00", "14:24", "99999"), "not in the billing rules"),
        (("14:00", "14:24", ""), "--code: is empty"),
        (("14:00", "14:24", "97112", "--leader", ","), "no name"),
        (("14:00", "14:24", "97112", "--date", "2026-02-30"), "not a date"),
        (("14:00", "14:24", "97112", "--date", "2126-01-20"), "future"),
    ],
)
def test_what_cannot_be_entered_changes_nothing(program: Program, args: tuple[str, ...], says: str) -> None:
    program.session()
    program.ok(*add("13:00", "13:24"))
    before = program.json("minutes", "list")
    assert says in program.refused(*add(*args))
    assert program.json("minutes", "list") == before


def test_whom_and_by_whom(program: Program) -> None:
    assert "nobody has led here yet" in program.refused(*add("13:00", "13:24"))
    assert "not a known participant" in program.refused(*add("13:00", "13:24", name="Nobody"))
    person = program.json("people", "list")[0]
    program.ok(*add("13:00", "13:24", "97112", "--leader", "J. Rivera, OTR/L", name=person["id"]))
    assert program.json("minutes", "list")[0]["name"] == person["name"]


def test_who_was_absent_may_be_treated_at_that_hour(program: Program) -> None:
    session = program.session()
    program.ok(*add("10:00", "10:36", name="Cy Young"))
    cy = program.json("codes", session)["participants"][2]
    assert (cy["minutes"], cy["codes"], cy["timed_minutes"]) == (0, [], 36)


# --- units -------------------------------------------------------------------------------------------


def test_units_as_json_and_line_by_line(program: Program) -> None:
    assert program.json("units", "97112=24", "97110=23") == {
        "rule": "8-minute", "units": 3, "tie": [],
        "codes": [{"code": "97112", "minutes": 24, "units": 2}, {"code": "97110", "minutes": 23, "units": 1}],
    }  # fmt: skip
    told = program.json("units", "97112=24", "97110=23", "--rule", "midpoint")
    assert (told["rule"], told["units"]) == ("midpoint", 4)
    tied = program.json("units", "97112=20", "97110=20")
    assert (tied["units"], tied["tie"], [code["units"] for code in tied["codes"]]) == (3, ["97112", "97110"], [1, 1])
    text = program.ok("units", "97112=20", "97110=20")
    assert text.startswith("40 minutes in all: 3 units (38-52 min)\n")
    assert "you choose" in text
    assert program.json("units", "97112=0")["units"] == 0
    assert program.json("units", "97112=1440")["units"] == 96


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (("97112",), "is not CODE=MINUTES"),
        (("97112=",), "not a whole number"),
        (("97112=7.5",), "not a whole number"),
        (("97112=-5",), "not a whole number"),
        (("97112=1441",), "0 to 1440"),
        (("97112=٢",), "not a whole number"),
        (("97112=8", "97112=8"), "named twice"),
        (("97150=30",), "not timed"),
        (("99999=30",), "not in the billing rules"),
        (("=30",), "not in the billing rules"),
        (("97112=8\x1b[2J",), "control"),
    ],
)
def test_what_has_no_units_is_refused_in_one_line(program: Program, pairs: tuple[str, ...], says: str) -> None:
    assert says in program.refused("units", *pairs)


@pytest.mark.parametrize("args", [("units",), ("units", "97112=8", "--rule", "best"), ("codes",), ("minutes", "add")])
def test_usage(program: Program, args: tuple[str, ...]) -> None:
    assert program.run(*args).exit_code == 2


# --- groups new --------------------------------------------------------------------------------------


@pytest.mark.parametrize("like", ["baoding-balls", "functional-grasp", "one-leg-stance", "step-tap-align"])
def test_a_new_group_begins_as_a_copy(program: Program, like: str) -> None:
    path = Path(program.ok("groups", "new", "my-group", "--like", like).strip())
    assert path == program.data / "groups" / "my-group.toml"
    original, copy = ((shipped("groups") / f"{like}.toml").read_text("utf-8"), path.read_text("utf-8"))
    changed = [(a, b) for a, b in zip(original.splitlines(), copy.splitlines(), strict=True) if a != b]
    assert changed[0][1] == 'id = "my-group"'
    assert changed[1][1] == changed[1][0][:-1] + ' (copy)"'
    assert len(changed) == 2
    assert program.ok("groups", "check") == ""
    assert "my-group" in program.ok("groups", "list")
    assert "groups check" in program.run("groups", "new", "another", "--like", "my-group").stderr


@pytest.mark.parametrize(
    ("new", "like", "says"),
    [
        (GROUP, "baoding-balls", "already"),
        ("mine", "nothing", "no group"),
        ("My Group", GROUP, "cannot be an id"),
        ("../mine", GROUP, "cannot be an id"),
        ("", GROUP, "cannot be an id"),
        ("x" * 61, GROUP, "cannot be an id"),
    ],
)
def test_what_cannot_be_a_new_group(program: Program, new: str, like: str, says: str) -> None:
    assert says in program.refused("groups", "new", new, "--like", like)
    assert not (program.data / "groups").exists()


def test_a_file_in_the_way_is_kept(program: Program) -> None:
    folder = program.data / "groups"
    folder.mkdir()
    (folder / "mine.toml").write_text('id = "another"\n')
    assert "already" in program.refused("groups", "new", "mine", "--like", GROUP)
    assert (folder / "mine.toml").read_text() == 'id = "another"\n'


def test_a_broken_group_is_not_copied(program: Program) -> None:
    folder = program.data / "groups"
    folder.mkdir()
    (folder / "mine.toml").write_text('schema = 1\nid = "mine"\n')
    assert "title: is missing" in program.refused("groups", "new", "ours", "--like", "mine")
