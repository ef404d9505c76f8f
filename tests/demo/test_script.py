"""A script's mistakes are told with file, line and mend; its lines become the events they say."""

from datetime import datetime, timedelta, timezone

import pytest

from otgroup.demo.perform import Stage, ids_from, perform
from otgroup.demo.script import read_script
from otgroup.errors import BadInput
from otgroup.record.course import Joined, Moved
from otgroup.record.event import Event
from otgroup.record.fold import fold
from otgroup.record.parts.balance import BalanceDetail
from otgroup.record.parts.cues import CueGiven
from otgroup.record.parts.presence import Left
from otgroup.record.people import Leader, Person, PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.record.state import SessionState
from otgroup.store.clinic_files import ClinicFiles

START = datetime(2026, 3, 10, 10, 0, tzinfo=timezone(timedelta(hours=-5)))
HEADER = "group: one-leg-stance\nleader: J. Rivera, OTR/L\n"
HERE = "+00:00 Ada+Ben joined\n+00:00 Ada+Ben arrived\n"
PEOPLE = [
    Person(id=PersonId("a"), name="Ada Larkspur", short_name="Ada L."),
    Person(id=PersonId("b"), name="Ben Kettlewick", short_name="Ben K."),
]


@pytest.fixture
def protocol(tmp_path) -> Protocol:
    return ClinicFiles(tmp_path).group("one-leg-stance")


def events_of(text: str, protocol: Protocol) -> list[Event]:
    stage = Stage("s", START, protocol, DEFAULT_SCALES, PEOPLE)
    return perform(read_script(HEADER + text, "s.txt"), stage, ids_from("s"))


def state_of(text: str, protocol: Protocol) -> SessionState:
    return fold(events_of(text, protocol))


def test_a_line_is_an_event_at_its_time(protocol):
    last = events_of(HERE + "+1:02:10 Ada cue_given type=verbal count=2\n", protocol)[-1]
    assert isinstance(last, CueGiven)
    assert (last.participants, last.count, last.by) == (("a",), 2, "J. Rivera, OTR/L")
    assert last.at == last.entered == START + timedelta(hours=1, minutes=2, seconds=10)


def test_numbers_follow_the_order_of_joining(protocol):
    joined = [e for e in events_of("+00:00 Ben+Ada joined\n", protocol) if isinstance(e, Joined)]
    assert [(e.number, e.person.name) for e in joined] == [(1, "Ben Kettlewick"), (2, "Ada Larkspur")]


def test_a_star_means_everyone_here_and_a_dash_the_group(protocol):
    text = HERE + '+01:00 Ben left reason="his ride came"\n+02:00 * balance_watched watched=true\n+03:00 - ended\n'
    left, watched, ended = events_of(text, protocol)[-3:]
    assert isinstance(left, Left)
    assert left.reason == "his ride came"
    assert (watched.participants, ended.participants) == (("a",), ())


def test_names_tie_details_moves_and_undone_events_to_what_they_mean(protocol):
    text = HERE + (
        "+01:00 Ada balance_incident as=slip\n"
        "+01:04 Ada balance_detail of=@slip outcome=lob recovery=contact\n"
        "+02:00 Ada cue_given type=verbal count=1 as=cue\n"
        "+02:03 Ada moved event=@cue to=Ben\n"
        "+03:00 Ada pain score=3 as=pain\n"
        "+03:03 Ada undone event=@pain\n"
    )
    kinds = {type(event) for event in events_of(text, protocol)}
    ada, ben = state_of(text, protocol).board
    assert {BalanceDetail, Moved} <= kinds
    assert (ada.balance.incidents[0].recovery, ada.cues.by_type, dict(ben.cues.by_type)) == (
        "contact",
        {},
        {"verbal": 1},
    )
    assert ada.scores.pain == ()


def test_several_values_are_joined_by_commas(protocol):
    text = HERE + "+01:00 Ada level_stated level=1 strategies=direction,dual-task\n"
    assert state_of(text, protocol).board[0].grading.in_force == ("direction", "dual-task")


