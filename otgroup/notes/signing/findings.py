"""Findings: what a leader should see before signing a note, each with what mends it. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from otgroup.notes.english.grammar import counted
from otgroup.notes.facts.reading import Facts
from otgroup.notes.facts.record import digest_of_record
from otgroup.notes.names import strangers_in
from otgroup.notes.note import Note
from otgroup.notes.registry import unfinished
from otgroup.notes.signing.likeness import alike, individual_words
from otgroup.notes.signing.papers import Paper, digest_of
from otgroup.notes.signing.rules import Kind, ReviewRules
from otgroup.record.machine_clock import settings, steps_back
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import Outcome
from otgroup.record.people import PersonId
from otgroup.record.silence import unsaid
from otgroup.record.state import SessionState
from otgroup.record.wording import length_text

Mend = Literal["look", "record", "open", "words", "link", "edit", "compare", "add", "reopen"]
"""The action of the review that deals with a finding."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to see before signing; `key` names it in the record once it was looked at."""

    kind: Kind
    key: str
    about: str
    mend: Mend
    blocks: bool
    other: PersonId | None = None

    @property
    def text(self) -> str:
        """What it is about, and what is missing where that does not say it."""
        return f"{self.about} not yet looked at" if self.kind == "incident-unseen" else self.about


class NoteUnderReview(msgspec.Struct, frozen=True, kw_only=True):
    """One participant's note with everything the review compares it with.

    `note` is the one that counts (generated, edited or signed); `fixed` the activity's own wording;
    `siblings` the others' notes; `before` the person's last note of this group.
    """

    p: Participant
    state: SessionState
    facts: Facts
    note: Note
    paper: Paper
    fixed: tuple[str, ...] = ()
    siblings: Mapping[PersonId, Note] = msgspec.field(default_factory=dict)
    before: Note | None = None


Found = tuple[Kind, str, str, Mend]
"""Kind, key, what it is about, mend."""


def findings(case: NoteUnderReview, rules: ReviewRules) -> tuple[Finding, ...]:
    """What stands against signing this note, blocking ones and those about balance first; what was looked at is
    gone.
    """
    told = [
        Finding(kind=kind, key=key, about=about, mend=mend, blocks=rules.weight(kind) == "block")
        for look in _LOOKS
        for kind, key, about, mend in look(case)
        if rules.weight(kind) != "off" and key not in case.paper.looked
    ]
    told += [f for f in _too_alike(case, rules) if rules.weight(f.kind) != "off" and f.key not in case.paper.looked]
    return tuple(sorted(told, key=lambda f: (not f.blocks, f.kind not in _SAFETY)))


_SAFETY: Final = frozenset({"incident-open", "incident-unseen", "fall-details"})
"""What stands before everything else of its weight."""


# --- what is missing ---------------------------------------------------------------------------------


def _missing(case: NoteUnderReview) -> Iterator[Found]:
    f = case.facts
    if not f.individual:
        yield "nothing-recorded", "nothing", "nothing was recorded but attendance", "record"
    if not (f.responses or f.adverse):
        yield "no-response", "response", "no response recorded", "words"
    if not f.plans:
        yield "no-plan", "plan", "no plan recorded", "words"
    if not f.goals:
        yield "no-goal", "goal", "no goal is linked to this group", "link"
    if f.header.group_size.value > 1 and not f.own_why:
        yield "no-why", "why", "why a group serves this participant is not said", "link"
    if case.state.protocol.watch_balance and case.p.balance.watched is None:
        yield "watched-unstated", "watched", "nobody has said whether balance was watched", "record"
    if f.header.minutes.value == 0:
        yield "no-minutes", "minutes", "0 minutes of treatment", "reopen"
    for silence in unsaid(case.state):
        if silence.cut_s(case.p):
            told = f"{silence.told}, taken as a pause: were they treated?"
            yield "silence-unsaid", f"silence:{silence.paused}", told, "open"


def _unfinished(case: NoteUnderReview) -> Iterator[Found]:
    for open_one in unfinished(case.p, case.state):
        yield open_one.finding, open_one.key, open_one.text, "reopen"
    for kind in dict.fromkeys(w.kind for w in case.facts.withheld):
        yield "withheld", f"withheld:{kind}", f"a {kind} names another participant and was left out", "words"


def _clock_set(case: NoteUnderReview) -> Iterator[Found]:
    """The machine's clock was set: noticed, the times went on evenly; not noticed, minutes may be missing."""
    for event in settings(case.state):
        told = f"{event.describe(case.state)} at {_clock(event.entered, case)}: times go on by the clock before"
        yield "clock-set", f"clock-set:{event.id}", told, "look"
    for before, after in steps_back(case.state):
        entered = f"entered at {_clock(before, case)}, the next at {_clock(after, case)}"
        missing = length_text((before - after).total_seconds())
        told = f"{entered}: the machine's clock was set back, {missing} may be missing"
        yield "clock-set", f"clock-set:{before.isoformat()}", told, "look"


# --- balance -----------------------------------------------------------------------------------------


