"""A clinic's own scales: DATA/scales.toml as frozen values."""

from collections.abc import Iterator

from otgroup.characters import shown
from otgroup.group import checked
from otgroup.group.checked import Problem
from otgroup.group.toml_text import Table
from otgroup.record.scales import SCALES_SCHEMA, Scales


def parse_scales(content: str | bytes, *, source: str) -> Scales:
    """Read a clinic's scales; `source` names the file in messages. Raises BadInput (first problem)."""
    return checked.read_toml(content, Scales, source=source, schema=SCALES_SCHEMA, rules=(_distinct,))


def scale_problems(content: str | bytes, *, source: str) -> list[str]:
    """List everything wrong with a clinic's scales, one line each."""
    return checked.examine(content, Scales, source=source, schema=SCALES_SCHEMA, rules=(_distinct,))[1]


def _distinct(raw: Table) -> Iterator[Problem]:
    """No two levels of a scale may have one id: a record could not say which is meant."""
    for scale in ("assistance", "difficulty", "function"):
        levels = raw.get(scale)
        ids = [level.get("id") for level in levels if isinstance(level, dict)] if isinstance(levels, list) else []
        seen: set[str] = set()
        for place, level_id in enumerate(ids):
            if isinstance(level_id, str) and level_id in seen:
                what = f"{shown(level_id)} is the id of two levels"
                yield Problem(f"{scale}[{place}].id", what, "give one another id")
            elif isinstance(level_id, str):
                seen.add(level_id)
