"""What a group is aimed at and carries over to, chosen for one participant: in their note and in nobody else's."""

import msgspec
import pytest

from otgroup.notes.batch import write_batch
from otgroup.notes.english.phrases import goals_phrase
from otgroup.notes.writer import NoteWriter
from otgroup.record.parts.goals import Linked
from otgroup.record.people import Link, Person
from tests.strategies import Play, load_template, person, shipped

WRITER = NoteWriter(load_template)
ADA, BEN = person(0, "she"), person(1, "he")
CHOSEN = {"purposes": ("grip strength", "calming"), "carry_over": ("opening jars", "fastening buttons")}


def bodies(play: Play, template: str = "narrative") -> tuple[str, ...]:
    return tuple(note.body for note in write_batch(play.state("10:30"), WRITER, template).notes)


def balls(*people: Person) -> Play:
    play = Play(shipped("baoding-balls"))
    play.here(*people)
    return play


@pytest.mark.parametrize("template", ["narrative", "soap"])
def test_a_purpose_is_told_where_somebody_chose_it(template) -> None:
    play = balls(ADA, BEN)
    play.add(Linked, ADA.id, goals=("G3 shirt buttons",), why="peers set the pace", **CHOSEN)
    ada, ben = bodies(play, template)
    assert "in the palm, for calming and grip strength." not in ada  # the file's order, not the keys'
    assert "in the palm, for grip strength and calming." in ada
    assert "intrinsic hand muscle strength" not in ada
    assert "in the palm." in ben
    assert not [purpose for purpose in play.protocol.all_purposes if purpose in ben]
    told = "goal G3 (shirt buttons) and carries over to fastening buttons and opening jars: peers set the pace."
    assert ada.count(told) == 1
    assert "jars" not in ben


def test_carry_over_without_a_goal_is_told_too() -> None:
    play = balls(ADA, BEN)
    play.add(Linked, ADA.id, why="peers set the pace", **CHOSEN)
    told = "The work carries over to fastening buttons and opening jars. The group serves her: peers set the pace."
    assert told in bodies(play)[0]


def test_what_was_chosen_stays_with_the_participant_and_what_the_file_lacks_is_not_told() -> None:
    link = Link("baoding-balls", (), "", ("dexterity", "purpose of another file"), ("typing",))
    play = balls(msgspec.structs.replace(ADA, links=(link,)))
    [ada] = bodies(play)
    assert "for dexterity." in ada
    assert "carries over to typing." in ada


def test_words_chosen_later_replace_the_earlier_ones() -> None:
    play = balls(ADA, BEN)
    play.add(Linked, ADA.id, **CHOSEN)
    play.add(Linked, ADA.id, goals=("G1",))
    [ada, _] = bodies(play)
    assert "in the palm." in ada


def test_a_goal_nobody_linked_is_served_by_nothing() -> None:
    play = balls(msgspec.structs.replace(ADA, goals=("G1 reach the shelf", "button a shirt")), BEN)
    play.taps(ADA.id, 3, "contacts")
    for template in ("narrative", "soap", "dap", "narrative-brief", "soap-brief", "dap-brief"):
        ada = bodies(play, template)[0]
        assert "serve" not in ada
        assert "shirt" not in ada
        assert "shelf" not in ada
    play.add(Linked, ADA.id, goals=("button a shirt",))
    assert "serves the goal" in bodies(play)[0]


@pytest.mark.parametrize(
    ("goal", "told"),
    [
        ("Goal 1: reach the shelf.", "goal 1 (reach the shelf)"),
        ("STG 2 walk to the mailbox", "STG 2 (walk to the mailbox)"),
        ("LTG 1", "LTG 1"),
        ("G1 reach (sink)", 'goal G1, "reach (sink)"'),
        ('say "good morning"', "the goal \"say 'good morning'\""),
        ("walk", 'the goal "walk"'),
    ],
)
def test_goals_are_quoted_or_bracketed(goal, told) -> None:
    assert goals_phrase((goal,)) == told
