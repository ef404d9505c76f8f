"""What participants do: repetitions, sets, attempts at a picture, values."""

from functools import partial
from typing import Literal

from otgroup.board.desk import Desk
from otgroup.board.strip import Option, Question
from otgroup.record.course import GroupResumed
from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.counts import CountMeasure, Repetition, SetDone
from otgroup.record.parts.presence import Resumed, Whereabouts
from otgroup.record.parts.trials import Trial, TrialMeasure, TrialOpened, TrialScored, TrialStepped
from otgroup.record.parts.values import Value, ValueMeasure
from otgroup.record.people import PersonId
from otgroup.record.protocol import AnyMeasure
from otgroup.record.sides import Side
from otgroup.written import parse_count, parse_number

SIDE_KEYS = {Side.LEFT: ",", Side.RIGHT: "."}
MOST_LETTERED_PARTS = 5


def measure_in_use(desk: Desk, *kinds: type[AnyMeasure]) -> AnyMeasure | None:
    """The measure in use if it is of such a kind, else the group's first one that is."""
    measures = desk.state.protocol.measures
    in_use = desk.state.protocol.measure(desk.measure)
    if isinstance(in_use, kinds):
        return in_use
    return next((m for m in measures if isinstance(m, kinds)), None)


def next_measure(desk: Desk) -> None:
    """Take the next measure of the group into use."""
    ids = [m.id for m in desk.state.protocol.measures]
    desk.measure = ids[(ids.index(desk.measure) + 1) % len(ids)]
    desk.say(f"now counting: {desk.state.protocol.measure(desk.measure).many}")


# --- repetitions ---------------------------------------------------------------------------------


def repetition(desk: Desk, side: Side | None = None) -> None:
    """One repetition: on that side, or on the side last used."""
    measure = measure_in_use(desk, CountMeasure)
    targets = desk.targets()
    if not targets:
        return
    if not isinstance(measure, CountMeasure):
        desk.refuse("this group counts no repetitions")
        return
    if side and not measure.sides:
        desk.refuse(f"{measure.many} have no sides: space counts one")
        return
    side = side or _side_last_used(targets, measure)
    ids = [p.person.id for p in targets]
    if desk.record(Repetition(**desk.pen.stamp(*ids), measure=measure.id, count=1, side=side)):
        _offer_going_on(desk, targets)


def _side_last_used(targets: tuple[Participant, ...], measure: CountMeasure) -> Side | None:
    """The side they all used last; None where there is none or they differ."""
    sides = {p.counts.side_in_use(measure.id) for p in targets} if measure.sides else set()
    return sides.pop() if len(sides) == 1 else None


def _offer_going_on(desk: Desk, targets: tuple[Participant, ...]) -> None:
    """A rest or a pause forgotten: what was tapped is recorded, and going on is one letter away."""
    resting = [p for p in targets if p.presence.now == Whereabouts.RESTING]
    if len(resting) == 1:
        one = resting[0]
        desk.offer(f"{desk.name(one)} is resting:", [("goes on", lambda: _go_on(desk, one.person.id))])
    elif desk.state.paused:
        desk.offer("the group is paused:", [("goes on", lambda: _group_goes_on(desk))])


def _go_on(desk: Desk, person: PersonId) -> None:
    desk.record(Resumed(**desk.pen.stamp(person)))


def _group_goes_on(desk: Desk) -> None:
    desk.record(GroupResumed(**desk.pen.stamp()))


# --- sets and values -----------------------------------------------------------------------------


def whole_set(desk: Desk, side: Side | None = None) -> None:
    """A whole set, its number typed; for a value measure, the value."""
    targets = desk.targets()
    measure = measure_in_use(desk, CountMeasure, ValueMeasure)
    if not targets:
        return
    if isinstance(measure, ValueMeasure) and len(targets) > 1:
        desk.refuse(f"{measure.many} are not for everyone at once: choose one person")
    elif isinstance(measure, ValueMeasure):
        _ask_value(desk, targets[0], measure)
    elif isinstance(measure, CountMeasure):
        _ask_set(desk, targets, measure, side or _side_last_used(targets, measure))
    else:
        desk.refuse("this group counts no sets")


