"""Words and scores for one participant: remark, response, plan, pain, exertion, support."""

from collections.abc import Callable
from functools import partial

from otgroup.board.desk import Desk
from otgroup.board.parts import balance
from otgroup.board.strip import Choice, Question
from otgroup.errors import BadInput
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import BalanceGrade
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.help import Support
from otgroup.record.parts.scores import Exertion, FunctionCode, Pain
from otgroup.record.parts.words import Adverse, Plan, Remark, Response
from otgroup.record.people import Link, PersonId
from otgroup.written import clean_text, parse_exertion, parse_score


def words(desk: Desk) -> None:
    """Which words: a letter, then the line."""
    participant = desk.one()
    if participant is None:
        return
    person, whose = participant.person.id, desk.name(participant)

    def text(kind: type[Remark | Response | Plan | Support | Adverse], what: str) -> Callable[[], None]:
        def keep(said: str) -> None:
            desk.record(kind(**desk.pen.stamp(person), text=clean_text(said, what, needed=True)))

        return lambda: desk.ask(Question(f"{whose} {what}:", keep, words=True))

    desk.offer(
        f"{whose}:",
        [
            ("remark", text(Remark, "remark")),
            ("response", text(Response, "response")),
            ("plan", text(Plan, "plan")),
            ("pain", lambda: _ask_pain(desk, person, whose)),
            ("RPE", lambda: _ask_exertion(desk, person, whose)),
            ("support or device", text(Support, "support or device")),
            ("adverse reaction", text(Adverse, "adverse reaction")),
            ("balance grade", lambda: _ask_balance_grade(desk, person, whose)),
            ("Section GG", lambda: _ask_function(desk, person, whose)),
            ("incident", lambda: balance.ask_incident(desk, participant)),
            *_set_up(desk, participant, whose),
        ],
    )


def _set_up(desk: Desk, participant: Participant, whose: str) -> list[Choice]:
    """What is in force without a change of the level: seated from the start."""
    protocol, in_force = desk.state.protocol, participant.grading.in_force
    level = participant.grading.level or 0

    def use(strategy: str) -> None:
        stay = (s for s in in_force if s not in protocol.excluded_by(strategy))
        desk.record(LevelStated(**desk.pen.stamp(participant.person.id), level=level, strategies=(*stay, strategy)))

    ways: list[Choice] = [(s.text, partial(use, s.id)) for s in protocol.strategies if s.id not in in_force]
    return [("set up with", lambda: desk.offer(f"{whose} set up with:", ways))] if ways else []


def _ask_balance_grade(desk: Desk, person: PersonId, whose: str) -> None:
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


def _ask_function(desk: Desk, person: PersonId, whose: str) -> None:
    codes = [level.id for level in desk.state.scales.function]

    def keep(text: str) -> None:
        item, _, code = clean_text(text, "Section GG", needed=True).rpartition(" ")
        if not item or code not in codes:
            raise BadInput(f"Section GG: write the item, then a code: {' '.join(codes)}")
        desk.record(FunctionCode(**desk.pen.stamp(person), item=item, code=code))

    desk.ask(Question(f"{whose} Section GG item and code:", keep))


def link(desk: Desk, person: PersonId, said: Link) -> bool:
    """Keep goals, reason, purposes and carry-over of this group for somebody; whether that is on the disk."""
    stamp = desk.pen.stamp(person)
    return desk.record(
        Linked(**stamp, goals=said.goals, why=said.why, purposes=said.purposes, carry_over=said.carry_over)
    )


def _ask_pain(desk: Desk, person: PersonId, whose: str) -> None:
    highest = desk.state.scales.pain_highest

    def keep(text: str) -> None:
        desk.record(Pain(**desk.pen.stamp(person), score=parse_score(text, "pain", highest=highest)))

    desk.ask(Question(f"{whose} pain, 0-{highest}:", keep))


def _ask_exertion(desk: Desk, person: PersonId, whose: str) -> None:
    highest = desk.state.scales.rpe_highest

    def keep(text: str) -> None:
        desk.record(Exertion(**desk.pen.stamp(person), score=parse_exertion(text, "RPE", highest=highest)))

    desk.ask(Question(f"{whose} RPE, Borg CR10, 0-{highest}:", keep))
