"""The review writes again only what has changed, and what stands is what would be written anew."""

import random
from collections import Counter
from pathlib import Path

import msgspec
import pytest

import otgroup
from otgroup.billing.one_on_one import OneOnOne
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.facts.reading import Facts
from otgroup.notes.note import Note
from otgroup.notes.signing.papers import PaperEvent, PaperPen
from otgroup.notes.signing.reviewing import Material, Reviewing
from otgroup.notes.signing.rules import parse_review
from otgroup.notes.writer import NoteWriter
from otgroup.record.course import Ended, Undone
from otgroup.record.event import Event, Stamp
from otgroup.record.fold import fold
from otgroup.record.parts.balance import BalanceIncident, BalanceWatched, Outcome
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.presence import Left
from otgroup.record.parts.words import Plan, Response
from otgroup.record.people import Leader, Person
from otgroup.record.state import SessionState
from tests.strategies import Play, load_template, person, shipped

EIGHT = [person(place, ("she", "he")[place % 2]) for place in range(8)]
SHIPPED = (Path(otgroup.__file__).parent / "defaults" / "review.toml").read_bytes()
RULES = parse_review(SHIPPED, "review.toml")


class Counting(NoteWriter):
    """A writer that tells whose notes it wrote."""

    def __init__(self) -> None:
        super().__init__(load_template)
        self.wrote: Counter[str] = Counter()

    def write(self, facts: Facts, template: str = "narrative") -> Note:
        self.wrote[facts.header.name] += 1
        return super().write(facts, template)


class Memory:
    """A session without a disk."""

    def __init__(self, state: SessionState) -> None:
        self.state = state

    def record(self, *events: Event) -> SessionState:
        self.state = fold([*self.state.log, *events])
        return self.state

    def file(self, *papers: PaperEvent) -> None:
        pass

    def filed(self) -> list[bytes]:
        return []


class Desk:
    """A review of eight, all with a record of their own."""

    def __init__(self) -> None:
        self.play = Play(shipped("step-tap-align"))
        self.play.here(*EIGHT, stated=True)
        for place, one in enumerate(EIGHT):
            self.play.at(f"10:{place + 1:02d}").taps(one.id, place + 2, "taps", "left")
            for event in (BalanceWatched(**self.stamp(one), watched=True), Response(**self.stamp(one), text="Fine.")):
                self.play.log.append(event)
        self.play.at("10:40").add(Ended)
        self.writer = Counting()
        self.session = Memory(fold(self.play.log))
        pen = PaperPen(lambda: self.play.now, self.play.pen.new_id, Leader("J. Rivera", "OTR/L"))
        self.review = Reviewing(self.session, pen, Material(self.writer, RULES))

    def stamp(self, one: Person) -> Stamp:
        return self.play.pen.stamp(one.id)

    def something(self, one: Person, chance: random.Random) -> Event:
        """An event of any of five kinds."""
        stamp = self.stamp(one)
        match chance.randrange(5):
            case 0:
                return Plan(**stamp, text=f"Plan {chance.random():.3f}.")
            case 1:
                return CueGiven(**stamp, type=Cue.VERBAL, count=chance.randint(1, 4))
            case 2:
                return BalanceIncident(**stamp, outcome=Outcome.LOB)
            case 3:
                return Left(**self.play.pen.stamp(one.id, at=self.play.time(f"10:{chance.randint(20, 39)}")))
            case _:
                return Undone(**self.play.pen.stamp(), event=chance.choice(self.session.state.log[20:]).id)

    def shown(self, one: Person) -> None:
        """What the screen asks for at every key."""
        self.review.notes()
        self.review.findings(one.id)
        self.review.evidence(one.id)

    def wrote(self) -> dict[str, int]:
        found = dict(self.writer.wrote)
        self.writer.wrote.clear()
        return found


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.shown(EIGHT[0])
    desk.wrote()
    return desk


def test_a_key_for_one_person_writes_that_note_and_traces_it(desk) -> None:
    desk.session.record(Plan(**desk.stamp(EIGHT[0]), text="Five taps more."))
    desk.shown(EIGHT[0])
    assert desk.wrote() == {EIGHT[0].name: 2}


def test_a_key_that_changes_nothing_writes_nothing(desk) -> None:
    for _ in range(3):
        desk.shown(EIGHT[0])
    desk.review.edit(EIGHT[0].id, "Plan", "My own words.")
    desk.shown(EIGHT[0])
    assert desk.wrote() == {}


def test_a_signature_writes_nothing(desk) -> None:
    desk.session.record(Plan(**desk.stamp(EIGHT[0]), text="Five taps more."))
    desk.shown(EIGHT[0])
    for finding in desk.review.findings(EIGHT[0].id):
        desk.review.look(EIGHT[0].id, finding)
    desk.wrote()
    desk.review.sign(EIGHT[0].id)
    desk.shown(EIGHT[0])
    assert desk.review.paper(EIGHT[0].id).signed
    assert desk.wrote() == {}


def test_another_persons_note_is_only_traced(desk) -> None:
    desk.shown(EIGHT[3])
    desk.shown(EIGHT[0])
    desk.shown(EIGHT[3])
    assert desk.wrote() == {EIGHT[3].name: 1}


def test_what_all_notes_say_is_written_in_all(desk) -> None:
    desk.session.record(Left(**desk.play.pen.stamp(EIGHT[7].id, at=desk.play.time("10:20"))))
    desk.session.record(Undone(**desk.play.pen.stamp(), event=desk.session.state.log[-1].id))
    desk.shown(EIGHT[0])
    assert desk.wrote() == {}
    start, end = desk.play.time("09:00"), desk.play.time("09:09")
    by = Leader("J. Rivera", "OTR/L")
    entry = OneOnOne(
        id="m1", person=EIGHT[2].id, date=start.date(), start=start, end=end, code="97535", leader=by, entered=end
    )
    desk.review.take_entries((entry,))
    desk.shown(EIGHT[0])
    assert set(desk.wrote()) == {one.name for one in EIGHT}


@pytest.mark.parametrize("seed", range(25))
def test_what_stands_is_what_would_be_written_anew(desk, seed) -> None:
    chance = random.Random(seed)
    for _ in range(12):
        one = chance.choice(EIGHT)
        desk.session.record(desk.something(one, chance))
        if chance.random() < 0.3:
            desk.review.edit(one.id, "Plan", f"Own {chance.random():.3f}.")
        if chance.random() < 0.3:
            desk.review.template = chance.choice(["narrative", "soap", "dap"])
        context = NoteContext(papers=desk.review.papers)
        fresh = write_batch(desk.session.state, NoteWriter(load_template), desk.review.template, context=context)
        assert msgspec.json.encode(desk.review.batch().notes) == msgspec.json.encode(fresh.notes)
        assert desk.review.batch().facts == fresh.facts
