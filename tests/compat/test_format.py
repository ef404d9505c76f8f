"""docs/journal.md names every kind of event and every field, with what is needed and what the defaults are."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
from msgspec import inspect

from otgroup.notes.signing.papers import AnyPaperEvent
from otgroup.record.codec import ANY_EVENT
from tests.compat import reader

HERE = Path(__file__).parent
JOURNAL = HERE.parents[1] / "docs" / "journal.md"
Fields = dict[str, str]
"""What stands in the third column by the field: needed, optional, or a default."""


def documented() -> dict[str, Fields]:
    """The document's tables by their headings."""
    found: dict[str, Fields] = {}
    parts = re.split(r"^#{1,4} ", JOURNAL.read_text("utf-8"), flags=re.MULTILINE)
    for part in parts[1:]:
        heading, _, text = part.partition("\n")
        rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|", text, flags=re.MULTILINE)
        if "| field | type |" in text:
            assert heading not in found
            found[heading] = {field: needed.strip() for field, needed in rows}
            assert len(rows) == text.count("\n| `")
    return found


def need(field: inspect.Field) -> str:
    if field.required:
        return "needed"
    if field.default is msgspec.NODEFAULT and field.default_factory is msgspec.NODEFAULT:
        return "optional"  # left unset
    default = msgspec.to_builtins(field.default)
    if isinstance(default, list | tuple) and default:
        return "default: shipped"
    return "optional" if default is None else f"default `{json.dumps(default)}`"


def fields_of(struct: inspect.StructType) -> Fields:
    return {field.encode_name: need(field) for field in struct.fields}


def kinds(union: Any) -> dict[str, Fields]:
    """The fields of each kind by its tag."""
    types = inspect.type_info(union).types
    return {str(struct.tag): fields_of(struct) for struct in types}


def nested(kind: inspect.Type) -> Iterator[inspect.StructType]:
    """Every struct within a type, itself too."""
    if isinstance(kind, inspect.StructType):
        yield kind
    within = [getattr(kind, name, None) for name in ("item_type", "key_type", "value_type")]
    within += [field.type for field in getattr(kind, "fields", ())]
    for inner in (*filter(None, within), *getattr(kind, "types", ()), *getattr(kind, "item_types", ())):
        yield from nested(inner)


def own(kind: Fields, shared: Fields) -> Fields:
    """What a kind has beside what all have; a shared field that only this kind needs is its own."""
    return {field: how for field, how in kind.items() if shared.get(field) != how}


def headed(tables: dict[str, Fields]) -> dict[str, Fields]:
    """The tables of kinds: their headings are code."""
    return {name.strip("`"): fields for name, fields in tables.items() if name.startswith("`")}


def test_every_kind_and_field_is_in_the_document_and_nothing_else() -> None:
    tables = documented()
    expected: dict[str, Fields] = {}
    for union, every in ((ANY_EVENT, "every event"), (AnyPaperEvent, "every paper")):
        shared = {field: how for field, how in tables[every].items() if field != "kind"}
        for tag, fields in kinds(union).items():
            assert shared.keys() <= fields.keys(), tag
            expected[tag] = own(fields, shared)
    assert headed(tables) == expected


def test_every_part_of_an_event_has_its_table() -> None:
    tables = documented()
    parts = {
        struct.cls: fields_of(struct)
        for union in (ANY_EVENT, AnyPaperEvent)
        for kind in inspect.type_info(union).types
        for field in kind.fields
        for struct in nested(field.type)
    }
    assert len(parts) > 15
    for struct, fields in parts.items():
        assert fields in tables.values(), struct
    heads = ("`", "every ", "table ", "the header", "a change", "a signing")
    rest = [fields for name, fields in tables.items() if not name.startswith(heads)]
    assert all(fields in parts.values() for fields in rest)


def records(path: Path) -> list[dict[str, Any]]:
    lines = [json.loads(line) for line in path.read_bytes().splitlines() if line.endswith(b"]")]
    return [record for record, _ in lines]


def test_lines_and_the_library_are_as_the_document_says() -> None:
    tables, library = documented(), reader.tables((HERE / "data" / "library.journal").read_bytes())
    header, *changes = records(HERE / "data" / "library.journal")
    assert list(header) == list(tables["the header"])
    assert {field for change in changes for field in change} == set(tables["a change"])
    assert set(library) == {"people", "leaders", "minutes", "sessions"}
    assert all(doc.keys() <= tables["a person"].keys() for doc in library["people"].values())
    for table in ("leaders", "minutes", "sessions"):
        assert all(list(doc) == list(tables[f"table `{table}`"]) for doc in library[table].values())
    signings = [one for row in library["sessions"].values() for one in row["signings"]]
    assert signings
    assert all(list(one) == list(tables["a signing"]) for one in signings)


def test_the_set_holds_a_signature_with_the_digest_that_the_document_describes() -> None:
    signed = [
        (paper["note"], paper["digest"])
        for path in (HERE / "data" / "sessions").iterdir()
        for paper in reader.tables(path.read_bytes()).get("papers", {}).values()
        if paper["kind"] == "signed" and paper["role"] == "author"
    ]
    assert len(signed) >= 5
    for note, digest in signed:
        text = [note["header"], note["template"], note["sections"]]
        said = json.dumps(text, ensure_ascii=False, separators=(",", ":"))
        assert sha256(said.encode()).hexdigest() == digest
