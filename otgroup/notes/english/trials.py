"""Attempts as parts of sentences: how often, how many parts, whether right as a whole, with which cues."""

from collections.abc import Iterable

from otgroup.notes.english.cues import cue_phrase
from otgroup.notes.english.grammar import counted, in_turn, listed, numeral, ordinal_number, times
from otgroup.notes.facts.kinds import ImageFacts


def images_phrase(images: Iterable[ImageFacts]) -> str:
    """The images one after another, those complete at once together; how many parts there are is said once."""
    found = list(images)
    at_once = [i for i in found if _at_once(i)]
    merged = len(at_once) > 1 and len({(i.measure, i.attempts[0].correct) for i in at_once}) == 1
    told = [_together(at_once)] if merged else []
    said = {(i.measure, i.parts) for i in at_once} if merged else set()
    for i in found:
        if not (merged and i in at_once):
            after = bool(told) and not (merged and len(told) == 1)  # "was attempted" is said by the one before
            told.append(image_phrase(i, brief=(i.measure, i.parts) in said, after=after))
            said |= {(i.measure, i.parts)} if i.scored else set()
    return "; ".join(told)


def _at_once(i: ImageFacts) -> bool:
    """Whether the only attempt had all parts and no cue."""
    only = i.attempts[0] if len(i.attempts) == 1 and i.image and not i.cues and not i.delays else None
    return bool(only and only.recalled and only.recalled.value == i.parts and only.correct is not False)


def _together(images: list[ImageFacts]) -> str:
    """Pictures 1, 2 and 4 were complete at the first attempt (3 of 3 parts recalled, drawn correctly)."""
    first = images[0]
    scores = in_turn(dict.fromkeys(numeral(i.attempts[0].recalled) for i in images[:1] if i.attempts[0].recalled))
    right = f", {first.right}" if first.attempts[0].correct else ""
    names = listed(numeral(i.image) for i in images if i.image)
    return f"{first.many} {names} were complete at the first attempt ({scores}{_of_parts(first)}{right})"


def image_phrase(i: ImageFacts, *, brief: bool = False, after: bool = False) -> str:
    """Picture 1 was attempted 3 times (1, 2, then 3 of 3 parts recalled) with 3 verbal cues."""
    cues = cue_phrase(i.cues)
    course = "; ".join(filter(None, (_recalled(i, brief=brief), _right(i), _delays(i))))
    tried = f"{image_name(i)} {'' if brief and after else 'was attempted '}{times(i.tries)}"
    return f"{tried}{f' ({course})' if course else ''}{f' with {cues}' if cues else ''}"


def image_name(i: ImageFacts) -> str:
    """Picture 2; or "the sequence" where there is only one."""
    return f"{i.one} {numeral(i.image)}" if i.image else f"the {i.one}"


def _of_parts(i: ImageFacts) -> str:
    return f" of {counted(i.parts, i.part, i.parts_many)}{f' {i.done}' if i.done else ''}"


def _recalled(i: ImageFacts, *, brief: bool) -> str:
    if not i.scored:
        return ""
    whole = "" if brief else _of_parts(i)
    scores = [(a.number, numeral(a.recalled)) for a in i.scored if a.recalled]
    if len(i.scored) == len(i.attempts):
        return in_turn(score for _, score in scores) + whole
    return f"{', '.join(f'{score} on the {ordinal_number(n)}' for n, score in scores)}{whole and f',{whole}'}"


def _right(i: ImageFacts) -> str:
    if not i.drawn:
        return ""
    right = [numeral(a.number) for a in i.drawn if a.correct]
    if not right:
        return f"not {i.right}"
    if len(i.attempts) == 1:
        return i.right
    if len(right) == 1 and i.drawn[-1].correct and i.drawn[-1] == i.attempts[-1]:
        return f"the last {i.right}"
    return f"{i.right} on {'attempt' if len(right) == 1 else 'attempts'} {listed(right)}"


def best_phrase(images: Iterable[ImageFacts]) -> str:
    """Picture 1 reached 3 of 3 parts in 2 attempts: the attempts in brief."""
    return "; ".join(map(_best, images))


def _best(i: ImageFacts) -> str:
    scores = [a.recalled for a in i.scored if a.recalled]
    best = max(scores, key=lambda score: score.value, default=None)
    if best is None:
        return f"{image_name(i)} was attempted {times(i.tries)}"
    parts = f"{numeral(best)} of {counted(i.parts, i.part, i.parts_many)}"
    return f"{image_name(i)} reached {parts} in {counted(i.tries, 'attempt')}"


def _delays(i: ImageFacts) -> str:
    if not i.delays:
        return ""
    return f"after {in_turn(map(numeral, i.delays))} {'second' if i.delays[-1].value == 1 else 'seconds'}"
