"""The two sides of a body."""

from enum import StrEnum


class Side(StrEnum):
    """A side of the body; what it is a side of, the measure says (`side_means`)."""

    LEFT = "left"
    RIGHT = "right"
