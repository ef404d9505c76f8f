"""`otgroup check`: whether everything that is kept here is sound."""

import click

from otgroup.clinic.soundness import counted_files, unsound
from otgroup.commands.edge import say, say_lines
from otgroup.commands.place import Place


@click.command("check")
@click.pass_context
def check_command(ctx: click.Context) -> None:
    """Verify every journal, group and template; exit status 1 and a list if something is not sound."""
    place = ctx.find_object(Place) or Place()
    with place.opened() as clinic:
        found = list(unsound(clinic))
        counted = "" if found else counted_files(clinic)
    if found:
        say_lines(dict.fromkeys(found))
        ctx.exit(1)
    say(f"sound: {counted}")
