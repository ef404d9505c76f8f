"""What home shows of a session without opening it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec

from otgroup.record.people import Leader, PersonId
from otgroup.record.state import SessionState


class Filed(msgspec.Struct, frozen=True):
    """What was done with a note, by the tag it has in the journal."""

    kind: str

    @property
    def is_signature(self) -> bool:
        """Whether a note was signed."""
        return self.kind == "signed"


class Signing(msgspec.Struct, frozen=True, kw_only=True):
    """Whose note was signed, by whom, as author or beside the author."""

    participant: PersonId
    by: Leader
    role: Literal["author", "cosigner"]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the index. `size` is the journal's length in bytes when the row was made: another
    length means that the row is behind.
    """

    id: str
    group: str
    title: str
    leader: Leader
    started_at: datetime
    ended_at: datetime | None
    state: Literal["running", "ended", "voided"]
    participants: tuple[str, ...]
    people: tuple[PersonId, ...]
    size: int
    signings: tuple[Signing, ...] = ()

    @property
    def unsigned(self) -> tuple[PersonId, ...]:
        """Whose notes nobody has signed yet, once the group has ended."""
        signed = {signing.participant for signing in self.signings}
        return tuple(p for p in self.people if p not in signed) if self.state == "ended" else ()

    @property
    def waiting_authors(self) -> tuple[Leader, ...]:
        """Who signed notes that nobody has signed beside them."""
        cosigned = {s.participant for s in self.signings if s.role == "cosigner"}
        return tuple(s.by for s in self.signings if s.role == "author" and s.participant not in cosigned)


def summarize(state: SessionState, signings: Iterable[Signing], size: int) -> Summary:
    """The row for a session as it stands."""
    return Summary(
        id=state.id,
        group=state.protocol.id,
        title=state.protocol.title,
        leader=state.leader,
        started_at=state.started_at,
        ended_at=state.ended_at,
        state=state.status,
        participants=tuple(p.person.name for p in state.board),
        people=tuple(p.person.id for p in state.board if p.took_part),
        size=size,
        signings=tuple(signings),
    )
