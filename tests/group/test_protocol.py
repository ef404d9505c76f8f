"""A group file's problems: each is found, says where (file, key path, line) and how to mend it."""

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from otgroup.errors import BadInput, NotFound
from otgroup.group.checked import MOST_PROBLEMS
from otgroup.group.group_file import parse, problems
from otgroup.record.parts.clocks import IntervalMeasure
from otgroup.record.parts.counts import CountMeasure
from otgroup.record.parts.trials import TrialMeasure
from otgroup.record.protocol import Protocol

PUNCH = """\
schema = 1
id = "seated-punch"
title = "Seated punch"
area = "endurance"
activity = "alternating forward punches from a chair, in time with a beat"
purposes = ["shoulder endurance", "trunk rotation"]
set_up = "chairs in a half circle"
equipment = ["chairs", "metronome"]
directions = ["sit tall", "punch forward, left and right in turn"]
precautions = ["stop at chest pain or dizziness"]
deficits = ["generalized weakness", "COPD"]
cues = ["verbal", "tactile", "demonstration"]
watch_balance = false

[[measures]]
id = "punches"
kind = "count"
one = "punch"
many = "punches"
sides = ["left", "right"]
side_means = "punching arm"
target = 20
main = true

[[measures]]
id = "work"
kind = "interval"
one = "interval"
many = "intervals"
target_s = 60
target_count = 3

[[measures]]
id = "sequence"
kind = "trial"
one = "sequence"
many = "sequences"
parts = 4
part = "step"
images = 2

[grading]
lowest = -2
highest = 2

[[grading.harder]]
id = "weights"
text = "1 lb wrist weights"
[[grading.harder]]
id = "standing"
text = "standing"
excludes = ["backrest"]
[[grading.easier]]
id = "backrest"
text = "leaning on the backrest"

[[codes]]
code = "97110"
because = "endurance of specific muscle groups"
"""
FILE = "groups/x.toml"

