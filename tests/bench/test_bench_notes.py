"""What notes cost: rendering beside a bare sandboxed render, a batch of files beside plain writes."""

from itertools import count
from pathlib import Path

import pytest

from otgroup.export.folder import planned_files, write_folder
from otgroup.notes.batch import write_batch
from otgroup.notes.facts.reading import facts_for
from otgroup.notes.writer import NoteWriter
from tests.bench.beside import bare_environment, ratio
from tests.notes import records
from tests.strategies import load_template


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
