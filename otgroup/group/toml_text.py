"""From the bytes of a file a person wrote to a TOML table, with plain words for what stops it."""

import re
import tomllib
from typing import Any, Final

from otgroup.errors import BadInput

Table = dict[str, Any]

LARGEST: Final = 250_000  # bytes; a group file is a few thousand
MOST_DOTS: Final = 400  # on one line
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
WHERE: Final = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")
PLAIN: Final = (
    ("Expected '=' after a key", "there is no = after this key", "write key = value"),
    ("Invalid statement", "this is not a key = value line", "start notes with #"),
    ("Invalid initial character", "a key cannot start with this", "use small letters, as in title = "),
    ("Invalid value", "this value cannot be read", 'put words in quotes: "like this"'),
    ("Cannot overwrite a value", "this key is written twice", "keep one of them"),
    ("Duplicate inline table key", "this key is written twice", "keep one of them"),
    ("Cannot declare", "this [section] is written twice", "keep one, or use [[double]] brackets for lists"),
    ("Cannot redefine", "this [section] is written twice", "keep one, or use [[double]] brackets for lists"),
    ("Cannot mutate", "this list is written in two ways", "use only [[double]] brackets for it"),
    ("Unclosed array", "a [list] is not closed", "put commas between its values and a ] at its end"),
    ("Unclosed inline table", "a {table} is not closed", "put commas between its keys and a } at its end"),
    ("Unterminated string", "a quoted text is not closed", 'end it with "'),
    ("Expected \"'''\"", "a quoted text is not closed", "end it with '''"),
    ('Expected "\'"', "a text in single quotes is not closed", 'use " at both ends'),
    ("Illegal character '\\n'", "a quoted text is not closed on its line", 'end it with "'),
    ("Illegal character", "there is a hidden character here", "delete and retype it"),
    ("Found invalid character", "a quoted text is not closed, or holds a hidden character", "retype it"),
    ("Unescaped '\\\\'", "a \\ in a quoted text must be doubled", "write \\\\"),
    ("Expected newline", "there is something after the value", "start a new line, or check the quotes"),
    ("Expected ']", "this [section] line is not closed", "end it with as many ] as it began with"),
    ("Invalid date", "this date or time does not exist", "correct it, or put it in quotes"),
)


def text_of(content: str | bytes) -> str:
    """Decode a file as UTF-8, with or without a byte order mark. Raises BadInput: what, mend."""
    if len(content) > LARGEST:
        raise BadInput("the file is larger than 250 kB, shorten it")
    text = content if isinstance(content, str) else _decoded(content)
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        raise BadInput("this is not a text file, save it as plain text (UTF-8)")
    if not text.strip():
        raise BadInput("the file is empty, copy a shipped one and edit it")
    return text


def _decoded(content: bytes) -> str:
    if content.startswith(UTF16_MARKS):
        raise BadInput("the file is saved as UTF-16, save it as UTF-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadInput(f"line {line}: the file is not UTF-8 text, save it as UTF-8") from None


def table_of(text: str) -> Table:
    """Read TOML. Raises BadInput: line and column, what, mend, in plain words."""
    _refuse_endless_keys(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(_plainly(str(error))) from None
    except (ValueError, RecursionError):  # a number of thousands of digits; brackets a thousand deep
        raise BadInput("a number or a list in it is far too long, shorten it") from None


def _refuse_endless_keys(text: str) -> None:
    """A key a.a.a... of thousands of parts would keep tomllib busy for minutes."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > MOST_DOTS:
            raise BadInput(f"line {number}: there are more than {MOST_DOTS} dots, shorten the line")


def _plainly(message: str) -> str:
    where = WHERE.search(message)
    line, column = where.groups() if where else (None, None)
    place = f"line {line}, column {column}" if line else "at the end of the file"
    what, mend = _reason(message)
    return f"{place}: {what}, {mend}"


def _reason(message: str) -> tuple[str, str]:
    for start, what, mend in PLAIN:
        if message.startswith(start):
            return what, mend
    return "this is not valid TOML", "compare it with a shipped group file"


TABLE_HEADER: Final = re.compile(r"\s*(\[\[?)([A-Za-z0-9_.\- \t]+)\]")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*)[ \t]*=")


class LineNumbers:
    """Where each key path stands: `measures[1].kind` -> 14. tomllib keeps no lines, so they are read here."""

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._read(text)

    def of(self, path: str) -> int | None:
        """Find the line of a key path, or of the nearest thing around it."""
        while path and path not in self._lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self._lines.get(path)

    def _read(self, text: str) -> None:
        table, quoted = "", ""
        for number, line in enumerate(text.split("\n"), start=1):
            if not quoted:
                table = self._note(line, table, number)
            quoted = _still_quoted(line, quoted)

    def _note(self, line: str, table: str, number: int) -> str:
        if header := TABLE_HEADER.match(line):
            table = self._enter(header[2], repeated=header[1] == "[[")
            self._lines.setdefault(table, number)
            self._lines.setdefault(re.sub(r"\[\d+\]\Z", "", table), number)
        elif key := KEY.match(line):
            name = re.sub(r"\s", "", key[1])
            self._lines.setdefault(f"{table}.{name}" if table else name, number)
        return table

    def _enter(self, header: str, *, repeated: bool) -> str:
        """Turn a header into a path with indexes: the second [[grading.harder]] is grading.harder[1]."""
        path = ""
        names = re.sub(r"\s", "", header).split(".")
        for depth, name in enumerate(names, start=1):
            path = f"{path}.{name}" if path else name
            if repeated and depth == len(names):
                self._counts[path] = self._counts.get(path, 0) + 1
            if path in self._counts:
                path = f"{path}[{self._counts[path] - 1}]"
        return path


def _still_quoted(line: str, quoted: str) -> str:
    """Say which triple quote, if any, is open after a line."""
    for mark in re.findall(r'"""|\'\'\'', line):
        if not quoted:
            quoted = mark
        elif quoted == mark:
            quoted = ""
    return quoted
