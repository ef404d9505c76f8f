"""The end of a group: who was there how long, and what is still open; then the notes."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label

from otgroup.live.desk import Desk
from otgroup.session.events import Outcome
from otgroup.session.state import ParticipantState, Presence, SessionState, attendance, minutes
from otgroup.ui.pages import Page
from otgroup.ui.plain import printable


class EndScreen(Page[str]):
    """Before the end: one line for everybody. Ends with "end", "void" or "back"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "dismiss('end')", "end, review notes"),
        Binding("escape", "dismiss('back')", "back"),
        Binding("v", "void", "begun by mistake"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked = False

    def compose(self) -> ComposeResult:
        """A line for everybody, with what is missing."""
        desk = self._desk
        yield Label(Content(f"End {desk.state.protocol.title}?"), classes="title", markup=False)
        with VerticalScroll():
            for participant in desk.state.board:
                yield Label(end_line(participant, desk), markup=False)
        yield Label("", id="problem", markup=False)
        yield Footer(show_command_palette=False)

    def action_void(self) -> None:
        """A session begun by mistake: asked twice, since no notes come of it."""
        if self._asked:
            self.dismiss("void")
            return
        self._asked = True
        self.query_one("#problem", Label).update(
            "v once more: the session is kept as begun by mistake, without notes"
        )


def end_line(participant: ParticipantState, desk: Desk) -> Content:
    """Name, attendance, minutes, and what a leader may still want to state."""
    state = desk.state
    attended = attendance(participant)
    worked = f"{minutes(participant, state, desk.pen.now())} min" if participant.took_part else ""
    open_points = ", ".join(open_points_of(participant, state))
    return Content.assemble(
        (f"{participant.number:>2} {printable(desk.name(participant)):<14}", "bold"),
        f"{(attended or '?').replace('_', ' '):<11}{worked:>7}  ",
        (f"! {open_points}" if open_points else "", "$warning"),
    )


def open_points_of(participant: ParticipantState, state: SessionState) -> list[str]:
    """What is not told yet; nothing of it is ever filled in."""
    if participant.presence == Presence.EXPECTED:
        return ["arrived, absent or declined?"]
    if not participant.took_part:
        return []
    asked = {
        "balance incident: what was it?": any(i.outcome is None for i in participant.incidents),
        "clock runs": participant.running_clock() is not None,
        "attempt has no score": participant.open_trial is not None,
        "balance watched?": state.protocol.watch_balance and participant.watched is None,
        "fall: details?": any(i.outcome is Outcome.FALL and not i.text for i in participant.incidents),
        "response?": not (participant.said("response") or participant.said("adverse")),
        "plan?": not participant.said("plan"),
    }
    return [question for question, is_open in asked.items() if is_open]
