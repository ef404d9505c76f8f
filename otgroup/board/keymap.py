"""A leader's own keys: `keys.toml` in the data folder, checked against the table of actions."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from otgroup.board.actions import ACTIONS, BY_ID, SHOWN
from otgroup.board.strip import LETTERS
from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.group.toml_text import table_of, text_of

_NAMES = {shown: name for name, shown in SHOWN.items() if len(shown) == 1}
"""Signs as they are typed, by the names a screen knows them by."""

_KNOWN = frozenset(SHOWN) | {"home", "end", "insert", "delete", "pageup", "pagedown"}
_COMBINED = re.compile(r"f([1-9]|1[0-2])|(ctrl|alt|shift)\+[a-z]|ctrl\+f([1-9]|1[0-2])")
_KEPT = frozenset({"ctrl+q", "ctrl+c", "ctrl+m", "ctrl+i", "ctrl+j", "ctrl+h"})

Keys = Mapping[str, tuple[str, ...]]
"""Keys of each action by its id; the first one is shown."""


def default_keys() -> dict[str, tuple[str, ...]]:
    """The keys of the table."""
    return {action.id: action.keys for action in ACTIONS}


def read_keys(content: bytes, source: str) -> dict[str, tuple[str, ...]]:
    """The table's keys with the file's in their place. Raises BadInput naming file, key path and mend."""
    try:
        table = table_of(text_of(content)) if content.strip() else {}
    except BadInput as problem:
        raise BadInput(f"{source}: {problem}") from None
    keys = default_keys()
    for action_id, wanted in table.items():
        keys[action_id] = _checked(source, action_id, wanted)
    _refuse_twice(source, keys)
    return keys


def _checked(source: str, action_id: str, wanted: object) -> tuple[str, ...]:
    if action_id not in BY_ID:
        near = get_close_matches(action_id, BY_ID, n=1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(BY_ID)}"
        raise BadInput(f"{source}: {action_id}: no such action, {hint}")
    listed = [wanted] if isinstance(wanted, str) else wanted
    if not isinstance(listed, list) or not listed or not all(isinstance(k, str) and k for k in listed):
        raise BadInput(f'{source}: {action_id}: not a key, write for example {action_id} = "f5" or ["f5", "f6"]')
    where = f"{source}: {action_id}"
    for key in listed:
        if not _is_key(key):
            raise BadInput(f"{where}: {shown(key)} is no key to have, use a letter, a sign, f1 to f12 or ctrl+letter")
        if key.isdigit() or key.lower() in LETTERS:
            raise BadInput(f"{where}: {key} is taken (digits are people, {LETTERS} are strips), use another")
    return tuple(_NAMES.get(str(key), str(key)) for key in listed)


def _is_key(key: str) -> bool:
    """Whether a terminal sends it and nothing else needs it: Escape, Enter, Ctrl+Q and Ctrl+C stay what they are."""
    plain = len(key) == 1 and key.isprintable()
    return plain or key in _KNOWN or (_COMBINED.fullmatch(key) is not None and key not in _KEPT)


def _refuse_twice(source: str, keys: Keys) -> None:
    """One key, one action."""
    taken: dict[str, str] = {}
    for action_id, own in keys.items():
        for key in own:
            if taken.setdefault(key, action_id) != action_id:
                raise BadInput(
                    f"{source}: {action_id}: {key} is also the key of {taken[key]}, use another for one of them"
                )
