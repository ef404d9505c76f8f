"""Whether all that a data folder holds is sound: journals, signed notes, groups, templates, keys, letterhead."""

from collections.abc import Iterator

from otgroup.board.keymap import read_keys
from otgroup.clinic.clinic import Clinic
from otgroup.clinic.notes import writer
from otgroup.errors import OTGroupError
from otgroup.notes.signing.papers import read_papers, tampered
from otgroup.notes.signing.rules import review_problems
from otgroup.store.clinic_files import ClinicFiles


def unsound(clinic: Clinic) -> Iterator[str]:
    """What is not sound, one line each, with its file and mend."""
    yield from clinic.notices
    yield from clinic.records.check(_in_papers)
    yield from clinic.files.problems()
    yield from review_problems(*clinic.files.review())
    yield from _in_keys(clinic.files)
    yield from _in_templates(clinic)
    yield from _in_letterhead(clinic.files)


def counted_files(clinic: Clinic) -> str:
    """What was looked at: `3 sessions, 4 groups, 12 templates`."""
    sessions, groups = len(clinic.sessions()), len(clinic.groups())
    return f"{sessions} sessions, {groups} groups, {len(clinic.files.template_names())} templates"


def _in_papers(session: str, filed: list[bytes]) -> Iterator[str]:
    """A signed note that is no longer the text its signature names."""
    try:
        papers = read_papers(filed, session)
    except OTGroupError as problem:
        yield str(problem)
        return
    if any(map(tampered, papers.values())):
        yield f"session {session}: a signed note is not the text that was signed: restore a copy of its journal"


def _in_keys(files: ClinicFiles) -> Iterator[str]:
    own = files.keys()
    try:
        if own:
            read_keys(*own)
    except OTGroupError as problem:
        yield str(problem)


def _in_templates(clinic: Clinic) -> Iterator[str]:
    notes = writer(clinic)
    for name in clinic.files.template_names():
        try:
            text = clinic.files.template(name)
        except OTGroupError as problem:
            yield str(problem)
        else:
            yield from notes.check_template(f"{name}.j2", text) if text is not None else ()
    for group in clinic.groups():
        yield from notes.check_group(group)


def _in_letterhead(files: ClinicFiles) -> Iterator[str]:
    own = files.letterhead()
    if own:
        from otgroup.export.letterhead_check import letterhead_problems  # noqa: PLC0415 - docxtpl takes long to load

        yield from letterhead_problems(*own)
