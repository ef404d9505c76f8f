"""The demo: recorded sessions played into a data folder, for their notes or for a live board."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from otgroup.demo.perform import Stage, ids_from, perform
from otgroup.demo.script import Script, read_script
from otgroup.errors import BadInput
from otgroup.export.folder import planned_files, replaced_files, write_folder
from otgroup.intake.people import read_people
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.event import Event
from otgroup.record.fold import fold
from otgroup.record.people import Person, PersonId
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.state import SessionState
from otgroup.store.clinic_files import ClinicFiles
from otgroup.store.folder import DataFolder, local_now

DEMO_FORMATS: Final = ("md", "txt")
SINCE_LAST: Final = timedelta(seconds=4)
"""How long ago the live session's last event was when its board opens."""


class Played(NamedTuple):
    """A session of the demo: its id, its script and its events."""

    id: str
    script: Script
    events: list[Event]


def batch(out: Path, data: Path | None = None, *, overwrite: bool = False) -> list[str]:
    """Play every recorded session and write the notes of each group's last to `out`; what was done, a line a
    group and a person.

    People and sessions stay in `data`, or in a temporary folder that is removed. Raises BadInput.
    """
    with _folder(data) as folder:
        if out.resolve() == folder.resolve():
            raise BadInput(f"{out}: is the data folder too, choose another folder for the notes")
        people, clinic_files = demo_people(), ClinicFiles(folder)
        played = [_played(script, people, clinic_files) for script in recorded()]
        files, summary = _notes(played, clinic_files)
        replaced = write_folder(out, files, overwrite=overwrite, keep=lambda: _keep(folder, people, played))
    return [*summary, *replaced_files(out, replaced)]


def live(data: Path | None = None, now: Callable[[], datetime] = local_now) -> int:
    """Open the live board of a group that has been running for some minutes; the app's exit status."""
    from otgroup.ui.app import run  # noqa: PLC0415 - Textual is imported only when a screen opens

    with _folder(data) as folder:
        return run(folder, board=prepare_live(folder, now()))


def prepare_live(folder: Path, now: datetime) -> str:
    """Put the people and the running session into a data folder; the session's id."""
    people = demo_people()
    script = next(script for script in scripts() if script.start is None)
    started = now.replace(microsecond=0) - script.length - SINCE_LAST
    played = _played(script, people, ClinicFiles(folder), started)
    _keep(folder, people, [played])
    return played.id


def demo_people() -> list[Person]:
    """The invented participants, with the same ids every time."""
    source = resources.files("otgroup.demo") / "people.csv"
    return read_people(source.read_bytes(), (), ids_from("people"), "people.csv")


def scripts() -> list[Script]:
    """Every shipped script, by file name."""
    folder = resources.files("otgroup.demo") / "sessions"
    found = [file for file in folder.iterdir() if file.name.endswith(".txt")]
    return [read_script(file.read_text("utf-8"), file.name) for file in sorted(found, key=lambda file: file.name)]


def recorded() -> list[Script]:
    """The sessions that took place at a stated time, oldest first."""
    dated = [(script.start, script) for script in scripts() if script.start]
    return [script for _, script in sorted(dated, key=lambda pair: pair[0])]


def _played(
    script: Script, people: Sequence[Person], clinic_files: ClinicFiles, started: datetime | None = None
) -> Played:
    begun = started or script.start
    if begun is None:
        raise BadInput(f'{script.source}: there is no start, begin the file with "start: YYYY-MM-DD HH:MM"')
    session = _session_id(begun, script.group)
    stage = Stage(session, begun, clinic_files.group(script.group), DEFAULT_SCALES, people)
    return Played(session, script, perform(script, stage, ids_from(session)))


def _session_id(started: datetime, group: str) -> str:
    """An id shaped like any other, but the same every time."""
    digits = blake2b(f"{started:%Y%m%d%H%M%S} {group}".encode(), digest_size=2).hexdigest()
    return f"{started:%Y%m%d}-{group}-{digits}"


def _notes(played: Sequence[Played], clinic_files: ClinicFiles) -> tuple[Mapping[str, bytes], list[str]]:
    """The files of the notes of each group's last session, and the summary's lines."""
    writer = NoteWriter(clinic_files.template)
    files: dict[str, bytes] = {}
    summary: list[str] = []
    for one in latest(played):
        state = fold(one.events)
        notes = write_batch(state, writer, context=NoteContext(earlier=before(one, played)))
        files |= planned_files(notes, state, DEMO_FORMATS)
        summary += [f"{state.protocol.title}, {state.started_at:%Y-%m-%d}", *notes.summary]
    return files, summary


def latest(played: Sequence[Played]) -> list[Played]:
    """The last session of each group, oldest first."""
    last = {one.script.group: one for one in played}
    return [one for one in played if last[one.script.group] is one]


def before(one: Played, played: Sequence[Played]) -> dict[PersonId, SessionState]:
    """For each participant their last session of this group before this one."""
    earlier = (fold(p.events) for p in played[: played.index(one)] if p.script.group == one.script.group)
    return {who: state for state in earlier for who in state.participants}


def _keep(folder: Path, people: Sequence[Person], played: Sequence[Played]) -> None:
    """Save people, leader and whole sessions in the data folder."""
    with DataFolder.open(folder, write=True, purpose="otgroup demo") as data:
        data.library.save_people(people)
        for one in played:
            data.library.remember_leader(one.script.leader)
            data.sessions.save_whole(one.events)


@contextmanager
def _folder(data: Path | None) -> Iterator[Path]:
    """An empty folder: the one given, or a temporary one that is gone afterwards. Raises BadInput."""
    if data is None:
        with TemporaryDirectory(prefix="otgroup-demo-") as temporary:
            yield Path(temporary)
        return
    if data.exists() and not data.is_dir():
        raise BadInput(f"{data}: is a file, name an empty or a new folder for the demo's data")
    if data.exists() and any(data.iterdir()):
        raise BadInput(f"{data}: holds something already, name an empty or a new folder for the demo's data")
    yield data
