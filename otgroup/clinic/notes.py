"""The notes of a session: reviewed, written out, and kept on record where they went."""

from pathlib import Path

from otgroup.clinic.clinic import Clinic
from otgroup.clinic.waiting import review_rules
from otgroup.export.form import ExportJob
from otgroup.intake.roster import Roster
from otgroup.notes.batch import NoteContext, write_batch
from otgroup.notes.signing.papers import HandedOver, PaperPen, read_papers
from otgroup.notes.signing.reviewing import Material, Reviewing
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import PersonId
from otgroup.record.state import SessionState


def note_formats(clinic: Clinic) -> list[str]:
    """The templates a note can be written with."""
    return clinic.files.note_formats()


def review(clinic: Clinic, session_id: str) -> Reviewing:
    """Open an ended session to review its notes, as whoever leads now. Raises BadInput for a broken review.toml."""
    session = clinic.open_session(session_id)
    entries = tuple(clinic.library.minutes())
    material = Material(writer(clinic), review_rules(clinic), clinic.earlier(session.state), entries)
    pen = PaperPen(clinic.times.of(session.state), clinic.new_id, clinic.at_work)
    return Reviewing(session, pen, material)


def writer(clinic: Clinic) -> NoteWriter:
    """What writes notes with the clinic's templates."""
    return NoteWriter(clinic.files.template)


def notes_of(clinic: Clinic, session_id: str, template: str, person: str | None = None) -> ExportJob:
    """The notes of a session that count, or of one participant: signed ones as they were signed, others from the
    record and its edits. Raises NotFound for a session or a person, BadInput for a voided one or a broken template.
    """
    state = clinic.read(session_id)
    only = _participant(state, person) if person is not None else None
    context = NoteContext(
        earlier=clinic.records.earlier(state),
        papers=read_papers(clinic.records.filed(session_id), state.id),
        entries=tuple(clinic.library.minutes()),
    )
    batch = write_batch(state, writer(clinic), template, only, context)
    return ExportJob(batch=batch, state=state, letterhead=clinic.files.letterhead())


def _participant(state: SessionState, name: str) -> PersonId:
    return Roster(participant.person for participant in state.board).find(name).id


def keep_handed_over(clinic: Clinic, work: ExportJob, formats: tuple[str, ...], to: Path) -> None:
    """Keep on record that signed notes left the program: by whom, when, in which formats, where to."""
    session = clinic.open_session(work.state.id)
    pen = PaperPen(clinic.now, clinic.new_id, clinic.at_work)
    signed = [note.participant for note in work.batch.notes if note.signed]
    session.file(*(HandedOver(**pen.stamp(who), formats=formats, to=str(to)) for who in signed))


def notes_folder(clinic: Clinic, state: SessionState) -> Path:
    """Where notes go unless said otherwise."""
    return clinic.path / "notes" / state.id