BROKEN = {
    # what is put in place of what: (found, written instead, the line of the message)
    "unknown key": ("set_up =", "setup =", "setup: is not a known key (line 7), did you mean set_up?"),
    "unknown key in a measure": (
        "target_s = 60",
        "target_secs = 60",
        "measures[1].target_secs: is not a known key (line 30), did you mean target_s?",
    ),
    "key of another kind": (
        "target_s = 60",
        "parts = 3",
        "measures[1].parts: is not a known key (line 30), did you mean",
    ),
    "key under the wrong heading": (
        'code = "97110"',
        'code = "97110"\nbody = "arms"',
        "codes[0].body: is not a known key (line 59), move it above the first [section]",
    ),
    "missing title": ('title = "Seated punch"\n', "", "title: is missing, add it"),
    "missing word": ('one = "punch"\n', "", "measures[0].one: is missing (line 15), add it"),
    "missing kind": ('kind = "count"\n', "", "measures[0].kind: is missing (line 15), add it: count, trial,"),
    "unknown kind": (
        '"interval"\none',
        '"intervall"\none',
        'measures[1].kind: "intervall" is not a kind (line 27), use count, trial, interval, stopwatch, value or '
        "checklist",
    ),
    "text for a number": (
        "target = 20",
        'target = "20"',
        'measures[0].target: "20" is not a whole number (line 22), write a whole number without quotes',
    ),
    "yes for a number": ("target = 20", "target = true", "measures[0].target: true is not a whole number"),
    "fraction for a number": ("parts = 4", "parts = 4.0", "measures[2].parts: 4.0 is not a whole number"),
    "number for yes": ("main = true", "main = 1", "measures[0].main: 1 is not yes or no (line 23), write true"),
    "number for a text": ('"Seated punch"', "7", "title: 7 is not a text (line 3), put it in quotes"),
    "date for a text": ('"Seated punch"', "2025-01-01", "title: a date or time is not a text (line 3)"),
    "text for a list": (
        '["chairs", "metronome"]',
        '"chairs"',
        'equipment: "chairs" is not a list (line 8), put it in brackets: ["chairs"]',
    ),
    "no purposes": (
        '["shoulder endurance", "trunk rotation"]',
        "[]",
        "purposes: is empty (line 6), write at least one",
    ),
    "unknown cue": (
        '"demonstration"]',
        '"shouting"]',
        'cues[2]: "shouting" is not allowed here (line 12), use demonstration, gestural, '
        "physical, tactile, verbal or visual",
    ),
    "unknown side": (
        'sides = ["left", "right"]',
        'sides = ["left", "both"]',
        'measures[0].sides[1]: "both" is not allowed here (line 20), use left or right',
    ),
    "one side": ('["left", "right"]', '["left"]', "measures[0].sides: does not name both sides once (line 20),"),
    "side meaning without sides": (
        'sides = ["left", "right"]\n',
        "",
        'measures[0].side_means: there are no sides to mean (line 20), add sides = ["left", "right"]',
    ),
    "group id": ('"seated-punch"', '"Seated Punch"', 'id: "Seated Punch" is not written as it must be (line 2)'),
    "id with a line break": ('"seated-punch"', '"punch\\n"', "id: has a line break or hidden character"),
    "measure id": ('"punches"\nkind', '"punch-es"\nkind', "use small letters, digits and _ only"),
    "strategy id": ('"weights"', '"2weights"', 'grading.harder[0].id: "2weights" is not written as it must'),
    "same measure twice": (
        'id = "work"',
        'id = "punches"',
        'measures[1].id: "punches" is also the id of measures[0] (line 26), rename one measure',
    ),
    "same strategy twice": (
        'id = "backrest"',
        'id = "weights"',
        'grading.easier[0].id: "weights" is also the id of grading.harder[0] (line 54), rename one strategy',
    ),
    "excludes nobody": (
        'excludes = ["backrest"]',
        'excludes = ["sofa"]',
        'grading.harder[1].excludes[0]: "sofa" is not a strategy of this ladder (line 52), use "weights",',
    ),
    "excludes itself": (
        'excludes = ["backrest"]',
        'excludes = ["standing"]',
        'grading.harder[1].excludes[0]: "standing" excludes itself (line 52)',
    ),
    "two mains": (
        "target_s = 60",
        "main = true",
        "measures[1].main: a second main measure (line 30), keep main = true at measures[0] or here",
    ),
    "levels without strategies": (
        '[[grading.easier]]\nid = "backrest"\ntext = "leaning on the backrest"\n',
        "",
        "grading.lowest: a ladder without easier strategies cannot have lowest = -2 (line 43), add [[grading.",
    ),
    "strategies without levels": (
        "highest = 2",
        "highest = 0",
        "grading.highest: highest = 0 leaves no level for the harder strategies (line 44), write highest = 1",
    ),
    "lowest above 0": ("lowest = -2", "lowest = 1", "grading.lowest: 1 is out of range (line 43), use -20 to 0"),
    "highest below 0": ("highest = 2", "highest = -1", "grading.highest: -1 is out of range (line 44), use 0"),
    "no target": ("target = 20", "target = 0", "measures[0].target: 0 is out of range (line 22), use 1 to 1000"),
    "no time": ("target_s = 60", "target_s = -60", "measures[1].target_s: -60 is out of range (line 30)"),
    "no parts": ("parts = 4", "parts = 0", "measures[2].parts: 0 is out of range (line 38), use 1 to 20"),
    "many parts": ("parts = 4", "parts = 21", "measures[2].parts: 21 is out of range (line 38), use 1 to 20"),
    "one image": ("images = 2", "images = 1", "measures[2].images: 1 is out of range (line 40), use 2 to 9"),
    "ten images": ("images = 2", "images = 10", "measures[2].images: 10 is out of range (line 40), use 2 to 9"),
    "huge number": ("parts = 4", f"parts = 0x{'f' * 9000}", "measures[2].parts: a huge number cannot be used"),
    "fixed column": (
        'id = "work"',
        'id = "pain"',
        'measures[1].id: "pain" is a column of every tally sheet (line 26), choose another id',
    ),
    "cue column": ('id = "work"', 'id = "cues_verbal"', 'measures[1].id: "cues_verbal" is a column of every'),
    "column of a neighbour": (
        'id = "work"\nkind = "interval"',
        'id = "punches_left"\nkind = "count"',
        'measures[1].id: its tally column "punches_left" is also one of measure "punches" (line 26)',
    ),
    "image columns of a neighbour": (
        'id = "work"',
        'id = "sequence_image"',
        'measures[2].id: its tally column "sequence_image_1" is also one of measure "sequence_image"',
    ),
    "empty text": ('"sit tall"', '" "', "directions[0]: is empty (line 9), write it, or remove the key"),
    "line break": ('"sit tall"', '"sit\\ntall"', "directions[0]: has a line break or hidden character (line 9)"),
    "escape": ('"sit tall"', '"\\u001b[2J"', "directions[0]: has a line break or hidden character (line 9)"),
    "C1 control": ('"sit tall"', '"\\u009b2J"', "directions[0]: has a line break or hidden character (line 9)"),
    "direction mark": ('"sit tall"', '"\\u202etall"', "directions[0]: has a line break or hidden character"),
    "long text": ("Seated punch", "x" * 301, "title: is 301 characters long (line 3), use at most 300"),
    "code": ('"97110"', '"9711"', 'codes[0].code: "9711" is not written as it must be (line 58), use five'),
    "code as a number": ('"97110"', "97110", "codes[0].code: 97110 is not a text (line 58), put it in quotes"),
    "listed twice": ('"trunk rotation"', '"shoulder endurance"', 'purposes[1]: "shoulder endurance" is listed'),
    "list of an unknown name": ("[[codes]]", "[[code]]", "code: is not a known key (line 57), did you mean codes?"),
    "single brackets": (
        '[[codes]]\ncode = "97110"',
        '[codes]\ncode = "97110"',
        "codes: a section of keys is not a list (line 57), use [[codes]] with double brackets",
    ),
    "newer schema": ("schema = 1", "schema = 2", "schema: 2 is newer than this OTGroup (line 1), update it"),
    "schema 0": ("schema = 1", "schema = 0", "schema: 0 is not a schema (line 1), write schema = 1"),
    "purpose twice": (
        'purposes = ["shoulder endurance", "trunk rotation"]',
        'purposes = ["shoulder endurance"]\nmore_purposes = ["pacing", "shoulder endurance"]',
        'more_purposes[1]: "shoulder endurance" is listed twice',
    ),
    "no schema": ("schema = 1\n", "", "schema: is missing, add it"),
    "hidden character in a key": ("set_up =", '"set\\u202eup" =', '"set?up": is not a known key'),
}


