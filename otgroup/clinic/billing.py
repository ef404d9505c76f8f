"""Minutes and codes: one-on-one time, and the bills of a session with what the data folder holds besides."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from otgroup.billing.one_on_one import OneOnOne, minutes_by_code, refuse_overlap
from otgroup.billing.rule_book import RuleBook
from otgroup.billing.rules import Bill, bills
from otgroup.billing.units import CONVENTIONS
from otgroup.clinic.clinic import Clinic
from otgroup.errors import BadInput
from otgroup.intake.minutes import TypedMinutes, read_minutes
from otgroup.record.event import Pen
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.state import SessionState


def session_bills(clinic: Clinic, state: SessionState, since: date = date.min) -> tuple[Bill, ...]:
    """The bills of everyone on a session's board; nothing before `since` counts for a stay. Raises BadInput where
    the session was voided, or the rules cannot be used.
    """
    if state.voided:
        raise BadInput(f"session {state.id}: it was voided, so nothing is billable: take another session")
    book = clinic.files.rules()
    entries = [entry for entry in clinic.library.minutes() if entry.date >= since]
    return bills(state, book, entries, _earlier(clinic, state, book, since))


def _earlier(clinic: Clinic, state: SessionState, book: RuleBook, since: date) -> dict[PersonId, list[SessionState]]:
    """The earlier sessions of those whose setting limits the share of group time; others' are not opened."""
    people = [p.person for p in state.board if p.took_part]
    limited = {person.id for person in people if book.setting(person.setting).share_limit_percent}
    if not limited:
        return {}
    before = [row for row in clinic.sessions() if row.started_at < state.started_at]
    rows = [row for row in before if row.started_at.date() >= since and limited & set(row.people)]
    opened = [(clinic.records.sound(row.id), row.people) for row in rows]
    return {who: [earlier for earlier, people in opened if earlier and who in people] for who in limited}


def keep_minutes(clinic: Clinic, person: Person, typed: TypedMinutes, leader: Leader) -> OneOnOne:
    """Keep one-on-one time as it was typed. Raises BadInput, also where it overlaps
    a group or other one-on-one time of that person.
    """
    pen = Pen(clinic.now, clinic.new_id, str(leader))
    entry = read_minutes(typed, person.id, leader, clinic.files.rules(), pen)
    near = list(_sessions_near(clinic, person.id, entry.date))
    refuse_overlap(entry, clinic.library.minutes_of(person.id), near, clinic.now(), f"{typed.mark}start")
    clinic.library.add_minutes(entry)
    return entry


def _sessions_near(clinic: Clinic, person: PersonId, day: date) -> Iterator[SessionState]:
    """The sessions that a person took part in, from the day before to the day after."""
    near = timedelta(days=1)
    rows = (row for row in clinic.sessions() if person in row.people)
    opened = (clinic.records.sound(row.id) for row in rows if abs(row.started_at.date() - day) <= near)
    yield from filter(None, opened)


def units_of_day(clinic: Clinic, person: Person, on: date) -> Sequence[str]:
    """How a person's entries of a day become units by the rule of their setting, line by line. Raises BadInput."""
    rule = clinic.files.rules().setting(person.setting)
    minutes = minutes_by_code(entry for entry in clinic.library.minutes_of(person.id) if entry.date == on)
    title = f"{person.name}, {on}, {person.setting or 'setting not given'}"
    if not rule.bills_units:
        return (f"{title}: {sum(minutes.values())} individual minutes; minutes are reported, no units",)
    told = CONVENTIONS[rule.unit_rule](minutes)
    by_code = ", ".join(f"{code.code} x {code.units}" for code in told.codes)
    return (f"{title}, {told.rule} rule: {by_code}", *told.lines)
