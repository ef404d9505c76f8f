"""The library: participants, leaders, one-on-one minutes and the index of sessions. Small, its index rebuildable."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import msgspec

from otgroup.billing.one_on_one import OneOnOne
from otgroup.errors import Damaged, NotFound
from otgroup.record.people import Leader, Person, PersonId
from otgroup.store.journal import JournalDB, JournalTable
from otgroup.store.summary import Summary

_T = TypeVar("_T")


class Library:
    """Everything a clinic keeps beside its sessions."""

    def __init__(self, db: JournalDB) -> None:
        self._people: JournalTable = db.table("people")
        self._leaders: JournalTable = db.table("leaders")
        self._index: JournalTable = db.table("sessions")
        self._minutes: JournalTable = db.table("minutes")

    def people(self) -> list[Person]:
        """Every participant, by name. Raises Damaged."""
        found = [_as(doc, Person) for doc in self._people]
        return sorted(found, key=lambda person: (person.name.casefold(), person.record_number))

    def save_people(self, people: Sequence[Person]) -> None:
        """Insert or update by id, all of them or none. Raises NotSaved or ReadOnly."""
        self._put(self._people, people, lambda doc: doc["id"])

    def leader(self) -> Leader | None:
        """Whoever led last. Raises Damaged."""
        return next((_as(doc["leader"], Leader) for doc in self._leaders if doc["last"]), None)

    def leaders(self) -> list[Leader]:
        """Everybody who has led a group here. Raises Damaged."""
        return [_as(doc["leader"], Leader) for doc in self._leaders]

    def remember_leader(self, leader: Leader, *, at_work: bool = True) -> None:
        """Keep a leader and that they are at work here now; one who is not (their sheet was recorded) only where
        nobody is. Raises NotSaved or ReadOnly.
        """
        last = at_work or self.leader() in (None, leader)
        others = {doc.doc_id: {**doc, "last": False} for doc in self._leaders if doc["last"]} if last else {}
        same = next((d.doc_id for d in self._leaders if _as(d["leader"], Leader) == leader), None)
        doc_id = same or max((d.doc_id for d in self._leaders), default=0) + 1
        self._leaders.put({**others, doc_id: {"leader": msgspec.to_builtins(leader), "last": last}})

    def add_minutes(self, entry: OneOnOne) -> None:
        """Keep one-on-one time. Whether it overlaps anything is asked before (`billing.one_on_one`). Raises NotSaved
        or ReadOnly.
        """
        self._put(self._minutes, (entry,), lambda doc: doc["id"])

    def remove_minutes(self, entry_id: str) -> OneOnOne:
        """Take an entry back; the journal keeps that it was there. Raises NotFound, NotSaved or ReadOnly."""
        found = next((doc for doc in self._minutes if doc["id"] == entry_id), None)
        if found is None:
            raise NotFound(f'there is no one-on-one time "{entry_id}": "otgroup minutes list" lists them')
        self._minutes.remove(doc_ids=[found.doc_id])
        return _as(found, OneOnOne)

    def minutes(self) -> list[OneOnOne]:
        """All one-on-one time, by when it was. Raises Damaged."""
        return sorted((_as(doc, OneOnOne) for doc in self._minutes), key=lambda entry: entry.start)

    def minutes_of(self, person: PersonId) -> list[OneOnOne]:
        """One person's one-on-one time. Raises Damaged."""
        return [entry for entry in self.minutes() if entry.person == person]

    def indexed(self) -> dict[str, Summary]:
        """The index of sessions, as far as it was kept; a row that is not known here is made anew."""
        rows: dict[str, Summary] = {}
        for doc in self._index:
            with suppress(Damaged):
                rows[doc["id"]] = _as(doc, Summary)
        return rows

    def index(self, summaries: Iterable[Summary]) -> None:
        """Keep what the index says of these sessions. Raises NotSaved or ReadOnly."""
        self._put(self._index, list(summaries), lambda doc: doc["id"])

    def _put(self, table: JournalTable, items: Sequence[Any], key: Callable[[Any], str]) -> None:
        """Insert or update documents by their own key, as one change."""
        doc_ids: dict[str, int] = {key(doc): doc.doc_id for doc in table}
        following = max(doc_ids.values(), default=0) + 1
        changed: dict[int, Any] = {}
        for item in items:
            doc = msgspec.to_builtins(item)
            doc_id = doc_ids.setdefault(key(doc), following)
            following = max(following, doc_id + 1)
            changed[doc_id] = doc
        if changed:
            table.put(changed)


def _as(doc: Any, kind: type[_T]) -> _T:
    """A document as what it stands for. Raises Damaged where it is something else."""
    try:
        return msgspec.convert(doc, kind)
    except msgspec.ValidationError as error:
        what = f"an entry in the library is no {kind.__name__.casefold()} that this OTGroup knows"
        raise Damaged(what, "update OTGroup, or put back a copy of library.journal from a backup") from error