@pytest.mark.parametrize(("found", "instead", "told"), BROKEN.values(), ids=BROKEN)
def test_a_broken_rule_is_told_with_file_key_and_mend(found: str, instead: str, told: str) -> None:
    assert PUNCH.count(found) >= 1
    lines = problems(PUNCH.replace(found, instead, 1), source=FILE)
    assert any(line.startswith(f"{FILE}: {told}") or line.endswith(told) for line in lines), lines
    with pytest.raises(BadInput) as refusal:
        parse(PUNCH.replace(found, instead, 1), source=FILE)
    assert str(refusal.value) == lines[0]


EXTRA = {
    "links to no count": ('kind = "count"\nof = "nothing"', 'measures[0].of: "nothing" is not another count'),
    "links to itself": ('kind = "count"\nof = "a"', 'measures[0].of: "a" is not another count measure here'),
    "lies within no interval": ('kind = "count"\nwithin = "b"', "add that measure, or remove within"),
    "the same way twice": (
        'kind = "interval"\npatterns = ["up", "up"]',
        'measures[0].patterns[1]: "up" is listed twice (line 14), remove one',
    ),
    "bounds crossed": (
        'kind = "value"\nlowest = 5\nhighest = 2.5',
        "measures[0].lowest: 5 is not under highest = 2.5 (line 14), swap or correct them",
    ),
    "not a number": ('kind = "value"\nlowest = nan', "measures[0].lowest: nan cannot be used (line 14)"),
    "text for a bound": ('kind = "value"\nlowest = "5"', 'measures[0].lowest: "5" is not a number (line 14)'),
}
SMALL = """\
schema = 1
id = "small"
title = "Small"
area = "area"
activity = "activity"
purposes = ["purpose"]
cues = []

[[measures]]
id = "a"
one = "one"
many = "many"
"""


@pytest.mark.parametrize(("written", "told"), EXTRA.values(), ids=EXTRA)
def test_rules_of_single_measures(written: str, told: str) -> None:
    (line,) = problems(SMALL + written, source=FILE)
    assert told in line


def test_all_problems_are_listed_in_the_files_order() -> None:
    text = PUNCH.replace("schema = 1\n", "").replace("parts = 4", "parts = 0").replace("weights", "Weights")
    text = text.replace('id = "work"', 'id = "pain"').replace("area =", "aria =").replace('"count"', '"cuont"')
    paths = [line.split(": ")[1] for line in problems(text, source=FILE)]
    assert paths == [
        "schema",
        "area",
        "aria",
        "measures[0].kind",
        "measures[1].id",
        "measures[2].parts",
        "grading.harder[0].id",
    ]


