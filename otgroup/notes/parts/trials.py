"""Attempts in the notes: by what was shown, how many parts were right, with which cues."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar, Final

import msgspec

from otgroup.notes.english.grammar import Voice
from otgroup.notes.english.trials import best_phrase, images_phrase
from otgroup.notes.english.typed import capital
from otgroup.notes.entry import FigureEntry, cue_entries, figure_entries
from otgroup.notes.facts.cues import cue_sums
from otgroup.notes.facts.figures import Figure
from otgroup.notes.facts.kinds import AttemptFacts, ImageFacts
from otgroup.notes.facts.record import Record
from otgroup.notes.measure_words import Impossible, MeasureWords, Pair, Unfinished
from otgroup.record.event import Event, Pen
from otgroup.record.measure import Measure
from otgroup.record.participant import Participant
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.trials import Trial, TrialMeasure, TrialOpened, TrialScored
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


class TrialFacts(msgspec.Struct, frozen=True):
    """The attempts at each image (or at the only thing there is to recall)."""

    images: tuple[ImageFacts, ...] = ()


def _tries(facts: TrialFacts) -> dict[str, Figure]:
    """All attempts, by what they were at."""
    found: dict[str, Figure] = {}
    for image in facts.images:
        known = found.get(image.many, Figure(0, ()))
        found[image.many] = Figure(known.value + image.tries.value, known.events + image.tries.events)
    return found


class TrialWords(MeasureWords[TrialFacts]):
    """Attempts at something of several parts."""

    by_name: ClassVar = True
    outside: ClassVar = "outside the attempts"

    def facts(self, record: Record) -> TrialFacts | None:
        """The attempts by measure and image, images in the order they were first shown."""
        groups: dict[tuple[str, int | None], list[Trial]] = {}
        for trial in record.p.trials.attempts:
            groups.setdefault((trial.measure, trial.image), []).append(trial)
        made = (_image(record, measure, trials) for (measure, _), trials in groups.items())
        images = tuple(image for image in made if image)
        return TrialFacts(images) if images else None

    def individual(self, facts: TrialFacts) -> bool:
        """An attempt is theirs."""
        return bool(facts.images)

    def sentences(self, facts: TrialFacts, p: Voice) -> str:
        """Picture 1 was attempted 3 times (1, 2, then 3 of 3 parts recalled) with 3 verbal cues."""
        return f"{capital(images_phrase(facts.images))}."

    def in_brief(self, facts: TrialFacts, p: Voice) -> str:
        """Picture 1 reached 3 of 3 parts in 2 attempts."""
        return f"{capital(best_phrase(facts.images))}."

    def pairs(self, then: TrialFacts, now: TrialFacts) -> Iterator[Pair]:
        """How many attempts there were: cues belong to them. Scores are not set side by side, for other pictures are
        other tasks.
        """
        before = _tries(then)
        for many, tries in _tries(now).items():
            if many in before:
                yield Pair(f"attempts at {many}", before[many], tries)

    def entries(self, facts: TrialFacts) -> Iterator[FigureEntry]:
        """How often, and of each attempt its score, its delay and its cues."""
        for image in facts.images:
            yield from _entries(image, f"{image.one} {image.image}" if image.image else image.one)

    def unfinished(self, p: Participant, state: SessionState) -> Iterator[Unfinished]:
        """An attempt without a score."""
        for trial in p.trials.attempts:
            if trial.phase != "scored":
                text = f"an attempt{_at(trial.at, state)} has no score"
                yield Unfinished(finding="unscored", key=f"unscored:{trial.id}", text=text)

    def impossible(self, facts: TrialFacts) -> Iterator[Impossible]:
        """More parts recalled than there are."""
        for image in facts.images:
            for attempt in image.scored:
                if attempt.recalled and attempt.recalled.value > image.parts:
                    told = f"{attempt.recalled.value} of {image.parts} parts recalled"
                    yield Impossible("beyond-image", f"beyond:{attempt.events[0]}", told)

    @property
    def example_measures(self) -> tuple[Measure[Any], ...]:
        """Two pictures of three parts."""
        return (TrialMeasure(id="image", one="picture", many="pictures", parts=3, part="part", images=2),)

    def example(self, pen: Pen, who: PersonId, measure: TrialMeasure) -> list[Event]:
        """One attempt with cues, a score and a delay."""
        image = 1 if measure.images else None
        trial = TrialOpened(**pen.stamp(who), measure=measure.id, image=image, attempt=1)
        recalled = min(2, measure.parts)
        return [
            trial,
            CueGiven(**pen.stamp(who), type=Cue.VERBAL, count=2, trial=trial.id),
            TrialScored(**pen.stamp(who), of=trial.id, recalled=recalled, correct=True, delay_s=9),
        ]


def _image(record: Record, measure_id: str, trials: list[Trial]) -> ImageFacts | None:
    measure = record.protocol.find(measure_id)
    if not isinstance(measure, TrialMeasure):
        return None
    shown = trials[0].image
    ids = {t.id for t in trials}
    return ImageFacts(
        measure=measure.id,
        one=measure.one,
        many=measure.many,
        part=measure.part,
        parts_many=measure.part_word(2),
        parts=measure.parts,
        image=None if shown is None else Figure(shown, (trials[0].id,)),
        attempts=tuple(_attempt(record, t, n) for n, t in enumerate(trials, 1)),
        tries=Figure(len(trials), tuple(t.id for t in trials)),
        cues=cue_sums([c for c in record.p.cues.given if c.trial in ids], record.screen),
        done=measure.done,
        right=measure.right,
    )


def _attempt(record: Record, t: Trial, place: int) -> AttemptFacts:
    events = record.events(t.id, (t.id,))
    return AttemptFacts(
        number=Figure(place, (t.id,)),
        recalled=None if t.recalled is None else Figure(t.recalled, events),
        correct=t.correct,
        delay_s=None if t.delay_s is None else Figure(int(t.delay_s), events),
        cues=cue_sums([c for c in record.p.cues.given if c.trial == t.id], record.screen),
        events=events,
    )


def _at(at: datetime | None, state: SessionState) -> str:
    return f" at {at.astimezone(state.started_at.tzinfo):%H:%M}" if at else ""


def _entries(image: ImageFacts, name: str) -> Iterator[FigureEntry]:
    yield from figure_entries(name, "attempts", image.tries, "attempts")
    for attempt in image.attempts:
        which = f"attempt {attempt.number}"
        yield from figure_entries(
            name, f"{which}, recalled", attempt.recalled, f"of {image.parts} {image.parts_many}"
        )
        if attempt.correct is not None:
            yield FigureEntry(name, f"{which}, drawn correctly", attempt.correct, "", attempt.events)
        yield from figure_entries(name, f"{which}, delay", attempt.delay_s, "s")
        yield from cue_entries(name, attempt.cues, f"{which}, ", " cues")


WORDS: Final = TrialWords()
