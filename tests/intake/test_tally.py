import csv
import io
import json
import unicodedata
from datetime import date, datetime
from itertools import count
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otgroup.errors import BadInput
from otgroup.export.record import session_record
from otgroup.intake.tally import PaperSession, read_tally, session_times, sheet
from otgroup.record.course import Joined
from otgroup.record.event import Event, Pen
from otgroup.record.fold import fold
from otgroup.record.parts.trials import TrialOpened
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from tests.intake.fills import Cells, Record, rows
from tests.strategies import SHIPPED, shipped

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 24, 9).astimezone()
PEOPLE = [
    Person(id=PersonId(f"p{n}"), name=name, short_name=name, record_number=number)
    for n, (name, number) in enumerate(
        [("Ada Lovelace", "R1"), ("Ada Lovelace", "R2"), ("Ben [/] King", ""), ("Cy {{ }}", "R4"), ("Dee/Dee", "")]
    )
]


def fill(protocol: Protocol, filled: list[tuple[str, Cells]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, protocol.tally_columns)
    writer.writeheader()
    writer.writerows({"participant": name, **cells} for name, cells in filled)
    return text.getvalue().encode()


def read(protocol: Protocol, data: bytes, known: list[Person] = PEOPLE) -> list[Event]:
    start, end = session_times(DAY, "10:00", "11:00")
    session = PaperSession(id="s1", protocol=protocol, leader=Leader("J. Rivera", "OTR/L"), start=start, end=end)
    ids = count(1)
    pen = Pen(lambda: NOW, lambda: f"e{next(ids)}", "J. Rivera", "tally")
    return read_tally(data, session, known, pen, "t.csv")


def recorded(protocol: Protocol, data: bytes) -> list[Record]:
    encoded = msgspec.json.encode(session_record(fold(read(protocol, data))))
    participants: list[Record] = json.loads(encoded)["participants"]
    return participants


def one_row(cells: Cells, group: str = "one-leg-stance") -> bytes:
    return fill(shipped(group), [("Dee/Dee", {"attendance": "present", **cells})])


# --- the empty sheet ---------------------------------------------------------------------------------


@pytest.mark.parametrize("group", SHIPPED)
def test_the_sheet_has_the_groups_columns_and_a_row_each(group: str) -> None:
    protocol = shipped(group)
    header, *body = csv.reader(io.StringIO(sheet(protocol, PEOPLE, PEOPLE)))
    assert tuple(header) == protocol.tally_columns
    assert [row[0] for row in body] == [
        "Ada Lovelace (R1)", "Ada Lovelace (R2)", "Ben [/] King", "Cy {{ }}", "Dee/Dee"
    ]  # fmt: skip
    assert all(not any(row[1:]) for row in body)


def test_one_of_two_namesakes_is_named_with_the_number() -> None:
    assert "Ada Lovelace (R1)" in sheet(shipped(SHIPPED[0]), PEOPLE[:1], PEOPLE)


# --- round trip --------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", SHIPPED)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_was_filled_in_is_what_is_shown(group: str, data: st.DataObject) -> None:
    protocol = shipped(group)
    names = [row[0] for row in csv.reader(io.StringIO(sheet(protocol, PEOPLE, PEOPLE)))][1:]
    filled = [data.draw(rows(protocol)) for _ in names]
    shown = recorded(protocol, fill(protocol, list(zip(names, [cells for cells, _ in filled], strict=True))))
    for person, participant, (_, expected) in zip(PEOPLE, shown, filled, strict=True):
        assert participant == json.loads(
            unicodedata.normalize(
                "NFC", json.dumps({"id": person.id, "name": person.name, **expected}, ensure_ascii=False)
            )
        )


def test_the_session_is_complete_and_its_totals_have_no_time() -> None:
    events = read(shipped("one-leg-stance"), one_row({"taps_left": "3", "cues_verbal": "2"}))
    assert [event.kind for event in events] == ["started", "joined", "arrived", "repetition", "cue_given", "ended"]
    assert [event.at is None for event in events] == [False, False, False, True, True, False]
    assert {event.source for event in events} == {"tally"}
    assert fold(events).status == "ended"


def test_attempts_are_numbered_for_each_image() -> None:
    cells = {"attendance": "present"}
    recalled = next(m.id for m in shipped("step-tap-align").measures if m.kind == "trial")
    for place, (image, parts) in enumerate([(1, 1), (1, 2), (2, 3), (1, 3)], start=1):
        cells |= {f"{recalled}_{place}": str(parts), f"{recalled}_image_{place}": str(image)}
    events = read(shipped("step-tap-align"), fill(shipped("step-tap-align"), [("Dee/Dee", cells)]))
    opened = [event for event in events if isinstance(event, TrialOpened)]
    assert [(e.image, e.attempt) for e in opened] == [(1, 1), (1, 2), (2, 1), (1, 3)]


# --- refusals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"taps_left": "twelve"}, 'taps_left: "twelve" is not a whole number'),
        ({"taps_left": "-1"}, "taps_left"),
        ({"taps_left": "9" * 299}, "too many"),
        ({"taps_left": "9" * 400}, "400 characters"),
        ({"taps_left": "1.5"}, "whole number"),
        ({"attendance": "here"}, "attendance"),
        ({"attendance": ""} | {"taps_left": "1"}, "attendance: is empty although taps_left"),
        ({"attendance": "absent", "taps_left": "1"}, "although the person is absent"),
        ({"attendance": "declined", "arrived": "10:05"}, "although the person is declined"),
        ({"attendance": "late"}, "arrived: is empty"),
        ({"attendance": "left_early"}, "left: is empty"),
        ({"left": "10:30"}, "write left_early"),
        ({"arrived": "9:59"}, "outside the session"),
        ({"attendance": "left_early", "left": "11:01"}, "outside the session"),
        ({"attendance": "left_early", "arrived": "10:30", "left": "10:20"}, "before arrived"),
        ({"arrived": "25:00"}, "HH:MM"),
        ({"rest_minutes": "61"}, "longer than the 60 min"),
        ({"level_start": "9"}, "not a level"),
        ({"strategies": "flying"}, "not a strategy"),
        ({"lob": "0", "balance_watched": "no"}, "lob: is 0 although"),
        ({"balance_watched": "maybe"}, "yes or no"),
        ({"assistance": "some"}, "not on the scale"),
        ({"assistance": "CGA x 0"}, "helpers"),
        ({"difficulty": "hard"}, "not on the scale"),
        ({"pain": "11"}, "0 to 10"),
        ({"rpe": "lots"}, "0 to 10"),
        ({"remark": "a\nb"}, "line break"),
        ({"remark": "a\x1b[0m"}, "control"),
        ({"remark": "a\u202eb"}, "direction"),
    ],
)
def test_a_bad_cell_is_refused_in_one_line(cells: Cells, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(shipped("one-leg-stance"), one_row(cells))
    message = str(refusal.value)
    assert message.startswith("t.csv: row 2: ")
    assert says in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize(
    ("group", "kind", "cells", "says"),
    [
        ("step-tap-align", "trial", {"{}_1": "99"}, "more than there are"),
        ("step-tap-align", "trial", {"{}_1": "1", "{}_image_1": "0"}, "not one of the images"),
        ("step-tap-align", "trial", {"{}_image_1": "1"}, "fill that in too"),
        ("baoding-balls", "interval", {"{}_1": "ninety"}, "m:ss"),
        ("baoding-balls", "interval", {"{}_1": "1:30", "{}_side_1": "up"}, "left or right"),
        ("baoding-balls", "interval", {"{}_side_1": "left"}, "fill that in too"),
    ],
)
def test_a_bad_measure_is_refused(group: str, kind: str, cells: Cells, says: str) -> None:
    measure = next(m.id for m in shipped(group).measures if m.kind == kind)
    with pytest.raises(BadInput, match=says):
        read(shipped(group), one_row({column.format(measure): cell for column, cell in cells.items()}, group))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["Ada Lovelace"], 'could be "Ada Lovelace (R1)" or "Ada Lovelace (R2)"'),
        (["Nobody Known"], "not a known participant"),
        (["Dee/De"], 'did you mean "Dee/Dee"?'),
        (["Dee/Dee", "dee/dee"], "has row 2 already"),
        ([""], "participant: is empty"),
        (["Nobody", "Dee/Dee", "Noone"], "(rows 2, 4 cannot be used)"),
    ],
)
def test_who_cannot_be_meant_is_refused(names: list[str], says: str) -> None:
    protocol = shipped("one-leg-stance")
    with pytest.raises(BadInput) as refusal:
        read(protocol, fill(protocol, [(name, {"attendance": "absent"}) for name in names]))
    assert says in str(refusal.value)


