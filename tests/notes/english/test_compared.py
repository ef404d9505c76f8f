"""What a note says of the last time is true, and "as before" only where nothing moved."""

import random
import re
from collections import Counter

import pytest

from otgroup.notes.english.compared import compared
from otgroup.notes.facts.figures import unmarked
from otgroup.notes.facts.reading import facts_for
from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome
from otgroup.record.parts.cues import Cue, CueGiven
from otgroup.record.parts.grading import LevelStated
from otgroup.record.parts.help import Assistance
from otgroup.record.parts.scores import Pain
from otgroup.record.state import SessionState
from tests.notes.told import ADA, BEN
from tests.strategies import Play, shipped

WENT = re.compile(r"(?:, and |, | and |2026 )([a-z ]+?)(?: went)? from (.+?) to (.+?)(?=,| and |\.)")
THEN, NOW = "2026-03-03", "2026-03-10"


def session(
    date: str, *, end: str = "10:40", help_given: str = "", lob: int | None = None, left: int = 0, right: int = 0,
    verbal: int = 0, level: int | None = None, pain: int | None = None,
) -> SessionState:  # fmt: skip
    """A group of two on that day; of Ada what is given here and nothing else."""
    play = Play(shipped("one-leg-stance"), date=date, mark=date[-2:])
    play.here(ADA, BEN)
    if help_given:
        play.add(Assistance, ADA.id, level=help_given)
    if level is not None:
        play.add(LevelStated, ADA.id, level=level)
    if verbal:
        play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=verbal)
    play.taps(ADA.id, left, "taps", "left")
    play.taps(ADA.id, right, "taps", "right")
    if lob is not None:
        play.add(BalanceWatched, ADA.id, watched=True)
        for _ in range(lob):
            incident = play.add(BalanceIncident, ADA.id)
            play.add(BalanceDetail, ADA.id, of=incident.id, outcome=Outcome.LOB)
    if pain is not None:
        play.add(Pain, ADA.id, score=pain)
    return play.state(end)


def told(then: SessionState, now: SessionState) -> str:
    return unmarked(compared(facts_for(now, ADA.id, then)))


def test_progress_stands_first_and_each_side_by_itself() -> None:
    then = session(THEN, help_given="moderate", lob=2, left=3, right=20, verbal=5, level=0)
    now = session(NOW, end="10:20", help_given="standby", lob=0, left=20, right=3, verbal=5, level=2)
    assert told(then, now) == (
        "Since March 3, 2026 assistance went from moderate assistance to standby assistance, losses of balance "
        "from 2 to 0, the level from 0 to +2, toe taps with the left foot from 3 to 20 and toe taps with the right "
        "foot from 20 to 3, in 20 minutes (40 then)."
    )


def test_of_assistance_that_changed_during_a_day_nothing_is_told() -> None:
    then = session(THEN, help_given="standby", verbal=3)
    play = Play(shipped("one-leg-stance"), date=NOW, mark="n")
    play.here(ADA, BEN)
    for level in ("standby", "moderate", "standby"):
        play.add(Assistance, ADA.id, level=level)
    play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=3)
    assert told(then, play.state("10:40")) == ""


def test_as_before_where_nothing_moved_and_both_days_were_equally_long() -> None:
    same = {"help_given": "standby", "lob": 0, "left": 3, "verbal": 5, "level": 1}
    line = "Assistance, the level, verbal cues and toe taps with the left foot were as on March 3, 2026."
    assert told(session(THEN, **same), session(NOW, **same)) == line
    assert told(session(THEN, **same), session(NOW, **same, end="10:37")) == line
    assert told(session(THEN, **same), session(NOW, **same, end="10:35")) == ""


@pytest.mark.parametrize(
    "other", [{"lob": 1}, {"lob": None}, {"help_given": "contact-guard"}, {"level": 0}, {"pain": 2}, {"verbal": 4}]
)
def test_nothing_is_as_before_where_anything_moved_or_was_not_known(other) -> None:
    same = {"help_given": "standby", "lob": 0, "left": 3, "verbal": 5, "level": 1}
    assert "as on" not in told(session(THEN, **same), session(NOW, **(same | other)))
    assert "as on" not in told(session(THEN, **(same | other)), session(NOW, **same))


# --- held against the events themselves -----------------------------------------------------------------


LAST = {
    "assistance": ("assistance", lambda e, state: state.scales.assistance_level(e.level).long),
    "level_stated": ("the level", lambda e, _: f"{e.level:+d}" if e.level else "0"),
    "pain": ("pain", lambda e, _: f"{e.score}/10"),
}


def sums(state: SessionState) -> dict[str, str]:
    """Plain sums over the events, by the names that a note gives them."""
    own = [event for event in state.effective if ADA.id in event.participants]
    found: Counter[str] = Counter()
    for event in own:
        if event.kind == "repetition":
            found[f"toe taps with the {event.side} foot"] += event.count
        elif event.kind == "cue_given":
            found[f"{event.type} cues"] += event.count
        elif event.kind in ("balance_detail", "balance_watched"):
            found["losses of balance"] += event.kind == "balance_detail" and event.outcome == "lob"
    last = {LAST[e.kind][0]: LAST[e.kind][1](e, state) for e in own if e.kind in LAST}
    minutes = int((state.until() - state.started_at).total_seconds() // 60)
    return {name: str(number) for name, number in found.items()} | last | {"minutes": str(minutes)}


def chosen(rng: random.Random, date: str) -> SessionState:
    return session(
        date,
        end=rng.choice(("10:20", "10:38", "10:40", "10:40")),
        help_given=rng.choice(("", "standby", "standby", "moderate")),
        lob=rng.choice((None, 0, 0, 1, 2)),
        left=rng.choice((0, 3, 3, 12)),
        right=rng.choice((0, 3, 12)),
        verbal=rng.choice((0, 2, 2, 5)),
        level=rng.choice((None, 0, 0, 1)),
        pain=rng.choice((None, None, 2, 4)),
    )


@pytest.mark.parametrize("seed", range(300))
def test_every_comparison_is_what_the_events_say(seed: int) -> None:
    rng = random.Random(seed)
    then, now = chosen(rng, THEN), chosen(rng, NOW)
    before, today, line = sums(then), sums(now), told(then, now)
    for name, was, is_now in WENT.findall(line):
        assert (before[name], today[name]) == (was, is_now), line
    if "as on" in line:
        progress = ("assistance", "losses of balance", "the level", "pain")
        assert [before.get(name) for name in progress] == [today.get(name) for name in progress]
        for name in re.split(r", | and ", line.partition(" were as on")[0].lower()):
            assert before[name] == today[name], line
        assert abs(int(before["minutes"]) - int(today["minutes"])) <= 4
    moved = [n for n in ("assistance", "losses of balance") if n in before and n in today and before[n] != today[n]]
    assert all(f"{name} " in line for name in moved), line
    if "Since" in line and abs(int(before["minutes"]) - int(today["minutes"])) > 4:
        assert f"in {today['minutes']} minutes ({before['minutes']} then)" in line
