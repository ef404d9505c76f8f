"""A note as FHIR R4: one document Bundle for each participant, one more for each addition; a roster apart."""

import re
from datetime import datetime
from html import escape
from typing import Final

import msgspec

from otgroup.export.fhir_parts import (
    LOINC,
    TERMS,
    Chart,
    Resource,
    coded,
    encounter,
    instant,
    observations,
    patient,
    practitioner,
    procedure,
    signer,
    urn,
)
from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.index import Index
from otgroup.export.layout import header_lines, laid_out
from otgroup.export.naming import file_safe
from otgroup.notes.note import Addition, Note, Section, Signature
from otgroup.record.people import Leader, PersonId

_URI: Final = "urn:ietf:rfc:3986"
_SHA256: Final = "urn:oid:2.16.840.1.101.3.4.2.1"
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOTE: Final = "Composition"
"""What the note's own composition is called among the resources of its chart."""


def fhir_form(work: ExportJob) -> Form:
    """The form for FHIR; the file of the batch is the group's roster, for the clinic alone."""
    return _Fhir(work)


class _Fhir:
    def __init__(self, work: ExportJob) -> None:
        self._work = work

    def note(self, note: Note) -> Files:
        batch, who = self._work.batch, note.participant
        chart = Chart(batch.facts[who], batch.states[who])
        yield "", _json(_original(chart, note))
        for number, addition in enumerate(note.additions, 1):
            yield f"-{number}-{file_safe(addition.kind)}", _json(_added(chart, note, number))

    def whole(self, index: Index) -> bytes:
        return _json(_roster(self._work, index))


def _json(resource: Resource) -> bytes:
    return msgspec.json.format(msgspec.json.encode(resource), indent=2) + b"\n"


# --- the documents -------------------------------------------------------------------------------


def _original(chart: Chart, note: Note) -> Resource:
    """The note itself: preliminary until its author has signed, then final, whatever is added later."""
    measured = list(observations(chart, "final" if note.signed else "preliminary"))
    author = next((s for s in note.signatures if s.role == "author"), None)
    by, at = (author.by, author.at) if author else (chart.state.leader, chart.state.until())
    composition = _composition(chart, _NOTE, at, by) | {
        "status": "final" if note.signed else "preliminary",
        "title": f"{'' if note.signed else 'UNSIGNED DRAFT - '}Occupational therapy note: {note.header.title}",
        "section": [*map(_section, note.sections), _figures(chart, measured)],
    }
    if note.signatures:
        composition["attester"] = [_attester(chart, signature) for signature in note.signatures]
    signed = [_signed(chart, signature, number) for number, signature in enumerate(note.signatures, 1)]
    people = (chart.state.leader, by, *(signature.by for signature in note.signatures))
    return _bundle(chart, composition, at, people, [procedure(chart), *measured, *signed])


def _added(chart: Chart, note: Note, number: int) -> Resource:
    """An addition as a document of its own. A correction replaces what stood until then, so it holds all of that
    with itself; an addendum or a late entry appends to it.
    """
    addition, before = note.additions[number - 1], _standing(note, number - 1)
    corrects = addition.kind == "correction"
    measured = list(observations(chart, "final")) if corrects else []
    added = laid_out(note).additions
    told = (*note.sections, *added[:number]) if corrects else (added[number - 1],)
    composition = _composition(chart, _name(number), addition.at, addition.by) | {
        "status": "amended" if corrects else "final",
        "title": f"{addition.kind.capitalize()} to occupational therapy note: {note.header.title}",
        "relatesTo": [
            {"code": "replaces" if corrects else "appends", "targetIdentifier": _identifier(chart, before)}
        ],
        "section": [*map(_section, told), *([_figures(chart, measured)] if corrects else [])],
    }
    treatment = [procedure(chart), *measured] if corrects else []
    made = _provenance(chart, addition, number, before)
    return _bundle(chart, composition, addition.at, (chart.state.leader, addition.by), [*treatment, made])


def _name(number: int) -> str:
    """What the composition of an addition is called; 0 is the note itself."""
    return f"Composition {number}" if number else _NOTE


def _standing(note: Note, number: int) -> str:
    """The composition that stands after so many additions: the last correction, or the note itself."""
    corrections = [n for n, a in enumerate(note.additions[:number], 1) if a.kind == "correction"]
    return _name(corrections[-1] if corrections else 0)


def _bundle(
    chart: Chart, composition: Resource, at: datetime, people: tuple[Leader, ...], more: list[Resource]
) -> Resource:
    """A document: the composition first, then everything that it speaks of."""
    staff = [practitioner(chart, leader) for leader in dict.fromkeys(people)]
    resources = [composition, patient(chart), *staff, encounter(chart), *more]
    name = f"Bundle of {composition['id']}"
    return chart.resource("Bundle", name) | {
        "identifier": _identifier(chart, name),
        "type": "document",
        "timestamp": instant(at),
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }


