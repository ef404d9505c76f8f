"""A group file's text as the start of another group: all kept, comments too, but id and title. Pure."""

import re
from typing import Final

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.group import group_file as protocol

_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")
_QUOTED: Final = r"""("(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_ID_LINE: Final = re.compile(rf"^([ \t]*id[ \t]*=[ \t]*){_QUOTED}", re.MULTILINE)
_TITLE_LINE: Final = re.compile(rf"^([ \t]*title[ \t]*=[ \t]*){_QUOTED}", re.MULTILINE)


def copied(text: str, new_id: str, source: str) -> str:
    """The text with that id, and a title that says it is a copy. Raises BadInput where it would not be sound.

    `source` names the file it is to become.
    """
    if not _ID.fullmatch(new_id):
        raise BadInput(f"ID: {shown(new_id)} cannot be an id, start with a small letter, then use a-z, 0-9 and -")
    named = _ID_LINE.sub(lambda line: f'{line[1]}"{new_id}"', text, count=1)
    titled = _TITLE_LINE.sub(lambda line: f"{line[1]}{line[2][:-1]} (copy){line[2][-1]}", named, count=1)
    found = protocol.parse(titled, source=source)
    if found.id != new_id:
        raise BadInput(f"{source}: id: the copied file writes it in an unusual way, copy it by hand")
    return titled
