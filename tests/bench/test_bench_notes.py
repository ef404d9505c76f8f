"""What notes cost: rendering beside a bare sandboxed render, a batch of files beside plain writes."""

import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median

import pytest
from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from otgroup.export.folder import planned_files, write_folder
from otgroup.notes.batch import write_batch
from otgroup.notes.facts import facts_for
from otgroup.notes.grammar import FILTERS
from otgroup.notes.phrases import PHRASES
from otgroup.notes.writer import NoteWriter
from tests.notes import records
from tests.strategies import load_template


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> float:
    """Medians of both, taken in turn so that a busy machine slows both."""
    pairs = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    return median(a for a, _ in pairs) / median(b for _, b in pairs)


def bare_environment() -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load_template), undefined=StrictUndefined, autoescape=False, auto_reload=False
    )
    env.filters.update({**FILTERS, **PHRASES})
    return env


@pytest.mark.parametrize("template", ["narrative", "soap"])
def test_a_note_beside_a_bare_render_of_its_template(benchmark, template) -> None:
    writer, env = NoteWriter(load_template), bare_environment()
    facts = facts_for(records.one_leg_stance(), records.JAMES.id)
    general = env.get_template("activities/general.j2")
    context = writer.context(facts) | {"act": type("Act", (), dict(vars(general.module)))}
    bare = env.get_template(f"{template}.j2")
    benchmark.extra_info["ratio"] = ratio(lambda: writer.write(facts, template), lambda: bare.render(context), 300)
    benchmark(writer.write, facts, template)


def test_facts_and_notes_of_a_whole_group(benchmark) -> None:
    state, writer = records.one_leg_stance(), NoteWriter(load_template)
    benchmark(write_batch, state, writer)


def test_a_folder_of_notes_beside_plain_writes(benchmark, tmp_path: Path) -> None:
    state = records.one_leg_stance()
    files = planned_files(write_batch(state, NoteWriter(load_template)), state, ["txt", "md"])
    number = count()

    def plainly() -> None:
        out = tmp_path / f"plain{next(number)}"
        out.mkdir()
        for name, data in files.items():
            (out / name).write_bytes(data)

    def ours() -> None:
        write_folder(tmp_path / f"ours{next(number)}", files, overwrite=False)

    benchmark.extra_info["ratio"] = ratio(ours, plainly, 60)
    benchmark.pedantic(ours, rounds=30)
