"""Codes and one-on-one minutes: what their screens ask of the clinic's data, and opening them."""

from collections.abc import Callable, Sequence
from datetime import date

from textual.app import App

from otgroup.billing.one_on_one import minutes_by_code, refuse_overlap
from otgroup.billing.units import CONVENTIONS
from otgroup.clinic import Clinic
from otgroup.errors import BadInput, NotFound
from otgroup.intake.leaders import parse_leader
from otgroup.intake.minutes import TypedMinutes, read_minutes
from otgroup.record.course import Undone
from otgroup.record.event import Event, Pen, TimedStamp
from otgroup.record.parts.decisions import Decision
from otgroup.record.people import Person, PersonId
from otgroup.record.state import SessionState
from otgroup.store.bills import sessions_near
from otgroup.ui.billing.codes import CodesScreen
from otgroup.ui.billing.minutes import Ledger, MinutesScreen
from otgroup.ui.board.cardtext import weekday_text
from otgroup.ui.parts.form import Texts


def show_codes(app: App[None], clinic: Clinic, session: str, then: Callable[[], None]) -> None:
    """Open the codes of an ended session. Raises BadInput for any other."""
    state = clinic.read(session)
    _refuse_unfinished(state)

    def decide(who: PersonId, write: Callable[[TimedStamp], Decision]) -> None:
        clinic.add_to(state.id, lambda pen, _: write(pen.stamp(who)))

    def take_back(who: PersonId) -> str:
        clinic.add_to(state.id, lambda pen, now: Undone(**pen.stamp(), event=_last_decision(now, who).id))
        return "taken back: the suggestion stands again"

    title = f"{state.protocol.title} · {weekday_text(state.started_at)} {state.started_at:%H:%M}"
    screen = CodesScreen(title, lambda: clinic.bills(state.id), decide, take_back)
    app.push_screen(screen, lambda _: then())


def _refuse_unfinished(state: SessionState) -> None:
    if state.voided:
        raise BadInput("this session was voided, so nothing is billable")
    if not state.ended_at:
        raise BadInput("this group is running: its codes come when it has ended")


def _last_decision(state: SessionState, who: PersonId) -> Event:
    """Their last decision that stands. Raises NotFound."""
    own = (e for e in reversed(state.log) if isinstance(e, Decision) and e.participants == (who,))
    found = next((event for event in own if event.id not in state.undone), None)
    if found is None:
        raise NotFound("nothing of theirs was decided here: there is nothing to take back")
    return found


# --- one-on-one minutes ------------------------------------------------------------------------------


def show_minutes(app: App[None], clinic: Clinic) -> None:
    """Open the one-on-one minutes."""
    library = clinic.folder.library
    ledger = Ledger(
        entries=library.minutes,
        people=clinic.people,
        add=lambda person, texts: _add(clinic, person, texts),
        remove=lambda entry: _remove(clinic, entry),
        units=lambda person, on: _units(clinic, person, on),
    )
    app.push_screen(MinutesScreen(ledger, clinic.now().date(), clinic.leader()))


def _add(clinic: Clinic, person: Person, texts: Texts) -> None:
    """Keep an entry; an overlap is refused, and both times are named."""
    folder, leader = clinic.folder, parse_leader(texts["leader"], "leader")
    pen = Pen(clinic.now, clinic.new_id, str(leader))
    typed = TypedMinutes(texts["date"], texts["start"], texts["end"], texts["code"])
    entry = read_minutes(typed, person.id, leader, folder.shelf.rules(), pen)
    near = sessions_near(folder, person.id, entry.date)
    refuse_overlap(entry, folder.library.minutes_of(person.id), near, clinic.now())
    folder.library.add_minutes(entry)


def _remove(clinic: Clinic, entry: str) -> None:
    clinic.folder.library.remove_minutes(entry)


def _units(clinic: Clinic, person: Person, on: date) -> Sequence[str]:
    """How a person's entries of a day become units by the rule of their setting."""
    folder = clinic.folder
    rule = folder.shelf.rules().setting(person.setting)
    minutes = minutes_by_code(entry for entry in folder.library.minutes_of(person.id) if entry.date == on)
    title = f"{person.name}, {on}, {person.setting or 'setting not given'}"
    if not rule.bills_units:
        return (f"{title}: {sum(minutes.values())} individual minutes; minutes are reported, no units",)
    told = CONVENTIONS[rule.unit_rule](minutes)
    by_code = ", ".join(f"{code.code} x {code.units}" for code in told.codes)
    return (f"{title}, {told.rule} rule: {by_code}", *told.lines)
