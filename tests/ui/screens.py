"""For tests of screens: an app on a data folder, keys for it, and what it draws."""

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from textual.pilot import Pilot

from otgroup.board.keymap import default_keys
from otgroup.clinic.clinic import Clinic
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.state import SessionState
from otgroup.store.folder import DataFolder
from otgroup.ui.app import OTGroupApp
from otgroup.ui.parts.lines import Lines

SMALL, LARGE = (80, 24), (120, 40)
LEADER = Leader("J. Rivera", "OTR/L")

HOSTILE = (
    "[b]bold[/b]",
    "Ann [/]",
    "{{ x }}",
    "a/b\\c",
    "\x1b[31mred",
    "rtl \u202egnp",
    "two\nlines",
    "名前 長い" * 12,
    "é́́",
    "🙂",
)


class Bench:
    """An app on a data folder, with a clock the test sets."""

    def __init__(self, data: Path, names: tuple[str, ...] = ("Ada Larkspur", "Ben Kettlewick", "Cyd Moss")) -> None:
        self.data = data
        self.now = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
        self.ids = count(1)
        self.open()
        self.people = [
            Person(id=PersonId(f"p{n}"), name=name, short_name=name, goals=(f"G{n} reach",), precautions=(name,))
            for n, name in enumerate(names, start=1)
        ]
        for someone in self.people:
            self.clinic.save_person(someone)

    def open(self) -> None:
        """The program starts on the folder."""
        folder = DataFolder.open(self.data, write=True, now=lambda: self.now)
        self.clinic = Clinic(folder, lambda: self.now, lambda: f"i{next(self.ids)}")

    def start(self, group: str = "one-leg-stance") -> str:
        self.clinic.remember_leader(LEADER)
        protocol = next(g for g in self.clinic.groups() if g.id == group)
        return self.clinic.start(protocol, self.people[:12], LEADER).state.id

    def app(self, board: str | None = None) -> OTGroupApp:
        return OTGroupApp(self.clinic, default_keys(), board)

    def on_disk(self) -> SessionState:
        """What a second program reads meanwhile."""
        with DataFolder.open(self.data) as reader:
            [newest, *_] = reader.sessions.summaries()
            return reader.sessions.read(newest.id)


def drawn(app: OTGroupApp) -> str:
    """Everything the board draws, as text."""
    return "\n".join("".join(text for text, _ in row) for lines in app.screen.query(Lines) for row in lines._rows)


def unseen_on(app: OTGroupApp) -> None:
    """No control or direction character is in what goes to the terminal."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    assert len(strips) == app.screen.size.height
    for strip in strips:
        assert not {"\x1b", "\u202e", "\n", "\x9b"} & set(strip.text), strip.text


async def press_at_once(pilot: Pilot[Any], *keys: str) -> None:
    """Keys as a fast hand types them: none waits for the one before. The app is at rest after the last."""

    async def on(_: float) -> None:
        return None

    with patch("textual.app.wait_for_idle", on):
        await pilot.press(*keys)
    await pilot.pause()
