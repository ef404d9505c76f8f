"""`otgroup sessions` and `show`: what was recorded, and the events behind each figure of the notes."""

import click

from otgroup.clinic.notes import writer
from otgroup.commands.edge import say, say_json, say_lines
from otgroup.commands.place import Place
from otgroup.export.evidence import evidence_lines, traced_figures
from otgroup.export.paper_text import paper_lines
from otgroup.export.record import session_record
from otgroup.export.record_text import record_text
from otgroup.notes.signing.papers import read_entries
from otgroup.store.summary import Summary


@click.command("sessions")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def sessions_command(place: Place, *, as_json: bool) -> None:
    """List the sessions, newest first."""
    with place.opened() as clinic:
        summaries = clinic.sessions()
    if as_json:
        say_json([_entry(summary) for summary in summaries])
    else:
        say_lines(_line(summary) for summary in summaries)


def _entry(summary: Summary) -> dict[str, object]:
    ended = {"end": f"{summary.ended_at:%H:%M}"} if summary.ended_at else {}
    return {
        "id": summary.id,
        "group": summary.group,
        "title": summary.title,
        "date": f"{summary.started_at:%Y-%m-%d}",
        "start": f"{summary.started_at:%H:%M}",
        **ended,
        "state": summary.state,
        "leader": str(summary.leader),
        "participants": summary.participants,
    }


def _line(summary: Summary) -> str:
    end = f"-{f'{summary.ended_at:%H:%M}'}" if summary.ended_at else ""
    when = f"{summary.started_at:%Y-%m-%d} {f'{summary.started_at:%H:%M}'}{end}"
    number = len(summary.participants)
    people = f"{number} participant{'' if number == 1 else 's'}"
    return f"{summary.id}  {when}  {summary.title}, {people}, {summary.state}"


@click.command("show")
@click.argument("session")
@click.option("--evidence", is_flag=True, help="Each figure of the notes with the events behind it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def show_command(place: Place, session: str, *, evidence: bool, as_json: bool) -> None:
    """Show a session: per participant what was recorded, and the events. A beginning of the id is enough."""
    with place.opened() as clinic:
        state = clinic.read(session)
        entries = read_entries(clinic.records.filed(session), state.id)
        figures = traced_figures(state, writer(clinic)) if evidence else ()
    if evidence and as_json:
        say_json(figures)
    elif evidence:
        say_lines(evidence_lines(figures))
    elif as_json:
        say_json(session_record(state, entries))
    else:
        say("\n".join([record_text(state).rstrip("\n"), *paper_lines(entries, state)]))
