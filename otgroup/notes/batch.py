"""All notes of one session, and what a person must know about them."""

from collections.abc import Iterator, Mapping
from typing import Final, Literal

import msgspec

from otgroup.billing.one_on_one import OneOnOne
from otgroup.errors import BadInput, NotFound
from otgroup.notes.english.grammar import counted
from otgroup.notes.facts.reading import Facts, facts_for
from otgroup.notes.names import NameScreen, normalized, strangers_in
from otgroup.notes.note import Note
from otgroup.notes.open_points import points_to_check
from otgroup.notes.signing.papers import Paper, note_in_force
from otgroup.notes.writer import NoteWriter
from otgroup.record.fold import as_of
from otgroup.record.participant import Participant
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState

NOT_STATED: Final = "no note, attendance was never stated"


class MissedTreatment(msgspec.Struct, frozen=True, kw_only=True):
    """A missed-treatment entry: somebody who was absent or declined."""

    participant: PersonId
    name: str
    record_number: str
    attendance: Literal["absent", "declined"]
    reason: str
    withheld: bool = False

    @property
    def told(self) -> str:
        """Missed treatment, absent (clinic visit)."""
        return f"missed treatment, {self.attendance}{f' ({self.reason})' if self.reason else ''}"


class Failed(msgspec.Struct, frozen=True):
    """Somebody whose note could not be written, and why."""

    participant: PersonId
    name: str
    why: str


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """The notes in board order with the facts of each and the session they were read from (as it stood when the
    note was signed), who missed treatment, whose attendance nobody stated, whose note could not be written, one
    line for each person, and what the index says of each note.

    `single` says that one participant's note was asked for: then there is no index.
    """

    notes: tuple[Note, ...] = ()
    facts: Mapping[PersonId, Facts] = msgspec.field(default_factory=dict)
    states: Mapping[PersonId, SessionState] = msgspec.field(default_factory=dict)
    missed: tuple[MissedTreatment, ...] = ()
    not_stated: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    summary: tuple[str, ...] = ()
    to_check: Mapping[PersonId, tuple[str, ...]] = msgspec.field(default_factory=dict)
    single: bool = False

    @property
    def away(self) -> tuple[str, ...]:
        """One line for each person who missed treatment, then for each whose attendance nobody stated."""
        missed = (f"{one.name}: {one.told}" for one in self.missed)
        return (*missed, *(f"{name}: {NOT_STATED}" for name in self.not_stated))


class NoteContext(msgspec.Struct, frozen=True, kw_only=True):
    """What notes may look at beside their session: each one's last session of this group, where it is to be compared;
    what a leader has edited and signed; one-on-one time; and the notes as the record gave them last, beside the same
    sessions and the same time, of which those stand whose facts are still the same.
    """

    earlier: Mapping[PersonId, SessionState] = msgspec.field(default_factory=dict)
    papers: Mapping[PersonId, Paper] = msgspec.field(default_factory=dict)
    entries: tuple[OneOnOne, ...] = ()
    written: Batch = Batch()


def write_batch(
    state: SessionState,
    writer: NoteWriter,
    template: str = "narrative",
    only: PersonId | None = None,
    context: NoteContext = NoteContext(),  # noqa: B008 - frozen
) -> Batch:
    """Write the notes of a session, or of one participant. A note that cannot be written leaves the others as they
    are. Raises BadInput for a voided session or a template that fails for everybody, NotFound for a participant who
    is not in it.
    """
    if state.voided:
        raise BadInput(f"session {state.id}: it was voided, so there are no notes: home takes it back")
    asked = _asked(state, only)
    treated = [p.person.id for p in asked if p.took_part]
    states = {who: _as_signed(state, context.papers.get(who)) for who in treated}
    facts = {who: _facts(who, states[who], context) for who in treated}
    standing = {**_unchanged(facts, template, context.written), **_signed(context.papers)}
    written, failed = _write(writer, template, facts, standing)
    notes = {who: note_in_force(note, context.papers.get(who, Paper())) for who, note in written.items()}
    missed = tuple(m for m in (_missed(p, state) for p in asked) if m)
    without: list[MissedTreatment | Failed] = [*missed, *failed]
    return Batch(
        notes=tuple(notes.values()),
        facts=facts,
        states=states,
        missed=missed,
        not_stated=tuple(normalized(p.person.name) for p in asked if p.presence.attendance is None),
        failed=failed,
        summary=tuple(_summary(state, asked, facts, notes, {m.participant: m for m in without})),
        to_check={who: tuple(points_to_check(facts[who])) for who in notes},
        single=only is not None,
    )


def _as_signed(state: SessionState, paper: Paper | None) -> SessionState:
    """The session as it stood when the note was signed; as it stands where nobody has."""
    return as_of(state, paper.signed.signatures[0].at) if paper and paper.signed else state


def _asked(state: SessionState, only: PersonId | None) -> tuple[Participant, ...]:
    if only is None:
        return state.board
    if only not in state.participants:
        raise NotFound(f"session {state.id}: participant {only} is not in it, use one of its board")
    return (state.participants[only],)


