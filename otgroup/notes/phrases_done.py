"""What was done, as parts of sentences: counts, attempts at pictures, intervals and timed runs."""

from collections.abc import Iterable

from otgroup.notes.fact_parts import Count, Figure, Image, SideCount, Timing, unmarked
from otgroup.notes.grammar import counted, in_turn, limb, listed, mss, noun, numeral, ordinal, phrase, spelled
from otgroup.notes.phrases_cues import cue_phrase


def counts_phrase(counts: Iterable[Count]) -> str:
    """With the left hand: 17 cones placed (12, then 8 cones planned) and 5 cones dropped."""
    found = list(counts)
    means = {c.side_means for c in found}
    sides = list(dict.fromkeys(s.side for c in found for s in c.sides))
    if len(found) < 2 or len(means) > 1 or "" in sides:
        return listed(map(count_phrase, found))
    if len(sides) == 1:
        return f"{limb(sides[0], found[0].side_means)}: {listed(_on(sides[0], c) + _whole(c) for c in found)}"
    told = (
        f"{limb(side, found[0].side_means)}: {listed(filter(None, (_on(side, c) for c in found)))}" for side in sides
    )
    return "; ".join(told) + "".join(map(_whole, found))


def _on(side: str, c: Count) -> str:
    """What was done on that side, without naming it; nothing where nothing was recorded."""
    return "".join(_side(s, c, where="") for s in c.sides if s.side == side)


def count_phrase(c: Count) -> str:
    """12 toe taps with the left foot and 15 with the right foot."""
    sets = [_sets(s) for s in c.sides]
    alike = len(sets) > 1 and len(set(map(unmarked, sets))) == 1 and sets[0] != ""
    told = [_side(s, c, first=n == 0, sets=not alike, where=_where(s, c)) for n, s in enumerate(c.sides)]
    return listed(told) + (f" ({_sets(c.sides[0], ' on each side')})" if alike else "") + _whole(c)


def _where(s: SideCount, c: Count) -> str:
    return limb(s.side, c.side_means) or ("without a side stated" if c.sided else "")


def _side(s: SideCount, c: Count, *, where: str, first: bool = True, sets: bool = True) -> str:
    """One side's figure and what it was aimed at; the noun stands with the first."""
    word = noun(s.count, c.one, c.many) if first else ""
    aimed = _sets(s) if sets else ""
    return " ".join(filter(None, (numeral(s.count), word, where, aimed and f"({aimed})")))


def _whole(c: Count) -> str:
    """What it is a part of, as a course: (20, then 16 cones planned)."""
    if not c.of:
        return ""
    word = _apart(noun(c.of[-1], c.of_one, c.of_many), c)
    if len(c.of) == 1:
        return f" (of {numeral(c.of[0])} {word})"
    if len({step.value for step in c.of}) == 1:
        return f" ({numeral(c.of[0])} {word} each time)"
    return f" ({in_turn(map(numeral, c.of))} {word})"


def _apart(word: str, c: Count) -> str:
    """The word for the whole without what the part's own word has said: cones placed, planned."""
    first, _, rest = word.partition(" ")
    return rest if rest and {c.one.partition(" ")[0], c.many.partition(" ")[0]} & {first} else word


def _sets(s: SideCount, where: str = "") -> str:
    """The sets as they were done: "target 15", "two sets of 15, on target", "sets of 12 and 14, target 15"."""
    if not s.sets or (len(s.sets) == 1 and s.sets[0].target is None):
        return ""
    if len(s.sets) == 1 and s.sets[0].actual.value == s.count.value:
        return f"target {numeral(s.sets[0].target)}{where}" if s.sets[0].target else ""
    part = "" if sum(x.actual.value for x in s.sets) == s.count.value else "among them "
    return part + _done_sets([x.actual for x in s.sets], [x.target for x in s.sets], where)


def _done_sets(done: list[Figure], aims: list[Figure | None], where: str) -> str:
    """Sets told as on target, with the one target of all, or each with its own."""
    sizes = _set_sizes(done) + where
    targets = {None if aim is None else aim.value for aim in aims}
    if all(aim is not None and aim.value == x.value for x, aim in zip(done, aims, strict=True)):
        return f"{sizes}, on target"
    if len(targets) == 1:
        return f"{sizes}, target {numeral(aims[0])}" if aims[0] else sizes
    told = (numeral(x) + (f" of {numeral(aim)}" if aim else "") for x, aim in zip(done, aims, strict=True))
    return f"sets{where}: {'; '.join(told)}"


def _set_sizes(done: list[Figure]) -> str:
    """A set of 12; two sets of 15; sets of 15, 15 and 20."""
    sizes = [numeral(x) for x in done]
    if len(sizes) == 1:
        return f"a set of {sizes[0]}"
    return (
        f"{spelled(len(sizes))} sets of {sizes[0]}"
        if len(set(map(unmarked, sizes))) == 1
        else f"sets of {listed(sizes)}"
    )


