"""Where the data lies, and opening it with whatever must be said about that."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import msgspec
import platformdirs

from otgroup.clinic.clinic import Clinic
from otgroup.commands.edge import note


class Place(msgspec.Struct, frozen=True):
    """The data folder as it was asked for: `given` by --data, else from the environment or the platform."""

    given: Path | None = None

    @property
    def path(self) -> Path:
        """The folder to use: --data, OTGROUP_DATA, or the platform's user data folder."""
        named = os.environ.get("OTGROUP_DATA")
        if self.given is not None:
            return self.given
        return Path(named) if named else platformdirs.user_data_path("otgroup", appauthor=False)

    @contextmanager
    def opened(self, *, write: bool = False, purpose: str = "otgroup") -> Iterator[Clinic]:
        """The data folder, open; what was found at opening is told on stderr."""
        with Clinic.open(self.path, write=write, purpose=purpose) as clinic:
            try:
                yield clinic
            finally:
                for notice in dict.fromkeys(clinic.notices):
                    note(notice)


def today() -> date:
    """Today's date here."""
    return datetime.now().astimezone().date()
