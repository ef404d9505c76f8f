"""Whatever is taken back or given away, in any order: nothing is left on the record of somebody who was not there."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from otgroup.record.part import PartEvent
from otgroup.record.people import PersonId
from tests.board.table import Table
from tests.strategies import shipped

KEYS = [
    *("left", "cue_verbal", "clock", "rest", "trial", "set", "everyone", "everyone", "balance", "watched", "words"),
    *("attendance j", "attendance k", "attendance l", "attendance h", "attendance y"),
    *("undo", "undo", "undo_chosen", "undo_chosen", "give 1", "give 2", "give 3", "1", "2", "3", "j", "k", "h"),
]
MOVES = {"arrived": "here", "resumed": "here", "rested": "here", "left": "away", "absent": "away", "declined": "away"}


def out_of_place(table: Table) -> list[str]:
    """What stands on somebody's record while they were not there, as a plain walk through the record tells."""
    where: dict[PersonId, str] = {}
    wrong = []
    for event in table.kept.state.effective:
        for who in event.participants:
            here = where.get(who, "away") == "here"
            needs = event.kind in ("left", "rested", "resumed") or (
                isinstance(event, PartEvent) and event.of_whom == "here"
            )
            if needs and not here:
                wrong.append(f"{event.kind} of {who}")
            if event.kind in MOVES:
                where[who] = MOVES[event.kind]
    return wrong


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("3 attendance k 3 attendance j everyone left 3 undo_chosen", "first take back what stands on it: left +1"),
        ("3 attendance h 3 attendance j everyone left 3 undo_chosen", "first take back what stands on it: left +1"),
        ("3 cue_verbal give 2 3 attendance k 2 undo_chosen", "first take back"),
        ("3 left give 2 3 attendance y undo undo", "first take back"),
        (
            "3 attendance h 3 attendance j everyone rest 3 undo_chosen",
            "first take back what stands on it: resting, 3",
        ),
        ("3 attendance k 1 left 3 attendance j 1 left give 3 undo_chosen", "undone"),
    ],
)
def test_what_others_stand_on_is_not_taken_back(keys, said) -> None:
    table = Table()
    for key in keys.split():
        table.press(key)
        if table.desk.question:
            table.type("")
    assert out_of_place(table) == []
    assert table.desk.said.startswith(said)


@settings(
    deadline=None,
    max_examples=100,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(keys=st.lists(st.sampled_from(KEYS), max_size=60), group=st.sampled_from(["step-tap-align", "one-leg-stance"]))
def test_no_walk_leaves_anything_out_of_place(keys, group) -> None:
    table = Table(shipped(group))
    for key in keys:
        table.press(*key.split())
        if table.desk.question:
            table.type("")
        assert out_of_place(table) == [], table.desk.said
