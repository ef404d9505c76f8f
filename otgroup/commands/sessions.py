"""`otgroup sessions`, `show` and `notes`: what was recorded, and the notes written from it."""

import sys
from pathlib import Path

import click

from otgroup.commands.edge import say, say_json, say_lines, tell
from otgroup.commands.place import Place
from otgroup.errors import BadInput
from otgroup.export.folder import write_folder
from otgroup.export.formats import FORMATS, Work
from otgroup.export.handover import HandOver, hand_over, steps
from otgroup.export.record import clock_time, record_of
from otgroup.export.record_text import record_text
from otgroup.intake.roster import Roster
from otgroup.notes.batch import write_batch
from otgroup.notes.paper import read_papers
from otgroup.notes.writer import NoteWriter
from otgroup.session.people import PersonId
from otgroup.session.state import SessionState
from otgroup.store.summary import Summary


@click.command("sessions")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def sessions_command(place: Place, *, as_json: bool) -> None:
    """List the sessions, newest first."""
    with place.opened() as folder:
        summaries = folder.sessions.summaries()
    if as_json:
        say_json([_entry(summary) for summary in summaries])
    else:
        say_lines(_line(summary) for summary in summaries)


def _entry(summary: Summary) -> dict[str, object]:
    ended = {"end": clock_time(summary.ended_at)} if summary.ended_at else {}
    return {
        "id": summary.id,
        "group": summary.group,
        "title": summary.title,
        "date": f"{summary.started_at:%Y-%m-%d}",
        "start": clock_time(summary.started_at),
        **ended,
        "state": summary.state,
        "leader": str(summary.leader),
        "participants": summary.participants,
    }


def _line(summary: Summary) -> str:
    end = f"-{clock_time(summary.ended_at)}" if summary.ended_at else ""
    when = f"{summary.started_at:%Y-%m-%d} {clock_time(summary.started_at)}{end}"
    number = len(summary.participants)
    people = f"{number} participant{'' if number == 1 else 's'}"
    return f"{summary.id}  {when}  {summary.title}, {people}, {summary.state}"


@click.command("show")
@click.argument("session")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def show_command(place: Place, session: str, *, as_json: bool) -> None:
    """Show a session: per participant what was recorded, and the events. A beginning of the id is enough."""
    with place.opened() as folder:
        state = folder.sessions.read(session)
    if as_json:
        say_json(record_of(state))
    else:
        say(record_text(state).rstrip("\n"))


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
    with place.opened() as folder:
        state = folder.sessions.read(session)
        writer = NoteWriter(folder.shelf.template)
        papers = read_papers(folder.sessions.filed(session), state.id)
        earlier, only = folder.sessions.earlier(state), _participant(state, person)
        batch = write_batch(state, writer, template, only, earlier, papers=papers)
        work = Work(batch=batch, state=state)
    made = _handed_over(work, _formats(formats))
    write_folder(out, made.files, overwrite)
    for line in dict.fromkeys((*batch.summary, *made.failed)):
        tell(line)
    say_lines(str(out / name) for name in made.files)
    if made.failed:
        click.get_current_context().exit(1)


def _handed_over(work: Work, formats: list[str]) -> HandOver:
    """The files; where they take long and stderr is a terminal, a bar shows how far it is."""
    slow = any(FORMATS[name].slow for name in formats if name in FORMATS)
    if not slow or not sys.stderr.isatty():
        return hand_over(work, formats)
    with click.progressbar(length=steps(work, formats), label="notes", file=sys.stderr) as bar:
        return hand_over(work, formats, lambda: bar.update(1))


def _participant(state: SessionState, name: str | None) -> PersonId | None:
    if name is None:
        return None
    return Roster(participant.person for participant in state.board).find(name).id


def _formats(text: str) -> list[str]:
    formats = [part.strip().lower() for part in text.split(",") if part.strip()]
    if not formats:
        raise BadInput("--format: names no format, write for example md,txt")
    return list(dict.fromkeys(formats))