def _ask_set(desk: Desk, targets: tuple[Participant, ...], measure: CountMeasure, side: Side | None) -> None:
    if measure.sides and side is None:
        desk.offer("set on the", [(s, partial(_ask_set, desk, targets, measure, Side(s))) for s in measure.sides])
        return
    ids = tuple(p.person.id for p in targets)

    def keep(text: str) -> None:
        actual = parse_count(text, f"{measure.many} in the set")
        desk.record(
            SetDone(**desk.pen.stamp(*ids), measure=measure.id, actual=actual, target=measure.target, side=side)
        )

    flips = (
        ()
        if not measure.sides
        else tuple(
            Option(SIDE_KEYS[Side(s)], s, partial(_ask_set, desk, targets, measure, Side(s))) for s in measure.sides
        )
    )
    whose = desk.name(targets[0]) if len(targets) == 1 else "everyone"
    aim = f", target {measure.target}" if measure.target else ""
    other = ", other side: , or ." if flips else ""
    desk.ask(
        Question(f"{whose} {side + ' ' if side else ''}set{aim}{other}. How many {measure.many}?", keep, keys=flips)
    )


def _ask_value(desk: Desk, participant: Participant, measure: ValueMeasure) -> None:
    def keep(text: str) -> None:
        value = parse_number(text, measure.one, measure.lowest, measure.highest)
        desk.record(Value(**desk.pen.stamp(participant.person.id), measure=measure.id, value=value))

    desk.ask(Question(f"{desk.name(participant)} {measure.one}{f' ({measure.unit})' if measure.unit else ''}:", keep))


# --- attempts at a picture -----------------------------------------------------------------------


def step_trial(desk: Desk) -> None:
    """Shown, walking, drawing, score: one key steps an attempt on."""
    participant = desk.one()
    measure = measure_in_use(desk, TrialMeasure)
    if participant is None:
        return
    if not isinstance(measure, TrialMeasure):
        desk.refuse("this group has no trials")
        return
    if not participant.here:
        desk.refuse(f"{desk.name(participant)} is not here: o says when they are")
        return
    trial = participant.trials.open
    if trial is None:
        _open_trial(desk, participant, measure)
    elif trial.phase == "drawing":
        ask_score(desk, participant, trial)
    else:
        phase: Literal["walking", "drawing"] = "walking" if trial.phase == "shown" else "drawing"
        desk.record(TrialStepped(**desk.pen.stamp(participant.person.id), of=trial.id, phase=phase))


def _open_trial(desk: Desk, participant: Participant, measure: TrialMeasure) -> None:
    """The same picture again until all its parts were recalled, then the next; a letter changes that."""
    mine = list(participant.trials.of(measure.id))
    image = _next_image(mine, measure)
    opened = _opening(desk, participant, measure, mine, image)
    if not desk.record(opened) or not measure.images:
        return
    others = [n for n in range(1, measure.images + 1) if n != image]
    desk.offer(
        f"{desk.name(participant)} {measure.one} {image}, attempt {opened.attempt}:",
        [
            (f"no, {n}", partial(_instead, desk, opened, _opening(desk, participant, measure, mine, n)))
            for n in others
        ],
    )


def _instead(desk: Desk, opened: Event, other: Event) -> None:
    desk.replace(opened.id, other)


def _next_image(mine: list[Trial], measure: TrialMeasure) -> int | None:
    if not measure.images:
        return None
    if not mine:
        return 1
    last = mine[-1]
    done = last.recalled == measure.parts
    return (last.image or 0) % measure.images + 1 if done else last.image


def _opening(
    desk: Desk, participant: Participant, measure: TrialMeasure, mine: list[Trial], image: int | None
) -> TrialOpened:
    attempt = 1 + sum(t.image == image for t in mine)
    return TrialOpened(**desk.pen.stamp(participant.person.id), measure=measure.id, attempt=attempt, image=image)


def ask_score(desk: Desk, participant: Participant, trial: Trial) -> None:
    """How many parts were recalled in an attempt."""
    measure = desk.state.protocol.measure(trial.measure)
    if not isinstance(measure, TrialMeasure):
        return
    whose = f"{desk.name(participant)} {measure.part_word(0)} recalled of {measure.parts}:"

    def score(recalled: int) -> None:
        if desk.record(TrialScored(**desk.pen.stamp(participant.person.id), of=trial.id, recalled=recalled)):
            _ask_correct(desk, participant, trial)

    def typed(text: str) -> None:
        score(parse_count(text, "recalled", highest=measure.parts))

    if measure.parts <= MOST_LETTERED_PARTS:
        desk.offer(whose, [(str(n), partial(score, n)) for n in range(measure.parts + 1)])
    else:
        desk.ask(Question(whose, typed))


def _ask_correct(desk: Desk, participant: Participant, trial: Trial) -> None:
    def keep(*, correct: bool) -> None:
        desk.record(TrialScored(**desk.pen.stamp(participant.person.id), of=trial.id, correct=correct))

    desk.offer(
        f"{desk.name(participant)} drawn correctly?",
        [("yes", partial(keep, correct=True)), ("no", partial(keep, correct=False))],
    )
