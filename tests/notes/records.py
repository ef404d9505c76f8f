"""The four records of a good note's models, and sparser neighbours, played as a leader would key them."""

from otgroup.record.parts.balance import BalanceDetail, BalanceIncident, BalanceWatched, Outcome, Recovery
from otgroup.record.parts.clocks import ClockDetail, ClockEnded, ClockStarted, ClockTotal
from otgroup.record.parts.counts import Repetition, SetDone
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.parts.goals import Linked
from otgroup.record.parts.grading import Graded, GradeDetail, LevelStated
from otgroup.record.parts.help import Assistance, Support
from otgroup.record.parts.presence import Arrived, Rested, Resumed
from otgroup.record.parts.scores import Difficulty, Exertion, Pain
from otgroup.record.parts.words import Plan, ReasonGiven, Remark, Response
from otgroup.record.people import Person, PersonId
from otgroup.record.sides import Side
from otgroup.record.state import SessionState
from tests.strategies import Play, shipped

ADA = Person(
    id=PersonId("ada"), name="Ada Lindqvist", short_name="Ada", pronouns="she", record_number="4471",
    goals=("G2 kitchen safety despite distraction",), deficits=("memory changes",),
)  # fmt: skip
JAMES = Person(
    id=PersonId("james"), name="James Okoro", short_name="James", pronouns="he", record_number="4480",
    goals=("G1 reach at the sink",), deficits=("CVA",), precautions=("gait belt",),
)  # fmt: skip
KIM = Person(
    id=PersonId("kim"), name="Kim Park", short_name="Kim", pronouns="they", record_number="4502",
    goals=("G3 shirt buttons",), precautions=("week 8 after carpal tunnel release, cleared for strengthening",),
)  # fmt: skip
ROSA = Person(
    id=PersonId("rosa"), name="Rosa Delgado", short_name="Rosa", pronouns="she", record_number="4519",
    goals=("G4 stocking a shelf",),
)  # fmt: skip


def others(number: int) -> tuple[Person, ...]:
    """Neighbours who are in the group and nothing more."""
    names = ("Wen Zhao", "Piotr Nowak", "Kofi Mensah", "Leila Haddad", "Uri Katz")
    return tuple(Person(id=PersonId(n), name=n, short_name=n.split()[0]) for n in names[:number])


def step_tap_align() -> SessionState:
    """Ada's rich record; Wen's sparse one (no pronouns); Piotr's with nothing recorded."""
    play = Play(shipped("step-tap-align"), mark="sta")
    play.here(ADA, *others(4))
    play.add(Linked, ADA.id, goals=ADA.goals, why="people moving beside her are the distraction of her kitchen")
    play.add(Assistance, ADA.id, level="standby")
    play.add(Support, ADA.id, text="no device")
    play.at("10:04")
    for attempt, recalled, cues in ((1, 1, 2), (2, 2, 1), (3, 3, 0)):
        play.attempt(ADA.id, "image", 1, attempt=attempt, recalled=recalled, verbal=cues)
    play.at("10:12")
    wobble = play.add(BalanceIncident, ADA.id, outcome=Outcome.UNSTEADY, recovery=Recovery.ALONE)
    play.add(BalanceDetail, ADA.id, of=wobble.id, during="at obstacle 3")
    play.at("10:14")
    grade = play.add(Graded, ADA.id, from_level=0, to_level=-1, strategies=("wide-bos",))
    play.add(GradeDetail, ADA.id, of=grade.id, reason="unsteady over obstacle 3")
    play.add(GradeDetail, ADA.id, of=grade.id, response="the remaining crossings were steady")
    play.at("10:16")
    for attempt, recalled in ((1, 2), (2, 3)):
        play.attempt(ADA.id, "image", 2, attempt=attempt, recalled=recalled, verbal=1)
    play.at("10:20").add(Rested, ADA.id)
    play.at("10:23").add(Resumed, ADA.id)
    play.add(Difficulty, ADA.id, what="directions", level="moderate")
    play.add(BalanceWatched, ADA.id, watched=True)
    play.add(Response, ADA.id, text='"I lose the picture when somebody walks past me."')
    play.add(Plan, ADA.id, text="Same level; rehearse the parts aloud before walking; aim for 1 cue a picture.")
    wen = PersonId("Wen Zhao")
    play.add(Repetition, wen, measure="steps", count=1, at=None)
    play.add(Repetition, wen, measure="obstacles", count=8, at=None)
    play.add(CueGiven, wen, type=Cue.VERBAL, count=0, at=None)
    play.add(Pain, wen, score=0)
    play.add(Plan, wen, text="add a dual task once 2 pictures are drawn without a cue")
    return play.state("10:38")


