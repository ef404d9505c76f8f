"""The codes suggested for one participant, each with its reason; what the leader decided stands. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec
from msgspec import UNSET, UnsetType

from otgroup.billing.billing_case import BillingCase
from otgroup.billing.code_hints import Fit, first_fit, group_fit
from otgroup.billing.one_on_one import minutes_by_code
from otgroup.billing.units import CONVENTIONS, Allocation
from otgroup.record.parts.decisions import CodeDecision


class CodeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A code, its units, and why in plain words; `corrected` is the leader's reason where they decided it."""

    code: str
    units: int
    because: str
    corrected: str | UnsetType = UNSET


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of a participant, how the timed ones came about, and what is left to decide."""

    codes: tuple[CodeLine, ...] = ()
    timed: Allocation | None = None
    tie: "Tie | None" = None
    open: tuple[str, ...] = ()


class Tie(msgspec.Struct, frozen=True):
    """Units that the leader has still to give, and the codes that are tied for them."""

    units: int
    codes: tuple[str, ...]


class ConfirmedMinutes(NamedTuple):
    """One-on-one minutes of the session itself: their code, how many, why that code."""

    code: str
    minutes: int
    because: str


def coding(case: BillingCase) -> Coding:
    """What may be billed: the group code for a group, units for one-on-one minutes.

    Nothing for who took no part, and nothing where a setting reports minutes instead (domain facts: codes).
    """
    if not case.p.took_part or not case.rule.bills_units:
        return Coding()
    timed = CONVENTIONS[case.rule.unit_rule](_timed_minutes(case)) if case.timed else None
    suggested = (*_group_lines(case), *(_timed_lines(case, timed) if timed else ()))
    tie = _tie(case, timed) if timed else None
    codes = tuple(_decided(case, suggested))
    return Coding(codes=codes, timed=timed, tie=tie, open=tuple(_open(case, timed, tie, codes)))


# --- what the leader decided -------------------------------------------------------------------------


def _decided(case: BillingCase, suggested: tuple[CodeLine, ...]) -> Iterator[CodeLine]:
    """The suggested lines with the leader's corrections in their place; a code without units has no line."""
    decided = case.p.decisions
    for line in suggested:
        decision = decided.of(line.code)
        if decision is None and line.code not in decided.replaced:
            yield line
    for decision in decided.codes:
        if decision.units:
            yield _corrected(decision, suggested)


def _corrected(decision: CodeDecision, suggested: Iterable[CodeLine]) -> CodeLine:
    """A line as it was decided, with what was suggested instead."""
    own = (decision.code, *decision.replaces)
    was = ", ".join(f"{line.code} x {line.units}" for line in suggested if line.code in own) or "nothing"
    because = f"corrected by {decision.by} (suggested: {was}): {decision.reason}"
    return CodeLine(code=decision.code, units=decision.units, because=because, corrected=decision.reason)


def _tie(case: BillingCase, told: Allocation) -> Tie | None:
    """What is left of a tie after the leader gave units to some of its codes."""
    own = {code.code: code.units for code in told.codes}
    given = {d.code: d.units - own[d.code] for d in case.p.decisions.codes if d.code in told.tie}
    left = told.open_units - sum(max(0, more) for more in given.values())
    codes = tuple(code for code in told.tie if code not in given)
    return Tie(left, codes) if left > 0 and codes else None


# --- the group ---------------------------------------------------------------------------------------


def _group_lines(case: BillingCase) -> Iterator[CodeLine]:
    """One unit per participant of two or more at once; its minutes are never timed minutes."""
    if case.split.group > 0:
        fit = group_fit(case.state.protocol, case.p.person, case.book)
        because = f"{case.split.group} min in a group of {case.spans.size_text}; {_practice(case, fit)}"
        yield CodeLine(code=case.book.group_code.code, units=1, because=because)


def _practice(case: BillingCase, fit: Fit | None) -> str:
    """What of the file's hints fits this person."""
    if fit is None:
        return "no code hint of this group fits this person's goals and deficits, so name them in the note"
    return f"practice of the kind of {_labelled(case, fit.hint.code)}: {fit.reason}"


def _labelled(case: BillingCase, code: str) -> str:
    rule = case.book.known(code)
    return f"{code} ({rule.label})" if rule else code


