"""The scales a leader rates on. A session freezes the ones it was recorded with."""

import re
from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
from msgspec import UNSET, Meta, UnsetType

from otgroup.characters import either, shown
from otgroup.errors import BadInput

SCALES_SCHEMA: Final = 1
ScaleText = Annotated[str, Meta(min_length=1, max_length=60)]


class Level(msgspec.Struct, frozen=True):
    """One step of a scale: its key in the record, the short form on a card, the words in a note.

    Those marked `often` are offered first on the live board. `alone` says that nobody helped; in files and sessions
    that say neither, the words tell (`without_help`).
    """

    id: ScaleText
    short: ScaleText
    long: ScaleText
    often: bool = False
    alone: bool | UnsetType = UNSET

    @property
    def without_help(self) -> bool:
        """Whether somebody at this level was helped by nobody."""
        return self.long.endswith("independent") if self.alone is UNSET else self.alone


ASSISTANCE = (
    Level("independent", "Ind", "independent", alone=True),
    Level("modified-independent", "Mod I", "modified independent", alone=True),
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

    schema: int = SCALES_SCHEMA
    assistance: Annotated[tuple[Level, ...], Meta(min_length=1)] = ASSISTANCE
    difficulty: Annotated[tuple[Level, ...], Meta(min_length=1, max_length=3)] = DIFFICULTY
    balance: Annotated[tuple[ScaleText, ...], Meta(min_length=1)] = BALANCE
    function: tuple[Level, ...] = FUNCTION
    pain_highest: Annotated[int, Meta(ge=1, le=100)] = 10
    rpe_highest: Annotated[int, Meta(ge=1, le=20)] = 10

    def assistance_level(self, level_id: str) -> Level | None:
        """The assistance level of that id, if the scale has it."""
        return next((level for level in self.assistance if level.id == level_id), None)


DEFAULT_SCALES = Scales()


def level_named(text: str, what: str, levels: Sequence[Level]) -> str:
    """The id of the level that a person named, by its short or long name in any case. Raises BadInput."""
    for spelled in (_plain, _without_assistance):
        found = [
            level.id
            for level in levels
            if spelled(text) in {spelled(level.short), spelled(level.long), spelled(level.id)}
        ]
        if len(found) == 1:
            return found[0]
    raise BadInput(f"{what}: {shown(text)} is not on the scale, use {either(level.short for level in levels)}")


def _plain(text: str) -> str:
    """Case, spaces and hyphens do not tell levels apart."""
    return "".join(filter(str.isalnum, text.casefold()))


def _without_assistance(text: str) -> str:
    return re.sub(r"assist(ance)?$", "", _plain(text))
