"""What was done with a session's notes, as lines for a person and as plain values for other programs."""

from collections.abc import Iterable
from typing import Any

import msgspec

from otgroup.notes.signing.papers import PaperEvent
from otgroup.record.state import SessionState


def paper_lines(entries: Iterable[PaperEvent], state: SessionState) -> list[str]:
    """One line for each entry: when, whose note, what, by whom; nothing where nothing was done."""
    lines = [f"    {entry.at:%Y-%m-%d %H:%M} {_whose(entry, state)}: {entry.told}, {entry.by}" for entry in entries]
    return ["", "Notes", *lines] if lines else []


def paper_records(entries: Iterable[PaperEvent]) -> tuple[dict[str, Any], ...]:
    """The entries as they are kept; of a signed note its digest, not its text."""
    kept = (msgspec.to_builtins(entry) for entry in entries)
    return tuple({key: value for key, value in one.items() if key != "note"} for one in kept)


def _whose(entry: PaperEvent, state: SessionState) -> str:
    participant = state.participants.get(entry.participant)
    return participant.person.name if participant else entry.participant
