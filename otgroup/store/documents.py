"""Documents as TinyDB sees them: decoded from the journal's bytes each time they are asked for."""

from collections.abc import Callable, ItemsView, Iterator, Mapping, MutableMapping
from typing import Any

import msgspec

from otgroup.errors import BadInput
from otgroup.store.chain import DocumentChange

Doc = dict[str, Any]

_encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode
_decode: Callable[[bytes], Doc] = msgspec.json.Decoder(dict[str, Any]).decode


def encode(doc: Mapping[str, Any]) -> bytes:
    """Encode a document as JSON; raises BadInput (without showing it) if that cannot be done."""
    try:
        return _encode(doc)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        # The cause is left out: its text would show what the document holds.
        raise BadInput(
            f"a document cannot be written as JSON ({type(error).__name__}): "
            "look for broken characters or values of an unknown kind in it"
        ) from None


class Snapshot(Mapping[str, Doc]):
    """A table to read: every look at a document decodes a new copy of it."""

    def __init__(self, docs: Mapping[int, bytes]) -> None:
        self._docs = docs

    def __getitem__(self, doc_id: str) -> Doc:
        return _decode(self._docs[int(doc_id)])

    def __iter__(self) -> Iterator[str]:
        return map(str, list(self._docs))

    def __len__(self) -> int:
        return len(self._docs)

    def items(self) -> ItemsView[str, Doc]:
        """All documents with their ids, as they stand when the reading begins."""
        return _Items(self, self._docs)


class _Items(ItemsView[str, Doc]):
    """The items of a snapshot without a look-up for each."""

    def __init__(self, snapshot: Snapshot, docs: Mapping[int, bytes]) -> None:
        super().__init__(snapshot)
        self._docs = docs

    def __iter__(self) -> Iterator[tuple[str, Doc]]:
        # The list lets the reader change the table on the way, as TinyDB does.
        for doc_id, doc in list(self._docs.items()):
            yield str(doc_id), _decode(doc)


class Draft(MutableMapping[int, Doc]):
    """A table being updated: remembers what was handed out or set, so that only changes are written."""

    def __init__(self, before: Mapping[int, bytes]) -> None:
        self._before = before
        self._touched: dict[int, Doc | None] = {}

    def __getitem__(self, doc_id: int) -> Doc:
        doc = self._touched[doc_id] if doc_id in self._touched else _decode(self._before[doc_id])
        if doc is None:
            raise KeyError(doc_id)
        self._touched[doc_id] = doc  # the caller may change it in place
        return doc

    def __setitem__(self, doc_id: int, doc: Doc) -> None:
        self._touched[doc_id] = doc

    def __delitem__(self, doc_id: int) -> None:
        if doc_id not in self:
            raise KeyError(doc_id)
        self._touched[doc_id] = None

    def __contains__(self, doc_id: object) -> bool:
        if doc_id in self._touched:
            return self._touched[doc_id] is not None
        return doc_id in self._before

    def __iter__(self) -> Iterator[int]:
        yield from (doc_id for doc_id in self._before if doc_id in self)
        yield from (doc_id for doc_id in self._touched if doc_id not in self._before and doc_id in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove all documents."""
        self._touched = dict.fromkeys(self)

    def changes(self, table: str) -> list[DocumentChange]:
        """Return what differs from before, each document encoded once."""
        found = []
        for doc_id, doc in self._touched.items():
            encoded = None if doc is None else encode(doc)
            if encoded != self._before.get(doc_id):
                found.append(DocumentChange(table, doc_id, encoded))
        return found
