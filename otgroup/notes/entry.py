"""A figure of a participant by itself, with its unit and events: what tables and FHIR are made from."""

from collections.abc import Iterable, Iterator

import msgspec

from otgroup.notes.facts.figures import Events, Figure
from otgroup.notes.facts.kinds import CueTypeFacts

FigureValue = int | float | str | bool


class FigureEntry(msgspec.Struct, frozen=True):
    """One thing recorded: `measure` is what was measured, `figure` which of its figures this is (or empty)."""

    measure: str
    figure: str
    value: FigureValue
    unit: str
    events: Events
    side: str = ""


def figure_entries(
    measure: str, figure: str, value: Figure | None, unit: str, side: str = ""
) -> Iterator[FigureEntry]:
    """A figure, where it was recorded."""
    if value is not None:
        yield FigureEntry(measure, figure, value.value, unit, value.events, side)


def cue_entries(
    measure: str, cues: Iterable[CueTypeFacts], before: str = "", after: str = "", side: str = ""
) -> Iterator[FigureEntry]:
    """Cues by type."""
    for cue in cues:
        yield from figure_entries(measure, f"{before}{cue.type}{after}", cue.count, "cues", side)
