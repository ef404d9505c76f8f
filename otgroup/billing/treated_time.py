"""One participant's time in a session by who else was there, and what of it is one-on-one time. Pure.

The note and the bill both read it here, so that they cannot disagree.
"""

from collections.abc import Iterable

import msgspec

from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.together import MinuteSplit, TreatedSpans, slices, split_minutes, treated_spans
from otgroup.record.participant import Participant
from otgroup.record.parts.decisions import AloneDecision
from otgroup.record.spans import Span, covered_s
from otgroup.record.state import SessionState


class TreatedTime(msgspec.Struct, frozen=True, kw_only=True):
    """Whole minutes of one participant; `entries` is their one-on-one time of that day."""

    p: Participant
    state: SessionState
    spans: TreatedSpans
    split: MinuteSplit
    entries: tuple[OneOnOne, ...] = ()

    @property
    def minutes(self) -> int:
        """Their whole treatment time in the session."""
        return self.p.presence.minutes(self.state.elapsed(self.state.until()))

    @property
    def throughout(self) -> bool:
        """Whether they were alone with the leader all the time, so that no group took place for them."""
        return bool(self.spans.alone) and not self.in_group

    @property
    def in_group(self) -> bool:
        """Whether they were in a group of two or more, if only for a while."""
        return bool(self.spans.together or self.spans.beyond)

    @property
    def in_group_minutes(self) -> int:
        """Their whole minutes in a group, whatever its size."""
        return self.split.group + self.split.beyond

    @property
    def alone_decision(self) -> AloneDecision | None:
        """What the leader said of the minutes alone."""
        return self.p.decisions.alone

    @property
    def alone(self) -> int:
        """Minutes alone with the leader in the session that nobody has entered as one-on-one time."""
        shared = _shared_s(self.spans.alone, self.entries, self.state)
        return max(0, self.split.alone - int(shared // 60))

    @property
    def entered_within(self) -> int:
        """Minutes alone with the leader in the session that were entered as one-on-one time."""
        return self.split.alone - self.alone

    @property
    def confirmed(self) -> int:
        """Minutes alone that are one-on-one time: as the leader said, else all of a one-on-one session."""
        said = self.alone_decision
        if said is None:
            return self.alone if self.throughout else 0
        return min(said.minutes, self.alone)


def treated_time(p: Participant, state: SessionState, entries: Iterable[OneOnOne] = ()) -> TreatedTime:
    """The time of one participant, however many make a group in their setting; `entries` may hold other people."""
    found = treated_spans(p.person.id, slices(state, state.until()))
    own = tuple(entry for entry in entries if entry.person == p.person.id)
    shared = split_minutes(p, state, state.until(), found)
    return TreatedTime(p=p, state=state, spans=found, split=shared, entries=own)


def _shared_s(spans: Iterable[Span], entries: Iterable[OneOnOne], state: SessionState) -> float:
    """Seconds of the spans that entered time covers as well."""
    own, until = tuple(spans), state.until()
    return covered_s(own, until) - covered_s(own, until, [entry.span for entry in entries])
