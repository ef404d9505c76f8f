"""The command line: what every command shares, and the list of them.

Textual is imported only when a screen opens, so that every other command starts at once.
"""

import contextlib
import io
import sys
from pathlib import Path

import click

import otgroup
from otgroup.commands.billing import codes_command, minutes, units_command
from otgroup.commands.check import check_command
from otgroup.commands.edge import Edge, say_lines
from otgroup.commands.groups import groups
from otgroup.commands.notes import notes_command
from otgroup.commands.paper import record_command, sheet_command
from otgroup.commands.people import people
from otgroup.commands.place import Place
from otgroup.commands.sessions import sessions_command, show_command


@click.group(cls=Edge, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The data folder (else OTGROUP_DATA, else the platform's user data folder).",
)
@click.version_option(otgroup.__version__, prog_name="otgroup")
@click.pass_context
def cli(ctx: click.Context, data: Path | None) -> None:
    """Record occupational-therapy group sessions and write every participant's own note.

    Without a command the app opens.
    """
    ctx.obj = Place(data)
    if ctx.invoked_subcommand is None:
        from otgroup.ui.app import run  # noqa: PLC0415 - only a screen needs Textual

        ctx.exit(run(ctx.obj.path))


@cli.command("demo")
@click.option("--batch", "out", type=click.Path(path_type=Path), metavar="OUT", help="No screen: write notes to OUT.")
@click.pass_context
def demo_command(ctx: click.Context, out: Path | None) -> None:
    """Try it with invented people: a running group, or recorded sessions played through."""
    from otgroup.demo import play  # noqa: PLC0415 - its sessions are read only when asked for

    data = (ctx.find_object(Place) or Place()).given
    if out is None:
        ctx.exit(play.live(data))
    say_lines(play.batch(out, data))


for command in (
    people,
    groups,
    sheet_command,
    record_command,
    sessions_command,
    show_command,
    notes_command,
    codes_command,
    minutes,
    units_command,
    check_command,
):
    cli.add_command(command)


def main() -> None:
    """Run the program; the way in for `otgroup` and `python -m otgroup`."""
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    cli.main(prog_name="otgroup")


def _never_fail_to_encode(stream: object) -> None:
    """UTF-8 into files and pipes; a terminal keeps its own encoding, and shows escapes for what it lacks."""
    if isinstance(stream, io.TextIOWrapper):
        with contextlib.suppress(ValueError, OSError):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
