"""A group that is kept on paper: its empty sheet, and the filled one as a session."""

from collections.abc import Iterable
from datetime import datetime

from otgroup.clinic.clinic import Clinic
from otgroup.intake.roster import Roster
from otgroup.intake.tally import PaperSession, read_tally, sheet
from otgroup.record.event import Pen
from otgroup.record.people import Leader
from otgroup.store.sessions import new_session_id


def empty_sheet(clinic: Clinic, group_id: str, names: Iterable[str]) -> str:
    """An empty tally sheet as CSV with a row for each participant named, once. Raises NotFound, BadInput."""
    group, known = clinic.files.group(group_id), clinic.people()
    roster = Roster(known)
    people = {person.id: person for person in map(roster.find, names)}
    return sheet(group, list(people.values()), known)


def keep_sheet(
    clinic: Clinic, group_id: str, times: tuple[datetime, datetime], leader: Leader, filled: tuple[bytes, str]
) -> str:
    """Keep the session of a filled sheet (its bytes, its name), whole or not at all; the session's id.

    Raises NotFound for the group, BadInput for the sheet, Refused, NotSaved.
    """
    start, end = times
    session = PaperSession(
        id=new_session_id(start, group_id),
        protocol=clinic.files.group(group_id),
        leader=leader,
        start=start,
        end=end,
        scales=clinic.files.scales(),
    )
    data, name = filled
    pen = Pen(clinic.now, clinic.new_id, str(leader), "tally")
    clinic.records.save_whole(read_tally(data, session, clinic.people(), pen, name))
    clinic.library.remember_leader(leader, at_work=False)
    return session.id
