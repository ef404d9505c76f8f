"""Bills and one-on-one time with what the data folder holds besides."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from otgroup.clinic.billing import keep_minutes, session_bills
from otgroup.clinic.clinic import Clinic
from otgroup.errors import BadInput
from otgroup.intake.minutes import TypedMinutes
from otgroup.record.people import Leader
from otgroup.record.state import SessionState
from otgroup.store.folder import DataFolder
from tests.store.games import ADA, BEN, ended

NOW = datetime(2025, 11, 25, 12, 0, tzinfo=UTC)
LEADER = Leader("J. Rivera", "OTR/L")


@pytest.fixture
def clinic(tmp_path: Path):
    folder = DataFolder.open(tmp_path, write=True, now=lambda: NOW)
    with Clinic(folder, lambda: NOW, iter(f"m{n}" for n in range(99)).__next__) as made:
        yield made


def kept(clinic: Clinic, *days: str, setting: str = "") -> list[SessionState]:
    who = tuple(msgspec.structs.replace(person, setting=setting) for person in (ADA, BEN))
    return [clinic.records.save_whole(ended(day, who=who).log) for day in days]


def test_a_damaged_earlier_session_stops_no_bill_and_no_minutes(clinic) -> None:
    bad, today = kept(clinic, "2025-11-23", "2025-11-24", setting="SNF Part A")
    clinic.sessions()
    path = clinic.path / "sessions" / f"{bad.id}.journal"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert len(session_bills(clinic, today)) == 2
    begun = today.started_at.astimezone()
    typed = TypedMinutes(f"{begun:%Y-%m-%d}", f"{begun:%H:%M}", "23:59", "97112")
    with pytest.raises(BadInput, match="One-leg stance"):
        keep_minutes(clinic, ADA, typed, LEADER)
    assert clinic.library.minutes() == []
    assert any(bad.id in notice for notice in clinic.notices)


def test_a_voided_session_is_never_billed(clinic) -> None:
    [state] = kept(clinic, "2025-11-24")
    clinic.open_session(state.id)
    with pytest.raises(BadInput, match="voided"):
        session_bills(clinic, clinic.void())
