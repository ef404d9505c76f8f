"""A damaged library: what is sound in it is used, the damaged file is kept, and it stops nobody."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.cli import cli
from otgroup.errors import Damaged
from otgroup.record.people import Leader, Person, PersonId
from otgroup.store import chain
from otgroup.store.chain import DocumentChange
from otgroup.store.folder import DataFolder
from otgroup.store.salvage import salvage
from tests.store.games import ended

PEOPLE = [Person(id=PersonId(f"p{n}"), name=f"Ada {n}", short_name=f"Ada {n}") for n in range(1, 7)]
LEADER = Leader("J. Rivera", "OTR/L")


@pytest.fixture
def data(tmp_path):
    """A folder with a session and six participants, each kept by itself."""
    with DataFolder.open(tmp_path / "data", write=True) as folder:
        for person in PEOPLE:
            folder.library.save_people([person])
        folder.library.remember_leader(LEADER)
        folder.sessions.save_whole(ended("2025-11-17", "good").log)
    return tmp_path / "data"


def damage(data, line: int = 3) -> bytes:
    """Flip a bit in a line of the library."""
    path = data / "library.journal"
    lines = path.read_bytes().split(b"\n")
    lines[line - 1] = lines[line - 1].replace(b"Ada", b"Bda", 1)
    path.write_bytes(b"\n".join(lines))
    return path.read_bytes()


def run(data, *args: str):
    return CliRunner().invoke(cli, ["--data", str(data), *args])


@pytest.mark.parametrize(
    "args",
    [
        ["sessions", "--json"],
        ["show", "2025", "--json"],
        ["codes", "2025", "--json"],
        ["people", "list", "--json"],
        ["minutes", "list"],
        ["groups", "list", "--json"],
        ["groups", "check"],
        ["sheet", "one-leg-stance"],
    ],
    ids=" ".join,
)
def test_every_command_that_reads_works_and_says_it_once(data, args) -> None:
    sound = run(data, *args)
    before = damage(data)
    done = run(data, *args)
    assert (done.exit_code, done.stdout.count("\n") > 0) == (0, sound.stdout.count("\n") > 0), done.stderr
    assert done.stderr.count("library.journal, line 3: damaged") == 1
    if args[0] in ("show", "codes", "sessions"):
        assert done.stdout == sound.stdout
    assert (data / "library.journal").read_bytes() == before, "a reader changes nothing"
    assert not (data / "quarantine").exists()


def test_notes_are_written_and_check_lists_the_damage(data, tmp_path) -> None:
    damage(data)
    assert run(data, "notes", "2025", "-o", str(tmp_path / "notes")).exit_code == 0
    checked = run(data, "check")
    assert (checked.exit_code, checked.stdout.count("line 3: damaged")) == (1, 1)


def test_a_writer_goes_on_with_what_is_sound_and_keeps_the_damaged_file(data) -> None:
    before = damage(data)
    new = Person(id=PersonId("p9"), name="Cyd Moss", short_name="Cyd")
    with DataFolder.open(data, write=True) as folder:
        assert folder.library.people() == [p for p in PEOPLE if p.id != "p2"]
        assert folder.library.leader() == LEADER
        [notice] = folder.notices
        folder.library.save_people([new])
    [kept] = (data / "quarantine").iterdir()
    assert kept.read_bytes() == before
    assert str(kept) in notice
    assert "line 3: damaged" in notice
    with DataFolder.open(data) as reader:
        assert reader.notices == []
        assert new in reader.library.people()
        assert len(reader.sessions.summaries()) == 1


@settings(max_examples=120, deadline=None)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_flipped_bit_costs_at_most_the_lines_beside_it(place, bit) -> None:
    stamp = chain.JournalStamp("test", "here", lambda: datetime(2025, 11, 17, tzinfo=UTC))
    line, tip = chain.header_line(stamp)
    lines = [line]
    for seq in range(8):
        line, tip = chain.change_lines([DocumentChange("people", seq, b'{"n":%d}' % seq)], stamp, seq, tip)
        lines.append(line)
    whole = bytearray(b"".join(lines))
    place %= len(whole)
    whole[place] ^= 1 << bit
    left, lost = salvage(bytes(whole))
    kept = left.tables.get("people", {})
    assert len(kept) >= 6
    assert all(doc == b'{"n":%d}' % number for number, doc in kept.items())
    assert lost <= 3


def test_an_update_of_several_lines_is_taken_whole_or_not_at_all() -> None:
    stamp = chain.JournalStamp("test", "here", lambda: datetime(2025, 11, 17, tzinfo=UTC))
    head, tip = chain.header_line(stamp)
    two, tip = chain.change_lines([DocumentChange("t", 1, b"1"), DocumentChange("t", 2, b"2")], stamp, 0, tip)
    one, _ = chain.change_lines([DocumentChange("t", 3, b"3")], stamp, 2, tip)
    for spoilt in (two.replace(b'"id":1', b'"id":7'), two.replace(b'"id":2', b'"id":7')):
        left, lost = salvage(head + spoilt + one)
        assert left.tables == {"t": {3: b"3"}}
        assert lost >= 1


def test_a_newer_library_is_not_taken_for_a_damaged_one(data) -> None:
    line, _ = chain.seal(
        json.dumps(
            {"journal": "otgroup", "schema": 9, "entered": "", "author": "", "device": ""}, separators=(",", ":")
        ).encode(),
        b"",
    )
    (data / "library.journal").write_bytes(line + b"[new ways]\n[more]\n")
    with pytest.raises(Damaged):
        DataFolder.open(data, write=True)
    assert not (data / "quarantine").exists()


def forged(data, spoil) -> None:
    """A second session whose chain is sound and whose content is not."""
    [path] = (data / "sessions").glob("*.journal")
    tip, lines = b"", []
    for line in path.read_bytes().split(b"\n")[:-1]:
        sealed, tip = chain.seal(spoil(line[1:-68]), tip)
        lines.append(sealed)
    (data / "sessions" / "20250101-forged-0000.journal").write_bytes(b"".join(lines))


SPOILT = {
    "no UTF-8": lambda record: record.replace(b"Rivera", b"Riv\xff\xfera"),
    "no event": lambda record: record.replace(b'"kind":"joined"', b'"kind":"jumped"'),
    "no start": lambda record: record.replace(b'"kind":"started"', b'"kind":"ended"'),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_forged_session_hides_no_other_one(data, how) -> None:
    forged(data, SPOILT[how])
    listed = run(data, "sessions", "--json")
    assert (listed.exit_code, len(json.loads(listed.stdout))) == (0, 1)
    assert "forged" in listed.stderr
    checked = run(data, "check")
    assert (checked.exit_code, "forged" in checked.stdout) == (1, True)
    shown = run(data, "show", "20250101")
    assert (shown.exit_code, shown.stderr.count("\n")) == (1, 1)