def test_more_than_twelve_rows_are_refused() -> None:
    crowd = [Person(id=PersonId(str(n)), name=f"Person {n}", short_name=str(n)) for n in range(13)]
    protocol = shipped("one-leg-stance")
    data = fill(protocol, [(person.name, {"attendance": "absent"}) for person in crowd])
    with pytest.raises(BadInput, match="at most 12"):
        read(protocol, data, crowd)


@pytest.mark.parametrize(
    ("start", "end"), [("10:00", "09:59"), ("10:00", "10:00"), ("x", "10:00"), ("10:00", "24:01")]
)
def test_impossible_times_are_refused(start: str, end: str) -> None:
    with pytest.raises(BadInput):
        session_times(DAY, start, end)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("cga", "CGA"),
        ("contact guard", "CGA"),
        ("Contact-Guard Assistance", "CGA"),
        ("MOD A X 2", "Mod A x 2"),
        ("moderate assistance \u00d7 2", "Mod A x 2"),
        ("Independent", "Ind"),
        ("mod i", "Mod I"),
    ],
)
def test_assistance_is_understood_as_written(written: str, shown: str) -> None:
    [participant] = recorded(shipped("one-leg-stance"), one_row({"assistance": written}))
    assert participant["assistance"] == shown


def test_nothing_is_recorded_where_nothing_was_written() -> None:
    protocol = shipped("one-leg-stance")
    [participant] = recorded(protocol, fill(protocol, [("Dee/Dee", {})]))
    assert participant == {"id": "p4", "name": "Dee/Dee"}


