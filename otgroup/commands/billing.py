"""`otgroup codes`, `minutes` and `units`: what a biller needs. Suggestions only; nothing is ever submitted."""

from collections.abc import Iterable
from datetime import date

import click

from otgroup.billing.billing_case import day_of
from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.rule_book import RuleBook
from otgroup.billing.units import CONVENTIONS, Allocation, RuleName
from otgroup.characters import shown
from otgroup.clinic.billing import keep_minutes, session_bills
from otgroup.clinic.clinic import Clinic
from otgroup.commands.edge import note, say, say_json, say_lines
from otgroup.commands.place import Place
from otgroup.errors import BadInput
from otgroup.export.billing_text import billing_text
from otgroup.intake.codes import MINUTES_A_DAY
from otgroup.intake.leaders import parse_leader
from otgroup.intake.minutes import TypedMinutes
from otgroup.intake.roster import Roster
from otgroup.record.people import Leader, Person
from otgroup.record.state import SessionState
from otgroup.written import EARLIEST, clean_text, parse_count, parse_date


@click.command("codes")
@click.argument("session")
@click.option("--stay-from", metavar="YYYY-MM-DD", help="When the stay began, for the share of group time; else all.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def codes_command(place: Place, session: str, stay_from: str | None, *, as_json: bool) -> None:
    """Suggest a session's codes, with minutes, units and reasons, for the therapist to confirm."""
    with place.opened() as clinic:
        state = clinic.read(session)
        billed = [bill.told for bill in session_bills(clinic, state, _stay_from(stay_from, state))]
    if as_json:
        say_json({"participants": billed})
    else:
        say(billing_text(state, billed).rstrip("\n"))


def _stay_from(text: str | None, state: SessionState) -> date:
    """The first day that counts: never after the session's own."""
    return EARLIEST if text is None else parse_date(text, "--stay-from", day_of(state))


# --- minutes -----------------------------------------------------------------------------------------


@click.group()
def minutes() -> None:
    """One-on-one time: enter, list or take back timed minutes outside any group."""


@minutes.command("add")
@click.argument("name", metavar="PERSON")
@click.option("--date", "day", required=True, metavar="YYYY-MM-DD", help="The day.")
@click.option("--start", required=True, metavar="HH:MM", help="When it began.")
@click.option("--end", required=True, metavar="HH:MM", help="When it ended.")
@click.option("--code", required=True, metavar="CODE", help="A timed code, such as 97112.")
@click.option("--leader", "led_by", metavar='"Name, credentials"', help="Who treated; else whoever led last.")
@click.pass_obj
def add_minutes(  # noqa: PLR0913, PLR0917 - one parameter for each option
    place: Place, name: str, day: str, start: str, end: str, code: str, led_by: str | None
) -> None:
    """Enter one-on-one time of one participant; refused where it overlaps a group or other one-on-one time."""
    typed = TypedMinutes(day, start, end, code, mark="--")
    with place.opened(write=True, purpose="otgroup minutes add") as clinic:
        person = _person(clinic, name)
        entry = keep_minutes(clinic, person, typed, _leader(clinic, led_by))
    say(_line(entry, person.name))


def _person(clinic: Clinic, name: str) -> Person:
    people = clinic.people()
    known = next((person for person in people if person.id == name), None)
    return known or Roster(people).find(name)


def _leader(clinic: Clinic, led_by: str | None) -> Leader:
    leader = clinic.leader() if led_by is None else parse_leader(led_by, "--leader")
    if leader is None:
        raise BadInput('--leader: nobody has led here yet, write --leader "Name, credentials"')
    return leader


@minutes.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def list_minutes(place: Place, *, as_json: bool) -> None:
    """List the one-on-one time that was entered, by when it was."""
    with place.opened() as clinic:
        entries = clinic.library.minutes()
        names = {person.id: person.name for person in clinic.people()}
    if as_json:
        say_json([_entry(entry, names.get(entry.person, "")) for entry in entries])
    else:
        say_lines(_line(entry, names.get(entry.person, entry.person)) for entry in entries)


@minutes.command("remove")
@click.argument("entry_id", metavar="ID")
@click.pass_obj
def remove_minutes(place: Place, entry_id: str) -> None:
    """Take one-on-one time back that was entered by mistake; the journal keeps that it was there."""
    with place.opened(write=True, purpose="otgroup minutes remove") as clinic:
        entry = clinic.library.remove_minutes(entry_id)
    note(f"taken back: {entry.date} {entry.times}, {entry.code}")


def _line(entry: OneOnOne, name: str) -> str:
    return f"{entry.id}  {entry.date} {entry.times}  {entry.minutes} min  {entry.code}  {name}  ({entry.leader})"


def _entry(entry: OneOnOne, name: str) -> dict[str, object]:
    return {
        "id": entry.id,
        "person": entry.person,
        "name": name,
        "date": f"{entry.date}",
        "start": f"{entry.start:%H:%M}",
        "end": f"{entry.end:%H:%M}",
        "minutes": entry.minutes,
        "code": entry.code,
        "leader": str(entry.leader),
        "entered": entry.entered.isoformat(),
    }


# --- units -------------------------------------------------------------------------------------------


@click.command("units")
@click.argument("pairs", nargs=-1, required=True, metavar="CODE=MINUTES ...")
@click.option(
    "--rule", type=click.Choice(list(CONVENTIONS)), default="8-minute", show_default=True, help="The payer's rule."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def units_command(place: Place, pairs: tuple[str, ...], rule: RuleName, *, as_json: bool) -> None:
    """Work out the units of one-on-one minutes: otgroup units 97112=24 97110=23."""
    with place.opened() as clinic:
        book = clinic.files.rules()
    told = CONVENTIONS[rule](_timed_minutes(pairs, book))
    if as_json:
        say_json({"rule": told.rule, "units": told.units, "codes": told.codes, "tie": told.tie})
    else:
        say_lines(_allocation(told))


def _timed_minutes(pairs: tuple[str, ...], book: RuleBook) -> dict[str, int]:
    found: dict[str, int] = {}
    for pair in pairs:
        code, equals, number = clean_text(pair, "units").partition("=")
        if not equals:
            raise BadInput(f"units: {shown(pair)} is not CODE=MINUTES, write for example 97112=24")
        code = book.timed(code.strip()).code
        if code in found:
            raise BadInput(f"units: {code} is named twice, add its minutes up")
        found[code] = parse_count(number, code, highest=MINUTES_A_DAY)
    return found


def _allocation(told: Allocation) -> Iterable[str]:
    yield from told.lines
    yield from (f"{code.code}  {code.units}" for code in told.codes)
