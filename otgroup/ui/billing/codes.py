"""Minutes and codes of an ended session: what is suggested and why, and the leader's own decisions."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Label, OptionList, Static
from textual.widgets.option_list import Option

from otgroup.billing.rules import Bill
from otgroup.intake.codes import read_alone, read_code, read_modifiers
from otgroup.record.event import TimedStamp
from otgroup.record.parts.decisions import AloneCoded, CodeCorrected, Decision, ModifiersCorrected
from otgroup.record.people import PersonId
from otgroup.ui.billing.billtext import BillingChoice, bill_lines, minutes_line, remarks
from otgroup.ui.messages import MinutesRequest
from otgroup.ui.parts.form import Field, FormScreen, FormText, Texts
from otgroup.ui.parts.pages import Page
from otgroup.ui.parts.printable import printable

Decide = Callable[[PersonId, Callable[[TimedStamp], Decision]], None]
TIE_REASON = "tied, chosen by the leader"
WHY = Field("reason", "Because", "", "the reason stands on the record")


class CodesScreen(Page[None]):
    """Names on the left; on the right the chosen one's minutes, codes and findings. Enter on a line decides it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", "names/codes"),
        Binding("u", "take_back", "take back"),
        Binding("m", "minutes", "minutes"),
        Binding("escape,q", "dismiss(None)", "back"),
    ]

    def __init__(
        self,
        title: str,
        load: Callable[[], Sequence[Bill]],
        decide: Decide,
        take_back: Callable[[PersonId], str],
    ) -> None:
        super().__init__()
        self._title, self._load, self._decide, self._take_back = title, load, decide, take_back
        self._bills: Sequence[Bill] = ()
        self._choices: list[BillingChoice] = []

    def compose(self) -> ComposeResult:
        """Names, minutes, lines to decide, findings."""
        yield Label(Content(f"Codes · {self._title}"), classes="title", markup=False)
        with Horizontal(id="both"):
            yield OptionList(id="names", markup=False)
            with Vertical():
                yield Label("", id="minutes", markup=False)
                yield OptionList(id="lines", markup=False)
                with VerticalScroll(id="remarks", can_focus=True):
                    yield Static("", id="told", markup=False)
        yield Label("Suggestions for the therapist to confirm; nothing is submitted.", id="problem", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill in everybody."""
        self.fill()
        self.query_one("#names", OptionList).focus()

    def fill(self) -> None:
        """Work everything out anew and draw it; the cursors stay."""
        self._bills = self._load()
        names = self.query_one("#names", OptionList)
        place = names.highlighted or 0
        names.clear_options()
        names.add_options(Option(_name(bill)) for bill in self._bills)
        if self._bills:
            names.highlighted = min(place, len(self._bills) - 1)

    @on(OptionList.OptionHighlighted, "#names")
    def read(self, message: OptionList.OptionHighlighted) -> None:
        """The chosen one's minutes and codes."""
        bill = self._bills[message.option_index]
        self._choices = bill_lines(bill)
        lines = self.query_one("#lines", OptionList)
        place = lines.highlighted or 0
        lines.clear_options()
        lines.add_options(Option(Content(printable(choice.line))) for choice in self._choices)
        lines.display = bool(self._choices)
        if self._choices:
            lines.highlighted = min(place, len(self._choices) - 1)
        self.query_one("#minutes", Label).update(minutes_line(bill))
        self.query_one("#told", Static).update(remarks(bill))

    @on(OptionList.OptionSelected, "#names")
    def go_to_lines(self) -> None:
        """Enter on a name goes on to the codes."""
        self.query_one("#lines", OptionList).focus()

    def action_minutes(self) -> None:
        """One-on-one time is entered on a screen of its own."""
        self.post_message(MinutesRequest())

    def on_screen_resume(self) -> None:
        """Back from another screen: minutes may have changed."""
        if self._bills:
            self.fill()

    # --- deciding -----------------------------------------------------------------------------------

    @property
    def _bill(self) -> Bill:
        return self._bills[self.query_one("#names", OptionList).highlighted or 0]

    @on(OptionList.OptionSelected, "#lines")
    def decide(self, message: OptionList.OptionSelected) -> None:
        """Enter on a line: a tie is decided at once, everything else in a form."""
        choice, who = self._choices[message.option_index], PersonId(self._bill.told.id)
        if choice.kind == "tie":
            code, units = choice.code, choice.number
            self._decide(who, lambda s: CodeCorrected(**s, code=code, units=units, reason=TIE_REASON))
            self.fill()
            return
        title = f"{self._bill.told.name}: {choice.text}"
        keep = self._keeping(choice, who)
        self.app.push_screen(FormScreen(FormText(title, tuple(_fields(choice, self._bill))), keep))

    def _keeping(self, choice: BillingChoice, who: PersonId) -> Callable[[Texts], None]:
        """What a filled-in form does."""
        book = self._bill.case.book

        def keep(texts: Texts) -> None:
            match choice.kind:
                case "alone":
                    alone = read_alone(texts["minutes"], texts["code"], texts["reason"], book)
                    self._decide(who, lambda stamp: AloneCoded(**stamp, **alone))
                case "modifiers":
                    modifiers = read_modifiers(texts["modifiers"], texts["reason"])
                    self._decide(who, lambda stamp: ModifiersCorrected(**stamp, **modifiers))
                case _:
                    code = read_code(texts["code"], texts["units"], texts["reason"], choice.code)
                    self._decide(who, lambda stamp: CodeCorrected(**stamp, **code))

        return keep

    def action_take_back(self) -> None:
        """Take back the chosen one's last decision."""
        self.say(self._take_back(PersonId(self._bill.told.id)))
        self.fill()


def _name(bill: Bill) -> Content:
    """A name with its warnings' sign."""
    return Content.assemble(("! " if bill.told.warnings else "  ", "$warning"), printable(bill.told.name))


def _fields(choice: BillingChoice, bill: Bill) -> list[Field]:
    """The lines of a form, with what is suggested in them."""
    if choice.kind == "modifiers":
        return [Field("modifiers", "Modifiers", " ".join(bill.told.modifiers), "GO CO KX 59; empty: none"), WHY]
    code = Field("code", "Code", choice.code, "97112")
    if choice.kind == "alone":
        return [Field("minutes", "Minutes", str(choice.number), "0: it was not one-on-one"), code, WHY]
    return [code, Field("units", "Units", str(choice.number or ""), "0: not billed"), WHY]
