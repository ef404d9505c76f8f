"""A filled sheet is a session, or it has changed nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from otgroup.clinic.clinic import Clinic
from otgroup.clinic.paper import empty_sheet, keep_sheet
from otgroup.errors import BadInput, NotFound
from otgroup.record.people import Leader
from tests.store.games import ADA, BEN

TIMES = (datetime(2025, 11, 24, 10, tzinfo=UTC), datetime(2025, 11, 24, 11, tzinfo=UTC))
LEADER = Leader("J. Rivera", "OTR/L")


@pytest.fixture
def clinic(tmp_path: Path):
    with Clinic.open(tmp_path, write=True) as made:
        made.library.save_people([ADA, BEN])
        yield made


def test_an_empty_sheet_has_a_row_for_each_named_once(clinic) -> None:
    lines = empty_sheet(clinic, "one-leg-stance", [ADA.name, BEN.name, ADA.name]).splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [ADA.name, BEN.name]
    with pytest.raises(NotFound):
        empty_sheet(clinic, "one-leg-stance", ["Nobody Known"])


def test_a_sheet_that_is_refused_keeps_no_session_and_no_leader(clinic) -> None:
    bad = f"participant,attendance,pain\n{ADA.name},present,seven\n".encode()
    with pytest.raises(BadInput, match="pain"):
        keep_sheet(clinic, "one-leg-stance", TIMES, LEADER, (bad, "tally.csv"))
    assert (clinic.sessions(), clinic.leader()) == ([], None)


def test_a_sheet_that_is_sound_is_a_session_and_its_leader_is_remembered(clinic) -> None:
    good = f"participant,attendance,pain\n{ADA.name},present,7\n".encode()
    kept = keep_sheet(clinic, "one-leg-stance", TIMES, LEADER, (good, "tally.csv"))
    assert [row.id for row in clinic.sessions()] == [kept]
    assert clinic.leader() == LEADER
