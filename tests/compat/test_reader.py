"""A reader in another hand agrees with the program: on the set, and on random sessions."""

import json
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.cli import cli
from otgroup.record.codec import ANY_EVENT
from otgroup.record.event import Event
from otgroup.record.fold import apply, fold
from otgroup.record.refusal import why_not
from otgroup.store.folder import DataFolder
from tests.compat import reader
from tests.strategies import sessions

DATA = Path(__file__).with_name("data")
FIGURES = (
    "minutes", "cues", "level", "unsteady", "lob", "falls", "balance_watched", "pain_before", "pain", "response",
    "plan", "remarks",
)  # fmt: skip
"""What of `show --json` the reader tells, beside the counts."""
JOURNALS = sorted((DATA / "sessions").iterdir())


def shown(data: Path, session: str) -> dict[str, Any]:
    result = CliRunner().invoke(cli, ["--data", str(data), "show", session, "--json"])
    assert result.exit_code == 0, result.stderr
    return {p["id"]: p for p in json.loads(result.stdout)["participants"]}


def counts_in(measures: dict[str, Any]) -> dict[tuple[str, str | None], int]:
    """Counts by measure and side: those of the program's measures that are numbers of something done."""
    sided = {(m, side): n for m, by in measures.items() if isinstance(by, dict) for side, n in by.items()}
    return sided | {(m, None): n for m, n in measures.items() if isinstance(n, int)}


def agrees(read: dict[str, Any], told: dict[str, Any], values: set[str]) -> None:
    assert list(read) == list(told)
    for who, found in read.items():
        counted = {m: n for m, n in told[who].get("measures", {}).items() if m not in values}
        expected = {name: told[who][name] for name in FIGURES if name in told[who]}
        expected |= {"counts": counts} if (counts := counts_in(counted)) else {}
        assert found == expected


def values_of(journal: bytes) -> set[str]:
    protocol = next(iter(reader.tables(journal)["events"].values()))["protocol"]
    return {measure["id"] for measure in protocol["measures"] if measure["kind"] == "value"}


@pytest.mark.parametrize("journal", JOURNALS, ids=lambda path: path.stem)
def test_the_reader_tells_what_the_program_shows(journal: Path) -> None:
    content = journal.read_bytes()
    agrees(reader.people_of(content), shown(DATA, journal.stem), values_of(content))


@given(sessions(), st.data())
@settings(max_examples=25, deadline=None)
def test_the_reader_tells_what_the_program_shows_of_random_sessions(state, data) -> None:
    events = [msgspec.to_builtins(event) for event in state.log]
    events += [mended(events, n, data) for n in range(data.draw(st.integers(0, 4)))]
    kept = permitted(msgspec.convert(events, list[ANY_EVENT]))
    with tempfile.TemporaryDirectory() as name:
        with DataFolder.open(Path(name), write=True) as folder:
            folder.sessions.save_whole(kept)
        [journal] = Path(name, "sessions").iterdir()
        content = journal.read_bytes()
        agrees(reader.people_of(content), shown(Path(name), journal.stem), values_of(content))


def permitted(events: list[Event]) -> list[Event]:
    """Those that may be recorded one after another."""
    kept, state = events[:1], fold(events[:1])
    for event in events[1:]:
        if why_not(state, event) is None:
            kept.append(event)
            state = apply(state, event)
    return kept


def mended(events: list[dict[str, Any]], number: int, data: st.DataObject) -> dict[str, Any]:
    """An event taken back, or given to somebody on the board."""
    own = {key: events[-1][key] for key in ("entered", "at", "by") if key in events[-1]}
    target = data.draw(st.sampled_from([e for e in events if e["kind"] not in ("started", "joined")] or events))
    board = [e["person"]["id"] for e in events if e["kind"] == "joined"]
    kind: dict[str, Any] = {"kind": "undone"}
    if data.draw(st.booleans()):
        kind = {"kind": "moved", "to": data.draw(st.sampled_from(board))}
    return own | kind | {"id": f"mended-{number}", "event": target["id"]}


@pytest.mark.parametrize("journal", [*JOURNALS, DATA / "library.journal"], ids=lambda path: path.stem)
def test_a_changed_byte_is_found(journal: Path) -> None:
    content = journal.read_bytes()
    middle = content.index(b'"entered"', len(content) // 2) + 3
    with pytest.raises(ValueError, match=r"^\d+$"):
        reader.tables(content[:middle] + b"X" + content[middle + 1 :])


def test_an_update_counts_whole_or_not_at_all() -> None:
    content = next(path for path in JOURNALS if path.stem.startswith("20260306-one-leg-stance")).read_bytes()
    lines = content.splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if b'"more":true' in line)
    papers = len(reader.tables(b"".join(lines[:first]))["papers"])
    for end in range(len(b"".join(lines[:first])), len(b"".join(lines[: first + 2]))):
        assert len(reader.tables(content[:end])["papers"]) == papers
    assert len(reader.tables(b"".join(lines[: first + 2]))["papers"]) == papers + 2
