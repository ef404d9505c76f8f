"""From a session to what its biller needs, participant by participant. Pure.

Everything is a suggestion or a warning: the therapist confirms, nothing blocks, no claim is made. What
the rules say stands in a rules.toml (`otgroup.billing.rule_book`), with the source of each.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec import UNSET, UnsetType

from otgroup.billing import cautions
from otgroup.billing.billing_case import BillingCase, Modes, cases_of
from otgroup.billing.coding import CodeLine, Coding, coding
from otgroup.billing.modifiers import ModifierAdvice, applying, modifiers
from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.rule_book import RuleBook
from otgroup.billing.stay_minutes import Stay, stay_of
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class Billing(msgspec.Struct, frozen=True, kw_only=True):
    """One participant's minutes and suggestions; the fields are the keys of `otgroup codes --json`.

    `minutes` is treatment time in the session, `timed_minutes` one-on-one time of that day; both are
    whole. `missed` is there only for who had no treatment, `allocation` where timed minutes became units,
    `decisions` where the leader decided more than stands in the lines of `codes`.
    """

    id: str
    name: str
    minutes: int
    timed_minutes: int
    codes: tuple[CodeLine, ...]
    minutes_by_mode: Modes
    modifiers: tuple[str, ...]
    warnings: tuple[str, ...]
    reminders: tuple[str, ...]
    setting: str
    ot_minutes: int
    ota_minutes: int
    missed: str | UnsetType = UNSET
    allocation: tuple[str, ...] | UnsetType = UNSET
    decisions: tuple[str, ...] | UnsetType = UNSET


class Bill(msgspec.Struct, frozen=True):
    """What is told of one participant, and what it was worked out from."""

    told: Billing
    case: BillingCase
    coded: Coding


def billing(
    state: SessionState,
    book: RuleBook,
    entries: Iterable[OneOnOne] = (),
    earlier: Mapping[PersonId, Iterable[SessionState]] | None = None,
) -> tuple[Billing, ...]:
    """What is told of everyone on the board, in its order (see `bills`)."""
    return tuple(bill.told for bill in bills(state, book, entries, earlier))


def bills(
    state: SessionState,
    book: RuleBook,
    entries: Iterable[OneOnOne] = (),
    earlier: Mapping[PersonId, Iterable[SessionState]] | None = None,
) -> tuple[Bill, ...]:
    """The bills of everyone on the board, in its order.

    `entries` is one-on-one time (of any day and person: what belongs here is picked), `earlier` the
    sessions of a participant's stay, for settings that limit the share of group time.
    """
    entered, stays = tuple(entries), earlier or {}
    return tuple(_bill(case, entered, stays.get(case.p.person.id, ())) for case in cases_of(state, book, entered))


def _bill(case: BillingCase, entries: tuple[OneOnOne, ...], earlier: Iterable[SessionState]) -> Bill:
    coded = coding(case)
    stay = stay_of(case, earlier, entries) if case.rule.share_limit_percent else None
    return Bill(_told(case, coded, stay), case, coded)


def _told(case: BillingCase, coded: Coding, stay: Stay | None) -> Billing:
    modified = modifiers(case, coded.codes)
    return Billing(
        id=case.p.person.id,
        name=case.p.person.name,
        minutes=case.minutes,
        timed_minutes=case.timed,
        codes=coded.codes,
        minutes_by_mode=case.modes,
        modifiers=applying(case, modified),
        warnings=(*cautions.warnings(case, coded, stay), *_reasons(modified, "in question")),
        reminders=(*_reasons(modified, "applies"), *cautions.reminders(case), *_reasons(modified, "reminder")),
        setting=case.p.person.setting,
        ot_minutes=case.all_minutes - case.assistant_minutes,
        ota_minutes=case.assistant_minutes,
        missed=cautions.missed(case) or UNSET,
        allocation=coded.timed.lines if coded.timed else UNSET,
        decisions=tuple(decisions(case)) or UNSET,
    )


def _reasons(modified: Iterable[ModifierAdvice], standing: str) -> tuple[str, ...]:
    return tuple(found.reason for found in modified if found.standing == standing)


def decisions(case: BillingCase) -> Iterator[str]:
    """What the leader decided that no line of a code tells: codes left out, time alone, modifiers."""
    decided = case.p.decisions
    for gone in (decision for decision in decided.codes if not decision.units):
        yield f"{gone.code} is not billed ({gone.by}: {gone.reason})"
    if alone := decided.alone:
        told = f"{alone.minutes} min alone are one-on-one time, {alone.code}"
        why = f": {alone.reason}" if alone.reason else ""
        yield f"{told if alone.minutes else 'the time alone was not one-on-one time'} ({alone.by}{why})"
    if own := decided.modifiers:
        yield f"modifiers {', '.join(own.modifiers) or 'none'} ({own.by}: {own.reason})"
