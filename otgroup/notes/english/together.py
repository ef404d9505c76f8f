"""How long somebody was treated in a group of what size, and how long alone with the leader."""

from otgroup.notes.english.grammar import counted, numeral, spelled
from otgroup.notes.facts.figures import HeaderFacts


def size_text(header: HeaderFacts) -> str:
    """The group's size in figures: `5`, or `4-6` where it changed."""
    return f"{header.group_least}-{header.group_size}" if header.group_least else str(header.group_size)


def together_phrase(header: HeaderFacts) -> str:
    """Individually; in a group of 4-6; (20 minutes in a group of two, then 25 individually)."""
    if header.group_size.value == 1:
        return "individually"
    least, most = header.group_least, header.group_size
    group = f"in a group of {f'{numeral(least)}-{numeral(most)}' if least else spelled(most)}"
    if not header.group_minutes or not header.alone_minutes:
        return group
    in_group = (header.group_minutes, group)
    alone = (header.alone_minutes, "individually")
    (first, how), (then, other) = (alone, in_group) if header.alone_when == "before" else (in_group, alone)
    joint = " and" if header.alone_when == "between" else ", then"
    return f"({counted(first, 'minute')} {how}{joint} {numeral(then)} {other})"
