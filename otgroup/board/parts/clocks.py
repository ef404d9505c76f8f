"""Clocks: started, told done or stopped, and those that have reached their target and wait for an answer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar, Final, Literal, NamedTuple

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import Answer, CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.board.strip import Choice, Question
from otgroup.errors import BadInput
from otgroup.record.course import Undone
from otgroup.record.fields import SideName
from otgroup.record.part import replace
from otgroup.record.participant import Participant
from otgroup.record.parts.clocks import (
    Clock,
    ClockDetail,
    ClockEnded,
    ClockMeasure,
    Clocks,
    ClockStarted,
    ClockTotal,
    IntervalMeasure,
)
from otgroup.record.protocol import Protocol
from otgroup.record.sides import Side
from otgroup.record.spans import clock_text, reached_at
from otgroup.record.state import SessionState
from otgroup.written import clean_text, parse_clock

StartedClocks = tuple[ClockStarted, ...]


class ClockKeys(MeasureKeys[ClockMeasure, Clocks]):
    """Intervals and stopwatches: one key starts and stops."""

    has_time: ClassVar[bool] = True

    def answers(self) -> Mapping[MeasureAction, Answer[ClockMeasure]]:
        """The key that starts and stops a clock."""
        return {"clock": Answer("start or stop a clock; answer one that rings", start_or_stop)}

    def footer(self, measure: ClockMeasure, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """The footer names that key."""
        return {"clock": "clock"}

    def cue_sides(self, measure: ClockMeasure) -> tuple[SideName, ...]:
        """A cue during an interval is for the interval's side."""
        return ()

    def figures(self, measure: ClockMeasure, part: Clocks, view: CardView) -> CardRow:
        """The last three times."""
        elapsed = view.state.elapsed()
        done = [c for c in part.of(measure.id) if not c.runs]
        times = " ".join(clock_text(c.seconds(elapsed)) for c in done[-3:])
        return ((f"{measure.id} ", "dim"), (times, "strong")) if times else ()

    def under_way(self, part: Clocks, desk: Desk, now: datetime) -> CardRow:
        """The running clock: `left 1:05 of 2:00`."""
        clock = part.running()
        return _running(clock, desk, now) if clock else ()

    def open_point(self, part: Clocks) -> str:
        """A clock that still runs is open."""
        return "clock runs" if part.running() else ""

    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """Nothing: `w` at a time that was said stops it."""
        return False


def _running(clock: Clock, desk: Desk, now: datetime) -> CardRow:
    seconds = clock.seconds(desk.state.elapsed(now))
    target = f" of {clock_text(clock.target_s)}" if clock.target_s else ""
    side = f"{clock.side} " if clock.side else ""
    over = clock.target_s is not None and seconds >= clock.target_s
    text = f"{side}{clock_text(seconds)}{target}"
    return ((f"DONE? w  {text}", flash(now)),) if over else ((text, "accent"),)


def flash(now: datetime) -> str:
    """The style of a card whose clock waits for an answer: another one each second."""
    return "alarm" if now.second % 2 else "warn"


class Ring(NamedTuple):
    """A clock at its target that nobody has answered yet."""

    participant: Participant
    clock: Clock
    due: datetime


def ringing(state: SessionState, now: datetime) -> tuple[Ring, ...]:
    """The clocks that wait to be told done or stopped, the longest waiting first."""
    return tuple(sorted((ring for p in state.board for ring in rings_of(p, state, now)), key=lambda r: r.due))


def rings_of(participant: Participant, state: SessionState, now: datetime) -> Iterator[Ring]:
    """One participant's clocks that wait."""
    for clock in participant.clocks.bouts:
        due = clock.due_at(state.pauses) if clock.runs else None
        if due and due <= now:
            yield Ring(participant, clock, due)


def waiting(desk: Desk) -> tuple[Ring, ...]:
    """The same in the order in which they are answered: the chosen person's before the others'. At the desk of one
    person nothing rings: their clock is stopped at the time that was said.
    """
    rings = () if desk.only else ringing(desk.state, desk.pen.now())
    return tuple(sorted(rings, key=lambda r: r.participant is not desk.participant))


def start_or_stop(desk: Desk, measure: ClockMeasure) -> None:
    """Answer a clock that rings, whoever's it is; else stop the chosen person's; else start theirs, or everyone's.

    At the desk of one person nothing is started: no clock runs in a group that is over. How long it was is asked.
    """
    rings = () if desk.everyone else waiting(desk)
    if rings:
        _stop(desk, [(rings[0].participant, rings[0].clock)])
        return
    targets = desk.targets()
    running = [(p, clock) for p in targets if (clock := p.clocks.running())]
    if running:
        _stop(desk, running)
    elif targets and desk.only:
        _told_late(desk, targets[0], measure)
    elif targets:
        _start_measure(desk, targets, measure)


