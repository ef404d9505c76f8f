"""A group file's text as a protocol, and everything that is wrong with it."""

from collections.abc import Sequence

from otgroup.group import checked, rules
from otgroup.record.protocol import PROTOCOL_SCHEMA, Protocol


def parse(text: str | bytes, *, source: str) -> Protocol:
    """Read a group file's text; `source` names the file in messages. Raises BadInput (first problem)."""
    return checked.read_toml(text, Protocol, source=source, schema=PROTOCOL_SCHEMA, rules=rules.RULES)


def problems(text: str | bytes, *, source: str, codes: Sequence[str] = ()) -> list[str]:
    """List everything wrong with a group file, one line each: `FILE: key.path: what, mend`.

    `codes` are those of the billing rules, where they are known: others could not be suggested.
    """
    all_rules = (*rules.RULES, *([rules.codes_known(codes)] if codes else []))
    return checked.examine(text, Protocol, source=source, schema=PROTOCOL_SCHEMA, rules=all_rules)[1]
