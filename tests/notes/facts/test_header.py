"""The header of a note, and the index over all of them."""

from otgroup.export.folder import planned_files
from otgroup.export.layout import header_lines
from otgroup.notes.batch import write_batch
from otgroup.notes.facts.reading import facts_for
from otgroup.record.parts.balance import BalanceIncident, Outcome
from otgroup.record.parts.presence import Arrived, Rested, Resumed
from otgroup.record.parts.words import Plan, Remark
from tests.notes.told import ADA, BEN, WRITER, group
from tests.strategies import Play, shipped


def test_minutes_that_would_not_add_up_are_shown_with_seconds() -> None:
    play = Play(shipped("one-leg-stance"))
    play.join(ADA, BEN)
    play.at("10:06", 30).add(Arrived, ADA.id, BEN.id, late=True)
    play.at("10:13", 30).add(Rested, ADA.id)
    play.at("10:16", 30).add(Resumed, ADA.id)
    lines = dict(header_lines(facts_for(play.state("10:38"), ADA.id).header))
    assert lines["Total treatment time"] == "28 minutes (present 31 min 30 s, without 3 min of rest)"


def test_the_index_lists_what_must_be_seen() -> None:
    play = group("one-leg-stance")
    play.at("10:08").add(BalanceIncident, ADA.id, outcome=Outcome.LOB)
    play.at("10:09").add(BalanceIncident, ADA.id)
    play.add(Remark, ADA.id, text="beside Bob")
    play.add(Plan, ADA.id, text="Same.")
    state = play.state("10:30")
    files = planned_files(write_batch(state, WRITER), state, ["txt"])
    index = next(data for name, data in files.items() if "_index_" in name).decode()
    assert "present, 1 loss of balance, 1 open balance incident, remark withheld, no response recorded\n" in index
