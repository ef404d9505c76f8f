"""The types of what stands in a group file, with the bounds that a person can be told."""

from typing import Annotated, Final, Literal, get_args

from msgspec import Meta

SideName = Literal["left", "right"]
CueType = Literal["verbal", "tactile", "visual", "gestural", "demonstration", "physical"]
Direction = Literal["harder", "easier"]
CUE_TYPES: Final[tuple[CueType, ...]] = get_args(CueType)

Text = Annotated[str, Meta(min_length=1, max_length=300)]
OptionalText = Annotated[str, Meta(max_length=300)]  # empty where the file does not say; a written "" is refused
Name = Annotated[
    str, Meta(max_length=60, pattern=r"\A[a-z][a-z0-9-]*\Z", description="small letters, digits and - only")
]
ColumnName = Annotated[
    str, Meta(max_length=40, pattern=r"\A[a-z][a-z0-9_]*\Z", description="small letters, digits and _ only")
]
Code = Annotated[str, Meta(pattern=r"\A[0-9]{5}\Z", description='five digits in quotes, as in "97112"')]
Amount = Annotated[int, Meta(ge=1, le=1000)]
Seconds = Annotated[int, Meta(ge=1, le=14_400)]