def step_tap_align_before() -> SessionState:
    """Ada's session of 17 November."""
    play = Play(shipped("step-tap-align"), date="2025-11-17", mark="old")
    play.here(ADA)
    play.add(CueGiven, ADA.id, type=Cue.VERBAL, count=7)
    return play.state("10:30")


def one_leg_stance() -> SessionState:
    """James' rich record; neighbours with little or nothing."""
    play = Play(shipped("one-leg-stance"), mark="ols")
    play.here(*others(5))
    play.join(JAMES)
    came = play.at("10:05").add(Arrived, JAMES.id, late=True)
    play.add(ReasonGiven, JAMES.id, of=came.id, reason="Transport")
    play.add(Linked, JAMES.id, goals=JAMES.goals, why="a shared beat asks him to keep his own pace")
    play.add(Assistance, JAMES.id, level="contact-guard")
    play.at("10:08").taps(JAMES.id, 15, "taps", "right")
    play.add(CueGiven, JAMES.id, type=Cue.VERBAL, count=1, side=Side.RIGHT)
    play.at("10:12").taps(JAMES.id, 6, "taps", "left")
    hip = play.add(CueGiven, JAMES.id, type=Cue.VERBAL, count=3)
    play.add(CueDetail, JAMES.id, of=hip.id, side=Side.LEFT, purpose="hip")
    trunk = play.add(CueGiven, JAMES.id, type=Cue.TACTILE, count=1)
    play.add(CueDetail, JAMES.id, of=trunk.id, side=Side.LEFT, purpose="trunk")
    lost = play.at("10:18").add(BalanceIncident, JAMES.id)
    play.add(BalanceDetail, JAMES.id, of=lost.id, outcome=Outcome.LOB)
    play.add(BalanceDetail, JAMES.id, of=lost.id, recovery=Recovery.CONTACT)
    play.add(BalanceDetail, JAMES.id, of=lost.id, direction="sideways", during="on a left tap")
    play.add(BalanceDetail, JAMES.id, of=lost.id, text="No lower surface.")
    play.add(Pain, JAMES.id, score=0)
    play.add(
        Graded,
        JAMES.id,
        from_level=0,
        to_level=-1,
        strategies=("one-hand",),
        reason="because of the loss of balance",
    )
    play.add(Support, JAMES.id, text="a chair back")
    play.at("10:19").taps(JAMES.id, 6, "taps", "left")
    play.at("10:24").add(Rested, JAMES.id)
    play.at("10:28").add(Resumed, JAMES.id)
    play.add(BalanceWatched, JAMES.id, watched=True)
    play.add(Exertion, JAMES.id, score=5)
    play.add(Response, JAMES.id, text="The left hip tires first when reaching.")
    play.add(Plan, JAMES.id, text="Without support after 10 steady left taps.")
    wen = PersonId("Wen Zhao")
    play.add(SetDone, wen, measure="taps", actual=14, target=15, side=Side.LEFT)
    play.add(SetDone, wen, measure="taps", actual=1, target=15, side=Side.RIGHT)
    play.add(BalanceWatched, wen, watched=True, steady=True)
    return play.state("10:36")


