"""`otgroup notes`: the notes of a session as files."""

import secrets
import sys
from pathlib import Path

import click

from otgroup.commands.edge import say_lines, tell
from otgroup.commands.place import Place
from otgroup.export.folder import replaced_files, write_folder
from otgroup.export.form import ExportJob
from otgroup.export.formats import FORMATS, read_formats
from otgroup.export.handover import HandOver, hand_over, step_count
from otgroup.intake.roster import Roster
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.signing.papers import HandedOver, PaperPen, read_papers
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState
from otgroup.store.folder import DataFolder, local_now


@click.command("notes")
@click.argument("session")
@click.option("-o", "--output", "out", required=True, type=click.Path(path_type=Path), help="The folder for them.")
@click.option(
    "--format",
    "formats",
    default="md,txt",
    show_default=True,
    help=f"Formats, separated by commas: {', '.join(FORMATS)}.",
)
@click.option("--template", default="narrative", show_default=True, help="How a note is laid out.")
@click.option("--person", default=None, metavar="NAME", help="Only this participant's note.")
@click.option("--overwrite", is_flag=True, help="Replace notes that are there already.")
@click.pass_obj
def notes_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    place: Place, session: str, out: Path, formats: str, template: str, person: str | None, *, overwrite: bool
) -> None:
    """Write the notes of a session into a folder, all of them or none; prints the files' paths."""
    names = read_formats(formats)
    with place.opened() as folder:
        work = _work(folder, session, template, person)
        for line in folder.notices:
            tell(line)
    made = _handed_over(work, names)
    if any(note.signed for note in work.batch.notes):
        with place.opened(write=True, purpose="otgroup notes") as folder:
            replaced = write_folder(
                out, made.files, overwrite=overwrite, keep=lambda: _keep_on_record(folder, work, names, out)
            )
    else:
        replaced = write_folder(out, made.files, overwrite=overwrite)
    for line in dict.fromkeys((*work.batch.summary, *made.failed, *replaced_files(out, replaced))):
        tell(line)
    say_lines(str(out / name) for name in made.files)
    if made.failed:
        click.get_current_context().exit(1)


def _work(folder: DataFolder, session: str, template: str, person: str | None) -> ExportJob:
    """The notes that count: signed ones as they were signed, others from the record and its edits."""
    state = folder.sessions.read(session)
    papers = read_papers(folder.sessions.filed(session), state.id)
    earlier, only = folder.sessions.earlier(state), _participant(state, person)
    writer, entries = NoteWriter(folder.clinic_files.template), tuple(folder.library.minutes())
    batch = write_batch(state, writer, template, only, NoteContext(earlier=earlier, papers=papers, entries=entries))
    return ExportJob(batch=batch, state=state, letterhead=folder.clinic_files.letterhead())


def _keep_on_record(folder: DataFolder, work: ExportJob, formats: tuple[str, ...], out: Path) -> None:
    """That signed notes left the program: who led last, when, in which formats, where to."""
    pen = PaperPen(local_now, lambda: secrets.token_hex(8), folder.library.leader() or work.state.leader)
    signed = [note.participant for note in work.batch.notes if note.signed]
    live = folder.sessions.resume(work.state.id)
    try:
        live.file(*(HandedOver(**pen.stamp(who), formats=formats, to=str(out)) for who in signed))
    finally:
        live.close()


def _handed_over(work: ExportJob, formats: tuple[str, ...]) -> HandOver:
    """The files; where they take long and stderr is a terminal, a bar shows how far it is."""
    slow = any(FORMATS[name].slow for name in formats)
    if not slow or not sys.stderr.isatty():
        return hand_over(work, formats)
    with click.progressbar(length=step_count(work, formats), label="notes", file=sys.stderr) as bar:
        return hand_over(work, formats, lambda: bar.update(1))


def _participant(state: SessionState, name: str | None) -> PersonId | None:
    if name is None:
        return None
    return Roster(participant.person for participant in state.board).find(name).id
