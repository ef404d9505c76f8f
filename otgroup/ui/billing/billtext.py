"""What the codes screen says of one participant, and what can be decided there. Values in, lines out."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from textual.content import Content

from otgroup.billing.code_hints import first_fit
from otgroup.billing.coding import held_in
from otgroup.billing.one_on_one import span_text
from otgroup.billing.rules import Bill
from otgroup.ui.parts.printable import printable

NOT_BILLED = "no treatment, so nothing is billed; a missed-treatment entry stands among the notes"


class BillingChoice(NamedTuple):
    """One thing that can be decided: how it reads, what the form or the key starts from, and whether it waits."""

    kind: Literal["code", "tie", "alone", "another", "modifiers"]
    text: str
    code: str = ""
    number: int = 0
    waits: bool = False

    @property
    def line(self) -> str:
        """How it reads among the others: what waits for the leader has a mark."""
        return f"! {self.text}" if self.waits else self.text


def bill_lines(bill: Bill) -> list[BillingChoice]:
    """Everything of a participant that can be decided now; nothing for who had no treatment."""
    return [] if bill.told.missed else [*_codes(bill), *_tie(bill), *_alone(bill), *_others(bill)]


def _codes(bill: Bill) -> Iterator[BillingChoice]:
    for line in bill.told.codes:
        yield BillingChoice("code", f"{line.code} x {line.units}  {line.because}", line.code, line.units)


def _tie(bill: Bill) -> Iterator[BillingChoice]:
    """A tie is decided by choosing who gets a unit more."""
    tie, timed = bill.coded.tie, bill.coded.timed
    own = {code.code: code.units for code in timed.codes} if timed else {}
    for code in tie.codes if tie else ():
        yield BillingChoice("tie", f"give 1 more unit to {code} (tie)", code, own[code] + 1, waits=True)


def _alone(bill: Bill) -> Iterator[BillingChoice]:
    """Minutes alone with the leader: to confirm, or confirmed and to be corrected."""
    case = bill.case
    if not case.alone:
        return
    said, held = case.p.decisions.alone, held_in(case)
    fit = first_fit(case.state.protocol, case.p.person, case.book)
    code = held.code if held else fit.hint.code if fit else ""
    times = ", ".join(map(span_text, case.spans.alone))
    told = f"{case.alone} min alone with the leader ({times})"
    answer = "said: not one-on-one" if said and not said.minutes else f"one-on-one, {code}" if held else ""
    yield BillingChoice("alone", f"{told}: {answer or 'one-on-one?'}", code, case.alone, waits=not answer)


def _others(bill: Bill) -> Iterator[BillingChoice]:
    if bill.case.rule.bills_units:
        yield BillingChoice("modifiers", f"modifiers: {' '.join(bill.told.modifiers) or 'none'}")
        yield BillingChoice("another", "+ another code")


# --- minutes and remarks ---------------------------------------------------------------------------


def minutes_line(bill: Bill) -> Content:
    """Minutes of a participant, by mode, and their setting."""
    told, modes = bill.told, bill.told.minutes_by_mode
    named = (
        ("group", modes.group),
        ("individual", modes.individual),
        ("concurrent", modes.concurrent),
        ("timed", told.timed_minutes),
        ("OT", told.ot_minutes if told.ota_minutes else 0),
        ("OTA", told.ota_minutes),
    )
    parts = [f"{what} {number}" for what, number in named if number]
    whole = f"{told.minutes} min" + (f" ({', '.join(parts)})" if parts else "")
    return Content.assemble((whole, "bold"), f"  {told.setting or 'setting not given'}")


def remarks(bill: Bill) -> Content:
    """Warnings first, then how units came about, what was decided, what to bear in mind."""
    told = bill.told
    lines = [Content.styled(f"! {printable(warning)}", "$warning") for warning in told.warnings]
    if told.missed:
        lines.append(Content(f"{printable(told.missed)}: {NOT_BILLED}"))
    elif not bill.case.rule.bills_units:
        lines.append(Content(f"{told.setting}: minutes by mode are reported, no units"))
    lines += [Content(printable(step)) for step in told.allocation or ()]
    lines += [Content(f"decided: {printable(decision)}") for decision in told.decisions or ()]
    lines += [Content.styled(f"- {printable(reminder)}", "$foreground 60%") for reminder in told.reminders]
    return Content("\n").join(lines)
