"""Words and scores for one participant: remark, response, plan, pain, exertion, support."""

from collections.abc import Callable

from otgroup.board.desk import Desk
from otgroup.board.parts import balance, grading, scores
from otgroup.board.strip import Question
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.help import Support
from otgroup.record.parts.words import Adverse, Plan, Remark, Response
from otgroup.record.people import Link, PersonId
from otgroup.written import clean_text


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
            ("pain", lambda: scores.ask_pain(desk, person, whose)),
            ("RPE", lambda: scores.ask_exertion(desk, person, whose)),
            ("support or device", text(Support, "support or device")),
            ("adverse reaction", text(Adverse, "adverse reaction")),
            ("balance grade", lambda: balance.ask_grade(desk, person, whose)),
            ("Section GG", lambda: scores.ask_function(desk, person, whose)),
            ("incident", lambda: balance.ask_incident(desk, participant)),
            *grading.set_up(desk, participant, whose),
        ],
    )


def link(desk: Desk, person: PersonId, said: Link) -> bool:
    """Keep goals, reason, purposes and carry-over of this group for somebody; whether that is on the disk."""
    stamp = desk.pen.stamp(person)
    return desk.record(
        Linked(**stamp, goals=said.goals, why=said.why, purposes=said.purposes, carry_over=said.carry_over)
    )
