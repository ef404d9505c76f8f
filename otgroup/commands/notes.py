"""`otgroup notes`: the notes of a session as files."""

import sys
from pathlib import Path

import click

from otgroup.clinic.notes import keep_handed_over, notes_of
from otgroup.commands.edge import say_lines, tell
from otgroup.commands.place import Place
from otgroup.export.folder import replaced_files, write_folder
from otgroup.export.form import ExportJob
from otgroup.export.formats import FORMATS, read_formats
from otgroup.export.handover import HandOver, hand_over, step_count


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
    with place.opened() as clinic:
        work = notes_of(clinic, session, template, person)
        for line in clinic.notices:
            tell(line)
    made = _handed_over(work, names)
    if any(note.signed for note in work.batch.notes):
        with place.opened(write=True, purpose="otgroup notes") as clinic:
            replaced = write_folder(
                out, made.files, overwrite=overwrite, keep=lambda: keep_handed_over(clinic, work, names, out)
            )
    else:
        replaced = write_folder(out, made.files, overwrite=overwrite)
    for line in dict.fromkeys((*work.batch.summary, *made.failed, *replaced_files(out, replaced))):
        tell(line)
    say_lines(str(out / name) for name in made.files)
    if made.failed:
        click.get_current_context().exit(1)


def _handed_over(work: ExportJob, formats: tuple[str, ...]) -> HandOver:
    """The files; where they take long and stderr is a terminal, a bar shows how far it is."""
    slow = any(FORMATS[name].slow for name in formats)
    if not slow or not sys.stderr.isatty():
        return hand_over(work, formats)
    with click.progressbar(length=step_count(work, formats), label="notes", file=sys.stderr) as bar:
        return hand_over(work, formats, lambda: bar.update(1))
