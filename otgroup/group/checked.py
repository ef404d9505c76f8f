"""Checks a TOML file against a msgspec Struct and lists all its problems, not only the first.

msgspec stops at the first error; a person who edits a file wants to see them all, each with
file, key path, line and mend. The Struct alone says what is allowed: types, ranges and patterns.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import islice
from typing import Any, Final, NamedTuple, TypeVar

import msgspec
from msgspec import inspect

from otgroup.characters import either, is_hidden, shown, visible
from otgroup.errors import BadInput
from otgroup.group.toml_text import LineNumbers, Table, table_of, text_of

UNKNOWN: Final = "is not a known key"


MOST_PROBLEMS: Final = 100
"""Problems of one file that are looked for; whoever has mended those may ask again."""

_S = TypeVar("_S", bound=msgspec.Struct)


class Problem(NamedTuple):
    """One thing wrong: where (key path), what, and how to mend it."""

    path: str
    what: str
    mend: str


Rule = Callable[[Table], Iterable[Problem]]
"""A rule of meaning: it reads the raw table, which may have wrong types anywhere, and must not raise."""


def read_toml(content: str | bytes, kind: type[_S], *, source: str, schema: int, rules: Sequence[Rule]) -> _S:
    """What a file says, as a Struct. Raises BadInput: the first of the problems that `examine` lists."""
    value, found = examine(content, kind, source=source, schema=schema, rules=rules)
    if value is None:
        raise BadInput(found[0])
    return value


def examine(
    content: str | bytes, kind: type[_S], *, source: str, schema: int, rules: Sequence[Rule]
) -> tuple[_S | None, list[str]]:
    """What a file says, or None and its problems, one line each: `FILE: key.path: what, mend`.

    There is nothing between the two: a file without problems is the Struct that is used.
    """
    try:
        text = text_of(content)
        raw = table_of(text)
    except BadInput as problem:
        return None, [visible(f"{source}: {problem}")]
    found = list(islice(_all_problems(raw, kind, schema, rules), MOST_PROBLEMS))
    if not found:
        try:
            return msgspec.convert(raw, kind), []
        except msgspec.ValidationError as error:
            found = [problem_of(error, "compare it with the shipped file")]
    return None, _told(found, LineNumbers(text), source)


def problem_of(error: msgspec.ValidationError, mend: str) -> Problem:
    """What the types forbid, without code marks; the key path is empty where it is about the whole."""
    what, _, path = str(error).partition(" - at `$.")
    return Problem(path.removesuffix("`"), what.replace("`", ""), mend)


def check(raw: Table, kind: type[msgspec.Struct]) -> Iterator[Problem]:
    """Where a table does not fit a Struct: unknown and missing keys, types, ranges, patterns."""
    top_keys = kind.__struct_fields__
    return (_moved(problem, top_keys) for problem in _check(raw, inspect.type_info(kind), ""))


def _moved(problem: Problem, top_keys: Sequence[str]) -> Problem:
    """A key of the whole file, written under a [section], is at the wrong place rather than unknown."""
    _, inner, key = problem.path.rpartition(".")
    if problem.what == UNKNOWN and inner and key in top_keys:
        return problem._replace(mend="move it above the first [section]")
    return problem


def _all_problems(raw: Table, kind: type[msgspec.Struct], schema: int, rules: Sequence[Rule]) -> Iterator[Problem]:
    """A newer schema has keys and meanings unknown here: then nothing else is said."""
    declared = raw.get("schema")
    if type(declared) is int and declared > schema:
        yield Problem("schema", f"{shown(declared)} is newer than this OTGroup", "update it")
        return
    if type(declared) is int and declared < schema:
        yield Problem("schema", f"{shown(declared)} is not a schema", f"write schema = {schema}")
    yield from check(raw, kind)
    for rule in rules:
        yield from rule(raw)


def _told(found: Iterable[Problem], lines: LineNumbers, source: str) -> list[str]:
    """Word the problems in the file's order, each once."""
    placed = sorted(((lines.of(problem.path) or 0, problem) for problem in found), key=lambda pair: pair[0])
    return list(dict.fromkeys(_line(problem, line, source) for line, problem in placed))


def _line(problem: Problem, line: int, source: str) -> str:
    place = f" (line {line})" if line else ""
    return visible(f"{source}: {problem.path}: {problem.what}{place}, {problem.mend}")


def _check(value: object, info: inspect.Type, path: str) -> Iterator[Problem]:
    match info:
        case inspect.Metadata():
            yield from _check_described(value, info, path)
        case inspect.StructType():
            yield from _check_table(value, info, path)
        case inspect.VarTupleType():
            yield from _check_list(value, info, path)
        case inspect.DictType():
            yield from _check_mapping(value, info, path)
        case inspect.UnionType():
            yield from _check_union(value, info, path)
        case _:
            yield from _check_plain(value, info, path)


def _check_plain(value: object, info: inspect.Type, path: str) -> Iterator[Problem]:
    match info:
        case inspect.LiteralType():
            yield from _check_choice(value, [str(word) for word in info.values], path)
        case inspect.StrType():
            yield from _check_text(value, info, path, "")
        case inspect.BoolType():
            if not isinstance(value, bool):
                yield Problem(path, f"{shown(value)} is not yes or no", "write true or false, without quotes")
        case inspect.IntType() | inspect.FloatType():
            yield from _check_number(value, info, path)
        case _:
            raise TypeError(f"checked.py cannot check {info}")


