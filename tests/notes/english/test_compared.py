"""What a note says of the last time."""

from otgroup.notes.facts.reading import facts_for
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import LevelStated
from tests.notes.told import ADA, BEN, WRITER
from tests.strategies import Play, shipped


def test_the_comparison_has_what_changed_or_says_that_nothing_did() -> None:
    def session(mark: str, date: str, verbal: int, level: int) -> Play:
        play = Play(shipped("one-leg-stance"), date=date, mark=mark)
        play.here(ADA, BEN)
        play.add(LevelStated, ADA.id, level=level)
        play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=verbal)
        play.add(CueGiven, ADA.id, type=Cue.TACTILE, count=2)
        return play

    then = session("a", "2025-01-20", 5, 0).state("10:30")
    now = facts_for(session("b", "2025-01-27", 3, 1).state("10:30"), ADA.id, then)
    same = facts_for(session("c", "2025-01-27", 5, 0).state("10:30"), ADA.id, then)
    assert "Since 20 January verbal cues went from 5 to 3, at level +1 (then 0)." in WRITER.write(now).body
    assert "Verbal cues and tactile cues were as on 20 January." in WRITER.write(same).body
