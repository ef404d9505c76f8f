"""A recorded session as text that a therapist can read, and the way from it to events.

A script begins with a header (`group:`, `leader:`, and `start:` unless it is played as of now). Then
a line is an event: how long after the start, who, what kind, and its fields:

    +02:10 Ada repetition measure=taps side=left count=5
    +03:00 Ada+Ben assistance level=standby
    +04:00 Ben balance_incident as=slip
    +04:06 Ben balance_detail of=@slip outcome=lob recovery=contact
    +05:00 * balance_watched watched=true
    +06:00 - group_paused reason="fire alarm test"

`*` is everyone here, `-` is the group as a whole; `as=NAME` names an event and `@NAME` means it;
`#` begins a comment; several values are joined by commas.
"""

import re
import shlex
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from otgroup.errors import BadInput
from otgroup.record.people import Leader

SCRIPT_HEADER = ("group", "leader", "start")
_OFFSET = re.compile(r"\A\+(?:(\d+):)?(\d?\d):([0-5]\d)\Z")


class ScriptLine(NamedTuple):
    """One event as written: its line number, time after the start, who, kind and fields."""

    number: int
    offset: timedelta
    who: str
    kind: str
    fields: dict[str, str]


class Script(msgspec.Struct, frozen=True):
    """A recorded session as written. `start` is a wall clock's time, or None: played as of now."""

    source: str
    group: str
    leader: Leader
    start: datetime | None
    lines: tuple[ScriptLine, ...]

    @property
    def length(self) -> timedelta:
        """How long after the start its last event is."""
        return self.lines[-1].offset

    def place(self, line: ScriptLine) -> str:
        """Where a line stands, for messages."""
        return f"{self.source}, line {line.number}"


def read_script(text: str, source: str) -> Script:
    """Read a script; `source` names the file in messages. Raises BadInput: file, line and mend."""
    header: dict[str, str] = {}
    lines: list[ScriptLine] = []
    for number, words in _written(text, source):
        try:
            if words[0].startswith("+"):
                lines.append(_line(number, words, lines))
            else:
                _take_header(header, words, lines)
        except BadInput as problem:
            raise BadInput(f"{source}, line {number}: {problem}") from None
    return _script(source, header, lines)


def _written(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that say something, as words; what follows a `#` is left out."""
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            raise BadInput(f"{source}, line {number}: a quote is left open, close it") from None
        if words:
            yield number, words


def _take_header(header: dict[str, str], words: list[str], lines: list[ScriptLine]) -> None:
    key = words[0].removesuffix(":")
    if lines or key == words[0] or key not in SCRIPT_HEADER:
        raise BadInput(f'"{words[0]}" begins no event, write +MM:SS, who and what')
    header[key] = " ".join(words[1:])


def _line(number: int, words: list[str], before: list[ScriptLine]) -> ScriptLine:
    if len(words) < 3:
        raise BadInput("too short, write +MM:SS, who and what")
    offset = _offset(words[0])
    if before and offset < before[-1].offset:
        raise BadInput(f"{words[0]} is earlier than the line before, put the lines in order")
    return ScriptLine(number, offset, words[1], words[2], dict(_field(word) for word in words[3:]))


def _offset(text: str) -> timedelta:
    match = _OFFSET.match(text)
    if match is None:
        raise BadInput(f'"{text}" is not a time after the start, write +MM:SS or +H:MM:SS')
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _field(word: str) -> tuple[str, str]:
    name, sign, value = word.partition("=")
    if not (name and sign and value):
        raise BadInput(f'"{word}" is not a field, write name=value (quote a value with spaces)')
    return name, value


def _script(source: str, header: dict[str, str], lines: list[ScriptLine]) -> Script:
    for key in ("group", "leader"):
        if not header.get(key):
            raise BadInput(f'{source}: there is no {key}, begin the file with "{key}: ..."')
    if not lines:
        raise BadInput(f"{source}: there is no event, write one a line")
    name, _, credentials = header["leader"].partition(", ")
    leader = Leader(name, credentials)
    return Script(source, header["group"], leader, _start(header, source), tuple(lines))


def _start(header: dict[str, str], source: str) -> datetime | None:
    """The wall clock's time; which zone it is in does not matter to a note."""
    if "start" not in header:
        return None
    try:
        return datetime.strptime(header["start"], "%Y-%m-%d %H:%M").astimezone()
    except ValueError:
        raise BadInput(f'{source}: start "{header["start"]}" is not a time, write YYYY-MM-DD HH:MM') from None
