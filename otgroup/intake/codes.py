"""What a leader types about codes: each reading gives the event's own fields, or a refusal with the mend."""

import re
from typing import Final, TypedDict

from otgroup.billing.rule_book import RuleBook
from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.parts.decisions import MOST_UNITS
from otgroup.written import clean_text, parse_count

_CODE: Final = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]", re.ASCII)
_MODIFIER: Final = re.compile(r"[A-Z0-9]{2}", re.ASCII)
MINUTES_A_DAY: Final = 1440


class CodeFields(TypedDict):
    """What a correction of a code says."""

    code: str
    units: int
    reason: str
    instead_of: str


class AloneFields(TypedDict):
    """What a statement on time alone says."""

    minutes: int
    code: str
    reason: str


class ModifierFields(TypedDict):
    """What a statement on modifiers says."""

    modifiers: tuple[str, ...]
    reason: str


def read_code(code: str, units: str, reason: str, suggested: str = "") -> CodeFields:
    """The fields of a code's correction; `suggested` is the code of the line that is corrected. Raises BadInput."""
    own = parse_code(code, "code")
    return {
        "code": own,
        "units": parse_count(units, "units", highest=MOST_UNITS),
        "reason": clean_text(reason, "because", needed=True),
        "instead_of": suggested if suggested != own else "",
    }


def read_alone(minutes: str, code: str, reason: str, book: RuleBook) -> AloneFields:
    """The fields of a statement on time alone: minutes under a timed code, or 0 and why not. Raises BadInput, or
    NotFound for a code that is not timed.
    """
    number = parse_count(minutes, "minutes", highest=MINUTES_A_DAY)
    why = clean_text(reason, "because", needed=not number)
    return {"minutes": number, "code": book.timed(parse_code(code, "code")).code if number else "", "reason": why}


def read_modifiers(modifiers: str, reason: str) -> ModifierFields:
    """The fields of a statement on modifiers: two letters or digits each, with spaces between; none is possible.
    Raises BadInput.
    """
    words = tuple(dict.fromkeys(modifiers.upper().replace(",", " ").split()))
    for word in words:
        if not _MODIFIER.fullmatch(word):
            raise BadInput(f"modifiers: {shown(word)} is not one, write two letters or digits, such as GO 59")
    return {"modifiers": words, "reason": clean_text(reason, "because", needed=True)}


def parse_code(text: str, what: str) -> str:
    """A billing code of five characters: 97112, G0283. Raises BadInput."""
    code = clean_text(text, what, needed=True).upper()
    if not _CODE.fullmatch(code):
        raise BadInput(f"{what}: {shown(text)} is not a code, write five digits, such as 97112")
    return code
