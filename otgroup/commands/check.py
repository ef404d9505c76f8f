"""`otgroup check`: whether everything that is kept here is sound."""

from collections.abc import Iterator

import click

from otgroup.board.keymap import read_keys
from otgroup.commands.edge import say, say_lines
from otgroup.commands.place import Place
from otgroup.errors import OTGroupError
from otgroup.notes.signing.papers import read_papers, tampered
from otgroup.notes.signing.rules import review_problems
from otgroup.notes.writer import NoteWriter
from otgroup.store.clinic_files import Shelf
from otgroup.store.folder import DataFolder


@click.command("check")
@click.pass_context
def check_command(ctx: click.Context) -> None:
    """Verify every journal, group and template; exit status 1 and a list if something is not sound."""
    place = ctx.find_object(Place) or Place()
    with place.opened() as folder:
        problems = list(_problems(folder))
        counted = "" if problems else _counted(folder)
    if problems:
        say_lines(dict.fromkeys(problems))
        ctx.exit(1)
    say(f"sound: {counted}")


def _counted(folder: DataFolder) -> str:
    sessions, groups = len(folder.sessions.summaries()), len(folder.shelf.groups())
    return f"{sessions} sessions, {groups} groups, {len(folder.shelf.template_names())} templates"


def _problems(folder: DataFolder) -> Iterator[str]:
    yield from folder.notices
    yield from folder.sessions.check(_in_papers)
    yield from folder.shelf.problems()
    yield from review_problems(*folder.shelf.review())
    yield from _in_keys(folder.shelf)
    yield from _in_templates(folder.shelf)
    yield from _in_letterhead(folder.shelf)


def _in_papers(session: str, filed: list[bytes]) -> Iterator[str]:
    """Signed notes that are no longer the text their signature names."""
    try:
        papers = read_papers(filed, session)
    except OTGroupError as problem:
        yield str(problem)
        return
    if any(map(tampered, papers.values())):
        yield f"session {session}: a signed note is not the text that was signed: restore a copy of its journal"


def _in_keys(shelf: Shelf) -> Iterator[str]:
    own = shelf.keys()
    try:
        if own:
            read_keys(*own)
    except OTGroupError as problem:
        yield str(problem)


def _in_templates(shelf: Shelf) -> Iterator[str]:
    writer = NoteWriter(shelf.template)
    for name in shelf.template_names():
        try:
            text = shelf.template(name)
        except OTGroupError as problem:
            yield str(problem)
        else:
            yield from writer.check_template(f"{name}.j2", text) if text is not None else ()
    for group in shelf.groups():
        yield from writer.check_group(group)


def _in_letterhead(shelf: Shelf) -> Iterator[str]:
    own = shelf.letterhead()
    if own:
        from otgroup.export.letterhead_check import letterhead_problems  # noqa: PLC0415 - docxtpl takes long to load

        yield from letterhead_problems(*own)
