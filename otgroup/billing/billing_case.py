"""One participant's billing case: their part of a session, the rules of their setting, their day. Pure."""

from collections.abc import Iterable
from datetime import date

import msgspec

from otgroup.billing.one_on_one import OneOnOne, overlaps
from otgroup.billing.rule_book import RuleBook, SettingRule
from otgroup.billing.together import Slice, slices, split_minutes, treated_spans
from otgroup.billing.treated_time import TreatedTime
from otgroup.record.participant import Participant
from otgroup.record.state import SessionState


class Modes(msgspec.Struct, frozen=True, kw_only=True):
    """Whole minutes by mode. One group does one activity, so none of its minutes are concurrent
    (two patients in different activities; domain facts: group rules by setting).
    """

    individual: int = 0
    concurrent: int = 0
    group: int = 0


class BillingCase(TreatedTime, frozen=True, kw_only=True):
    """What billing has to know of one participant; `entries` is their one-on-one time of that day."""

    book: RuleBook
    rule: SettingRule

    @property
    def entered(self) -> int:
        """Minutes of one-on-one time entered for that day."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def timed(self) -> int:
        """Timed one-on-one minutes of that day: those entered, and a session that was one-on-one throughout.

        Group time never becomes timed minutes, nor does time left alone before the leader confirms or enters it.
        """
        return self.entered + self.confirmed

    @property
    def modes(self) -> Modes:
        """Minutes by mode: the session's, and with individual ones those entered for that day. Time alone of
        which the leader said that it was not one-on-one stays the group's.
        """
        denied = self.alone - self.confirmed if self.alone_decision and self.in_group else 0
        return Modes(individual=self.alone - denied + self.entered, group=self.split.group + denied)

    @property
    def led_by_assistant(self) -> bool:
        """Whether the session's leader is an assistant, by their credentials."""
        return self.book.is_assistant(self.state.leader)

    @property
    def assistant_minutes(self) -> int:
        """Minutes furnished by assistants: the session's if one led it, and one-on-one time of theirs."""
        own = sum(entry.minutes for entry in self.entries if self.book.is_assistant(entry.leader))
        return own + (self.all_minutes - self.entered if self.led_by_assistant else 0)

    @property
    def all_minutes(self) -> int:
        """The session's minutes and those entered for that day, none of them twice."""
        return self.minutes - self.entered_within + self.entered

    @property
    def clashing(self) -> tuple[OneOnOne, ...]:
        """One-on-one time that overlaps the group: entered before the session was recorded."""
        taken = (*self.spans.together, *self.spans.beyond)
        if self.throughout:
            taken = self.spans.alone
        return tuple(entry for entry in self.entries if any(overlaps(entry.span, span) for span in taken))


def day_of(state: SessionState) -> date:
    """The day a session belongs to: the one it began on."""
    return state.started_at.date()


def case_of(p: Participant, state: SessionState, book: RuleBook, entries: Iterable[OneOnOne] = ()) -> BillingCase:
    """The case of one participant of a session; `entries` may hold other days and other people."""
    return cases_of(state, book, entries, (p,))[0]


def cases_of(
    state: SessionState,
    book: RuleBook,
    entries: Iterable[OneOnOne] = (),
    participants: Iterable[Participant] | None = None,
) -> tuple[BillingCase, ...]:
    """The cases of some participants, else of the whole board, in its order."""
    pieces = slices(state, state.until())
    own = tuple(entry for entry in entries if entry.date == day_of(state))
    return tuple(_case(p, state, book, own, pieces) for p in (participants or state.board))


def _case(
    p: Participant, state: SessionState, book: RuleBook, entries: Iterable[OneOnOne], pieces: Iterable[Slice]
) -> BillingCase:
    rule = book.setting(p.person.setting)
    found = treated_spans(p.person.id, pieces, rule.group_most if rule.over_most_not_group else None)
    return BillingCase(
        p=p,
        state=state,
        book=book,
        rule=rule,
        spans=found,
        split=split_minutes(p, state, state.until(), found),
        entries=tuple(entry for entry in entries if entry.person == p.person.id),
    )