UNREADABLE = {
    "empty": (b"", "the file is empty"),
    "only spaces": (b" \r\n\t", "the file is empty"),
    "latin-1": (b'schema = 1\ntitle = "Caf\xe9"\n', "line 2: the file is not UTF-8 text, save it as UTF-8"),
    "utf-16": (PUNCH.encode("utf-16"), "saved as UTF-16, save it as UTF-8"),
    "binary": (b"PK\x03\x04\x00\x00", "not a text file"),
    "large": (b"#" * 250_001, "larger than 250 kB, shorten it"),
    "no equals sign": (b'schema = 1\ntitle "x"\n', "line 2, column 7: there is no = after this key"),
    "no quotes": (b"title = seated\n", "line 1, column 9: this value cannot be read, put words in quotes"),
    "open quotes": (b'title = "x\narea = "y"\n', "line 1, column 11: a quoted text is not closed on its line"),
    "key twice": (b'id = "x"\nid = "y"\n', "line 2, column 9: this key is written twice, keep one of them"),
    "single quote": (b"title = 'x\"\n", "a text in single quotes is not closed"),
    "endless key": (b".".join([b"a"] * 100_000) + b" = 1", "line 1: there are more than 400 dots"),
    "open list": (b'cues = ["verbal"\nid = "x"\n', "line 2, column 1: a [list] is not closed"),
    "open list at the end": (b'cues = ["verbal"', "at the end of the file: "),
    "open section": (b"[grading\nlowest = 0\n", "line 1, column 9: this [section] line is not closed"),
    "endless digits": (b"schema = 1" + b"0" * 6000, "far too long, shorten it"),
    "endless brackets": (b"schema = " + b"[" * 50_000, "far too long, shorten it"),
}


