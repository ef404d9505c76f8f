"""Attempts at something of several parts, such as recalling a picture of three."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Annotated, Any, ClassVar, Literal

import msgspec
from msgspec import Meta

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId
from otgroup.record.fields import OptionalText, Seconds, Text
from otgroup.record.measure import PLACES, Measure, numbered
from otgroup.record.part import (
    Basis,
    Detail,
    Elapsed,
    Part,
    PartEvent,
    WorkPart,
    changed_one,
    iso_moment,
    replace,
    said,
)
from otgroup.record.tally_row import TallyRow
from otgroup.record.wording import joined
from otgroup.written import LONGEST_CLOCK_S, parse_count

MOST_ATTEMPTS = 999


class Trial(msgspec.Struct, frozen=True):
    """One attempt at one image (or at the only one): its phases and its score."""

    id: EventId
    measure: str
    image: int | None
    attempt: int
    at: datetime | None
    phase: Literal["shown", "walking", "drawing", "scored"] = "shown"
    walking_at: datetime | None = None
    drawing_at: datetime | None = None
    recalled: int | None = None
    correct: bool | None = None
    stated_delay_s: float | None = None

    @property
    def delay_s(self) -> float | None:
        """Seconds between taking the image away and drawing it, measured or stated."""
        if self.stated_delay_s is not None:
            return self.stated_delay_s
        if self.walking_at is None or self.drawing_at is None:
            return None
        return (self.drawing_at - self.walking_at).total_seconds()


class Trials(WorkPart, frozen=True):
    """A participant's attempts, oldest first."""

    attempts: tuple[Trial, ...] = ()

    def of(self, measure: str) -> tuple[Trial, ...]:
        """The attempts at one measure."""
        return tuple(trial for trial in self.attempts if trial.measure == measure)

    def find(self, trial: EventId) -> Trial | None:
        """The attempt that an event opened."""
        return next((one for one in reversed(self.attempts) if one.id == trial), None)

    @property
    def open(self) -> Trial | None:
        """The attempt that is under way, if one is."""
        return self.attempts[-1] if self.attempts and self.attempts[-1].phase != "scored" else None

    @property
    def unscored(self) -> tuple[Trial, ...]:
        """Every attempt without a score, oldest first: one that was given to them may be older than the last."""
        return tuple(trial for trial in self.attempts if trial.phase != "scored")

    @property
    def open_attempt(self) -> EventId | None:
        """The attempt that is under way: a cue given now belongs to it."""
        return self.open.id if self.open else None

    @property
    def work(self) -> tuple[Trial, ...]:
        """Every attempt."""
        return self.attempts


