"""Notes as FHIR R4: valid by a validator, by the invariants of a document, and nobody else's data inside."""

import json
import warnings
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.names import names_of
from otgroup.notes.note import Note, Section
from otgroup.notes.writer import NoteWriter
from otgroup.record.state import SessionState
from tests.export import signed
from tests.notes import records
from tests.strategies import load_template, sessions

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhir.resources.R4B.bundle import Bundle
    from fhir.resources.R4B.group import Group

PLAYS = (records.step_tap_align, records.one_leg_stance, records.baoding_balls, records.functional_grasp)
STATUSES = {
    "Composition": {"preliminary", "final", "amended"},
    "Encounter": {"in-progress", "finished"},
    "Procedure": {"in-progress", "completed"},
    "Observation": {"preliminary", "final"},
}
XHTML = "{http://www.w3.org/1999/xhtml}"
REQUIRED = {
    "Composition": ("status", "type", "date", "author", "title", "subject", "encounter", "identifier"),
    "Encounter": ("status", "class", "subject", "period"),
    "Procedure": ("status", "subject", "code", "performedPeriod"),
    "Observation": ("status", "code", "subject", "effectivePeriod"),
    "Provenance": ("target", "recorded", "agent", "signature"),
    "Patient": ("name",),
    "Practitioner": ("name",),
}


def documents(batch: Batch, state: SessionState) -> dict[str, Any]:
    result = hand_over(ExportJob(batch=batch, state=state), ["fhir"])
    assert result.failed == ()
    return {name: json.loads(data) for name, data in result.files.items()}


def of_james(note: Note) -> list[Any]:
    batch, state = signed.drafts()
    return list(documents(replace(batch, notes=(note,), single=True), state).values())


def resources(bundle: Any, kind: str) -> list[Any]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def values(node: Any, key: str) -> list[Any]:
    """Every value under that key, at any depth."""
    if isinstance(node, list):
        return [v for item in node for v in values(item, key)]
    if not isinstance(node, dict):
        return []
    return [v for k, item in node.items() for v in ([item] if k == key else []) + values(item, key)]


