"""Draw the README's picture from the real app: `python tests/picture.py` writes .assets/board.svg.

The clock stands still and ids are counted, so the same program draws the same picture.
"""

import asyncio
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from otgroup.demo.perform import numbered
from otgroup.demo.play import prepare_live
from otgroup.store.folder import DataFolder
from otgroup.ui.app import OTGroupApp
from otgroup.ui.clinic import Clinic

PICTURE = Path(__file__).parents[1] / ".assets" / "board.svg"
SIZE = (100, 28)
NOW = datetime(2026, 11, 24, 10, 12, 41, tzinfo=UTC)
PRESSED = ("2", "b")
"""What is pressed before the picture is taken: Ben is chosen, a balance incident is stamped."""

_FONTS_FROM_ELSEWHERE = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def draw() -> str:
    """The demo's live board as SVG, without fonts from the network."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_drawn(Path(folder) / "data"))


async def _drawn(data: Path) -> str:
    session = prepare_live(data, NOW)
    clinic = Clinic(DataFolder.open(data, write=True), lambda: NOW, numbered("picture"))
    app = OTGroupApp(clinic, clinic.keys(), session)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            await pilot.press(*PRESSED)
            await pilot.pause()
            svg = app.export_screenshot(title="OTGroup")
    finally:
        clinic.close()
    return _FONTS_FROM_ELSEWHERE.sub("", svg).replace("Fira Code, ", "")


def main() -> int:
    """Write the picture; with --check only say whether it is the one on the disk."""
    svg = draw()
    if "--check" in sys.argv[1:]:
        return 0 if PICTURE.is_file() and PICTURE.read_text("utf-8") == svg else 1
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(svg, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
