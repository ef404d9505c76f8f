import csv
import io
import json
import os
import resource
import secrets
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner

from otgroup.cli import cli
from otgroup.export.formats import FORMATS
from otgroup.record.people import Person, PersonId
from otgroup.store.folder import DataFolder
from tests.program import GROUP, LEADER, TIMES, WHEN, Program
from tests.recipes import soup_file

PEOPLE = """name,record_number,pronouns,setting
Ada Lovelace,R1,she,IRF
Ada Lovelace,R2,she,
Ben [/] King,,he,
Cy {{ }},R4,,other
Dee/Dee,,they,
"""


TALLY = """participant,attendance,arrived,taps_left,taps_right,cues_verbal,remark
Ada Lovelace (R1),present,,12,,3,
Dee/Dee,late,10:06,,4,,
Cy {{ }},absent,,,,,clinic
"""


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path, PEOPLE, TALLY)


# --- what works --------------------------------------------------------------------------------------


def test_people_are_imported_once_and_updated_after(program: Program) -> None:
    again = program.ok("people", "import", program.file("people.csv", PEOPLE))
    assert again == "0 added, 5 updated\n"
    people = program.json("people", "list")
    assert {p["name"] for p in people} == {"Ada Lovelace", "Ben [/] King", "Cy {{ }}", "Dee/Dee"}
    assert all(p["id"] for p in people)
    assert "Ben [/] King" in program.ok("people", "list")


def test_groups_are_listed_shown_and_checked(program: Program) -> None:
    assert {"id": GROUP, "title": "One-leg stance with cross-midline tap"}.items() <= {
        key: value for group in program.json("groups", "list") if group["id"] == GROUP for key, value in group.items()
    }.items()
    assert "toe taps" in program.ok("groups", "show", GROUP)
    assert program.ok("groups", "check") == ""


def test_a_group_is_shown_in_words_whatever_it_records(program: Program) -> None:
    (program.data / "groups").mkdir()
    soup = soup_file(kettle="fill the kettle", stir="stir the soup")
    (program.data / "groups" / "soup.toml").write_text(soup, "utf-8")
    assert "recipe (checklist): recipes; items fill the kettle, stir the soup\n" in program.ok(
        "groups", "show", "soup"
    )
    for group in program.json("groups", "list"):
        told = program.ok("groups", "show", group["id"])
        assert not [begin for begin in ("['", "('", "{'") if begin in told]


def test_recording_somebody_elses_sheet_changes_nobody_at_work(program: Program) -> None:
    for leader in (LEADER, "M. Okafor, COTA/L", LEADER):
        program.session(leader=leader)
        with DataFolder.open(program.data) as folder:
            assert str(folder.library.leader()) == LEADER
    with DataFolder.open(program.data) as folder:
        assert [str(known) for known in folder.library.leaders()] == [LEADER, "M. Okafor, COTA/L"]


def test_a_sheet_filled_and_recorded_is_shown_as_filled(program: Program) -> None:
    text = program.ok("sheet", GROUP, "--people", "Ada Lovelace (R2); Dee/Dee;Ben [/] King")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["participant"] for row in rows] == ["Ada Lovelace (R2)", "Dee/Dee", "Ben [/] King"]
    rows[0] |= {"attendance": "present", "taps_left": "12", "taps_right": "0", "lob": "0", "response": "good, tired"}
    rows[1] |= {"attendance": "late", "arrived": "10:06", "assistance": "cga"}
    rows[2] |= {"attendance": "declined", "remark": "pain"}
    session = program.ok("record", GROUP, program.tally(*rows), *WHEN).strip()
    shown = program.json("show", session)
    assert [shown[key] for key in ("id", "group", "date", "start", "end", "state", "leader")] == [
        session, GROUP, "2026-01-20", "10:00", "10:36", "ended", "J. Rivera, OTR/L"
    ]  # fmt: skip
    ada, dee, ben = ({k: v for k, v in p.items() if k != "id"} for p in shown["participants"])
    assert ada == {
        "name": "Ada Lovelace", "attendance": "present", "minutes": 36,
        "measures": {"taps": {"left": 12, "right": 0}}, "lob": 0, "balance_watched": True, "response": "good, tired",
    }  # fmt: skip
    assert dee == {"name": "Dee/Dee", "attendance": "late", "minutes": 30, "arrived": "10:06", "assistance": "CGA"}
    assert ben == {"name": "Ben [/] King", "attendance": "declined", "minutes": 0, "remarks": ["pain"]}


