import os
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import MemoryStorage
from tinydb.table import Document

from otgroup.errors import BadInput, Damaged, NotSaved, ReadOnly, StoreError
from otgroup.store import chain
from otgroup.store.journal import DocumentChange, JournalDB, JournalStamp, JournalStorage, create

NOW = datetime(2026, 3, 2, 10, 12, 41, tzinfo=UTC)
STAMP = JournalStamp("J. Rivera", "laptop-1", lambda: NOW)


def opened(path: Path) -> JournalDB:
    return JournalDB(path, writable=True, stamp=STAMP, quarantine=path.parent / "quarantine")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "session.journal"


def test_what_was_inserted_is_there_after_reopening(path: Path) -> None:
    with opened(path) as db:
        assert db.insert({"cue": "verbal"}) == 1
        assert db.table("people").insert({"name": "Ada"}) == 1
    with JournalDB(path) as db:
        assert db.all() == [{"cue": "verbal"}]
        assert db.table("people").get(doc_id=1) == {"name": "Ada"}
        assert db.tables() == {"_default", "people"}


def test_a_line_says_who_when_and_what(path: Path) -> None:
    with opened(path) as db:
        db.insert({"cue": "verbal"})
        db.remove(doc_ids=[1])
    lines = [msgspec.json.decode(line) for line in path.read_bytes().splitlines()]
    header, inserted, removed = (record for record, _ in lines)
    made = {"entered": "2026-03-02T10:12:41+00:00", "author": "J. Rivera", "device": "laptop-1"}
    assert header == {"journal": "otgroup", "schema": 1, **made}
    assert inserted == {"seq": 1, **made, "table": "_default", "id": 1, "doc": {"cue": "verbal"}}
    assert removed == {"seq": 2, **made, "table": "_default", "id": 1, "doc": None}


def test_another_leader_signs_later_lines(path: Path) -> None:
    with opened(path) as db:
        db.insert({"n": 1})
        db.journal.stamp = JournalStamp("M. Osei", "laptop-1", lambda: NOW)
        db.insert({"n": 2})
    authors = [msgspec.json.decode(line)[0]["author"] for line in path.read_bytes().splitlines()]
    assert authors == ["J. Rivera", "J. Rivera", "M. Osei"]


def test_the_file_is_for_the_owner_alone(path: Path) -> None:
    with opened(path) as db:
        db.insert({})
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_handed_out_changes_what_is_kept(path: Path) -> None:
    given_in: dict[str, Any] = {"cues": [1]}
    with opened(path) as db:
        db.insert(given_in)
        given_in["cues"].append(2)
        for hand_out in (
            lambda: db.all()[0],
            lambda: db.get(doc_id=1),
            lambda: db.search(where("cues").any([1]))[0],
            lambda: db.get(where("cues").any([1])),
            lambda: next(iter(db)),
        ):
            hand_out()["cues"].append(99)
            assert hand_out() == {"cues": [1]}


def test_a_change_deep_inside_a_document_is_written(path: Path) -> None:
    with opened(path) as db:
        db.insert({"cues": {"verbal": [1]}})
        db.insert({"cues": {"verbal": [5]}})
        db.update(lambda doc: doc["cues"]["verbal"].append(2), where("cues")["verbal"] == [1])
        assert db.journal.seq == 3
    with JournalDB(path) as db:
        assert db.all() == [{"cues": {"verbal": [1, 2]}}, {"cues": {"verbal": [5]}}]


def test_an_update_that_changes_nothing_writes_nothing(path: Path) -> None:
    with opened(path) as db:
        db.insert({"a": 1})
        before = path.read_bytes()
        assert db.update({"a": 1}) == [1]
        assert db.remove(where("a") == 2) == []
    assert path.read_bytes() == before


def test_a_failing_updater_leaves_everything_as_it_was(path: Path) -> None:
    def fail(doc: Any) -> None:
        doc["a"] = 9
        raise RuntimeError

    with opened(path) as db:
        db.insert_multiple([{"a": 1}, {"a": 2}])
        before = path.read_bytes()
        with pytest.raises(RuntimeError):
            db.update(fail)
        assert [doc["a"] for doc in db] == [1, 2]
    assert path.read_bytes() == before


def test_a_document_that_is_no_json_is_refused_without_showing_it(path: Path) -> None:
    with opened(path) as db:
        with pytest.raises(BadInput) as refusal:
            db.insert({"name": "Ada\ud800"})
        assert "Ada" not in str(refusal.value)
        assert refusal.value.__cause__ is None
        assert len(db) == 0


