"""`otgroup groups`: the group files that can be run here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from otgroup.characters import shown
from otgroup.commands.edge import note, say, say_json, say_lines
from otgroup.commands.place import Place
from otgroup.errors import BadInput
from otgroup.group.copying import copied
from otgroup.intake.csvfile import read_file
from otgroup.record.parts.grading import Strategy
from otgroup.record.protocol import AnyMeasure, Protocol
from otgroup.store.files import make_folder, write_whole


@click.group()
def groups() -> None:
    """Groups: the activities that can be run, each a file."""


@groups.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for other programs.")
@click.pass_obj
def list_groups(place: Place, *, as_json: bool) -> None:
    """List the groups that can be run; broken files are told on stderr."""
    with place.opened() as clinic:
        found, problems = clinic.files.groups(), clinic.files.problems()
    if as_json:
        say_json([_entry(group) for group in found])
    else:
        widest = max((len(group.id) for group in found), default=0)
        say_lines(f"{group.id:<{widest}}  {group.title}" for group in found)
    for problem in problems:
        note(problem)


def _entry(group: Protocol) -> dict[str, object]:
    measures = [{"id": m.id, "kind": m.kind, "columns": m.columns} for m in group.measures]
    return {"id": group.id, "title": group.title, "area": group.area, "measures": measures, "cues": group.cues}


@groups.command("show")
@click.argument("group_id", metavar="ID")
@click.pass_obj
def show_group(place: Place, group_id: str) -> None:
    """Show one group: what is done, what is recorded, how it is graded."""
    with place.opened() as clinic:
        group = clinic.files.group(group_id)
    say_lines([f"{group.title} ({group.id})", group.activity, *_facts(group), *_recorded(group), *_ladder(group)])


def _facts(group: Protocol) -> Iterator[str]:
    told = {
        "area": (group.area,),
        "for": (group.for_whom,),
        "the body": (group.body,),
        "sides": (group.side_note,),
        "purposes": group.purposes,
        "more purposes": group.more_purposes,
        "carries over to": group.goal_links,
        "set-up": (group.set_up,),
        "equipment": group.equipment,
        "directions": group.directions,
        "precautions": group.precautions,
        "contraindications": group.contraindications,
        "stop rules": group.stop_rules,
        "suits": group.deficits,
        "cues": group.cues,
        "codes": tuple(f"{hint.code} ({hint.because})" for hint in group.codes),
    }
    yield from (f"{what}: {'; '.join(items)}" for what, items in told.items() if any(items))


def _recorded(group: Protocol) -> Iterator[str]:
    yield "measures:"
    for measure in group.measures:
        yield f"  {measure.id} ({measure.kind}): {measure.many}{_about(measure)}"


def _about(measure: AnyMeasure) -> str:
    """What else the file says of a measure: targets, sides, parts, and what it belongs to."""
    told = msgspec.to_builtins(measure)
    shown = {key: value for key, value in told.items() if value and key not in ("id", "kind", "one", "many")}
    return "".join(f"; {key} {_value(value)}" for key, value in shown.items())


def _value(value: Any) -> str:
    """A value of a group file in words: a list one by one, an entry with an id and a text by its text."""
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return str(value["text"]) if isinstance(value, dict) else str(value)


def _ladder(group: Protocol) -> Iterator[str]:
    if group.grading is None:
        return
    yield f"grading from {group.grading.lowest} to {group.grading.highest}:"
    for way, strategies in (("harder", group.grading.harder), ("easier", group.grading.easier)):
        yield from (f"  {way}: {_strategy(strategy)}" for strategy in strategies)


def _strategy(strategy: Strategy) -> str:
    example = f"for example {strategy.example}" if strategy.example else ""
    apart = (f"not with {excluded}" for excluded in strategy.excludes)
    return "; ".join(filter(None, [f"{strategy.id} ({strategy.text})", example, *apart]))


@groups.command("new")
@click.argument("new_id", metavar="ID")
@click.option("--like", "like", required=True, metavar="ID", help="The group whose file is copied.")
@click.pass_obj
def new_group(place: Place, new_id: str, like: str) -> None:
    """Begin a group of your own as a copy of another one's file; prints its path."""
    with place.opened(write=True, purpose="otgroup groups new") as clinic:
        files = clinic.files
        path = files.own_groups / f"{new_id}.toml"
        text = copied(files.group_text(like), new_id, str(path))
        if files.has_group(new_id):
            raise BadInput(f"ID: there is a group {shown(new_id)} already, choose another id")
        make_folder(files.own_groups)
        write_whole(path, text.encode(), overwrite=False)
    say(str(path))
    note("edit its title, activity and measures, then check it with: otgroup groups check")


@groups.command("check")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.pass_context
def check_groups(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Check group files (without FILE: every one), one line for each problem; exit status 1 if there is any."""
    place = ctx.find_object(Place) or Place()
    problems = _in_files(files, place) if files else _everywhere(place)
    say_lines(problems)
    if problems:
        ctx.exit(1)
    note("sound: no problem was found")


def _in_files(files: tuple[Path, ...], place: Place) -> list[str]:
    contents = {path: read_file(path) for path in files}
    with place.opened() as clinic:
        found = (clinic.files.group_problems(content, str(path)) for path, content in contents.items())
        return [line for lines in found for line in lines]


def _everywhere(place: Place) -> list[str]:
    with place.opened() as clinic:
        return clinic.files.problems()
