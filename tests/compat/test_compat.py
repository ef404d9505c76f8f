"""Journals of an earlier OTGroup open, and tell the same, byte for byte (README.md says what each one holds).

OTGROUP_GOLDEN=1 writes the expected outputs anew: only where a fault was mended that they show.
"""

import lzma
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from otgroup.cli import cli
from tests.compat import reader

HERE = Path(__file__).parent
DATA, EXPECTED = HERE / "data", HERE / "expected"
SESSIONS = sorted(path.stem for path in (DATA / "sessions").iterdir())
FULL, TEXT = "txt,md,csv,fhir,html", "txt,md"
TEMPLATES = {"narrative": FULL, "soap-brief": FULL}
TEMPLATES |= dict.fromkeys(("soap", "dap", "narrative-brief", "dap-brief", "ward"), TEXT)
Outputs = dict[str, bytes]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def run(data: Path, *args: str) -> tuple[bytes, bytes]:
    """What a command prints, and what it says beside it; where this folder stands is no part of it."""
    result = CliRunner().invoke(cli, ["--data", str(data), *args])
    told = result.stderr_bytes.replace(str(data).encode(), b"DATA") + b"exit %d\n" % result.exit_code
    return result.stdout_bytes, told


def told_of(data: Path, session: str) -> Outputs:
    commands = {"show.txt": ("show",), "show.json": ("show", "--json"), "codes.json": ("codes", "--json")}
    printed = {name: run(data, args[0], session, *args[1:]) for name, args in commands.items()}
    return {name: out for name, (out, _) in printed.items()} | {
        "told.txt": b"".join(b"%s\n%s" % (name.encode(), err) for name, (_, err) in printed.items())
    }


def notes_of(data: Path, session: str, out: Path) -> Outputs:
    """Every note in every layout and format, and the summaries. Nothing in them tells when they were written."""
    found: Outputs = {}
    for template, formats in TEMPLATES.items():
        folder = out / template
        _, said = run(data, "notes", session, "-o", str(folder), "--format", formats, "--template", template)
        found[f"{template}/told"] = said
        found |= {f"{template}/{p.name}": p.read_bytes() for p in sorted(folder.glob("*"))}
    return found


def joined(files: Mapping[str, bytes]) -> bytes:
    return b"".join(b"===== %s, %d bytes\n%s\n" % (name.encode(), len(text), text) for name, text in files.items())


def parts(text: bytes) -> Outputs:
    """The files that `joined` put together."""
    found: Outputs = {}
    while text:
        head, _, text = text.partition(b"\n")
        name, size = head.decode().removeprefix("===== ").removesuffix(" bytes").rsplit(", ", 1)
        found[name], text = text[: int(size)], text[int(size) + 1 :]
    return found


def same(found: Outputs, folder: Path, packed: str = "") -> None:
    """Compare outputs with the files in a folder (in one packed file of it), named by what differs."""
    if os.environ.get("OTGROUP_GOLDEN"):
        folder.mkdir(parents=True, exist_ok=True)
        kept = {packed: lzma.compress(joined(found), preset=9)} if packed else found
        for name, content in kept.items():
            (folder / name).write_bytes(content)
    names = [] if packed else list(found)
    expected = parts(lzma.decompress((folder / packed).read_bytes())) if packed else {}
    expected |= {name: (folder / name).read_bytes() for name in names}
    assert list(found) == list(expected)
    for name, content in found.items():
        assert content.decode() == expected[name].decode(), name


def content_of(folder: Path) -> Outputs:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_lists_are_the_same(data: Path) -> None:
    lists = {"sessions.json": ("sessions",), "people.json": ("people", "list"), "minutes.json": ("minutes", "list")}
    found = {name: run(data, *args, "--json")[0] for name, args in lists.items()}
    found |= {name.replace("json", "txt"): run(data, *args)[0] for name, args in lists.items()}
    same(found, EXPECTED)
    assert content_of(data) == content_of(DATA)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_session_is_shown_and_coded_the_same_and_reading_changes_nothing(data: Path, session: str) -> None:
    same(told_of(data, session), EXPECTED / session)
    assert content_of(data) == content_of(DATA)


@pytest.mark.parametrize("session", SESSIONS)
def test_a_sessions_notes_are_the_same(data: Path, session: str, tmp_path: Path) -> None:
    same(notes_of(data, session, tmp_path / "notes"), EXPECTED / session, "notes.xz")
    left = f"sessions/{session}.journal"
    before, after = content_of(DATA), content_of(data)
    added = after[left].removeprefix(before[left])
    assert all(b'"kind":"handedover"' in line for line in added.splitlines())
    assert bool(added) == (b'"role":"author"' in before[left])
    reader.tables(after[left])  # what was added goes on with the chain
    assert {name: after[name] for name in before if name != left} == {n: c for n, c in before.items() if n != left}


def test_all_is_sound_but_for_the_two_unfinished_ends(data: Path) -> None:
    out, told = run(data, "check")
    same({"check.txt": out.replace(str(data).encode(), b"DATA")}, EXPECTED)
    assert (len(out.splitlines()), told) == (2, b"exit 1\n")
    assert content_of(data) == content_of(DATA)
