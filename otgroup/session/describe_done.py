"""What the log says of what a participant did: repetitions, sets, attempts, clocks, values."""

from otgroup.session import events as ev
from otgroup.session.clock import clock_text
from otgroup.session.events import EventId
from otgroup.session.phrases import because, listed, measure_of, one_of, the_person
from otgroup.session.protocol import TrialMeasure, ValueMeasure
from otgroup.session.state import Clock, SessionState, Tally, Trial, clock_s


def repetition(event: ev.Repetition, state: SessionState) -> str:
    """Say the running count: `right 15`, `12 punches`; where it is not known, what was added: `right +1`."""
    total = _total(event, state)
    number = event.count if total is None else total
    figure = f"+{number}" if total is None else str(number)
    measure = measure_of(event.measure, state)
    if event.side is None:
        return f"{figure} {measure.word(number)}" if measure else figure
    named = measure is not None and measure.id != state.protocol.main_measure.id
    return f"{measure.many} {event.side} {figure}" if measure and named else f"{event.side} {figure}"


def set_done(event: ev.SetDone, state: SessionState) -> str:
    """Say the set and the running count: `set left 15 of 20, now 27`."""
    target = f" of {event.target}" if event.target is not None else ""
    side = f"{event.side} " if event.side else ""
    total = _total(event, state)
    running = f", now {total}" if total is not None and total != event.actual else ""
    return f"set {side}{event.actual}{target}{running}"


def _total(event: ev.Repetition | ev.SetDone, state: SessionState) -> int | None:
    """The count up to this event, of the one person it is about."""
    person = the_person(event, state)
    if person is None:
        return None
    same = [t for t in person.tallies if t.measure == event.measure and t.side == event.side]
    upto = _upto(same, event.id)
    return sum(tally.count for tally in upto) if upto else None


def _upto(tallies: list[Tally], event_id: EventId) -> list[Tally]:
    """Those up to the event's own; none when it has none any more."""
    if tallies and tallies[-1].id == event_id:
        return tallies
    place = next((place for place, tally in enumerate(tallies) if tally.id == event_id), None)
    return [] if place is None else tallies[: place + 1]


def trial_opened(event: ev.TrialOpened, state: SessionState) -> str:
    """Say which attempt began: `picture 2, attempt 1`."""
    image = f" {event.image}" if event.image is not None else ""
    return f"{one_of(event.measure, state)}{image}, attempt {event.attempt}"


def trial_stepped(event: ev.TrialStepped, state: SessionState) -> str:
    """Say where the attempt is: `picture: walking`."""
    trial = _trial(event, state)
    return f"{one_of(trial.measure, state)}: {event.phase}" if trial else event.phase


def trial_scored(event: ev.TrialScored, state: SessionState) -> str:
    """Say the score: `recalled 2 of 3, drawn correctly`."""
    trial = _trial(event, state)
    measure = measure_of(trial.measure, state) if trial else None
    parts = f" of {measure.parts}" if isinstance(measure, TrialMeasure) else ""
    said = [
        f"recalled {event.recalled}{parts}" if event.recalled is not None else "",
        {True: "drawn correctly", False: "not drawn correctly", None: ""}[event.correct],
        f"after {event.delay_s:g} s" if event.delay_s is not None else "",
    ]
    return listed(said) or "attempt over"


def clock_started(event: ev.ClockStarted, state: SessionState) -> str:
    """Say which clock runs: `interval started, left, target 2:00`."""
    target = f"target {clock_text(event.target_s)}" if event.target_s else ""
    return listed([f"{one_of(event.measure, state)} started", event.side or "", target])


def clock_ended(event: ev.ClockEnded, state: SessionState) -> str:
    """Say how the clock ended: `interval stopped, 1:25: fatigue`."""
    clock = _clock(event, state)
    if clock is None:
        return because(event.how, event.reason)
    seconds = clock_text(clock_s(clock, state, event.at))
    return because(f"{one_of(clock.measure, state)} {event.how}, {seconds}", event.reason)


def clock_detail(event: ev.ClockDetail, state: SessionState) -> str:
    """Say which way it was worked: `interval: clockwise`."""
    clock = _clock(event, state)
    return f"{one_of(clock.measure, state)}: {event.pattern}" if clock else event.pattern


def clock_total(event: ev.ClockTotal, state: SessionState) -> str:
    """Say a time from a sheet: `interval 1:25, left`."""
    return listed([f"{one_of(event.measure, state)} {clock_text(event.seconds)}", event.side or ""])


def value(event: ev.Value, state: SessionState) -> str:
    """Say a number that was read off: `distance 20 ft`."""
    measure = measure_of(event.measure, state)
    unit = f" {measure.unit}" if isinstance(measure, ValueMeasure) and measure.unit else ""
    return f"{one_of(event.measure, state)} {event.value:g}{unit}"


def _trial(event: ev.TrialStepped | ev.TrialScored, state: SessionState) -> Trial | None:
    person = the_person(event, state)
    return next((t for t in reversed(person.trials) if t.id == event.of), None) if person else None


def _clock(event: ev.ClockEnded | ev.ClockDetail, state: SessionState) -> Clock | None:
    person = the_person(event, state)
    return next((c for c in reversed(person.clocks) if c.id == event.of), None) if person else None
