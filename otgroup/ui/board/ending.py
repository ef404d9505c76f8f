"""The end of a group: who was there how long, and what is still open; then the notes."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Input, Label

from otgroup.board import measures
from otgroup.board.ending import Ending
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import Outcome
from otgroup.record.parts.presence import Whereabouts
from otgroup.record.state import SessionState
from otgroup.ui.parts.pages import Page
from otgroup.ui.parts.printable import printable

VOID = "void"
ASK_VOID = f"Begun by mistake? Type {VOID} and Enter: kept without notes, home can take it back. Escape: no"


class EndScreen(Page[str]):
    """Before the end: one line for everybody. Ends with "end", "void" or "back"."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,e", "dismiss('end')", "end, review notes"),
        Binding("j", "say(True)", show=False),
        Binding("k", "say(False)", show=False),
        Binding("escape", "back", "back"),
        Binding("ctrl+d", "ask_void", "begun by mistake", key_display="Ctrl+D"),
    ]

    DEFAULT_CSS = """
    EndScreen #word { display: none; border: none; height: 1; padding: 0 1; }
    EndScreen #word.open { display: block; }
    """

    def __init__(self, ending: Ending) -> None:
        super().__init__()
        self._ending = ending

    def compose(self) -> ComposeResult:
        """A line for everybody, with what is missing; what was taken as a pause."""
        state = self._ending.desk.state
        yield Label(Content(f"End {state.protocol.title}?"), classes="title", markup=False)
        with VerticalScroll():
            for participant in state.board:
                yield Label("", id=f"line-{participant.number}", markup=False)
        yield Label("", id="silences", markup=False)
        yield Label("", id="problem", markup=False)
        yield Input(id="word", compact=True, disabled=True)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """The minutes are those that will stand if the group ends now: they are drawn anew every second."""
        self.paint()
        self.set_interval(1.0, self.paint)

    def paint(self) -> None:
        """Draw every line."""
        ending = self._ending
        state = ending.preview()
        for participant in state.board:
            line = end_line(participant, state, ending.desk.name(participant))
            self.query_one(f"#line-{participant.number}", Label).update(line)
        silences = self.query_one("#silences", Label)
        silences.update(Content("\n").join(silence_lines(ending)))

    def action_say(self, treated: bool) -> None:  # noqa: FBT001 - an action's argument
        """What the silence was; another answer takes its place."""
        self._ending.say(treated=treated)
        self.paint()

    def action_ask_void(self) -> None:
        """A session begun by mistake: a word has to be typed, since no notes come of it."""
        self.query_one("#problem", Label).update(ASK_VOID)
        word = self.query_one("#word", Input)
        word.disabled = False
        word.add_class("open")
        word.focus()

    @on(Input.Submitted, "#word")
    def take_word(self, message: Input.Submitted) -> None:
        """The word voids the session; any other does nothing."""
        if message.value.strip().lower() == VOID:
            self.dismiss("void")
        else:
            self.query_one("#problem", Label).update(f"nothing is voided. {ASK_VOID}")

    def action_back(self) -> None:
        """Away from the word first, then to the board."""
        word = self.query_one("#word", Input)
        if word.disabled:
            self.dismiss("back")
            return
        word.value, word.disabled = "", True
        word.remove_class("open")
        self.query_one("#problem", Label).update("")


def silence_lines(ending: Ending) -> list[Content]:
    """What was taken as a pause without anybody having said so, and the two letters that say what it was."""
    told = {None: "taken as a pause", True: "counts as treated", False: "was a pause"}
    lines = []
    for silence in ending.silences():
        asked = silence == ending.asked
        mark, keys = ("▸", "   j treated · k a pause") if asked else (" ", "")
        words = f"{mark} {silence.told}, {told[ending.answer(silence)]}"
        style = "$warning" if ending.answer(silence) is None else ""
        lines.append(Content.assemble((words, style), (keys, "$accent")))
    if ending.desk.state.paused:
        since = ending.desk.state.pauses[-1].start
        lines.append(Content.styled(f"  the group is paused since {since:%H:%M}: no minutes run", "$warning"))
    return lines


def end_line(participant: Participant, state: SessionState, name: str) -> Content:
    """Name, attendance, minutes, and what a leader may still want to state."""
    attended = participant.presence.attendance
    worked = f"{participant.presence.minutes(state.elapsed(state.until()))} min" if participant.took_part else ""
    open_points = ", ".join(open_points_of(participant, state))
    return Content.assemble(
        (f"{participant.number:>2} {printable(name):<14}", "bold"),
        f"{(attended or '?').replace('_', ' '):<11}{worked:>7}  ",
        (f"! {open_points}" if open_points else "", "$warning"),
    )


def open_points_of(participant: Participant, state: SessionState) -> list[str]:
    """What is not told yet; nothing of it is ever filled in."""
    if participant.presence.now == Whereabouts.EXPECTED:
        return ["arrived, absent or declined?"]
    if not participant.took_part:
        return []
    asked = {
        "balance incident: what was it?": any(i.outcome is None for i in participant.balance.incidents),
        "resting still": participant.presence.now == Whereabouts.RESTING,
        **dict.fromkeys(measures.open_points(participant), True),
        "balance watched?": state.protocol.watch_balance and participant.balance.watched is None,
        "fall: details?": any(i.outcome is Outcome.FALL and not i.text for i in participant.balance.incidents),
        "response?": not (participant.words.of("response") or participant.words.of("adverse")),
        "plan?": not participant.words.of("plan"),
    }
    return [question for question, is_open in asked.items() if is_open]
