"""A CSV file's bytes as rows, read strictly: what is not as it must be is refused in one line, never guessed.

Row numbers are those of a spreadsheet: the header is row 1.
"""

import csv
import io
import itertools
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from otgroup.characters import either, is_hidden, shown, visible
from otgroup.errors import BadInput, NotFound
from otgroup.written import clean_text

MOST_BYTES: Final = 5_000_000
MOST_ROWS: Final = 2000
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula, or hide one behind it."""

MOST_ROWS_TOLD: Final = 20  # more bad rows than this are told as ranges

_T = TypeVar("_T")


class CsvRow(msgspec.Struct, frozen=True):
    """One row: its number in a spreadsheet and its clean cells by column; columns left out are empty."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Sheet(msgspec.Struct, frozen=True):
    """A file's header and its rows as they were written; wholly blank rows are gone."""

    source: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def each(self, convert: Callable[[CsvRow], _T]) -> list[_T]:
        """Every row converted. Raises one BadInput that names all bad rows and the first one's problem."""
        done: list[_T] = []
        bad: dict[int, str] = {}
        for number, cells in self.rows:
            try:
                done.append(convert(CsvRow(number, self._clean(cells))))
            except (BadInput, NotFound) as problem:
                bad[number] = str(problem)
        if bad:
            raise BadInput(_told(self.source, bad))
        return done

    def _clean(self, cells: tuple[str, ...]) -> dict[str, str]:
        if len(cells) != len(self.header):
            columns = len(self.header)
            raise BadInput(f"has {_cells(len(cells))} where the header has {columns}, add or remove separators")
        return {column: _clean_cell(cell, column) for column, cell in zip(self.header, cells, strict=True)}


def read_file(path: Path) -> bytes:
    """The bytes of a file a person named; its size is looked at before it is read. Raises NotFound where it is
    missing, BadInput where it cannot be read or is too large.
    """
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            data = b"" if size > MOST_BYTES else file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFound(f"{path}: there is no such file, check the name") from None
    except IsADirectoryError:
        raise BadInput(f"{path}: is a folder, name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadInput(f"{visible(str(path))}: cannot be read ({reason}), check the file") from None
    if size > MOST_BYTES or len(data) > MOST_BYTES:
        raise BadInput(f"{path}: is larger than {MOST_BYTES // 1_000_000} MB, use a smaller file")
    return data


def read_csv(data: bytes, *, source: str, columns: Sequence[str], needed: Collection[str]) -> Sheet:
    """The rows of a file whose columns are among `columns`, `needed` ones present; raises BadInput."""
    text = _text(data, source)
    records = _records(text, _separator(text), source)
    header = tuple(cell.strip() for cell in next(records, (1, ()))[1])
    _check_header(header, source, columns, needed)
    rows = tuple((number, cells) for number, cells in records if any(cell.strip() for cell in cells))
    if not rows:
        raise BadInput(f"{source}: has a header but no rows, add one row for each person")
    if len(rows) > MOST_ROWS:
        raise BadInput(f"{source}: has {len(rows)} rows, use at most {MOST_ROWS}")
    return Sheet(source, header, rows)


def _text(data: bytes, source: str) -> str:
    if len(data) > MOST_BYTES:
        raise BadInput(f"{source}: is larger than {MOST_BYTES // 1_000_000} MB, use a smaller file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadInput(f"{source}: line {line} is not UTF-8 text, save it as CSV UTF-8") from None
    if "\0" in text:
        raise BadInput(f"{source}: is not a text file, save it as CSV UTF-8")
    if not text.strip():
        raise BadInput(f"{source}: is empty, write a header and one row for each person")
    return text


def _separator(text: str) -> str:
    """The header decides; no column's name holds either sign."""
    header = text.splitlines()[0]
    return ";" if header.count(";") > header.count(",") else ","


def _records(text: str, separator: str, source: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Records with their spreadsheet row numbers; quotes must be closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for number in itertools.count(1):
        try:
            yield number, tuple(next(reader))
        except StopIteration:
            return
        except csv.Error:
            mend = 'close it, and write a quote inside a cell as ""'
            raise BadInput(f"{source}: row {number}: a quoted cell is not closed properly, {mend}") from None


def _check_header(header: tuple[str, ...], source: str, columns: Sequence[str], needed: Collection[str]) -> None:
    for place, column in enumerate(header):
        if column not in columns:
            raise BadInput(f"{source}: row 1: {shown(column)} is not a column here, {_nearest(column, columns)}")
        if column in header[:place]:
            raise BadInput(f"{source}: row 1: column {column} stands there twice, remove one")
    missing = [column for column in columns if column in needed and column not in header]
    if missing:
        noun = "columns are" if len(missing) > 1 else "column is"
        raise BadInput(f"{source}: row 1: the {noun} missing: {', '.join(missing)}; add what is missing")


def _nearest(column: str, columns: Sequence[str]) -> str:
    near = get_close_matches(column.casefold(), columns, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"use {either(columns)}" if len(columns) <= 12 else "remove it, or compare with an empty tally sheet"


def _clean_cell(cell: str, column: str) -> str:
    if any(map(is_hidden, cell)):
        raise BadInput(f"{column}: has a line break, control or direction character, write one line of plain text")
    return clean_text(cell, column)


def _cells(number: int) -> str:
    return "1 cell" if number == 1 else f"{number} cells"


def _told(source: str, bad: dict[int, str]) -> str:
    """One line: all bad rows, then the first one's problem."""
    first, problem = next(iter(bad.items()))
    others = f" (rows {_numbers(list(bad))} cannot be used)" if len(bad) > 1 else ""
    return f"{source}: row {first}: {problem}{others}"


def _numbers(rows: list[int]) -> str:
    """Rows listed one by one; a great many as ranges."""
    if len(rows) <= MOST_ROWS_TOLD:
        return ", ".join(map(str, rows))
    runs = itertools.groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
    ranges = ([row for _, row in run] for _, run in runs)
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ranges)


def safe_cell(text: str) -> str:
    """A text that a spreadsheet shows and never runs: an apostrophe stands before what could begin a formula."""
    return f"'{text}" if _is_formula(text) else text


def typed_cell(cell: str) -> str:
    """What `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
