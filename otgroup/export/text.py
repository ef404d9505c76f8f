"""A note as plain text and as Markdown: one paragraph is one line, so that it can be pasted into an EHR."""

import re
from collections.abc import Iterator
from typing import Final

from otgroup.export.layout import laid_out
from otgroup.notes.note import Note, Section


def as_text(note: Note) -> str:
    """The note as plain text: header, sections, signatures, additions; LF line ends."""
    page = laid_out(note)
    lines = [page.status, ""] if page.status else []
    lines += [f"{label}: {text}" for label, text in page.header]
    lines += _titled(page.sections)
    lines += ["", *page.signatures, *_titled(page.additions)]
    return "\n".join([*lines, ""])


def _titled(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from ("", section.title, *section.paragraphs)


def as_markdown(note: Note) -> str:
    """The note as Markdown; marks in recorded text are escaped where they would change its meaning."""
    page = laid_out(note)
    lines = [f"# {escaped(page.title)}: {escaped(page.name)}", ""]
    lines += [f"**{page.status}**", ""] if page.status else []
    lines += [f"- **{label}:** {escaped(text)}" for label, text in page.header]
    lines += _under_headings(page.sections)
    lines += ["", *(f"- {escaped(line)}" for line in page.signatures), *_under_headings(page.additions)]
    return "\n".join([*lines, ""])


def _under_headings(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections:
        yield from ("", f"## {escaped(section.title)}")
        for paragraph in section.paragraphs:
            yield from ("", escaped(paragraph, starts=True))


_ALWAYS: Final = re.compile(r"[\\`*<\[\]|~]|&(?=#?\w+;)|!(?=\[)")
_EDGE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_AT_START: Final = re.compile(r"\A(#{1,6}(?=\s|\Z)|[-+>](?=\s|\Z)|>|-{3,}|={3,})")
_NUMBERED: Final = re.compile(r"\A(\d{1,9})([.)])(?=\s|\Z)")


def escaped(text: str, *, starts: bool = False) -> str:
    """Text that Markdown shows as it stands; `starts` where it begins a line of its own."""
    safe = _EDGE.sub(r"\\_", _ALWAYS.sub(r"\\\g<0>", text))
    if not starts:
        return safe
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\1", safe))