@pytest.mark.parametrize(
    "spelled",
    [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n"), lambda b: b.replace(b",", b";")],
    ids=["BOM", "CRLF", "semicolons"],
)
def test_spreadsheets_spell_csv_in_several_ways(program: Program, spelled: Callable[[bytes], bytes]) -> None:
    file = Path(program.tally({"participant": "Dee/Dee", "attendance": "present", "taps_left": "7"}))
    plain = file.read_bytes().replace(b"\r\n", b"\n")
    session = program.ok("record", GROUP, program.file("spelled.csv", spelled(plain)), *WHEN).strip()
    assert program.json("show", session)["participants"][0]["measures"] == {"taps": {"left": 7}}


def test_sessions_are_listed_and_found_by_the_beginning_of_their_id(program: Program) -> None:
    session = program.session()
    [entry] = program.json("sessions")
    assert (entry["id"], entry["date"], entry["end"], entry["state"]) == (session, "2026-01-20", "10:36", "ended")
    assert entry["participants"] == ["Ada Lovelace", "Dee/Dee", "Cy {{ }}"]
    assert session in program.ok("sessions")
    assert program.json("show", session[:12])["id"] == session
    assert "Dee/Dee: late, arrived 10:06, 30 min" in program.ok("show", session)


def test_an_empty_sheet_goes_into_a_new_file_only(program: Program) -> None:
    out = str(program.folder / "sheet.csv")
    program.ok("sheet", GROUP, "-o", out)
    Path(out).write_text("filled in meanwhile")
    assert "already" in program.refused("sheet", GROUP, "-o", out)
    assert Path(out).read_text() == "filled in meanwhile"


def test_everything_is_sound(program: Program) -> None:
    program.session()
    assert program.ok("check").startswith("sound: 1 sessions")


def test_check_lists_what_is_damaged(program: Program) -> None:
    session = program.session()
    journal = program.data / "sessions" / f"{session}.journal"
    journal.write_bytes(journal.read_bytes().replace(b"taps", b"tips", 1))
    groups = program.data / "groups"
    groups.mkdir()
    (groups / "mine.toml").write_text('schema = 1\nid = "mine"\n')
    result = program.run("check")
    assert result.exit_code == 1
    assert session in result.stdout
    assert "mine.toml: title: is missing" in result.stdout
    assert program.run("groups", "check", str(groups / "mine.toml")).exit_code == 1
    assert program.run("groups", "list").exit_code == 0


# --- notes -------------------------------------------------------------------------------------------


def test_notes_are_written_once_unless_told_to_replace(program: Program) -> None:
    session, out = program.session(), program.folder / "notes"
    result = program.run("notes", session, "-o", str(out))
    assert result.exit_code == 0, result.stderr
    written = result.stdout.splitlines()
    assert sorted(written) == sorted(str(path) for path in out.iterdir())
    assert "Cy {{ }}: missed treatment, absent (clinic)" in result.stderr.splitlines()
    before = {path: path.read_bytes() for path in out.iterdir()}
    assert "--overwrite" in program.refused("notes", session, "-o", str(out))
    assert {path: path.read_bytes() for path in out.iterdir()} == before
    result = program.run("notes", session, "-o", str(out), "--overwrite", "--format", "txt")
    assert result.exit_code == 0, result.stderr
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert f"{out}: {len(names)} files replaced: {', '.join(names)}" in result.stderr.splitlines()


def test_one_note_and_chosen_formats(program: Program) -> None:
    session, out = program.session(), program.folder / "notes"
    program.ok("notes", session, "-o", str(out), "--format", "txt", "--person", "dee/dee")
    [note] = out.iterdir()
    assert note.suffix == ".txt"
    assert "Ada" not in note.read_text()


@pytest.mark.parametrize(
    "options",
    [
        ("--format", "odt"),
        ("--format", ","),
        ("--template", "nothing"),
        ("--template", "../secret"),
        ("--person", "Nobody"),
    ],
)
def test_notes_that_cannot_be_written_leave_nothing(program: Program, options: tuple[str, str]) -> None:
    session, out = program.session(), program.folder / "notes"
    program.refused("notes", session, "-o", str(out), *options)
    assert not out.exists()


def test_notes_into_a_file_are_refused(program: Program) -> None:
    session = program.session()
    file = program.file("notes", "mine")
    program.refused("notes", session, "-o", file)
    program.refused("notes", session, "-o", f"{file}/deeper")
    assert Path(file).read_text() == "mine"


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("show", "nothing"), "otgroup sessions"),
        (("groups", "show", "one-leg-stanse"), GROUP),
        (("sheet", "nothing"), "no group"),
        (("sheet", GROUP, "--people", "Dee/De"), "did you mean"),
        (("sheet", GROUP, "--people", "Ada Lovelace"), "Ada Lovelace (R1)"),
        (("people", "import", "/nowhere/p.csv"), "no such file"),
        (("people", "import", "/"), "folder"),
        (("groups", "check", "/nowhere/g.toml"), "no such file"),
        (("notes", "nothing", "-o", "/tmp/never"), "no session"),
    ],
)
def test_what_does_not_exist_is_refused(program: Program, args: tuple[str, ...], says: str) -> None:
    assert says in program.refused(*args)


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--date", str(date.today() + timedelta(days=2)), "future"),  # noqa: DTZ011 - here, as the user sees it
        ("--date", "2026-02-30", "not a date"),
        ("--end", "09:00", "not after the start"),
        ("--end", "10:00", "not after the start"),
        ("--start", "ten", "HH:MM"),
        ("--leader", ",", "no name"),
    ],
)
def test_impossible_times_and_leaders_are_refused(program: Program, option: str, value: str, says: str) -> None:
    when = dict(zip(WHEN[::2], WHEN[1::2], strict=True)) | {option: value}
    tally = program.tally({"participant": "Dee/Dee", "attendance": "present"})
    assert says in program.refused("record", GROUP, tally, *(part for pair in when.items() for part in pair))
    assert program.json("sessions") == []


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"participant": "Nobody"}, "not a known participant"),
        ({"participant": "Ada Lovelace"}, "Ada Lovelace (R2)"),
        ({"taps_left": "twelve"}, "twelve"),
        ({"taps_left": "-4"}, "taps_left"),
        ({"taps_left": "4" * 299}, "too many"),
        ({"taps_left": "4" * 400}, "400 characters"),
        ({"attendance": "left_early", "left": "11:30"}, "outside the session"),
        ({"remark": "\u202ebackwards"}, "direction"),
        ({"remark": "\x1b]0;title\x07"}, "control"),
    ],
)
def test_a_bad_row_records_nothing(program: Program, row: dict[str, str], says: str) -> None:
    good = {"participant": "Cy {{ }}", "attendance": "present"}
    file = program.tally(good, {"participant": "Dee/Dee", "attendance": "present"} | row)
    message = program.refused("record", GROUP, file, *WHEN)
    assert f"{file}: row 3: " in message
    assert says in message
    assert program.json("sessions") == []


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b'name\n"Ada', b"name,nmae\nA,B\n", b"\xff\xfeA\x00", b"name\n" + b"x" * 300 + b"\n"],
    ids=["empty", "binary", "unclosed quote", "unknown column", "UTF-16", "long name"],
)
def test_a_bad_people_file_changes_nothing(program: Program, content: bytes) -> None:
    before = program.json("people", "list")
    program.refused("people", "import", program.file("bad.csv", content))
    assert program.json("people", "list") == before