def test_comments_quotes_and_header(protocol):
    script = read_script("# a\ngroup: g\nstart: 2026-03-10 10:00\nleader: J. Rivera\n\n+00:00 - ended # b\n", "s.txt")
    assert (script.group, script.leader, len(script.lines)) == ("g", Leader("J. Rivera"), 1)
    assert script.start
    assert (script.start.hour, script.start.tzinfo is not None) == (10, True)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("+00:10 Adda pain score=3", 'there is nobody called "Adda", use Ada, Ben'),
        ("+00:10 Ada pains score=3", 'there is no event "pains", use one of absent'),
        ("+00:10 Ada started", 'there is no event "started"'),
        ("+00:10 Ada pain points=3", 'there is no field "points", use score'),
        ("+00:10 Ada pain at=3 score=3", 'there is no field "at", use score'),
        ("+00:10 Ada pain", "required field score"),
        ("+00:10 Ada pain score=much", "score: Expected int, got str, mend the line"),
        ("+00:10 Ada pain 3", '"3" is not a field, write name=value'),
        ("+00:10 Ada repetition measure=taps side=up count=1", "side: Invalid enum value 'up'"),
        ("+00:10 Ada repetition measure=taps count=1", "left or right?"),
        ("+00:10 Ada repetition measure=hops count=1", "this group does not count hops"),
        ("+00:10 Ada graded from=0 to=1 strategies=juggling", 'this group has no strategy "juggling"'),
        ("+00:10 Ada assistance level=some", 'the scale has no assistance level "some"'),
        ("+00:10 Ada cue_detail of=@x purpose=hip", 'no event before is called "@x", name one with as=NAME'),
        ("+00:10 Ada resumed", "Ada L. is not resting"),
        ('+00:10 Ada remark text="open', "a quote is left open, close it"),
        ("+0:1 Ada pain score=3", '"+0:1" is not a time after the start, write +MM:SS'),
        ("+00:10 Ada", "too short, write +MM:SS, who and what"),
        ("00:10 Ada pain score=3", '"00:10" begins no event'),
    ],
)
def test_a_mistake_names_file_line_and_mend(protocol, line, wanted):
    with pytest.raises(BadInput) as refused:
        events_of(HERE + line + "\n", protocol)
    assert str(refused.value).startswith("s.txt, line 5: ")
    assert wanted in str(refused.value)
    assert "\n" not in str(refused.value)


def test_lines_out_of_order_are_refused(protocol):
    with pytest.raises(BadInput, match=r"s\.txt, line 6: \+00:20 is earlier than the line before"):
        events_of(HERE + "+00:30 Ada pain score=1\n+00:20 Ada pain score=1\n", protocol)


def test_a_detail_on_another_persons_event_is_refused(protocol):
    text = HERE + "+01:00 Ada balance_incident as=slip\n+01:04 Ben balance_detail of=@slip outcome=lob\n"
    with pytest.raises(BadInput, match=r"Ben K\. has nothing on the record that this could be added to"):
        events_of(text, protocol)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("leader: A\n+00:00 - ended\n", "s.txt: there is no group"),
        ("group: g\n+00:00 - ended\n", "s.txt: there is no leader"),
        ("group: g\nleader: A\n", "s.txt: there is no event"),
        ("group: g\nleader: A\nstart: noon\n+00:00 - ended\n", 's.txt: start "noon" is not a time'),
        ("group: g\ncolour: red\n", 's.txt, line 2: "colour:" begins no event'),
    ],
)
def test_a_header_that_lacks_something_is_refused(text, wanted):
    with pytest.raises(BadInput) as refused:
        read_script(text, "s.txt")
    assert wanted in str(refused.value)


def test_the_same_script_gives_the_same_events(protocol):
    assert events_of(HERE, protocol) == events_of(HERE, protocol)
