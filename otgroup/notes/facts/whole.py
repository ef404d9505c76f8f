"""What is true of one participant, as one frozen value; its parts stand in `fact_parts`."""

from collections.abc import Iterator

import msgspec

from otgroup.notes.facts.kinds import (
    Assist,
    Balance,
    Count,
    CueRecord,
    Earlier,
    Grading,
    Image,
    Incident,
    Reading,
    Timing,
)
from otgroup.notes.facts.plain import Activity, Figure, Header, Held, Said, TreatedRest, Way, Withheld


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a note on one participant may say. What was not recorded is None, False or empty.

    `own_why` is why a group serves this participant, in the leader's words; `carry_over` are the everyday tasks
    chosen for them; `counts` leaves out what is told with intervals or timed runs (`strays` are what of it belonged
    to none), `totals` has all of it; `moments` are gradings and incidents as they followed each other; `pain_apart`
    is the course of pain unless all of it is told with incidents; `reported` and `observed` are the responses, said
    by the participant or seen by the leader; `beforehand` are the remarks made before work began.
    """

    header: Header
    pronouns: str
    leader_word: str
    side_means: str = ""
    activity: Activity
    goals: tuple[str, ...] = ()
    own_why: Said | None = None
    carry_over: tuple[str, ...] = ()
    treated_rests: tuple[TreatedRest, ...] = ()
    counts: tuple[Count, ...] = ()
    strays: tuple[Count, ...] = ()
    totals: tuple[Count, ...] = ()
    images: tuple[Image, ...] = ()
    timings: tuple[Timing, ...] = ()
    readings: tuple[Reading, ...] = ()
    cues: CueRecord = CueRecord()
    assistance: tuple[Assist, ...] = ()
    support: tuple[Held, ...] = ()
    starting_level: Figure | None = None
    ending_level: Figure | None = None
    level_reason: Said | None = None
    gradings: tuple[Grading, ...] = ()
    moments: tuple[Grading | Incident, ...] = ()
    in_force: tuple[Way, ...] = ()
    balance: Balance = Balance()
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
    running_clocks: int = 0

    @property
    def individual(self) -> bool:
        """Whether anything of this participant's own work was recorded: without it a note is a clone."""
        done = self.counts or self.images or self.timings or self.readings or self.cues.by_type or self.gradings
        b = self.balance
        seen = b.falls or b.losses or b.unsteady or self.balance_grades or self.responses or self.adverse
        rated = self.assistance or self.difficulty or self.directions or self.function_codes
        return bool(done or seen or rated or self.strays or self.pain or self.exertion)

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
