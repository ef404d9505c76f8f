"""The cues of one participant: by type, by side, by attempt, and what they were for."""

from collections.abc import Iterable, Sequence

from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import CueFacts, CueTypeFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.names import NameScreen
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.cues import Cue, Cueing
from otgroup.record.protocol import Protocol


def cue_sums(cueings: Sequence[Cueing], screen: NameScreen) -> tuple[CueTypeFacts, ...]:
    """The cues by type, in the order the scale of cues has; only types that were recorded."""
    kinds = (kind for kind in Cue if any(c.type == kind for c in cueings))
    return tuple(_of_type([c for c in cueings if c.type == kind], screen) for kind in kinds)


def _of_type(cueings: Sequence[Cueing], screen: NameScreen) -> CueTypeFacts:
    return CueTypeFacts(type=str(cueings[0].type), count=_sum(cueings), purposes=_purposes(cueings, screen))


def _sum(cueings: Iterable[Cueing]) -> Figure:
    found = list(cueings)
    return Figure(sum(c.count for c in found), tuple(c.id for c in found))


def _purposes(cueings: Iterable[Cueing], screen: NameScreen) -> tuple[tuple[str, Figure], ...]:
    by_purpose: dict[str, list[Cueing]] = {}
    for cueing in cueings:
        said = screen.keep_within("cue purpose", cueing.purpose, (cueing.id,))
        if said:
            by_purpose.setdefault(said.text, []).append(cueing)
    return tuple((purpose, _sum(found)) for purpose, found in by_purpose.items())


def cue_record(record: Record, outside: str = "") -> CueFacts:
    """All cues of one participant, each in exactly one place: an attempt, a side, or elsewhere; `outside` says that
    they belong to none of what others belong to.
    """
    p, screen = record.p, record.screen
    if not p.cues.given:
        return CueFacts()
    given = [c for c in p.cues.given if c.count]
    trials = {c.trial for c in given if c.trial and any(part.holds(c.trial) for part in p.parts)}
    loose = [c for c in given if c.trial not in trials]
    by_type = cue_sums(p.cues.given, screen)
    last_at, last_of, after_last = _last_cue_at(p, given, record.protocol)
    return CueFacts(
        by_type=by_type,
        by_side=tuple(
            (side, cue_sums([c for c in loose if c.side == side], screen))
            for side in ("left", "right")
            if any(c.side == side for c in loose)
        ),
        elsewhere=cue_sums([c for c in loose if c.side is None], screen),
        in_trials=cue_sums([c for c in given if c.trial in trials], screen),
        outside=outside,
        none_of=tuple(c for c in by_type if c.count.value == 0),
        total=_sum(p.cues.given),
        last_at=last_at,
        last_of=last_of,
        after_last=after_last,
        last_one=record.protocol.main_measure.one,
        last_many=record.protocol.main_measure.many,
    )


def _last_cue_at(
    p: Participant, cueings: list[Cueing], protocol: Protocol
) -> tuple[Figure | None, Figure | None, Figure | None]:
    """After how many repetitions of the main count the last cue fell, of how many, and how many followed:
    only where every cue and every repetition (of one side, no whole sets) has its time, and work went on.
    """
    main = protocol.main_measure
    tallies = [t for t in p.counts.entries if t.measure == main.id]
    times = [c.at for c in cueings if c.at]
    one_by_one = all(t.at and t.count == 1 and not t.is_set for t in tallies)
    if len({t.side for t in tallies}) != 1 or not one_by_one:
        return None, None, None
    if len(times) < len(cueings) or sum(c.count for c in cueings) < 2:
        return None, None, None
    before: list[EventId] = [t.id for t in tallies if t.at and t.at <= max(times)]
    after = [t.id for t in tallies if t.id not in before]
    if not before or not after:
        return None, None, None
    return _number(before), _number([*before, *after]), _number(after)


def _number(events: list[EventId]) -> Figure:
    return Figure(len(events), tuple(events))