def test_a_huge_file_is_refused_at_once(program: Program) -> None:
    huge = Path(program.file("huge.csv", b"name\n"))
    os.truncate(huge, 100_000_000)
    assert "5 MB" in program.refused("people", "import", str(huge))
    assert "5 MB" in program.refused("record", GROUP, str(huge), *WHEN)
    assert "5 MB" in program.refused("groups", "check", str(huge))


@pytest.mark.parametrize(
    "args", [("record", GROUP), ("notes", "x"), ("show",), ("frobnicate",), ("show", "x", "--yes")]
)
def test_missing_and_unknown_options_are_usage_errors(program: Program, args: tuple[str, ...]) -> None:
    assert program.run(*args).exit_code == 2


def test_an_unexpected_error_is_one_line_without_values(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("Ada Lovelace has fallen")

    monkeypatch.setattr(DataFolder, "open", fail)
    message = program.refused("people", "list")
    assert "ValueError at otgroup/" in message
    assert "Ada" not in message


def test_what_a_terminal_would_obey_is_never_printed(program: Program) -> None:
    odd = Person(id=PersonId("odd"), name="Eve\x1b[2J\u202e\x9b", short_name="Eve")
    with DataFolder.open(program.data, write=True) as folder:
        folder.library.save_people([odd])
    assert "Eve?[2J??" in program.ok("people", "list")
    text = program.ok("people", "list", "--json")
    assert not {"\x1b", "\u202e", "\x9b"} & set(text)
    assert odd.name in {person["name"] for person in json.loads(text)}


def test_a_paper_session_that_is_not_kept_remembers_no_leader(program: Program, monkeypatch) -> None:
    tally, drawn = program.file("tally.csv", TALLY), secrets.token_hex
    monkeypatch.setattr(secrets, "token_hex", lambda size: "same" if size == 2 else drawn(size))
    program.ok("record", GROUP, tally, *TIMES, "--leader", LEADER)
    assert "already" in program.refused("record", GROUP, tally, *TIMES, "--leader", "P. Soto, COTA/L")
    with DataFolder.open(program.data) as folder:
        assert [str(leader) for leader in folder.library.leaders()] == [LEADER]


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.file("data", "mine")
    program.refused("people", "import", program.file("people.csv", PEOPLE))
    assert (tmp_path / "data").read_text() == "mine"


# --- in a process of its own -------------------------------------------------------------------------


def test_the_folder_may_come_from_the_environment(program: Program) -> None:
    command = [sys.executable, "-m", "otgroup", "people", "list"]
    environment = os.environ | {"OTGROUP_DATA": str(program.data)}
    listed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=60)
    assert "Dee/Dee" in listed.stdout