@pytest.mark.parametrize(("content", "told"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_no_toml_is_told_in_plain_words(content: bytes, told: str) -> None:
    (line,) = problems(content, source=FILE)
    assert line.startswith(f"{FILE}: ")
    assert told in line


@pytest.mark.parametrize("wrap", [lambda b: b"\xef\xbb\xbf" + b, lambda b: b.replace(b"\n", b"\r\n")])
def test_windows_editors_are_welcome(wrap) -> None:
    assert problems(wrap(PUNCH.encode()), source=FILE) == []


def test_the_documented_example_becomes_types() -> None:
    group = parse(PUNCH, source=FILE)
    punches, work, sequence = group.measures
    assert punches == CountMeasure(
        id="punches",
        one="punch",
        many="punches",
        main=True,
        sides=("left", "right"),
        side_means="punching arm",
        target=20,
    )
    assert isinstance(work, IntervalMeasure)
    assert (work.kind, work.target_s, work.target_count, work.sides) == ("interval", 60, 3, ())
    assert isinstance(sequence, TrialMeasure)
    assert (sequence.parts, sequence.part_word(1), sequence.part_word(4)) == (4, "step", "steps")
    assert (punches.word(1), punches.word(0), punches.word(2)) == ("punch", "punches", "punches")


def test_a_caller_finds_measures_and_strategies() -> None:
    group = parse(PUNCH, source=FILE)
    assert group.main_measure.id == "punches"
    assert group.measure("work").kind == "interval"
    assert group.strategy("backrest").text == "leaning on the backrest"
    assert (group.direction_of("standing"), group.direction_of("backrest")) == ("harder", "easier")
    with pytest.raises(NotFound, match='seated-punch: there is no measure "kicks", use punches, work, sequence'):
        group.measure("kicks")
    with pytest.raises(NotFound, match="use weights, standing, backrest"):
        group.strategy("sofa")


def test_without_a_mark_the_first_measure_is_main_and_a_ladder_is_optional() -> None:
    group = parse(SMALL + 'kind = "count"\n', source=FILE)
    assert (group.main_measure.id, group.grading, group.strategies) == ("a", None, ())


def test_tally_columns_follow_the_measures() -> None:
    columns = parse(PUNCH, source=FILE).tally_columns
    assert columns[:8] == (
        *("participant", "attendance", "arrived", "left", "rest_minutes"),
        *("level_start", "level_end", "strategies"),
    )
    numbers = range(1, 10)
    assert columns[8 : 8 + 2 + 9 + 18] == (
        *("punches_left", "punches_right"),
        *(f"work_{n}" for n in numbers),
        *(f"sequence_{n}" for n in numbers),
        *(f"sequence_image_{n}" for n in numbers),
    )
    assert columns[37:42] == ("cues_verbal", "cues_tactile", "cues_demonstration", "unsteady", "lob")
    assert columns[-1] == "remark"


@pytest.mark.parametrize("text", [PUNCH, SMALL + 'kind = "count"\n'])
def test_a_frozen_copy_in_a_journal_reads_back_equal(text: str) -> None:
    group = parse(text, source=FILE)
    assert msgspec.json.decode(msgspec.json.encode(group), type=Protocol) == group


def test_lines_inside_a_long_quotation_are_not_taken_for_keys() -> None:
    text = 'activity = """\ntitle = 7\n"""\n' + PUNCH.replace('activity = "', 'body = "')
    lines = problems(text.replace('title = "Seated punch"', "title = 7"), source=FILE)
    assert f"{FILE}: title: 7 is not a text (line 6), put it in quotes" in lines


def test_a_file_full_of_mistakes_is_told_soon() -> None:
    text = SMALL + 'kind = "count"\n' + "".join(f'[[grading.harder]]\nid = "s"\nzz{n} = 1\n' for n in range(5_000))
    assert len(problems(text, source=FILE)) == MOST_PROBLEMS


def sound_and_single_lined(content: str | bytes) -> None:
    lines = problems(content, source=FILE)
    assert all(line.startswith(f"{FILE}: ") and line.isprintable() for line in lines)
    if lines:
        with pytest.raises(BadInput):
            parse(content, source=FILE)
    else:
        assert isinstance(parse(content, source=FILE), Protocol)


@given(st.binary(max_size=400) | st.text(max_size=200))
@settings(max_examples=300, deadline=None)
@example("title = '\ud800'")
@example(b"schema = 1\n[[measures]]\nid = [1]\nkind = {}\n")
def test_any_bytes_give_problems_never_a_traceback(content: str | bytes) -> None:
    sound_and_single_lined(content)


@given(st.integers(0, len(PUNCH)), st.integers(0, 12), st.text(max_size=6))
@settings(max_examples=400, deadline=None)
def test_any_edit_of_a_good_file_gives_problems_or_a_protocol(at: int, cut: int, typed: str) -> None:
    sound_and_single_lined(PUNCH[:at] + typed + PUNCH[at + cut :])


VALUES = st.sampled_from(
    [
        *("1", "-1", "true", "nan", "inf", '""', '"x"', "[]", "[1]", '["left"]', '[{id = "x"}]', "{}", "{a = 1}"),
        *("1979-05-27", "07:32:00", "1e400", '"\\u202e"', '["verbal", 1]', "[[1]]", f"0x{'f' * 5000}"),
    ]
)
KEYS = st.sampled_from(
    ["schema", "id", "purposes", "cues", "measures", "grading", "codes", "watch_balance", "deficits"]
    + [f"measures.{key}" for key in ("id", "kind", "main", "sides", "target", "of", "within", "lowest")]
    + [f"grading.{key}" for key in ("lowest", "highest", "harder", "easier")]
    + ["grading.harder.id", "grading.harder.excludes", "codes.code"]
)


@given(st.dictionaries(KEYS, VALUES, max_size=8), st.booleans())
@settings(max_examples=400, deadline=None)
def test_any_value_under_any_key_gives_problems_never_a_traceback(keys: dict[str, str], lists: bool) -> None:
    sections: dict[str, list[str]] = {}
    for key, value in keys.items():
        section, _, name = key.rpartition(".")
        sections.setdefault(section, []).append(f"{name} = {value}")
    text = "\n".join(sections.pop("", []))
    for section, lines in sections.items():
        header = f"[[{section}]]" if lists else f"[{section}]"
        text += "\n".join(["", header, *lines])
    sound_and_single_lined(text)


def test_a_code_that_the_billing_rules_lack_could_not_be_suggested() -> None:
    assert problems(PUNCH, source=FILE, codes=["97110"]) == []
    [line] = problems(PUNCH, source=FILE, codes=["97112", "97530"])
    assert line.startswith(f'{FILE}: codes[0].code: "97110" is not in the billing rules (line ')
    assert line.endswith("use 97112 or 97530, or add it to rules.toml in your data folder")
