"""The codes suggested for one participant, each with its reason; the therapist confirms. Pure."""

from collections.abc import Iterator

import msgspec

from otgroup.session.case import Case
from otgroup.session.hints import Fit, first_fit, group_fit
from otgroup.session.units import CONVENTIONS, Allocation


class CodeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A code, its units, and why in plain words."""

    code: str
    units: int
    because: str


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """The codes of a participant, how the timed ones came about, and what is left to decide."""

    codes: tuple[CodeLine, ...] = ()
    timed: Allocation | None = None
    open: tuple[str, ...] = ()


def coding(case: Case) -> Coding:
    """What may be billed: the group code for a group, units for one-on-one minutes.

    Nothing for who took no part, and nothing where a setting reports minutes instead (domain facts: codes).
    """
    if not case.p.took_part or not case.rule.bills_units:
        return Coding()
    timed = CONVENTIONS[case.rule.unit_rule](_timed_minutes(case)) if case.timed else None
    codes = (*_group_lines(case), *(_timed_lines(case, timed) if timed else ()))
    return Coding(codes=codes, timed=timed, open=tuple(_open(case, timed)))


# --- the group ---------------------------------------------------------------------------------------


def _group_lines(case: Case) -> Iterator[CodeLine]:
    """One unit per participant of two or more at once; its minutes are never timed minutes."""
    if case.divided.group > 0:
        fit = group_fit(case.state.protocol, case.p.person, case.book)
        because = f"{case.divided.group} min in a group of {case.company.peak}; {_practice(case, fit)}"
        yield CodeLine(code=case.book.group_code.code, units=1, because=because)


def _practice(case: Case, fit: Fit | None) -> str:
    """What of the file's hints fits this person."""
    if fit is None:
        return "no code hint of this group fits this person's goals and deficits, so name them in the note"
    return f"practice of the kind of {_labelled(case, fit.hint.code)}: {fit.reason}"


def _labelled(case: Case, code: str) -> str:
    rule = case.book.known(code)
    return f"{code} ({rule.label})" if rule else code


# --- one-on-one time ---------------------------------------------------------------------------------


def _timed_minutes(case: Case) -> dict[str, int]:
    """Timed one-on-one minutes of the day by code: a session held one-on-one, then what was entered."""
    found: dict[str, int] = {}
    fit = session_fit(case)
    if fit:
        found[fit.hint.code] = case.alone
    for entry in case.entries:
        found[entry.code] = found.get(entry.code, 0) + entry.minutes
    return found


def session_fit(case: Case) -> Fit | None:
    """The hint that names a one-on-one session's code."""
    return first_fit(case.state.protocol, case.p.person, case.book) if case.throughout and case.alone else None


def _timed_lines(case: Case, told: Allocation) -> Iterator[CodeLine]:
    for code in told.codes:
        if code.units:
            yield CodeLine(code=code.code, units=code.units, because=_timed_reason(case, told, code.code))


def _timed_reason(case: Case, told: Allocation, code: str) -> str:
    parts, fit = [], session_fit(case)
    if fit and fit.hint.code == code:
        parts.append(f"{case.alone} min one-on-one in this session: {fit.reason}")
    times = ", ".join(entry.times for entry in case.entries if entry.code == code)
    if times:
        entered = sum(entry.minutes for entry in case.entries if entry.code == code)
        parts.append(f"{entered} min one-on-one entered for the day ({times}): bill them once")
    total = sum(own.minutes for own in told.codes)
    return f"{'; '.join(parts)}; {told.rule} rule, {total} timed min in all"


# --- what is left to decide --------------------------------------------------------------------------


def _open(case: Case, told: Allocation | None) -> Iterator[str]:
    if case.throughout and case.alone and not session_fit(case):
        yield f"no timed code hint of this group fits this person: choose the code of the {case.alone} min one-on-one"
    if told is None:
        return
    if told.tie:
        left, tied = told.open_units, " and ".join(told.tie)
        yield f"{left} more unit{'' if left == 1 else 's'} to give: {tied} are tied, you choose"
    if not told.units:
        yield f"{case.timed} timed min are too few for a unit by the {told.rule} rule"
    yield from _first_and_further(case, told)


def _first_and_further(case: Case, told: Allocation) -> Iterator[str]:
    """A code for the first minutes only, and the one that takes what goes beyond."""
    units = {code.code: code.units for code in told.codes}
    for rule in case.book.codes:
        if rule.most_units and units.get(rule.code, 0) > rule.most_units:
            beyond = f", the rest is {rule.further}" if rule.further else ""
            yield f"{rule.code} ({rule.label}) has at most {rule.most_units} a day{beyond}: correct the units"
        if rule.further in units and rule.code not in units:
            yield f"{rule.further} follows {rule.code}, which has no minutes that day: check the code"
    for code in units:
        if case.book.known(code) is None:
            yield f"{code} is not in the billing rules: check the code"
