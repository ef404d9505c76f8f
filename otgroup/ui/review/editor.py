"""A text in the leader's own editor. Whatever the editor does, the app comes back and no text is lost."""

import os
import shlex
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from textual.app import SuspendNotSupported

from otgroup.errors import BadInput
from otgroup.store.files import write_whole

Suspend = Callable[[], AbstractContextManager[None]]
"""Gives the terminal away for as long as it is entered."""


def edit_outside(text: str, path: Path, suspend: Suspend) -> tuple[str, str]:
    """The text as the editor leaves it in the file at `path`, and what is to be said of that. Raises BadInput."""
    command = _command()
    write_whole(path, text.encode(), overwrite=True)
    try:
        fault = _run([*command, str(path)], suspend)
        back = _read(path) if fault is None or path.exists() else text
        return back, fault or _told(text, back, command[0])
    finally:
        path.unlink(missing_ok=True)


def _command() -> list[str]:
    """The editor and its options: VISUAL, else EDITOR."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        command = shlex.split(named)
    except ValueError:
        raise BadInput(f"EDITOR is {named}: a quotation mark is not closed, write it here") from None
    if not command:
        raise BadInput("EDITOR is not set: write it here")
    return command


def _run(command: list[str], suspend: Suspend) -> str | None:
    """What went wrong, if anything. An error inside `suspend` would leave the terminal as the editor had it."""
    fault = None
    try:
        with suspend():
            try:
                status = subprocess.run(command, check=False).returncode  # noqa: S603 - the leader's own choice
            except (OSError, ValueError) as error:
                fault = f"{command[0]}: cannot be started ({type(error).__name__}), write it here"
            else:
                fault = f"{command[0]}: ended with status {status}, look at what is here" if status else None
    except SuspendNotSupported:
        raise BadInput("this terminal cannot be given to another program: write it here") from None
    return fault


def _read(path: Path) -> str:
    """The file's text; what is not UTF-8 keeps its letters as far as they can be told."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(f"the editor left no file ({type(error).__name__}): the text is as it was") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _told(before: str, after: str, editor: str) -> str:
    if after.rstrip("\n") != before.rstrip("\n"):
        return f"{editor}: this is the text as it was left there"
    return f"{editor} changed nothing; an editor with a window of its own has to wait (--wait in EDITOR)"
