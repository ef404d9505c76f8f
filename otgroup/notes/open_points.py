"""What somebody who looks through a batch must see of each note, in a few words."""

from collections import Counter
from collections.abc import Iterator

from otgroup.notes.english.grammar import counted
from otgroup.notes.facts.reading import Facts


def points_to_check(f: Facts) -> Iterator[str]:
    """Falls, losses of balance, what is open, withheld or missing."""
    b = f.balance
    if b.falls_total:
        yield counted(b.falls_total, "fall")
    if b.losses_total:
        yield counted(b.losses_total, "loss of balance", "losses of balance")
    if b.open_count:
        yield counted(b.open_count, "open balance incident")
    for (one, many), number in Counter((open_one.one, open_one.many) for open_one in f.unfinished).items():
        if one:
            yield counted(number, one, many)
    yield from (f"{kind} withheld" for kind in dict.fromkeys(w.kind for w in f.withheld))
    yield from _missing(f)


def _missing(f: Facts) -> Iterator[str]:
    if not f.individual:
        yield "no individual performance recorded"
    if not (f.responses or f.adverse):
        yield "no response recorded"
    if not f.plans:
        yield "no plan recorded"
