"""The resources of one participant in FHIR R4, as plain values: who, where, what was done, what was measured."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

import msgspec

from otgroup.export.figures import figures_of
from otgroup.export.naming import file_safe
from otgroup.notes.entry import FigureEntry
from otgroup.notes.facts.reading import Facts, HeaderFacts
from otgroup.record.people import Leader, PersonId
from otgroup.record.state import SessionState

Resource = dict[str, Any]

LOINC: Final = "http://loinc.org"
TERMS: Final = "http://terminology.hl7.org/CodeSystem"
_SNOMED: Final = "http://snomed.info/sct"
_UCUM: Final[Mapping[str, str]] = MappingProxyType(
    {
        "": "1",
        "s": "s",
        "min": "min",
        "ft": "[ft_i]",
        "in": "[in_i]",
        "m": "m",
        "cm": "cm",
        "kg": "kg",
        "lb": "[lb_av]",
    }
)
_PAIN: Final = "Pain severity - 0-10 verbal numeric rating [Score] - Reported"
_INPATIENT: Final = frozenset({"SNF Part A", "IRF"})


class Chart(msgspec.Struct, frozen=True):
    """One participant's part of a session, and the ids of its resources: the same every time, from both ids."""

    facts: Facts
    state: SessionState

    @property
    def header(self) -> HeaderFacts:
        """What stands above the note."""
        return self.facts.header

    def urn(self, what: str) -> str:
        """The address of a resource by what it is."""
        return urn(self.state.id, self.header.participant, what)

    def ref(self, what: str) -> Resource:
        """A reference to a resource of this chart."""
        return {"reference": self.urn(what)}

    def resource(self, kind: str, what: str = "") -> Resource:
        """The beginning of a resource; `what` tells several of one kind apart."""
        return {"resourceType": kind, "id": self.urn(what or kind).removeprefix("urn:uuid:")}


def urn(session: str, participant: PersonId, what: str) -> str:
    """A uuid made from a session, a participant and what it stands for."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'otgroup:{session}/{participant}/{what}')}"


def instant(at: datetime) -> str:
    """A moment with its offset, to the second."""
    return at.isoformat(timespec="seconds")


def coded(system: str, code: str, display: str) -> Resource:
    """A code with its label."""
    return {"coding": [{"system": system, "code": code, "display": display}]}


def signer(leader: Leader) -> str:
    """What a practitioner is called among a chart's resources."""
    return f"Practitioner {leader}"


# --- who and where -------------------------------------------------------------------------------


def patient(chart: Chart) -> Resource:
    """The participant: name and record number, nothing else is needed."""
    made = chart.resource("Patient")
    if chart.header.record_number:
        number = {
            "type": coded(f"{TERMS}/v2-0203", "MR", "Medical record number"),
            "value": chart.header.record_number,
        }
        made["identifier"] = [number]
    return made | {"name": [{"text": chart.header.name}]}


def practitioner(chart: Chart, leader: Leader) -> Resource:
    """Somebody who led the group or signed."""
    made = chart.resource("Practitioner", signer(leader)) | {"name": [{"text": leader.name}]}
    return made | ({"qualification": [{"code": {"text": leader.credentials}}]} if leader.credentials else {})


def encounter(chart: Chart) -> Resource:
    """The participant's own presence in the group."""
    inpatient = chart.state.participants[chart.header.participant].person.setting in _INPATIENT
    code, display = ("IMP", "inpatient encounter") if inpatient else ("AMB", "ambulatory")
    return chart.resource("Encounter") | {
        "status": "in-progress" if chart.header.end is None else "finished",
        "class": {"system": f"{TERMS}/v3-ActCode", "code": code, "display": display},
        "type": [{"text": chart.header.title}],
        "subject": chart.ref("Patient"),
        "participant": [{"individual": chart.ref(signer(chart.state.leader))}],
        "period": _period(chart),
    }


def procedure(chart: Chart) -> Resource:
    """The treatment."""
    h = chart.header
    therapy = coded(_SNOMED, "84478008", "Occupational therapy")
    made = chart.resource("Procedure") | {
        "status": "in-progress" if h.end is None else "completed",
        "code": {**therapy, "text": h.title},
        "subject": chart.ref("Patient"),
        "encounter": chart.ref("Encounter"),
        "performedPeriod": _period(chart),
        "performer": [{"actor": chart.ref(signer(chart.state.leader))}],
    }
    return made | ({"reasonCode": [{"text": text} for text in h.deficits]} if h.deficits else {})


def _period(chart: Chart) -> Resource:
    """From their arrival to when they left, or to the end of the group where that is reached."""
    stays = chart.state.participants[chart.header.participant].presence.stays
    start = stays[0].start if stays else chart.state.started_at
    end = (stays[-1].end if stays else None) or chart.state.ended_at
    return {"start": instant(start)} | ({"end": instant(max(start, end))} if end else {})


# --- what was measured ---------------------------------------------------------------------------


def observations(chart: Chart, status: str) -> Iterator[Resource]:
    """One observation for each measure, its figures as components; a single figure is its value."""
    for number, (measure, entries) in enumerate(groupby(figures_of(chart.facts), lambda e: e.measure), 1):
        own = list(entries)
        yield chart.resource("Observation", f"Observation {number} {measure}") | {
            "status": status,
            "category": [coded(f"{TERMS}/observation-category", "therapy", "Therapy")],
            "code": _code(own[0]),
            "subject": chart.ref("Patient"),
            "encounter": chart.ref("Encounter"),
            "effectivePeriod": _period(chart),
            "performer": [chart.ref(signer(chart.state.leader))],
            **_values(own),
        }


def _code(entry: FigureEntry) -> Resource:
    """A measure in words; only a pain rating of 0 to 10 has a sure code."""
    if (entry.measure, entry.unit) == ("pain", "of 10"):
        return {
            **coded(LOINC, "72514-3", _PAIN),
            "text": "pain",
        }
    return {"text": entry.measure}


def _values(entries: list[FigureEntry]) -> Resource:
    [first, *more] = entries
    if not more and not first.figure and not first.side:
        return _value(first)
    return {"component": [{"code": {"text": _component(entry)}, **_value(entry)} for entry in entries]}


def _component(entry: FigureEntry) -> str:
    return ", ".join(part for part in (entry.figure, entry.side) if part) or entry.measure


def _value(entry: FigureEntry) -> Resource:
    match entry.value:
        case bool():
            return {"valueBoolean": entry.value}
        case str():
            return {"valueString": entry.value}
        case number:
            return {"valueQuantity": _quantity(number, entry.unit)}


def _quantity(number: float, unit: str) -> Resource:
    """A number with a UCUM unit; what is counted stands in braces, as UCUM annotates a pure number."""
    code = _UCUM.get(unit) or f"{{{file_safe(unit)}}}"
    whole = int(number) if number == int(number) else number
    return {"value": whole} | ({"unit": unit} if unit else {}) | {"system": "http://unitsofmeasure.org", "code": code}
