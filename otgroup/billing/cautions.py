"""What a leader should look at before anything is billed: findings that warn and never block. Pure.

A level that did not move is no finding: it is legitimate in maintenance care.
"""

from collections.abc import Iterator

from otgroup.billing.billing_case import BillingCase
from otgroup.billing.coding import Coding
from otgroup.billing.one_on_one import span_text
from otgroup.billing.rule_book import RuleRemark
from otgroup.billing.stay_minutes import Stay
from otgroup.record.parts.presence import Whereabouts
from otgroup.record.spans import Span


def missed(case: BillingCase) -> str:
    """Why somebody had no treatment; empty for who took part."""
    if case.p.took_part:
        return ""
    reasons = "; ".join(words.text for words in case.p.words.of("reason"))
    how = "attendance not recorded" if case.p.presence.now == Whereabouts.EXPECTED else str(case.p.presence.now)
    return f"{how} ({reasons})" if reasons else how


def warnings(case: BillingCase, coded: Coding, stay: Stay | None) -> Iterator[str]:
    """All findings about one participant, the group's before their own."""
    if not case.p.took_part:
        yield from _missed_but_entered(case)
        return
    yield from _record(case)
    yield from _size(case)
    yield from _left_alone(case)
    yield from _reason(case)
    yield from _share(case, stay)
    yield from coded.open


def reminders(case: BillingCase) -> Iterator[str]:
    """What a setting asks to bear in mind of every group, and the unit convention where it is not the usual one."""
    if case.in_group:
        yield from (_of_setting(case, remark) for remark in case.rule.remarks if remark.over is None)
    if case.rule.units and case.rule.bills_units and case.rule.unit_rule != "8-minute":
        yield case.rule.units.told(f"units by the {case.rule.unit_rule} rule")


def _missed_but_entered(case: BillingCase) -> Iterator[str]:
    if case.entered:
        yield f"{case.entered} min one-on-one are entered for the day and not coded here: use otgroup units"


# --- the record --------------------------------------------------------------------------------------


def _record(case: BillingCase) -> Iterator[str]:
    if not case.p.person.setting:
        yield "setting not given: no setting's rules were applied, check by hand which payer's do"
    if case.state.status == "running":
        yield f"the session still runs: minutes go up to {case.state.until():%H:%M}, where something last happened"
    if not case.minutes:
        yield "no whole minute of treatment is recorded"
    if case.p.person.setting and not case.state.leader.credentials:
        yield "the leader's credentials are not recorded: minutes count as an OT's"
    for entry in case.clashing:
        yield f"one-on-one time {entry.times} ({entry.code}) overlaps this session: minutes count twice, correct one"


# --- size --------------------------------------------------------------------------------------------


def _size(case: BillingCase) -> Iterator[str]:
    setting, rule, peak = case.rule.setting, case.rule, case.spans.peak
    if rule.group_least and 0 < peak < rule.group_least:
        yield rule.told(f"{peak} at once: a group has {rule.group_least} or more in {setting}")
    if rule.group_most and peak > rule.group_most:
        yield rule.told(f"{peak} at once: a group has at most {rule.group_most} in {setting}{_not_group(case)}")
    yield from (_of_setting(case, remark) for remark in rule.remarks if remark.over and peak > remark.over)


def _not_group(case: BillingCase) -> str:
    """What follows of too many, where it has a consequence: those minutes are counted in no mode."""
    if not case.rule.over_most_not_group:
        return ", acknowledge it in the record"
    return f", so {case.split.beyond} min ({_times(case.spans.beyond)}) are not group minutes"


def _of_setting(case: BillingCase, remark: RuleRemark) -> str:
    counted = f" ({case.spans.peak} at once)" if remark.over else ""
    return remark.told(f"{remark.text}{counted}")


def _times(spans: tuple[Span, ...]) -> str:
    return ", ".join(map(span_text, spans))


# --- time alone, reasons, shares ---------------------------------------------------------------------


def _left_alone(case: BillingCase) -> Iterator[str]:
    """From the moment one is left alone, time is one-on-one time: a finding for the leader to confirm."""
    said = case.p.decisions.alone
    if said and said.minutes > case.alone:
        yield f"{said.minutes} min alone were confirmed, and {case.alone} are recorded: confirm them anew"
    if said or not case.alone:
        return
    where = f"alone with the leader {_times(case.spans.alone)}: {case.alone} min one-on-one time, not group time"
    if case.throughout:
        yield f"{where}; confirm that nobody else was treated"
    else:
        yield f"{where}, and not coded; confirm it in the app (c), or enter it with otgroup minutes add"


def _reason(case: BillingCase) -> Iterator[str]:
    if case.rule.reason_needed and case.in_group and not case.p.link(case.state.protocol.id).why:
        yield case.rule.told(
            f"why a group instead of one-on-one is not in the record: {case.rule.setting} asks for it"
        )


def _share(case: BillingCase, stay: Stay | None) -> Iterator[str]:
    """Group and concurrent minutes of all, per discipline over the stay."""
    limit = case.rule.share_limit_percent
    if stay and limit and stay.over(limit):
        share = f"{stay.shared} of {stay.minutes} min ({100 * stay.shared / stay.minutes:.1f} %)"
        period = f"{stay.first} to {stay.last}" if stay.first != stay.last else f"{stay.last}"
        yield case.rule.told(
            f"group and concurrent time is {share} of what is recorded here ({period}): over {limit} %"
        )
