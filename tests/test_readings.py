"""No command reads a journal twice, however many sessions there are."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest

from otgroup.store import chain
from otgroup.store.folder import DataFolder
from tests.program import Program
from tests.store.games import ADA, BEN, ended

SESSIONS = 20
PART_A = msgspec.structs.replace(ADA, setting="SNF Part A")
"""For this setting a bill looks at every earlier session of the stay."""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """The program on the sessions of twenty days, of which no index is kept yet."""
    monkeypatch.chdir(tmp_path)
    made = Program(tmp_path)
    with DataFolder.open(made.data, write=True) as folder:
        for day in range(1, SESSIONS + 1):
            folder.sessions.save_whole(ended(f"2025-11-{day:02}", who=(PART_A, BEN)).log)
    return made


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each session's journal was read."""
    counted: Counter[str] = Counter()
    read = chain.read_chain

    def counting(content: bytes, where: str) -> chain.Contents:
        if Path(where).parent.name == "sessions":
            counted[Path(where).stem] += 1
        return read(content, where)

    monkeypatch.setattr(chain, "read_chain", counting)
    return counted


@pytest.mark.parametrize("index", [True, False], ids=["with an index", "without one"])
@pytest.mark.parametrize(
    ("command", "all_of_them"),
    [
        (("check",), True),
        (("sessions",), False),
        (("show", "20251120"), False),
        (("show", "20251120", "--evidence"), False),
        (("codes", "20251120"), True),
        (("notes", "20251120", "-o", "out"), False),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_reads_a_journal_once(program, readings, command, all_of_them, index) -> None:
    if index:
        with DataFolder.open(program.data, write=True) as folder:
            folder.sessions.summaries()
    readings.clear()
    program.ok(*command)
    assert set(readings.values()) <= {1}
    assert len(readings) == SESSIONS or not all_of_them
