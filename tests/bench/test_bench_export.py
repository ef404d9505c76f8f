"""What files cost beside the libraries that make them: Word, PDF, and the formats of text."""

import io
import json
from datetime import UTC
from itertools import count

import typst
from docxtpl import DocxTemplate
from msgspec.structs import replace

from otgroup.export import letterhead
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.export.html import page_text
from otgroup.export.pdf import page_of
from otgroup.notes.batch import Batch
from otgroup.notes.writer import NoteWriter
from tests.bench.beside import bare_environment, ratio
from tests.export import signed
from tests.letterhead import LETTERHEAD
from tests.strategies import load_template

BATCH, STATE = signed.eight()
WORK = ExportJob(batch=BATCH, state=STATE)
TEXT_FORMATS = ["txt", "md", "html"]


def test_word_beside_docxtpl_used_plainly(benchmark) -> None:
    """How many times as fast as `DocxTemplate(path)` opened, rendered and saved for each note."""

    def plainly() -> None:
        for note in BATCH.notes:
            document = DocxTemplate(LETTERHEAD)
            document.render(letterhead.tags_of(note), autoescape=True)
            document.save(io.BytesIO())

    def ours() -> None:
        hand_over(WORK, ["docx"])

    benchmark.extra_info["ratio"] = ratio(plainly, ours, 15)
    benchmark.pedantic(ours, rounds=15)


def test_a_pdf_batch_beside_bare_typst(benchmark) -> None:
    """The same documents, their data ready, by one bare compiler; no text comes twice, for typst remembers."""
    numbers, source = count(), page_text("note.typ").encode()

    def fresh() -> Batch:
        mark = f"R-{next(numbers)}"
        notes = (replace(n, header=replace(n.header, record_number=f"{mark}-{i}")) for i, n in enumerate(BATCH.notes))
        return replace(BATCH, notes=tuple(notes))

    def documents(batch: Batch) -> list[dict[str, str]]:
        pages = [page_of(note) for note in batch.notes]
        each = [{"title": "t", "author": "a", "notes": [page], "rows": []} for page in pages]
        whole = {"title": "t", "author": "", "notes": pages, "rows": ["a row"] * len(pages)}
        return [{"data": json.dumps(one)} for one in (*each, whole)]

    prepared, batches = iter([documents(fresh()) for _ in range(40)]), iter([fresh() for _ in range(80)])

    def bare() -> None:
        compiler = typst.Compiler(source, ignore_system_fonts=True)
        for data in next(prepared):
            compiler.compile(source, format="pdf", sys_inputs=data, timestamp=STATE.started_at.astimezone(UTC))

    def ours() -> None:
        hand_over(replace(WORK, batch=next(batches)), ["pdf"])

    benchmark.extra_info["ratio"] = ratio(ours, bare, 30)
    benchmark.pedantic(ours, rounds=15)


def test_all_text_formats_of_eight_notes_beside_bare_renders(benchmark) -> None:
    """From facts to the files' content in every format of text, beside one bare render of each note."""
    writer, env = NoteWriter(load_template), bare_environment()
    wording = {"act": type("Act", (), vars(env.get_template("activities/general.j2").module))}
    contexts = [writer.context(facts) | wording for facts in BATCH.facts.values()]
    template = env.get_template("narrative.j2")

    def bare() -> None:
        for context in contexts:
            template.render(context)

    def ours() -> None:
        notes = tuple(writer.write(facts) for facts in BATCH.facts.values())
        hand_over(replace(WORK, batch=replace(BATCH, notes=notes)), TEXT_FORMATS)

    benchmark.extra_info["ratio"] = ratio(ours, bare, 60)
    benchmark.pedantic(ours, rounds=30)
