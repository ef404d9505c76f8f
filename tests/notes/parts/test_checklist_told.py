"""A checklist in a note, in figures and in the review: what was recorded, and nothing else."""

import pytest

from otgroup.export.figures import figures_of
from otgroup.group.group_file import parse
from otgroup.notes.facts.reading import Facts, facts_for
from otgroup.notes.open_points import points_to_check
from otgroup.notes.registry import unfinished, words_for
from otgroup.notes.signing.trace import evidence
from otgroup.notes.writer import NoteWriter
from otgroup.record.measure import Measure
from otgroup.record.participant import MEASURE_KINDS
from otgroup.record.parts.checklist import ItemBegun, ItemStated, ItemTold
from otgroup.record.parts.cues import Cue, CueDetail, CueGiven
from otgroup.record.people import Person, PersonId
from tests.notes.told import NUMBER, UNFILLED
from tests.recipes import soup_file
from tests.strategies import Play, load_template

WRITER = NoteWriter(load_template)
SOUP = parse(
    soup_file(kettle="fill the kettle", cut="cut the leek", stir="stir", timer="set the timer"),
    source="soup.toml",
)
ADA = Person(id=PersonId("ada"), name="Ada Quill", short_name="Ada", pronouns="she")
BEN = Person(id=PersonId("ben"), name="Ben Roe", short_name="Ben")


def play(who: Person = ADA, date: str = "2025-11-24", mark: str = "s") -> Play:
    game = Play(SOUP, date=date, mark=mark)
    game.here(who)
    return game


def state_all(game: Play, who: Person, **outcomes: str) -> None:
    for item, outcome in outcomes.items():
        game.add(ItemStated, who.id, measure="recipe", item=item, outcome=outcome)


def facts(game: Play, who: Person = ADA, earlier: Play | None = None) -> Facts:
    return facts_for(game.state("10:30"), who.id, earlier.state("10:30") if earlier else None)


def performance(game: Play, who: Person = ADA, template: str = "narrative", earlier: Play | None = None) -> str:
    note = WRITER.write(facts(game, who, earlier), template)
    assert not UNFILLED.search(note.body), note.body
    return next(" ".join(s.paragraphs) for s in note.sections if s.title == "Performance")


def test_each_way_is_told_and_what_was_not_simply_done_is_named() -> None:
    game = play()
    state_all(game, ADA, kettle="done", cut="done", stir="with help", timer="omitted")
    told = performance(game)
    assert told == ("Of the 4 items of the recipe, she did 2, did 1 with help (stir) and left out 1 (set the timer).")


def test_without_pronouns_nobody_guesses() -> None:
    game = play(BEN)
    state_all(game, BEN, kettle="done", cut="not done", stir="not done", timer="omitted")
    assert performance(game, BEN).startswith(
        "Of the 4 items of the recipe, the participant did 1, "
        "did not do 2 (cut the leek and stir) and left out 1 (set the timer)."
    )


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("done", "She did all 4 items of the recipe."),
        ("with help", "She did all 4 items of the recipe with help."),
        ("not done", "She did none of the 4 items of the recipe."),
        ("omitted", "She left out all 4 items of the recipe."),
    ],
)
def test_a_list_of_one_way_is_told_as_a_whole(outcome: str, told: str) -> None:
    game = play()
    state_all(game, ADA, **dict.fromkeys(("kettle", "cut", "stir", "timer"), outcome))
    assert performance(game) == told


def test_of_items_nobody_told_nothing_is_said() -> None:
    game = play()
    state_all(game, ADA, kettle="done", stir="omitted")
    told = performance(game)
    assert told == (
        "Of the 4 items of the recipe, 2 were recorded: she did 1 (fill the kettle) and left out 1 (stir)."
    )
    assert [one.text for one in unfinished(game.state().participants[ADA.id], game.state())] == [
        'nothing was recorded of "cut the leek" and "set the timer"'
    ]


def test_cues_given_while_an_item_is_under_way_stand_beside_it_and_the_others_apart() -> None:
    game = play()
    stir = game.add(ItemBegun, ADA.id, measure="recipe", item="stir")
    cue = game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=2)
    game.log[-1] = cue = type(cue)(**{f: getattr(cue, f) for f in cue.__struct_fields__} | {"trial": stir.id})
    game.add(CueDetail, ADA.id, of=cue.id, purpose="pace")
    game.add(ItemTold, ADA.id, of=stir.id, outcome="with help")
    game.add(CueGiven, ADA.id, type=Cue.TACTILE, count=1)
    told = performance(game)
    assert 'At "stir", 2 verbal cues (pace) were given. ' in told
    assert "The therapist gave 1 tactile cue apart from these." in told
    assert "2 verbal cues and 1 tactile cue" in performance(game, template="narrative-brief")


