"""Figures as CSV: every one of them, its own participant's only, and nothing that a spreadsheet would run."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from otgroup.export.figures import figures_of
from otgroup.export.form import ExportJob
from otgroup.export.handover import hand_over
from otgroup.export.table import FIGURE_COLUMNS, safe_cell
from otgroup.notes.batch import Batch, write_batch
from otgroup.notes.facts.reading import Figure, facts_for
from otgroup.notes.facts.whole import walk
from otgroup.notes.writer import NoteWriter
from tests.export import signed
from tests.notes import records
from tests.strategies import load_template, sessions


def tables(batch: Batch, state) -> dict[str, list[dict[str, str]]]:
    files = hand_over(ExportJob(batch=batch, state=state), ["csv"]).files
    assert all(data.endswith(b"\r\n") for data in files.values())
    return {
        name: list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))
        for name, data in files.items()
    }


def test_james_has_these_figures() -> None:
    made = tables(*signed.drafts())
    [mine] = [rows for name, rows in made.items() if "_James_" in name]
    assert {(r["participant"], r["record_number"], r["date"], r["group"]) for r in mine} == {
        ("James Okoro", "4480", "2025-11-24", "one-leg-stance")
    }
    figures = [(r["measure"], r["figure"], r["side"], r["value"], r["unit"]) for r in mine]
    assert figures == [
        ("treatment time", "", "", "27", "min"),
        ("rest", "", "", "4", "min"),
        ("timed minutes", "", "", "0", "min"),
        ("group size", "", "", "6", "participants"),
        ("toe taps", "", "left", "12", "toe taps"),
        ("toe taps", "", "right", "15", "toe taps"),
        ("cues", "verbal", "", "4", "cues"),
        ("cues", "tactile", "", "1", "cues"),
        ("cues on a side", "verbal", "left", "3", "cues"),
        ("cues on a side", "tactile", "left", "1", "cues"),
        ("cues on a side", "verbal", "right", "1", "cues"),
        ("assistance", "at 10:05", "", "contact guard assistance", ""),
        ("level", "start", "", "0", ""),
        ("level", "change 1 at 10:18, direction", "", "easier", ""),
        ("level", "change 1 at 10:18, from", "", "0", ""),
        ("level", "change 1 at 10:18, to", "", "-1", ""),
        ("level", "end", "", "-1", ""),
        ("balance watched", "", "", "yes", ""),
        ("loss of balance", "", "", "1", "times"),
        ("pain", "", "", "0", "of 10"),
        ("RPE", "", "", "5", "of 10"),
    ]
    taps = next(r for r in mine if r["side"] == "left")
    assert len(taps["events"].split()) == 12


def test_the_index_holds_what_the_notes_hold() -> None:
    made = list(tables(*signed.eight()).values())
    *each, whole = made
    assert whole == [row for rows in each for row in rows]
    assert len({row["participant"] for row in whole}) == 8


@given(sessions())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_figure_of_what_was_done_is_left_out(state) -> None:
    for p in state.board:
        if not p.took_part:
            continue
        facts = facts_for(state, p.person.id)
        told = {(e.value, e.events) for e in figures_of(facts)}
        parts = (facts.counts, facts.totals, facts.timings, facts.readings, facts.pain, facts.exertion)
        for figure in (v for part in parts for v in walk(part) if isinstance(v, Figure)):
            sums = figure in {c.total for c in (*facts.counts, *facts.totals)}
            numbers = figure in {t.number for t in facts.timings}
            inside = (s for t in facts.timings for c in t.counts for side in c.sides for s in side.sets)
            aims = figure in {s.target for s in inside}  # an interval's row tells what was counted in all
            parted = figure in {s.count for c in (*facts.counts, *facts.totals) for s in c.of_sides}
            assert sums or numbers or aims or parted or (figure.value, figure.events) in told


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " =", "\u3000＝"])
def test_no_cell_begins_a_formula(start) -> None:
    assert safe_cell(f"{start}cmd|' /C calc'!A0")[0] == "'"


def test_a_hostile_name_is_only_a_text() -> None:
    batch, state = signed.drafts()
    notes = (replace(n, header=replace(n.header, name='=1+1,"x"\nKing', record_number="@A1")) for n in batch.notes)
    made = tables(replace(batch, notes=tuple(notes)), state)
    for row in next(iter(made.values())):
        assert row["participant"] == '\'=1+1,"x"\nKing'
        assert row["record_number"] == "'@A1"
        assert tuple(row) == FIGURE_COLUMNS


def test_a_number_below_zero_stays_a_number() -> None:
    state = records.functional_grasp()
    made = tables(write_batch(state, NoteWriter(load_template)), state)
    rosa = next(iter(made.values()))
    assert [r["value"] for r in rosa if (r["measure"], r["figure"]) == ("level", "end")] == ["-2"]


def test_a_table_says_whether_the_note_is_signed_and_by_whom() -> None:
    batch, state = signed.drafts()
    for note, status in (
        (signed.james(), "UNSIGNED DRAFT"),
        (signed.signed(signed.james()), "signed"),
        (signed.amended(signed.james()), "signed, amended"),
    ):
        alone = replace(batch, notes=(note,), single=True)
        [rows] = tables(alone, state).values()
        assert {row["status"] for row in rows} == {status}
        assert {"J. Rivera, OTR/L, 2025-11-24 11:02 UTC-05:00 (author)" in row["signed"] for row in rows} == {
            note.signed
        }