def _facts(who: PersonId, state: SessionState, context: NoteContext) -> Facts:
    """What this participant's note may say; read from the record once for a session as it stands."""
    if context.written.states.get(who) is state:
        return context.written.facts[who]
    return facts_for(state, who, context.earlier.get(who), context.entries)


def _unchanged(facts: Mapping[PersonId, Facts], template: str, last: Batch) -> dict[PersonId, Note]:
    """The notes that say what they would say if they were written again."""
    same = {who for who, own in facts.items() if last.facts.get(who) == own}
    return {note.participant: note for note in last.notes if note.participant in same and note.template == template}


def _signed(papers: Mapping[PersonId, Paper]) -> dict[PersonId, Note]:
    return {who: paper.signed for who, paper in papers.items() if paper.signed}


def _write(
    writer: NoteWriter, template: str, facts: Mapping[PersonId, Facts], standing: Mapping[PersonId, Note]
) -> tuple[dict[PersonId, Note], tuple[Failed, ...]]:
    """Each one's note (some are there already), or why there is none; what fails for everybody is raised."""
    notes: dict[PersonId, Note] = {}
    failed: list[Failed] = []
    for who, own in facts.items():
        try:
            notes[who] = standing.get(who) or writer.write(own, template)
        except BadInput as error:
            failed.append(Failed(who, own.header.name, str(error)))
    if failed and not notes:
        raise BadInput(failed[0].why)
    return notes, tuple(failed)


def _missed(p: Participant, state: SessionState) -> MissedTreatment | None:
    kind = p.presence.attendance
    if kind not in ("absent", "declined"):
        return None
    reasons = p.words.of("reason")
    screen = NameScreen([q.person for q in state.board], p.person)
    said = screen.keep("reason", reasons[-1].text, (reasons[-1].id,)) if reasons else None
    return MissedTreatment(
        participant=p.person.id,
        name=normalized(p.person.name),
        record_number=p.person.record_number,
        attendance=kind,
        reason=said.text if said else "",
        withheld=bool(screen.withheld),
    )


# --- the summary ---------------------------------------------------------------------------------


def _summary(
    state: SessionState,
    asked: tuple[Participant, ...],
    facts: Mapping[PersonId, Facts],
    notes: Mapping[PersonId, Note],
    without: Mapping[PersonId, MissedTreatment | Failed],
) -> Iterator[str]:
    """One line per person; one more for each further text that was withheld."""
    for p in asked:
        who = p.person.id
        if who in notes:
            told = _written(facts[who], list(_to_look_at(p, state, facts[who], notes[who])))
        elif who in without:
            told = list(_without_lines(without[who]))
        else:
            told = [NOT_STATED]
        yield from (f"{normalized(p.person.name)}: {line}" for line in told)


def _written(facts: Facts, to_look_at: list[str]) -> list[str]:
    """What was withheld, each on its line; that the note is written, and what to look at in it."""
    withheld = _withheld(facts)
    return withheld if withheld and not to_look_at else [*withheld, "; ".join(["note written", *to_look_at])]


def _without_lines(m: MissedTreatment | Failed) -> Iterator[str]:
    if isinstance(m, Failed):
        yield f"no note, {m.why}"
        return
    yield m.told
    if m.withheld:
        yield "reason withheld, it names a participant"


def _withheld(facts: Facts) -> list[str]:
    kinds = dict.fromkeys(w.kind for w in facts.withheld)
    return [f"{kind} withheld, it names a participant" for kind in kinds]


def _to_look_at(p: Participant, state: SessionState, facts: Facts, note: Note) -> Iterator[str]:
    people = [q.person for q in state.board]
    yield from (
        f'warning, the note\'s wording holds the name "{n}"' for n in strangers_in(note.body, people, p.person)
    )
    yield from _undecided(facts)
    yield from _odd_level(p, state)


def _undecided(facts: Facts) -> Iterator[str]:
    """What the record leaves undecided."""
    b = facts.balance
    if not facts.individual:
        yield "nothing was recorded but attendance, the note cannot be signed as it is"
    times = f" ({', '.join(map(str, b.open))})" if b.open else ""
    if b.open_count:
        yield f"a balance incident{times} is still open, say whether it was unsteadiness, a loss of balance or a fall"
    if b.losses:
        yield "a loss of balance is in the record, look at the note before signing"
    for fall in b.falls:
        bare = not (fall.text or fall.direction or fall.during)
        at, missing = f" at {fall.at}" if fall.at else "", ", its details are missing" if bare else ""
        yield f"a fall{at} is in the record{missing}, look at the note before signing"
    yield from dict.fromkeys(open_one.remark for open_one in facts.unfinished if open_one.remark)
    if facts.header.alone_minutes and facts.header.timed_minutes is None:
        alone = counted(facts.header.alone_minutes, "minute")
        yield f"{alone} alone in the group were one-on-one, so the note states no timed minutes, enter them"
    if facts.header.minutes.value == 0:
        yield "0 minutes of treatment, check the times"


def _odd_level(p: Participant, state: SessionState) -> Iterator[str]:
    ladder = state.protocol.grading
    if p.grading.level is not None and ladder and not ladder.lowest <= p.grading.level <= ladder.highest:
        yield f"level {p.grading.level} is beyond the ladder ({ladder.lowest} to {ladder.highest})"
