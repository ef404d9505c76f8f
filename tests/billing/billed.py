"""For tests of billing: people of a setting, a group held with them, one-on-one time, and what was billed."""

from datetime import date, datetime
from pathlib import Path

import msgspec

import otgroup
from otgroup.billing.one_on_one import OneOnOne
from otgroup.billing.rule_book import RuleBook, parse_rules
from otgroup.billing.rules import Billing, billing
from otgroup.record.people import Leader, Person, PersonId, Setting
from otgroup.record.state import SessionState
from tests.strategies import NAMES, Play, shipped

FILE = Path(otgroup.__file__).parent / "defaults" / "rules.toml"
TEXT = FILE.read_text("utf-8")
BOOK = parse_rules(TEXT, FILE.name)
ADA = PersonId("p0")
OTR, COTA = Leader("J. Rivera", "OTR/L"), Leader("C. Cole", "COTA/L")


def someone(number: int, setting: Setting = "Part B outpatient", **more: object) -> Person:
    name, short = NAMES[number]
    made = Person(id=PersonId(f"p{number}"), name=name, short_name=short, setting=setting)
    return msgspec.structs.replace(made, **more)


def people(number: int, setting: Setting = "Part B outpatient") -> tuple[Person, ...]:
    return tuple(someone(n, setting) for n in range(number))


def play(*everybody: Person, group: str = "one-leg-stance", leader: Leader = OTR, mark: str = "s") -> Play:
    game = Play(shipped(group), mark=mark)
    game.log[0] = msgspec.structs.replace(game.log[0], leader=leader)
    game.here(*everybody)
    return game


def held(*everybody: Person, leader: Leader = OTR, end: str = "10:36", mark: str = "s") -> SessionState:
    return play(*everybody, leader=leader, mark=mark).state(end)


def entry(start: str, end: str, code: str = "97112", leader: Leader = OTR, who: PersonId = ADA) -> OneOnOne:
    day = date(2025, 11, 24)
    first, last = (datetime.fromisoformat(f"{day}T{hhmm}:00+00:00") for hhmm in (start, end))
    return OneOnOne(
        id=f"{start}{code}", person=who, date=day, start=first, end=last, code=code, leader=leader, entered=last
    )


def ada(state: SessionState, *entries: OneOnOne, book: RuleBook = BOOK) -> Billing:
    return next(one for one in billing(state, book, entries) if one.id == ADA)


def coded(billed: Billing) -> list[tuple[str, int]]:
    return [(line.code, line.units) for line in billed.codes]


def mode(billed: Billing) -> tuple[int, int, int]:
    modes = billed.minutes_by_mode
    return modes.individual, modes.concurrent, modes.group


def warned(billed: Billing, words: str) -> bool:
    return any(words in warning for warning in billed.warnings)
