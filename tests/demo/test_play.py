"""The shipped demo: every script plays, with the figures it was written for, the same at every run."""

import re
import sys
from collections import Counter
from datetime import datetime, timedelta, timezone
from types import ModuleType

import pytest

from otgroup.demo import play
from otgroup.demo.perform import Stage, ids_from, perform
from otgroup.errors import BadInput
from otgroup.record.event import Event
from otgroup.record.fold import fold
from otgroup.record.participant import Participant
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.presence import Whereabouts
from otgroup.record.people import Person
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.state import SessionState
from otgroup.store.clinic_files import ClinicFiles
from otgroup.store.folder import DataFolder

NOW = datetime(2026, 11, 24, 10, 12, 41, 500_000, tzinfo=timezone(timedelta(hours=-5)))
GROUPS = ("one-leg-stance", "step-tap-align", "baoding-balls", "functional-grasp")


def events_of(name: str, people: list[Person], clinic_files: ClinicFiles) -> list[Event]:
    script = next(script for script in play.scripts() if script.source == f"{name}.txt")
    stage = Stage(name, script.start or NOW, clinic_files.group(script.group), DEFAULT_SCALES, people)
    return perform(script, stage, ids_from(name))


@pytest.fixture
def played(tmp_path):
    def one(name: str) -> SessionState:
        return fold(events_of(name, play.demo_people(), ClinicFiles(tmp_path)))

    return one


def one_of(state: SessionState, first_name: str) -> Participant:
    return next(p for p in state.board if p.person.name.startswith(f"{first_name} "))


def test_no_two_people_share_a_part_of_a_name():
    people = play.demo_people()
    parts = Counter(part for person in people for part in person.name.split())
    assert len(people) >= 8
    assert set(parts.values()) == {1}
    assert {p.pronouns for p in people} == {"she", "he", "they", ""}
    assert all(p.record_number.startswith("DEMO-") and p.goals and p.setting for p in people)


def test_each_group_has_one_session_whose_notes_are_written():
    played = [play.Played(script.source, script, []) for script in play.recorded()]
    assert [one.script.group for one in play.latest(played)] == list(GROUPS)
    assert [one.id for one in play.latest(played)] == [f"{group}.txt" for group in GROUPS]
    assert [script.source for script in play.scripts() if script.start is None] == ["live-one-leg-stance.txt"]


@pytest.mark.parametrize("name", GROUPS)
def test_a_recorded_session_is_whole(played, name):
    state = played(name)
    missing = [p for p in state.board if p.presence.now in (Whereabouts.ABSENT, Whereabouts.DECLINED)]
    assert (len(state.board), state.status) == (8, "ended")
    assert len(missing) <= 1
    assert timedelta(minutes=30) <= state.until() - state.started_at <= timedelta(minutes=45)
    assert not any(p.balance.open_incident or p.trials.open or p.clocks.running() for p in state.board)
    assert {p.presence.attendance for p in state.board} >= {"present", "late", "left_early"}
    for p in state.board:
        assert p in missing or (p.words.of("plan") and p.words.of("response")), p.person.name


@pytest.mark.parametrize("name", GROUPS)
def test_who_began_as_in_the_last_session_was_in_it_and_ended_so(played, name):
    before, state = played(f"{name}-before"), played(name)
    told = [e for e in state.effective if isinstance(e, LevelStated) and "last session" in e.reason]
    for event in told:
        for who in event.participants:
            then = before.participants[who].grading
            assert (then.level, then.in_force) == (event.level, event.strategies), who
    for event in state.effective:
        words = " ".join(str(getattr(event, field, "")) for field in ("text", "reason", "response"))
        if event not in told and re.search(r"last (?:time|session|week)|yesterday|than before", words):
            assert all(before.participants.get(who) for who in event.participants), words


@pytest.mark.parametrize("name", GROUPS)
def test_nobody_is_named_in_anothers_words(played, name):
    state = played(name)
    parts = {part for p in state.board for part in p.person.name.split()}
    for p in state.board:
        texts = [w.text for w in p.words.said] + [g.reason + " " + g.response for g in p.grading.changes]
        assert not parts & set(" ".join(texts).replace(".", " ").replace(",", " ").split()), p.person.name


def test_the_eight_on_one_leg_differ(played):
    state = played("one-leg-stance")
    figures = {
        p.person.name.split()[0]: (
            p.presence.minutes(state.elapsed(state.until())),
            p.counts.total("taps", "left"),
            p.counts.total("taps", "right"),
            p.grading.level,
            len(p.balance.incidents),
            p.balance.watched,
        )
        for p in state.board
    }
    assert figures == {
        "Ada": (38, 60, 50, 2, 1, True),
        "Ben": (28, 24, 20, -1, 1, True),
        "Corwin": (38, 50, 50, 0, 0, True),
        "Delphine": (21, 20, 18, 0, 0, True),
        "Emrys": (38, 15, 14, None, 0, None),
        "Fenella": (35, 25, 24, 0, 2, True),
        "Gideon": (0, None, None, None, 0, None),
        "Ottoline": (34, 20, 20, -1, 1, True),
    }


