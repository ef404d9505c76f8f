"""Cues as parts of sentences: how many of which type, with which side at work, and what for."""

from collections.abc import Iterable

from otgroup.notes.english.grammar import counted, listed, numeral, working
from otgroup.notes.english.typed import phrase
from otgroup.notes.facts.kinds import CueFacts, CueTypeFacts


def cue_phrase(cues: Iterable[CueTypeFacts]) -> str:
    """3 verbal cues (hip) and 1 tactile cue (trunk); a purpose that all share is said once, as (all hip)."""
    told = [c for c in cues if c.count.value]
    shared = {_only_purpose(c) for c in told}
    if len(told) > 1 and len(shared) == 1 and "" not in shared:
        return f"{listed(map(_counted, told))} (all {phrase(shared.pop())})"
    return listed(f"{_counted(c)}{_purposes(c)}" for c in told)


def _counted(c: CueTypeFacts) -> str:
    """A demonstration is one by itself, any other type is a type of cue."""
    return counted(c.count, c.type if c.type == "demonstration" else f"{c.type} cue")


def _only_purpose(c: CueTypeFacts) -> str:
    """What all cues of that type were for, where it was one thing."""
    return c.purposes[0][0] if len(c.purposes) == 1 and c.purposes[0][1].value == c.count.value else ""


def _purposes(c: CueTypeFacts) -> str:
    if not c.purposes:
        return ""
    if _only_purpose(c):
        return f" ({phrase(_only_purpose(c))})"
    if sum(many.value for _, many in c.purposes) == len(c.purposes) == c.count.value:
        return f" ({'; '.join(phrase(what) for what, _ in c.purposes)})"
    return f" ({', '.join(f'{phrase(what)} {numeral(many)}' for what, many in c.purposes)})"


def given_phrase(c: CueFacts, side_means: str) -> str:
    """2 tactile cues (hip) with the right foot tapping, and 1 verbal cue; those of attempts are told with these."""
    elsewhere = cue_phrase(c.elsewhere)
    told = [f"{elsewhere} {c.outside}" if c.in_trials else elsewhere] if elsewhere else []
    for side, given in c.by_side:
        at_work, cues = working(side, side_means), cue_phrase(given)
        told.append(f"{at_work} {cues}" if told and cues else cues and f"{cues} {at_work}")
    return ", and ".join(filter(None, told))


def none_phrase(cues: Iterable[CueTypeFacts]) -> str:
    """No verbal or tactile cues: the types that were stated as none."""
    return f"no {listed((c.type for c in cues), 'or')} cues"


def totals_phrase(c: CueFacts) -> str:
    """3 verbal cues and 1 tactile cue: all of the session, without what they were for."""
    return listed(_counted(one) for one in c.by_type if one.count.value)
