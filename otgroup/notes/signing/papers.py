"""What a leader did with the notes of a session: events, and the papers they fold into. Pure.

They stand in the session's own journal, in a table beside what happened in the group, and are as durable
as a tap. Nothing is rewritten: a signed text is kept whole, and what comes after it is added.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType
from typing import ClassVar, TypedDict

import msgspec

from otgroup.errors import Damaged
from otgroup.notes.note import Addition, AdditionKind, Note, Role, Signature
from otgroup.record.event import AbstractStruct
from otgroup.record.part import replace
from otgroup.record.people import Leader, PersonId


class PaperStamp(TypedDict):
    """What an entry is stamped with: `Looked(**pen.stamp(person), finding=key)`."""

    id: str
    at: datetime
    by: Leader
    participant: PersonId


class PaperEvent(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    tag_field="kind",
    tag=str.lower,
    metaclass=AbstractStruct,
):
    """Something done with one participant's note: when, by whom."""

    before_signing: ClassVar[bool] = False
    after_signing: ClassVar[bool] = False
    """When it changes anything: signed text stays."""

    id: str
    at: datetime
    by: Leader
    participant: PersonId

    @abstractmethod
    def changed(self, paper: "Paper") -> "Paper":
        """The paper after it was done."""

    @property
    def kind(self) -> str:
        """Its tag in the journal."""
        return str(type(self).__struct_config__.tag)

    @property
    def told(self) -> str:
        """What was done, in a few words."""
        return type(self).__name__.lower()


class Looked(PaperEvent, frozen=True, kw_only=True):
    """The leader has looked at what a finding is about."""

    before_signing: ClassVar[bool] = True
    after_signing: ClassVar[bool] = True

    finding: str

    def changed(self, paper: "Paper") -> "Paper":
        """The finding counts as looked at."""
        return replace(paper, looked=paper.looked | {self.finding})

    @property
    def told(self) -> str:
        """Which finding."""
        return f"looked at ({self.finding})"


class Edited(PaperEvent, frozen=True, kw_only=True):
    """A section's text was replaced; `record` is the digest of the record it was written from."""

    before_signing: ClassVar[bool] = True

    template: str
    section: str
    text: str
    record: str

    def changed(self, paper: "Paper") -> "Paper":
        """The section with its new text."""
        edit = Edit(self.text, self.record)
        return replace(paper, edits={**paper.edits, (self.template, self.section): edit})

    @property
    def told(self) -> str:
        """Which section."""
        return f"{self.section} edited"


class Reverted(PaperEvent, frozen=True, kw_only=True):
    """A section went back to the generated text."""

    before_signing: ClassVar[bool] = True

    template: str
    section: str

    def changed(self, paper: "Paper") -> "Paper":
        """The section without an edit."""
        left = {key: edit for key, edit in paper.edits.items() if key != (self.template, self.section)}
        return replace(paper, edits=left)

    @property
    def told(self) -> str:
        """Which section."""
        return f"{self.section} given back to the generated text"


class Signed(PaperEvent, frozen=True, kw_only=True):
    """The note was signed as it stood on the screen; a co-signature names the same digest.

    `record` is the digest of the record the note was written from.
    """

    before_signing: ClassVar[bool] = True
    after_signing: ClassVar[bool] = True

    digest: str
    role: Role
    note: Note | None = None
    record: str = ""

    def changed(self, paper: "Paper") -> "Paper":
        """The author's signature keeps the note; a co-signature counts only for the very text that was signed."""
        signature = Signature(by=self.by, at=self.at, digest=self.digest, role=self.role)
        if self.role == "author" and self.note is not None and paper.signed is None:
            return replace(paper, signed=replace(self.note, signatures=(signature,)), signed_record=self.record)
        signed = paper.signed
        if self.role == "cosigner" and signed and signed.signatures[0].digest == self.digest:
            return replace(paper, signed=replace(signed, signatures=(*signed.signatures, signature)))
        return paper

    @property
    def told(self) -> str:
        """As what, and the digest."""
        return f"{'co-signed' if self.role == 'cosigner' else 'signed'} (SHA-256 {self.digest})"


