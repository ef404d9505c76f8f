"""Codes and one-on-one minutes: what their screens ask of the clinic's data, and opening them."""

from collections.abc import Callable

from textual.app import App

from otgroup.clinic.billing import keep_minutes, session_bills, units_of_day
from otgroup.clinic.clinic import Clinic
from otgroup.errors import BadInput, NotFound
from otgroup.intake.leaders import parse_leader
from otgroup.intake.minutes import TypedMinutes
from otgroup.record.course import Undone
from otgroup.record.event import Event, TimedStamp
from otgroup.record.parts.decisions import Decision
from otgroup.record.people import Person, PersonId
from otgroup.record.state import SessionState
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
    screen = CodesScreen(title, lambda: session_bills(clinic, clinic.read(state.id)), decide, take_back)
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
    ledger = Ledger(
        entries=clinic.library.minutes,
        people=clinic.people,
        add=lambda person, texts: _add(clinic, person, texts),
        remove=clinic.library.remove_minutes,
        units=lambda person, on: units_of_day(clinic, person, on),
    )
    app.push_screen(MinutesScreen(ledger, clinic.now().date(), clinic.leader()))


def _add(clinic: Clinic, person: Person, texts: Texts) -> None:
    """Keep an entry; an overlap is refused, and both times are named."""
    typed = TypedMinutes(texts["date"], texts["start"], texts["end"], texts["code"])
    keep_minutes(clinic, person, typed, parse_leader(texts["leader"], "leader"))
