"""What stands in the review: note, findings and record as text with styles. Knows no screen."""

from collections.abc import Iterable, Sequence

from textual.content import Content

from otgroup.export.layout import header_lines
from otgroup.export.record_text import participant_lines
from otgroup.notes.facts.figures import HeaderFacts
from otgroup.notes.note import Addition, Note, Signature
from otgroup.notes.signing.findings import Finding
from otgroup.notes.signing.papers import Paper
from otgroup.notes.signing.trace import Evidence
from otgroup.record.participant import Participant
from otgroup.record.state import SessionState
from otgroup.ui.board.cardtext import weekday_text
from otgroup.ui.parts.lines import Row, fit
from otgroup.ui.parts.printable import printable

MOST_EVENTS = 200
MEND_KEYS = {
    "look": "l",
    "record": "i or t",
    "open": "i",
    "words": "n",
    "link": "g",
    "edit": "e",
    "compare": "m",
    "add": "a",
    "reopen": "o",
}
"""The key of the review that mends a finding."""


def title_row(note: Note, state: SessionState, place: str, standing: str, width: int) -> Row:
    """Whose note, of which group and day; which of how many, and how it stands."""
    who = f" {note.header.name} · {weekday_text(state.started_at)} · {state.protocol.title}"
    return fit(((who, "bar"),), ((f"  {place} · {standing} ", "bar"),), width, fill_style="bar")


def finding_text(found: Sequence[Finding], width: int, rows: int) -> Content:
    """The findings, those that block first, each with the key that mends it; how many more there is no room for."""
    for shown in range(len(found), 0, -1):
        more = f"+{len(found) - shown} more" if shown < len(found) else ""
        content = Content.assemble(*_findings(found[:shown]), (more, "bold"))
        if content.get_height({}, width) <= rows:
            break
    return content


def _findings(found: Sequence[Finding]) -> list[Content]:
    return [
        Content.assemble(
            ("! " if f.blocks else "· ", "bold"), printable(f.text), (f" ({MEND_KEYS[f.mend]})  ", "$foreground 60%")
        )
        for f in found
    ]


def head_text(header: HeaderFacts) -> str:
    """What stands above the body and not in the title, in a few lines."""
    standing = {"Participant", "Date of service", "Intervention"}
    bare = {"Record number", "Session", "Attendance", "Leader"}
    lines = [(label, text) for label, text in header_lines(header) if label not in standing]
    return " · ".join(printable(text if label in bare else f"{label}: {text}") for label, text in lines)


def note_parts(note: Note, paper: Paper, figures: Iterable[Evidence], chosen: Evidence | None) -> list[Content]:
    """The note as it is signed: header, then a part for each section, then signatures and what was added."""
    edited = {section for template, section in paper.edits if template == note.template}
    parts = [Content.styled(head_text(note.header), "dim")]
    for section in note.sections:
        mark = " (edited)" if section.title in edited and not paper.signed else ""
        title = Content.styled(f"{section.title}{mark}. ", "bold")
        own = [f for f in figures if f.section == section.title]
        told = (
            _paragraph(text, [f for f in own if f.paragraph == n], chosen)
            for n, text in enumerate(section.paragraphs)
        )
        parts.append(Content.assemble(title, Content("\n").join(told)))
    return [*parts, *map(_signature, note.signatures), *map(_addition, note.additions)]


def _paragraph(text: str, figures: Iterable[Evidence], chosen: Evidence | None) -> Content:
    content = Content(text)
    for figure in figures:
        style = "reverse" if figure == chosen else "bold"
        content = content.stylize(style, figure.start, figure.end)
    return content


def _signature(signature: Signature) -> Content:
    what = "Co-signed" if signature.role == "cosigner" else "Signed"
    return Content.styled(f"{what} by {printable(str(signature.by))}, {signature.at:%Y-%m-%d %H:%M}", "italic")


def _addition(addition: Addition) -> Content:
    label = f"{addition.kind.capitalize()}, {addition.at:%Y-%m-%d %H:%M}, {printable(str(addition.by))}: "
    return Content.assemble((label, "italic"), addition.text)


def record_lines(state: SessionState, participant: Participant, chosen: Evidence | None) -> Content:
    """The events behind the chosen figure; without one the whole record of the participant."""
    if chosen is None:
        return Content("\n".join(map(printable, participant_lines(participant, state))))
    known = {event.id: event for event in state.log}
    events = [known[e] for e in chosen.events if e in known]
    number = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    lines = [f"{chosen.text}: {number}", ""]
    for event in events[:MOST_EVENTS]:
        at = f"{event.at:%H:%M:%S} " if event.at else ""
        lines.append(f"{at}{printable(event.describe(state))}")
    return Content("\n".join(lines))