class Attempt(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt in the JSON; `of` says how many parts there are."""

    at: str | None = None
    image: int | None = None
    recalled: int | None = None
    of: int | None = None
    correct: bool | None = None


class TrialMeasure(Measure[Trials], frozen=True, kw_only=True, tag="trial"):
    """Attempts at something of several parts, such as recalling a picture of three."""

    held_in: ClassVar[type[Part]] = Trials

    parts: Annotated[int, Meta(ge=1, le=20)]
    part: Text
    parts_many: Text | None = None
    images: Annotated[int, Meta(ge=2, le=9)] | None = None
    """How many different ones there are; each attempt belongs to one."""
    delay_s: Seconds | None = None
    """About how long lies between being shown and recalling, in seconds."""
    done: OptionalText = ""
    """The word for parts that were right, for the note: recalled."""
    right: Text = "correct"
    """The words for an attempt that was right as a whole, for the note: drawn correctly."""

    @classmethod
    def columns_for(cls, measure_id: str, keys: Mapping[str, Any]) -> tuple[str, ...]:
        """`<id>_1` to `<id>_9`, and `<id>_image_1` to `_9` where there are several images."""
        return numbered(measure_id) + (numbered(f"{measure_id}_image") if keys.get("images") else ())

    def part_word(self, number: float) -> str:
        """The noun for parts that fits the number."""
        return self.part if number == 1 else self.parts_many or f"{self.part}s"

    def read(self, row: TallyRow) -> Iterator[Event]:
        """Parts recalled, attempt by attempt, of each image."""
        attempts: dict[int | None, int] = {}
        for place in range(1, PLACES + 1):
            column, image_column = f"{self.id}_{place}", f"{self.id}_image_{place}"
            image = self._image(row[image_column], image_column)
            if not row[column]:
                _needs(image, image_column, column)
                continue
            recalled = self._recalled(row[column], column)
            attempts[image] = attempts.get(image, 0) + 1
            opened = TrialOpened(**row.stamp(), measure=self.id, attempt=attempts[image], image=image)
            yield opened
            yield TrialScored(**row.stamp(), of=opened.id, recalled=recalled)

    def _recalled(self, cell: str, column: str) -> int:
        recalled = parse_count(cell, column)
        if recalled > self.parts:
            parts = f"{self.parts} {self.part_word(self.parts)}"
            raise BadInput(f"{column}: {shown(cell)} is more than there are, use 0 to {parts}")
        return recalled

    def _image(self, cell: str, column: str) -> int | None:
        if not cell:
            return None
        image, images = parse_count(cell, column), self.images or 1
        if not 1 <= image <= images:
            raise BadInput(f"{column}: {shown(cell)} is not one of the images, use 1 to {images}")
        return image

    def recorded(self, part: Trials, elapsed: Elapsed) -> list[Attempt] | None:
        """Every attempt, scored or not."""
        found = [
            Attempt(at=iso_moment(t.at), image=t.image, recalled=t.recalled, of=self.parts, correct=t.correct)
            for t in part.of(self.id)
        ]
        return found or None

    def text(self, part: Trials, elapsed: Elapsed) -> str:
        """The attempts of each image, in the order in which the images came up: `1: 2 of 3, 3 of 3`."""
        images = [(image, list(group)) for image, group in groupby(part.of(self.id), key=lambda trial: trial.image)]
        return "; ".join(
            (f"{image}: " if image is not None else "") + ", ".join(map(self._score, group))
            for image, group in images
        )

    def _score(self, trial: Trial) -> str:
        score = "not scored" if trial.recalled is None else f"{trial.recalled} of {self.parts}"
        return score + {True: ", drawn correctly", False: ", not drawn correctly", None: ""}[trial.correct]


def _needs(value: object, column: str, needed: str) -> None:
    """Refuse an image without the score it belongs to."""
    if value is not None:
        raise BadInput(f"{column}: is filled in although {needed} is empty, fill that in too or clear it")


# --- events ------------------------------------------------------------------------------------------


class TrialOpened(PartEvent[Trials], frozen=True, kw_only=True, omit_defaults=True):
    """An attempt began: something was shown that is to be recalled."""

    part: ClassVar[type[Part]] = Trials

    measure: str
    attempt: int
    image: int | None = None

    def changed(self, part: Trials, basis: Basis) -> Trials:
        """One more attempt."""
        return replace(
            part, attempts=(*part.attempts, Trial(self.id, self.measure, self.image, self.attempt, self.at))
        )

    def unfit(self, basis: Basis) -> str | None:
        """Where the group has no such trials, or no such image."""
        measure = basis.protocol.find(self.measure)
        if not isinstance(measure, TrialMeasure):
            return "this group has no trials"
        if self.image is not None and not 1 <= self.image <= (measure.images or 0):
            return f"{measure.many} go from 1 to {measure.images}" if measure.images else "there is only one image"
        return None if 1 <= self.attempt <= MOST_ATTEMPTS else f"attempts go from 1 to {MOST_ATTEMPTS}"

    def told(self, part: Trials | None, basis: Basis) -> str:
        """Say which attempt began: `picture 2, attempt 1`."""
        image = f" {self.image}" if self.image is not None else ""
        return f"{basis.protocol.one_of(self.measure)}{image}, attempt {self.attempt}"


class TrialStepped(Detail[Trials], frozen=True, kw_only=True, omit_defaults=True):
    """The attempt went on: what was shown is out of sight (walking), or is being drawn."""

    part: ClassVar[type[Part]] = Trials

    phase: Literal["walking", "drawing"]

    def changed(self, part: Trials, basis: Basis) -> Trials:
        """The attempt in its next phase."""
        begun = {"walking": "walking_at", "drawing": "drawing_at"}[self.phase]
        return replace(part, attempts=changed_one(part.attempts, self.of, phase=self.phase, **{begun: self.at}))

    def refused(self, part: Trials, basis: Basis) -> str | None:
        """Where the attempt is not there, or is over."""
        trial = part.find(self.of)
        over = "has a score for that attempt: undo it first"
        return Detail.refused(self, part, basis) or (over if trial and trial.phase == "scored" else None)

    def told(self, part: Trials | None, basis: Basis) -> str:
        """Say where the attempt is: `picture: walking`."""
        trial = part.find(self.of) if part else None
        return f"{basis.protocol.one_of(trial.measure)}: {self.phase}" if trial else self.phase


class TrialScored(Detail[Trials], frozen=True, kw_only=True, omit_defaults=True):
    """The attempt is over: parts recalled, drawn correctly or not, seconds of delay where measured apart."""

    part: ClassVar[type[Part]] = Trials

    recalled: int | None = None
    correct: bool | None = None
    delay_s: float | None = None

    def changed(self, part: Trials, basis: Basis) -> Trials:
        """The attempt with its score."""
        score = said({"recalled": self.recalled, "correct": self.correct, "stated_delay_s": self.delay_s})
        return replace(part, attempts=changed_one(part.attempts, self.of, phase="scored", **score))

    def refused(self, part: Trials, basis: Basis) -> str | None:
        """Where the attempt is not there, or more was recalled than it has parts."""
        if problem := Detail.refused(self, part, basis):
            return problem
        trial = part.find(self.of)
        measure = basis.protocol.find(trial.measure) if trial else None
        if (
            self.recalled is not None
            and isinstance(measure, TrialMeasure)
            and not 0 <= self.recalled <= measure.parts
        ):
            return f"was shown {measure.parts} {measure.part_word(measure.parts)}: 0 to {measure.parts} can be right"
        waited = self.delay_s is None or 0 <= self.delay_s <= LONGEST_CLOCK_S
        return None if waited else f"cannot wait less than 0 s or more than {LONGEST_CLOCK_S} s"

    def told(self, part: Trials | None, basis: Basis) -> str:
        """Say the score: `recalled 2 of 3, drawn correctly`."""
        trial = part.find(self.of) if part else None
        measure = basis.protocol.find(trial.measure) if trial else None
        parts = f" of {measure.parts}" if isinstance(measure, TrialMeasure) else ""
        words = [
            f"recalled {self.recalled}{parts}" if self.recalled is not None else "",
            {True: "drawn correctly", False: "not drawn correctly", None: ""}[self.correct],
            f"after {self.delay_s:g} s" if self.delay_s is not None else "",
        ]
        return joined(words) or "attempt over"
