"""One-on-one time as a person types it, in a command or on a screen."""

from typing import NamedTuple

from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.rule_book import RuleBook
from otgroup.intake.tally import session_times
from otgroup.record.event import Pen
from otgroup.record.people import Leader, PersonId
from otgroup.written import clean_text, parse_date


class TypedMinutes(NamedTuple):
    """The texts of an entry. `mark` stands before a field's name where it is an option of a command."""

    date: str
    start: str
    end: str
    code: str
    mark: str = ""


def read_minutes(typed: TypedMinutes, person: PersonId, leader: Leader, book: RuleBook, pen: Pen) -> OneOnOne:
    """The entry that the texts make. Raises BadInput, or NotFound for a code."""
    now = pen.now()
    day = parse_date(typed.date, f"{typed.mark}date", now.date())
    start, end = session_times(day, typed.start, typed.end)
    code = book.timed(clean_text(typed.code, f"{typed.mark}code", needed=True)).code
    return OneOnOne(
        id=pen.new_id(), person=person, date=day, start=start, end=end, code=code, leader=leader, entered=now
    )
