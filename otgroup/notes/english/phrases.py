"""Parts of sentences that are made of several figures; templates use them as filters."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from otgroup.notes.english.clocks import timings_phrase
from otgroup.notes.english.compared import compared
from otgroup.notes.english.counts import count_phrase, done_phrase
from otgroup.notes.english.cues import cue_phrase, given_phrase, none_phrase, totals_phrase
from otgroup.notes.english.grammar import Voice, counted, listed, numeral
from otgroup.notes.english.together import together_phrase
from otgroup.notes.english.trials import best_phrase, image_name, image_phrase, images_phrase
from otgroup.notes.english.typed import phrase
from otgroup.notes.facts.figures import Figure, StrategyFacts, SupportFacts, unmarked
from otgroup.notes.facts.kinds import AssistanceFacts, GradingFacts, IncidentFacts
from otgroup.notes.measure_words import Told

# --- what was done -------------------------------------------------------------------------------


def performed(work: Iterable[Told[Any]], p: Voice) -> str:
    """What was done on the measures of these kinds, in whole sentences of their own."""
    return " ".join(filter(None, (told.sentences(p) for told in work)))


def brief_of(work: Iterable[Told[Any]], p: Voice) -> str:
    """The same in few words."""
    return " ".join(filter(None, (told.in_brief(p) for told in work)))


# --- help ----------------------------------------------------------------------------------------


def assist_phrase(course: Iterable[AssistanceFacts]) -> str:
    """Contact guard assistance, from 10:20 standby assistance; to follow "with", or "was" if it begins alone."""
    told: list[str] = []
    before: AssistanceFacts | None = None
    for a in course:
        since = "" if before is None else f"from {a.at} " if a.at else "then "
        told.append(since + _assist(a, before))
        before = a
    return ", ".join(told)


def _assist(a: AssistanceFacts, before: AssistanceFacts | None) -> str:
    """Its words and its helpers, told where there were more of them now or before."""
    if before is None or not a.alone:
        helpers = f"of {counted(a.helpers, 'helper')}"
        if before and a.text == before.text:
            return helpers
        text = f"{'with ' if before and before.alone else ''}{a.text}"
        return f"{text} {helpers}" if a.helpers.value > 1 else text
    return a.text if before.alone else f"without help ({a.text})"


def support_phrase(support: Iterable[SupportFacts]) -> str:
    """A gait belt and, from 10:18, a chair back: what came later with its time."""
    return listed(f"from {h.at} {phrase(h)}" if h.at else phrase(h) for h in support)


# --- grading -------------------------------------------------------------------------------------


def strategies_phrase(ways: Iterable[StrategyFacts]) -> str:
    """Seated and with fewer cones: to follow "worked" or "began"."""
    found = list(ways)
    others = listed(phrase(w) for w in found if not w.state)
    return listed(filter(None, (*(w.state for w in found if w.state), others and f"with {others}")))


def change_phrase(g: GradingFacts) -> str:
    """To standing and with larger cylinders, no longer seated: by what the task was graded."""
    states = listed(w.state for w in g.strategies if w.state)
    others = listed(phrase(w) for w in g.strategies if not w.state)
    by = listed(filter(None, (states and f"to {states}", others and f"with {others}")))
    left = listed(f"no longer {w.state}" for w in g.ended if w.state)
    dropped = listed(phrase(w) for w in g.ended if not w.state)
    ended = ", ".join(filter(None, (dropped and f"{'' if by else 'by '}ending {dropped}", left)))
    return f"{f' {by}' if by else ''}{(', ' if by or not dropped else ' ') + ended if ended else ''}"


# --- incidents -----------------------------------------------------------------------------------

_RUNS_ON: Final = frozenset(
    {"sideways", "forward", "forwards", "backward", "backwards", "to", "toward", "towards", "on", "at"}
    | {"in", "during", "while", "when", "over", "after"}
)


def circumstances(i: IncidentFacts) -> str:
    """Which way and doing what: "sideways on a left tap"; in brackets what would not read on."""
    told = [phrase(said) for said in (i.direction, i.during) if said]
    if all(words.partition(" ")[0].lower() in _RUNS_ON for words in told):
        return "".join(f" {words}" for words in told)
    return f" ({', '.join(told)})"


def at_times(i: IncidentFacts) -> str:
    """At 10:05, 10:09 and 10:12; nothing where no time is known."""
    times = i.times or ((i.at,) if i.at else ())
    return f"at {listed(times)}" if times else ""


RECOVERED: Final[Mapping[str, str]] = MappingProxyType(
    {"alone": "without help", "contact": "with contact", "assisted": "with assistance"}
)


def recovered(i: IncidentFacts) -> str:
    """How it was recovered, to follow what happened."""
    return f" and recovered {RECOVERED[i.recovery]}" if i.recovery in RECOVERED else ""


# --- goals ---------------------------------------------------------------------------------------

_GOAL: Final = re.compile(
    r"\A(?P<number>(?:goal|STG|LTG)\s*#?\d{1,3}[a-z]?|[A-Z]{1,3}\d{1,3}[a-z]?)(?:[\s:.)–-]+(?P<text>.+))?\Z", re.I
)


def goals_phrase(goals: Iterable[str], *, brief: bool = False) -> str:
    """Goal G1 (reach at the sink) and the goal "walk to the mailbox"; in brief a numbered one by its number."""
    return listed(_goal(goal, brief=brief) for goal in goals)


def _goal(goal: str, *, brief: bool) -> str:
    text = phrase(goal)
    numbered = _GOAL.match(text)
    if not numbered:
        return f"the goal {_quoted(text)}"
    number = numbered["number"]
    words = number.lower() if number.lower().startswith("goal") else number
    name = words if words.startswith("goal") or number[:3].upper() in ("STG", "LTG") else f"goal {number}"
    said = "" if brief else numbered["text"]
    return name + ("" if not said else f", {_quoted(said)}" if set('()"“').intersection(said) else f" ({said})")


def _quoted(text: str) -> str:
    """In quotation marks; those inside become single ones."""
    return '"' + re.sub('["“”]', "'", text) + '"'


# --- scores --------------------------------------------------------------------------------------


def score_course(values: Iterable[object]) -> list[str]:
    """Scores without repeats in a row: 2, 2, 4 is told as 2, 4."""
    told: list[str] = []
    for value in values:
        text = numeral(value) if isinstance(value, int | float | Figure) else str(value)
        if not told or unmarked(told[-1]) != unmarked(text):
            told.append(text)
    return told


def moved_phrase(values: Sequence[Figure]) -> str:
    """Rose from 1 to 4 and returned to 1; stayed at 2; was 3: the course of a score."""
    told = score_course(values)
    if len(told) < 2:
        return f"{'stayed at' if len(values) > 1 else 'was'} {told[0]}"
    first, second = float(unmarked(told[0])), float(unmarked(told[1]))
    went = f"{'rose' if second > first else 'fell'} from {told[0]} to {told[1]}"
    if len(told) == 3 and unmarked(told[2]) == unmarked(told[0]):
        return f"{went} and returned to {told[2]}"
    return went + "".join(f", then {text}" for text in told[2:])


PHRASES: Final[Mapping[str, Callable[..., object]]] = MappingProxyType(
    {
        "cues": cue_phrase,
        "given": given_phrase,
        "no_cues": none_phrase,
        "cue_totals": totals_phrase,
        "count": count_phrase,
        "done": done_phrase,
        "goals": goals_phrase,
        "image": image_phrase,
        "images": images_phrase,
        "best": best_phrase,
        "image_name": image_name,
        "timings": timings_phrase,
        "assist": assist_phrase,
        "held": support_phrase,
        "ways": strategies_phrase,
        "change": change_phrase,
        "circumstances": circumstances,
        "moment": at_times,
        "recovered": recovered,
        "compared": compared,
        "performed": performed,
        "in_brief": brief_of,
        "course": score_course,
        "moved": moved_phrase,
        "together": together_phrase,
    }
)
"""The phrases by the names a template calls them."""
