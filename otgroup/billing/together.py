"""Who was there with whom, and how a participant's minutes divide by it. Pure.

A group needs two: from the moment one participant is left alone, time is one-on-one time (domain facts: codes).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Final, NamedTuple

from otgroup.record.participant import Participant
from otgroup.record.people import PersonId
from otgroup.record.spans import Span, covered_s
from otgroup.record.state import SessionState

LEAST_TOLD_S: Final = 60
"""A size that the group had for less than this is told by nobody."""


class Slice(NamedTuple):
    """A stretch of time in which nobody came, left or rested: who was there, and who of them was treated."""

    start: datetime
    end: datetime
    present: frozenset[PersonId]
    treated: frozenset[PersonId]


class TreatedSpans(NamedTuple):
    """A participant's treated time by who else was there; `beyond` is time with too many for a group.

    `peak` is the largest number present at once while they were treated. `sizes` are the sizes of the group they were
    in, smallest first: each that lasted a minute in all, else the one that lasted longest.
    """

    together: tuple[Span, ...] = ()
    beyond: tuple[Span, ...] = ()
    alone: tuple[Span, ...] = ()
    peak: int = 0
    sizes: tuple[int, ...] = ()

    @property
    def size_text(self) -> str:
        """The size of their group: `5`, or `4-6` where it changed."""
        least, most = self.sizes[0], self.sizes[-1]
        return str(most) if least == most else f"{least}-{most}"


class MinuteSplit(NamedTuple):
    """Whole minutes of a participant in a session; together they are their treatment time."""

    group: int
    beyond: int
    alone: int


def slices(state: SessionState, until: datetime) -> tuple[Slice, ...]:
    """The session cut wherever somebody came, left, rested or resumed, or the group paused or went on."""
    moments = sorted({moment for moment in _moments(state, until) if moment <= until})
    return tuple(_slice(state, start, end) for start, end in pairwise(moments))


def _moments(state: SessionState, until: datetime) -> Iterator[datetime]:
    own = (span for p in state.participants.values() for span in (*p.presence.stays, *p.presence.untreated_rests))
    for span in (*own, *state.pauses):
        yield span.start
        yield until if span.end is None else min(span.end, until)


def _slice(state: SessionState, start: datetime, end: datetime) -> Slice:
    everyone = state.participants.items()
    present = frozenset(who for who, p in everyone if _within(p.presence.stays, start, end))
    paused = _within(state.pauses, start, end)
    resting = {who for who, p in everyone if _within(p.presence.untreated_rests, start, end)}
    return Slice(start, end, present, frozenset() if paused else present - resting)


def _within(spans: Iterable[Span], start: datetime, end: datetime) -> bool:
    return any(span.start <= start and (span.end is None or end <= span.end) for span in spans)


def treated_spans(who: PersonId, pieces: Iterable[Slice], most: int | None = None) -> TreatedSpans:
    """How a participant's treated time divides; with `most`, time with more present is `beyond`."""
    own = [piece for piece in pieces if who in piece.treated]
    alone = [piece for piece in own if len(piece.present) == 1]
    beyond = [piece for piece in own if most is not None and len(piece.present) > max(most, 1)]
    together = [piece for piece in own if piece not in alone and piece not in beyond]
    peak = max((len(piece.present) for piece in own), default=0)
    return TreatedSpans(spans_of(together), spans_of(beyond), spans_of(alone), peak, _sizes(together or beyond))


def _sizes(pieces: Iterable[Slice]) -> tuple[int, ...]:
    lasted: Counter[int] = Counter()
    for piece in pieces:
        lasted[len(piece.present)] += round((piece.end - piece.start).total_seconds())
    long = sorted(size for size, seconds in lasted.items() if seconds >= LEAST_TOLD_S)
    return tuple(long) or tuple(size for size, _ in lasted.most_common(1))


def spans_of(pieces: Iterable[Slice]) -> tuple[Span, ...]:
    """The pieces as spans, those that touch made one."""
    spans: list[Span] = []
    for piece in pieces:
        if spans and spans[-1].end == piece.start:
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(Span(piece.start, piece.end))
    return tuple(spans)


def split_minutes(p: Participant, state: SessionState, until: datetime, found: TreatedSpans) -> MinuteSplit:
    """Their whole minutes in a group, beyond one, alone. Rest that a tally gives as a total comes off the first."""
    seconds = [covered_s(spans, until) for spans in (found.together, found.beyond, found.alone)]
    off = 60.0 * (p.presence.rest_total or 0)
    for place, part in enumerate(seconds):
        seconds[place] = max(0.0, part - off)
        off -= part - seconds[place]
    return MinuteSplit(*whole_minutes(seconds, p.presence.minutes(state.elapsed(until))))


def whole_minutes(seconds: Sequence[float], total: int) -> list[int]:
    """Parts in whole minutes that add up to `total`; a minute left over goes to the largest remainder."""
    parts = [int(part // 60) for part in seconds]
    by_remainder = sorted(range(len(parts)), key=lambda place: seconds[place] % 60, reverse=True)
    for place in by_remainder[: max(0, total - sum(parts))]:
        parts[place] += 1
    while sum(parts) > total:  # a hair's breadth of rounding: the total stands
        parts[parts.index(max(parts))] -= 1
    return parts
