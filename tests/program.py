"""The program as its commands are typed, on a data folder of its own."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from otgroup.cli import cli

GROUP = "one-leg-stance"
DAY = ("--date", "2026-01-20")
LEADER = "J. Rivera, OTR/L"
TIMES = (*DAY, "--start", "10:00", "--end", "10:36")
WHEN = (*TIMES, "--leader", LEADER)


class Program:
    """The program, with the people of a CSV file known to it, and the tally of a group of theirs to record."""

    def __init__(self, folder: Path, people: str = "", tally: str = "") -> None:
        self.folder, self.data = folder, folder / "data"
        self._tally = tally
        if people:
            self.ok("people", "import", self.file("people.csv", people))

    def file(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(path)

    def run(self, *args: str) -> Result:
        return CliRunner().invoke(cli, ["--data", str(self.data), *args])

    def ok(self, *args: str) -> str:
        result = self.run(*args)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def json(self, *args: str) -> Any:
        return json.loads(self.ok(*args, "--json"))

    def refused(self, *args: str) -> str:
        """The one line that is said."""
        result = self.run(*args)
        assert result.exit_code == 1, (result.exit_code, result.output, result.exception)
        assert result.stdout == ""
        [line] = result.stderr.splitlines()
        assert line.startswith("otgroup: ")
        assert line.isprintable()
        return line

    def process(self, *args: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "otgroup", "--data", str(self.data), *args]
        return subprocess.run(command, text=True, check=False, timeout=60, **({"capture_output": True} | options))

    def tally(self, *rows: dict[str, str]) -> str:
        """The group's own sheet with these rows filled in."""
        columns = next(csv.reader(io.StringIO(self.ok("sheet", GROUP))))
        text = io.StringIO()
        writer = csv.DictWriter(text, columns)
        writer.writeheader()
        writer.writerows(rows)
        return self.file("tally.csv", text.getvalue())

    def session(self, tally: str = "", leader: str = LEADER) -> str:
        """The id of a session recorded from a tally."""
        file = self.file("tally.csv", tally or self._tally)
        return self.ok("record", GROUP, file, *TIMES, "--leader", leader).strip()
