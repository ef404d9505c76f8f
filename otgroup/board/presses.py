"""Whether a key was pressed, or repeats because it is held down: a terminal sends both alike.

Times are seconds on one clock that only goes forward.
"""

from enum import Enum
from typing import Final

REPEAT_S: Final = 0.15
"""A key that is held comes again sooner than this, however slowly a keyboard is set to repeat."""

FIRST_REPEAT_S: Final = 1.0
"""The first time it comes again after at most so long."""

LET_GO_S: Final = 0.5
"""A key that was held is let go when it has not come for so long, though some repeats may be late."""


FASTEST_REPEAT_S: Final = 0.02
"""No keyboard repeats a held key faster than this: what comes sooner was pasted or sent by a program."""

SLOWEST_REPEAT_S: Final = 0.075
"""Nobody's finger presses one key again so soon."""


class Press(Enum):
    """What a key is: pressed; held down; or one of the two, which is known when another comes or does not."""

    NEW = "new"
    HELD = "held"
    DOUBTFUL = "doubtful"


class Held(Enum):
    """Whether the keyboard repeats a key: it comes again after a while, and then at once again and again, which no
    finger does. That is noticed with its second repeat.
    """

    NO = "no"
    NOTICED = "noticed"
    ON = "on"


class Presses:
    """The keys of one screen, one after another."""

    def __init__(self) -> None:
        self._key = ""
        self.at = float("-inf")
        self.press = Press.NEW
        self.number = 0
        self.held = Held.NO
        self._delayed = False

    def key(self, key: str, at: float) -> None:
        """A key came."""
        gap = at - self.at if key == self._key else float("inf")
        if self.held is not Held.NO:
            self.held = Held.ON if gap < REPEAT_S else Held.NO
        elif self._delayed and FASTEST_REPEAT_S <= gap < SLOWEST_REPEAT_S:
            self.held = Held.NOTICED
        self._delayed = REPEAT_S <= gap < FIRST_REPEAT_S
        held = gap < (LET_GO_S if self.press is Press.HELD else REPEAT_S)
        self.press = Press.HELD if held else Press.DOUBTFUL if gap < FIRST_REPEAT_S else Press.NEW
        self._key, self.at, self.number = key, at, self.number + 1
