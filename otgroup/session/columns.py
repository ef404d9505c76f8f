"""The tally sheet's column names: the fixed ones, and those a measure brings along.

One place, so that the sheet, its reader and the check of a group file can never disagree.
"""

from collections.abc import Sequence

BEFORE = (
    "participant",
    "attendance",
    "arrived",
    "left",
    "rest_minutes",
    "level_start",
    "level_end",
    "strategies",
)
AFTER = (
    "unsteady",
    "lob",
    "balance_watched",
    "assistance",
    "difficulty",
    "difficulty_directions",
    "pain_before",
    "pain",
    "rpe",
    "response",
    "plan",
    "remark",
)
PLACES = 9  # attempts or intervals one row of the sheet has room for


def measure_columns(kind: str, measure_id: str, *, sided: bool = False, imaged: bool = False) -> tuple[str, ...]:
    """Name the columns of one measure, in the sheet's order."""
    match kind:
        case "count" if sided:
            return (f"{measure_id}_left", f"{measure_id}_right")
        case "trial":
            return _numbered(measure_id) + (_numbered(f"{measure_id}_image") if imaged else ())
        case "interval":
            return _numbered(measure_id) + (_numbered(f"{measure_id}_side") if sided else ())
        case _:
            return (measure_id,)


def cue_columns(cues: Sequence[str]) -> tuple[str, ...]:
    """Name the columns of the cues a group offers."""
    return tuple(f"cues_{cue}" for cue in cues)


def is_fixed(column: str) -> bool:
    """Say whether a measure may not use this column: every sheet has it, or keeps it for cues."""
    return column in BEFORE or column in AFTER or column.startswith("cues_")


def _numbered(stem: str) -> tuple[str, ...]:
    return tuple(f"{stem}_{place}" for place in range(1, PLACES + 1))
