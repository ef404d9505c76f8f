"""Where the program meets the terminal: what is printed, what is refused, and never a traceback."""

import contextlib
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn

import click
import msgspec

from otgroup.characters import UNSEEN, visible
from otgroup.errors import OTGroupError, refusal_text

_HIDDEN: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069" + "".join(sorted(UNSEEN)) + "]"
)


def say(text: str) -> None:
    """Print a result; what a terminal would obey instead of showing it becomes a question mark."""
    click.echo("\n".join(visible(line) for line in text.split("\n")))


def say_lines(lines: Iterable[str]) -> None:
    """Print results, one on each line; nothing where there are none."""
    for line in lines:
        say(line)


def say_json(value: object) -> None:
    """Print a value as JSON; characters that do not show are escaped, so that nothing is lost."""
    text = msgspec.json.format(msgspec.json.encode(value), indent=2).decode()
    click.echo(_HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def note(message: str) -> None:
    """Tell the person something on stderr, in one line."""
    tell(f"otgroup: {message}")


def tell(line: str) -> None:
    """Put a line on stderr as it is, beside the results."""
    click.echo(visible(" ".join(line.splitlines())), err=True)


class Edge(click.Group):
    """A group of commands whose every failure is one line on stderr and exit status 1."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--data DIR` is understood behind a command too."""
        return super().parse_args(ctx, _data_first(args))

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; refusals and mishaps end here."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except (OTGroupError, OSError) as problem:
            _refuse(ctx, refusal_text(problem))
        except Exception as error:  # noqa: BLE001 - the last stop; values may be health data and stay out
            _refuse(ctx, _unexpected(error))


def _data_first(args: list[str]) -> list[str]:
    """The words with a `--data DIR` or `--data=DIR` that stands behind a command before it."""
    words = args[: args.index("--")] if "--" in args else args
    place = next((n for n, word in enumerate(words) if word.partition("=")[0] == "--data"), None)
    if not place:
        return args
    end = place + 1 + (words[place] == "--data")
    return [*args[place:end], *args[:place], *args[end:]] if end <= len(words) else args


def _refuse(ctx: click.Context, message: str) -> NoReturn:
    note(message)
    _drop_unwritten()
    ctx.exit(1)


def _unexpected(error: BaseException) -> str:
    where = _innermost(error.__traceback__)
    return f"something unexpected happened ({type(error).__name__} at {where}): please report this line"


def _innermost(trace: TracebackType | None) -> str:
    """File and line of our own code nearest to the error."""
    own, package = "unknown", Path(__file__).parents[1]
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(package):
            own = f"{path.relative_to(package.parent).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return own


def _drop_unwritten() -> None:
    """If stdout takes nothing more (a full disk), Python must not try again at exit and complain."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
