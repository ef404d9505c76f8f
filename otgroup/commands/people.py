"""`otgroup people`: the participants a clinic knows."""

from pathlib import Path

import click

from otgroup.commands.edge import say, say_json, say_lines
from otgroup.commands.place import Place
from otgroup.intake.csvfile import read_file
from otgroup.intake.people import read_people
from otgroup.record.people import Person


@click.group()
def people() -> None:
    """Participants: import them from a CSV file, or list them."""


@people.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def import_people(place: Place, file: Path) -> None:
    """Add and update participants from FILE.csv, all of its rows or none.

    Columns: name (needed), short_name, pronouns, record_number, setting, deficits, goals, precautions;
    lists are separated by semicolons. A known record number, or without one a known name, updates.
    """
    data = read_file(file)
    with place.opened(write=True, purpose="otgroup people import") as clinic:
        known = clinic.people()
        updates = read_people(data, known, clinic.new_id, str(file))
        clinic.library.save_people(updates)
    ids = {person.id for person in known}
    updated = sum(person.id in ids for person in updates)
    say(f"{len(updates) - updated} added, {updated} updated")


@people.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def list_people(place: Place, *, as_json: bool) -> None:
    """List the known participants by name."""
    with place.opened() as clinic:
        known = clinic.people()
    if as_json:
        say_json(known)
    else:
        say_lines(_line(person) for person in known)


def _line(person: Person) -> str:
    known = (f"({person.record_number})" if person.record_number else "", person.setting, "; ".join(person.goals))
    return "  ".join(filter(None, [person.name, *known]))
