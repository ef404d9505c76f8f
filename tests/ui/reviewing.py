"""What tests of the review share: two people with records of their own, and keys that are let go."""

from datetime import timedelta

from otgroup.board.presses import REPEAT_S
from otgroup.notes.signing.papers import Paper, read_papers
from otgroup.record.people import PersonId
from otgroup.store.folder import DataFolder
from tests.ui.screens import Bench

ADA, BEN = PersonId("p1"), PersonId("p2")


def papers_on_disk(bench: Bench) -> dict[PersonId, Paper]:
    with DataFolder.open(bench.data) as reader:
        [newest, *_] = reader.sessions.summaries()
        return read_papers(reader.sessions.filed(newest.id), newest.id)


async def worked(pilot, bench: Bench) -> None:
    """Two people with records of their own, and the group ended."""
    await pilot.press("1", "comma", "comma", "v", "escape", "2", "full_stop", "t", "escape", "plus", "j", "escape")
    bench.now += timedelta(minutes=9)
    await pilot.press("ctrl+e", "enter")
    await pilot.pause()


async def press_anew(pilot, *keys: str) -> None:
    """Press keys as a finger does that lets go between them, and wait until that is known."""
    for key in keys:
        await pilot.pause(REPEAT_S + 0.05)
        await pilot.press(key)
        await pilot.pause(REPEAT_S + 0.05)


async def sign(pilot) -> None:
    """Sign the note that stands here; a long one is read to its end first."""
    review = pilot.app.screen
    at = review.who
    for _ in range(6):
        await press_anew(pilot, "s")
        if review.review.paper(at).signed:
            return
    raise AssertionError(review._said)
