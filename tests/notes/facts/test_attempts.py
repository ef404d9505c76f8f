"""Attempts at pictures and sequences in a note."""

from otgroup.record.parts.trials import TrialMeasure, TrialOpened, TrialScored
from tests.notes.told import ADA, body_of, group, like


def test_attempts_fit_any_trial_and_claim_no_completion() -> None:
    trial = TrialMeasure(id="steps", one="sequence", many="sequences", parts=4, part="step")
    play = group(like("one-leg-stance", measures=(trial,), grading=None))
    opened = play.add(TrialOpened, ADA.id, measure="steps", attempt=1)
    play.add(TrialScored, ADA.id, of=opened.id, recalled=2, correct=False)
    assert "The sequence was attempted once (2 of 4 steps; not correct)." in body_of(play).replace("\n", " ")


def test_pictures_complete_at_once_are_told_together() -> None:
    play = group("step-tap-align")
    for image, recalled in ((1, 3), (2, 2), (3, 3)):
        play.attempt(ADA.id, "image", image, attempt=1, recalled=recalled)
    told = "Pictures 1 and 3 were complete at the first attempt (3 of 3 parts recalled); picture 2 was attempted once"
    assert told in body_of(play)