def test_commands_do_not_load_the_screens() -> None:
    code = "import otgroup.cli, sys; sys.exit('textual' in sys.modules or 'otgroup.demo.play' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_names_survive_an_ascii_locale(program: Program) -> None:
    program.ok("people", "import", program.file("more.csv", "name\nZoë Ångström\n"))
    ended = program.process("people", "list", env=os.environ | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert ended.returncode == 0
    assert "Zoë Ångström" in ended.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_one_line(program: Program) -> None:
    with Path("/dev/full").open("w") as full:
        ended = program.process("people", "list", capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert line.startswith("otgroup: ")


def test_a_reader_that_goes_away_is_no_error_message(program: Program) -> None:
    session = program.session()
    reading, writing = os.pipe()
    os.close(reading)
    ended = program.process("show", session, "--json", capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert ended.stderr == ""


@pytest.mark.parametrize(
    ("what", "room"),
    [("record", 180), ("record", 4000), ("notes", 180), ("import", 180), ("sheet", 180)],
)
def test_a_full_disk_leaves_nothing_half_written(program: Program, what: str, room: int) -> None:
    session, out = program.session(), program.folder / "out"
    tally = program.tally({"participant": "Dee/Dee", "attendance": "present"})
    command = {
        "record": ("record", GROUP, tally, *WHEN),
        "notes": ("notes", session, "-o", str(out)),
        "import": ("people", "import", program.file("more.csv", "name\nNew Person\n")),
        "sheet": ("sheet", GROUP, "-o", str(out)),
    }[what]
    before = program.ok("people", "list"), program.ok("sessions")

    def small_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ended = program.process(*command, preexec_fn=small_disk)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1, ended.stderr
    assert ended.stderr.startswith("otgroup: ")
    assert (program.ok("people", "list"), program.ok("sessions")) == before
    assert not out.exists() or not list(out.iterdir())
    assert program.ok("check").startswith("sound")


def test_a_note_that_fails_is_said_and_the_others_are_written(program: Program) -> None:
    session = program.session()
    templates = program.data / "templates"
    templates.mkdir(exist_ok=True)
    (templates / "odd.j2").write_text('{% block Note %}{{ "x" if h.name != "Dee/Dee" else nothing }}{% endblock %}')
    out = program.folder / "out"
    result = program.run("notes", session, "-o", str(out), "--template", "odd", "--format", "txt")
    assert result.exit_code == 1
    written = [Path(line) for line in result.stdout.splitlines()]
    assert written
    assert all(path.is_file() for path in written)
    told = [line for line in result.stderr.splitlines() if "no note, odd.j2: line 1" in line]
    assert len(told) == 1
    assert told[0].startswith("Dee/Dee: ")


def test_a_faulty_letterhead_is_found_by_check_and_never_used(program: Program) -> None:
    session = program.session()
    templates = program.data / "templates"
    templates.mkdir(exist_ok=True)
    own = templates / "letterhead.docx"
    own.write_bytes(b"PK")
    result = program.run("check")
    assert result.exit_code == 1
    assert f"{own}: it is not a Word document, save it as .docx" in result.stdout.splitlines()
    out = program.folder / "notes"
    assert "letterhead.docx" in program.refused("notes", session, "-o", str(out), "--format", "txt,docx")
    assert not out.exists()
    own.unlink()
    program.ok("notes", session, "-o", str(out), "--format", "docx")
    assert {path.suffix for path in out.iterdir()} == {".docx"}


def test_every_format_is_written_and_nothing_beside_the_folder(program: Program) -> None:
    session, out = program.session(), program.folder / "notes"
    before = {path for path in program.folder.rglob("*") if path.name != "notes"}
    printed = program.ok("notes", session, "-o", str(out), "--format", ",".join(FORMATS)).splitlines()
    assert sorted(printed) == sorted(str(path) for path in out.iterdir())
    one_each = [name for name in printed if "_index_" not in name]
    assert {Path(name).name.split(".", 1)[1] for name in one_each} == {f.ending for f in FORMATS.values()}
    assert len(one_each) == 2 * len(FORMATS)
    assert len(printed) - len(one_each) == len(FORMATS) - 1
    assert {path for path in program.folder.rglob("*") if out not in (path, path.parent)} == before


def test_long_batches_show_how_far_they_are_on_a_terminal_only(program: Program) -> None:
    session, out = program.session(), program.folder / "notes"
    said = program.process("notes", session, "-o", str(out), "--format", "docx,pdf").stderr
    assert "100%" not in said
    where = ["--data", str(program.data)]
    command = ["-m", "otgroup", *where, "notes", session, "-o", f"{out}2", "--format", "docx,pdf"]
    terminal = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=60)
    terminal.expect("notes .* 100%")
    terminal.expect(pexpect.EOF)
    assert len(list(Path(f"{out}2").iterdir())) == 5


def test_a_cancelled_batch_leaves_nothing(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    session, out = program.session(), program.folder / "notes"

    def cancel(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("otgroup.export.letterhead.Letterhead.filled", cancel)
    assert program.run("notes", session, "-o", str(out), "--format", "txt,docx").exit_code == 1
    assert not out.exists()


@pytest.mark.parametrize("order", [("--data", "{}", "people", "list"), ("people", "list", "--data", "{}")])
def test_the_data_folder_may_be_named_before_or_behind_the_command(tmp_path, order) -> None:
    people = tmp_path / "people.csv"
    people.write_text("name\nAda Larkspur\n", "utf-8")
    data = str(tmp_path / "data")
    assert CliRunner().invoke(cli, ["--data", data, "people", "import", str(people)]).exit_code == 0
    result = CliRunner().invoke(cli, [word.format(data) for word in order])
    assert "Ada Larkspur" in result.stdout
