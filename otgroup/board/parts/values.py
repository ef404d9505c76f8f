"""Values read off something: `e` and the number."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from otgroup.board.desk import Desk
from otgroup.board.measure_keys import Answer, CardRow, CardView, MeasureAction, MeasureKeys
from otgroup.board.strip import Question
from otgroup.record.fields import SideName
from otgroup.record.participant import Participant
from otgroup.record.parts.values import Value, ValueMeasure, Values
from otgroup.record.protocol import Protocol
from otgroup.written import parse_number


class ValueKeys(MeasureKeys[ValueMeasure, Values]):
    """Values: a line a number."""

    def answers(self) -> Mapping[MeasureAction, Answer[ValueMeasure]]:
        """The key for what is typed."""
        return {"set": Answer("a value: typed", value)}

    def footer(self, measure: ValueMeasure, protocol: Protocol) -> Mapping[MeasureAction, str]:
        """A value is read off rarely: the footer has its room for other keys."""
        return {}

    def cue_sides(self, measure: ValueMeasure) -> tuple[SideName, ...]:
        """It has no sides."""
        return ()

    def figures(self, measure: ValueMeasure, part: Values, view: CardView) -> CardRow:
        """The latest number: `distance 20`."""
        readings = part.of(measure.id)
        return ((f"{measure.id} {readings[-1]:g}", "plain"),) if readings else ()

    def under_way(self, part: Values, desk: Desk, now: datetime) -> CardRow:
        """A value is never under way: it is typed at once."""
        return ()

    def open_point(self, part: Values) -> str:
        """A value leaves nothing open."""
        return ""

    def ask_open(self, desk: Desk, participant: Participant) -> bool:
        """There is nothing open to ask for."""
        return False


def value(desk: Desk, measure: ValueMeasure) -> None:
    """A number, typed: for one person."""
    targets = desk.targets()
    if len(targets) > 1:
        desk.refuse(f"{measure.many} are not for everyone at once: choose one person")
    elif targets:
        _ask_value(desk, targets[0], measure)


def _ask_value(desk: Desk, participant: Participant, measure: ValueMeasure) -> None:
    def keep(text: str) -> None:
        value = parse_number(text, measure.one, measure.lowest, measure.highest)
        desk.record(Value(**desk.pen.stamp(participant.person.id), measure=measure.id, value=value))

    desk.ask(Question(f"{desk.name(participant)} {measure.one}{f' ({measure.unit})' if measure.unit else ''}:", keep))


KEYS: Final = ValueKeys()
