"""A note as a reader sees it, the same parts in every format: header, sections, signatures, additions."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Final

import msgspec

from otgroup.notes.english.grammar import counted, duration, listed
from otgroup.notes.english.together import size_text
from otgroup.notes.english.typed import phrase
from otgroup.notes.facts.figures import HeaderFacts, TimeOfDay
from otgroup.notes.note import Addition, Note, Section, Signature

DRAFT: Final = "UNSIGNED DRAFT - not part of the record until it is reviewed and signed"
DIGEST_SHOWN: Final = 16
"""How many of a digest's 64 characters a person is shown."""

_DAY: Final = 24 * 60
_ATTENDED: Final = {"late": "arrived late", "left_early": "left early"}
_SIGNED_AS: Final = {"author": "Signed electronically by", "cosigner": "Co-signed electronically by"}


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A note ready for a page. `status` is empty only for a signed note that nothing was added to;
    `additions` are titled by their kind, author and time, each paragraph one line.
    """

    title: str
    name: str
    status: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signatures: tuple[str, ...]
    additions: tuple[Section, ...]


def laid_out(note: Note) -> Layout:
    """The parts of a note, in the order in which a page has them."""
    return Layout(
        title=note.header.title,
        name=note.header.name,
        status=_status(note),
        header=header_lines(note.header),
        sections=note.sections,
        signatures=tuple(signature_lines(note)),
        additions=tuple(map(_added, note.additions)),
    )


def _status(note: Note) -> str:
    """Whether it is a draft, or amended below, so that nobody reads the original alone."""
    if not note.signed:
        return DRAFT
    kinds = Counter(addition.kind for addition in note.additions)
    many = {"late entry": "late entries"}
    told = listed(counted(number, kind, many.get(kind, "")) for kind, number in kinds.items())
    return f"AMENDED - {told} below the signatures" if told else ""


# --- the header ----------------------------------------------------------------------------------


def header_lines(header: HeaderFacts) -> tuple[tuple[str, str], ...]:
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
        ("Group size", size_text(header)),
        ("Deficits", "; ".join(header.deficits)),
        ("Precautions", "; ".join(header.precautions)),
        ("Leader", header.leader),
    )
    return tuple((label, text) for label, text in lines if text)


def _from_to(header: HeaderFacts) -> str:
    return f"{header.start}-{header.end}" if header.end else f"from {header.start}, still running"


def _attendance(header: HeaderFacts) -> str:
    """Present; arrived late (transport)."""
    reasons = [phrase(said) for said in (header.arrival_reason, header.leaving_reason) if said]
    return _ATTENDED.get(header.attendance, "present") + (f" ({'; '.join(reasons)})" if reasons else "")


def _minutes(header: HeaderFacts) -> str:
    """27 minutes (4 minutes of rest excluded); with the seconds where whole minutes would not add up: 28 minutes
    (present 31 min 30 s, without 3 min of rest).
    """
    parts = ((header.rest_minutes, header.rest_s, "rest"), (header.pause_minutes, header.pause_s, "group pause"))
    whole = listed(f"{counted(much, 'minute')} of {what}" for much, _, what in parts if much and much.value)
    if _adds_up(header) or not header.present_s:
        return counted(header.minutes, "minute") + (f" ({whole} excluded)" if whole else "")
    exact = listed(f"{duration(much)} of {what}" for _, much, what in parts if much and much.value)
    present = f"present {duration(header.present_s)}{f', without {exact}' if exact else ''}"
    return f"{counted(header.minutes, 'minute')} ({present})"


def _adds_up(header: HeaderFacts) -> bool:
    """Whether the times and minutes shown give the minutes of treatment."""
    begin, end = header.arrived or header.start, header.left or header.end
    if not (begin and end):
        return True
    apart = sum(int(much.value) for much in (header.rest_minutes, header.pause_minutes) if much)
    return (_minute(end) - _minute(begin)) % _DAY == header.minutes.value + apart


def _minute(time: TimeOfDay) -> int:
    hour, minute = map(int, str(time).split(":"))
    return 60 * hour + minute


# --- signatures and additions --------------------------------------------------------------------


def signature_lines(note: Note) -> Iterator[str]:
    """Who signed; where its author has not, the lines to sign on."""
    yield from map(_signed, note.signatures)
    if not note.signed:
        yield f"Signature: ____________________ {note.header.leader}"
        yield "Date and time signed: ____________________"


def _signed(signature: Signature) -> str:
    digest = f"SHA-256 {signature.digest[:DIGEST_SHOWN]}"
    return f"{_SIGNED_AS[signature.role]} {signature.by}, {moment_text(signature.at)} ({signature.role}; {digest})"


def moment_text(at: datetime) -> str:
    """A date and time with its zone, as it stands beside a name: 2025-11-24 11:02 UTC-05:00."""
    return f"{at:%Y-%m-%d %H:%M %Z}"


def _added(addition: Addition) -> Section:
    kind = addition.kind[0].upper() + addition.kind[1:]
    lines = (" ".join(line.split()) for line in addition.text.splitlines())
    title = f"{kind}, {moment_text(addition.at)}, signed electronically by {addition.by}"
    return Section(title, tuple(line for line in lines if line))
