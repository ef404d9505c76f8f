"""What the review looks for, as data: which findings block a signature, and when two notes are too alike.

The shipped file is `otgroup/defaults/review.toml`; a clinic's DATA/review.toml replaces it.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal, get_args

import msgspec
from msgspec import Meta

from otgroup.characters import either
from otgroup.group import checked
from otgroup.group.checked import Problem
from otgroup.group.toml_text import Table
from otgroup.record.people import Leader

REVIEW_SCHEMA: Final = 1

Weight = Literal["block", "warn", "off"]
Kind = Literal[
    "nothing-recorded", "other-name", "incident-open", "incident-unseen", "contradiction", "beyond-image",
    "after-leaving", "no-minutes", "silence-unsaid", "clock-running", "unscored", "fall-details", "watched-unstated",
    "no-response", "no-plan", "no-goal", "no-why", "withheld", "like-sibling", "like-earlier", "edit-behind",
    "signed-behind", "clock-set",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class ReviewRules(msgspec.Struct, frozen=True, kw_only=True):
    """A whole review.toml; a finding that the file does not weigh warns."""

    schema: int
    findings: dict[str, Weight]
    alike: Annotated[float, Meta(ge=0.01, le=1)] = 0.75
    cosign: tuple[str, ...] = ()
    clipboard_s: Annotated[int, Meta(ge=0, le=3600)] = 90

    def weight(self, kind: Kind) -> Weight:
        """How heavy a finding weighs."""
        return self.findings.get(kind, "warn")

    def needs_cosignature(self, leader: Leader) -> bool:
        """Whether a supervisor signs this leader's notes too."""
        return leader.holds(*self.cosign)


def parse_review(content: str | bytes, source: str) -> ReviewRules:
    """Read a review.toml; `source` names it in messages. Raises BadInput (first problem)."""
    return checked.read_toml(content, ReviewRules, source=source, schema=REVIEW_SCHEMA, rules=(_known,))


def review_problems(content: str | bytes, source: str) -> list[str]:
    """List everything wrong with a review.toml, one line each."""
    return checked.examine(content, ReviewRules, source=source, schema=REVIEW_SCHEMA, rules=(_known,))[1]


def _known(raw: Table) -> Iterator[Problem]:
    """Only findings there are can be weighed."""
    findings: Any = raw.get("findings")
    for kind in findings if isinstance(findings, dict) else ():
        if kind not in KINDS:
            yield Problem(f"findings.{kind}", "is no finding of the review", f"use {either(KINDS)}")
