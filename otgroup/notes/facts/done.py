"""What one participant did: counts, attempts, readings, as facts."""

from collections.abc import Iterable

from otgroup.errors import NotFound
from otgroup.notes.facts.cues import cue_sums
from otgroup.notes.facts.kinds import Attempt, Count, Image, Reading, Set, SideCount
from otgroup.notes.facts.plain import Figure
from otgroup.notes.facts.record import Record
from otgroup.record.event import EventId
from otgroup.record.participant import Participant
from otgroup.record.parts.counts import Counted, CountMeasure
from otgroup.record.parts.trials import Trial, TrialMeasure
from otgroup.record.parts.values import ValueMeasure
from otgroup.record.protocol import AnyMeasure, Protocol

SIDES = ("left", "right", "")


def summed(amounts: Iterable[tuple[int, EventId]]) -> Figure:
    """The sum of amounts, with the events of all of them."""
    pairs = list(amounts)
    return Figure(sum(a for a, _ in pairs), tuple(e for _, e in pairs))


def measure_of(protocol: Protocol, measure_id: str) -> AnyMeasure | None:
    """The measure of that id; None where the record names one the protocol does not have."""
    try:
        return protocol.measure(measure_id)
    except NotFound:
        return None


# --- counts --------------------------------------------------------------------------------------


def counts(tallies: Iterable[Counted], protocol: Protocol) -> tuple[Count, ...]:
    """Every count measure that was recorded, in the protocol's order."""
    all_tallies = tuple(tallies)
    made = (_count(m, all_tallies, protocol) for m in protocol.measures if isinstance(m, CountMeasure))
    return tuple(count for count in made if count)


def _count(measure: CountMeasure, tallies: tuple[Counted, ...], protocol: Protocol) -> Count | None:
    own = [t for t in tallies if t.measure == measure.id]
    if not own:
        return None
    whole = measure_of(protocol, measure.of) if measure.of else None
    aimed = [t for t in tallies if whole and t.measure == whole.id]
    sided = any(t.side for t in aimed)
    of = (summed((t.count, t.id) for t in aimed),) if sided else _course(aimed)
    return Count(
        measure=measure.id,
        one=measure.one,
        many=measure.many,
        side_means=measure.side_means,
        sides=_by_side(own),
        total=summed((t.count, t.id) for t in own),
        did=measure.did,
        aside=measure.aside,
        of=of,
        of_sides=_by_side(aimed) if sided else (),
        of_one=whole.one if whole and aimed else "",
        of_many=whole.many if whole and aimed else "",
    )


def _course(tallies: list[Counted]) -> tuple[Figure, ...]:
    """Numbers as they were entered one after another; single presses in a row make one number."""
    steps: list[list[Counted]] = []
    for tally in tallies:
        if steps and not tally.is_set and all(t.count == 1 and not t.is_set for t in (tally, *steps[-1])):
            steps[-1].append(tally)
        else:
            steps.append([tally])
    return tuple(summed((t.count, t.id) for t in step) for step in steps)


def _by_side(tallies: list[Counted]) -> tuple[SideCount, ...]:
    sides: dict[str, list[Counted]] = {}
    for tally in tallies:
        sides.setdefault(tally.side or "", []).append(tally)
    return tuple(_side_count(side, sides[side]) for side in SIDES if side in sides)


def _side_count(side: str, tallies: list[Counted]) -> SideCount:
    return SideCount(side, summed((t.count, t.id) for t in tallies), tuple(map(_set, _sets(tallies))))


def _sets(tallies: list[Counted]) -> list[Counted]:
    return [t for t in tallies if t.is_set]


def _set(tally: Counted) -> Set:
    target = None if tally.target is None else Figure(tally.target, (tally.id,))
    return Set(Figure(tally.count, (tally.id,)), target)


def own_counts(tallies: Iterable[Counted], protocol: Protocol) -> tuple[Count, ...]:
    """The counts, without those that are told as what others are a part of."""
    found = counts(tallies, protocol)
    wholes = {_whole_of(c, protocol) for c in found}
    return tuple(c for c in found if c.measure not in wholes)


def _whole_of(count: Count, protocol: Protocol) -> str:
    """The measure that a count is a part of, or nothing."""
    measure = measure_of(protocol, count.measure)
    return measure.of or "" if isinstance(measure, CountMeasure) else ""


# --- attempts ------------------------------------------------------------------------------------


def images(record: Record, trials: Iterable[Trial]) -> tuple[Image, ...]:
    """The attempts by measure and image, images in the order they were first shown."""
    groups: dict[tuple[str, int | None], list[Trial]] = {}
    for trial in trials:
        groups.setdefault((trial.measure, trial.image), []).append(trial)
    made = (_image(record, measure_of(record.protocol, m), t) for (m, _), t in groups.items())
    return tuple(image for image in made if image)


def _image(record: Record, measure: AnyMeasure | None, trials: list[Trial]) -> Image | None:
    if not isinstance(measure, TrialMeasure):
        return None
    number = trials[0].image
    ids = {t.id for t in trials}
    return Image(
        measure=measure.id,
        one=measure.one,
        many=measure.many,
        part=measure.part,
        parts_many=measure.part_word(2),
        parts=measure.parts,
        image=None if number is None else Figure(number, (trials[0].id,)),
        attempts=tuple(_attempt(record, t, n) for n, t in enumerate(trials, 1)),
        tries=Figure(len(trials), tuple(t.id for t in trials)),
        cues=cue_sums([c for c in record.p.cues.given if c.trial in ids], record.screen),
        done=measure.done,
        right=measure.right,
    )


def _attempt(record: Record, t: Trial, number: int) -> Attempt:
    events = record.events(t.id, (t.id,))
    return Attempt(
        number=Figure(number, (t.id,)),
        recalled=None if t.recalled is None else Figure(t.recalled, events),
        correct=t.correct,
        delay_s=None if t.delay_s is None else Figure(int(t.delay_s), events),
        cues=cue_sums([c for c in record.p.cues.given if c.trial == t.id], record.screen),
        events=events,
    )


# --- readings ------------------------------------------------------------------------------------


def readings(p: Participant, protocol: Protocol) -> tuple[Reading, ...]:
    """The numbers read off, oldest first."""
    made: list[Reading] = []
    for r in p.values.readings:
        measure = measure_of(protocol, r.measure)
        if isinstance(measure, ValueMeasure):
            value = Figure(r.value, (r.id,))
            made.append(Reading(one=measure.one, many=measure.many, unit=measure.unit, value=value))
    return tuple(made)
