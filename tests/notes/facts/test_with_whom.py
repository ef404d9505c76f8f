"""Who was with whom: the note, its figures and the bill say what a replay second by second says."""

import random
import re
from datetime import timedelta

import pytest

from otgroup.billing.billing_case import case_of
from otgroup.export.figures import figures_of
from otgroup.export.layout import header_lines
from otgroup.notes.facts.reading import facts_for
from otgroup.record.course import Ended, GroupPaused, GroupResumed
from otgroup.record.event import Event
from otgroup.record.parts.presence import Absent, Arrived, Left, Rested, Resumed
from otgroup.record.refusal import why_not
from otgroup.record.state import SessionState
from tests.billing.billed import BOOK
from tests.notes.replay import Replay
from tests.notes.told import ADA, BEN, WRITER, batch_of, group
from tests.strategies import Play, person, shipped

COMING_AND_GOING: tuple[type[Event], ...] = (Arrived, Arrived, Left, Rested, Rested, Resumed, Absent)


def random_session(seed: int) -> SessionState:
    """People who come, go and rest as they like, as far as it can be recorded."""
    rng = random.Random(seed)
    play = Play(shipped("one-leg-stance"))
    everybody = [person(number) for number in range(rng.randint(1, 5))]
    play.join(*everybody)
    for _ in range(rng.randint(2, 40)):
        play.now += timedelta(seconds=rng.randint(1, 200))
        kind = rng.choice((*COMING_AND_GOING, *([GroupPaused, GroupResumed] if rng.random() < 0.4 else [])))
        who = () if kind in (GroupPaused, GroupResumed) else (rng.choice(everybody).id,)
        more = {"treated": True} if kind is Rested and rng.random() < 0.4 else {}
        event = kind(**play.pen.stamp(*who), **more)
        if why_not(play.state(), event) is None:
            play.log.append(event)
    play.now += timedelta(seconds=rng.randint(1, 200))
    play.add(Ended)
    return play.state()


@pytest.mark.parametrize("seed", range(250))
def test_size_and_split_are_those_of_a_replay(seed: int) -> None:
    state = random_session(seed)
    with_how_many = Replay(state).with_how_many
    for p in state.board:
        if not p.took_part:
            continue
        seconds = with_how_many[p.person.id]
        in_group = sum(long for size, long in seconds.items() if size > 1)
        header = facts_for(state, p.person.id).header
        assert header.minutes.value == (in_group + seconds[1]) // 60
        long = {size for size, lasted in seconds.items() if size > 1 and lasted >= 60}
        told = {int(figure.value) for figure in (header.group_size, header.group_least) if figure}
        if long and header.group_size.value > 1:
            assert told == {min(long), max(long)}
        if header.group_size.value == 1:
            assert in_group < 60
        assert bool(header.group_minutes) == (header.alone_when in ("before", "after", "between"))
        if header.group_minutes:
            assert abs(header.group_minutes.value - in_group / 60) < 1
            assert abs(header.alone_minutes.value - seconds[1] / 60) < 1
            assert header.group_minutes.value + header.alone_minutes.value == header.minutes.value
        elif header.group_size.value > 1:
            assert seconds[1] < 120
        case = case_of(p, state, BOOK)
        for size in map(int, re.findall(r"\d+", case.spans.size_text if case.spans.sizes else "")):
            assert size in seconds


def told_of(play: Play) -> str:
    return batch_of(play).notes[0].body.split(",")[0] + ","


def test_who_was_left_alone_is_told_so_before_and_after_it_is_coded() -> None:
    play = group("one-leg-stance")
    play.taps(ADA.id, 3, "taps", "left")
    play.at("10:20").add(Left, BEN.id)
    body = batch_of(play, end="10:45").notes[0].body
    assert "for 45 minutes (20 minutes in a group of two, then 25 individually)" in body


def test_who_came_first_was_alone_first() -> None:
    play = Play(group("one-leg-stance").protocol)
    play.here(ADA)
    play.at("10:12").here(BEN, stated=True)
    play.taps(ADA.id, 3, "taps", "left")
    body = batch_of(play, end="10:30").notes[0].body
    assert "for 30 minutes (12 minutes individually, then 18 in a group of two)" in body


def test_a_group_that_changed_its_size_is_told_with_both() -> None:
    play = group("one-leg-stance")
    play.here(person(5))
    play.at("10:10").add(Left, person(5).id)
    play.taps(ADA.id, 3, "taps", "left")
    state = play.state("10:30")
    facts = facts_for(state, ADA.id)
    assert dict(header_lines(facts.header))["Group size"] == "2-3"
    figures = {(entry.measure, entry.value) for entry in figures_of(facts)}
    assert {("group size", 3), ("smallest group size", 2)} <= figures
    assert "in a group of 2-3" in WRITER.write(facts, "narrative").body


def test_two_who_followed_each_other_were_two_at_a_time() -> None:
    """Six in all, but never more than five at once."""
    play = group("one-leg-stance")
    for number in (5, 6, 7):
        play.here(person(number))
    play.at("10:12").add(Left, BEN.id)
    play.at("10:20").here(person(8), stated=True)
    header = facts_for(play.state("10:30"), ADA.id).header
    assert dict(header_lines(header))["Group size"] == "4-5"
