"""A leader as a person writes them on one line."""

from otgroup.characters import shown
from otgroup.errors import BadInput
from otgroup.record.people import Leader
from otgroup.written import LONGEST_NAME, clean_name, clean_text


def parse_leader(text: str, what: str = "leader") -> Leader:
    """`Name, credentials` as a leader; what follows the first comma is the credentials. Raises BadInput."""
    name, _, credentials = clean_text(text, what, 2 * LONGEST_NAME, needed=True).partition(",")
    if not name.strip():
        raise BadInput(f'{what}: {shown(text)} has no name, write "Name, credentials"')
    return Leader(clean_name(name, what), clean_text(credentials, what, LONGEST_NAME))
