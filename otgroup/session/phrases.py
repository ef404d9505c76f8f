"""Words and small look-ups that every description of an event shares."""

from collections.abc import Iterable

from otgroup.session.events import Event
from otgroup.session.fold import rightful
from otgroup.session.protocol import AnyMeasure
from otgroup.session.state import ParticipantState, SessionState


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def level_text(level: int) -> str:
    """A level as it stands on a card: +1, 0, -1."""
    return f"{level:+d}" if level else "0"


def strategy_texts(ids: Iterable[str], state: SessionState) -> str:
    """The words of some strategies, joined; an id that is not on the ladder stands for itself."""
    texts = {strategy.id: strategy.text for strategy in state.protocol.strategies}
    return ", ".join(texts.get(strategy_id, strategy_id) for strategy_id in ids)


def assistance_text(level_id: str, helpers: int, state: SessionState) -> str:
    """The short name of an assistance level, with the helpers where there was more than one: Mod A x 2."""
    level = state.scales.assistance_level(level_id)
    short = level.short if level else level_id
    return f"{short} x {helpers}" if helpers > 1 else short


def the_person(event: Event, state: SessionState) -> ParticipantState | None:
    """The participant an event is about; None when it is about several or none."""
    participants = rightful(event, state.moved).participants
    return state.participants.get(participants[0]) if len(participants) == 1 else None


def measure_of(measure_id: str, state: SessionState) -> AnyMeasure | None:
    """The measure of that id, if the protocol has it."""
    return next((m for m in state.protocol.measures if m.id == measure_id), None)


def one_of(measure_id: str, state: SessionState) -> str:
    """The word for one of a measure: punch, interval."""
    measure = measure_of(measure_id, state)
    return measure.one if measure else measure_id


def listed(words: Iterable[str]) -> str:
    """Join what was said with commas; what was not said is left out."""
    return ", ".join(filter(None, words))


def because(words: str, reason: str) -> str:
    """Words, and the reason where there is one."""
    return f"{words}: {reason}" if reason else words


def length_text(seconds: float) -> str:
    """A length of time in its two largest units: `1 h 55 min`, `5 min`, `40 s`; its sign is left out."""
    whole = abs(round(seconds))
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(whole // 60, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