# --- starting ------------------------------------------------------------------------------------


def _start_measure(desk: Desk, targets: tuple[Participant, ...], measure: ClockMeasure) -> None:
    if isinstance(measure, IntervalMeasure) and measure.sides:
        _start_on_a_side(desk, targets, measure)
    else:
        _start(desk, targets, measure, None)


def _start_on_a_side(desk: Desk, targets: tuple[Participant, ...], measure: IntervalMeasure) -> None:
    """On the side used last, where it is one for all; else a letter says which."""
    sides = {c.side for p in targets for c in p.clocks.bouts[-1:]}
    side = sides.pop() if len(sides) == 1 else None
    if side:
        _start(desk, targets, measure, side)
        return
    desk.offer("clock for the", [(s, partial(_start, desk, targets, measure, Side(s))) for s in measure.sides])


def _start(desk: Desk, targets: tuple[Participant, ...], measure: ClockMeasure, side: Side | None) -> None:
    """One event a person: each clock is its owner's and can be stopped, undone or given away alone."""
    started = tuple(
        ClockStarted(**desk.pen.stamp(p.person.id), measure=measure.id, target_s=measure.target_s, side=side)
        for p in targets
    )
    if desk.record(*started):
        _offer_how(desk, measure, started)


def _offer_how(desk: Desk, measure: ClockMeasure, started: StartedClocks, said: tuple[str, ...] = ()) -> None:
    """Which way it is worked, and the other side where the last one was taken for granted."""
    if not isinstance(measure, IntervalMeasure):
        return
    side = started[0].side
    choices: list[Choice] = [
        (p, partial(_keep_pattern, desk, measure, started, (*said, p))) for p in measure.patterns if p not in said
    ]
    other = (Side(s) for s in measure.sides if s != side)
    choices += [(f"no, {s}", partial(_other_side, desk, measure, started, s)) for s in other]
    choices.append(("other target", lambda: _ask_target(desk, measure, started)))
    whose = desk.names[started[0].participants[0]] if len(started) == 1 else "everyone"
    desk.offer(f"{whose} {measure.one} {f'{side} ' if side else ''}runs:", choices)


def _keep_pattern(desk: Desk, measure: ClockMeasure, started: StartedClocks, said: tuple[str, ...]) -> None:
    kept = (ClockDetail(**desk.pen.stamp(*e.participants), of=e.id, pattern=said[-1]) for e in started)
    if desk.record(*kept):
        _offer_how(desk, measure, started, said)


def _ask_target(desk: Desk, measure: ClockMeasure, started: StartedClocks) -> None:
    """Less time (or more) than the group's own target: typed, for clocks that run already."""

    def keep(text: str) -> None:
        target = parse_clock(text, "target")
        again = tuple(
            ClockStarted(**desk.pen.stamp(*e.participants, at=e.at), measure=e.measure, target_s=target, side=e.side)
            for e in started
        )
        if desk.record(*(Undone(**desk.pen.stamp(), event=e.id) for e in started), *again):
            _offer_how(desk, measure, again)

    desk.ask(Question(f"{measure.one} target (m:ss):", keep))


def _other_side(desk: Desk, measure: ClockMeasure, started: StartedClocks, side: Side) -> None:
    """The same clocks, from the same moment, on the other side."""
    again = tuple(
        ClockStarted(**desk.pen.stamp(*e.participants, at=e.at), measure=e.measure, target_s=e.target_s, side=side)
        for e in started
    )
    if desk.record(*(Undone(**desk.pen.stamp(), event=e.id) for e in started), *again):
        _offer_how(desk, measure, again)


# --- told later -----------------------------------------------------------------------------------


def _told_late(desk: Desk, participant: Participant, measure: ClockMeasure) -> None:
    """How long it was, on which side."""
    ask = partial(_ask_length, desk, participant, measure)
    if measure.side_names:
        whose = f"{desk.name(participant)} {measure.one}, on the"
        desk.offer(whose, [(side, partial(ask, Side(side))) for side in measure.side_names])
    else:
        ask(None)


def _ask_length(desk: Desk, participant: Participant, measure: ClockMeasure, side: Side | None) -> None:
    def keep(text: str) -> None:
        seconds = float(parse_clock(text, measure.one))
        if seconds > participant.presence.treated_s(desk.state.elapsed()):
            raise BadInput(f"{measure.one}: {clock_text(seconds)} is longer than their treatment")
        stamp = desk.pen.stamp(participant.person.id)
        desk.record(ClockTotal(**stamp, measure=measure.id, seconds=seconds, side=side))

    on = f", {side}" if side else ""
    desk.ask(Question(f"{desk.name(participant)} {measure.one}{on}, how long was it (m:ss)?", keep))