# --- one-on-one time ---------------------------------------------------------------------------------


def _timed_minutes(case: BillingCase) -> dict[str, int]:
    """Timed one-on-one minutes of the day by code: the session's own, then what was entered."""
    held, entered = held_in(case), minutes_by_code(case.entries)
    if held is None:
        return entered
    return {held.code: held.minutes + entered.pop(held.code, 0)} | entered


def held_in(case: BillingCase) -> ConfirmedMinutes | None:
    """One-on-one minutes of the session: those the leader confirmed, else a whole session by its hint."""
    said = case.p.decisions.alone
    if said:
        why = f": {said.reason}" if said.reason else ""
        told = f"confirmed by {said.by}{why}"
        return ConfirmedMinutes(said.code, case.confirmed, told) if case.confirmed else None
    fit = first_fit(case.state.protocol, case.p.person, case.book) if case.confirmed else None
    return ConfirmedMinutes(fit.hint.code, case.confirmed, fit.reason) if fit else None


def _timed_lines(case: BillingCase, told: Allocation) -> Iterator[CodeLine]:
    for code in told.codes:
        if code.units:
            yield CodeLine(code=code.code, units=code.units, because=_timed_reason(case, told, code.code))


def _timed_reason(case: BillingCase, told: Allocation, code: str) -> str:
    parts, held = [], held_in(case)
    if held and held.code == code:
        parts.append(f"{held.minutes} min one-on-one in this session: {held.because}")
    times = ", ".join(entry.times for entry in case.entries if entry.code == code)
    if times:
        entered = sum(entry.minutes for entry in case.entries if entry.code == code)
        parts.append(f"{entered} min one-on-one entered for the day ({times}): bill them once")
    total = sum(own.minutes for own in told.codes)
    return f"{'; '.join(parts)}; {told.rule} rule, {total} timed min in all"


# --- what is left to decide --------------------------------------------------------------------------


def _open(case: BillingCase, told: Allocation | None, tie: Tie | None, codes: tuple[CodeLine, ...]) -> Iterator[str]:
    if case.confirmed and not held_in(case):
        yield f"no timed code hint of this group fits this person: choose the code of the {case.alone} min one-on-one"
    yield from _too_many(case, told, codes)
    yield from _first_and_further(case, told, codes)
    if tie:
        tied = f"{' and '.join(tie.codes)} {'is' if len(tie.codes) == 1 else 'are'} tied"
        yield f"{tie.units} more unit{'' if tie.units == 1 else 's'} to give: {tied}, you choose"
    if told and not told.units:
        yield f"{case.timed} timed min are too few for a unit by the {told.rule} rule"


def _too_many(case: BillingCase, told: Allocation | None, codes: tuple[CodeLine, ...]) -> Iterator[str]:
    """Corrections never go beyond what the rule gives without a word."""
    units = sum(line.units for line in codes if _is_timed(case, line.code))
    allowed = told.units if told else 0
    if units > allowed:
        rule = case.rule.unit_rule
        yield f"{units} timed units after correction: the {rule} rule gives {allowed} for {case.timed} timed min"


def _is_timed(case: BillingCase, code: str) -> bool:
    rule = case.book.known(code)
    return rule is None or rule.timed


def _first_and_further(case: BillingCase, told: Allocation | None, codes: tuple[CodeLine, ...]) -> Iterator[str]:
    """A code for the first minutes only, and the one that takes what goes beyond."""
    gone = case.p.decisions.replaced | {decision.code for decision in case.p.decisions.codes}
    units = {code.code: code.units for code in (told.codes if told else ()) if code.code not in gone}
    units |= {line.code: line.units for line in codes}
    for rule in case.book.codes:
        if rule.most_units and units.get(rule.code, 0) > rule.most_units:
            beyond = f", the rest is {rule.further}" if rule.further else ""
            yield f"{rule.code} ({rule.label}) has at most {rule.most_units} a day{beyond}: correct the units"
        if rule.further in units and rule.code not in units:
            yield f"{rule.further} follows {rule.code}, which has no minutes that day: check the code"
    for code in units:
        if case.book.known(code) is None:
            yield f"{code} is not in the billing rules: check the code"
