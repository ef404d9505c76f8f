"""Sessions to keep in a data folder: two people in a group, running or ended."""

import msgspec

from otgroup.record.course import Ended
from otgroup.record.people import Person, PersonId
from tests.strategies import Play, shipped

ADA = Person(id=PersonId("ada"), name="Ada Lovelace", short_name="Ada L.")
BEN = Person(id=PersonId("ben"), name="Ben King", short_name="Ben K.")


def game(
    date: str = "2025-11-24", mark: str = "aaaa", group: str = "one-leg-stance", who: tuple[Person, ...] = (ADA, BEN)
) -> Play:
    made = Play(shipped(group), date=date, mark=mark)
    made.log[0] = msgspec.structs.replace(made.log[0], session=f"{date.replace('-', '')}-{group}-{mark}")
    made.here(*who)
    return made


def ended(*args: str, **kwargs: tuple[Person, ...]) -> Play:
    made = game(*args, **kwargs)
    made.at("10:30").add(Ended)
    return made
