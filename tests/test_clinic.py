"""What a leader does with a data folder, without a screen."""

import pytest

from otgroup.errors import NotSaved, Refused
from otgroup.record.parts.presence import Absent
from otgroup.record.people import Link, with_link
from tests.ui.screens import Bench


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    yield made
    made.clinic.close()


def test_goals_that_are_not_kept_say_what_it_was(bench, monkeypatch) -> None:
    desk = bench.clinic.resume(bench.start())
    ada, ben, _ = (with_link(one, Link("one-leg-stance", why="peers")) for one in bench.people)
    desk.record(Absent(**desk.pen.stamp(ben.id)))
    with monkeypatch.context() as full:
        full.setattr("os.write", _no_space)
        with pytest.raises(NotSaved, match=r"NOT SAVED: .*the disk is full"):
            bench.clinic.keep_link(desk, ada)
    with pytest.raises(Refused, match=r"^Ben Kettlewick is absent"):  # whatever alarm nobody has answered
        bench.clinic.keep_link(desk, ben)
    assert not any(person.links for person in bench.clinic.people())


def _no_space(*_: object) -> int:
    raise OSError(28, "No space left on device")
