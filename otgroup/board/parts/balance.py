"""Balance: an incident stamped at once, what it was by a letter; a fall and its details; whether it is watched."""

from datetime import timedelta
from functools import partial

from otgroup.board.desk import Desk
from otgroup.board.strip import Choice, Question
from otgroup.errors import BadInput
from otgroup.record.course import GroupPaused
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import (
    BalanceDetail,
    BalanceGrade,
    BalanceIncident,
    BalanceWatched,
    Outcome,
    Recovery,
)
from otgroup.record.people import PersonId
from otgroup.written import clean_text

FALL_BEFORE = timedelta(minutes=2)
"""A fall that is told within this time of the pause is what the group pauses for."""

DIRECTIONS = ("forward", "backward", "to the left", "to the right", "sideways")


def balance(desk: Desk) -> None:
    """Stamp an incident now; what it was, a letter adds."""
    participant = desk.one()
    if participant is None:
        return
    incident = BalanceIncident(**desk.pen.stamp(participant.person.id))
    if desk.record(incident):
        offer_outcome(desk, participant, incident.id)


def offer_outcome(desk: Desk, participant: Participant, incident: EventId) -> None:
    """What a stamped incident was: a letter says."""

    def was(outcome: Outcome, recovery: Recovery | None = None) -> None:
        _tell(desk, participant, incident, outcome, recovery)

    at = next((e.at for e in desk.state.log if e.id == incident), None)
    desk.offer(
        f"{desk.name(participant)} {f'{at:%H:%M:%S} ' if at else ''}balance:",
        [
            ("unsteady", lambda: was(Outcome.UNSTEADY)),
            ("LOB, recovered alone", lambda: was(Outcome.LOB, Recovery.ALONE)),
            ("LOB, contact", lambda: was(Outcome.LOB, Recovery.CONTACT)),
            ("LOB, assisted", lambda: was(Outcome.LOB, Recovery.ASSISTED)),
            ("FALL", lambda: _fell(desk, participant, incident)),
        ],
    )


def _tell(
    desk: Desk, participant: Participant, incident: EventId, outcome: Outcome, recovery: Recovery | None
) -> None:
    detail = BalanceDetail(**desk.pen.stamp(participant.person.id), of=incident, outcome=outcome, recovery=recovery)
    if desk.record(detail):
        _offer_direction(desk, participant, incident)


def _offer_direction(desk: Desk, participant: Participant, incident: EventId, details: Choice | None = None) -> None:
    """Which way, each on the same letter whatever it was; behind them what was done, or a fall's details."""

    def keep(direction: str = "", during: str = "") -> None:
        stamp = desk.pen.stamp(participant.person.id)
        desk.record(BalanceDetail(**stamp, of=incident, direction=direction, during=during))

    def way(direction: str) -> None:
        keep(direction=direction)
        desk.offer("further:", [doing, *([details] if details else [])])

    def ask() -> None:
        desk.ask(
            Question("doing what:", lambda text: keep(during=clean_text(text, "doing what", needed=True)), words=True)
        )

    doing: Choice = ("doing what", ask)
    ways: list[Choice] = [(d, partial(way, d)) for d in DIRECTIONS]
    desk.offer(f"{desk.name(participant)} which way:", [*ways, details or doing])


def _fell(desk: Desk, participant: Participant, incident: EventId) -> None:
    """A fall: every clock stands still, and this person's precautions are on the screen at once."""
    over = desk.state.paused or desk.state.ended_at
    fall = BalanceDetail(**desk.pen.stamp(participant.person.id), of=incident, outcome=Outcome.FALL)
    paused = () if over else (GroupPaused(**desk.pen.stamp(), reason="a fall", fall=fall.id),)
    if desk.record(*paused, fall):
        _offer_direction(desk, participant, incident, ("details", lambda: ask_details(desk, participant, incident)))


def fallen(desk: Desk) -> Participant | None:
    """Whoever fell, as long as the group pauses for it."""
    state = desk.state
    if not state.paused:
        return None
    pause = next((e for e in reversed(state.log) if isinstance(e, GroupPaused) and e.id not in state.undone), None)
    if pause is None:
        return None
    fell = ((i.at, p) for p in state.board for i in p.balance.incidents if i.outcome is Outcome.FALL and i.at)
    latest = max(fell, key=lambda pair: pair[0], default=None)
    return latest[1] if latest and latest[0] >= pause.at - FALL_BEFORE else None


def ask_incident(desk: Desk, participant: Participant) -> None:
    """What the latest incident was, as long as nobody has said; then its details."""
    if not participant.balance.incidents:
        desk.refuse(f"{desk.name(participant)} has no balance incident")
        return
    undecided = next((i for i in participant.balance.incidents if i.outcome is None), None)
    if undecided:
        offer_outcome(desk, participant, undecided.id)
        return
    latest = participant.balance.incidents[-1].id
    desk.offer(
        f"{desk.name(participant)} incident:",
        [
            ("details", lambda: ask_details(desk, participant, latest)),
            ("it was something else", lambda: offer_outcome(desk, participant, latest)),
            ("which way, doing what", lambda: _offer_direction(desk, participant, latest)),
        ],
    )


def ask_details(desk: Desk, participant: Participant, incident: EventId) -> None:
    """What is asked later about a fall or a loss of balance: surface, injury, who was told, vitals."""

    def keep(text: str) -> None:
        said = clean_text(text, "details", needed=True)
        desk.record(BalanceDetail(**desk.pen.stamp(participant.person.id), of=incident, text=said))

    prompt = f"{desk.name(participant)} incident: surface, injury, who was told, vitals:"
    desk.ask(Question(prompt, keep, words=True))


def watched(desk: Desk) -> None:
    """The leader's statement that balance is watched; a letter adds that nobody was unsteady either."""
    targets = desk.targets(resting_too=True)
    if not targets:
        return
    ids = [p.person.id for p in targets]
    if desk.record(BalanceWatched(**desk.pen.stamp(*ids), watched=True)):
        whose = desk.name(targets[0]) if len(targets) == 1 else "everyone"
        desk.offer(
            f"{whose} balance watched:",
            [
                ("no unsteadiness seen either", lambda: _state(desk, ids, watched=None, steady=True)),
                ("no, not watched", lambda: _state(desk, ids, watched=False, steady=False)),
            ],
        )


def _state(desk: Desk, ids: list[PersonId], *, watched: bool | None, steady: bool) -> None:
    desk.record(BalanceWatched(**desk.pen.stamp(*ids), watched=watched, steady=steady))


def ask_grade(desk: Desk, person: PersonId, whose: str) -> None:
    """A balance grade that the therapist chooses, typed: `standing dynamic Fair+`."""
    grades = {grade.casefold(): grade for grade in desk.state.scales.balance}

    def keep(text: str) -> None:
        said = text.casefold().split()
        position = next((p for p in ("sitting", "standing") if p in said), None)
        motion = next((m for m in ("static", "dynamic") if m in said), None)
        grade = next((grades[word] for word in said if word in grades), None)
        if position is None or motion is None or grade is None:
            raise BadInput(f"balance grade: write for example standing dynamic {desk.state.scales.balance[-1]}")
        desk.record(BalanceGrade(**desk.pen.stamp(person), position=position, motion=motion, grade=grade))

    desk.ask(Question(f"{whose} balance (sitting or standing, static or dynamic, grade):", keep))
