"""One participant's billing case: their part of a session, the rules of their setting, their day. Pure."""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from otgroup.session.clock import Span, covered_s
from otgroup.session.company import Company, Divided, Slice, company, divided, slices
from otgroup.session.one_on_one import OneOnOne, overlaps
from otgroup.session.rule_book import RuleBook, SettingRule
from otgroup.session.state import ParticipantState, SessionState, minutes


class Modes(msgspec.Struct, frozen=True, kw_only=True):
    """Whole minutes by mode. One group does one activity, so none of its minutes are concurrent
    (two patients in different activities; domain facts: group rules by setting).
    """

    individual: int = 0
    concurrent: int = 0
    group: int = 0


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What billing has to know of one participant; `entries` is their one-on-one time of that day."""

    p: ParticipantState
    state: SessionState
    book: RuleBook
    rule: SettingRule
    until: datetime
    company: Company
    divided: Divided
    entries: tuple[OneOnOne, ...] = ()

    @property
    def minutes(self) -> int:
        """Their whole treatment time in the session."""
        return minutes(self.p, self.state, self.until)

    @property
    def throughout(self) -> bool:
        """Whether they were alone with the leader all the time, so that no group took place for them."""
        return bool(self.company.alone) and not self.company.together and not self.company.beyond

    @property
    def in_group(self) -> bool:
        """Whether they were in a group of two or more, if only for a while."""
        return bool(self.company.together or self.company.beyond)

    @property
    def entered(self) -> int:
        """Minutes of one-on-one time entered for that day."""
        return sum(entry.minutes for entry in self.entries)

    @property
    def alone(self) -> int:
        """Minutes alone with the leader in the session that nobody has entered as one-on-one time."""
        return max(0, self.divided.alone - int(_shared_s(self.company.alone, self.entries, self.until) // 60))

    @property
    def timed(self) -> int:
        """Timed one-on-one minutes of that day: those entered, and a session that was one-on-one throughout.

        Group time never becomes timed minutes, nor does time left alone before the leader confirms or enters it.
        """
        return self.entered + self.confirmed

    @property
    def confirmed(self) -> int:
        """Minutes alone that are one-on-one time: as the leader said, else all of a one-on-one session."""
        said = self.p.decided.alone
        if said is None:
            return self.alone if self.throughout else 0
        return min(said.minutes, self.alone)

    @property
    def modes(self) -> Modes:
        """Minutes by mode: the session's, and with individual ones those entered for that day. Time alone of
        which the leader said that it was not one-on-one stays the group's.
        """
        denied = self.alone - self.confirmed if self.p.decided.alone and self.in_group else 0
        return Modes(individual=self.alone - denied + self.entered, group=self.divided.group + denied)

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
        return self.minutes - (self.divided.alone - self.alone) + self.entered

    @property
    def clashing(self) -> tuple[OneOnOne, ...]:
        """One-on-one time that overlaps the group: entered before the session was recorded."""
        taken = (*self.company.together, *self.company.beyond)
        if self.throughout:
            taken = self.company.alone
        return tuple(entry for entry in self.entries if any(overlaps(entry.span, span) for span in taken))


def day_of(state: SessionState) -> date:
    """The day a session belongs to: the one it began on."""
    return state.started_at.date()


def case_of(p: ParticipantState, state: SessionState, book: RuleBook, entries: Iterable[OneOnOne] = ()) -> Case:
    """The case of one participant of a session; `entries` may hold other days and other people."""
    return cases_of(state, book, entries, (p,))[0]


def cases_of(
    state: SessionState,
    book: RuleBook,
    entries: Iterable[OneOnOne] = (),
    participants: Iterable[ParticipantState] | None = None,
) -> tuple[Case, ...]:
    """The cases of some participants, else of the whole board, in its order."""
    pieces = slices(state, state.until())
    own = tuple(entry for entry in entries if entry.date == day_of(state))
    return tuple(_case(p, state, book, own, pieces) for p in (participants or state.board))


def _case(
    p: ParticipantState, state: SessionState, book: RuleBook, entries: Iterable[OneOnOne], pieces: Iterable[Slice]
) -> Case:
    rule = book.setting(p.person.setting)
    found = company(p.person.id, pieces, rule.group_most if rule.over_most_not_group else None)
    return Case(
        p=p,
        state=state,
        book=book,
        rule=rule,
        until=state.until(),
        company=found,
        divided=divided(p, state, state.until(), found),
        entries=tuple(entry for entry in entries if entry.person == p.person.id),
    )


def _shared_s(spans: Iterable[Span], entries: Iterable[OneOnOne], until: datetime) -> float:
    """Seconds of the spans that entered time covers as well."""
    own = tuple(spans)
    return covered_s(own, until) - covered_s(own, until, [entry.span for entry in entries])