def test_unused_columns_may_be_left_out() -> None:
    [participant] = recorded(shipped("one-leg-stance"), b"participant;attendance;taps_left\r\nDee/Dee;PRESENT;4\r\n")
    expected: dict[str, Any] = {"left": 4}
    assert participant["measures"]["taps"] == expected


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1 Moss", "@Cyd", "-Cyd Moss"])
def test_a_name_that_a_spreadsheet_would_run_is_put_in_the_sheet_unharmed_and_read_back(name) -> None:
    someone = Person(id=PersonId("p9"), name=name, short_name="Cyd")
    group = shipped("one-leg-stance")
    [header, row] = csv.reader(io.StringIO(sheet(group, [someone])))
    cells = dict(zip(header, row, strict=True))
    assert cells["participant"] == f"'{name}"
    filled = fill(group, [(cells["participant"], {"attendance": "present"})])
    assert [e.person.id for e in read(group, filled, [someone]) if isinstance(e, Joined)] == ["p9"]


@pytest.mark.parametrize(
    ("group", "cells", "says"),
    [
        (
            "functional-grasp",
            {"planned": "20", "placed_left": "15", "placed_right": "6"},
            "placed_right: 21 is more than",
        ),
        ("functional-grasp", {"time": "0:00"}, "time: a time goes from 0:01"),
        ("functional-grasp", {"time": "60:05"}, "time: 60:05 is longer than the 60:00 of their treatment"),
        ("functional-grasp", {"time": "5:05", "rest_minutes": "55"}, "longer than the 5:00"),
        (
            "baoding-balls",
            {"turning_1": "4:00", "turning_2": "2:00", "rest_minutes": "55"},
            "turning_2: 6:00 is longer",
        ),
        ("step-tap-align", {"image_1": "4"}, "image_1"),
    ],
)
def test_what_cannot_have_been_is_refused(group: str, cells: Cells, says: str) -> None:
    with pytest.raises(BadInput, match=r"t\.csv: row 2: ") as refusal:
        read(shipped(group), one_row(cells, group))
    assert says in str(refusal.value)