# --- done or stopped -----------------------------------------------------------------------------


def _stop(desk: Desk, running: list[tuple[Participant, Clock]]) -> None:
    """A clock that has reached its target was done then, however late it is told."""
    now = _moment(desk)
    ended = [_ending(desk, p, clock, now) for p, clock in running]
    if desk.record(*ended) and len(ended) == 1:
        _offer_after(desk, running[0][0], running[0][1], ended[0], now)


def _moment(desk: Desk) -> datetime:
    """When what is recorded now happened: now, or at the time that was said of a late entry (which needs one)."""
    now = desk.pen.now()
    return desk.pen.happening(now) or now


def _ending(desk: Desk, participant: Participant, clock: Clock, now: datetime) -> ClockEnded:
    due = clock.due_at(desk.state.pauses)
    reached = due is not None and due <= now
    how: Literal["done", "stopped"] = "done" if clock.target_s is None or reached else "stopped"
    return ClockEnded(
        **desk.pen.stamp(participant.person.id, at=due if due and reached else now), of=clock.id, how=how
    )


def endings(desk: Desk, people: Sequence[Participant], reason: str) -> tuple[ClockEnded, ...]:
    """The ends of whatever runs for people who stop working now."""
    now = _moment(desk)
    running = ((p, clock) for p in people for clock in p.clocks.bouts if clock.runs)
    ended = (_ending(desk, p, clock, now) for p, clock in running)
    return tuple(e if e.how == "done" else replace(e, how="stopped", reason=reason) for e in ended)


def _offer_after(desk: Desk, participant: Participant, clock: Clock, ended: ClockEnded, now: datetime) -> None:
    """What may be otherwise: stopped early, gone on beyond the target; why; and which way. Short of its target it was
    not done.
    """
    target, shown = clock.target_s, clock_text(clock.seconds(desk.state.elapsed(ended.at)))

    def told(how: Literal["done", "stopped"], at: datetime, reason: str = "") -> None:
        new = ClockEnded(**desk.pen.stamp(participant.person.id, at=at), of=clock.id, how=how, reason=reason)
        desk.replace(ended.id, new)

    def why(text: str) -> None:
        told("stopped", ended.at, clean_text(text, "why", needed=True))

    def early(text: str) -> None:
        at, reason = _read_early(text, clock, desk.state, now)
        told("stopped", at, reason)

    choices: list[Choice] = []
    if target is None:
        choices.append(("no, stopped early", lambda: told("stopped", ended.at)))
    elif ended.how == "done":
        prompt = "stopped after (m:ss), and why: for example 1:25 fatigue"
        choices.append(("no, stopped early", lambda: desk.ask(Question(prompt, early))))
    if target is None or ended.how == "stopped":
        choices.append(("stopped, why", lambda: desk.ask(Question("stopped because:", why, words=True))))
    elif (ran := clock.seconds(desk.state.elapsed(now))) >= target + 1:
        choices.append((f"went on to {clock_text(ran)}", lambda: told("done", now)))
    choices += _pattern_choices(desk, participant, clock)
    desk.offer(f"{desk.name(participant)} {shown} {ended.how}:", choices)


def _pattern_choices(desk: Desk, participant: Participant, clock: Clock) -> list[Choice]:
    """Which way it was worked, where nobody has said."""
    measure = desk.state.protocol.measure(clock.measure)
    if clock.patterns or not isinstance(measure, IntervalMeasure):
        return []

    def keep(pattern: str) -> None:
        desk.record(ClockDetail(**desk.pen.stamp(participant.person.id), of=clock.id, pattern=pattern))

    return [(pattern, partial(keep, pattern)) for pattern in measure.patterns]


def _read_early(text: str, clock: Clock, state: SessionState, now: datetime) -> tuple[datetime, str]:
    """When a clock was stopped, from the time on it, and why. Raises BadInput."""
    time, _, reason = text.strip().partition(" ")
    seconds, most = parse_clock(time, "stopped after"), clock.seconds(state.elapsed(now))
    at = reached_at(clock.span.start, seconds, state.pauses) if clock.span else None
    if at is None or seconds > most:
        raise BadInput(f"stopped after: {clock_text(seconds)} is longer than the clock ran, {clock_text(most)}")
    return at, clean_text(reason, "why")


KEYS: Final = ClockKeys()
