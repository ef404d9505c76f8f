"""What may know what, seen from a fresh interpreter: no room but `ui` brings Textual along."""

import ast
import json
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOMS = ("record", "group", "billing", "store", "notes", "intake", "export", "board", "commands", "demo")
LOADED = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"


def loaded_after(code: str) -> set[str]:
    """The packages a fresh interpreter has imported after running `code`."""
    run = subprocess.run([sys.executable, "-c", f"{code}\n{LOADED}"], capture_output=True, text=True, check=True)
    return set(json.loads(run.stdout.splitlines()[-1]))


def modules(room: str) -> list[str]:
    package = import_module(f"otgroup.{room}")
    return [found.name for found in pkgutil.walk_packages(package.__path__, f"otgroup.{room}.")]


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_imported_whole_without_textual(room) -> None:
    names = modules(room)
    assert names
    loaded = loaded_after("import " + ", ".join(names))
    assert not {"textual", "rich"} & loaded


@pytest.mark.parametrize("room", ["record", "group", "billing", "notes", "intake", "export", "board"])
def test_only_the_store_brings_the_database(room) -> None:
    assert not {"tinydb", "filelock"} & loaded_after("import " + ", ".join(modules(room)))


@pytest.mark.parametrize("args", [["--help"], ["groups", "list"], ["sessions"]])
def test_a_command_starts_without_textual(args, tmp_path) -> None:
    words = ["--data", str(tmp_path), *args]
    code = f"from otgroup.cli import cli\ncli.main({words!r}, standalone_mode=False)"
    loaded = loaded_after(code)
    assert "otgroup" in loaded
    assert "textual" not in loaded


@pytest.mark.parametrize("start", ["import otgroup.cli", "import otgroup.ui.app", "import otgroup.export.folder"])
def test_libraries_of_a_format_are_loaded_only_for_it(start) -> None:
    assert not {"docxtpl", "docx", "lxml", "typst"} & loaded_after(start)


def test_the_check_sees_textual_where_it_is() -> None:
    assert "textual" in loaded_after("import otgroup.ui.app")


def imported_test_modules(path: Path) -> Iterator[str]:
    """The test modules that a file imports, in whatever form it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module or ''}.{name.name}" for name in node.names]
        else:
            continue
        yield from (name for name in names if any(part.startswith("test_") for part in name.split(".")))


def test_no_test_module_is_imported_by_another() -> None:
    files = sorted(Path(__file__).parent.rglob("*.py"))
    assert len(files) > 50
    assert {path.name: found for path in files if (found := list(imported_test_modules(path)))} == {}


@pytest.mark.parametrize(
    "line",
    ["from tests.ui.test_app import X", "from tests.ui import test_app", "import tests.ui.test_app"],
)
def test_the_check_sees_every_form_of_import(tmp_path, line) -> None:
    (tmp_path / "other.py").write_text(line, "utf-8")
    assert list(imported_test_modules(tmp_path / "other.py"))


def public_names(path: Path) -> set[str]:
    """What a module itself defines at its top, without what begins with an underscore."""
    found = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return {name for name in found if not name.startswith("_")}


FOUND_BY_FILE = {("KEYS", "board/parts"), ("WORDS", "notes/parts")}
"""Each kind of measure has a file that says these, and is looked up by the name of the file."""


def test_a_public_name_stands_in_one_module() -> None:
    package = Path(__file__).parents[1] / "otgroup"
    modules: dict[str, list[str]] = {}
    for path in sorted(package.rglob("*.py")):
        for name in public_names(path):
            if (name, path.parent.relative_to(package).as_posix()) not in FOUND_BY_FILE:
                modules.setdefault(name, []).append(str(path.relative_to(package)))
    assert len(modules) > 1000
    assert {name: places for name, places in modules.items() if len(places) > 1} == {}


def test_the_check_sees_every_form_of_definition(tmp_path) -> None:
    (tmp_path / "module.py").write_text("A = 1\nB: int = 2\nC, _d = 3, 4\ndef e(): f = 5\nclass G: h = 6\n", "utf-8")
    assert public_names(tmp_path / "module.py") == {"A", "B", "C", "e", "G"}
