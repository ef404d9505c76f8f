"""Grading: a level harder or easier at once; with which strategy, why and what followed, a letter adds."""

from functools import partial

from otgroup.board.desk import Desk
from otgroup.board.strip import Choice, Question
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated, Strategy
from otgroup.record.wording import level_text
from otgroup.written import clean_text

GRADE_WORDS = {"reason": "graded because:", "response": "what followed:"}
"""What is asked about a grading, by the detail's field."""


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


def set_up(desk: Desk, participant: Participant, whose: str) -> list[Choice]:
    """What is in force without a change of the level: seated from the start."""
    protocol, in_force = desk.state.protocol, participant.grading.in_force
    level = participant.grading.level or 0

    def use(strategy: str) -> None:
        stay = (s for s in in_force if s not in protocol.excluded_by(strategy))
        desk.record(LevelStated(**desk.pen.stamp(participant.person.id), level=level, strategies=(*stay, strategy)))

    ways: list[Choice] = [(s.text, partial(use, s.id)) for s in protocol.strategies if s.id not in in_force]
    return [("set up with", lambda: desk.offer(f"{whose} set up with:", ways))] if ways else []
