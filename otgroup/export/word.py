"""Notes in Word, on the shipped letterhead or the clinic's own."""

from otgroup.errors import BadInput
from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.index import Index
from otgroup.export.letterhead import Letterhead, shipped_letterhead
from otgroup.export.letterhead_check import letterhead_problems
from otgroup.notes.note import Note


def word_form(work: ExportJob) -> Form:
    """The form for Word; the clinic's own letterhead is tried first. Raises BadInput with what is wrong in it."""
    if work.letterhead is None:
        return _Word(shipped_letterhead())
    for problem in letterhead_problems(*work.letterhead):
        raise BadInput(problem)
    return _Word(Letterhead(*work.letterhead))


class _Word:
    def __init__(self, letterhead: Letterhead) -> None:
        self._letterhead = letterhead

    def note(self, note: Note) -> Files:
        return [("", self._letterhead.filled(note))]

    def whole(self, _index: Index) -> None:
        return None