def test_cues_of_a_sheet_are_told_and_a_written_zero_too() -> None:
    game = play()
    for item, cues in (("kettle", 0), ("cut", None), ("stir", 3), ("timer", 1)):
        game.add(ItemStated, ADA.id, measure="recipe", item=item, outcome="done", cues=cues, at=None)
    told = 'At "stir", 3 cues were given; at "set the timer", 1 cue. At "fill the kettle", no cue was given.'
    for template in ("narrative", "narrative-brief"):
        assert performance(game, template=template) == f"She did all 4 items of the recipe. {told}"


def test_an_item_recorded_again_keeps_what_was_recorded_before() -> None:
    game = play()
    state_all(game, ADA, kettle="done", cut="done", stir="not done", timer="done")
    state_all(game, ADA, stir="with help")
    told = performance(game)
    assert told.startswith("Of the 4 items of the recipe, she did 3 and did 1 with help (stir).")
    assert "Recorded more than once: stir (not done, then with help)." in told


def test_an_item_begun_and_never_told_is_found_and_not_told() -> None:
    game = play()
    state_all(game, ADA, kettle="done", cut="done", timer="done")
    stir = game.at("10:04").add(ItemBegun, ADA.id, measure="recipe", item="stir")
    state = game.state("10:30")
    [found] = unfinished(state.participants[ADA.id], state)
    assert (found.finding, found.key) == ("unscored", f"unscored:{stir.id}")
    assert found.text == '"stir" was begun at 10:04: what became of it?'
    assert "1 item never told" in list(points_to_check(facts(game)))
    assert "stir" not in performance(game)


def test_a_list_only_begun_is_no_performance() -> None:
    game = play()
    game.add(ItemBegun, ADA.id, measure="recipe", item="stir")
    assert not facts(game).individual
    assert performance(game).startswith("No individual performance was recorded")


def test_evidence_covers_every_figure() -> None:
    game = play()
    for item, outcome, cues in (("kettle", "done", 0), ("cut", "with help", 2)):
        game.add(ItemStated, ADA.id, measure="recipe", item=item, outcome=outcome, cues=cues)
    stir = game.add(ItemBegun, ADA.id, measure="recipe", item="stir")
    game.add(CueGiven, ADA.id, type=Cue.VERBAL, count=3, trial=stir.id)
    end = game.add(ItemTold, ADA.id, of=stir.id, outcome="done")
    for template in ("narrative", "narrative-brief", "soap", "dap"):
        own = facts(game)
        note = WRITER.write(own, template)
        found = [one for one in evidence(WRITER, own, note) if one.section != "Service"]
        told = [one.text for one in found]
        text = performance(game, template=template) if template.startswith("narrative") else ""
        if text:
            assert sorted(n for n in NUMBER.findall(text) if n != "4") == sorted(t for t in told if t != "no")
        assert {"no", "2", "3"} <= set(told)
        assert any({stir.id, end.id} <= set(one.events) for one in found)


def test_only_whole_lists_are_compared() -> None:
    before = play(date="2025-11-17", mark="old")
    state_all(before, ADA, kettle="done", cut="not done", stir="not done", timer="done")
    now = play()
    state_all(now, ADA, kettle="done", cut="done", stir="done", timer="with help")
    assert performance(now, earlier=before).endswith(
        "Since November 17, 2025 recipe items done without help went from 2 to 3."
    )
    part = play()
    state_all(part, ADA, kettle="done", cut="done")
    assert "November" not in performance(part, earlier=before)


def test_each_item_is_a_figure_with_its_events() -> None:
    game = play()
    stated = game.add(ItemStated, ADA.id, measure="recipe", item="stir", outcome="with help", cues=2)
    own = [e for e in figures_of(facts(game)) if e.measure == "recipe"]
    assert [(e.figure, e.value, e.unit) for e in own] == [
        ("with help", 1, "items"),
        ("stir", "with help", ""),
        ("stir, cues", 2, "cues"),
    ]
    assert all(e.events == (stated.id,) for e in own)


def test_every_kind_of_measure_has_its_words() -> None:
    assert {words_for(kind).name for kind in MEASURE_KINDS} == {
        kind.__module__.rpartition(".")[2] for kind in MEASURE_KINDS
    }


def test_a_kind_without_words_says_which_file_to_write() -> None:
    strange = type("Strange", (), {"__module__": "otgroup.record.parts.strange"})
    with pytest.raises(TypeError, match=r"write otgroup/notes/parts/strange\.py"):
        words_for(strange)  # type: ignore[arg-type]
    assert issubclass(MEASURE_KINDS[0], Measure)


def test_the_shipped_templates_tell_a_group_of_a_checklist() -> None:
    assert WRITER.check_group(SOUP) == []
