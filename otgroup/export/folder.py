"""A session's notes as files in a folder: all of them, or none."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from otgroup.errors import BadInput, NotSaved, OTGroupError
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.notes.batch import Batch
from otgroup.notes.english.grammar import counted
from otgroup.record.state import SessionState
from otgroup.store.together import write_together


def planned_files(batch: Batch, state: SessionState, formats: Sequence[str]) -> Mapping[str, bytes]:
    """File names and contents in board order, the index last (none where one note was asked for).

    Raises BadInput where any of them cannot be made; `hand_over` leaves out what cannot.
    """
    made = hand_over(ExportJob(batch=batch, state=state), formats)
    if made.failed:
        raise BadInput(made.failed[0])
    return made.files


def write_folder(
    out: Path, files: Mapping[str, bytes], *, overwrite: bool, keep: Callable[[], object] = lambda: None
) -> tuple[str, ...]:
    """Write the files, or none of them; the names of those that were replaced.

    `keep` keeps on record that they were handed over: where it cannot, no file is left. Raises AlreadyThere
    without `overwrite`, and NotSaved.
    """

    def kept() -> None:
        try:
            keep()
        except OTGroupError as refusal:
            raise NotSaved(f"{out}: no notes written, for it cannot be kept on record: {refusal}") from refusal

    return write_together(out, files, overwrite=overwrite, then=kept)


def replaced_files(out: Path, names: Sequence[str]) -> list[str]:
    """A line that says which files were replaced; none where none was."""
    if not names:
        return []
    return [f"{out}: {counted(len(names), 'file')} replaced: {', '.join(names)}"]
