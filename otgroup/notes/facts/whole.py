"""What is true of one participant, as one frozen value; its parts stand in `kinds` and `notes/parts`."""

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from otgroup.notes.facts.figures import (
    ActivityFacts,
    Figure,
    HeaderFacts,
    Said,
    StrategyFacts,
    SupportFacts,
    TreatedRestFacts,
    Withheld,
)
from otgroup.notes.facts.kinds import (
    AssistanceFacts,
    BalanceFacts,
    CueFacts,
    CueTypeFacts,
    GradingFacts,
    ImageFacts,
    IncidentFacts,
    ReadingFacts,
    RepetitionFacts,
    TimingFacts,
)
from otgroup.notes.measure_words import Told, Unfinished
from otgroup.notes.parts.clocks import ClockFacts
from otgroup.notes.parts.counts import CountFacts
from otgroup.notes.parts.trials import TrialFacts
from otgroup.notes.parts.values import ValueFacts

_F = TypeVar("_F", bound=msgspec.Struct)


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did, a `Told` for each kind of measure; templates know the older kinds by these names.

    `counts` leaves out what is told with intervals or timed runs (`strays` are what of it belonged to none),
    `totals` has all of it; `others` are the kinds that have no names here.
    """

    work: tuple[Told[Any], ...] = ()

    def on(self, kind: str) -> tuple[Told[Any], ...]:
        """What was done on the measures of a kind, by the name of its file; nothing where nothing was recorded."""
        return tuple(told for told in self.work if told.words.name == kind)

    def _facts(self, kind: type[_F]) -> _F:
        return next((told.facts for told in self.work if isinstance(told.facts, kind)), kind())

    @property
    def others(self) -> tuple[Told[Any], ...]:
        """What was done on kinds of measure that have no names here."""
        return tuple(told for told in self.work if not told.words.by_name)

    @property
    def counts(self) -> tuple[RepetitionFacts, ...]:
        """The counts that are told by themselves."""
        return self._facts(CountFacts).counts

    @property
    def totals(self) -> tuple[RepetitionFacts, ...]:
        """All counts, those within intervals too."""
        return self._facts(CountFacts).totals

    @property
    def images(self) -> tuple[ImageFacts, ...]:
        """The attempts, by what was shown."""
        return self._facts(TrialFacts).images

    @property
    def timings(self) -> tuple[TimingFacts, ...]:
        """Intervals and timed runs."""
        return self._facts(ClockFacts).timings

    @property
    def strays(self) -> tuple[RepetitionFacts, ...]:
        """Counts of what is told with intervals or runs that belonged to none."""
        return self._facts(ClockFacts).strays

    @property
    def readings(self) -> tuple[ReadingFacts, ...]:
        """Numbers that were read off."""
        return self._facts(ValueFacts).readings


class Earlier(Done, frozen=True, kw_only=True):
    """The same person's figures in the last session of the same group."""

    date: str
    minutes: Figure
    level: Figure | None
    cues: tuple[CueTypeFacts, ...]
    assistance: tuple[AssistanceFacts, ...]
    balance: BalanceFacts
    pain: tuple[Figure, ...]


class Facts(Done, frozen=True, kw_only=True):
    """Everything a note on one participant may say. What was not recorded is None, False or empty.

    `own_why` is why a group serves this participant, in the leader's words; `carry_over` are the everyday tasks
    chosen for them; `moments` are gradings and incidents as they followed each other; `pain_apart`
    is the course of pain unless all of it is told with incidents; `reported` and `observed` are the responses, said
    by the participant or seen by the leader; `beforehand` are the remarks made before work began.
    """

    header: HeaderFacts
    pronouns: str
    leader_word: str
    side_means: str = ""
    activity: ActivityFacts
    goals: tuple[str, ...] = ()
    own_why: Said | None = None
    carry_over: tuple[str, ...] = ()
    treated_rests: tuple[TreatedRestFacts, ...] = ()
    cues: CueFacts = CueFacts()
    assistance: tuple[AssistanceFacts, ...] = ()
    support: tuple[SupportFacts, ...] = ()
    starting_level: Figure | None = None
    ending_level: Figure | None = None
    level_reason: Said | None = None
    gradings: tuple[GradingFacts, ...] = ()
    moments: tuple[GradingFacts | IncidentFacts, ...] = ()
    in_force: tuple[StrategyFacts, ...] = ()
    balance: BalanceFacts = BalanceFacts()
    difficulty: Said | None = None
    directions: Said | None = None
    pain: tuple[Figure, ...] = ()
    pain_apart: tuple[Figure, ...] = ()
    exertion: tuple[Figure, ...] = ()
    balance_grades: tuple[Said, ...] = ()
    function_codes: tuple[Said, ...] = ()
    adverse: tuple[Said, ...] = ()
    responses: tuple[Said, ...] = ()
    reported: tuple[Said, ...] = ()
    observed: tuple[Said, ...] = ()
    plans: tuple[Said, ...] = ()
    beforehand: tuple[Said, ...] = ()
    remarks: tuple[Said, ...] = ()
    earlier: Earlier | None = None
    withheld: tuple[Withheld, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()

    @property
    def individual(self) -> bool:
        """Whether anything of this participant's own work was recorded: without it a note is a clone."""
        done = any(told.individual for told in self.work) or self.cues.by_type or self.gradings
        b = self.balance
        seen = b.falls or b.losses or b.unsteady or self.balance_grades or self.responses or self.adverse
        rated = self.assistance or self.difficulty or self.directions or self.function_codes
        return bool(done or seen or rated or self.pain or self.exertion)

    def figures(self) -> tuple[Figure, ...]:
        """Every figure that may stand in the note, each with its events."""
        return tuple(v for v in walk(self) if isinstance(v, Figure))

    def texts(self) -> tuple[str, ...]:
        """Every piece of text in the facts: names, words, times."""
        return tuple(v for v in walk(self) if isinstance(v, str))


def walk(value: object) -> Iterator[object]:
    """A value and everything in it, depth first."""
    yield value
    if isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from walk(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from walk(item)
