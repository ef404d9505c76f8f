"""A session's billing as one page of plain text for the biller: 80 columns, no character beyond ASCII of its own."""

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Final, Literal

from otgroup.billing.rules import Billing
from otgroup.characters import visible
from otgroup.record.state import SessionState

BILL_COLUMNS: Final = 80
_SESSION_ONLY: Final = "Suggestions for the therapist to confirm; nothing here is a claim."


def billing_text(state: SessionState, billed: Iterable[Billing]) -> str:
    """The page: everyone's minutes, codes and warnings, then what holds for several, the missed, the reminders."""
    everyone = tuple(billed)
    treated = [one for one in everyone if not one.missed]
    common = {text: who for text, who in _by_text(treated, "warnings").items() if len(who) > 1}
    lines = [*_heading(state)]
    for one in treated:
        lines += ["", *_participant(one, [warning for warning in one.warnings if warning not in common])]
    lines += _section("Warnings for several", _attributed(common, treated))
    lines += _section("Missed treatment, nothing billable", [_missed(one) for one in everyone if one.missed])
    lines += _section("Reminders", _attributed(_by_text(treated, "reminders"), treated))
    return "\n".join(lines) + "\n"


def _heading(state: SessionState) -> Iterator[str]:
    end = f"-{state.ended_at:%H:%M}" if state.ended_at else ", still running"
    yield from _wrapped(f"{state.protocol.title}, {state.started_at:%Y-%m-%d %H:%M}{end}")
    yield from _wrapped(f"session {state.id}, led by {state.leader}")
    yield _SESSION_ONLY


def _participant(one: Billing, warnings: Iterable[str]) -> Iterator[str]:
    yield from _wrapped(f"{one.name} ({one.setting or 'setting not given'}): {_minutes(one)}")
    for line in one.codes:
        yield from _wrapped(f"{line.code} x {line.units}  {line.because}", "  ", " " * 13)
    if not one.codes:
        yield "  no code suggested"
    for step in one.allocation or ():
        yield from _wrapped(step, "         ", " " * 11)
    if one.modifiers:
        yield f"  modifiers: {', '.join(one.modifiers)}"
    for decision in one.decisions or ():
        yield from _wrapped(f"decided: {decision}", "  ", "    ")
    for warning in warnings:
        yield from _wrapped(warning, "  ! ", "    ")


def _minutes(one: Billing) -> str:
    """Minutes in the session, by mode, and apart by who furnished them where an assistant did."""
    modes = (
        ("individual", one.minutes_by_mode.individual),
        ("concurrent", one.minutes_by_mode.concurrent),
        ("group", one.minutes_by_mode.group),
        ("timed", one.timed_minutes if one.timed_minutes != one.minutes_by_mode.individual else 0),
    )
    apart = (("OT", one.ot_minutes), ("OTA", one.ota_minutes)) if one.ota_minutes else ()
    told = [f"{what} {number}" for what, number in (*modes, *apart) if number]
    return f"{one.minutes} min" + (f" ({', '.join(told)})" if told else "")


def _missed(one: Billing) -> str:
    return ": ".join([one.name, str(one.missed)]) + "".join(f"; {warning}" for warning in one.warnings)


def _by_text(treated: Iterable[Billing], kind: Literal["warnings", "reminders"]) -> dict[str, list[Billing]]:
    """Whom each text is about."""
    found: dict[str, list[Billing]] = {}
    for one in treated:
        for text in one.warnings if kind == "warnings" else one.reminders:
            found.setdefault(text, []).append(one)
    return found


def _attributed(texts: Mapping[str, list[Billing]], treated: list[Billing]) -> list[str]:
    """The texts, each once: of everyone, of everyone in a setting, or of those named."""
    return [f"{text}{_of_whom(who, treated)}" for text, who in texts.items()]


def _of_whom(who: list[Billing], treated: list[Billing]) -> str:
    settings = list(dict.fromkeys(one.setting for one in who))
    if len(who) == len(treated):
        return ""
    if all(settings) and len(who) == sum(one.setting in settings for one in treated):
        return f" ({', '.join(settings)})"
    return f" ({', '.join(one.name for one in who)})"


def _section(title: str, lines: list[str]) -> list[str]:
    """A titled list; nothing where it would be empty."""
    return ["", title, *(part for line in lines for part in _wrapped(line, "  - ", "    "))] if lines else []


def _wrapped(text: str, first: str = "", later: str = "  ") -> list[str]:
    """A paragraph within the page's width."""
    return wrap(visible(text), BILL_COLUMNS, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
