"""One row of a tally sheet while the parts read it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from otgroup.errors import BadInput
from otgroup.record.event import Event, EventId, Pen, Stamp
from otgroup.record.part import Basis
from otgroup.record.people import PersonId


class TallyRow:
    """The cells of one participant's row; it remembers which were looked at, and which event came from which."""

    def __init__(
        self, cells: Mapping[str, str], who: PersonId, basis: Basis, span: tuple[datetime, datetime], pen: Pen
    ):
        self.cells, self.who, self.basis, self.pen = cells, who, basis, pen
        self.start, self.end = span
        self.columns: dict[EventId, str] = {}
        self._looked_at = {"participant": None}
        self._filled = ""

    def __getitem__(self, column: str) -> str:
        """A cell; empty where the sheet has no such column."""
        self._looked_at[column] = None
        cell = self.cells.get(column, "")
        if cell:
            self._filled = column
        return cell

    def stamp(self) -> Stamp:
        """A stamp for this row's participant, at a time the sheet does not tell."""
        return self.pen.stamp(self.who, at=None)

    def take(self, events: Iterable[Event], column: str = "") -> list[Event]:
        """The events, each kept with its column: the filled one that was looked at last, unless it is named."""
        taken = []
        for event in events:
            self.columns[event.id] = column or self._filled
            taken.append(event)
        return taken

    def refuse_unread(self) -> None:
        """Raise BadInput if a filled cell was looked at by nothing: no figure may be dropped."""
        unread = [column for column, cell in self.cells.items() if cell and column not in self._looked_at]
        if unread:
            raise BadInput(f"{unread[0]}: is filled in, but nothing of this group reads it; clear it")
