"""Attempts at a picture: `s` steps them on, shown, walking, drawing, score."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final, Literal

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import Answer, CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.board.strip import Question
from otgroup.record.fields import SideName
from otgroup.record.participant import Participant
from otgroup.record.parts.trials import Trial, TrialMeasure, TrialOpened, Trials, TrialScored, TrialStepped
from otgroup.record.protocol import Protocol
from otgroup.written import parse_count

MOST_LETTERED_PARTS = 5


class TrialKeys(MeasureKeys[TrialMeasure, Trials]):
    """Trials: one key steps an attempt on."""

    def answers(self) -> Mapping[MeasureAction, Answer[TrialMeasure]]:
        """The key for the next step."""
        return {"trial": Answer("step an attempt on: shown, walking, drawing, score", step_trial)}

    def footer(self, measure: TrialMeasure, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """The footer names the key for the next step."""
        return {"trial": "trial"}

    def cue_sides(self, measure: TrialMeasure) -> tuple[SideName, ...]:
        """It has no sides."""
        return ()

    def figures(self, measure: TrialMeasure, part: Trials, view: CardView) -> CardRow:
        """`picture 2: 1 2 3 of 3`: the attempts at the latest one."""
        trials = part.of(measure.id)
        if not trials:
            return ()
        image = trials[-1].image
        scores = " ".join("·" if t.recalled is None else str(t.recalled) for t in trials if t.image == image)
        which = f" {image}" if image else ""
        return ((f"{measure.one}{which}: ", "dim"), (scores, "strong"), (f" of {measure.parts}", "dim"))

    def under_way(self, part: Trials, desk: Desk, now: datetime) -> CardRow:
        """The open attempt and its phase: `picture 2, attempt 1: walking`."""
        trial = part.open
        if trial is None:
            return ()
        return ((f"{_which(trial, desk)}: {trial.phase}", "accent"),)

    def open_point(self, part: Trials) -> str:
        """Attempts without a score."""
        number = len(part.unscored)
        return f"{number} attempts have no score" if number > 1 else "attempt has no score" if number else ""

    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """The score of the oldest attempt that has none."""
        for trial in participant.trials.unscored[:1]:
            ask_score(desk, participant, trial)
            return True
        return False


def step_trial(desk: Desk, measure: TrialMeasure) -> None:
    """Shown, walking, drawing, score: one key steps an attempt on."""
    participant = desk.one()
    if participant is None:
        return
    if not participant.here:
        desk.refuse(f"{desk.name(participant)} is not here: o says when they are")
        return
    trial = participant.trials.open
    if trial is None:
        _open_trial(desk, participant, measure)
    elif trial.phase == "drawing":
        ask_score(desk, participant, trial)
    else:
        phase: Literal["walking", "drawing"] = "walking" if trial.phase == "shown" else "drawing"
        desk.record(TrialStepped(**desk.pen.stamp(participant.person.id), of=trial.id, phase=phase))


def _open_trial(desk: Desk, participant: Participant, measure: TrialMeasure) -> None:
    """The same picture again until all its parts were recalled, then the next; a letter changes that."""
    mine = list(participant.trials.of(measure.id))
    image = _next_image(mine, measure)
    attempt = 1 + sum(t.image == image for t in mine)
    stamp = desk.pen.stamp(participant.person.id)
    opened = TrialOpened(**stamp, measure=measure.id, attempt=attempt, image=image)
    if not desk.record(opened) or not measure.images:
        return
    others = [n for n in range(1, measure.images + 1) if n != image]
    desk.offer(
        f"{desk.name(participant)} {measure.one} {image}, attempt {opened.attempt}:",
        [(f"no, {n}", partial(_instead, desk, opened, mine, n)) for n in others],
    )


def _instead(desk: Desk, opened: TrialOpened, mine: list[Trial], image: int) -> None:
    """The same attempt, begun at the same moment, at another picture."""
    stamp = desk.pen.stamp(*opened.participants, at=opened.at) if opened.at else desk.pen.stamp(*opened.participants)
    attempt = 1 + sum(t.image == image for t in mine)
    desk.replace(opened.id, TrialOpened(**stamp, measure=opened.measure, attempt=attempt, image=image))


def _next_image(mine: list[Trial], measure: TrialMeasure) -> int | None:
    if not measure.images:
        return None
    if not mine:
        return 1
    last = mine[-1]
    done = last.recalled == measure.parts
    return (last.image or 0) % measure.images + 1 if done else last.image


def _which(trial: Trial, desk: Desk) -> str:
    """`picture 2, attempt 1`."""
    image = f" {trial.image}" if trial.image else ""
    return f"{desk.state.protocol.measure(trial.measure).one}{image}, attempt {trial.attempt}"


def ask_score(desk: Desk, participant: Participant, trial: Trial) -> None:
    """How many parts were recalled in an attempt; which one is said where it is not the one under way."""
    measure = desk.state.protocol.measure(trial.measure)
    if not isinstance(measure, TrialMeasure):
        return
    which = "" if trial == participant.trials.open else f" {_which(trial, desk)},"
    whose = f"{desk.name(participant)}{which} {measure.part_word(0)} recalled of {measure.parts}:"

    def score(recalled: int) -> None:
        if desk.record(TrialScored(**desk.pen.stamp(participant.person.id), of=trial.id, recalled=recalled)):
            _ask_correct(desk, participant, trial)

    def typed(text: str) -> None:
        score(parse_count(text, "recalled", highest=measure.parts))

    if measure.parts <= MOST_LETTERED_PARTS:
        desk.offer(whose, [(str(n), partial(score, n)) for n in range(measure.parts + 1)])
    else:
        desk.ask(Question(whose, typed))


def _ask_correct(desk: Desk, participant: Participant, trial: Trial) -> None:
    def keep(*, correct: bool) -> None:
        desk.record(TrialScored(**desk.pen.stamp(participant.person.id), of=trial.id, correct=correct))

    desk.offer(
        f"{desk.name(participant)} drawn correctly?",
        [("yes", partial(keep, correct=True)), ("no", partial(keep, correct=False))],
    )


KEYS: Final = TrialKeys()
