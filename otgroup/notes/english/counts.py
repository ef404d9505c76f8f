"""Counts as parts of sentences: what they did, with which side, of what was planned."""

from collections.abc import Iterable

from msgspec import structs

from otgroup.notes.english.grammar import (
    Voice,
    in_turn,
    limb,
    listed,
    no_or,
    noun,
    number_of,
    numeral,
    other_side,
    sidewise,
    spelled,
)
from otgroup.notes.facts.figures import Figure, unmarked
from otgroup.notes.facts.kinds import RepetitionFacts, SideFacts


def count_phrase(c: RepetitionFacts) -> str:
    """12 left-foot and 15 right-foot toe taps, 12 toe taps with the left foot."""
    if len(c.sides) > 1 and all(sidewise(s.side, c.side_means) and not s.sets for s in c.sides):
        return _side_by_side(c) + _whole(c)
    sets = [_sets(s) for s in c.sides]
    alike = len(sets) > 1 and len(set(map(unmarked, sets))) == 1 and sets[0] != ""
    told = [
        _side(s, c, first=n == 0, sets=not alike, where=_where(s, c), aside="" if n else _aside(c))
        for n, s in enumerate(c.sides)
    ]
    return listed(told) + (f" ({_sets(c.sides[0], ' on each side')})" if alike else "") + _whole(c)


def _aside(c: RepetitionFacts) -> str:
    """What the group file says of the first side: standing on the right."""
    side = c.sides[0].side
    return c.aside.replace("{other}", other_side(side)) if side else ""


def _side_by_side(c: RepetitionFacts) -> str:
    """12 left-foot (standing on the right) and 15 right-foot toe taps."""
    said = f" ({_aside(c)})" if c.aside else ""
    told = [f"{numeral(s.count)} {sidewise(s.side, c.side_means)}" for s in c.sides]
    return f"{listed([told[0] + said, *told[1:]])} {noun(c.sides[-1].count, c.one, c.many)}"


def _where(s: SideFacts, c: RepetitionFacts) -> str:
    return limb(s.side, c.side_means) or ("without a side stated" if c.sided else "")


def _side(  # noqa: PLR0913 - what is said with a figure, and what another figure has said
    s: SideFacts, c: RepetitionFacts, *, where: str, first: bool = True, sets: bool = True, aside: str = ""
) -> str:
    """One side's figure and what it was aimed at; the noun stands with the first."""
    whole = f" of {numeral(c.of[0])}" if _part_of_one(c) else ""
    word = noun(c.of[0] if whole else s.count, c.one, c.many) if first else ""
    number = no_or(s.count) if word and not whole else numeral(s.count)
    aimed = "; ".join(filter(None, (aside, _sets(s) if sets else "")))
    return " ".join(filter(None, (number + whole, word, where, aimed and f"({aimed})")))


def _without_verb(c: RepetitionFacts) -> RepetitionFacts:
    """The same count, its words without the verb that is said before: cones, of cones placed."""
    verb = f" {c.did}"
    if c.did and c.one.endswith(verb) and c.many.endswith(verb):
        return structs.replace(c, one=c.one.removesuffix(verb), many=c.many.removesuffix(verb))
    return c


# --- what was planned ----------------------------------------------------------------------------


def _part_of_one(c: RepetitionFacts) -> bool:
    """Whether it is a part of one number of the same things: 14 of 20 cones."""
    return len(c.of) == 1 == len(c.sides) and not c.of_sides and not c.sides[0].sets and _apart_words(c)


def _apart_words(c: RepetitionFacts) -> bool:
    return _apart(c.of_many, c) != c.of_many


def _whole(c: RepetitionFacts) -> str:
    """What it is a part of: as a course (20, then 16 cones planned), by its sides, or said already."""
    if not c.of or _part_of_one(c):
        return ""
    word = _apart(noun(c.of[-1], c.of_one, c.of_many), c)
    if c.of_sides:
        sides = ", ".join(f"{numeral(s.count)} {s.side or 'without a side'}" for s in c.of_sides)
        return f" of {numeral(c.of[0])} {word} ({sides})"
    if len(c.of) == 1:
        return f" (of {numeral(c.of[0])} {word})"
    if len({step.value for step in c.of}) == 1:
        return f" ({numeral(c.of[0])} {word} each time)"
    return f" ({in_turn(map(numeral, c.of))} {word})"


def _apart(word: str, c: RepetitionFacts) -> str:
    """The word for the whole without what the part's own word has said: cones placed, planned."""
    first, _, rest = word.partition(" ")
    return rest if rest and {c.one.partition(" ")[0], c.many.partition(" ")[0]} & {first} else word


# --- sets ----------------------------------------------------------------------------------------


def _sets(s: SideFacts, where: str = "") -> str:
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


# --- clauses -------------------------------------------------------------------------------------


def done_phrase(counts: Iterable[RepetitionFacts], p: Voice) -> str:
    """She placed 14 of 20 cones and dropped 3 with the right hand; without pronouns: there were 20 toe taps."""
    found = list(counts)
    where = shared_side(found)
    told = [(count_phrase(c) if not where else _bare(c)) for c in found]
    if p.stated:
        told = [_did(c, found[n - 1] if n else None, where) for n, c in enumerate(found)]
    start = f"{p.they} " if p.stated else "there was " if _one(found) else "there were "
    return f"{start if told else ''}{listed(told)}{f' {where}' if where else ''}"


def _one(counts: list[RepetitionFacts]) -> bool:
    """Whether the first number that is said is a 1."""
    return bool(counts) and number_of(counts[0].sides[0].count) == 1


def shared_side(counts: list[RepetitionFacts]) -> str:
    """With the right hand: where all of several counts were of one and the same side."""
    sides = {(s.side, c.side_means) for c in counts for s in c.sides}
    return limb(*sides.pop()) if len(counts) > 1 and len(sides) == 1 else ""


def _did(c: RepetitionFacts, before: RepetitionFacts | None, where: str) -> str:
    """Placed 14 of 20 cones; dropped 3, where the count before was of cones too; no verb twice in a row."""
    told = _without_verb(c)
    verb = "" if before and before.did == c.did else f"{c.did or 'had'} "
    if where and before and _without_verb(before).many == told.many and not (c.of or c.sides[0].sets):
        return f"{verb}{no_or(c.total, 'none')}"
    return f"{verb}{_bare(told) if where else count_phrase(told)}"


def _bare(c: RepetitionFacts) -> str:
    """A count of one side, without the side."""
    return "".join(_side(s, c, where="") for s in c.sides) + _whole(c)


def course_phrase(counts: list[RepetitionFacts]) -> str:
    """7, then 4 ball contacts: one measure in several intervals; no drops where there were none in any."""
    totals, one, many = [c.total for c in counts], counts[0].one, counts[0].many
    if not any(number_of(total) for total in totals):
        return f"{no_or(totals[0])} {noun(totals[0], one, many)}"
    return f"{in_turn(map(numeral, totals))} {noun(totals[-1], one, many)}"