def baoding_balls() -> SessionState:
    """Kim's record, one-on-one."""
    play = Play(shipped("baoding-balls"), start="13:00", mark="bao")
    play.here(KIM)
    play.add(Linked, KIM.id, goals=KIM.goals, purposes=("wrist stability", "stamina and endurance"))
    play.add(Pain, KIM.id, score=1)
    for start, stop, second, contacts, drops in (("13:01", "13:03", 0, 9, 0), ("13:04", "13:05", 25, 14, 2)):
        clock = play.at(start).add(ClockStarted, KIM.id, measure="turning", target_s=120, side=Side.LEFT)
        play.add(ClockDetail, KIM.id, of=clock.id, pattern="clockwise")
        play.now = play.now.replace(second=10)
        play.add(Repetition, KIM.id, measure="contacts", count=contacts)
        play.add(Repetition, KIM.id, measure="drops", count=drops)
        how = "done" if second == 0 else "stopped"
        play.at(stop, second).add(ClockEnded, KIM.id, of=clock.id, how=how, reason="fatigue" if second else "")
    play.add(CueGiven, KIM.id, type=Cue.VERBAL, count=2)
    play.add(CueDetail, KIM.id, of=play.log[-1].id, purpose="thumb")
    play.at("13:06").add(Rested, KIM.id)
    play.at("13:08").add(Resumed, KIM.id)
    play.add(Graded, KIM.id, from_level=0, to_level=-1, strategies=("less-time",), reason="fatigue")
    clock = play.at("13:09").add(ClockStarted, KIM.id, measure="turning", target_s=60, side=Side.LEFT)
    play.add(ClockDetail, KIM.id, of=clock.id, pattern="clockwise")
    play.at("13:09", 30).add(Repetition, KIM.id, measure="drops", count=0)
    play.at("13:10").add(ClockEnded, KIM.id, of=clock.id, how="done")
    play.add(Pain, KIM.id, score=2)
    play.add(Remark, KIM.id, text="Clearance for strengthening was checked.")
    play.add(Plan, KIM.id, text="Lengthen to 1:30 once 1:00 is held twice without a drop.")
    return play.state("13:12")


def functional_grasp() -> SessionState:
    """Rosa's record in a group of three: 20 cones planned, 16 when the shoulder took over."""
    play = Play(shipped("functional-grasp"), start="14:00", mark="fun")
    play.here(ROSA, *others(2))
    play.add(Linked, ROSA.id, goals=ROSA.goals, why="pacing beside two peers shows when the shoulder takes over")
    play.add(LevelStated, ROSA.id, level=-1, strategies=("seated",))
    play.add(Repetition, ROSA.id, measure="planned", count=20)
    clock = play.at("14:04").add(ClockStarted, ROSA.id, measure="time")
    for start in ("14:04", "14:06", "14:08"):
        play.at(start).taps(ROSA.id, 4, "placed", "right")
        if start != "14:04":
            play.add(CueGiven, ROSA.id, type=Cue.TACTILE, count=2)
            play.add(CueDetail, ROSA.id, of=play.log[-1].id, purpose="shoulder hiking")
    grade = play.at("14:09").add(Graded, ROSA.id, from_level=-1, to_level=-2, strategies=("fewer-cones",))
    play.add(GradeDetail, ROSA.id, of=grade.id, reason="because the shoulder hiked with every reach")
    play.add(Repetition, ROSA.id, measure="planned", count=16)
    play.at("14:10").taps(ROSA.id, 4, "placed", "right")
    play.at("14:10", 50).add(ClockEnded, ROSA.id, of=clock.id, how="done")
    play.add(Repetition, ROSA.id, measure="drops", count=3, side=Side.RIGHT)
    play.add(Remark, ROSA.id, text="All drops came on release.")
    play.add(Difficulty, ROSA.id, what="activity", level="moderate")
    play.add(Response, ROSA.id, text='"My shoulder wants to do the work"')
    play.add(Plan, ROSA.id, text="16 cones seated; standing once cues are 2 or fewer")
    return play.state("14:24")


def functional_grasp_before() -> SessionState:
    """Rosa's session of 19 November."""
    play = Play(shipped("functional-grasp"), date="2025-11-19", start="14:00", mark="fold")
    play.here(ROSA)
    play.add(Repetition, ROSA.id, measure="placed", count=12, side=Side.RIGHT)
    play.add(ClockTotal, ROSA.id, measure="time", seconds=450)
    return play.state("14:20")
