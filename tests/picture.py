"""Draw the README's pictures from the real app: `python tests/picture.py` writes them to .assets/.

The clock stands still and ids are counted, so the same program draws the same picture.
"""

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from otgroup.clinic.clinic import Clinic
from otgroup.demo.perform import ids_from
from otgroup.demo.play import prepare_live
from otgroup.store.folder import DataFolder
from otgroup.ui.app import OTGroupApp

ASSETS = Path(__file__).parents[1] / ".assets"
SIZE = (100, 28)
NOW = datetime(2026, 11, 24, 10, 12, 41, tzinfo=UTC)
PRESSED = {
    "board.svg": ("2", "b"),
    "review.svg": ("2", "b", "l", "h", "escape", "ctrl+e", "enter", "j", *["tab"] * 4),
}
"""What is pressed before each picture: a balance incident is stamped for Ben; his note is reviewed."""

_FONTS_FROM_ELSEWHERE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def draw(name: str) -> str:
    """A picture of the demo as SVG, without fonts from the network."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_drawn(Path(folder) / "data", PRESSED[name]))


async def _drawn(data: Path, pressed: tuple[str, ...]) -> str:
    session = prepare_live(data, NOW)
    clinic = Clinic(DataFolder.open(data, write=True), lambda: NOW, ids_from("picture"))
    app = OTGroupApp(clinic, clinic.keys(), session)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.press(*pressed)
            await pilot.pause()
            svg = app.export_screenshot(title="OTGroup")
    finally:
        clinic.close()
    return _FONTS_FROM_ELSEWHERE.sub("", svg).replace("Fira Code, ", "")


def main() -> int:
    """Write the pictures."""
    ASSETS.mkdir(exist_ok=True)
    for name in PRESSED:
        (ASSETS / name).write_text(draw(name), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
