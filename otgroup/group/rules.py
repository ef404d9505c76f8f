"""What a group file must mean, beyond its types: one small function for each rule.

The rules read the raw TOML table, so that one wrong type does not hide a rule broken elsewhere.
They pass over what has the wrong type: `checked` has already told.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from otgroup.characters import either, shown
from otgroup.group.checked import Problem, Rule
from otgroup.group.toml_text import Table
from otgroup.record.measure import Measure
from otgroup.record.participant import MEASURE_KINDS, PARTS
from otgroup.record.parts.cues import COLUMN_STEM
from otgroup.record.protocol import PROTOCOL_SCHEMA, Protocol

Placed = tuple[str, Table]
"""A table and the key path it stands at."""

_ANY_GROUP: Final = Protocol(
    schema=PROTOCOL_SCHEMA, id="any", title="any", area="any", activity="any", purposes=("any",), cues=(), measures=()
)
_FIXED: Final = frozenset({"participant"}).union(*(part.columns(_ANY_GROUP) for part in PARTS))
"""The columns of every tally sheet."""

ONCE: Final = ("purposes", "more_purposes", "cues", "deficits", "goal_links", "equipment")


def measures_differ(raw: Table) -> Iterator[Problem]:
    """No two measures share an id."""
    return _repeated(_tables(raw, "measures"), "measure")


def one_main(raw: Table) -> Iterator[Problem]:
    """At most one measure is the main one; with none marked it is the first."""
    mains = [path for path, measure in _tables(raw, "measures") if measure.get("main") is True]
    for path in mains[1:]:
        yield Problem(f"{path}.main", "a second main measure", f"keep main = true at {mains[0]} or here")


def measures_sound(raw: Table) -> Iterator[Problem]:
    """Each kind of measure says what its keys must not mean."""
    placed = list(_tables(raw, "measures"))
    for path, measure in placed:
        kind = _kind(measure)
        others = [other for _, other in placed if other is not measure]
        for flaw in kind.flaws(measure, others) if kind else ():
            yield Problem(f"{path}.{flaw.key}", flaw.what, flaw.mend)


def _kind(measure: Table) -> type[Measure[Any]] | None:
    tag = measure.get("kind")
    return next((kind for kind in MEASURE_KINDS if kind.__struct_config__.tag == tag), None)


def columns_are_free(raw: Table) -> Iterator[Problem]:
    """No measure takes a tally column every sheet has, nor one of another measure."""
    taken: dict[str, str] = {}
    for path, measure in _tables(raw, "measures"):
        own = _columns(measure)
        names = (measure.get("id"), *own)
        fixed = next((name for name in names if isinstance(name, str) and _is_fixed(name)), None)
        if fixed:
            yield Problem(f"{path}.id", f"{shown(fixed)} is a column of every tally sheet", "choose another id")
        shared = next((column for column in own if column in taken), None)
        if shared and taken[shared] != measure.get("id"):  # the same id twice is told as such
            what = f"its tally column {shown(shared)} is also one of measure {shown(taken[shared])}"
            yield Problem(f"{path}.id", what, "choose another id")
        taken |= {column: str(measure["id"]) for column in own if column not in taken}


def _is_fixed(column: str) -> bool:
    """Whether a measure may not use a column: every sheet has it, or keeps it for cues."""
    return column in _FIXED or column.startswith(COLUMN_STEM)


def _columns(measure: Table) -> tuple[str, ...]:
    kind, name = _kind(measure), measure.get("id")
    if kind is None or not isinstance(name, str) or len(name) > 100:
        return ()
    return kind.columns_for(name, measure)


def strategies_differ(raw: Table) -> Iterator[Problem]:
    """No two strategies share an id, across harder and easier too."""
    return _repeated(_strategies(raw), "strategy")


def excludes_known(raw: Table) -> Iterator[Problem]:
    """`excludes` names other strategies of this ladder."""
    ids = _ids(_strategies(raw))
    for path, strategy in _strategies(raw):
        for index, name in enumerate(_texts(strategy, "excludes")):
            where = f"{path}.excludes[{index}]"
            if name and name == strategy.get("id"):
                yield Problem(where, f"{shown(name)} excludes itself", "name another strategy, or remove it")
            elif name and name not in ids:
                mend = f"use {_choices(ids)}" if ids else "remove it"
                yield Problem(where, f"{shown(name)} is not a strategy of this ladder", mend)


def ladder_has_rungs(raw: Table) -> Iterator[Problem]:
    """Levels need strategies and strategies need levels, each way."""
    ladder = raw.get("grading")
    if not isinstance(ladder, dict):
        return
    yield from _rungs(ladder, "lowest", "easier", -1)
    yield from _rungs(ladder, "highest", "harder", 1)
    if ladder.get("lowest") == 0 == ladder.get("highest") and not any(_strategies(raw)):
        yield Problem("grading", "a ladder without strategies", "add some, or remove [grading]")


def _rungs(ladder: Table, bound: str, way: str, nearest: int) -> Iterator[Problem]:
    level, strategies = ladder.get(bound), ladder.get(way, [])
    if type(level) is not int or not isinstance(strategies, list):
        return
    if level * nearest > 0 and not strategies:
        what = f"a ladder without {way} strategies cannot have {bound} = {shown(level)}"
        yield Problem(f"grading.{bound}", what, f"add [[grading.{way}]], or write {bound} = 0")
    elif level == 0 and strategies:
        what = f"{bound} = 0 leaves no level for the {way} strategies"
        yield Problem(f"grading.{bound}", what, f"write {bound} = {nearest} or further, or remove them")


def lists_without_repeats(raw: Table) -> Iterator[Problem]:
    """Nothing is listed twice where a person chooses from the list."""
    for key in ONCE:
        yield from _listed_once(key, _texts(raw, key))
    yield from _listed_once("more_purposes", _texts(raw, "more_purposes"), _texts(raw, "purposes"))
    for path, measure in _tables(raw, "measures"):
        yield from _listed_once(f"{path}.patterns", _texts(measure, "patterns"))


def _listed_once(path: str, texts: Iterable[str], elsewhere: Iterable[str] = ()) -> Iterator[Problem]:
    seen = set(elsewhere)
    for index, text in enumerate(texts):
        if text and text in seen:
            yield Problem(f"{path}[{index}]", f"{shown(text)} is listed twice", "remove one")
        seen.add(text)


def codes_differ(raw: Table) -> Iterator[Problem]:
    """A code is suggested in one place."""
    seen: set[str] = set()
    for path, hint in _tables(raw, "codes"):
        code = hint.get("code")
        if isinstance(code, str) and code in seen:
            yield Problem(f"{path}.code", f"{shown(code)} is listed twice", "join the two")
        seen |= {code} if isinstance(code, str) else set()


def codes_known(known: Sequence[str]) -> Rule:
    """The rule that every code stands in the billing rules, so that it can be suggested."""

    def check(raw: Table) -> Iterator[Problem]:
        for path, hint in _tables(raw, "codes"):
            code = hint.get("code")
            if isinstance(code, str) and code not in known:
                mend = f"use {either(known)}, or add it to rules.toml in your data folder"
                yield Problem(f"{path}.code", f"{shown(code)} is not in the billing rules", mend)

    return check


RULES: Final[tuple[Rule, ...]] = (
    measures_differ,
    one_main,
    measures_sound,
    columns_are_free,
    strategies_differ,
    excludes_known,
    ladder_has_rungs,
    lists_without_repeats,
    codes_differ,
)


def _repeated(placed: Iterable[Placed], noun: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for path, table in placed:
        name = table.get("id")
        if not isinstance(name, str):
            continue
        if name in seen:
            yield Problem(f"{path}.id", f"{shown(name)} is also the id of {seen[name]}", f"rename one {noun}")
        seen.setdefault(name, path)


def _strategies(raw: Table) -> Iterator[Placed]:
    ladder = raw.get("grading")
    if isinstance(ladder, dict):
        for way in ("harder", "easier"):
            yield from ((f"grading.{path}", strategy) for path, strategy in _tables(ladder, way))


def _tables(raw: Table, key: str) -> Iterator[Placed]:
    """Go through a list of tables with their paths; anything else in it is passed over."""
    items = raw.get(key)
    for index, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield f"{key}[{index}]", item


def _texts(table: Table, key: str) -> list[str]:
    items = table.get(key)
    return [item if isinstance(item, str) else "" for item in items] if isinstance(items, list) else []


def _ids(placed: Iterable[Placed]) -> dict[str, None]:
    """Collect ids, in order and quick to look up."""
    return {name: None for _, table in placed if isinstance(name := table.get("id"), str)}


def _choices(names: Iterable[str]) -> str:
    return either(shown(name) for name in list(names)[:12])
