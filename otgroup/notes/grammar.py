"""Words that must fit: numbers and nouns, lists, pronouns and verbs, times and dates."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

import msgspec

from otgroup.notes.fact_parts import Figure
from otgroup.session.clock import clock_text

_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_CONNECTS: Final = frozenset({"because", "due", "owing", "since", "as"})
"""Words a reason may begin with and run on; "after" or "for" could belong to what stands before."""
_STOPS: Final = tuple(stop + close for stop in ".!?…" for close in ("", "'", "’", ")", "]"))
_OPENS: Final = re.compile(r"\A[\"'“‘(\[]*(?=[^\W\d_])")
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”")
_JOINED: Final = re.compile(r"[,;]|\b(?:and|or)\b")

Number = int | float | Figure


class Voice(msgspec.Struct, frozen=True):
    """How a participant is spoken of. Without stated pronouns nobody guesses: it is "the participant"."""

    name: str
    they: str
    them: str
    their: str
    plural: bool = False

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


_PRONOUNS: Final[Mapping[str, tuple[str, str, str, bool]]] = MappingProxyType(
    {
        "she": ("she", "her", "her", False),
        "he": ("he", "him", "his", False),
        "they": ("they", "them", "their", True),
    }
)
_NONE: Final = ("the participant", "the participant", "the participant's", False)


def number_of(value: Number) -> int | float:
    """The bare number of a figure."""
    return value.value if isinstance(value, Figure) else value


def shown(value: Number, text: str) -> str:
    """A number's text, marked where the figure wants to be found again."""
    return value.shown(text) if isinstance(value, Figure) else text


def numeral(value: Number) -> str:
    """Digits as they are read: 12, 2.5, never 12.0."""
    number = number_of(value)
    return shown(value, str(number) if isinstance(number, int) else f"{number:.10g}")


def spelled(value: Number) -> str:
    """A whole number up to twelve as a word, anything else in digits."""
    number = number_of(value)
    small = 0 <= number < len(_SMALL) and number == int(number)
    return shown(value, _SMALL[int(number)]) if small else numeral(value)


def counted(value: Number, one: str, many: str = "") -> str:
    """A number with the noun that fits it: 1 toe tap, 2 toe taps."""
    return f"{numeral(value)} {noun(value, one, many)}"


def noun(value: Number, one: str, many: str = "") -> str:
    """The noun that fits a number, without the number."""
    return one if number_of(value) == 1 else many or f"{one}s"


def listed(items: Iterable[object], last: str = "and") -> str:
    """A list with commas and a last word: a, b and c; with semicolons where an item is a list itself."""
    texts = [str(item) for item in items]
    if len(texts) < 2:
        return "".join(texts)
    if any(_JOINED.search(_IN_BRACKETS.sub("", text)) for text in texts):
        return "; ".join(texts)
    return f"{', '.join(texts[:-1])} {last} {texts[-1]}"


def in_turn(items: Iterable[object]) -> str:
    """A course of values: 1, 2, then 3."""
    texts = [str(item) for item in items]
    if len(texts) < 3:
        return ", then ".join(texts)
    return f"{', '.join(texts[:-1])}, then {texts[-1]}"


def ordinal(value: Number) -> str:
    """1st, 2nd, 3rd, 11th, 21st."""
    number = int(number_of(value))
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return shown(value, f"{number}{ending}")


def mss(value: Number) -> str:
    """Seconds as m:ss."""
    return shown(value, clock_text(number_of(value)))


def day(iso: str) -> str:
    """A date as day and month: 17 November."""
    found = date.fromisoformat(iso)
    return f"{found.day} {_MONTHS[found.month - 1]}"


def possessive(name: str) -> str:
    """Ada's, James's."""
    return f"{name}'s"


def capital(text: object) -> str:
    """The text with its first letter a capital; the others stay."""
    words = str(text).strip()
    return words[:1].upper() + words[1:]


def sentence(text: object) -> str:
    """The text as a sentence of its own: a capital, a full stop (inside a closing quotation mark), no more."""
    words = " ".join(str(text).split())
    if not words:
        return words
    at = _begins(words)
    inner, end = _ending(words[:at] + words[at : at + 1].upper() + words[at + 1 :])
    return f"{inner}{end}" if inner.endswith(_STOPS) else f"{inner.rstrip(' ,;:')}.{end}"


def phrase(text: object) -> str:
    """The text without an end of its own, to stand inside a sentence."""
    inner, end = _ending(str(text).strip())
    return f"{inner.rstrip(' .,;:!')}{end}"


def _begins(words: str) -> int:
    """Where the first letter stands, behind an opening quotation mark or bracket."""
    found = _OPENS.match(words)
    return found.end() if found else 0


def _ending(words: str) -> tuple[str, str]:
    """What is said, and the quotation marks that close it: a full stop stands before them. A closing
    bracket, an apostrophe or the sign for inches is no such mark.
    """
    if words.endswith("”") or (words.endswith('"') and words.count('"') % 2 == 0):
        return words[:-1], words[-1]
    return words, ""


def reason(text: object, label: str = "; reason: ") -> str:
    """A recorded reason behind a clause: "because ..." follows at once, anything else after a label."""
    words = phrase(text)
    first = words.partition(" ")[0].lower()
    return f" {words}" if first in _CONNECTS else f"{label}{words}"


def adverb(text: object) -> str:
    """Moderately for moderate, minimally for minimal; nothing for words without such a form."""
    words = str(text)
    return f"{words}ly" if words.endswith(("al", "ate")) else ""


def limb(side: str, means: str, preposition: str = "with") -> str:
    """Which side of what: "with the left foot" for a tapping foot, "on the left" where no limb is named."""
    if not side:
        return ""
    words = means.split()
    if not words:
        return f"on the {side}"
    if len(words) == 2 and words[0].endswith("ing"):
        return f"{preposition} the {side} {words[1]}"
    return f"{preposition} the {side} {means}"


def side_of(side: str, means: str) -> str:
    """The left foot, for a tapping foot; the left side where no limb is named."""
    return limb(side, means or "side", "").strip().removeprefix("the ")


def other(side: str) -> str:
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
        "ordinal": ordinal,
        "mss": mss,
        "day": day,
        "possessive": possessive,
        "cap": capital,
        "sentence": sentence,
        "phrase": phrase,
        "reason": reason,
        "adverb": adverb,
        "limb": limb,
        "side_of": side_of,
        "other": other,
    }
)
"""What a template may call, by the names templates/README.md explains."""
