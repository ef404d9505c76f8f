"""The shipped groups: sound files, with a place for every fact a clinician expects of them."""

import re
from pathlib import Path

import msgspec
import pytest

from otgroup.group.group_file import parse, problems
from otgroup.record.parts.clocks import IntervalMeasure
from otgroup.record.parts.counts import CountMeasure
from otgroup.record.parts.grading import Ladder, Strategy
from otgroup.record.parts.trials import TrialMeasure
from otgroup.record.protocol import CodeHint, Protocol

GROUPS = Path(__file__).parents[2] / "groups"
FILES = sorted(GROUPS.glob("*.toml"))


def shipped(name: str) -> Protocol:
    path = GROUPS / f"{name}.toml"
    return parse(path.read_bytes(), source=path.name)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_has_no_problems(path: Path) -> None:
    assert problems(path.read_bytes(), source=path.name) == []
    assert shipped(path.stem).id == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_group_survives_a_journal_and_fits_the_board(path: Path) -> None:
    group = shipped(path.stem)
    assert msgspec.json.decode(msgspec.json.encode(group), type=Protocol) == group
    assert group.precautions
    assert group.stop_rules
    assert group.why_group
    assert len(set(group.tally_columns)) == len(group.tally_columns)


WHERE_FACTS_STAND = {
    "step-tap-align": {
        "activity": ["20-foot", "three-part picture", "drawing it", "steps and taps outside the base of support"],
        "body": ["obstacles of various sizes and heights", "BOS"],
        "directions": ["point A", "walk 20 feet", "draw it"],
        "purposes": [
            *("visual memory", "visual recall", "perceptual processing", "encoding, storage and retrieval"),
            *("about 10 seconds", "dual tasking", "dynamic balance"),
        ],
        "harder": ["narrower base of support", "more frequent stepping", "dual task", "counting by 2s"],
        "easier": ["wider base of support", "fewer steps outside", "a tap to the side every 5 steps"],
        "deficits": ["balance deficits", "memory changes", "CVA", "TBI"],
        "precautions": ["gait belt"],
        "codes": ["97112"],
    },
    "one-leg-stance": {
        "title": ["cross-midline tap"],
        "activity": ["alternating toe taps across the midline", "visual target", "standing on the other leg"],
        "body": ["both arms cross the midline", "internally rotate and adduct", "beyond the base of support"],
        "purposes": [
            *("lower-extremity", "dynamic balance", "agility", "stability", "visualization"),
            *("interhemispheric communication", "neuronal excitation and brain plasticity"),
            *("maximum range", "visual-perceptual skills"),
        ],
        "side_note": ["tapping foot", "stance leg is the other"],
        "harder": ["dual task", "directional component", "left foot 3 taps, right foot 2"],
        "easier": ["one-handed support", "chair", "non-wheeled walker"],
        "deficits": ["balance deficits", "memory changes", "CVA", "TBI"],
        "precautions": ["gait belt"],
        "codes": ["97112"],
    },
    "baoding-balls": {
        "area": ["fine motor strengthening"],
        "activity": [
            "two Baoding balls",
            "Chinese meditation balls",
            "palm",
            "timed intervals",
            "directions and patterns",
        ],
        "measures": ["clockwise", "counter-clockwise"],
        "purposes": [
            *("intrinsic", "strength, stability and control", "wrist stability", "muscle isolation"),
            *("manipulation", "stamina and endurance"),
        ],
        "more_purposes": [
            *("passive tendon glides", "in-hand manipulation", "finger isolation", "coordination", "dexterity"),
            *("grip strength", "extrinsic (forearm)", "calming", "stress relief", "well-being"),
            *("sustained attention", "ADHD"),
        ],
        "goal_links": [
            *("typing", "handwriting", "utensils", "buttons", "jars", "groceries", "instruments", "crafts"),
            *("painting", "gardening", "sports and lifting", "attention at work", "studying"),
            *("cooking from a recipe", "driving"),
        ],
        "for_whom": ["children to older adults"],
        "harder": ["without their touching", "final aim"],
        "easier": ["less time", "fewer repetitions"],
        "deficits": ["generalized weakness", "atrophy after hand and/or wrist surgery", "CVA", "TBI"],
        "precautions": ["cleared"],
        "codes": ["97110"],
    },
    "functional-grasp": {
        "activity": ["reaching for, grasping, placing and releasing cones across the midline"],
        "purposes": [
            *("crossing the midline", "movement intention", "grasp and release", "gross grasp"),
            "modulation of movement",
        ],
        "cue_focus": ["form"],
        "harder": ["larger cylinders", "combination of objects", "standing", "trunk rotate", "more cones"],
        "easier": ["seated", "fewer cones"],
        "deficits": ["after hand and/or wrist surgery", "muscle weakness", "CVA", "TBI"],
        "precautions": ["cleared"],
        "codes": ["97530", "97112", "97110", "real-life task is the stated goal"],
    },
}
FACTS = [
    (group, key, fact) for group, keys in WHERE_FACTS_STAND.items() for key, facts in keys.items() for fact in facts
]


