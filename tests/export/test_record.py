import json
from datetime import datetime
from typing import Any

import msgspec

from otgroup.export.record import session_record
from otgroup.export.record_text import record_text
from otgroup.record.course import Ended, Moved, Undone
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome, Recovery
from otgroup.record.parts.clocks import ClockDetail, ClockEnded, ClockStarted
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated
from otgroup.record.parts.presence import Arrived, Declined, Left, Rested, Resumed
from otgroup.record.parts.scores import Pain
from otgroup.record.parts.trials import TrialOpened, TrialScored
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from tests.strategies import Play, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben [/] King", short_name="Ben K.")


def game(group: str = "one-leg-stance") -> Play:
    play = Play(shipped(group))
    play.here(ADA, BEN)
    return play


def encoded(play: Play) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(msgspec.json.encode(session_record(play.state())))
    return record


def person(play: Play, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = encoded(play)["participants"][number]
    return found


def test_a_running_session_counts_to_its_last_event() -> None:
    play = game()
    play.at("10:12").add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    record = encoded(play)
    assert record["state"] == "running"
    assert "end" not in record
    assert record["start"] == "10:00"
    assert record["date"] == "2025-11-24"
    assert record["leader"] == "J. Rivera, OTR/L"
    assert [p["minutes"] for p in record["participants"]] == [12, 12]


def test_absent_means_not_recorded_and_a_written_zero_stays() -> None:
    play = game()
    assert person(play) == {"id": "ada", "name": "Ada Lovelace", "attendance": "present", "minutes": 0}
    play.add(Repetition, ADA.id, measure="taps", count=0, side=Side.LEFT)
    assert person(play)["measures"] == {"taps": {"left": 0}}


def test_coming_and_going() -> None:
    play = Play(shipped("one-leg-stance"))
    play.join(ADA, BEN)
    play.at("10:05").add(Arrived, ADA.id, late=True)
    play.at("10:20").add(Rested, ADA.id)
    play.at("10:24").add(Resumed, ADA.id)
    play.at("10:30").add(Left, ADA.id, reason="transport")
    play.add(Declined, BEN.id, reason="tired")
    play.at("10:40").add(Ended)
    ada, ben = encoded(play)["participants"]
    assert (ada["attendance"], ada["arrived"], ada["left"]) == ("left_early", "10:05", "10:30")
    assert (ada["minutes"], ada["rest_minutes"], ada["remarks"]) == (21, 4, ["transport"])
    assert ben == {"id": "ben", "name": BEN.name, "attendance": "declined", "minutes": 0, "remarks": ["tired"]}


def test_balance_is_told_only_as_far_as_it_was_stated() -> None:
    play = game()
    incident = play.add(BalanceIncident, ADA.id)
    assert not {"unsteady", "lob", "falls", "balance_watched"} & person(play).keys()
    play.add(BalanceDetail, ADA.id, of=incident.id, outcome=Outcome.LOB, recovery=Recovery.CONTACT)
    assert person(play)["lob"] == 1
    play.add(BalanceIncident, ADA.id, outcome=Outcome.FALL)
    play.add(BalanceWatched, BEN.id, watched=True, steady=True)
    assert person(play)["falls"] == 1
    ben = person(play, 1)
    assert (ben["lob"], ben["unsteady"], ben["balance_watched"]) == (0, 0, True)
    play.add(BalanceWatched, BEN.id, watched=False)
    assert person(play, 1)["balance_watched"] is False
    assert "lob" not in person(play, 1)


def test_grading_names_its_strategies_and_reason() -> None:
    play = game()
    grade = play.at("10:14").add(Graded, ADA.id, from_level=0, to_level=-1)
    play.add(GradeDetail, ADA.id, of=grade.id, strategy="one-hand", reason="swaying")
    play.at("10:20").add(Graded, ADA.id, from_level=-1, to_level=0, strategies=("one-hand",))
    ada = person(play)
    assert [(g["from"], g["to"], g.get("strategy"), g.get("reason")) for g in ada["grading"]] == [
        (0, -1, "one-hand", "swaying"),
        (-1, 0, "one-hand", None),
    ]
    assert ada["level"] == 0
    assert "strategies" not in ada
    assert datetime.fromisoformat(ada["grading"][0]["at"]).utcoffset() is not None


def test_a_strategy_that_takes_anothers_place_says_so() -> None:
    play = game("functional-grasp")
    play.add(LevelStated, ADA.id, level=-1, strategies=("seated",), reason="as on 17 Nov")
    grade = play.at("10:14").add(Graded, ADA.id, from_level=-1, to_level=0)
    play.add(GradeDetail, ADA.id, of=grade.id, strategy="standing", reason="steady")
    [change] = person(play)["grading"]
    assert (change["strategy"], change["ended"]) == ("standing", "seated")
    assert person(play)["strategies"] == ["standing"]
    text = record_text(play.state())
    assert "graded -1 to 0, a standing position in place of a seated position, steady" in text
    assert "level -1 with a seated position: as on 17 Nov" in text
    assert "with a standing position, in place of a seated position; steady" in text


def test_attempts_intervals_and_values() -> None:
    play = game("baoding-balls")
    interval = next(m.id for m in play.protocol.measures if m.kind == "interval")
    started = play.at("10:01").add(ClockStarted, ADA.id, measure=interval, target_s=120, side=Side.LEFT)
    play.at("10:02", 25).add(ClockEnded, ADA.id, of=started.id, how="stopped")
    [bout] = person(play)["measures"][interval]
    assert (bout["seconds"], bout["target"], bout["side"]) == (85, 120, "left")
    assert bout["at"].endswith("T10:01:00+00:00")
    play.add(ClockDetail, ADA.id, of=started.id, pattern="clockwise")
    again = play.at("10:03").add(ClockStarted, ADA.id, measure=interval, target_s=120, side=Side.LEFT)
    play.at("10:04").add(ClockEnded, ADA.id, of=again.id, how="stopped", reason="fatigue")
    first, second = person(play)["measures"][interval]
    assert (first["patterns"], first["how"], "reason" in first) == (["clockwise"], "stopped", False)
    assert ("patterns" in second, second["reason"]) == (False, "fatigue")
    text = record_text(play.state())
    assert "intervals: 1:25 of 2:00 left clockwise stopped, 1:00 of 2:00 left stopped (fatigue)" in text
    assert "Ada Lovelace: interval: clockwise" in text

    play = game("step-tap-align")
    trial = next(m.id for m in play.protocol.measures if m.kind == "trial")
    opened = play.at("10:03").add(TrialOpened, ADA.id, measure=trial, attempt=1, image=2)
    play.add(TrialScored, ADA.id, of=opened.id, recalled=2, correct=False)
    [attempt] = person(play)["measures"][trial]
    assert attempt.pop("at").endswith("T10:03:00+00:00")
    assert attempt == {"image": 2, "recalled": 2, "of": 3, "correct": False}


def test_pain_before_needs_two_scores() -> None:
    play = game()
    play.add(Pain, ADA.id, score=2)
    assert person(play)["pain"] == 2
    assert "pain_before" not in person(play)
    play.add(Pain, ADA.id, score=0)
    assert (person(play)["pain_before"], person(play)["pain"]) == (2, 0)


def test_events_stand_with_their_rightful_participant_and_the_undone_ones_too() -> None:
    play = game()
    cue = play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    play.add(Moved, event=cue.id, to=BEN.id)
    tap = play.add(Repetition, ADA.id, measure="taps", count=1, side=Side.LEFT)
    play.add(Undone, event=tap.id)
    incident = play.add(BalanceIncident, ADA.id)
    events = {event["id"]: event for event in encoded(play)["events"]}
    assert len(events) == len(play.log)
    assert events[cue.id]["participants"] == ["ben"]
    assert (events[tap.id]["undone"], events[cue.id]["undone"]) == (True, False)
    assert events[tap.id]["kind"] == "repetition"
    assert (events[tap.id]["measure"], events[tap.id]["count"], events[tap.id]["side"]) == ("taps", 1, "left")
    assert events[incident.id]["count"] == 1
    assert not {"outcome", "recovery"} & events[incident.id].keys()
    assert all(datetime.fromisoformat(e["entered"]).utcoffset() is not None for e in events.values())
    assert person(play, 1)["cues"] == {"verbal": 1}


def test_grade_events_use_the_words_of_the_contract() -> None:
    play = game()
    grade = play.add(Graded, ADA.id, from_level=0, to_level=1)
    [event] = [e for e in encoded(play)["events"] if e["id"] == grade.id]
    assert (event["from"], event["to"]) == (0, 1)


def test_plain_text_has_every_participant_and_the_log() -> None:
    play = game()
    play.at("10:05").add(CueGiven, ADA.id, type=Cue.VERBAL, count=1)
    tap = play.add(Repetition, BEN.id, measure="taps", count=1, side=Side.LEFT)
    play.add(Undone, event=tap.id)
    play.at("10:20").add(Ended)
    text = record_text(play.state())
    assert "1 Ada Lovelace: present, 20 min\n    cues: verbal 1\n" in text
    assert "10:05:00 Ada Lovelace: verbal cue, 1st\n" in text
    assert "Ben [/] King: left +1 (undone)\n" in text