def _identifier(chart: Chart, what: str) -> Resource:
    return {"system": _URI, "value": chart.urn(what)}


# --- the composition -----------------------------------------------------------------------------


def _composition(chart: Chart, name: str, at: datetime, by: Leader) -> Resource:
    return chart.resource("Composition", name) | {
        "identifier": _identifier(chart, name),
        "type": coded(LOINC, "11507-1", "Occupational therapy Progress note"),
        "subject": chart.ref("Patient"),
        "encounter": chart.ref("Encounter"),
        "date": instant(at),
        "author": [chart.ref(signer(by))],
    }


def _section(section: Section) -> Resource:
    return {"title": section.title, "text": {"status": "generated", "div": _div(section.paragraphs)}}


def _figures(chart: Chart, measured: list[Resource]) -> Resource:
    """The header's lines in words, the figures as observations."""
    entries = [chart.ref("Procedure"), *({"reference": f"urn:uuid:{one['id']}"} for one in measured)]
    lines = [f"{label}: {text}" for label, text in header_lines(chart.header)]
    return {
        "title": "Flowsheet",
        "code": coded(LOINC, "78461-1", "Occupational therapy Flowsheet"),
        "text": {"status": "generated", "div": _div(lines)},
        "entry": entries,
    }


def _div(paragraphs: list[str] | tuple[str, ...]) -> str:
    """Paragraphs as XHTML, escaped."""
    shown = (escape(_NOT_XML.sub(" ", paragraph), quote=False) for paragraph in paragraphs)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{"".join(f"<p>{text}</p>" for text in shown)}</div>'


def _attester(chart: Chart, signature: Signature) -> Resource:
    mode = "legal" if signature.role == "author" else "professional"
    return {"mode": mode, "time": instant(signature.at), "party": chart.ref(signer(signature.by))}


# --- where it comes from -------------------------------------------------------------------------


def _signed(chart: Chart, signature: Signature, number: int) -> Resource:
    """A signature under the note, with the digest of the text that was signed."""
    author = signature.role == "author"
    text = {"identifier": {"system": _SHA256, "value": signature.digest}, "display": "SHA-256 of the signed text"}
    state = ("LA", "legally authenticated") if author else ("AU", "authenticated")
    return chart.resource("Provenance", f"Provenance of signature {number}") | {
        "target": [chart.ref(_NOTE)],
        "occurredDateTime": instant(signature.at),
        "recorded": instant(signature.at),
        "activity": coded(f"{TERMS}/v3-DocumentCompletion", *state),
        **_by(chart, signature.by, signature.at, author=author),
        "entity": [{"role": "source", "what": text}],
    }


def _provenance(chart: Chart, addition: Addition, number: int, before: str) -> Resource:
    """Who added it, and to which document."""
    corrects = addition.kind == "correction"
    operation = ("UPDATE", "revise") if corrects else ("APPEND", "append")
    return chart.resource("Provenance", f"Provenance {number}") | {
        "target": [chart.ref(_name(number))],
        "occurredDateTime": instant(addition.at),
        "recorded": instant(addition.at),
        "activity": {**coded(f"{TERMS}/v3-DataOperation", *operation), "text": addition.kind},
        **_by(chart, addition.by, addition.at, author=True),
        "entity": [
            {"role": "revision" if corrects else "source", "what": {"identifier": _identifier(chart, before)}}
        ],
    }


def _by(chart: Chart, leader: Leader, at: datetime, *, author: bool) -> Resource:
    who = chart.ref(signer(leader))
    role = ("author", "Author") if author else ("verifier", "Verifier")
    kind = ("1.1", "Author's Signature") if author else ("1.5", "Verification Signature")
    code = {"system": "urn:iso-astm:E1762-95:2013", "code": f"1.2.840.10065.1.12.{kind[0]}", "display": kind[1]}
    return {
        "agent": [{"type": coded(f"{TERMS}/provenance-participant-type", *role), "who": who}],
        "signature": [{"type": [code], "when": instant(at), "who": who}],
    }


# --- the roster ----------------------------------------------------------------------------------


def _roster(work: ExportJob, index: Index) -> Resource:
    """Who was in the group, for the clinic; it names everybody and belongs in nobody's chart."""
    state = work.state
    here = [_member(state.id, note.participant, note.header.name) for note in index.notes]
    missed = [_member(state.id, m.participant, m.name) | {"inactive": True} for m in work.batch.missed]
    return {
        "resourceType": "Group",
        "id": urn(state.id, PersonId(""), "Group").removeprefix("urn:uuid:"),
        "type": "person",
        "actual": True,
        "code": {"text": "participants of an occupational therapy group"},
        "name": index.title,
        "quantity": len(here) + len(missed),
        "member": [*here, *missed],
    }


def _member(session: str, participant: PersonId, name: str) -> Resource:
    entity = {"reference": urn(session, participant, "Patient"), "type": "Patient", "display": name}
    return {"entity": entity}
