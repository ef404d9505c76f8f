"""A batch handed over: its files in every format asked for, and which of them could not be made."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from otgroup.errors import OTGroupError
from otgroup.export.form import ExportJob, Form
from otgroup.export.formats import format_of
from otgroup.export.index import index_of
from otgroup.export.naming import Naming
from otgroup.notes.note import Note

Step = Callable[[], object]
"""Called after each note in each format, so that somebody can show how far it is."""


class HandOver(msgspec.Struct, frozen=True):
    """File names and contents in board order, the index last; `failed` has a line for what is missing."""

    files: Mapping[str, bytes]
    failed: tuple[str, ...] = ()


def hand_over(work: ExportJob, formats: Sequence[str], step: Step = lambda: None) -> HandOver:
    """Make the files of a batch. What fails for one participant leaves the others as they are.

    Raises BadInput for a format that is not known, and for a letterhead that cannot be used.
    """
    makers = [_Maker(work, name, step) for name in formats]
    files = {name: data for note in work.batch.notes for maker in makers for name, data in maker.note(note)}
    if not work.batch.single:
        files |= {name: data for maker in makers for name, data in maker.whole()}
    told = (f"{failed.name}: no note, {failed.why}" for failed in work.batch.failed)
    return HandOver(files, (*told, *(line for maker in makers for line in maker.failed)))


def step_count(work: ExportJob, formats: Sequence[str]) -> int:
    """How often `hand_over` takes a step."""
    return len(work.batch.notes) * len(formats)


class _Maker:
    """Makes the files of one format, and remembers for whom it could not."""

    def __init__(self, work: ExportJob, name: str, step: Step) -> None:
        self._work, self._name, self._step = work, name, step
        kind = format_of(name)
        self._form: Form = kind.form(work)
        self._ending = kind.ending
        self._naming = Naming(work.batch, work.state)
        self._made: list[Note] = []
        self.failed: list[str] = []

    def note(self, note: Note) -> Iterator[tuple[str, bytes]]:
        stem = self._naming.note(note)
        try:
            made = [(f"{stem}{part}.{self._ending}", data) for part, data in self._form.note(note)]
        except Exception as error:  # noqa: BLE001 - one participant's fault must not cost the others their notes
            self.failed.append(f"{note.header.name}: no {self._name} file, {failure_text(error)}")
        else:
            self._made.append(note)
            yield from made
        self._step()

    def whole(self) -> Iterator[tuple[str, bytes]]:
        index = index_of(self._work.batch, self._work.state, self._ending, tuple(self._made))
        data = self._form.whole(index)
        if data is not None:
            yield f"{self._naming.index}.{self._ending}", data


def failure_text(error: Exception) -> str:
    """The reason in words; of what nobody foresaw only its kind, for its text may hold health data."""
    if isinstance(error, OTGroupError):
        return str(error)
    return f"something unexpected happened ({type(error).__name__}): please report this line"
