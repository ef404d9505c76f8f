"""Facts: unknown is none, a recorded 0 stays 0, and every figure has its events."""

from otgroup.notes.batch import write_batch
from otgroup.notes.facts.reading import facts_for
from otgroup.notes.writer import NoteWriter
from otgroup.record.course import Moved, Undone, Voided
from otgroup.record.parts.balance import BalanceIncident, BalanceWatched
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.presence import Absent, Declined
from otgroup.record.parts.scores import Exertion
from otgroup.record.people import PersonId
from otgroup.record.sides import Side
from tests.notes import records
from tests.strategies import Play, load_template, person, shipped


def test_every_figure_names_events_of_the_journal() -> None:
    for make, who in ((records.step_tap_align, records.ADA.id), (records.one_leg_stance, records.JAMES.id)):
        state = make()
        known = {e.id for e in state.log}
        figures = facts_for(state, who).figures()
        assert len(figures) > 20
        assert all(f.events and known.issuperset(f.events) for f in figures)


def test_unknown_is_missing_and_a_written_zero_stays() -> None:
    play = Play(shipped("one-leg-stance"))
    ada, ben = person(0), person(1)
    play.here(ada, ben)
    play.add(Repetition, ada.id, measure="taps", count=0, side=Side.LEFT, at=None)
    play.add(CueGiven, ada.id, type=Cue.VERBAL, count=0, at=None)
    play.add(Exertion, ada.id, score=0)
    state = play.state("10:20")
    told, untold = facts_for(state, ada.id), facts_for(state, ben.id)
    assert told.counts[0].total.value == 0
    assert [c.type for c in told.cues.none_of] == ["verbal"]
    assert told.exertion
    assert (untold.counts, untold.cues.total, untold.exertion, untold.header.rest_minutes) == ((), None, (), None)
    body = NoteWriter(load_template).write(told).body
    assert "There were no toe taps with the left foot" in body
    assert "No verbal cues were given." in body
    assert "RPE was 0 (CR10)." in body


def test_an_undone_event_is_no_fact_and_a_moved_one_is_the_others() -> None:
    play = Play(shipped("one-leg-stance"))
    ada, ben = person(0), person(1)
    play.here(ada, ben)
    first = play.add(Repetition, ada.id, measure="taps", count=4, side=Side.LEFT)
    second = play.add(Repetition, ada.id, measure="taps", count=7, side=Side.RIGHT)
    play.add(Undone, event=first.id)
    play.add(Moved, event=second.id, to=ben.id)
    state = play.state("10:20")
    assert facts_for(state, ada.id).counts == ()
    assert facts_for(state, ben.id).counts[0].sides[0].count.value == 7


def test_an_open_incident_is_neither_and_forbids_saying_that_nothing_was_seen() -> None:
    play = Play(shipped("one-leg-stance"))
    ada = person(0, "she")
    play.here(ada, person(1))
    play.at("10:07").add(BalanceIncident, ada.id)
    play.add(BalanceWatched, ada.id, watched=True, steady=True)
    batch = write_batch(play.state("10:20"), NoteWriter(load_template), only=ada.id)
    told = "A balance incident at 10:07 is still open: whether it was unsteadiness, a loss of balance or a fall"
    assert told in batch.notes[0].body
    assert "no loss of balance" not in batch.notes[0].body
    assert any("10:07" in line and "still open" in line for line in batch.summary)


def test_an_assistant_is_not_called_a_therapist() -> None:
    state = records.one_leg_stance()
    started = state.log[0]
    leader = type(started.leader)("P. Soto", "COTA/L")  # type: ignore[attr-defined]
    import msgspec

    from otgroup.record.fold import fold

    state = fold((msgspec.structs.replace(started, leader=leader), *state.log[1:]))
    body = NoteWriter(load_template).write(facts_for(state, records.JAMES.id)).body
    assert "the OT assistant graded down" in body
    assert "therapist" not in body


def test_attendance_decides_who_gets_a_note() -> None:
    play = Play(shipped("one-leg-stance"))
    ada, ben, rosa, wen = (person(n) for n in range(4))
    play.here(ada)
    play.join(ben, rosa, wen)
    play.add(Absent, ben.id, reason="clinic visit")
    play.add(Declined, rosa.id, reason="upset by Ada")
    batch = write_batch(play.state("10:20"), NoteWriter(load_template))
    assert [n.participant for n in batch.notes] == [ada.id]
    assert [(m.name, m.attendance, m.reason) for m in batch.missed] == [
        ("James Okoro", "absent", "clinic visit"),
        ("Rosa Delgado", "declined", ""),
    ]
    assert batch.not_stated == ("Wen Zhao",)
    assert "James Okoro: missed treatment, absent (clinic visit)" in batch.summary
    assert "Rosa Delgado: reason withheld, it names a participant" in batch.summary
    assert batch.away == (
        "James Okoro: missed treatment, absent (clinic visit)",
        "Rosa Delgado: missed treatment, declined",
        "Wen Zhao: no note, attendance was never stated",
    )


def test_a_voided_session_gives_no_notes() -> None:
    import pytest

    from otgroup.errors import BadInput

    play = Play(shipped("one-leg-stance"))
    play.here(person(0))
    play.add(Voided)
    with pytest.raises(BadInput, match="voided"):
        write_batch(play.state(), NoteWriter(load_template), only=PersonId("p0"))