def images_phrase(images: Iterable[Image]) -> str:
    """The images one after another; how many parts there are is said once."""
    told: list[str] = []
    said: tuple[str, int] | None = None
    for i in images:
        told.append(image_phrase(i, brief=said == (i.measure, i.parts)))
        said = (i.measure, i.parts) if i.scored else said
    return "; ".join(told)


def image_phrase(i: Image, *, brief: bool = False) -> str:
    """Picture 1 took 3 attempts (1, 2, then 3 of 3 parts recalled) with 3 verbal cues."""
    cues = cue_phrase(i.cues)
    course = "; ".join(filter(None, (_recalled(i, brief=brief), _drawn(i), _delays(i))))
    took = f"{image_name(i)}{', ' if brief else ' took '}{counted(i.tries, 'attempt')}"
    return f"{took}{f' ({course})' if course else ''}{f' with {cues}' if cues else ''}"


def image_name(i: Image) -> str:
    """Picture 2; or "the sequence" where there is only one."""
    return f"{i.one} {numeral(i.image)}" if i.image else f"the {i.one}"


def _recalled(i: Image, *, brief: bool) -> str:
    if not i.scored:
        return ""
    whole = "" if brief else f" of {counted(i.parts, i.part, i.parts_many)} recalled"
    scores = [(a.number, numeral(a.recalled)) for a in i.scored if a.recalled]
    if len(i.scored) == len(i.attempts):
        return in_turn(score for _, score in scores) + whole
    return f"{', '.join(f'{score} on the {ordinal(n)}' for n, score in scores)}{whole and f',{whole}'}"


def _drawn(i: Image) -> str:
    if not i.drawn:
        return ""
    right = [numeral(a.number) for a in i.drawn if a.correct]
    if not right:
        return "not drawn correctly"
    if len(i.attempts) == 1:
        return "drawn correctly"
    return f"drawn correctly on {'attempt' if len(right) == 1 else 'attempts'} {listed(right)}"


def _delays(i: Image) -> str:
    if not i.delays:
        return ""
    return f"after {in_turn(map(numeral, i.delays))} {'second' if i.delays[-1].value == 1 else 'seconds'}"


def timings_phrase(timings: Iterable[Timing]) -> str:
    """Intervals with the left hand: (1) 2:00 of 2:00, 9 ball contacts; (2) 1:25 of 2:00, stopped early (fatigue)."""
    by_measure: dict[str, list[Timing]] = {}
    for t in timings:
        by_measure.setdefault(t.measure, []).append(t)
    return "; ".join(_bout(bouts[0]) if len(bouts) == 1 else _bouts(bouts) for bouts in by_measure.values())


def _bout(t: Timing) -> str:
    where = limb(t.side, t.side_means)
    return f"{f'{t.one} {where}'.rstrip()}: {_told(t, target=True)}"


def _bouts(bouts: list[Timing]) -> str:
    """What all have in common, the side and the target, is said once."""
    sides = {t.side for t in bouts}
    targets = {t.target_s.value if t.target_s else None for t in bouts}
    first = bouts[0]
    where = limb(first.side, first.side_means) if len(sides) == 1 else ""
    aim = f", target {mss(first.target_s)} each" if len(targets) == 1 and first.target_s else ""
    same = first.patterns and len({t.patterns for t in bouts}) == 1
    ways = f", {listed(first.patterns)}" if same else ""
    told: list[str] = []
    side = first.side if where else ""
    for t in bouts:
        change = f"{limb(t.side, t.side_means)}, " if t.side and t.side != side else ""
        told.append(f"({numeral(t.number)}) {change}{_told(t, target=not aim, ways=not same)}")
        side = t.side
    return f"{f'{first.many} {where}'.rstrip()}{ways}{aim}: {'; '.join(told)}"


def _told(t: Timing, *, target: bool, ways: bool = True) -> str:
    """How long, of what target, which way, how it ended, what was counted in it."""
    done = f"{mss(t.seconds)}{f' of {mss(t.target_s)}' if target and t.target_s else ''}"
    return ", ".join(filter(None, (done, listed(t.patterns) if ways else "", _ended(t), *_within(t))))


def _ended(t: Timing) -> str:
    why = f" ({phrase(t.reason)})" if t.reason else ""
    short = t.target_s is not None and t.seconds.value < t.target_s.value
    if t.how == "stopped":
        return f"stopped{' early' if short else ''}{why}"
    return f"ended{why}" if why else ""


def _within(t: Timing) -> list[str]:
    return [counted(number, one, many) for one, many, number in t.counts]
