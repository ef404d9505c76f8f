"""A leader's own keys: `keys.toml` in the data folder, checked against the table of actions."""

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches

from otgroup.errors import BadInput
from otgroup.live.actions import ACTIONS, BY_ID
from otgroup.live.strip import LETTERS

Keys = Mapping[str, tuple[str, ...]]
"""Keys of each action by its id; the first one is shown."""


def default_keys() -> dict[str, tuple[str, ...]]:
    """The keys of the table."""
    return {action.id: action.keys for action in ACTIONS}


def read_keys(content: bytes, source: str) -> dict[str, tuple[str, ...]]:
    """The table's keys with the file's in their place. Raises BadInput naming file, key path and mend."""
    try:
        table = tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{source}: cannot be read as TOML ({error}): mend it or take it away") from error
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
    for key in listed:
        if key.isdigit() or key.lower() in LETTERS:
            raise BadInput(
                f"{source}: {action_id}: {key} is taken (digits are people, {LETTERS} are strips), use another"
            )
    return tuple(listed)


def _refuse_twice(source: str, keys: Keys) -> None:
    """One key, one action."""
    taken: dict[str, str] = {}
    for action_id, own in keys.items():
        for key in own:
            if taken.setdefault(key, action_id) != action_id:
                raise BadInput(
                    f"{source}: {action_id}: {key} is also the key of {taken[key]}, use another for one of them"
                )
