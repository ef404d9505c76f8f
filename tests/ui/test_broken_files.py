"""Every file a clinic may break, with every key of every screen: the app goes on, and the fault is told."""

import asyncio
import errno
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import Static

from otgroup.ui.billing import codes, minutes
from otgroup.ui.board import ending
from otgroup.ui.home import home, people, setup
from otgroup.ui.review import review
from tests.ui.reviewing import press_anew, sign, worked
from tests.ui.screens import LARGE, Bench

SLIP = b"{% block A %}"
BROKEN: dict[str, dict[str, bytes]] = {
    "rules": {
        "rules.toml": b"][",
        "scales.toml": b"schema = 1\nassistance = 3\n",
        "groups/a.toml": b'id = "step-tap-align"\n',
        "groups/b.toml": b"\n" * 60_000,
        "templates/letterhead.docx": b"no document",
        "sessions/20250101-forged-0000.journal": b"[1]\n[2]\n[3]\n",
    },
    "format": {"templates/narrative.j2": SLIP, "rules.toml": b"schema = 1\n"},
    "own formats": {
        "templates/aaa.j2": SLIP,
        "templates/bbb.j2": b"{% for x in [1] %}" * 25 + b"{% endfor %}" * 25,
        "templates/activities/one-leg-stance.j2": b"\xff",
    },
    "macros": {"templates/macros.j2": b"{{ nothing", "rules.toml": b"\xff\xfe\x00"},
    "review": {"review.toml": b"schema = 1\nalike = 0\n[findings]\n"},
}
"""Files that are broken together, none of which hides what another one does."""


def keys_of(bindings: Iterable[object]) -> list[str]:
    """A key for each line of a screen's table."""
    table = [b if isinstance(b, Binding) else Binding(*b) for b in bindings]
    return [b.key.split(",")[0] for b in table]


PLACES = {
    "home": ((), keys_of(home.HomeScreen.BINDINGS)),
    "people": (("p",), keys_of(people.PeopleScreen.BINDINGS)),
    "set up": (("n", "tab", "space"), keys_of(setup.SetUpScreen.BINDINGS)),
    "minutes": (("m",), keys_of(minutes.MinutesScreen.BINDINGS)),
    "codes": (("c",), keys_of(codes.CodesScreen.BINDINGS)),
    "review": (("enter",), keys_of(review.BINDINGS)),
    "end": (("enter", "o", "o", "ctrl+e"), keys_of(ending.EndScreen.BINDINGS)),
}
"""How a screen is come to from home, and its keys."""


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory) -> Path:
    """A folder with an ended session of two people, one note signed and one not."""
    data = tmp_path_factory.mktemp("broken") / "data"

    async def work() -> None:
        bench = Bench(data, names=("Ada Larkspur", "Ben Kettlewick"))
        async with bench.app(bench.start()).run_test(size=LARGE) as pilot:
            await worked(pilot, bench)
            await sign(pilot)
        bench.clinic.close()

    asyncio.run(work())
    return data


@pytest.fixture
def bench(tmp_path, worked_on, monkeypatch, broken):
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    monkeypatch.delenv("EDITOR", raising=False)
    shutil.copytree(worked_on, tmp_path / "data")
    for name, content in BROKEN[broken].items():
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    made = Bench(tmp_path / "data", names=())
    made.now += timedelta(minutes=20)
    yield made
    made.clinic.close()


def told(app) -> str:
    """All that stands on the screen that is up, and in its corner."""
    lines = [str(static.content) for static in app.screen.query(Static)]
    return "\n".join([*lines, *(n.message for n in app._notifications)])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("broken", BROKEN)
async def test_no_key_of_no_screen_ends_the_app(bench, place) -> None:
    way, keys = PLACES[place]
    app = bench.app()
    async with app.run_test(size=LARGE) as pilot:
        for key in keys:
            await pilot.press(*way)
            if key != "q" or not isinstance(app.screen, home.HomeScreen):
                await pilot.press(key)
            await app.workers.wait_for_complete()
            assert app.is_running, key
            assert (app.return_code, app._exception) == (None, None), key
            while len(app.screen_stack) > 2:
                await app.pop_screen()
            app.show_home()


TOLD = (
    ("rules", "c", "rules.toml: line 1"),
    ("rules", "n tab space s", "scales.toml: assistance"),
    ("rules", "g", "a.toml: schema"),
    ("rules", "enter x ctrl+u d o c x enter", "letterhead.docx"),
    ("rules", "", "20250101-forged-0000.journal, line 1: damaged"),
    ("format", "enter", "narrative.j2: line 1"),
    ("own formats", "enter", "one-leg-stance.j2: not UTF-8"),
    ("macros", "enter", "macros.j2: line 1"),
    ("review", "", "review.toml: alike"),
)


@pytest.mark.parametrize(("broken", "keys", "line"), TOLD)
async def test_what_is_broken_is_told_where_it_matters(bench, keys, line) -> None:
    app = bench.app()
    async with app.run_test(size=LARGE) as pilot:
        seen = [told(app)]
        for key in keys.split():
            await pilot.press(key)
            await app.workers.wait_for_complete()
            await pilot.pause()
            seen.append(told(app))
        assert any(line in text for text in seen), seen


async def test_a_disk_that_can_only_be_read_ends_no_screen(tmp_path, worked_on, monkeypatch) -> None:
    """Whatever is asked for, nothing can be written any more: each time that is told, and the app goes on."""
    shutil.copytree(worked_on, tmp_path / "data")
    made = Bench(tmp_path / "data", names=())
    app = made.app()
    monkeypatch.setattr("otgroup.store.files.write_all", _read_only)
    async with app.run_test(size=LARGE) as pilot:
        for keys in (
            "enter g ctrl+s",
            "enter s s",
            "enter y",
            "enter o o",
            "l enter",
            "n tab space s",
        ):
            *most, last = keys.split()
            await pilot.press(*most)
            await press_anew(pilot, last)
            assert app.is_running, keys
            assert "can only be read" in told(app) or "text is in" in told(app), keys
            while len(app.screen_stack) > 2:
                await app.pop_screen()
            app.clear_notifications()
        monkeypatch.setattr("otgroup.store.files.open_to_append", _read_only)
        await pilot.press("c", "escape", "enter")
        await pilot.pause()
        assert "cannot be opened (Read-only file system)" in told(app)
        assert app.is_running
    made.clinic.close()


def _read_only(*_: object) -> None:
    raise OSError(errno.EROFS, "Read-only file system")
