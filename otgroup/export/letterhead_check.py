"""Whether a letterhead can be used: it is filled with made-up notes, and read again."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from docx import Document

from otgroup.errors import BadInput
from otgroup.export.layout import laid_out
from otgroup.export.letterhead import Letterhead
from otgroup.notes.examples import example_facts
from otgroup.notes.note import Addition, Note, Section, Signature
from otgroup.record.people import Leader

_AT: Final = datetime(2025, 11, 24, 11, 0, tzinfo=UTC)
_TEXT: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def letterhead_problems(content: bytes, name: str) -> list[str]:
    """Everything wrong with a letterhead, one line each."""
    try:
        letterhead = Letterhead(content, name)
        missing = [line for note in _examples() for line in _missing(note, _shown(letterhead.filled(note)))]
    except BadInput as problem:
        return [str(problem)]
    return [f"{name}: {line}" for line in dict.fromkeys(missing)]


def _missing(note: Note, text: str) -> Iterator[str]:
    """The parts of a note without which nobody may use the letterhead."""
    page = laid_out(note)
    parts = (
        ("status", (page.status,), "{{ status }}"),
        ("participant's name", (page.name,), "{{ name }}"),
        ("date of service", (note.header.date,), "{{ date }}"),
        ("sections", [line for s in page.sections for line in (s.title, *s.paragraphs)], "sections"),
        ("signatures", page.signatures, "signatures"),
        ("additions", [line for s in page.additions for line in (s.title, *s.paragraphs)], "additions"),
    )
    for what, lines, tag in parts:
        if any(line not in text for line in lines):
            how = tag if "{" in tag else f"a loop over {tag}"
            yield f"the note's {what} would be missing, put {how} into the document as templates/README.md shows"


def _shown(document: bytes) -> str:
    """All text of a document: its body, headers and footers."""
    opened = Document(io.BytesIO(document))
    parts = [opened.element]
    for section in opened.sections:
        parts += [part._element for part in (section.header, section.footer)]
    return "\n".join(
        "".join(text.text or "" for text in p.iter(_TEXT)) for part in parts for p in part.iter(f"{_TEXT[:-1]}p")
    )


def _examples() -> Iterator[Note]:
    """Drafts of a full and of a nearly empty record, and a signed note with an addition."""
    for facts in example_facts("example"):
        yield Note(facts.header, "example", (Section("First", ("First paragraph.",)), Section("Last", ("The end.",))))
    leader = Leader("J. Rivera", "OTR/L")
    signature = Signature(by=leader, at=_AT, digest="0" * 64)
    addition = Addition(kind="addendum", text="What was added.", by=leader, at=_AT)
    header = example_facts("example")[0].header
    yield Note(header, "example", (Section("Only", ("A paragraph.",)),), (signature,), (addition,))
