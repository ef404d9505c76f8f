"""The targets of the project: what is typed while working, and what `.ci/run` does. `nox --list` shows them.

The first ones run in the environment that nox itself was installed in, with the project; the others make their own.
"""

import shutil
import sys
from pathlib import Path

import nox

PYTHONS = ("3.11", "3.12", "3.13", "3.14")
ROOT = Path(__file__).parent
LOCK = ROOT / "constraints.txt"
QUICK = (
    "tests/record/test_fold.py",
    "tests/group/test_protocol.py",
    "tests/board",
    "tests/store/test_sessions.py",
    "tests/ui/board",
    "tests/test_cli.py",
)
"""What is tried with every Python: the record, group files, the board, the journals, the commands."""

nox.options.sessions = ["style", "types", "imports", "tests"]
nox.options.default_venv_backend = "venv"
nox.options.download_python = "never"
nox.options.error_on_missing_interpreters = False
nox.needs_version = ">=2025.5"


def _run(session: nox.Session, tool: str, *args: str) -> None:
    """A tool of the environment that nox runs in."""
    session.run(str(Path(sys.executable).parent / tool), *args, external=True)


@nox.session(python=False)
def style(session: nox.Session) -> None:
    """Faults and form of the code; `-- --fix` mends what can be."""
    if "--fix" in session.posargs:
        _run(session, "ruff", "check", "--fix", ".")
        _run(session, "ruff", "format", ".")
    else:
        _run(session, "ruff", "check", ".")
        _run(session, "ruff", "format", "--check", ".")


@nox.session(python=False)
def types(session: nox.Session) -> None:
    """The types, strictly."""
    _run(session, "mypy")


@nox.session(python=False)
def imports(session: nox.Session) -> None:
    """Which room may know which."""
    _run(session, "lint-imports")


@nox.session(python=False)
def tests(session: nox.Session) -> None:
    """The tests on all cores, or what is named: `-- tests/board -k undo`."""
    _run(session, "python", "-m", "pytest", "-n", "auto", *session.posargs)


@nox.session(python=False)
def bench(session: nox.Session) -> None:
    """The benchmarks."""
    _run(session, "python", "-m", "pytest", "--benchmark-only", *session.posargs)


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel alone, from another folder: its data, its types, its version, notes in every format."""
    file = _wheel(session)
    session.install("--quiet", str(file))
    otgroup, checkout = str(Path(session.bin) / "otgroup"), (ROOT / "otgroup" / "__init__.py").read_text("utf-8")
    session.chdir(session.create_tmp())
    said = session.run(otgroup, "--version", silent=True, external=True) or ""
    if f'"{said.split()[-1]}"' not in checkout or f"-{said.split()[-1]}-" not in file.name:
        session.error(f"the version is not one and the same: {said.strip()}, {file.name}, {checkout.strip()}")
    session.run("python", "-c", "import importlib.resources as r; assert (r.files('otgroup') / 'py.typed').is_file()")
    session.run(otgroup, "demo", "--batch", "notes", external=True)
    session.run(otgroup, "--data", "data", "check", external=True)
    session.run(otgroup, "--data", "demo", "demo", "--batch", "kept", external=True, silent=True)
    session.run(
        otgroup, "--data", "demo", "notes", "20260310", "-o", "all", "--format", "md,txt,html,docx,pdf,csv,fhir",
        external=True, silent=True,
    )  # fmt: skip
    for folder, pattern, least in (("notes", "*.txt", 17), ("all", "*", 51)):
        if sum(path.is_file() for path in Path(folder).rglob(pattern)) < least:
            session.error(f"{folder} has fewer than {least} files")


@nox.session(python=PYTHONS)
def pythons(session: nox.Session) -> None:
    """The wheel and the locked versions on every Python that is here: the quick tests, without the checkout."""
    session.install("--quiet", "-c", str(LOCK), f"otgroup[dev] @ {_wheel(session).as_uri()}")
    apart = Path(session.create_tmp())
    for name in ("tests", "groups", "templates", "pyproject.toml", "README.md"):
        source = ROOT / name
        shutil.rmtree(apart / name, ignore_errors=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, apart / name)
    session.chdir(apart)
    session.run("python", "-m", "pytest", "-q", "-n", "2", *QUICK)


@nox.session
def lock(session: nox.Session) -> None:
    """Write constraints.txt anew: the newest versions that pyproject.toml allows."""
    session.install("--quiet", "-e", ".[dev]")
    frozen = session.run("python", "-m", "pip", "freeze", "--exclude", "otgroup", silent=True) or ""
    head = "# The versions that the tests were run with. Written by `nox -s lock`; never edited by hand.\n"
    LOCK.write_text(head + frozen, "utf-8")


def _wheel(session: nox.Session) -> Path:
    """The wheel, built once in a run of nox."""
    folder = Path(session.cache_dir).resolve() / "dist"
    if not _BUILT:
        shutil.rmtree(folder, ignore_errors=True)
        session.install("--quiet", "build")
        session.run("python", "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT), silent=True)
        _BUILT.extend(folder.glob("*.whl"))
    return _BUILT[0]


_BUILT: list[Path] = []