def words_at(group: Protocol, key: str) -> str:
    holder = group.grading if key in {"harder", "easier"} else group
    return msgspec.json.encode(getattr(holder, key)).decode()


@pytest.mark.parametrize(("name", "key", "fact"), FACTS)
def test_a_fact_has_its_place(name: str, key: str, fact: str) -> None:
    assert fact in words_at(shipped(name), key)


def test_step_tap_align_measures_pictures_steps_and_directions() -> None:
    group = shipped("step-tap-align")
    picture = group.main_measure
    assert isinstance(picture, TrialMeasure)
    assert (picture.parts, picture.images, picture.delay_s) == (3, 4, 10)
    assert [measure.id for measure in group.measures] == ["image", "steps", "obstacles"]
    assert (group.directions_steps, group.distance_ft, group.watch_balance) == (3, 20, True)


def test_one_leg_stance_counts_taps_by_the_tapping_foot() -> None:
    group = shipped("one-leg-stance")
    taps = group.main_measure
    assert isinstance(taps, CountMeasure)
    assert (taps.sides, taps.side_means, taps.target) == (("left", "right"), "tapping foot", 15)
    assert group.watch_balance


def test_baoding_balls_times_intervals_by_hand_with_contacts_and_drops_of_their_own() -> None:
    group = shipped("baoding-balls")
    turning, contacts, drops = group.measures
    assert isinstance(turning, IntervalMeasure)
    assert (turning.target_s, turning.target_count, turning.sides) == (120, 2, ("left", "right"))
    assert isinstance(contacts, CountMeasure)
    assert isinstance(drops, CountMeasure)
    assert (contacts.within, drops.within) == ("turning", "turning")
    assert "passive tendon glides" not in group.purposes


def test_functional_grasp_counts_planned_placed_and_drops_against_the_clock() -> None:
    group = shipped("functional-grasp")
    assert [(measure.id, measure.kind) for measure in group.measures] == [
        ("planned", "count"),
        ("placed", "count"),
        ("drops", "count"),
        ("time", "stopwatch"),
    ]
    assert group.strategy("seated").excludes == ("standing",)
    assert group.strategy("standing").excludes == ("seated",)
    assert group.direction_of("fewer-cones") == "easier"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_strategies_read_well_after_with_and_fit_one_line(path: Path) -> None:
    for strategy in shipped(path.stem).strategies:
        assert re.fullmatch(r"[a-z][^.]{3,50}", strategy.text), strategy


def test_the_readme_explains_every_key() -> None:
    readme = (GROUPS / "README.md").read_text(encoding="utf-8")
    structs = [
        Protocol,
        Ladder,
        Strategy,
        CodeHint,
        *Protocol.__annotations__["measures"].__origin__.__args__[0].__args__,
    ]
    keys = {field for struct in structs for field in struct.__struct_fields__}
    assert not {key for key in keys if f"`{key}`" not in readme}


def test_the_readmes_example_is_sound() -> None:
    readme = (GROUPS / "README.md").read_text(encoding="utf-8")
    for example in re.findall(r"```toml\n(schema = 1\n.*?)```", readme, flags=re.DOTALL):
        assert problems(example, source="README.md") == []
