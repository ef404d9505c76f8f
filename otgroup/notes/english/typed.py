"""Words that somebody typed, as they stand in a note: sentences of their own, or parts of ours."""

import re
from typing import Final

_STOPS: Final = tuple(stop + close for stop in ".!?…" for close in ("", "'", "’", ")", "]"))
_OPENS: Final = re.compile(r"\A[\"'“‘(\[]*(?=[^\W\d_])")
_BULLET: Final = re.compile(r"\A(?:[-*•–]\s+)+")
_NEXT: Final = re.compile(r"(\S+)([.!?][\"'”’)\]]*\s+[\"'“‘(\[]*)([^\W\d_])")
_SHORT: Final = frozenset(
    {"i.e", "e.g", "vs", "approx", "no", "ft", "lb", "lbs", "oz", "in", "min", "max", "sec", "hr", "dr", "mr", "mrs"}
    | {"ms", "st", "cf", "etc", "incl", "esp", "resp", "wk", "a.m", "p.m"}
)
"""What a full stop may follow without ending a sentence."""
_RUNS_ON: Final = frozenset({"because", "due", "owing", "since", "as"})
"""Words a reason may begin with and run on at once."""
_AFTER_COMMA: Final = frozenset({"after", "for", "to", "when", "while", "once", "so", "until", "following", "with"})
"""Words that run on behind a comma: without it they could belong to what stands before."""
_PROPER: Final = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april"}
    | {"june", "july", "august", "september", "october", "november", "december", "velcro", "english", "spanish"}
)


def capital(text: object) -> str:
    """The text with its first letter a capital; the others stay."""
    words = str(text).strip()
    return words[:1].upper() + words[1:]


def sentence(text: object) -> str:
    """The text as sentences: each with a capital, the last with a full stop (inside a closing quotation mark)."""
    words = _BULLET.sub("", " ".join(str(text).split()))
    if not words:
        return words
    at = _begins(words)
    inner, end = _ending(_NEXT.sub(_next, words[:at] + words[at : at + 1].upper() + words[at + 1 :]))
    return f"{inner}{end}" if inner.endswith(_STOPS) else f"{inner.rstrip(' ,;:')}.{end}"


def _next(found: re.Match[str]) -> str:
    """The beginning of a further sentence; not what follows "i.e." or a number of a list."""
    word = found[1].strip("\"'“”‘’()[]").lower()
    goes_on = word in _SHORT or word.isdigit() or (len(word) == 1 and word.isalpha())
    return found[0] if goes_on else f"{found[1]}{found[2]}{found[3].upper()}"


def phrase(text: object) -> str:
    """The text without an end of its own, to stand inside a sentence."""
    inner, end = _ending(_BULLET.sub("", str(text).strip()))
    return f"{inner.rstrip(' .,;:!')}{end}"


def lowered(text: str, names: frozenset[str] = frozenset()) -> str:
    """The text with a small first letter, to stand inside a sentence: but I, names and abbreviations stay."""
    words = _BULLET.sub("", text)
    first = words.partition(" ")[0].strip(".,;:!?")
    word = first.replace("-", "")
    plain = first == "A" or (first[:1].isupper() and first[1:].islower() and word.isalpha())
    if not plain or first in names or first.lower() in _PROPER:
        return words
    return words[:1].lower() + words[1:]


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


def reason(text: object, label: str = ": ") -> str:
    """A recorded reason behind a clause: "because ..." follows at once, "after ..." behind a comma, anything
    else behind a colon (or what the template gives).
    """
    words = phrase(text)
    first = words.partition(" ")[0].lower()
    return f" {words}" if first in _RUNS_ON else f", {words}" if first in _AFTER_COMMA else f"{label}{words}"


def adverb(text: object) -> str:
    """Moderately for moderate, minimally for minimal; nothing for words without such a form."""
    words = str(text)
    return f"{words}ly" if words.endswith(("al", "ate")) else ""
