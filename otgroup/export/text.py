"""A note as plain text and as Markdown: one paragraph is one line, so that it can be pasted into an EHR."""

import re
from collections.abc import Iterator
from typing import Final

from otgroup.notes.fact_parts import Header
from otgroup.notes.grammar import counted, listed, phrase
from otgroup.notes.note import Note

DRAFT: Final = "UNSIGNED DRAFT - not part of the record until it is reviewed and signed"

_ATTENDED: Final = {"late": "arrived late", "left_early": "left early"}


def header_lines(header: Header) -> tuple[tuple[str, str], ...]:
    """The lines above the body, as label and text; what was not recorded has no line."""
    lines = (
        ("Participant", header.name),
        ("Record number", header.record_number),
        ("Date of service", header.date),
        ("Intervention", header.title),
        ("Session", _from_to(header)),
        ("Arrived", str(header.arrived or "")),
        ("Left", str(header.left or "")),
        ("Attendance", _attendance(header)),
        ("Total treatment time", _minutes(header)),
        ("Total timed minutes", str(header.timed_minutes.value) if header.timed_minutes else ""),
        ("Group size", str(header.group_size)),
        ("Deficits", "; ".join(header.deficits)),
        ("Precautions", "; ".join(header.precautions)),
        ("Leader", header.leader),
    )
    return tuple((label, text) for label, text in lines if text)


def _from_to(header: Header) -> str:
    return f"{header.start}-{header.end}" if header.end else f"from {header.start}, still running"


def _attendance(header: Header) -> str:
    """Present; arrived late (transport)."""
    reasons = [phrase(said) for said in (header.arrival_reason, header.leaving_reason) if said]
    return _ATTENDED.get(header.attendance, "present") + (f" ({'; '.join(reasons)})" if reasons else "")


def _minutes(header: Header) -> str:
    """27 minutes (4 minutes of rest and 2 minutes of group pause excluded)."""
    parts = ((header.rest_minutes, "rest"), (header.pause_minutes, "group pause"))
    without = listed(f"{counted(much, 'minute')} of {what}" for much, what in parts if much and much.value)
    return counted(header.minutes, "minute") + (f" ({without} excluded)" if without else "")


def as_text(note: Note) -> str:
    """The note as plain text: header, sections, signature lines; LF line ends."""
    lines = [DRAFT, "", *(f"{label}: {text}" for label, text in header_lines(note.header))]
    for section in note.sections:
        lines += ["", section.title, *section.paragraphs]
    return "\n".join([*lines, "", *_signature(note.header), ""])


def as_markdown(note: Note) -> str:
    """The note as Markdown; marks in recorded text are escaped where they would change its meaning."""
    lines = [f"# {escaped(note.header.title)}: {escaped(note.header.name)}", "", f"**{DRAFT}**", ""]
    lines += [f"- **{label}:** {escaped(text)}" for label, text in header_lines(note.header)]
    for section in note.sections:
        lines += ["", f"## {escaped(section.title)}"]
        lines += [line for paragraph in section.paragraphs for line in ("", escaped(paragraph, starts=True))]
    return "\n".join([*lines, "", *_as_lines(_signature(note.header)), ""])


def _as_lines(lines: tuple[str, ...]) -> Iterator[str]:
    return (f"- {escaped(line)}" for line in lines)


def _signature(header: Header) -> tuple[str, ...]:
    return (f"Signature: ____________________ {header.leader}", "Date and time signed: ____________________")


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
