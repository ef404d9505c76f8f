"""Which modifiers apply to the codes suggested for a participant, and why. Pure."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from otgroup.billing.billing_case import BillingCase, day_of
from otgroup.billing.coding import CodeLine, held_in
from otgroup.billing.rule_book import ModifierRule


class ModifierAdvice(msgspec.Struct, frozen=True, kw_only=True):
    """A modifier with the reason. One that is `in question` or only to be borne in mind is not listed as applying."""

    modifier: str
    reason: str
    standing: Literal["applies", "in question", "reminder"] = "applies"


def modifiers(case: BillingCase, codes: tuple[CodeLine, ...]) -> tuple[ModifierAdvice, ...]:
    """What the rules say of these codes; nothing where no code is suggested (domain facts: modifiers)."""
    rules = (rule for rule in case.book.modifiers if case.p.person.setting in rule.settings)
    found = (found for rule in rules if codes for found in _modified(rule, case, codes))
    return tuple(one for one in found if not (case.p.decisions.modifiers and one.standing == "in question"))


def applying(case: BillingCase, modified: tuple[ModifierAdvice, ...]) -> tuple[str, ...]:
    """The modifiers that apply: the leader's own, else those the rules say."""
    own = case.p.decisions.modifiers
    return own.modifiers if own else tuple(found.modifier for found in modified if found.standing == "applies")


def _modified(rule: ModifierRule, case: BillingCase, codes: tuple[CodeLine, ...]) -> Iterator[ModifierAdvice]:
    match rule.applies:
        case "always":
            yield ModifierAdvice(modifier=rule.modifier, reason=rule.told(f"{rule.modifier}: {rule.text}"))
        case "assistant":
            yield from _by_assistant(rule, case, codes)
        case "threshold":
            reason = rule.told(f"{rule.modifier}: {rule.text}: {_threshold(rule, case)}")
            yield ModifierAdvice(modifier=rule.modifier, reason=reason, standing="reminder")
        case "same-day":
            yield from _same_day(rule, case, codes)


def _by_assistant(rule: ModifierRule, case: BillingCase, codes: tuple[CodeLine, ...]) -> Iterator[ModifierAdvice]:
    """Code by code, because OT and OTA minutes are kept apart."""
    told = [text for line in codes if (text := _assisted(rule, case, line.code))]
    if told:
        reason = rule.told(f"{rule.modifier} on {'; '.join(told)}: {rule.text}")
        yield ModifierAdvice(modifier=rule.modifier, reason=reason)


def _assisted(rule: ModifierRule, case: BillingCase, code: str) -> str:
    """How much of a code an assistant furnished, if that is enough: any of a timed code, a share of the group's."""
    group = code == case.book.group_code.code
    by_assistant, total = _in_group(case) if group else _one_on_one(case, code)
    least = total * (rule.share_percent or 0) if group else 0
    return f"{code} ({by_assistant} of {total} min by an OTA)" if 100 * by_assistant > least else ""


def _in_group(case: BillingCase) -> tuple[int, int]:
    """Group minutes by an assistant, of all: a session has one leader."""
    return (case.split.group if case.led_by_assistant else 0), case.split.group


def _one_on_one(case: BillingCase, code: str) -> tuple[int, int]:
    """One-on-one minutes of a code by assistants, of all: those entered, and the session's own."""
    codes, own = case.p.decisions.stands_for(code), held_in(case)
    held = own.minutes if own and own.code in codes else 0
    entries = [entry for entry in case.entries if entry.code in codes]
    by_assistant = sum(entry.minutes for entry in entries if case.book.is_assistant(entry.leader))
    return by_assistant + (held if case.led_by_assistant else 0), held + sum(entry.minutes for entry in entries)


def _threshold(rule: ModifierRule, case: BillingCase) -> str:
    year = day_of(case.state).year
    known = rule.threshold(year)
    if known is None:
        return f"the threshold of {year} is not in the rules, add it to rules.toml"
    return f"${known.dollars:,} in {year}, review from ${known.review_dollars:,}; charges are not known here"


def _same_day(rule: ModifierRule, case: BillingCase, codes: tuple[CodeLine, ...]) -> Iterator[ModifierAdvice]:
    """Group and timed codes on one day."""
    group = case.book.group_code.code
    others = [line.code for line in codes if line.code != group]
    if others and len(others) < len(codes):
        reason = rule.told(f"{rule.modifier}: {group} with {', '.join(others)} on one day, {rule.text}")
        yield ModifierAdvice(modifier=rule.modifier, reason=reason, standing="in question")
