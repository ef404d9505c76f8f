"""The review of a session's notes, without a screen: what is shown, found, edited, signed, added, handed over.

Everything a leader does here is an entry in the session's journal before it is seen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol as Interface

from otgroup.billing.one_on_one import OneOnOne
from otgroup.errors import BadInput
from otgroup.notes.batch import Batch, NoteContext, write_batch
from otgroup.notes.facts.reading import Facts, facts_for
from otgroup.notes.facts.record import digest_of_record
from otgroup.notes.names import strangers_in
from otgroup.notes.note import AdditionKind, Note
from otgroup.notes.signing.findings import Finding, NoteUnderReview, findings
from otgroup.notes.signing.papers import (
    Added,
    Edited,
    HandedOver,
    Looked,
    Paper,
    PaperEvent,
    PaperPen,
    Reverted,
    Signed,
    apply_paper,
    digest_of,
    read_papers,
)
from otgroup.notes.signing.rules import ReviewRules
from otgroup.notes.signing.trace import Evidence, evidence
from otgroup.notes.writer import NoteWriter
from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.people import Leader, PersonId
from otgroup.record.state import SessionState


class Filing(Interface):
    """A session that keeps events and what is done with its notes before it says so."""

    state: SessionState

    def record(self, *events: Event) -> SessionState:
        """Keep events."""

    def file(self, *papers: PaperEvent) -> None:
        """Keep what was done with notes."""

    def filed(self) -> list[bytes]:
        """What was done with notes so far."""


@dataclass(frozen=True)
class Material:
    """What a review works with beside the session: the writer, what is looked for, each one's last session of
    this group, one-on-one time.
    """

    writer: NoteWriter
    rules: ReviewRules
    earlier: Mapping[PersonId, SessionState] = field(default_factory=dict)
    entries: tuple[OneOnOne, ...] = ()


class Reviewing:
    """One ended session in front of one leader. `template` is how unsigned notes are laid out."""

    def __init__(self, session: Filing, pen: PaperPen, material: Material) -> None:
        self.session = session
        self.rules = material.rules
        self.pen = pen
        self.template = "narrative"
        self._material = material
        self._writer = material.writer
        self.papers = read_papers(session.filed(), session.state.id)
        self._made: dict[str, tuple[object, Batch]] = {}
        self._earlier: dict[tuple[PersonId, str], Note] = {}
        self._traced: dict[PersonId, tuple[Facts, Note, tuple[Evidence, ...]]] = {}

    @property
    def state(self) -> SessionState:
        """The session as it stands on the disk."""
        return self.session.state

    @property
    def people(self) -> tuple[Participant, ...]:
        """Everybody a note is owed for, in board order."""
        return tuple(p for p in self.state.board if p.took_part)

    def paper(self, who: PersonId) -> Paper:
        """What was done with somebody's note so far."""
        return self.papers.get(who, Paper())

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def generated(self) -> Batch:
        """The notes the record gives now, before anything was done with them."""
        _, last = self._made.get("generated", (None, Batch()))
        return self._written("generated", {}, last)

    def batch(self) -> Batch:
        """The notes that count: edited, signed, added to."""
        try:
            last = self.generated
        except BadInput:  # the template fails, what was signed stands all the same
            last = Batch()
        return self._written("in force", self.papers, last)

    def _written(self, which: str, papers: Mapping[PersonId, Paper], last: Batch) -> Batch:
        """The notes; written again only when something they are made from has changed."""
        material, known = self._material, self._made.get(which)
        made_from = (self.state.log, self.template, papers)
        if known is None or known[0] != made_from:
            context = NoteContext(earlier=material.earlier, entries=material.entries, papers=papers, written=last)
            batch = write_batch(self.state, self._writer, self.template, context=context)
            self._made[which] = known = (made_from, batch)
        return known[1]

    def take_entries(self, entries: tuple[OneOnOne, ...]) -> None:
        """One-on-one time as it was entered meanwhile."""
        if entries != self._material.entries:
            self._material = replace(self._material, entries=entries)
            self._made.clear()

    def notes(self) -> dict[PersonId, Note]:
        """Everybody's note that counts."""
        return {note.participant: note for note in self.batch().notes}

    def case(self, who: PersonId, notes: Mapping[PersonId, Note]) -> NoteUnderReview:
        """All that the findings on one note are made of."""
        facts = self.generated.facts[who]
        return NoteUnderReview(
            p=self.state.participants[who],
            state=self.state,
            facts=facts,
            note=notes[who],
            paper=self.paper(who),
            fixed=self._writer.fixed_wording(facts),
            siblings=notes,
            before=self._before(who),
        )

    def _before(self, who: PersonId) -> Note | None:
        """The same participant's last note of this group, as its record gives it."""
        state, key = self._material.earlier.get(who), (who, self.template)
        if state is None or who not in state.participants or not state.participants[who].took_part:
            return None
        if key not in self._earlier:
            self._earlier[key] = self._writer.write(facts_for(state, who), self.template)
        return self._earlier[key]

    def findings(self, who: PersonId) -> tuple[Finding, ...]:
        """What stands against signing this note."""
        return findings(self.case(who, self.notes()), self.rules)

    def evidence(self, who: PersonId) -> tuple[Evidence, ...]:
        """Every figure in the generated text of a note with its events; none for text a person has edited."""
        facts = self.generated.facts[who]
        generated = next(n for n in self.generated.notes if n.participant == who)
        edited = {section for template, section in self.paper(who).edits if template == self.template}
        found = self._trace(facts, generated)
        return () if self.paper(who).signed else tuple(e for e in found if e.section not in edited)

    def _trace(self, facts: Facts, note: Note) -> tuple[Evidence, ...]:
        """The figures of a note; traced again only when the note is another one."""
        known = self._traced.get(note.participant)
        if known is None or known[:2] != (facts, note):
            self._traced[note.participant] = known = (facts, note, evidence(self._writer, facts, note))
        return known[2]

    def owes_cosignature(self, who: PersonId) -> bool:
        """Whether the note is signed and still waits for a supervisor."""
        paper = self.paper(who)
        return paper.signed is not None and not paper.cosigned and self.rules.needs_cosignature(_author(paper.signed))

    # --- what is done -----------------------------------------------------------------------------

    def look(self, who: PersonId, finding: Finding) -> None:
        """The leader has looked at what a finding is about."""
        self._file(Looked(**self.pen.stamp(who), finding=finding.key))

    def refuse_edit(self, who: PersonId) -> None:
        """Refuse where nothing can be edited, before anybody types. Raises BadInput."""
        if self.paper(who).signed:
            raise BadInput("signed text never changes: a adds to it")

    def edit(self, who: PersonId, section: str, text: str) -> None:
        """Put a leader's own text in a section's place. Raises BadInput where the note is signed."""
        self.refuse_edit(who)
        record = digest_of_record(self.state, who)
        stamp = self.pen.stamp(who)
        self._file(Edited(**stamp, template=self.template, section=section, text=text, record=record))

    def revert(self, who: PersonId, section: str) -> None:
        """Go back to the generated text of a section."""
        self.refuse_edit(who)
        if (self.template, section) not in self.paper(who).edits:
            raise BadInput(f"{section} is as the record gives it already")
        self._file(Reverted(**self.pen.stamp(who), template=self.template, section=section))

    def sign(self, who: PersonId) -> None:
        """Sign the note as it stands, or put a supervisor's signature beside the author's. Raises BadInput."""
        if not self.pen.by.credentials:
            raise BadInput("who signs needs credentials: escape, then l on home")
        if self.paper(who).signed:
            self._cosign(who)
            return
        if self.pen.by.name != self.state.leader.name:
            raise BadInput(f"{self.state.leader} led this group and signs first: escape, then l on home")
        blocking = [finding for finding in self.findings(who) if finding.blocks]
        if blocking:
            raise BadInput(f"cannot be signed yet: {blocking[0].text}")
        note = self.notes()[who]
        record = digest_of_record(self.state, who)
        stamp = self.pen.stamp(who)
        self._file(Signed(**stamp, digest=digest_of(note), role="author", note=note, record=record))

    def _cosign(self, who: PersonId) -> None:
        signed = self.paper(who).signed
        if signed is None or not self.owes_cosignature(who):
            raise BadInput("signed already: a adds to it")
        own = self.pen.by.name.casefold() == _author(signed).name.casefold()
        if own or self.rules.needs_cosignature(self.pen.by):
            raise BadInput("a supervisor signs beside the author: escape, then l on home")
        self._file(Signed(**self.pen.stamp(who), digest=signed.signatures[0].digest, role="cosigner"))

    def refuse_addition(self, who: PersonId) -> None:
        """Refuse where nothing can be added, before anybody types. Raises BadInput."""
        if self.paper(who).signed is None:
            raise BadInput("not signed yet: e edits it")
        if not self.pen.by.credentials:
            raise BadInput("who adds needs credentials: escape, then l on home")

    def add(self, who: PersonId, sort: AdditionKind, text: str) -> None:
        """Add a dated, signed entry to a signed note. Raises BadInput where there is nothing to add to."""
        self.refuse_addition(who)
        own = self.state.participants[who].person
        strangers = strangers_in(text, [p.person for p in self.state.board], own)
        if strangers:
            raise BadInput(f'nothing was added: it names another participant, "{strangers[0]}"')
        self._file(Added(**self.pen.stamp(who), sort=sort, text=text))

    def hand_over(self, who: tuple[PersonId, ...], formats: tuple[str, ...], to: str) -> None:
        """Keep that signed notes have left the program; unsigned drafts leave no entry."""
        signed = [person for person in who if self.paper(person).signed]
        self._file(*(HandedOver(**self.pen.stamp(person), formats=formats, to=to) for person in signed))

    def _file(self, *events: PaperEvent) -> None:
        if events:
            self.session.file(*events)
        for event in events:
            self.papers = {**self.papers, event.participant: apply_paper(self.paper(event.participant), event)}


def _author(note: Note) -> Leader:
    return note.signatures[0].by
