"""One-on-one time as a person types it, in a command or on a screen."""

from collections.abc import Mapping

from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.rule_book import RuleBook
from otgroup.intake.tally import session_times
from otgroup.record.event import Pen
from otgroup.record.people import Leader, PersonId
from otgroup.written import clean_text, parse_date


def read_minutes(texts: Mapping[str, str], person: PersonId, leader: Leader, book: RuleBook, pen: Pen) -> OneOnOne:
    """The entry that the texts `date`, `start`, `end` and `code` make. Raises BadInput, or NotFound for a code."""
    now = pen.now()
    day = parse_date(texts["date"], "--date", now.date())
    start, end = session_times(day, texts["start"], texts["end"])
    code = book.timed(clean_text(texts["code"], "--code", needed=True)).code
    return OneOnOne(
        id=pen.new_id(), person=person, date=day, start=start, end=end, code=code, leader=leader, entered=now
    )
