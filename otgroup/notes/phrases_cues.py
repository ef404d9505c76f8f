"""Cues as parts of sentences: how many of which type, and what for."""

from collections.abc import Iterable

from otgroup.notes.fact_parts import Cues
from otgroup.notes.grammar import counted, listed, numeral, phrase


def cue_phrase(cues: Iterable[Cues]) -> str:
    """3 verbal cues (hip) and 1 tactile cue (trunk); a purpose that all share is said once, as (all hip)."""
    told = [c for c in cues if c.count.value]
    shared = {_only_purpose(c) for c in told}
    if len(told) > 1 and len(shared) == 1 and "" not in shared:
        return f"{listed(counted(c.count, f'{c.type} cue') for c in told)} (all {phrase(shared.pop())})"
    return listed(_cues(c) for c in told)


def _only_purpose(c: Cues) -> str:
    """What all cues of that type were for, where it was one thing."""
    return c.purposes[0][0] if len(c.purposes) == 1 and c.purposes[0][1].value == c.count.value else ""


def _cues(c: Cues) -> str:
    return f"{counted(c.count, f'{c.type} cue')}{_purposes(c)}"


def _purposes(c: Cues) -> str:
    if not c.purposes:
        return ""
    if _only_purpose(c):
        return f" ({phrase(_only_purpose(c))})"
    return f" ({', '.join(f'{phrase(what)} {numeral(many)}' for what, many in c.purposes)})"


def given_phrase(cues: Iterable[Cues]) -> str:
    """3 verbal (hip) and 1 tactile (trunk), where the sentence has said that they are cues."""
    return listed(f"{numeral(c.count)} {c.type}{_purposes(c)}" for c in cues if c.count.value)


def none_phrase(cues: Iterable[Cues]) -> str:
    """No verbal or tactile cues: the types that were stated as none."""
    return f"no {listed((c.type for c in cues), 'or')} cues"