def _incidents(case: NoteUnderReview) -> Iterator[Found]:
    for incident in case.p.balance.incidents:
        if not incident.count:
            continue
        at = _clock(incident.at, case)
        when = f" at {at}" if at else ""
        if incident.outcome is None:
            yield "incident-open", f"open:{incident.id}", f"a balance incident{when}: what was it?", "record"
        elif incident.outcome is not Outcome.UNSTEADY:
            what = "a fall" if incident.outcome is Outcome.FALL else counted(incident.count, _LOSS, _LOSSES)
            yield "incident-unseen", f"seen:{incident.id}", f"{what}{when}", "look"
        if incident.outcome is Outcome.FALL and not incident.text:
            details = "surface, injury, who was told, vitals"
            yield "fall-details", f"fall:{incident.id}", f"a fall{when} without details: {details}", "record"


_LOSS: Final = "loss of balance"
_LOSSES: Final = "losses of balance"
_DENIES: Final = re.compile(
    r"\b(?:no|without(?: a| any)?)\s+(?:LOB|loss(?:es)? of balance|falls?)\b(?! (?:after|on|in|during|while))",
    re.IGNORECASE,
)


def _contradictions(case: NoteUnderReview) -> Iterator[Found]:
    b = case.facts.balance
    worst = "a fall" if b.falls else "a loss of balance" if b.losses else "unsteadiness" if b.unsteady else ""
    if case.p.balance.steady_stated and worst:
        yield "contradiction", "steady", f"stated: no unsteadiness; recorded: {worst}", "record"
    said = (*case.facts.responses, *case.facts.remarks, *case.facts.plans)
    own = [str(text) for text in said] + [edit.text for edit in case.paper.edits.values()]
    if (b.losses or b.falls) and any(_DENIES.search(text) for text in own):
        yield "contradiction", "denied", f"the words deny it, and {worst} is recorded", "edit"


# --- what cannot be ----------------------------------------------------------------------------------


def _impossible(case: NoteUnderReview) -> Iterator[Found]:
    for told in case.facts.work:
        yield from ((*one, "record") for one in told.impossible)
    away = [at for at in _work_times(case.p) if not _here(case.p, at)]
    if away:
        times = ", ".join(dict.fromkeys(_clock(at, case) for at in away[:3]))
        yield "after-leaving", f"away:{len(away)}", f"recorded while not here: {times}", "record"


def _work_times(p: Participant) -> list[datetime]:
    return [at for part in p.parts for at in part.done_at]


def _here(p: Participant, at: datetime) -> bool:
    return any(stay.start <= at and (stay.end is None or at <= stay.end) for stay in p.presence.stays)


# --- the text ----------------------------------------------------------------------------------------


def _wording(case: NoteUnderReview) -> Iterator[Found]:
    people = [q.person for q in case.state.board]
    for name in strangers_in(case.note.body, people, case.p.person):
        yield "other-name", f"name:{name}", f'the note names another participant: "{name}"', "edit"
    yield from _behind(case)


def _behind(case: NoteUnderReview) -> Iterator[Found]:
    """What was written or signed before the record came to be what it is now."""
    now, paper = digest_of_record(case.state, case.p.person.id), case.paper
    if paper.signed:
        if paper.signed_record != now:
            yield "signed-behind", f"signed:{now}", "the record has changed since the note was signed", "add"
        return
    for (template, title), edit in paper.edits.items():
        if template == case.note.template and edit.record != now:
            yield "edit-behind", f"edit:{title}:{now}", f"the record has changed since {title} was edited", "edit"


_LOOKS: Final[tuple[Callable[[NoteUnderReview], Iterable[Found]], ...]] = (
    _missing, _unfinished, _clock_set, _incidents, _contradictions, _impossible, _wording,
)  # fmt: skip


def _too_alike(case: NoteUnderReview, rules: ReviewRules) -> Iterator[Finding]:
    """The note of this session that is most like this one, and the same person's last note, where too like."""
    own = individual_words(case.note, case.fixed)
    shares = [
        (alike(own, individual_words(note, case.fixed)), who)
        for who, note in case.siblings.items()
        if who != case.p.person.id
    ]
    close = sorted(((share, who) for share, who in shares if share >= rules.alike), reverse=True)
    if close:
        share, who = close[0]
        more = f" (and like {len(close) - 1} more)" if len(close) > 1 else ""
        note = case.siblings[who]
        yield _like("like-sibling", note, f"{share:.0%} of the words as in {note.header.name}'s{more}", case, rules)
    if case.before:
        share = alike(own, individual_words(case.before, case.fixed))
        if share >= rules.alike:
            told = f"{share:.0%} of the words as in the one of {case.before.header.date}"
            yield _like("like-earlier", case.before, told, case, rules)


def _like(kind: Kind, other: Note, about: str, case: NoteUnderReview, rules: ReviewRules) -> Finding:
    """The finding; another text on either side is another finding."""
    key = f"{kind}:{other.participant}:{digest_of(other)[:12]}:{digest_of(case.note)[:12]}"
    blocks = rules.weight(kind) == "block"
    return Finding(kind=kind, key=key, about=about, mend="compare", blocks=blocks, other=other.participant)


def _clock(at: datetime | None, case: NoteUnderReview) -> str:
    return at.astimezone(case.state.started_at.tzinfo).strftime("%H:%M") if at else ""
