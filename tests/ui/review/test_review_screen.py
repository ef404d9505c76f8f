"""The review through Pilot: keys pressed; the journal, the signed text and the files asserted."""

from datetime import timedelta
from pathlib import Path

import pytest

from otgroup.errors import NotSaved
from otgroup.export.text import as_text
from otgroup.notes.signing.papers import digest_of, tampered
from otgroup.record.people import Leader
from otgroup.ui.review.dialogs import CompareScreen, ExportScreen, TextScreen
from otgroup.ui.review.late import LateScreen
from otgroup.ui.review.review import ReviewScreen
from tests.ui.reviewing import ADA, BEN, papers_on_disk, press_anew, sign, worked
from tests.ui.screens import LARGE, LEADER, SMALL, Bench, press_at_once


@pytest.fixture
def bench(tmp_path, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM"):
        monkeypatch.delenv(name, raising=False)
    made = Bench(tmp_path / "data", names=("Ada Larkspur", "Ben Kettlewick"))
    yield made
    made.clinic.close()


async def test_every_note_is_read_signed_and_kept_as_it_was_signed(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await worked(pilot, bench)
        shown = {who: digest_of(note) for who, note in app.screen.review.notes().items()}
        await sign(pilot)
        await sign(pilot)
        papers = papers_on_disk(bench)
        assert {who: paper.signed.signatures[0].digest for who, paper in papers.items()} == shown
        assert {paper.signed.signatures[0].by for paper in papers.values()} == {LEADER}
        assert "All are signed" in app.screen._said
        assert not any(map(tampered, papers.values()))


async def test_a_note_longer_than_the_screen_is_not_signed_before_its_end_was_shown(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=(80, 14)) as pilot:
        await worked(pilot, bench)
        await press_anew(pilot, "s")
        assert papers_on_disk(bench) == {}
        assert "read on" in app.screen._said


async def test_on_a_large_screen_one_key_signs(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await press_anew(pilot, "s", "s")
        assert all(paper.signed for paper in papers_on_disk(bench).values())
        assert len(papers_on_disk(bench)) == 2


async def test_a_loss_of_balance_is_looked_at_before_the_signature(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "comma", "b", "k", "escape")
        await pilot.press("ctrl+e", "enter")
        await press_anew(pilot, "s")
        assert papers_on_disk(bench) == {}
        assert "not yet looked at" in app.screen._said
        await press_anew(pilot, "l", "s")
        assert papers_on_disk(bench)[ADA].signed


async def test_what_was_left_open_is_said_in_the_review(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "comma", "b", "escape")
        await pilot.press("ctrl+e", "enter")
        await press_anew(pilot, "s")
        assert "what was it?" in app.screen._said
        await pilot.press("i")
        assert isinstance(app.screen, LateScreen)
        await pilot.press("j", "escape")
        assert isinstance(app.screen, ReviewScreen)
        incident = bench.on_disk().participants[ADA].balance.incidents[0]
        assert incident.outcome == "unsteady"
        await press_anew(pilot, "s")
        assert papers_on_disk(bench)[ADA].signed


async def test_a_late_entry_keeps_both_times_and_a_response_stands_in_the_note(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("n", "k", *"Felt steady.", "enter")
        assert "Felt steady." in as_text(app.screen.review.notes()[ADA])
        await pilot.press("t", *"10:05", "enter", "v", "escape", "escape")
        assert isinstance(app.screen, ReviewScreen)
        late = [e for e in bench.on_disk().log if e.source == "late"]
        assert [(e.kind, e.at and f"{e.at:%H:%M}", e.entered) for e in late] == [
            ("response", None, bench.now),
            ("cue_given", "10:05", bench.now),
        ]
        await pilot.press("t", *"12:00", "enter")
        assert "the session went from 10:00 to 10:09" in app.screen.desk.said


async def test_a_section_is_edited_marked_warned_of_and_given_back(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        generated = as_text(app.screen.review.notes()[ADA])
        await pilot.press("e", "2")
        assert isinstance(app.screen, TextScreen)
        await pilot.press("ctrl+a", "delete", *"My own words.", "ctrl+s")
        review = app.screen.review
        assert "My own words." in as_text(review.notes()[ADA])
        await pilot.press("n", "l", *"Same again.", "enter")
        while isinstance(app.screen, LateScreen):
            await pilot.pause(0.02)
        assert any(f.kind == "edit-behind" for f in review.findings(ADA))
        await pilot.press("e", "2", "ctrl+g")
        assert "My own words." not in as_text(review.notes()[ADA])
        assert generated.splitlines()[0] in as_text(review.notes()[ADA])


async def test_the_name_of_another_participant_in_an_edit_blocks_the_signature(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("e", "2", "ctrl+a", "delete", *"Better than Kettlewick.", "ctrl+s", "s")
        assert 'names another participant: "Kettlewick"' in app.screen._said
        assert papers_on_disk(bench)[ADA].signed is None


async def test_after_the_signature_text_is_only_added(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("s", "k")
        signed = papers_on_disk(bench)[ADA].signed
        await pilot.press("e")
        assert "signed text never changes" in app.screen._said
        await pilot.press("a", "2", *"It was the right foot.", "ctrl+s")
        paper = papers_on_disk(bench)[ADA]
        assert (paper.signed, paper.additions[0].kind, paper.additions[0].text) == (
            signed,
            "correction",
            "It was the right foot.",
        )
        assert "It was the right foot." in as_text(app.screen.review.notes()[ADA])


async def test_a_supervisor_signs_beside_an_assistant_and_finds_it_waiting_on_home(bench) -> None:
    app = bench.app(bench.start())
    bench.clinic.remember_leader(Leader("J. Rivera", "OTA"))
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await press_anew(pilot, "s", "s", "escape")
        assert app._waiting.to_cosign == 2
        bench.clinic.remember_leader(Leader("M. Okafor", "OTR/L"))
        await press_anew(pilot, "r", "s", "s", "escape")
        roles = [[s.role for s in p.signed.signatures] for p in papers_on_disk(bench).values()]
        assert roles == [["author", "cosigner"]] * 2
        assert app._waiting.told == ""


async def test_only_who_led_signs_as_author(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        bench.clinic.remember_leader(Leader("M. Okafor", "OTR/L"))
        await worked(pilot, bench)
        await press_anew(pilot, "s")
        assert "led this group and signs first" in app.screen._said
        assert papers_on_disk(bench) == {}


async def test_a_figure_shows_the_events_behind_it(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        review = app.screen
        for _ in range(len(review._evidence)):
            await pilot.press("tab")
            chosen = review._evidence[review._figure]
            if chosen.text == "2" and chosen.section == "Performance":
                break
        shown = str(review.query_one("#events").content)
        assert shown.startswith("2: 2 events")
        assert "left 1" in shown
        assert "left 2" in shown


async def test_notes_are_exported_and_replaced_only_after_asking(bench, tmp_path: Path) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await press_anew(pilot, "s", "s")
        await pilot.press("x", "enter")
        await pilot.pause()
        [note, *_] = [p for p in (bench.data / "notes").rglob("*.txt") if "index" not in p.name]
        assert "Signed electronically" in note.read_text("utf-8") or "UNSIGNED" not in note.read_text("utf-8")
        note.write_text("older", "utf-8")
        await pilot.press("x", "enter")
        assert isinstance(app.screen, ExportScreen)
        assert note.read_text("utf-8") == "older"
        await pilot.press("enter")
        await pilot.pause()
        assert "6 files written to " in app.screen._said
        assert app.screen._said.endswith(", 6 replaced")
        assert note.read_text("utf-8") != "older"
        assert [len(p.handed_over) for p in papers_on_disk(bench).values()] == [2, 2]


async def test_two_notes_too_alike_are_shown_side_by_side(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "comma", "v", "escape", "2", "comma", "v", "escape", "ctrl+e", "enter")
        kinds = {f.kind for f in app.screen.review.findings(ADA)}
        assert "like-sibling" in kinds
        await pilot.press("m")
        assert isinstance(app.screen, CompareScreen)
        await pilot.press("l")
        assert "like-sibling" not in {f.kind for f in app.screen.review.findings(ADA)}


async def test_a_note_that_grew_since_it_was_read_is_read_again(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=(80, 20)) as pilot:
        await worked(pilot, bench)
        while app.screen._read.get(ADA) is None:
            await pilot.press("space")
        await press_at_once(pilot, "n", "l", *"Twelve taps on each side with the eyes on the target. " * 5, "enter")
        await press_anew(pilot, "s")
        assert papers_on_disk(bench) == {}
        assert "read on" in app.screen._said
        await sign(pilot)
        assert papers_on_disk(bench)[ADA].signed


def refused(*_: object, **__: object) -> None:
    raise NotSaved("the disk is full")


async def test_what_could_not_be_kept_is_not_said_to_be_done(bench, monkeypatch) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", "comma", "b", "k", "escape", "ctrl+e", "enter")
        monkeypatch.setattr(app.screen.review.session, "file", refused)
        await pilot.press("l")
        assert app.screen._said == "the disk is full"
        assert any(finding.mend == "look" for finding in app.screen.review.findings(ADA))
        monkeypatch.setattr(bench.clinic.library, "save_people", refused)
        await pilot.press("g", "ctrl+s")
        assert "the disk is full" in str(app.screen.query_one("#problem").content)
        monkeypatch.undo()
        await pilot.press("ctrl+s")
        assert isinstance(app.screen, ReviewScreen)


async def test_an_export_in_no_format_is_refused_and_leaves_no_entry(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await press_anew(pilot, "s", "s")
        await pilot.press("x", "ctrl+u", "comma", "enter")
        assert isinstance(app.screen, ExportScreen)
        assert "no format is named" in str(app.screen.query_one("#problem").content)
        assert not any(paper.handed_over for paper in papers_on_disk(bench).values())


async def test_codes_and_back_shows_the_same_note_in_the_same_format(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        await worked(pilot, bench)
        await pilot.press("j", "f")
        at, template = app.screen.who, app.screen.review.template
        await pilot.press("c")
        assert not isinstance(app.screen, ReviewScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert (app.screen.who, app.screen.review.template) == (at, template) == (BEN, "narrative-brief")


async def test_what_is_found_about_a_fall_stands_first_and_what_has_no_room_is_counted(bench) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("1", "b", "y", "escape", "z", "ctrl+e", "enter")
        found = app.screen._found
        assert [f.kind for f in found][:2] == ["incident-unseen", "fall-details"]
        shown = str(app.screen.query_one("#findings").content)
        assert "who was told, vitals (i or t)" in shown
        told = sum(f.text in shown for f in found)
        assert shown.endswith(f"+{len(found) - told} more")
        assert app.screen.query_one("#findings").size.height <= 3


@pytest.mark.parametrize(("letter", "stands"), [("j", 27), ("k", 7)])
async def test_a_silence_that_was_taken_as_a_pause_is_a_finding_until_it_is_answered(bench, letter, stands) -> None:
    app = bench.app(bench.start())
    async with app.run_test(size=LARGE) as pilot:
        bench.now += timedelta(minutes=7)
        await pilot.press("1", "comma")
        bench.now += timedelta(minutes=20)
        await pilot.press("ctrl+e", "enter")
        told = [f.text for f in app.screen.review.findings(BEN)]
        assert "20 min without an entry, 10:07-10:27, taken as a pause: were they treated?" in told
        await pilot.press("i", letter)
        assert isinstance(app.screen, ReviewScreen)
        for who in (ADA, BEN):
            assert "silence-unsaid" not in {f.kind for f in app.screen.review.findings(who)}
            assert app.screen.review.generated.facts[who].header.minutes.value == stands
