"""One-on-one time: entered apart from any group, in a period of its own. Pure."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import msgspec

from otgroup.billing.together import slices, spans_of
from otgroup.errors import BadInput
from otgroup.record.people import Leader, PersonId
from otgroup.record.spans import Span
from otgroup.record.state import SessionState


class OneOnOne(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes of one person with one leader under one timed code."""

    id: str
    person: PersonId
    date: date
    start: datetime
    end: datetime
    code: str
    leader: Leader
    entered: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes that passed, also over midnight and over a change of the clocks; never negative."""
        passed = self.end.astimezone(UTC) - self.start.astimezone(UTC)
        return max(0, int(passed.total_seconds() // 60))

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return Span(self.start, self.end)

    @property
    def times(self) -> str:
        """When, as a person says it: 13:00-13:24."""
        return span_text(self.span)


def minutes_by_code(entries: Iterable[OneOnOne]) -> dict[str, int]:
    """Minutes of each code, in the order in which the codes come up."""
    found: dict[str, int] = {}
    for entry in entries:
        found[entry.code] = found.get(entry.code, 0) + entry.minutes
    return found


def span_text(span: Span) -> str:
    """From when to when, by the clock on the wall: 13:00-13:24."""
    return f"{span.start:%H:%M}-{span.end:%H:%M}" if span.end else f"{span.start:%H:%M}-"


def refuse_overlap(
    entry: OneOnOne,
    others: Iterable[OneOnOne],
    sessions: Iterable[SessionState],
    now: datetime,
    what: str = "start",
) -> None:
    """Raise BadInput, with `what` before it, if the entry overlaps another one of that person, or their presence in
    a group.
    """
    for other in others:
        if other.person == entry.person and overlaps(entry.span, other.span):
            taken = f"the one-on-one time {other.times} of {other.date} ({other.code})"
            raise BadInput(f"{what}: {entry.times} overlaps {taken}, correct one of the two")
    for state in sessions:
        for there in presence_in_group(entry.person, state, state.until(now)):
            if overlaps(entry.span, there):
                taken = f"their time in {state.protocol.title} {span_text(there)} of {there.start:%Y-%m-%d}"
                raise BadInput(f"{what}: {entry.times} overlaps {taken} (session {state.id}), correct one of the two")


def presence_in_group(who: PersonId, state: SessionState, until: datetime) -> tuple[Span, ...]:
    """When a person was there. Time in which the others had left is not group time and may be entered as
    one-on-one; where nobody else ever was there, the session itself is the one-on-one time.
    """
    if state.voided:
        return ()
    there = [piece for piece in slices(state, until) if who in piece.present]
    together = [piece for piece in there if len(piece.present) > 1]
    return spans_of(together or there)


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share time; those that only touch do not."""
    return (other.end is None or one.start < other.end) and (one.end is None or other.start < one.end)
