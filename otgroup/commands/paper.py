"""`otgroup sheet` and `otgroup record`: a group kept on paper."""

import secrets
from pathlib import Path

import click

from otgroup.commands.edge import say
from otgroup.commands.place import Place, today
from otgroup.errors import BadInput
from otgroup.intake.csvfile import read_file
from otgroup.intake.leaders import parse_leader
from otgroup.intake.roster import Roster
from otgroup.intake.tally import Sitting, read_tally, session_times, sheet
from otgroup.record.event import Pen
from otgroup.record.people import Leader
from otgroup.store.files import write_whole
from otgroup.store.folder import DataFolder, local_now
from otgroup.store.sessions import new_session_id
from otgroup.written import parse_date


@click.command("sheet")
@click.argument("group_id", metavar="GROUP")
@click.option("--people", "names", default="", metavar='"A;B"', help="Participants, separated by semicolons.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.csv", help="Write to this new file.")
@click.pass_obj
def sheet_command(place: Place, group_id: str, names: str, output: Path | None) -> None:
    """Make an empty tally sheet: the group's columns, a row for each participant named."""
    with place.opened() as folder:
        group, known = folder.shelf.group(group_id), folder.library.people()
    roster = Roster(known)
    people = {
        person.id: person for name in names.split(";") if name.strip() for person in [roster.find(name.strip())]
    }
    text = sheet(group, list(people.values()), known)
    if output is not None and not output.name:
        raise BadInput("-o: names no file, write for example -o tally.csv")
    if output is None:
        say(text.rstrip("\n"))
    else:
        write_whole(output, text.encode(), overwrite=False)
        say(str(output))


@click.command("record")
@click.argument("group_id", metavar="GROUP")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day of the session.")
@click.option("--start", required=True, metavar="HH:MM", help="When it began.")
@click.option("--end", required=True, metavar="HH:MM", help="When it ended.")
@click.option("--leader", "led_by", required=True, metavar='"Name, credentials"', help="Who led it.")
@click.pass_obj
def record_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    place: Place, group_id: str, file: Path, day: str, start: str, end: str, led_by: str
) -> None:
    """Record a session from a filled tally sheet, whole or not at all; prints the session's id."""
    begin, finish = session_times(parse_date(day, "--date", today()), start, end)
    leader = parse_leader(led_by, "--leader")
    data = read_file(file)
    with place.opened(write=True, purpose="otgroup record") as folder:
        session = Sitting(
            id=new_session_id(begin, group_id),
            protocol=folder.shelf.group(group_id),
            leader=leader,
            start=begin,
            end=finish,
            scales=folder.shelf.scales(),
        )
        _record(folder, session, leader, data, str(file))
    say(session.id)


def _record(folder: DataFolder, session: Sitting, leader: Leader, data: bytes, source: str) -> None:
    pen = Pen(local_now, lambda: secrets.token_hex(8), str(leader), "tally")
    events = read_tally(data, session, folder.library.people(), pen, source)
    folder.sessions.save_whole(events)
    folder.library.remember_leader(leader)
