"""Bills of a session with what the data folder holds besides: one-on-one time, earlier sessions of a stay."""

from datetime import date, timedelta

from otgroup.billing.rule_book import RuleBook
from otgroup.billing.rules import Bill, bills
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState
from otgroup.store.folder import DataFolder


def session_bills(folder: DataFolder, state: SessionState, since: date = date.min) -> tuple[Bill, ...]:
    """The bills of everyone on a session's board; nothing before `since` counts for a stay. Raises BadInput for the
    rules, Damaged.
    """
    book = folder.clinic_files.rules()
    entries = [entry for entry in folder.library.minutes() if entry.date >= since]
    return bills(state, book, entries, _earlier(folder, state, book, since))


def _earlier(
    folder: DataFolder, state: SessionState, book: RuleBook, since: date
) -> dict[PersonId, list[SessionState]]:
    """The earlier sessions of those whose setting limits the share of group time; others' are not opened."""
    people = [p.person for p in state.board if p.took_part]
    limited = {person.id for person in people if book.setting(person.setting).share_limit_percent}
    if not limited:
        return {}
    before = [row for row in folder.sessions.summaries() if row.started_at < state.started_at]
    rows = [row for row in before if row.started_at.date() >= since and limited & set(row.people)]
    opened = [(folder.sessions.sound(row.id), row.people) for row in rows]
    return {who: [earlier for earlier, people in opened if earlier and who in people] for who in limited}


def sessions_near(folder: DataFolder, person: PersonId, day: date) -> list[SessionState]:
    """The sessions that a person took part in, from the day before to the day after."""
    near = timedelta(days=1)
    rows = (row for row in folder.sessions.summaries() if person in row.people)
    opened = (folder.sessions.sound(row.id) for row in rows if abs(row.started_at.date() - day) <= near)
    return [state for state in opened if state]
