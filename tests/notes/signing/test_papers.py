"""Papers: what was signed stays as it was signed, whatever comes after."""

from datetime import UTC, datetime
from itertools import count

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.errors import Damaged
from otgroup.notes.batch import write_batch
from otgroup.notes.signing import papers as pp
from otgroup.notes.writer import NoteWriter
from otgroup.record.people import Leader, PersonId
from tests.notes.records import ADA, step_tap_align
from tests.strategies import load_template

NOTE = write_batch(step_tap_align(), NoteWriter(load_template), only=ADA.id).notes[0]
AUTHOR, SUPERVISOR = Leader("J. Rivera", "OTA"), Leader("M. Okafor", "OTR/L")


def pen(by: Leader = AUTHOR) -> pp.PaperPen:
    ids = count(1)
    return pp.PaperPen(lambda: datetime(2026, 3, 10, 11, tzinfo=UTC), lambda: f"{by.name}{next(ids)}", by)


def signed() -> pp.PaperEvent:
    return pp.Signed(**pen().stamp(ADA.id), digest=pp.digest_of(NOTE), role="author", note=NOTE, record="r")


def folded(*events: pp.PaperEvent) -> pp.Paper:
    return pp.fold_papers(events)[ADA.id]


def test_an_edit_takes_a_sections_place_and_can_be_given_back() -> None:
    edited = pp.Edited(**pen().stamp(ADA.id), template="narrative", section="Plan", text="One.\nTwo.", record="r")
    paper = folded(edited)
    sections = {s.title: s.paragraphs for s in pp.note_in_force(NOTE, paper).sections}
    assert sections["Plan"] == ("One.", "Two.")
    assert sections["Response"] == {s.title: s.paragraphs for s in NOTE.sections}["Response"]
    back = folded(edited, pp.Reverted(**pen().stamp(ADA.id), template="narrative", section="Plan"))
    assert pp.note_in_force(NOTE, back) == NOTE


def test_an_edit_of_one_format_leaves_the_others() -> None:
    paper = folded(pp.Edited(**pen().stamp(ADA.id), template="soap", section="Plan", text="Mine.", record="r"))
    assert pp.note_in_force(NOTE, paper) == NOTE


def test_the_first_signature_counts_and_a_cosignature_only_for_the_same_text() -> None:
    again = pp.Signed(**pen(SUPERVISOR).stamp(ADA.id), digest="other", role="author", note=NOTE, record="r")
    other = pp.Signed(**pen(SUPERVISOR).stamp(ADA.id), digest="other", role="cosigner")
    assert [s.by for s in folded(signed(), again, other).signed.signatures] == [AUTHOR]
    context = pp.Signed(**pen(SUPERVISOR).stamp(ADA.id), digest=pp.digest_of(NOTE), role="cosigner")
    paper = folded(signed(), context)
    assert [s.role for s in paper.signed.signatures] == ["author", "cosigner"]
    assert paper.cosigned


def test_a_changed_text_no_longer_fits_its_signature() -> None:
    paper = folded(signed())
    assert not pp.tampered(paper)
    section = msgspec.structs.replace(NOTE.sections[0], paragraphs=("Something else.",))
    changed = msgspec.structs.replace(paper.signed, sections=(section, *paper.signed.sections[1:]))
    assert pp.tampered(msgspec.structs.replace(paper, signed=changed))


def test_entries_come_back_from_their_json_and_strange_ones_are_refused() -> None:
    kept = [msgspec.json.encode(signed())]
    assert pp.read_papers(kept, "s1") == pp.fold_papers([signed()])
    with pytest.raises(Damaged, match="session s1"):
        pp.read_papers([b'{"kind":"burnt"}'], "s1")


kinds = st.sampled_from(
    [
        lambda p: pp.Looked(**p.stamp(ADA.id), finding="x"),
        lambda p: pp.Edited(**p.stamp(ADA.id), template="narrative", section="Plan", text="Mine.", record="r"),
        lambda p: pp.Reverted(**p.stamp(ADA.id), template="narrative", section="Plan"),
        lambda p: pp.Signed(**p.stamp(ADA.id), digest="d", role="author", note=NOTE, record="r"),
        lambda p: pp.Signed(**p.stamp(ADA.id), digest=pp.digest_of(NOTE), role="cosigner"),
        lambda p: pp.Added(**p.stamp(ADA.id), sort="addendum", text="More."),
        lambda p: pp.HandedOver(**p.stamp(ADA.id), formats=("txt",), to="clipboard"),
    ]
)


@settings(deadline=None)
@given(st.lists(kinds, max_size=12))
def test_nothing_after_the_signature_changes_the_signed_text(steps) -> None:
    before = folded(signed())
    after = folded(signed(), *(step(pen()) for step in steps))
    assert after.signed.sections == before.signed.sections
    assert after.signed.signatures[0] == before.signed.signatures[0]
    assert after.edits == before.edits
    assert not pp.tampered(after)


@settings(deadline=None)
@given(st.lists(kinds, max_size=12))
def test_entries_one_by_one_give_what_all_give(steps) -> None:
    events = [step(pen()) for step in steps]
    paper = pp.Paper()
    for event in events:
        paper = pp.apply_paper(paper, event)
    assert pp.fold_papers(events).get(PersonId("ada"), pp.Paper()) == paper