def test_a_lookup_by_id_and_an_insert_decode_no_other_document(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(path) as db:
        db.insert_multiple({"n": n} for n in range(50))
        decoded = []
        decode = msgspec.json.Decoder(dict[str, Any]).decode

        def counted(raw: bytes) -> dict[str, Any]:
            decoded.append(raw)
            return decode(raw)

        monkeypatch.setattr("otgroup.store.documents._decode", counted)
        assert db.get(doc_id=7) == {"n": 6}
        assert len(decoded) == 1
        db.insert({"n": 50})
        assert len(db) == 51
        assert len(decoded) == 1


def test_tables_can_be_changed_while_they_are_read(path: Path) -> None:
    with opened(path) as db:
        db.insert_multiple([{"n": 1}, {"n": 2}])
        for doc in db:
            db.remove(doc_ids=[doc.doc_id])
        assert db.all() == []


def test_tables_are_dropped_through_the_journal(path: Path) -> None:
    with opened(path) as db:
        for name in ("a", "b", "c"):
            db.table(name).insert_multiple([{"n": 1}, {"n": 2}])
        db.drop_table("a")
        assert db.tables() == {"b", "c"}
        assert db.table("a").insert({"n": 3}) == 1
        db.drop_tables()
        assert db.tables() == set()
        assert db.journal.seq == 6 + 2 + 1 + 5
    with JournalDB(path) as db:
        assert db.tables() == set()


def test_one_append_may_change_several_tables(path: Path) -> None:
    with opened(path) as db:
        db.journal.append([DocumentChange("a", 1, b'{"n":1}'), DocumentChange("b", 1, b'{"n":2}')])
    with JournalDB(path) as db:
        assert (db.table("a").all(), db.table("b").all()) == ([{"n": 1}], [{"n": 2}])


def test_the_whole_file_is_never_rewritten(path: Path) -> None:
    with opened(path) as db:
        db.insert({"n": 1})
        with pytest.raises(StoreError, match="only ever added to"):
            db.storage.write({})
        assert len(db) == 1


def test_a_reader_may_not_write(path: Path) -> None:
    with opened(path) as db:
        db.insert({"n": 1})
    with JournalDB(path) as db:
        assert not db.journal.writable
        with pytest.raises(ReadOnly, match="only to be read"):
            db.insert({"n": 2})
        assert len(db) == 1


def test_reading_a_journal_not_begun_makes_no_file(path: Path) -> None:
    with JournalDB(path) as db:
        assert db.all() == []
        assert db.journal.header is None
    with opened(path):
        pass
    assert not path.exists()


def test_a_closed_journal_takes_nothing(path: Path) -> None:
    db = opened(path)
    db.insert({"n": 1})
    db.close()
    with pytest.raises(ReadOnly, match="closed"):
        db.insert({"n": 2})


def test_a_writer_needs_a_stamp_and_an_aware_clock(path: Path) -> None:
    with pytest.raises(TypeError, match="stamp"):
        JournalStorage(path, writable=True)
    naive = JournalStamp("", "", lambda: datetime(2026, 3, 2))  # noqa: DTZ001
    with (
        JournalDB(path, writable=True, stamp=naive, quarantine=path.parent) as db,
        pytest.raises(ValueError, match="zone"),
    ):
        db.insert({})


def test_a_complete_journal_is_written_at_once(path: Path) -> None:
    tables: dict[str, dict[int, dict[str, Any]]] = {"events": {1: {"n": 1}, 4: {"n": 4}}, "people": {2: {}}}
    create(path, STAMP, tables)
    with opened(path) as db:
        assert {doc.doc_id: doc for doc in db.table("events")} == tables["events"]
        assert db.table("people").all() == [{}]
        assert db.table("events").insert({"n": 5}) == 5
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_complete_journal_never_replaces_another(path: Path) -> None:
    create(path, STAMP, {"events": {1: {"n": 1}}})
    before = path.read_bytes()
    with pytest.raises(NotSaved, match="there already"):
        create(path, STAMP, {})
    assert path.read_bytes() == before


def test_a_newer_journal_opens_only_to_be_read_and_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(chain, "JOURNAL_SCHEMA", 2)
        create(path, STAMP, {"events": {1: {"n": 1}}})
    path.write_bytes(path.read_bytes() + b"torn")
    before = path.read_bytes()
    with opened(path) as db:
        assert "newer OTGroup (schema 2)" in db.journal.notices[0]
        assert db.table("events").all() == [{"n": 1}]
        with pytest.raises(ReadOnly, match="newer OTGroup"):
            db.insert({})
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("record", "line"),
    [
        (b'{"journal":"diary","schema":1,"entered":"","author":"","device":""}', 1),
        (b'{"journal":"otgroup"}', 1),
    ],
)
def test_a_sound_line_that_begins_no_journal_is_damage(path: Path, record: bytes, line: int) -> None:
    path.write_bytes(chain.seal(record, b"")[0])
    with pytest.raises(Damaged, match=f"line {line}:"):
        JournalDB(path)


