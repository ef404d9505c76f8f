"""What waits for a signature, by the clinic's rules of the review."""

from collections.abc import Sequence
from typing import NamedTuple

from otgroup.clinic.clinic import Clinic
from otgroup.notes.signing.rules import ReviewRules, parse_review
from otgroup.store.summary import Summary


class Waiting(NamedTuple):
    """Notes that wait: for the author's signature, for a supervisor's; and the session to begin with."""

    to_sign: int = 0
    to_cosign: int = 0
    first: Summary | None = None

    @property
    def told(self) -> str:
        """One line; empty where nothing waits."""
        parts = (
            f"{self.to_sign} to review and sign" if self.to_sign else "",
            f"{self.to_cosign} to co-sign" if self.to_cosign else "",
        )
        told = " · ".join(filter(None, parts))
        return f"Waiting  {told}   r review" if told else ""


def waiting_notes(sessions: Sequence[Summary], rules: ReviewRules) -> Waiting:
    """How many notes wait for a signature, and the oldest session that has one."""
    unsigned = {s.id: len(s.unsigned) for s in sessions}
    owed = {s.id: sum(map(rules.needs_cosignature, s.waiting_authors)) for s in sessions}
    first = next((s for s in reversed(sessions) if unsigned[s.id] or owed[s.id]), None)
    return Waiting(sum(unsigned.values()), sum(owed.values()), first)


def review_rules(clinic: Clinic) -> ReviewRules:
    """What the review looks for. Raises BadInput."""
    return parse_review(*clinic.files.review())


def shipped_review_rules(clinic: Clinic) -> ReviewRules:
    """What is looked for where the clinic's own file cannot be used."""
    return parse_review(*clinic.files.shipped_review())
