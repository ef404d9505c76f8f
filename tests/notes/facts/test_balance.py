"""Balance, support and pain in a note: what happened, when, and what belongs together."""

import pytest

from otgroup.notes.facts.reading import facts_for
from otgroup.record.parts.balance import BalanceIncident, Outcome, Recovery
from otgroup.record.parts.help import Support
from otgroup.record.parts.scores import Exertion, Pain
from tests.notes.told import ADA, body_of, group


def test_pain_asked_within_two_minutes_belongs_to_the_incident_and_support_to_its_time() -> None:
    play = group("one-leg-stance")
    play.at("10:02").add(Support, ADA.id, text="A gait belt")
    play.at("10:05").taps(ADA.id, 3, "taps", "left")
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:09").add(Pain, ADA.id, score=2)
    play.at("10:11").add(Support, ADA.id, text="A chair back")
    text = body_of(play)
    assert "At 10:08 she lost balance; pain was 2 of 10." in text
    assert text.count("2 of 10") == 1
    assert "a gait belt and from 10:11 a chair back" in text


def test_pain_of_a_course_is_told_whole() -> None:
    play = group("one-leg-stance")
    play.at("10:02").add(Pain, ADA.id, score=1)
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:12").add(Pain, ADA.id, score=4)
    play.at("10:20").add(Pain, ADA.id, score=1)
    assert "Pain rose from 1 to 4 and returned to 1 of 10." in body_of(play)


def test_bare_incidents_in_a_row_are_one_sentence_with_their_times() -> None:
    play = group("one-leg-stance")
    for at in ("10:05", "10:09", "10:12"):
        play.at(at).add(BalanceIncident, ADA.id, outcome=Outcome.UNSTEADY, recovery=Recovery.ALONE)
    assert "At 10:05, 10:09 and 10:12 she was unsteady and self-corrected." in body_of(play)


@pytest.mark.parametrize("template", ["narrative", "soap", "dap", "narrative-brief", "soap-brief", "dap-brief"])
def test_an_open_incident_and_missing_performance_are_told_in_the_note_itself(template) -> None:
    play = group("one-leg-stance")
    play.at("10:07").add(BalanceIncident, ADA.id)
    text = body_of(play, template)
    assert "A balance incident at 10:07 is still open" in text
    assert "No individual performance was recorded, so this note cannot be signed as it stands." in text
    assert "lost balance" not in text


def test_pain_and_exertion_alone_are_individual() -> None:
    play = group("one-leg-stance")
    play.add(Exertion, ADA.id, score=3)
    assert facts_for(play.state("10:30"), ADA.id).individual
