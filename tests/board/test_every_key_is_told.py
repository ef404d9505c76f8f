"""Whatever a key of the board puts on the record stands in the note, or in its minutes, as soon as it is there."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from otgroup.board.actions import BY_ID
from otgroup.board.strip import LETTERS
from otgroup.export.layout import header_lines
from otgroup.notes.batch import write_batch
from otgroup.notes.writer import NoteWriter
from otgroup.record.course import Moved, Undone
from otgroup.record.event import Event
from otgroup.record.people import PersonId
from tests.any_group import groups
from tests.board.table import Table
from tests.strategies import load_template

WRITER = NoteWriter(load_template)
KEYS = st.sampled_from([*BY_ID, *LETTERS, *LETTERS, "1", "2", "3"])
TYPED = ("7", "12", "1:20", "felt good", "")
A_STEP = timedelta(seconds=70)

TOLD_AT_THEIR_END = {"clock_started", "trial_stepped", "item_begun", "group_paused", "rested"}
"""What begins something: the note tells it when it has ended."""

TOLD_BY_THE_MINUTES = {"group_resumed", "resumed"}
"""What ends a pause or a rest: told by the minutes from there on, which are none yet."""


def notes(table: Table) -> Mapping[PersonId, str]:
    """Everybody's note, or entry of a missed treatment, as it would be now."""
    batch = write_batch(table.kept.state, WRITER)
    assert not batch.failed, batch.failed
    missed = {one.participant: f"{one.attendance}: {one.reason}" for one in batch.missed}
    return {note.participant: f"{header_lines(note.header)} {note.body}" for note in batch.notes} | missed


def what_it_is_of(table: Table, event: Event) -> str:
    """The kind of event; of one that is taken back or given away, what it was."""
    if isinstance(event, Undone | Moved):
        return what_it_is_of(table, next(e for e in table.kept.state.log if e.id == event.event))
    return event.kind


def stated(table: Table) -> dict[str, list[Any]]:
    """By kind what stands of everybody that may be stated a second time, which changes nothing; that nothing was
    unsteady is not told beside an incident but found by the review.
    """
    everybody = table.kept.state.board
    return {
        "balance_watched": [
            (p.balance.watched, p.balance.steady_stated and not p.balance.incidents) for p in everybody
        ],
        "difficulty": [
            [one[-1:] and one[-1].text for one in (p.scores.difficulty, p.scores.directions)] for p in everybody
        ],
    }


@settings(
    deadline=None,
    max_examples=80,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_every_key_is_told(data: st.DataObject) -> None:
    table = Table(data.draw(groups()))
    before, stood = notes(table), stated(table)
    for _ in range(25):
        known = len(table.kept.state.log)
        table.now += A_STEP
        table.press(data.draw(KEYS))
        if table.desk.question:
            table.type(data.draw(st.sampled_from(TYPED)))
        stands = stated(table)
        silent = (
            TOLD_AT_THEIR_END | TOLD_BY_THE_MINUTES | {kind for kind, told in stands.items() if told == stood[kind]}
        )
        new = [e for e in table.kept.state.log[known:] if what_it_is_of(table, e) not in silent]
        after = notes(table)
        assert not new or after != before, [table.desk.line(e) for e in new]
        before, stood = after, stands