class Added(PaperEvent, frozen=True, kw_only=True):
    """An entry after the signature."""

    after_signing: ClassVar[bool] = True

    sort: AdditionKind
    text: str

    def changed(self, paper: "Paper") -> "Paper":
        """One more addition."""
        addition = Addition(kind=self.sort, text=self.text, by=self.by, at=self.at)
        return replace(paper, additions=(*paper.additions, addition))

    @property
    def told(self) -> str:
        """What sort of entry."""
        return f"{self.sort} added"


class HandedOver(PaperEvent, frozen=True, kw_only=True):
    """A signed note left the program: in which formats, and where to."""

    after_signing: ClassVar[bool] = True

    formats: tuple[str, ...]
    to: str

    def changed(self, paper: "Paper") -> "Paper":
        """It has left once more."""
        return replace(paper, handed_over=(*paper.handed_over, self))

    @property
    def told(self) -> str:
        """As what, and where to."""
        return f"handed over as {', '.join(self.formats)} to {self.to}"


AnyPaperEvent = Looked | Edited | Reverted | Signed | Added | HandedOver
"""Every kind of entry."""


class Edit(msgspec.Struct, frozen=True):
    """A section's own text, and the digest of the record it was written from."""

    text: str
    record: str


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One participant's note as a leader has dealt with it so far."""

    looked: frozenset[str] = frozenset()
    edits: Mapping[tuple[str, str], Edit] = MappingProxyType({})
    signed: Note | None = None
    signed_record: str = ""
    additions: tuple[Addition, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()

    @property
    def cosigned(self) -> bool:
        """Whether somebody has signed beside the author."""
        return self.signed is not None and any(s.role == "cosigner" for s in self.signed.signatures)


_decode = msgspec.json.Decoder(AnyPaperEvent).decode


def read_papers(filed: Iterable[bytes], session: str) -> dict[PersonId, Paper]:
    """The papers of a session from what its journal has filed. Raises Damaged where an entry is not ours."""
    return fold_papers(read_entries(filed, session))


def read_entries(filed: Iterable[bytes], session: str) -> list[PaperEvent]:
    """The entries themselves, oldest first. Raises Damaged."""
    try:
        return [_decode(entry) for entry in filed]
    except msgspec.DecodeError as error:
        mend = "update OTGroup, or restore a copy of its journal"
        raise Damaged(f"session {session}: an entry on its notes is not known here", mend) from error


def fold_papers(events: Iterable[PaperEvent]) -> dict[PersonId, Paper]:
    """The papers that events give; who has none yet is missing."""
    papers: dict[PersonId, Paper] = {}
    for event in events:
        papers[event.participant] = apply_paper(papers.get(event.participant, Paper()), event)
    return papers


def apply_paper(paper: Paper, event: PaperEvent) -> Paper:
    """The paper after one more event. Signed text stays: what would change it changes nothing."""
    counts = event.after_signing if paper.signed else event.before_signing
    return event.changed(paper) if counts else paper


def digest_of(note: Note) -> str:
    """SHA-256 of what is signed: header, template and sections, as compact JSON with keys in their order."""
    return sha256(msgspec.json.encode((note.header, note.template, note.sections))).hexdigest()


def tampered(paper: Paper) -> bool:
    """Whether a signed note is no longer the text its signature names."""
    return paper.signed is not None and paper.signed.signatures[0].digest != digest_of(paper.signed)


def note_in_force(note: Note, paper: Paper) -> Note:
    """The note that counts: the signed one with what was added; else the generated one with its edits."""
    if paper.signed:
        return replace(paper.signed, additions=paper.additions)
    sections = tuple(
        replace(s, paragraphs=tuple(filter(None, map(str.strip, edit.text.split("\n"))))) if edit else s
        for s in note.sections
        for edit in (paper.edits.get((note.template, s.title)),)
    )
    return replace(note, sections=tuple(s for s in sections if s.paragraphs))


class PaperPen:
    """Stamps paper events: knows the time, who is at the keyboard and where ids come from."""

    def __init__(self, now: Callable[[], datetime], new_id: Callable[[], str], by: Leader) -> None:
        self.now, self.new_id, self.by = now, new_id, by

    def stamp(self, participant: PersonId) -> PaperStamp:
        """A stamp for somebody's note, now."""
        return PaperStamp(id=self.new_id(), at=self.now(), by=self.by, participant=participant)
