"""Every figure of a note can be traced: the marked text is the note, and evidence stands for its figures."""

import re
from itertools import chain

from hypothesis import HealthCheck, given, settings

from otgroup.notes.facts.figures import unmarked
from otgroup.notes.facts.reading import Facts, facts_for
from otgroup.notes.note import Note
from otgroup.notes.signing.trace import _mark, evidence
from otgroup.notes.writer import NoteWriter
from tests.notes.told import NUMBER, UNFILLED
from tests.strategies import load_template, sessions

WRITER = NoteWriter(load_template)
TEMPLATES = ("narrative", "soap", "dap", "narrative-brief", "soap-brief", "dap-brief")


def paragraphs(note: Note) -> list[str]:
    return [paragraph for section in note.sections for paragraph in section.paragraphs]


def typed(facts: Facts) -> set[str]:
    """Numbers in recorded words and in the group file, which are nobody's figures."""
    words = set(chain.from_iterable(NUMBER.findall(text) for text in facts.texts()))
    a = facts.activity
    scales = (a.directions_steps, a.pain_highest, a.rpe_highest, *(i.parts for i in facts.images))
    return words | {str(number) for number in scales}


def untraced(note: Note, facts: Facts) -> set[str]:
    """Numbers of the note that neither evidence nor typed words stand for."""
    found: set[str] = set()
    marks = evidence(WRITER, facts, note)
    for section in note.sections:
        for place, text in enumerate(section.paragraphs):
            own = [e for e in marks if (e.section, e.paragraph) == (section.title, place)]
            assert all(text[e.start : e.end] == e.text and e.events for e in own)
            found |= {
                m[0]
                for m in re.finditer(NUMBER, text)
                if not any(e.start <= m.start() and m.end() <= e.end for e in own)
            }
    return found - typed(facts)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sessions())
def test_the_marked_text_is_the_note_and_evidence_covers_its_figures(state) -> None:
    for p in state.board:
        if p.took_part:
            facts = facts_for(state, p.person.id)
            for template in TEMPLATES:
                note = WRITER.write(facts, template)
                marked = WRITER.write(_mark(facts, []), template)
                assert list(map(unmarked, paragraphs(marked))) == paragraphs(note)
                assert untraced(note, facts) == set(), note.body
                assert not UNFILLED.search(note.body), note.body
