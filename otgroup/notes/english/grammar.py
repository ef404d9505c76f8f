"""Words that must fit: numbers and nouns, lists, pronouns and verbs, times and dates."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import msgspec

from otgroup.notes.english.typed import adverb, capital, phrase, reason, sentence
from otgroup.notes.facts.figures import Figure
from otgroup.record.spans import clock_text
from otgroup.record.wording import date_text, ordinal

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”")
_COMMA: Final = re.compile(r"[,;]")
_JOINED: Final = re.compile(r"\b(?:and|or)\b")

Number = int | float | Figure


class Voice(msgspec.Struct, frozen=True):
    """How a participant is spoken of. Without stated pronouns nobody guesses: it is "the participant"."""

    name: str
    they: str
    them: str
    their: str
    plural: bool = False
    stated: bool = True

    def verb(self, one: str, many: str) -> str:
        """The form that agrees: she was, they were."""
        return many if self.plural else one

    @property
    def was(self) -> str:
        """Was, or were."""
        return self.verb("was", "were")

    @property
    def has(self) -> str:
        """Has, or have."""
        return self.verb("has", "have")


def voice(name: str, pronouns: str) -> Voice:
    """The voice for a name and stated pronouns (she, he, they; anything else is none)."""
    return Voice(name, *_PRONOUNS.get(pronouns, _NONE))


_PRONOUNS: Final[Mapping[str, tuple[str, str, str, bool, bool]]] = MappingProxyType(
    {
        "she": ("she", "her", "her", False, True),
        "he": ("he", "him", "his", False, True),
        "they": ("they", "them", "their", True, True),
    }
)
_NONE: Final = ("the participant", "the participant", "the participant's", False, False)


def number_of(value: Number) -> int | float:
    """The bare number of a figure."""
    return value.value if isinstance(value, Figure) else value


def marked(value: Number, text: str) -> str:
    """A number's text, marked where the figure wants to be found again."""
    return value.shown(text) if isinstance(value, Figure) else text


def numeral(value: Number) -> str:
    """Digits as they are read: 12, 2.5, never 12.0."""
    number = number_of(value)
    return marked(value, str(number) if isinstance(number, int) else f"{number:.10g}")


def spelled(value: Number) -> str:
    """A whole number up to twelve as a word, anything else in digits."""
    number = number_of(value)
    small = 0 <= number < len(_SMALL) and number == int(number)
    return marked(value, _SMALL[int(number)]) if small else numeral(value)


def counted(value: Number, one: str, many: str = "") -> str:
    """A number with the noun that fits it: 1 toe tap, 2 toe taps."""
    return f"{numeral(value)} {noun(value, one, many)}"


def noun(value: Number, one: str, many: str = "") -> str:
    """The noun that fits a number, without the number."""
    return one if number_of(value) == 1 else many or f"{one}s"


def listed(items: Iterable[object], last: str = "and") -> str:
    """A list with commas and a last word: a, b and c; a and b, and c; with semicolons where an item has commas."""
    texts = [str(item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    bare = [_IN_BRACKETS.sub("", text) for text in texts]
    if any(_COMMA.search(text) for text in bare):
        return "; ".join(texts)
    if any(_JOINED.search(text) for text in bare):
        return f"{', '.join(texts[:-1])}, {last} {texts[-1]}"
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def in_turn(items: Iterable[object]) -> str:
    """A course of values: 1, 2, then 3."""
    texts = [str(item) for item in items]
    if len(texts) < 3:
        return ", then ".join(texts)
    return f"{', '.join(texts[:-1])}, then {texts[-1]}"


def times(value: Number) -> str:
    """Once, twice, 3 times."""
    often = {1: "once", 2: "twice"}.get(int(number_of(value)))
    return marked(value, often) if often else f"{numeral(value)} times"


def ordinal_number(value: Number) -> str:
    """1st, 2nd, 3rd, 11th, 21st."""
    return marked(value, ordinal(int(number_of(value))))


def signed(value: Number) -> str:
    """A level: +1, 0, -2."""
    number = int(number_of(value))
    return marked(value, f"{number:+d}" if number else "0")


def no_or(value: Number, none: str = "no") -> str:
    """Digits, but "no" for a recorded 0, to stand before a noun."""
    return numeral(value) if number_of(value) else marked(value, none)


def duration(value: Number) -> str:
    """Seconds as they are said: 7 min 37 s, 2 min, 45 s."""
    minutes, seconds = divmod(int(number_of(value)), 60)
    parts = (f"{minutes} min" if minutes else "", f"{seconds} s" if seconds or not minutes else "")
    return marked(value, " ".join(filter(None, parts)))


def mss(value: Number) -> str:
    """Seconds as m:ss."""
    return marked(value, clock_text(number_of(value)))


def day(iso: str) -> str:
    """A date with its year: November 17, 2025."""
    return date_text(date.fromisoformat(iso))


def possessive(name: str) -> str:
    """Ada's, James's."""
    return f"{name}'s"


def limb(side: str, means: str, preposition: str = "with") -> str:
    """Which side of what: "with the left foot" for a tapping foot, "on the left" where no limb is named."""
    if not side:
        return ""
    return f"{preposition} the {side_of(side, means)}" if means.split() else f"on the {side}"


def sidewise(side: str, means: str) -> str:
    """Left-foot, for a tapping foot; nothing where no limb is named."""
    words = means.split()
    return f"{side}-{words[1]}" if side and len(words) == 2 and words[0].endswith("ing") else ""


def working(side: str, means: str) -> str:
    """With the left foot tapping, for a tapping foot: which side was at work while something else was done."""
    words = means.split()
    if len(words) == 2 and words[0].endswith("ing"):
        return f"with the {side} {words[1]} {words[0]}"
    return limb(side, means)


def side_of(side: str, means: str) -> str:
    """Left foot, for a tapping foot; left side where no limb is named."""
    words = means.split()
    named = words[1] if len(words) == 2 and words[0].endswith("ing") else means or "side"
    return f"{side} {named}" if side else ""


def other_side(side: str) -> str:
    """The other side of the body."""
    return "right" if side == "left" else "left"


FILTERS: Final[Mapping[str, Callable[..., str]]] = MappingProxyType(
    {
        "n": counted,
        "noun": noun,
        "num": numeral,
        "spelled": spelled,
        "listed": listed,
        "in_turn": in_turn,
        "ordinal": ordinal_number,
        "mss": mss,
        "duration": duration,
        "signed": signed,
        "day": day,
        "possessive": possessive,
        "cap": capital,
        "sentence": sentence,
        "phrase": phrase,
        "reason": reason,
        "adverb": adverb,
        "times": times,
        "limb": limb,
        "side_of": side_of,
        "other": other_side,
    }
)
"""What a template may call, by the names templates/README.md explains."""
