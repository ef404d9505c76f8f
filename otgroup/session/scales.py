"""The scales a leader rates on. A session freezes the ones it was recorded with."""

from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from otgroup.session import checked
from otgroup.session.toml_text import Table

SCHEMA: Final = 1
Text = Annotated[str, Meta(min_length=1, max_length=60)]


class Level(msgspec.Struct, frozen=True):
    """One step of a scale: its key in the record, the short form on a card, the words in a note.

    Those marked `often` are offered first on the live board.
    """

    id: Text
    short: Text
    long: Text
    often: bool = False


ASSISTANCE = (
    Level("independent", "Ind", "independent"),
    Level("modified-independent", "Mod I", "modified independent"),
    Level("setup", "Setup", "setup assistance"),
    Level("supervision", "Sup", "supervision"),
    Level("standby", "SBA", "standby assistance", often=True),
    Level("contact-guard", "CGA", "contact guard assistance", often=True),
    Level("minimal", "Min A", "minimal assistance", often=True),
    Level("moderate", "Mod A", "moderate assistance", often=True),
    Level("maximal", "Max A", "maximal assistance", often=True),
    Level("total", "Dep", "total assistance"),
)

DIFFICULTY = (
    Level("minimal", "min", "minimal"),
    Level("moderate", "mod", "moderate"),
    Level("maximal", "max", "maximal"),
)

BALANCE = ("Normal", "Good+", "Good", "Good-", "Fair+", "Fair", "Fair-", "Poor+", "Poor", "Poor-")

FUNCTION = (
    Level("06", "Ind", "independent"),
    Level("05", "Setup", "setup or clean-up assistance"),
    Level("04", "Sup", "supervision or touching assistance"),
    Level("03", "Mod", "partial or moderate assistance"),
    Level("02", "Max", "substantial or maximal assistance"),
    Level("01", "Dep", "dependent"),
    Level("07", "Ref", "refused"),
    Level("09", "N/A", "not applicable"),
    Level("10", "Env", "not attempted: environmental limits"),
    Level("88", "Med", "not attempted: medical condition or safety"),
)


class Scales(msgspec.Struct, frozen=True, kw_only=True):
    """Assistance from none to all, difficulty from least to most, balance grades from best to worst,
    Section GG codes; pain and exertion run from 0 to their highest. A clinic's DATA/scales.toml
    gives its own; what it leaves out is as here.
    """

    schema: int = SCHEMA
    assistance: Annotated[tuple[Level, ...], Meta(min_length=1)] = ASSISTANCE
    difficulty: Annotated[tuple[Level, ...], Meta(min_length=1, max_length=3)] = DIFFICULTY
    balance: Annotated[tuple[Text, ...], Meta(min_length=1)] = BALANCE
    function: tuple[Level, ...] = FUNCTION
    pain_highest: Annotated[int, Meta(ge=1, le=100)] = 10
    rpe_highest: Annotated[int, Meta(ge=1, le=20)] = 10

    def assistance_level(self, level_id: str) -> Level | None:
        """The assistance level of that id, if the scale has it."""
        return next((level for level in self.assistance if level.id == level_id), None)


DEFAULT_SCALES = Scales()


def parse_scales(content: str | bytes, *, source: str) -> Scales:
    """Read a clinic's scales; `source` names the file in messages. Raises BadInput (first problem)."""
    return checked.read(content, Scales, source=source, schema=SCHEMA, rules=(_distinct,))


def scale_problems(content: str | bytes, *, source: str) -> list[str]:
    """List everything wrong with a clinic's scales, one line each."""
    return checked.examine(content, Scales, source=source, schema=SCHEMA, rules=(_distinct,))[1]


def _distinct(raw: Table) -> Iterator[checked.Problem]:
    """No two levels of a scale may have one id: a record could not say which is meant."""
    for scale in ("assistance", "difficulty", "function"):
        levels = raw.get(scale)
        ids = [level.get("id") for level in levels if isinstance(level, dict)] if isinstance(levels, list) else []
        seen: set[str] = set()
        for place, level_id in enumerate(ids):
            if isinstance(level_id, str) and level_id in seen:
                what = f"{checked.shown(level_id)} is the id of two levels"
                yield checked.Problem(f"{scale}[{place}].id", what, "give one another id")
            elif isinstance(level_id, str):
                seen.add(level_id)
