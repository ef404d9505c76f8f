"""What can go wrong, said in one line: what, where (file, row or key path) and how to mend it.

Every refusal a person should read is one of these. They are caught once, at the edge
(`cli` or `ui`); nothing else prints them.
"""


class OTGroupError(Exception):
    """A refusal in one plain line for the person at the keyboard."""


class BadInput(OTGroupError):
    """Something a person wrote (a file, an option, a field) cannot be used as it stands."""


class AlreadyThere(BadInput):
    """Files would be replaced, and nobody said that they may."""


class Refused(BadInput):
    """An entry may not be recorded as the session stands; `event` is its id."""

    def __init__(self, problem: str, event: str = "") -> None:
        super().__init__(problem)
        self.event = event


class NotFound(OTGroupError):
    """A group, session, person or file of that name does not exist here."""


class StoreError(OTGroupError):
    """The data folder cannot be read or written as it should be."""


class NotSaved(StoreError):
    """An append failed: what it held is not on disk and the state has not changed."""


class ReadOnly(StoreError):
    """The journal takes no more writes: a failed sync, a newer schema, or another writer."""


class Damaged(StoreError):
    """A journal is unsound before its last line; the message names file and line. `what` says it without the mend."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}: {mend}")
        self.what = what


class InUse(StoreError):
    """Another OTGroup holds the data folder; the message says which."""


def refusal_text(refusal: OTGroupError | OSError) -> str:
    """A refusal of ours, or of the system, as it is told: what, where, how to mend it."""
    if isinstance(refusal, OTGroupError):
        return str(refusal)
    where = f"{refusal.filename}: " if refusal.filename else ""
    reason = refusal.strerror or type(refusal).__name__
    return f"{where}{reason}: check the disk and the permissions, then try again"
