"""A group file (`groups/*.toml`, schema 1) as frozen types, and the way from its text to them.

Every key is explained for clinicians in `groups/README.md`.
"""

from collections.abc import Sequence
from typing import Annotated, Final, Literal, get_args

import msgspec
from msgspec import Meta

from otgroup.errors import NotFound
from otgroup.session import checked, columns, protocol_rules

SCHEMA: Final = 1

Side = Literal["left", "right"]
CueType = Literal["verbal", "tactile", "visual", "gestural", "demonstration", "physical"]
Direction = Literal["harder", "easier"]
CUE_TYPES: Final[tuple[CueType, ...]] = get_args(CueType)

Text = Annotated[str, Meta(min_length=1, max_length=300)]
Words = Annotated[str, Meta(max_length=300)]  # empty where the file does not say; a written "" is refused
Name = Annotated[
    str, Meta(max_length=60, pattern=r"\A[a-z][a-z0-9-]*\Z", description="small letters, digits and - only")
]
ColumnName = Annotated[
    str, Meta(max_length=40, pattern=r"\A[a-z][a-z0-9_]*\Z", description="small letters, digits and _ only")
]
Code = Annotated[str, Meta(pattern=r"\A[0-9]{5}\Z", description='five digits in quotes, as in "97112"')]
Amount = Annotated[int, Meta(ge=1, le=1000)]
Seconds = Annotated[int, Meta(ge=1, le=14_400)]