def test_a_moved_and_an_undone_cue_on_one_leg(played):
    state = played("one-leg-stance")
    assert (len(state.undone), len(state.moved)) == (1, 1)
    assert one_of(state, "Emrys").cues.by_type == {"verbal": 3}
    assert "verbal" not in one_of(state, "Ottoline").cues.by_type


def test_attempts_keep_their_cues_and_scores(played):
    state = played("step-tap-align")
    hester = one_of(state, "Hester")
    assert [(t.image, t.attempt, t.recalled) for t in hester.trials.attempts] == [
        (1, 1, 1),
        (1, 2, 2),
        (1, 3, 3),
        (2, 1, 2),
        (2, 2, 3),
    ]
    assert all(c.trial for c in hester.cues.given)
    assert hester.presence.minutes(state.elapsed(state.until())) == 40
    assert next((a.level, a.helpers) for a in one_of(state, "Kasimir").help.assistance) == ("minimal", 2)


def test_intervals_and_timed_runs(played):
    nerissa = one_of(played("baoding-balls"), "Nerissa")
    assert [(c.target_s, c.how) for c in nerissa.clocks.bouts] == [(120, "done"), (120, "stopped"), (60, "done")]
    quentin = one_of(played("functional-grasp"), "Quentin")
    assert (quentin.counts.total("planned"), quentin.counts.total("placed", "right")) == (30, 24)


def test_at_the_live_sessions_end_all_eight_are_at_it(played):
    state = played("live-one-leg-stance")
    assert [p.presence.now for p in state.board] == [Whereabouts.HERE] * 8
    assert not any(p.balance.open_incident or p.clocks.running() for p in state.board)
    assert (state.status, state.paused) == ("running", False)
    assert timedelta(minutes=11) <= state.last_at - state.started_at <= timedelta(minutes=13)


def test_the_live_session_was_recorded_up_to_now(tmp_path):
    session = play.prepare_live(tmp_path / "data", NOW)
    with DataFolder.open(tmp_path / "data") as data:
        state = data.sessions.read(session)
        assert len(data.library.people()) == len(play.demo_people())
    assert timedelta(0) < NOW - state.last_at < timedelta(seconds=10)
    assert state.status == "running"


def test_live_opens_the_board_of_the_running_session(tmp_path, monkeypatch):
    opened = []
    app = ModuleType("otgroup.ui.app")
    app.run = lambda data, *, board: opened.append((data.is_dir(), board, data)) or 0
    monkeypatch.setitem(sys.modules, "otgroup.ui.app", app)
    assert play.live(None, now=lambda: NOW) == 0
    [(there, board, data)] = opened
    assert (there, board[:24]) == (True, "20261124-one-leg-stance-")
    assert not data.exists()


@pytest.mark.parametrize("what", ["file", "full"])
def test_a_data_folder_in_use_is_refused(tmp_path, what):
    data = tmp_path / "data"
    if what == "full":
        data.mkdir()
        (data / "library.journal").write_text("x")
    else:
        data.write_text("x")
    with pytest.raises(BadInput, match="name an empty or a new folder"):
        play.batch(tmp_path / "out", data)
    assert not (tmp_path / "out").exists()


def test_notes_do_not_go_into_the_data_folder(tmp_path):
    with pytest.raises(BadInput, match="is the data folder too"):
        play.batch(tmp_path / "both", tmp_path / "both")


def test_the_batch_is_the_same_at_every_run(tmp_path):
    runs = []
    for run in ("one", "two"):
        lines = play.batch(tmp_path / run)
        runs.append((lines, {file.name: file.read_bytes() for file in (tmp_path / run).iterdir()}))
    assert runs[0] == runs[1]
    lines, files = runs[0]
    assert "One-leg stance with cross-midline tap, 2026-03-10" in lines
    assert "Ada Larkspur: note written" in lines
    assert len(lines) >= 36
    assert sum(name.endswith(".txt") and "index" not in name for name in files) >= 29


def test_the_batch_leaves_people_and_sessions_in_the_given_folder(tmp_path):
    play.batch(tmp_path / "out", tmp_path / "data")
    with DataFolder.open(tmp_path / "data") as data:
        assert {row.group for row in data.sessions.summaries()} == set(GROUPS)
        assert len(data.library.people()) == len(play.demo_people())


def test_a_second_batch_into_the_same_folder_is_refused_unless_told(tmp_path):
    play.batch(tmp_path / "out")
    with pytest.raises(BadInput):
        play.batch(tmp_path / "out", tmp_path / "data")
    assert not (tmp_path / "data").exists()
    play.batch(tmp_path / "out", overwrite=True)
