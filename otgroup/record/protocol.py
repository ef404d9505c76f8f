"""One group activity as its file says it (`groups/*.toml`, schema 1): what a session freezes at its start.

Every key is explained for clinicians in `groups/README.md`; `otgroup.group` reads and checks the files.
"""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta

from otgroup.errors import NotFound
from otgroup.record.fields import Amount, Code, CueType, Direction, Name, OptionalText, Text
from otgroup.record.measure import Measure
from otgroup.record.participant import FIRST_IN_A_SHEET, MEASURES, PARTS
from otgroup.record.parts.grading import Ladder, Strategy

if TYPE_CHECKING:
    AnyMeasure = Measure[Any]
else:
    AnyMeasure = MEASURES
"""Every kind of measure that a file may name."""

PROTOCOL_SCHEMA: Final = 1


class CodeHint(msgspec.Struct, frozen=True, kw_only=True):
    """A billing code this activity may fit, and why; hints are tried in the file's order.

    A hint with `goals` or `deficits` counts only for a participant who has one of them.
    """

    code: Code
    because: Text
    when: OptionalText = ""
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
    note_activity: OptionalText = ""
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
    why_group: OptionalText = ""
    """Why doing it in a group serves a participant, as a phrase."""
    for_whom: OptionalText = ""
    body: OptionalText = ""
    """What the body does while at it, for the note's description."""
    set_up: OptionalText = ""
    equipment: tuple[Text, ...] = ()
    distance_ft: Amount | None = None
    directions: tuple[Text, ...] = ()
    directions_steps: Annotated[int, Meta(ge=1, le=20)] | None = None
    """Number of steps in the directions whose following is rated."""
    side_note: OptionalText = ""
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
        """The header of this group's tally sheet: who, what each part has, and among them the measures'."""
        own = [column for measure in self.measures for column in measure.columns]
        parts = {part: part.columns(self) for part in PARTS}
        before = [column for part in FIRST_IN_A_SHEET for column in parts[part]]
        after = [column for part in PARTS if part not in FIRST_IN_A_SHEET for column in parts[part]]
        return ("participant", *before, *own, *after)

    def find(self, measure_id: str) -> AnyMeasure | None:
        """The measure of that id, if the group has it."""
        return next((measure for measure in self.measures if measure.id == measure_id), None)

    def one_of(self, measure_id: str) -> str:
        """The word for one of a measure: punch, interval."""
        measure = self.find(measure_id)
        return measure.one if measure else measure_id

    def measure(self, measure_id: str) -> AnyMeasure:
        """Find a measure, or raise NotFound."""
        found = self.find(measure_id)
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