def test_sequence_numbers_have_no_gap(path: Path) -> None:
    first, tip = chain.header_line(STAMP)
    line, _ = chain.change_lines([DocumentChange("events", 1, b"{}")], STAMP, 1, tip)
    path.write_bytes(first + line)
    with pytest.raises(Damaged, match=r"line 2: .* number 2, not 1"):
        JournalDB(path)


def test_a_file_another_program_changed_is_not_written(path: Path) -> None:
    with opened(path) as db:
        db.insert({"n": 1})
        with path.open("ab") as other:
            other.write(b"x")
        with pytest.raises(ReadOnly, match="while open"):
            db.insert({"n": 2})
        assert len(db) == 1
    with opened(path) as db:
        db.insert({"n": 2})
        os.replace(path, path.with_suffix(".away"))  # noqa: PTH105
        path.with_suffix(".away").unlink()
        with pytest.raises(ReadOnly, match="while open"):
            db.insert({"n": 3})


FIELDS = st.dictionaries(
    st.sampled_from("abc"),
    st.none() | st.integers(-3, 3) | st.text(max_size=3) | st.lists(st.integers(0, 2), max_size=2),
    max_size=3,
)
CONDITIONS = st.sampled_from([where("a").exists(), where("b") == 1, ~where("c").exists(), where("a") == where("a")])
IDS = st.lists(st.integers(1, 6), max_size=3, unique=True)
OPERATIONS = st.one_of(
    st.tuples(st.just("insert"), FIELDS),
    st.tuples(st.just("insert"), st.builds(Document, FIELDS, st.integers(1, 6))),
    st.tuples(st.just("insert_multiple"), st.lists(FIELDS, max_size=4)),
    st.tuples(st.just("update"), FIELDS, CONDITIONS),
    st.tuples(st.just("update"), FIELDS, st.none(), IDS),
    st.tuples(st.just("update"), FIELDS),
    st.tuples(st.just("upsert"), FIELDS, CONDITIONS),
    st.tuples(st.just("upsert"), st.builds(Document, FIELDS, st.integers(1, 6))),
    st.tuples(st.just("remove"), CONDITIONS),
    st.tuples(st.just("remove"), st.none(), IDS),
    st.tuples(st.just("truncate")),
    st.tuples(st.just("drop_table")),
    st.tuples(st.just("drop_tables")),
    st.tuples(st.just("search"), CONDITIONS),
)


def act(db: TinyDB, name: str, operation: tuple[Any, ...]) -> Any:
    kind, *arguments = operation
    try:
        if kind == "drop_tables":
            return db.drop_tables()
        if kind == "drop_table":
            return db.drop_table(name)
        return getattr(db.table(name), kind)(*arguments)
    except ValueError as error:  # an id that is there already
        return str(error)


def contents(db: TinyDB) -> dict[str, dict[int, Any]]:
    tables = {name: {doc.doc_id: dict(doc) for doc in db.table(name)} for name in db.tables()}
    return {name: docs for name, docs in tables.items() if docs}


def copied(operation: tuple[Any, ...]) -> tuple[Any, ...]:
    """MemoryStorage keeps the very objects it is given: each database gets its own."""

    def copy(part: Any) -> Any:
        if isinstance(part, Document):
            return Document(msgspec.json.decode(msgspec.json.encode(dict(part))), part.doc_id)
        if isinstance(part, dict | list):
            return msgspec.json.decode(msgspec.json.encode(part))
        return part

    return tuple(copy(part) for part in operation)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["_default", "people"]), OPERATIONS), max_size=12))
def test_any_operations_do_what_tinydb_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, tuple[Any, ...]]]
) -> None:
    path = tmp_path_factory.mktemp("same") / "session.journal"
    with TinyDB(storage=MemoryStorage) as model, opened(path) as db:
        for name, operation in steps:
            expected = act(model, name, copied(operation))
            assert act(db, name, operation) == expected
            assert contents(db) == contents(model)
        with JournalDB(path) as again:
            assert contents(again) == contents(model)
            for name in again.tables():
                assert [doc.doc_id for doc in again.table(name)] == [doc.doc_id for doc in db.table(name)]