class Measure(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something recorded for each participant; `one` and `many` are its words after a number."""

    id: ColumnName
    one: Text
    many: Text
    main: bool = False

    @property
    def kind(self) -> str:
        """The word the file uses for this sort of measure."""
        return str(self.__struct_config__.tag)

    @property
    def columns(self) -> tuple[str, ...]:
        """The tally sheet's columns for this measure."""
        return columns.measure_columns(self.kind, self.id)

    def word(self, number: float) -> str:
        """The noun that fits the number: 1 toe tap, 2 toe taps."""
        return self.one if number == 1 else self.many


class CountMeasure(Measure, frozen=True, kw_only=True, tag="count"):
    """Repetitions, by side where the file says so."""

    sides: tuple[Side, ...] = ()
    side_means: Words = ""
    """What left and right name: "tapping foot"."""
    did: Words = ""
    """The verb before the number in the note: "made", "placed"."""
    aside: Words = ""
    """Said of a side in the note, "{other}" being the other one: "standing on the {other}"."""
    target: Amount | None = None
    """Repetitions of one set (per side where sided)."""
    of: ColumnName | None = None
    """The count this one is a part of: cones placed, of cones planned."""
    within: ColumnName | None = None
    """The interval measure whose running interval a count belongs to."""

    @property
    def columns(self) -> tuple[str, ...]:
        """`<id>`, or `<id>_left` and `<id>_right`."""
        return columns.measure_columns(self.kind, self.id, sided=bool(self.sides))


class TrialMeasure(Measure, frozen=True, kw_only=True, tag="trial"):
    """Attempts at something of several parts, such as recalling a picture of three."""

    parts: Annotated[int, Meta(ge=1, le=20)]
    part: Text
    parts_many: Text | None = None
    images: Annotated[int, Meta(ge=2, le=9)] | None = None
    """How many different ones there are; each attempt belongs to one."""
    delay_s: Seconds | None = None
    """About how long lies between being shown and recalling, in seconds."""
    done: Words = ""
    """The word for parts that were right, for the note: recalled."""
    right: Text = "correct"
    """The words for an attempt that was right as a whole, for the note: drawn correctly."""

    @property
    def columns(self) -> tuple[str, ...]:
        """`<id>_1` to `<id>_9`, and `<id>_image_1` to `_9` where there are several images."""
        return columns.measure_columns(self.kind, self.id, imaged=self.images is not None)

    def part_word(self, number: float) -> str:
        """The noun for parts that fits the number."""
        return self.part if number == 1 else self.parts_many or f"{self.part}s"


class IntervalMeasure(Measure, frozen=True, kw_only=True, tag="interval"):
    """Timed bouts of work with a target length, in seconds."""

    target_s: Seconds | None = None
    target_count: Annotated[int, Meta(ge=1, le=99)] | None = None
    sides: tuple[Side, ...] = ()
    side_means: Words = ""
    patterns: tuple[Text, ...] = ()
    """Ways of working that an interval can be marked with, such as clockwise."""

    @property
    def columns(self) -> tuple[str, ...]:
        """`<id>_1` to `<id>_9`, and `<id>_side_1` to `_9` where sided."""
        return columns.measure_columns(self.kind, self.id, sided=bool(self.sides))


class StopwatchMeasure(Measure, frozen=True, kw_only=True, tag="stopwatch"):
    """Time to completion, in seconds."""

    target_s: Seconds | None = None


class ValueMeasure(Measure, frozen=True, kw_only=True, tag="value"):
    """A number read off something: a weight, a distance, a grip strength."""

    unit: Words = ""
    lowest: float | None = None
    highest: float | None = None


AnyMeasure = CountMeasure | TrialMeasure | IntervalMeasure | StopwatchMeasure | ValueMeasure


class Strategy(msgspec.Struct, frozen=True, kw_only=True):
    """One way to make the activity harder or easier; `text` reads well after "with"."""

    id: Name
    text: Text
    as_state: Words = ""
    """How it reads after "worked", where it is a state: seated, standing."""
    excludes: tuple[Name, ...] = ()
    """Strategies that cannot be in force together with this one."""
    example: Words = ""


class Ladder(msgspec.Struct, frozen=True, kw_only=True):
    """The grading levels, 0 being the activity as set up, and what moves a person along them."""

    lowest: Annotated[int, Meta(ge=-20, le=0)]
    highest: Annotated[int, Meta(ge=0, le=20)]
    harder: tuple[Strategy, ...] = ()
    easier: tuple[Strategy, ...] = ()


class CodeHint(msgspec.Struct, frozen=True, kw_only=True):
    """A billing code this activity may fit, and why; hints are tried in the file's order.

    A hint with `goals` or `deficits` counts only for a participant who has one of them.
    """

    code: Code
    because: Text
    when: Words = ""
    """The condition in plain words, for the therapist who confirms."""
    goals: tuple[Text, ...] = ()
    """Words in a participant's goal that speak for this code."""
    deficits: tuple[Text, ...] = ()
    """Deficits of a participant that speak for this code."""


class Protocol(msgspec.Struct, frozen=True, kw_only=True):
    """One group activity: what is done and why, what is recorded, how it is graded."""

    schema: int
    id: Name
    title: Text
    area: Text
    activity: Text
    """What the participants do, as a phrase without a subject."""
    note_activity: Words = ""
    """The same in fewer words, for the note; empty: the note says `activity`."""
    purposes: Annotated[tuple[Text, ...], Meta(min_length=1)]
    """What it is aimed at; the first is used unless others are chosen."""
    cues: tuple[CueType, ...]
    measures: Annotated[tuple[AnyMeasure, ...], Meta(min_length=1)]
    """In the board's order."""
    more_purposes: tuple[Text, ...] = ()
    """Further purposes to choose from, never used unless chosen."""
    goal_links: tuple[Text, ...] = ()
    """Everyday tasks the activity carries over to."""
    why_group: Words = ""
    """Why doing it in a group serves a participant, as a phrase."""
    for_whom: Words = ""
    body: Words = ""
    """What the body does while at it, for the note's description."""
    set_up: Words = ""
    equipment: tuple[Text, ...] = ()
    distance_ft: Amount | None = None
    directions: tuple[Text, ...] = ()
    directions_steps: Annotated[int, Meta(ge=1, le=20)] | None = None
    """Number of steps in the directions whose following is rated."""
    side_note: Words = ""
    """A sentence for screen and note that says what left and right mean."""
    precautions: tuple[Text, ...] = ()
    contraindications: tuple[Text, ...] = ()
    stop_rules: tuple[Text, ...] = ()
    deficits: tuple[Text, ...] = ()
    cue_focus: tuple[Text, ...] = ()
    """What a cue in this group usually corrects."""
    watch_balance: bool = False
    """Whether the board reminds until balance watched is stated."""
    grading: Ladder | None = None
    codes: tuple[CodeHint, ...] = ()

    @property
    def main_measure(self) -> AnyMeasure:
        """The measure that is chosen when the board opens: the one marked, else the first."""
        return next((measure for measure in self.measures if measure.main), self.measures[0])

    @property
    def all_purposes(self) -> tuple[str, ...]:
        """Everything it can be aimed at for a participant, in the file's order."""
        return self.purposes + self.more_purposes

    @property
    def strategies(self) -> tuple[Strategy, ...]:
        """All strategies, harder ones first; none without a ladder."""
        return self.grading.harder + self.grading.easier if self.grading else ()

    @property
    def tally_columns(self) -> tuple[str, ...]:
        """The header of this group's tally sheet."""
        own = tuple(column for measure in self.measures for column in measure.columns)
        return columns.BEFORE + own + columns.cue_columns(self._cues_in_order()) + columns.AFTER

    def measure(self, measure_id: str) -> AnyMeasure:
        """Find a measure, or raise NotFound."""
        found = next((measure for measure in self.measures if measure.id == measure_id), None)
        if found is None:
            known = ", ".join(measure.id for measure in self.measures)
            raise NotFound(f'{self.id}: there is no measure "{measure_id}", use {known}')
        return found

    def strategy(self, strategy_id: str) -> Strategy:
        """Find a strategy of the ladder, or raise NotFound."""
        found = next((strategy for strategy in self.strategies if strategy.id == strategy_id), None)
        if found is None:
            known = ", ".join(strategy.id for strategy in self.strategies) or "none: it has no ladder"
            raise NotFound(f'{self.id}: there is no strategy "{strategy_id}", use {known}')
        return found

    def excluded_by(self, strategy_id: str) -> frozenset[str]:
        """The strategies that cannot be in force beside this one, whichever of the two says so."""
        own = {excluded for s in self.strategies if s.id == strategy_id for excluded in s.excludes}
        return frozenset(own | {s.id for s in self.strategies if strategy_id in s.excludes})

    def direction_of(self, strategy_id: str) -> Direction:
        """Say which way a strategy moves the level, or raise NotFound."""
        strategy = self.strategy(strategy_id)
        return "harder" if self.grading and strategy in self.grading.harder else "easier"

    def _cues_in_order(self) -> tuple[CueType, ...]:
        return tuple(cue for cue in CUE_TYPES if cue in self.cues)


def parse(text: str | bytes, *, source: str) -> Protocol:
    """Read a group file's text; `source` names the file in messages. Raises BadInput (first problem)."""
    return checked.read(text, Protocol, source=source, schema=SCHEMA, rules=protocol_rules.RULES)


def problems(text: str | bytes, *, source: str, codes: Sequence[str] = ()) -> list[str]:
    """List everything wrong with a group file, one line each: `FILE: key.path: what, mend`.

    `codes` are those of the billing rules, where they are known: others could not be suggested.
    """
    rules = (*protocol_rules.RULES, *([protocol_rules.codes_known(codes)] if codes else []))
    return checked.examine(text, Protocol, source=source, schema=SCHEMA, rules=rules)[1]
