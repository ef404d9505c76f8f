"""How a participant's minutes divide by mode over a stay, as far as it is recorded here. Pure."""

from collections.abc import Iterable
from datetime import date

import msgspec

from otgroup.billing.billing_case import BillingCase, case_of, day_of
from otgroup.billing.one_on_one import OneOnOne
from otgroup.record.state import SessionState


class Stay(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes by mode from one day to another, one-on-one time among the individual ones."""

    first: date
    last: date
    individual: int
    shared: int
    """Group and concurrent minutes."""

    @property
    def minutes(self) -> int:
        """All minutes of the stay."""
        return self.individual + self.shared

    def over(self, percent: int) -> bool:
        """Whether group and concurrent time is more than that share of all."""
        return 100 * self.shared > percent * self.minutes


def stay_of(case: BillingCase, earlier: Iterable[SessionState], entries: Iterable[OneOnOne]) -> Stay:
    """The stay up to and with a session: earlier ones in the same setting, and one-on-one time till that day."""
    who, setting, last = case.p.person.id, case.p.person.setting, day_of(case.state)
    own = tuple(entry for entry in entries if entry.person == who and entry.date <= last)
    sessions = {state.id: state for state in earlier if _belongs(state, case)} | {case.state.id: case.state}
    cases = [
        case_of(state.participants[who], state, case.book, own)
        for state in sessions.values()
        if state.participants[who].person.setting == setting
    ]
    return Stay(
        first=min([*(day_of(c.state) for c in cases), *(entry.date for entry in own)]),
        last=last,
        individual=sum(c.alone for c in cases) + sum(entry.minutes for entry in own),
        shared=sum(c.modes.group + c.modes.concurrent for c in cases),
    )


def _belongs(state: SessionState, case: BillingCase) -> bool:
    before = state.started_at <= case.state.started_at
    return before and not state.voided and case.p.person.id in state.participants
