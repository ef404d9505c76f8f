from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otgroup.errors import BadInput, NotFound
from otgroup.intake.csvfile import CsvRow, read_csv, read_file

COLUMNS = ("name", "taps", "plan")


def rows(data: bytes) -> list[tuple[int, dict[str, str]]]:
    sheet = read_csv(data, source="f.csv", columns=COLUMNS, needed=("name",))
    return sheet.each(lambda row: (row.number, row.cells))


PLAIN = [(2, {"name": "Ada", "taps": "3"}), (3, {"name": "Ben", "taps": ""})]


@pytest.mark.parametrize(
    "data",
    [
        b"name,taps\nAda,3\nBen,\n",
        b"name,taps\nAda,3\nBen,",
        b"\xef\xbb\xbfname,taps\nAda,3\nBen,\n",
        b"name;taps\nAda;3\nBen;\n",
        b"name,taps\r\nAda,3\r\nBen,\r\n",
        b'"name","taps"\n" Ada ","3"\nBen,""\n',
        b"name,taps\nAda,3\nBen,\n,\n\n",
    ],
    ids=["plain", "no last line end", "BOM", "semicolons", "CRLF", "quoted", "blank rows"],
)
def test_spellings_of_the_same_rows(data: bytes) -> None:
    assert rows(data) == PLAIN


def test_quoted_cells_hold_separators_and_quotes() -> None:
    assert rows(b'name,plan\nAda,"one, ""two""; three"\n') == [(2, {"name": "Ada", "plan": 'one, "two"; three'})]


def test_row_numbers_are_those_of_a_spreadsheet() -> None:
    assert [number for number, _ in rows(b"name\n\nAda\n\nBen\n")] == [3, 5]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"name\n", "no rows"),
        (b"name\nAda\0", "CSV UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", "CSV UTF-8"),
        ("name\nJosé".encode("latin-1"), "line 2 is not UTF-8"),
        ("name\nAda".encode("utf-16"), "CSV UTF-8"),
        (b'name,taps\nAda,3\n"Ben,4\n', "row 3: a quoted cell is not closed"),
        (b'name\n"Ada"x\n', "row 2: a quoted cell is not closed"),
        (b"name,tapz\nAda,3\n", "did you mean taps?"),
        (b"name,name\nAda,3\n", "twice"),
        (b"taps\n3\n", "missing: name"),
        (b"name,taps\nAda\n", "row 2: has 1 cell where the header has 2"),
        (b"name,taps\nAda,1,2\n", "row 2: has 3 cells"),
        (b'name\n"Ada\nLovelace"\n', "line break"),
        (b"name\nAda\x1b[0m\n", "control"),
        ("name\nAda\u202e\n".encode(), "direction"),
        (b"name\n" + b"x" * 301 + b"\n", "301 characters"),
        (b"name\n" + b"x\n" * 2001, "2001 rows"),
        (b"name\n" + b'"' + b"x" * 200_000 + b'"', "row 2"),
        (b"name\n" + b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_refused_in_one_line(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        rows(data)
    message = str(refusal.value)
    assert message.startswith("f.csv: ")
    assert says in message
    assert len(message.splitlines()) == 1
    assert len(message) < 300


def test_all_bad_rows_are_named_and_the_first_problem_told() -> None:
    def only_short(row: CsvRow) -> str:
        if len(row["name"]) > 3:
            raise BadInput("name: is long")
        return row["name"]

    sheet = read_csv(b"name\nAnna\nBo\nDora\nEmil\x1b\n", source="f.csv", columns=COLUMNS, needed=("name",))
    with pytest.raises(BadInput, match=r"^f.csv: row 2: name: is long \(rows 2, 4, 5 cannot be used\)$"):
        sheet.each(only_short)


@given(
    st.binary() | st.text().map(str.encode) | st.text(alphabet='name,;"\r\n taps').map(lambda t: f"name,{t}".encode())
)
def test_any_bytes_give_rows_or_a_refusal(data: bytes) -> None:
    try:
        found = rows(data)
    except BadInput as refusal:
        assert len(str(refusal).splitlines()) == 1  # noqa: PT017 - a refusal is allowed, not expected
    else:
        assert found


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(BadInput, match="larger than 5 MB"):
        read_file(huge)


@pytest.mark.parametrize(("name", "error"), [("none.csv", NotFound), (".", BadInput), ("a\0b", BadInput)])
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_file(tmp_path / name)