def _check_described(value: object, info: inspect.Metadata, path: str) -> Iterator[Problem]:
    """A pattern's description, from its Meta, is the mend a person can follow."""
    mend = str((info.extra_json_schema or {}).get("description", ""))
    if isinstance(info.type, inspect.StrType):
        yield from _check_text(value, info.type, path, mend)
    else:
        yield from _check(value, info.type, path)


def _check_table(value: object, info: inspect.StructType, path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, f"{shown(value)} is not a section of keys", "see groups/README.md")
        return
    known = [field.encode_name for field in info.fields]
    tag = [info.tag_field] if info.tag_field else []
    yield from _check_unknown(value, known + tag, path)
    for field in info.fields:
        where = f"{path}.{field.encode_name}".lstrip(".")
        if field.encode_name in value:
            yield from _check(value[field.encode_name], field.type, where)
        elif field.required:
            yield Problem(where, "is missing", "add it")


def _check_mapping(value: object, info: inspect.DictType, path: str) -> Iterator[Problem]:
    if not isinstance(value, dict):
        yield Problem(path, f"{shown(value)} is not a section of keys", f"use [{path}] and one key a line")
        return
    for key, item in value.items():
        yield from _check(item, info.value_type, f"{path}.{_key(key)}")


def _check_unknown(table: Table, known: list[str], path: str) -> Iterator[Problem]:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            mend = f"did you mean {near[0]}?" if near else f"remove it, or use one of {', '.join(known)}"
            yield Problem(f"{path}.{_key(key)}".lstrip("."), UNKNOWN, mend)


def _key(key: str) -> str:
    plain = key.isascii() and key.replace("-", "").replace("_", "").isalnum() and len(key) <= 40
    return key if plain else shown(key)


def _check_list(value: object, info: inspect.VarTupleType, path: str) -> Iterator[Problem]:
    if not isinstance(value, list):
        yield Problem(path, f"{shown(value)} is not a list", _list_mend(value, info, path))
        return
    if info.min_length and len(value) < info.min_length:
        yield Problem(path, "is empty", "write at least one")
    if info.max_length and len(value) > info.max_length:
        yield Problem(path, f"has {len(value)} entries", f"use at most {info.max_length}")
    for index, item in enumerate(value):
        yield from _check(item, info.item_type, f"{path}[{index}]")


def _list_mend(value: object, info: inspect.VarTupleType, path: str) -> str:
    if isinstance(value, dict) or isinstance(info.item_type, inspect.StructType | inspect.UnionType):
        return f"use [[{path}]] with double brackets"
    return f"put it in brackets: [{shown(value)}]" if isinstance(value, str) else 'write ["one", "two"]'


def _check_union(value: object, info: inspect.UnionType, path: str) -> Iterator[Problem]:
    """Either a value that may be left out, or Structs told apart by their tag."""
    kinds = [kind for kind in info.types if not isinstance(kind, inspect.NoneType)]
    tagged = {kind.tag: kind for kind in kinds if isinstance(kind, inspect.StructType) and kind.tag is not None}
    if not tagged:
        yield from _check(value, kinds[0], path)
    elif not isinstance(value, dict):
        yield Problem(path, f"{shown(value)} is not a section of keys", "see groups/README.md")
    else:
        yield from _check_tagged(value, tagged, path)


def _check_tagged(value: Table, tagged: dict[Any, inspect.StructType], path: str) -> Iterator[Problem]:
    field = next(iter(tagged.values())).tag_field or ""
    tags = [str(tag) for tag in tagged]
    tag = value.get(field)
    if field not in value:
        yield Problem(f"{path}.{field}", "is missing", f"add it: {either(tags)}")
        return
    if tag not in tags:
        yield Problem(f"{path}.{field}", f"{shown(tag)} is not a {field}", f"use {either(tags)}")
    meant = get_close_matches(tag, tags, n=1) if isinstance(tag, str) else []
    if meant:  # a misspelt tag should not hide the problems of the other keys
        yield from _check_table(value, tagged[meant[0]], path)


def _check_choice(value: object, allowed: list[str], path: str) -> Iterator[Problem]:
    if not isinstance(value, str) or value not in allowed:
        yield Problem(path, f"{shown(value)} is not allowed here", f"use {either(allowed)}")


def _check_text(value: object, info: inspect.StrType, path: str, mend: str) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield Problem(path, f"{shown(value)} is not a text", "put it in quotes")
    elif not value.strip():
        yield Problem(path, "is empty", "write it, or remove the key if it is optional")
    elif any(map(is_hidden, value)):
        yield Problem(path, "has a line break or hidden character", "keep it to one line of plain text")
    elif info.max_length and len(value) > info.max_length:
        yield Problem(path, f"is {len(value)} characters long", f"use at most {info.max_length}")
    elif info.pattern and not re.search(info.pattern, value):
        yield Problem(path, f"{shown(value)} is not written as it must be", f"use {mend or info.pattern}")


def _check_number(value: object, info: inspect.IntType | inspect.FloatType, path: str) -> Iterator[Problem]:
    whole = isinstance(info, inspect.IntType)
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        sort = "whole number" if whole else "number"
        yield Problem(path, f"{shown(value)} is not a {sort}", f"write a {sort} without quotes")
    elif not math.isfinite(value) if isinstance(value, float) else value.bit_length() > 64:
        yield Problem(path, f"{shown(value)} cannot be used", "write an ordinary number")
    elif (info.ge is not None and value < info.ge) or (info.le is not None and value > info.le):
        yield Problem(path, f"{shown(value)} is out of range", f"use {_range(info)}")


def _range(info: inspect.IntType | inspect.FloatType) -> str:
    if info.le is None:
        return f"{info.ge} or more"
    return f"{info.le} or less" if info.ge is None else f"{info.ge} to {info.le}"
