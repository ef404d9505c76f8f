"""Scores: how difficult it was as observed; pain, exertion and Section GG codes, typed."""

from functools import partial
from typing import Literal

from otgroup.board.desk import Desk
from otgroup.board.strip import Choice, Question
from otgroup.errors import BadInput
from otgroup.record.parts.scores import Difficulty, Exertion, FunctionCode, Pain
from otgroup.record.people import PersonId
from otgroup.written import clean_text, parse_exertion, parse_score


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


def ask_pain(desk: Desk, person: PersonId, whose: str) -> None:
    """Pain on the scale of the clinic."""
    highest = desk.state.scales.pain_highest

    def keep(text: str) -> None:
        desk.record(Pain(**desk.pen.stamp(person), score=parse_score(text, "pain", highest=highest)))

    desk.ask(Question(f"{whose} pain, 0-{highest}:", keep))


def ask_exertion(desk: Desk, person: PersonId, whose: str) -> None:
    """Perceived exertion on the CR10 scale."""
    highest = desk.state.scales.rpe_highest

    def keep(text: str) -> None:
        desk.record(Exertion(**desk.pen.stamp(person), score=parse_exertion(text, "RPE", highest=highest)))

    desk.ask(Question(f"{whose} RPE, Borg CR10, 0-{highest}:", keep))


def ask_function(desk: Desk, person: PersonId, whose: str) -> None:
    """A Section GG item and its code."""
    codes = [level.id for level in desk.state.scales.function]

    def keep(text: str) -> None:
        item, _, code = clean_text(text, "Section GG", needed=True).rpartition(" ")
        if not item or code not in codes:
            raise BadInput(f"Section GG: write the item, then a code: {' '.join(codes)}")
        desk.record(FunctionCode(**desk.pen.stamp(person), item=item, code=code))

    desk.ask(Question(f"{whose} Section GG item and code:", keep))
