from collections.abc import Callable
from itertools import count

import pytest

from otgroup.errors import BadInput
from otgroup.intake.people import read_people, short_name
from otgroup.record.people import Person, PersonId

ADA = Person(id=PersonId("a"), name="Ada Lovelace", short_name="Ada L.", record_number="R1", goals=("reach",))
BEN = Person(id=PersonId("b"), name="Ben King", short_name="Benny")
KNOWN = (ADA, BEN)


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def read(text: str, known: tuple[Person, ...] = KNOWN) -> list[Person]:
    return read_people(text.encode(), known, ids(), "people.csv")


def test_a_new_person_with_everything() -> None:
    header = "name,short_name,pronouns,record_number,setting,deficits,goals,precautions\n"
    [person] = read(header + "Cy Twombly,Cyrus,SHE,R9,part b OUTPATIENT,CVA; TBI,paint;;,gait belt\n")
    assert person == Person(
        id=PersonId("new1"),
        name="Cy Twombly",
        short_name="Cyrus",
        pronouns="she",
        record_number="R9",
        setting="Part B outpatient",
        deficits=("CVA", "TBI"),
        goals=("paint",),
        precautions=("gait belt",),
    )


@pytest.mark.parametrize(
    ("text", "person_id", "name", "short"),
    [
        ("name,record_number\nAda King,r1\n", "a", "Ada King", "Ada K."),
        ("name\nada lovelace\n", "a", "ada lovelace", "ada l."),
        ("name\nBen King\n", "b", "Ben King", "Benny"),
        ("name,record_number\nBen King,R2\n", "b", "Ben King", "Benny"),
        ("name,record_number\nAda Lovelace,R7\n", "new1", "Ada Lovelace", "Ada L."),
        ("name\nCher\n", "new1", "Cher", "Cher"),
    ],
    ids=["by number", "by name", "own short name kept", "gets a number", "another of that name", "new"],
)
def test_who_a_row_is(text: str, person_id: str, name: str, short: str) -> None:
    [person] = read(text)
    assert (person.id, person.name, person.short_name) == (person_id, name, short)


def test_an_empty_cell_keeps_what_is_known() -> None:
    [person] = read("name,goals,setting\nAda Lovelace,,IRF\n")
    assert (person.goals, person.setting, person.record_number) == (("reach",), "IRF", "R1")


def test_two_of_one_name_with_numbers_are_two() -> None:
    people = read("name,record_number\nDee Dee,R3\nDee Dee,R4\n")
    assert [p.record_number for p in people] == ["R3", "R4"]


@pytest.mark.parametrize("name", ["Ann [/]", "Ann {{ }}", "Ann/Lee", "Ann [b]", "=1+1", "O'Neil", "\u5f20\u4f1f"])
def test_odd_names_are_plain_data(name: str) -> None:
    [person] = read(f'name\n"{name}"\n')
    assert person.name == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,pronouns\nCy,xe\n", "row 2: pronouns"),
        ("name,setting\nCy,gym\n", "row 2: setting"),
        ("name,goals\n,reach\n", "row 2: name: is empty"),
        (f"name\n{'x' * 101}\n", "101 characters"),
        (f"name\n{'x' * 300}\n", "300 characters"),
        ("name\nCy\nCy\n", "row 3: name"),
        ("name,record_number\nCy,R5\nDi,R5\n", "row 3"),
        ("name,record_number\nCy,R5\nCy,\n", "row 3"),
        ("name,record_number\nCy,\nCy,R5\n", "row 3"),
        ("name,record_number\nAda Lovelace,R1\nAda Lovelace,\n", "row 3"),
        ("name,pronouns\nCy,xe\nDi,she\nEd,he/him\n", "(rows 2, 4 cannot be used)"),
    ],
)
def test_one_bad_row_refuses_all(text: str, says: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read(text)
    assert says in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_a_name_of_two_known_people_needs_the_number() -> None:
    second = Person(id=PersonId("c"), name="Ada Lovelace", short_name="Ada L.", record_number="R2")
    with pytest.raises(BadInput, match="add the record number"):
        read("name\nAda Lovelace\n", (ADA, second))


@pytest.mark.parametrize(
    ("name", "short"), [("Ada Lovelace", "Ada L."), ("Cher", "Cher"), ("Ann M. Lee", "Ann L."), ("Ben [/]", "Ben")]
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
