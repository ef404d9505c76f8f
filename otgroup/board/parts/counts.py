"""Repetitions and whole sets: `space`, `,`, `.` and `e`."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Final

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import Answer, CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.board.strip import Option, Question
from otgroup.record.course import GroupResumed
from otgroup.record.fields import SideName
from otgroup.record.participant import Participant
from otgroup.record.parts.counts import CountMeasure, Counts, Repetition, SetDone
from otgroup.record.parts.presence import Resumed, Whereabouts
from otgroup.record.people import PersonId
from otgroup.record.protocol import Protocol
from otgroup.record.sides import Side
from otgroup.written import parse_count

SIDE_KEYS = {Side.LEFT: ",", Side.RIGHT: "."}


class CountKeys(MeasureKeys[CountMeasure, Counts]):
    """Counts: a key a repetition, a line a set."""

    def answers(self) -> Mapping[MeasureAction, Answer[CountMeasure]]:
        """Repetitions, by side where it has sides, and sets."""
        return {
            "repetition": Answer("a repetition, on the side last used for this person", repetition),
            "left": Answer("a repetition on the left", partial(repetition, side=Side.LEFT)),
            "right": Answer("a repetition on the right", partial(repetition, side=Side.RIGHT)),
            "set": Answer("a whole set", whole_set),
        }

    def footer(self, measure: CountMeasure, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """Both sides, or a repetition where no count of the group has sides."""
        sided = any(isinstance(other, CountMeasure) and other.sides for other in protocol.measures)
        return {side: side for side in measure.sides} if sided else {"repetition": "repetition"}

    def cue_sides(self, measure: CountMeasure) -> tuple[SideName, ...]:
        """A cue may be for a side of the count."""
        return measure.sides

    def figures(self, measure: CountMeasure, part: Counts, view: CardView) -> CardRow:
        """`left 12 ▸right 14`, `L 12 ▸R 14` on a narrow card: the mark stands at the side that `space` repeats."""
        if measure.sides:
            return _by_side(measure, part, view)
        count = part.total(measure.id)
        return ((f"{measure.id} ", "dim"), (str(count), "strong")) if count is not None else ()

    def under_way(self, part: Counts, desk: Desk, now: datetime) -> CardRow:
        """A count is never under way: each repetition is done at once."""
        return ()

    def open_point(self, part: Counts) -> str:
        """A count leaves nothing open."""
        return ""

    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """There is nothing open to ask for."""
        return False


def _by_side(measure: CountMeasure, part: Counts, view: CardView) -> CardRow:
    counts = {side: part.total(measure.id, Side(side)) for side in measure.sides}
    if not view.in_use and not any(c is not None for c in counts.values()):
        return ()
    in_use = part.side_in_use(measure.id)
    parts: list[tuple[str, str]] = [] if view.in_use else [(f"{measure.id} ", "dim")]
    for side, count in counts.items():
        mark = "▸" if side == in_use else " "
        name = side[0].upper() if view.narrow else side
        parts += [(f"{mark}{name} ", "dim"), (f"{'–' if count is None else count} ", "strong")]
    return tuple(parts)


# --- repetitions ---------------------------------------------------------------------------------


def repetition(desk: Desk, measure: CountMeasure, side: Side | None = None) -> None:
    """One repetition: on that side, or on the side last used."""
    targets = desk.targets()
    if not targets:
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


# --- sets ----------------------------------------------------------------------------------------


def whole_set(desk: Desk, measure: CountMeasure) -> None:
    """A whole set, its number typed."""
    if targets := desk.targets():
        _ask_set(desk, targets, measure, _side_last_used(targets, measure))


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

    flips = tuple(
        Option(SIDE_KEYS[Side(s)], s, partial(_ask_set, desk, targets, measure, Side(s))) for s in measure.sides
    )
    whose = desk.name(targets[0]) if len(targets) == 1 else "everyone"
    aim = f", target {measure.target}" if measure.target else ""
    other = ", other side: , or ." if flips else ""
    desk.ask(
        Question(f"{whose} {side + ' ' if side else ''}set{aim}{other}. How many {measure.many}?", keep, keys=flips)
    )


KEYS: Final = CountKeys()
