"""What the leader does and sees: cues, grading, assistance, balance, difficulty."""

from datetime import timedelta
from functools import partial
from typing import Literal

from otgroup.board.desk import Desk
from otgroup.board.strip import Choice, Question
from otgroup.record.course import GroupPaused
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome, Recovery
from otgroup.record.parts.counts import CountMeasure
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.parts.grading import Graded, GradeDetail, Strategy
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.scores import Difficulty
from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from otgroup.record.wording import level_text
from otgroup.written import clean_text

FALL_BEFORE = timedelta(minutes=2)
"""A fall that is told within this time of the pause is what the group pauses for."""

GRADE_WORDS = {"reason": "graded because:", "response": "what followed:"}
"""What is asked about a grading, by the detail's field."""

DIRECTIONS = ("forward", "backward", "to the left", "to the right", "sideways")


# --- cues ----------------------------------------------------------------------------------------


def cue(desk: Desk, kind: Cue) -> None:
    """One cue; given during an open attempt, it belongs to it."""
    participant = desk.one()
    if participant is None:
        return
    trial = participant.trials.open
    given = CueGiven(**desk.pen.stamp(participant.person.id), type=kind, count=1, trial=trial.id if trial else None)
    if desk.record(given):
        _offer_cue_detail(desk, participant, given.id, f"{desk.name(participant)} {kind} cue:")


def _offer_cue_detail(desk: Desk, participant: Participant, given: EventId, title: str) -> None:
    person = participant.person.id

    def on(side: Side) -> None:
        desk.record(CueDetail(**desk.pen.stamp(person), of=given, side=side))
        desk.offer(f"{title} {side},", [("for", lambda: _ask_purpose(desk, person, given))])

    main = desk.state.protocol.main_measure
    sides: list[Choice] = []
    if isinstance(main, CountMeasure) and participant.trials.open is None:
        sides = [(side, partial(on, Side(side))) for side in main.sides]
    desk.offer(title, [*sides, ("for", lambda: _ask_purpose(desk, person, given))])


def _ask_purpose(desk: Desk, person: PersonId, given: EventId) -> None:
    """What the cue was for: words, or one of the group's usual ones by its letter."""

    def keep(text: str) -> None:
        desk.record(CueDetail(**desk.pen.stamp(person), of=given, purpose=clean_text(text, "for", needed=True)))

    usual = desk.state.protocol.cue_focus[:4]
    desk.ask(Question("the cue was for:", keep, usual=usual, words=True))


# --- grading -------------------------------------------------------------------------------------


def grade(desk: Desk, step: int) -> None:
    """One level harder or easier, at once; with which strategy, a letter adds."""
    participant = desk.one()
    if participant is None:
        return
    level = participant.grading.level or 0
    graded = Graded(**desk.pen.stamp(participant.person.id), from_level=level, to_level=level + step)
    if desk.record(graded):
        way = "harder" if step > 0 else "easier"
        title = f"{desk.name(participant)} {way}, now {level_text(level + step)}:"
        desk.offer(title, _strategy_choices(desk, participant, graded))


def _strategy_choices(desk: Desk, participant: Participant, graded: Graded) -> list[Choice]:
    """The ladder's steps that way, then taking away what pulls the other way."""
    ladder = desk.state.protocol.grading
    if ladder is None:
        return []
    up = graded.to_level > graded.from_level
    onward, back = (ladder.harder, ladder.easier) if up else (ladder.easier, ladder.harder)

    def use(strategy: Strategy) -> None:
        if desk.record(GradeDetail(**desk.pen.stamp(participant.person.id), of=graded.id, strategy=strategy.id)):
            _offer_reason(desk, participant, graded.id)

    fresh: list[Choice] = [
        (_with_example(s), partial(use, s)) for s in onward if s.id not in participant.grading.in_force
    ]
    dropped: list[Choice] = [
        (f"without {s.text}", partial(use, s)) for s in back if s.id in participant.grading.in_force
    ]
    return [*fresh, *dropped, ("why", lambda: _ask_about(desk, participant, graded.id, "reason"))]


def _with_example(strategy: Strategy) -> str:
    return f"{strategy.text} ({strategy.example})" if strategy.example else strategy.text


def _offer_reason(desk: Desk, participant: Participant, graded: EventId) -> None:
    """Why the level changed, and what followed: each a line, in any order."""
    desk.offer(
        f"{desk.name(participant)} graded:",
        [(field, partial(_ask_about, desk, participant, graded, field)) for field in GRADE_WORDS],
    )


def _ask_about(desk: Desk, participant: Participant, graded: EventId, field: str) -> None:
    """The line for the reason of a grading, or for the response to it."""

    def keep(text: str) -> None:
        said = clean_text(text, field, needed=True)
        if desk.record(GradeDetail(**desk.pen.stamp(participant.person.id), of=graded, **{field: said})):
            _offer_reason(desk, participant, graded)

    desk.ask(Question(GRADE_WORDS[field], keep, words=True))


# --- assistance and difficulty -------------------------------------------------------------------


def assistance(desk: Desk) -> None:
    """How much help: the scale's usual levels first."""
    participant = desk.one()
    if participant is None:
        return
    scale = desk.state.scales.assistance
    ordered = [level for level in scale if level.often] + [level for level in scale if not level.often]
    choices = [(level.short, partial(_assist, desk, participant, level.id)) for level in ordered]
    desk.offer(f"{desk.name(participant)} assistance:", choices)


def _assist(desk: Desk, participant: Participant, level: str) -> None:
    person = participant.person.id
    given = Assistance(**desk.pen.stamp(person), level=level)

    def by_two() -> None:
        desk.replace(given.id, Assistance(**desk.pen.stamp(person), level=level, helpers=2))

    if desk.record(given):
        desk.offer(f"{desk.name(participant)} assistance kept:", [("x 2 helpers", by_two)])


def difficulty(desk: Desk) -> None:
    """How difficult it was as observed: the activity, or following the directions."""
    participant = desk.one()
    if participant is None:
        return
    person = participant.person.id

    def rate(what: Literal["activity", "directions"], level: str) -> None:
        desk.record(Difficulty(**desk.pen.stamp(person), what=what, level=level))

    levels = desk.state.scales.difficulty
    activity: list[Choice] = [(x.long, partial(rate, "activity", x.id)) for x in levels]
    directions: list[Choice] = [(f"directions {x.short}", partial(rate, "directions", x.id)) for x in levels]
    desk.offer(f"{desk.name(participant)} difficulty:", [*activity, *directions])


# --- balance -------------------------------------------------------------------------------------


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