def check_document(bundle: Any) -> None:
    """What the specification asks of a document, beyond what a schema can say."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Bundle.model_validate(bundle)
    assert bundle["type"] == "document"
    assert bundle["identifier"]["system"] == "urn:ietf:rfc:3986"
    assert bundle["identifier"]["value"].startswith("urn:uuid:")
    assert bundle["timestamp"]
    urls = [e["fullUrl"] for e in bundle["entry"]]
    assert len(urls) == len(set(urls))
    assert urls == [f"urn:uuid:{e['resource']['id']}" for e in bundle["entry"]]
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    assert set(values(bundle["entry"], "reference")) <= set(urls)
    assert {u for u in urls if u != urls[0]} <= set(values(bundle["entry"], "reference")) | provenances(bundle)
    for kind, fields in REQUIRED.items():
        assert all(resource.get(field) for resource in resources(bundle, kind) for field in fields), kind
    for kind, statuses in STATUSES.items():
        assert {resource["status"] for resource in resources(bundle, kind)} <= statuses
    for observation in resources(bundle, "Observation"):
        assert ("component" in observation) != any(key.startswith("value") for key in observation)
    assert [len(resources(bundle, kind)) for kind in ("Composition", "Patient", "Encounter")] == [1, 1, 1]
    for div in values(bundle, "div"):
        assert {e.tag for e in ElementTree.fromstring(div).iter()} <= {f"{XHTML}div", f"{XHTML}p"}
    for section in resources(bundle, "Composition")[0]["section"]:
        assert section["text"]["div"]
        assert section["title"]
    for quantity in values(bundle, "valueQuantity"):
        assert quantity["system"] == "http://unitsofmeasure.org"
        assert quantity["code"].isascii()
        assert " " not in quantity["code"]


def provenances(bundle: Any) -> set[str]:
    return {f"urn:uuid:{resource['id']}" for resource in resources(bundle, "Provenance")}


@pytest.mark.parametrize(
    "play", [records.step_tap_align, records.one_leg_stance, records.baoding_balls, records.functional_grasp]
)
def test_every_note_is_a_valid_document(play) -> None:
    state = play()
    batch = write_batch(state, NoteWriter(load_template))
    *bundles, _ = documents(batch, state).values()
    for note, bundle in zip(batch.notes, bundles, strict=True):
        check_document(bundle)
        [composition] = resources(bundle, "Composition")
        assert composition["status"] == "preliminary"
        assert composition["title"].startswith("UNSIGNED DRAFT")
        assert composition["type"]["coding"] == [
            {"system": "http://loinc.org", "code": "11507-1", "display": "Occupational therapy Progress note"}
        ]
        [procedure] = resources(bundle, "Procedure")
        assert procedure["code"]["coding"][0] | {"display": ""} == {
            "system": "http://snomed.info/sct", "code": "84478008", "display": "",
        }  # fmt: skip
        assert resources(bundle, "Patient")[0]["name"] == [{"text": note.header.name}]
        assert not resources(bundle, "Provenance")
        shown = [e.text for s in composition["section"] for e in ElementTree.fromstring(s["text"]["div"])]
        assert [p for s in note.sections for p in s.paragraphs] == shown[
            : sum(len(s.paragraphs) for s in note.sections)
        ]


def test_figures_are_observations_with_units() -> None:
    [bundle] = of_james(signed.james())
    by_code = {o["code"]["text"]: o for o in resources(bundle, "Observation")}
    minutes = by_code["treatment time"]["valueQuantity"]
    assert (minutes["value"], minutes["code"]) == (27, "min")
    taps = {c["code"]["text"]: c["valueQuantity"]["value"] for c in by_code["toe taps"]["component"]}
    assert taps == {"left": 12, "right": 15}
    assert by_code["pain"]["code"]["coding"][0]["code"] == "72514-3"
    assert by_code["pain"]["valueQuantity"]["value"] == 0
    assert by_code["balance watched"]["valueBoolean"] is True
    assert by_code["loss of balance"]["valueQuantity"]["value"] == 1
    [flowsheet] = [s for s in resources(bundle, "Composition")[0]["section"] if s["title"] == "Flowsheet"]
    assert flowsheet["code"]["coding"][0]["code"] == "78461-1"
    assert len(flowsheet["entry"]) == 1 + len(by_code)


def test_presence_is_the_participants_own() -> None:
    [bundle] = of_james(signed.james())
    [encounter] = resources(bundle, "Encounter")
    assert encounter["period"] == {"start": "2025-11-24T10:05:00+00:00", "end": "2025-11-24T10:36:00+00:00"}
    assert (encounter["status"], encounter["class"]["code"]) == ("finished", "AMB")


def test_signatures_are_provenance_with_the_digest() -> None:
    note = signed.signed(signed.james())
    [bundle] = of_james(note)
    check_document(bundle)
    [composition] = resources(bundle, "Composition")
    assert composition["status"] == "final"
    assert "DRAFT" not in json.dumps(bundle)
    assert composition["date"] == bundle["timestamp"] == "2025-11-24T11:02:00-05:00"
    assert [a["mode"] for a in composition["attester"]] == ["legal", "professional"]
    assert {o["status"] for o in resources(bundle, "Observation")} == {"final"}
    first, second = resources(bundle, "Provenance")
    assert {first["entity"][0]["what"]["identifier"]["value"]} == {signed.digest(note)}
    assert first["target"] == second["target"] == [{"reference": bundle["entry"][0]["fullUrl"]}]
    names = {f"urn:uuid:{p['id']}": p["name"][0]["text"] for p in resources(bundle, "Practitioner")}
    assert [names[p["agent"][0]["who"]["reference"]] for p in (first, second)] == ["J. Rivera", "M. Stone"]


def test_additions_are_documents_that_append_or_replace() -> None:
    batch, state = signed.drafts()
    alone = replace(batch, notes=(signed.amended(signed.james()),), single=True)
    made = documents(alone, state)
    stem = next(iter(made)).removesuffix(".fhir.json")
    assert [name.removeprefix(stem) for name in made] == [
        ".fhir.json", "-1-addendum.fhir.json", "-2-correction.fhir.json", "-3-late-entry.fhir.json",
    ]  # fmt: skip
    for bundle in made.values():
        check_document(bundle)
    original, addendum, correction, late = (resources(b, "Composition")[0] for b in made.values())
    assert [c["status"] for c in (original, addendum, correction, late)] == ["final", "final", "amended", "final"]
    assert "relatesTo" not in original
    assert addendum["relatesTo"] == [{"code": "appends", "targetIdentifier": original["identifier"]}]
    assert correction["relatesTo"] == [{"code": "replaces", "targetIdentifier": original["identifier"]}]
    assert late["relatesTo"] == [{"code": "appends", "targetIdentifier": correction["identifier"]}]
    assert len({b["identifier"]["value"] for b in made.values()}) == 4
    texts = json.dumps(correction["section"])
    assert all(
        s["text"]["div"] in json.loads(texts)[n]["text"]["div"] for n, s in enumerate(original["section"][:-1])
    )
    assert "The last set was on the right" in texts
    assert "no pain in the evening" in texts
    assert "The last set" not in json.dumps(late)


def test_the_original_does_not_change_when_something_is_added() -> None:
    before, after = signed.signed(signed.james()), signed.amended(signed.james())
    assert of_james(after)[0] == of_james(before)[0]


def test_ids_are_the_same_every_time_and_differ_between_participants() -> None:
    batch, state = signed.eight()
    assert documents(batch, state) == documents(batch, state)
    *bundles, _ = documents(batch, state).values()
    urls = [e["fullUrl"] for bundle in bundles for e in bundle["entry"]]
    assert len(urls) == len(set(urls))


def test_recorded_text_is_escaped() -> None:
    hostile = "<script>alert(1)</script> & \x00\x0b ]]> &amp; \ud800"
    [bundle] = of_james(replace(signed.james(), sections=(Section("<T>", (hostile.removesuffix("\ud800"),)),)))
    check_document(bundle)
    div = resources(bundle, "Composition")[0]["section"][0]["text"]["div"]
    assert next(iter(ElementTree.fromstring(div))).text == "<script>alert(1)</script> &    ]]> &amp; "


def test_the_roster_is_a_group_of_everybody() -> None:
    batch, state = signed.eight()
    *_, roster = documents(batch, state).values()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Group.model_validate(roster)
    assert (roster["resourceType"], roster["type"], roster["actual"], roster["quantity"]) == (
        "Group",
        "person",
        True,
        9,
    )
    assert [m["entity"]["display"] for m in roster["member"] if m.get("inactive")] == ["Ann Quill"]


@given(sessions())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_is_a_valid_document_about_nobody_else(state) -> None:
    batch = write_batch(state, NoteWriter(load_template))
    *bundles, _ = documents(batch, state).values()
    for note, bundle in zip(batch.notes, bundles, strict=True):
        check_document(bundle)
        own = names_of(state.participants[note.participant].person)
        text = json.dumps([*values(bundle, "text"), *values(bundle, "valueString"), *values(bundle, "display")])
        others = {name for p in state.board for name in names_of(p.person)} - own
        assert not [name for name in others if name in text]
        assert not [p for p in state.participants if p != note.participant and f'"{p}"' in json.dumps(bundle)]


@pytest.mark.parametrize(
    "spoil", [lambda b: b.pop("identifier"), lambda b: b["entry"].reverse(), lambda b: b["entry"].pop()]
)
def test_a_document_that_is_not_sound_is_found(spoil) -> None:
    [bundle] = of_james(signed.james())
    spoil(bundle)
    with pytest.raises((AssertionError, KeyError)):
        check_document(bundle)
