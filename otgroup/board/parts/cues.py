"""Cues: a key each; on which side and what for, a letter adds."""

from functools import partial

from otgroup.board.desk import Desk
from otgroup.board.measures import keys_of
from otgroup.board.strip import Choice, Question
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from otgroup.written import clean_text


def cue(desk: Desk, kind: Cue) -> None:
    """One cue; given during an open attempt, it belongs to it."""
    participant = desk.one()
    if participant is None:
        return
    attempt = participant.open_attempt
    given = CueGiven(**desk.pen.stamp(participant.person.id), type=kind, count=1, trial=attempt)
    if desk.record(given):
        _offer_cue_detail(desk, participant, given.id, f"{desk.name(participant)} {kind} cue:")


def _offer_cue_detail(desk: Desk, participant: Participant, given: EventId, title: str) -> None:
    person = participant.person.id

    def on(side: Side) -> None:
        desk.record(CueDetail(**desk.pen.stamp(person), of=given, side=side))
        desk.offer(f"{title} {side},", [("for", lambda: _ask_purpose(desk, person, given))])

    main = desk.state.protocol.main_measure
    named = () if participant.open_attempt else keys_of(main).cue_sides(main)
    sides: list[Choice] = [(side, partial(on, Side(side))) for side in named]
    desk.offer(title, [*sides, ("for", lambda: _ask_purpose(desk, person, given))])


def _ask_purpose(desk: Desk, person: PersonId, given: EventId) -> None:
    """What the cue was for: words, or one of the group's usual ones by its letter."""

    def keep(text: str) -> None:
        desk.record(CueDetail(**desk.pen.stamp(person), of=given, purpose=clean_text(text, "for", needed=True)))

    usual = desk.state.protocol.cue_focus[:4]
    desk.ask(Question("the cue was for:", keep, usual=usual, words=True))
