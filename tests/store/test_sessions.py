"""Sessions in a data folder: started, gone on with, read by others meanwhile, listed, damaged, from the future."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from otgroup.errors import Damaged, InUse, NotFound, NotSaved, ReadOnly, Refused, StoreError
from otgroup.notes.signing.papers import Looked, PaperPen, read_papers
from otgroup.record.course import MOST_PARTICIPANTS, Ended, Reopened, Voided
from otgroup.record.event import Event
from otgroup.record.fold import fold
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.presence import Absent
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.sides import Side
from otgroup.store import chain
from otgroup.store.chain import DocumentChange
from otgroup.store.folder import DataFolder
from otgroup.store.journal import JournalStorage
from otgroup.store.sessions import new_session_id
from tests.store.games import ADA, BEN, ended, game
from tests.strategies import Play, shipped

NOW = datetime(2025, 11, 24, 12, 0, tzinfo=UTC)


def opened(path: Path, *, write: bool = False) -> DataFolder:
    return DataFolder.open(path, write=write, now=lambda: NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    with opened(tmp_path / "data", write=True) as data:
        yield data


def tap(made: Play) -> Event:
    return made.add(Repetition, ADA.id, measure="taps", count=1, side=Side.LEFT)


def journal(data: DataFolder, session_id: str) -> Path:
    return data.path / "sessions" / f"{session_id}.journal"


# --- one session ---------------------------------------------------------------------------------


def test_what_is_acknowledged_is_what_another_program_reads_and_what_is_gone_on_with(folder) -> None:
    made = game()
    live = folder.sessions.start(made.log)
    for _ in range(3):
        live.record(tap(made))
    with opened(folder.path) as reader:
        assert reader.sessions.read(live.state.id) == live.state == fold(made.log)
    live.close()
    again = folder.sessions.resume(live.state.id)
    again.record(tap(made))
    assert folder.sessions.read(live.state.id) == again.state == fold(made.log)
    assert again.state.participants[ADA.id].counts.total("taps", Side.LEFT) == 4


def test_several_events_are_one_change_there_or_not_there_together(folder) -> None:
    made = game()
    live = folder.sessions.start(made.log)
    before = journal(folder, live.state.id).read_bytes()
    live.record(tap(made), tap(made))
    live.close()
    whole = journal(folder, live.state.id).read_bytes()
    for cut in range(len(before) + 1, len(whole)):
        journal(folder, live.state.id).write_bytes(whole[:cut])
        assert folder.sessions.read(live.state.id).participants[ADA.id].counts.total("taps", Side.LEFT) is None


def test_a_refused_event_changes_neither_the_state_nor_the_file(folder, monkeypatch) -> None:
    made = game()
    live = folder.sessions.start(made.log)
    before, content = live.state, journal(folder, live.state.id).read_bytes()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.write", full)
    with pytest.raises(NotSaved, match="not saved, the disk is full"):
        live.record(tap(made))
    monkeypatch.undo()
    assert live.state is before
    assert journal(folder, live.state.id).read_bytes() == content


def test_a_session_is_not_begun_twice(folder) -> None:
    made = game()
    folder.sessions.save_whole(made.log)
    tap(made)
    with pytest.raises(StoreError):
        folder.sessions.save_whole(made.log)
    assert folder.sessions.read(made.state().id).participants[ADA.id].counts.entries == ()


@pytest.mark.parametrize("way", ["start", "save_whole"])
def test_a_session_that_may_not_be_recorded_is_not_begun(folder, way) -> None:
    made = game()
    made.join(*(Person(id=PersonId(f"x{n}"), name=f"Xeno {n}", short_name=f"X{n}") for n in range(MOST_PARTICIPANTS)))
    with pytest.raises(Refused, match="places"):
        getattr(folder.sessions, way)(made.log)
    assert folder.sessions.summaries() == []


def test_a_paper_that_would_spoil_the_journal_is_refused(folder) -> None:
    live = folder.sessions.start(game().log)
    pen = PaperPen(lambda: datetime(2026, 3, 2, 10, tzinfo=UTC), lambda: "x1", Leader("J. Rivera", "OTR/L"))
    live.file(Looked(**pen.stamp(ADA.id), finding="no-plan"))
    with pytest.raises(Refused, match="looked"):
        live.file(Looked(**pen.stamp(ADA.id), finding=7))
    assert read_papers(live.filed(), live.state.id)[ADA.id].looked == {"no-plan"}


def test_a_signature_is_known_by_its_kind_and_not_by_its_bytes(folder) -> None:
    live = folder.sessions.start(ended().log)
    live.close()
    by = '{"name": "J. Rivera", "credentials": "OTR/L"}'
    entry = f'"participant": "ada", "by": {by}, "role": "author"'
    docs = [f'{{"kind" : "signed", {entry}}}', f'{{"kind":"of later","was":{{"kind":"signed"}},{entry}}}']
    stamp = chain.JournalStamp("otgroup", "desk", lambda: NOW)
    path, aside = journal(folder, live.state.id), folder.path / "quarantine"
    written = JournalStorage(path, writable=True, stamp=stamp, quarantine=aside)
    written.append([DocumentChange("papers", n, doc.encode()) for n, doc in enumerate(docs, start=1)])
    written.close()
    [row] = folder.sessions.summaries()
    assert [(signing.participant, signing.by.name) for signing in row.signings] == [("ada", "J. Rivera")]


def test_a_paper_session_is_there_whole(folder) -> None:
    made = ended()
    state = folder.sessions.save_whole(made.log)
    assert folder.sessions.read(state.id) == state == made.state()


def test_who_only_reads_begins_no_session(tmp_path) -> None:
    with opened(tmp_path) as reader, pytest.raises(StoreError, match="opened only to be read"):
        reader.sessions.save_whole(ended().log)
    assert list(tmp_path.iterdir()) == []


def test_ids_say_day_and_group() -> None:
    made = new_session_id(NOW, "one-leg-stance")
    assert made.startswith("20251124-one-leg-stance-")
    assert len(made) == len("20251124-one-leg-stance-") + 4


# --- finding one ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("20251124-one-leg-stance-aaaa", "20251124-one-leg-stance-aaaa"),
        ("20251124", "20251124-one-leg-stance-aaaa"),
        ("20251101-one-leg-stance-b", "20251101-one-leg-stance-bbbb"),
    ],
)
def test_a_unique_beginning_of_an_id_is_enough(folder, asked, found) -> None:
    for made in (game(), game("2025-11-01", "bbbb"), game("2025-11-01", "cccc")):
        folder.sessions.save_whole(made.log)
    assert folder.sessions.read(asked).id == found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("20251101", "could be 20251101-one-leg-stance-bbbb, 20251101-one-leg-stance-cccc: give more of the id"),
        ("2026", 'there is no session "2026"'),
        ("", 'there is no session ""'),
        ("../library", 'there is no session "../library"'),
    ],
)
def test_what_is_not_one_session_is_refused(folder, asked, said) -> None:
    for made in (game(), game("2025-11-01", "bbbb"), game("2025-11-01", "cccc")):
        folder.sessions.save_whole(made.log)
    with pytest.raises(NotFound, match=said.replace(".", r"\.")):
        folder.sessions.read(asked)


# --- the list ------------------------------------------------------------------------------------


def told(data: DataFolder) -> list[tuple[str, str]]:
    return [(summary.id[-4:], summary.state) for summary in data.sessions.summaries()]


def test_the_list_is_newest_first_with_the_state_of_each(folder) -> None:
    voided = game("2025-11-03", "vvvv")
    voided.add(Voided)
    for made in (game("2025-11-10", "rrrr"), voided, ended("2025-11-17", "eeee")):
        folder.sessions.save_whole(made.log)
    assert told(folder) == [("eeee", "ended"), ("rrrr", "running"), ("vvvv", "voided")]
    [newest, *_] = folder.sessions.summaries()
    assert (newest.participants, newest.title) == (("Ada Lovelace", "Ben King"), shipped("one-leg-stance").title)


def test_the_index_answers_without_opening_journals_and_is_made_anew_where_it_is_behind(folder, monkeypatch) -> None:
    made = ended()
    state = folder.sessions.save_whole(made.log)
    assert told(folder) == [("aaaa", "ended")]
    opened_ids: list[str] = []
    summary = type(folder.sessions)._summary
    monkeypatch.setattr(
        type(folder.sessions), "_summary", lambda self, path: opened_ids.append(path.stem) or summary(self, path)
    )
    assert told(folder) == [("aaaa", "ended")]
    assert opened_ids == []
    live = folder.sessions.resume(state.id)
    live.record(made.at("10:40").add(Reopened))
    live.close()
    assert told(folder) == [("aaaa", "running")]
    assert opened_ids == [state.id]


def test_a_lost_index_is_rebuilt_from_the_journals(folder) -> None:
    folder.sessions.save_whole(ended().log)
    kept = folder.sessions.summaries()
    folder.close()
    (folder.path / "library.journal").unlink()
    with opened(folder.path) as reader:
        assert reader.sessions.summaries() == kept
    with opened(folder.path, write=True) as writer:
        assert writer.sessions.summaries() == kept


def test_who_only_reads_writes_no_index(folder) -> None:
    folder.sessions.save_whole(ended().log)
    before = (folder.path / "library.journal").exists()
    with opened(folder.path) as reader:
        assert told(reader) == [("aaaa", "ended")]
    assert (folder.path / "library.journal").exists() == before


# --- last time -----------------------------------------------------------------------------------


def test_earlier_is_each_persons_latest_session_of_this_group(folder) -> None:
    voided = game("2025-11-20", "vvvv")
    voided.add(Voided)
    absent = game("2025-11-17", "late", who=(BEN,))
    absent.join(ADA)
    absent.add(Absent, ADA.id)
    absent.at("10:30").add(Ended)
    running = game("2025-11-22", "runs")
    for made in (
        ended("2025-11-03", "frst"), ended("2025-11-10", "both"), absent, voided,
        ended("2025-11-21", "else", "baoding-balls"), ended("2025-12-01", "next"), running,
    ):  # fmt: skip
        folder.sessions.save_whole(made.log)
    found = folder.sessions.earlier(game().state())
    assert {person: state.id[-4:] for person, state in found.items()} == {ADA.id: "both", BEN.id: "late"}


def test_the_first_session_has_no_earlier_one(folder) -> None:
    made = ended()
    folder.sessions.save_whole(made.log)
    assert folder.sessions.earlier(made.state()) == {}


def test_a_damaged_earlier_session_gives_way_to_the_one_before_it(folder) -> None:
    for made in (ended("2025-11-03", "frst"), ended("2025-11-10", "both")):
        folder.sessions.save_whole(made.log)
    folder.sessions.summaries()
    [path] = (folder.path / "sessions").glob("*both.journal")
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    found = folder.sessions.earlier(game().state())
    assert {state.id[-4:] for state in found.values()} == {"frst"}
    assert any("both" in notice for notice in folder.notices)


def test_a_stray_file_among_the_journals_is_named_and_stops_nothing(folder) -> None:
    state = folder.sessions.save_whole(ended().log) or ended().state()
    stray = folder.path / "sessions" / "copy of it (1).journal"
    stray.write_bytes(b"x")
    assert [row.id for row in folder.sessions.summaries()] == [state.id]
    assert any(str(stray) in notice for notice in folder.notices)


# --- damage --------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    """Change one byte in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Take the end away, as a crash may leave it."""
    path.write_bytes(path.read_bytes()[:-7])


def no_start(path: Path) -> None:
    """A sound journal without a session in it."""
    folder_of = path.parent.parent
    path.write_bytes((folder_of / "library.journal").read_bytes())


def two(folder: DataFolder) -> tuple[str, str]:
    """A session that will be damaged, and another."""
    return tuple(folder.sessions.save_whole(ended("2025-11-17", mark).log).id for mark in ("bads", "good"))


@pytest.mark.parametrize("damage", [flip, no_start])
def test_a_damaged_journal_is_named_and_leaves_the_others_usable(folder, damage: Callable[[Path], None]) -> None:
    folder.library.save_people([ADA])
    bad, good = two(folder)
    damage(journal(folder, bad))
    for data in (folder, opened(folder.path)):
        with pytest.raises(Damaged, match=bad):
            data.sessions.read(bad)
        assert told(data) == [("good", "ended")]
        assert data.sessions.read(good).status == "ended"
        assert any(bad in notice for notice in data.notices)
        assert [bad in line for line in data.sessions.check(lambda *_: ())] == [True]


def test_the_same_damage_is_told_once(folder) -> None:
    bad, _ = two(folder)
    flip(journal(folder, bad))
    for _ in range(3):
        folder.sessions.summaries()
    assert len([notice for notice in folder.notices if bad in notice]) == 1


def test_an_unfinished_end_is_left_out_by_readers_and_set_aside_by_the_writer(folder) -> None:
    made = game()
    state = folder.sessions.save_whole(made.log)
    path = journal(folder, state.id)
    whole = path.read_bytes()
    live = folder.sessions.resume(state.id)
    live.record(tap(made))
    live.close()
    cut(path)
    tail = path.read_bytes()[len(whole) :]
    assert folder.sessions.read(state.id) == state
    again = folder.sessions.resume(state.id)
    again.close()
    assert again.state == state
    assert path.read_bytes() == whole
    assert [kept.read_bytes() for kept in (folder.path / "quarantine").iterdir()] == [tail]
    assert any("unfinished" in notice for notice in folder.notices)


def test_a_session_of_a_newer_otgroup_is_read_and_never_written(folder, monkeypatch) -> None:
    made = game()
    with monkeypatch.context() as later:
        later.setattr(chain, "JOURNAL_SCHEMA", chain.JOURNAL_SCHEMA + 1)
        state = folder.sessions.save_whole(made.log)
    content = journal(folder, state.id).read_bytes()
    assert folder.sessions.read(state.id) == state
    live = folder.sessions.resume(state.id)
    with pytest.raises(ReadOnly, match="newer OTGroup"):
        live.record(tap(made))
    live.close()
    assert journal(folder, state.id).read_bytes() == content
    assert any("update OTGroup" in notice for notice in folder.notices)


def test_a_second_instance_is_told_who_is_here_and_still_reads(folder) -> None:
    made = folder.sessions.save_whole(ended().log)
    with pytest.raises(InUse, match="is in use by the OTGroup with process"):
        opened(folder.path, write=True)
    with opened(folder.path) as reader:
        assert reader.sessions.read(made.id) == made


def test_the_folder_is_free_again_after_closing(tmp_path) -> None:
    opened(tmp_path, write=True).close()
    opened(tmp_path, write=True).close()


def test_a_journal_closed_takes_nothing_more(folder) -> None:
    made = game()
    live = folder.sessions.start(made.log)
    live.close()
    with pytest.raises(ReadOnly):
        live.record(tap(made))
