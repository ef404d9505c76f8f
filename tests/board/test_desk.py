"""The desk, headless: for every action what it records, offers or says; then what goes wrong and how it is told."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otgroup.board import actions
from otgroup.board import presence as attending
from otgroup.board.actions import ACTIONS, BY_ID
from otgroup.board.desk import Desk
from otgroup.board.parts import balance
from otgroup.board.strip import LETTERS, strip_of
from otgroup.record.codec import kept
from otgroup.record.course import Ended, Reopened
from otgroup.record.fold import fold
from otgroup.record.machine_clock import steps_back
from otgroup.record.parts.balance import Outcome
from otgroup.record.parts.counts import Repetition
from otgroup.record.parts.presence import Absent, Arrived
from otgroup.record.parts.values import ValueMeasure
from otgroup.record.parts.words import Remark
from otgroup.record.protocol import Protocol
from otgroup.record.sides import Side
from otgroup.record.silence import LONGEST_UNSAID
from tests.board.table import ADA, BEN, CY, Table, labels
from tests.strategies import person, shipped

LEG, STEP, BALLS, GRASP = "one-leg-stance", "step-tap-align", "baoding-balls", "functional-grasp"
CUE = ["left", "right", "for"]
TURNS = ["clockwise", "counter-clockwise"]
WAYS = ["forward", "backward", "to the left", "to the right", "sideways", "doing what"]

# group, keys pressed, kinds recorded, labels of the strip that is open then
DOES: list[tuple[str, str, str, list[str]]] = [
    (LEG, "left", "repetition", []),
    (LEG, "right", "repetition", []),
    (LEG, "left repetition", "repetition repetition", []),
    (BALLS, "repetition", "repetition", []),
    (LEG, "set", "", ["left", "right"]),
    (STEP, "trial", "trial_opened", ["no, 2", "no, 3", "no, 4"]),
    (STEP, "trial k", "trial_opened undone trial_opened", []),
    (STEP, "trial trial", "trial_opened trial_stepped", []),
    (STEP, "trial trial trial trial", "trial_opened trial_stepped trial_stepped", ["0", "1", "2", "3"]),
    (STEP, "trial trial trial trial h", "trial_opened trial_stepped trial_stepped trial_scored", ["yes", "no"]),
    (GRASP, "clock", "clock_started", []),
    (GRASP, "clock clock", "clock_started clock_ended", ["no, stopped early", "stopped, why"]),
    (GRASP, "clock clock j", "clock_started clock_ended undone clock_ended", []),
    (BALLS, "clock", "", ["left", "right"]),
    (BALLS, "clock k", "clock_started", [*TURNS, "no, left", "other target"]),
    (BALLS, "clock k k", "clock_started clock_detail", ["clockwise", "no, left", "other target"]),
    (BALLS, "clock k l", "clock_started undone clock_started", [*TURNS, "no, right", "other target"]),
    (BALLS, "clock k clock", "clock_started clock_ended", ["stopped, why", *TURNS]),
    (BALLS, "clock k j clock", "clock_started clock_detail clock_ended", ["stopped, why"]),
    *[(LEG, action.id, "cue_given", CUE) for action in ACTIONS if action.section == "Cues"],
    (LEG, "cue_verbal k", "cue_given cue_detail", ["for"]),
    (LEG, "cue_verbal l", "cue_given", []),
    (STEP, "trial cue_verbal", "trial_opened cue_given", ["for"]),
    (
        LEG, "harder", "graded",
        [
            "a dual task while tapping",
            "a directional component (left foot 3 taps, right foot 2)",
            "why",
        ],
    ),
    (LEG, "harder j", "graded grade_detail", ["reason", "response"]),
    (LEG, "easier", "graded", ["one-handed support (a chair or a non-wheeled walker)", "why"]),
    (LEG, "assistance", "", ["SBA", "CGA", "Min A", "Mod A", "Max A", "more"]),
    (LEG, "assistance q", "", ["Ind", "Mod I", "Setup", "Sup", "Dep"]),
    (LEG, "assistance k", "assistance", ["x 2 helpers"]),
    (LEG, "assistance k j", "assistance undone assistance", []),
    (LEG, "difficulty", "", ["minimal", "moderate", "maximal", "directions min", "directions mod", "directions max"]),
    (LEG, "difficulty y", "difficulty", []),
    (
        LEG, "balance", "balance_incident",
        ["unsteady", "LOB, recovered alone", "LOB, contact", "LOB, assisted", "FALL"],
    ),
    (LEG, "balance k", "balance_incident balance_detail", WAYS),
    (LEG, "balance k k", "balance_incident balance_detail balance_detail", ["doing what"]),
    (
        LEG,
        "balance y",
        "balance_incident group_paused balance_detail",
        [*WAYS[:-1], "details"],
    ),
    (
        LEG,
        "balance y h",
        "balance_incident group_paused balance_detail balance_detail",
        ["doing what", "details"],
    ),
    (LEG, "watched", "balance_watched", ["no unsteadiness seen either", "no, not watched"]),
    (LEG, "watched k", "balance_watched balance_watched", []),
    (LEG, "rest", "rested", ["treated: monitored or instructed"]),
    (LEG, "rest j", "rested undone rested", []),
    (LEG, "rest rest", "rested resumed", []),
    (LEG, "rest left", "rested repetition", ["goes on"]),
    (LEG, "rest left j", "rested repetition resumed", []),
    (LEG, "attendance", "", ["arrived", "absent", "declined", "left", "not here yet"]),
    (LEG, "attendance h", "left", []),
    (LEG, "attendance k", "absent", []),
    (LEG, "attendance l", "declined", []),
    (LEG, "attendance y", "undone", []),
    (LEG, "attendance h attendance j", "left arrived", []),
    (LEG, "pause", "group_paused", []),
    (LEG, "pause pause", "group_paused group_resumed", []),
    (LEG, "pause left", "group_paused repetition", ["goes on"]),
    (LEG, "pause left j", "group_paused repetition group_resumed", []),
    (LEG, "words", "", ["remark", "response", "plan", "pain", "RPE", "more"]),
    (
        LEG, "words q", "",
        ["support or device", "adverse reaction", "balance grade", "Section GG", "incident", "set up with"],
    ),
    (LEG, "words q q j", "level_stated", []),
    (LEG, "left undo", "repetition undone", []),
    (LEG, "left undo_chosen", "repetition undone", []),
    (LEG, "left give 2", "repetition moved", []),
]  # fmt: skip

# group, keys pressed, what is said while nothing is recorded
SAYS: list[tuple[str, str, str]] = [
    (LEG, "repetition", "left or right? , or . says which"),
    (STEP, "left", "have no sides"),
    (LEG, "trial", "this group has no trials"),
    (LEG, "clock", "this group has no clock"),
    (LEG, "measure", "now counting: toe taps"),
    (BALLS, "measure", "now counting: ball contacts"),
    (LEG, "undo", "nothing to undo"),
    (LEG, "undo_chosen", "nothing to undo"),
    (LEG, "give", "nothing to give"),
    (LEG, "everyone", "all: the next action goes to everyone here"),
    (LEG, "everyone everyone", "one person again"),
    (LEG, "everyone repetition", "left or right? , or . says which"),
    (LEG, "attendance j", "James O. is here already"),
    (LEG, "words q y", "has no balance incident"),
    (LEG, "j", "j does nothing here"),
    (LEG, "9", "nobody has number 9"),
]


@pytest.mark.parametrize(("group", "keys", "kinds", "offered"), DOES)
def test_what_keys_record_and_offer(group, keys, kinds, offered) -> None:
    table = Table(group)
    table.press(*keys.split())
    assert (" ".join(table.kinds), labels(table)) == (kinds, offered)


@pytest.mark.parametrize(("group", "keys", "said"), SAYS)
def test_what_keys_say_instead_of_recording(group, keys, said) -> None:
    table = Table(group)
    table.press(*keys.split())
    assert table.new == []
    assert said in table.desk.said


def test_every_action_that_the_desk_does_is_in_a_table_above() -> None:
    pressed = {key for _, keys, *_ in (*DOES, *SAYS) for key in keys.split()}
    assert {action.id for action in ACTIONS if action.run} <= pressed


def test_the_record_names_time_leader_and_person() -> None:
    table = Table()
    table.press("2", "cue_verbal")
    [cue] = table.new
    assert (cue.at, cue.entered, cue.by, cue.participants, cue.source) == (
        table.now, table.now, "J. Rivera", (BEN,), "live",
    )  # fmt: skip


# --- strips --------------------------------------------------------------------------------------


def test_letters_are_free_of_actions_and_never_digits() -> None:
    """Else a group could not close a strip by working on."""
    assert not {key for action in ACTIONS for key in action.keys} & set(LETTERS)
    assert LETTERS.isalpha()


@pytest.mark.parametrize("number", [1, 5, 6, 7, 11, 30])
def test_a_strip_of_any_length_reaches_every_choice_with_letters_alone(number) -> None:
    chosen: list[int] = []
    shown: list = []
    for wanted in range(number):
        shown[:] = [strip_of("x", [(str(n), lambda n=n: chosen.append(n)) for n in range(number)], shown.append)]
        while (option := next((o for o in shown[-1].options if o.label == str(wanted)), None)) is None:
            shown[-1].option("q").act()
        assert option.letter in LETTERS
        option.act()
    assert chosen == list(range(number))


@pytest.mark.parametrize(
    "opener",
    ["balance", "harder", "cue_verbal", "assistance", "difficulty", "rest", "attendance", "watched", "words"],
)
@pytest.mark.parametrize("then", ["left", "cue_tactile", "2", "undo", "everyone"])
def test_any_other_key_closes_the_strip_and_does_its_own_work(opener, then) -> None:
    table = Table()
    table.press("3", "right", "1", opener)
    assert table.desk.strip is not None
    title, kept = table.desk.strip.title, len(table.new)
    table.press(then)
    assert table.desk.strip is None or table.desk.strip.title != title
    if then == "2":
        assert (table.desk.chosen, len(table.new)) == (BEN, kept)
    elif then == "everyone":
        assert (table.desk.everyone, len(table.new)) == (True, kept)
    else:
        assert table.kinds[-1] == {"left": "repetition", "cue_tactile": "cue_given", "undo": "undone"}[then]


def test_a_letter_of_a_closed_strip_does_nothing_and_says_so() -> None:
    table = Table()
    table.press("balance", "2", "y")
    assert table.kinds == ["balance_incident"]
    assert "y does nothing here" in table.desk.said
    assert not table.kept.state.paused


def test_a_strip_works_on_the_person_it_was_opened_for() -> None:
    table = Table()
    table.press("1", "balance", "k", "q")
    table.type("turning")
    [incident] = table.of(ADA).balance.incidents
    assert (incident.outcome, incident.during) == (Outcome.LOB, "turning")


def test_a_position_from_the_start_moves_no_level_and_ends_what_it_excludes() -> None:
    table = Table(GRASP)
    table.press("words", "q", "q", "q", "j")
    assert labels(table) == []
    assert table.of(ADA).grading.in_force == ("seated",)
    table.press("words", "q", "q", "l")
    assert (table.of(ADA).grading.in_force, table.of(ADA).grading.level, table.of(ADA).grading.changes) == (
        ("standing",),
        0,
        (),
    )


# --- choosing ------------------------------------------------------------------------------------


def test_without_a_person_chosen_an_action_asks_for_one() -> None:
    table = Table()
    for action in (a for a in ACTIONS if a.run and a.id not in ("measure", "undo", "give", "pause")):
        table.desk.chosen = None
        table.press(action.id)
        assert "choose a person first" in table.desk.said, action.id
    assert table.new == []


def test_a_board_opens_on_the_person_of_the_last_event() -> None:
    table = Table()
    table.press("3", "left", "2")
    assert Desk(table.kept, table.desk.pen).chosen == CY
    table.press("2", "left", "undo")
    assert Desk(table.kept, table.desk.pen).chosen == CY


def test_everyone_holds_for_one_action_and_leaves_out_who_rests_or_is_away() -> None:
    table = Table()
    table.press("2", "rest", "3", "attendance", "h", "1", "everyone", "left", "left")
    first, second = [e for e in table.new if isinstance(e, Repetition)]
    assert (first.participants, second.participants) == ((ADA,), (ADA,))
    assert table.desk.everyone is False


def test_everyone_with_nobody_there_says_so() -> None:
    table = Table()
    for number in "123":
        table.press(number, "rest")
    table.press("everyone", "left")
    assert "nobody is here" in table.desk.said


@pytest.mark.parametrize(("keys", "people"), [("everyone left", 3), ("everyone rest", 3), ("everyone watched", 3)])
def test_everyone_is_one_line_and_one_undo(keys, people) -> None:
    table = Table()
    table.press(*keys.split())
    [event] = table.new
    assert len(event.participants) == people
    table.press("undo")
    assert table.kept.state.undone == {event.id}


def test_a_choice_with_a_digit_ends_everyone() -> None:
    table = Table()
    table.press("everyone", "2", "left")
    assert [e.participants for e in table.new] == [(BEN,)]


# --- typed lines ---------------------------------------------------------------------------------


def asked(*keys: str, group: str = LEG) -> Table:
    table = Table(group)
    table.press(*keys)
    assert table.desk.question is not None
    return table


@pytest.mark.parametrize(
    ("keys", "refused", "taken", "kind"),
    [
        ("left set", ["", "-1", "ten", "10000", "1.5"], "9999", "set_done"),
        ("words h", ["", "11", "-1", "3.5"], "10", "pain"),
        ("words y", ["", "10.5", "x"], "7.5", "exertion"),
        ("words j", ["", "  ", "a\nb", "a\x1bb", "\u202eabc", "x" * 301], "x" * 300, "remark"),
        ("words k", [""], "felt steady", "response"),
        ("words l", [""], "same level", "plan"),
        ("words q j", [""], "chair back", "support"),
        ("words q k", [""], "dizzy", "adverse"),
        (
            "words q l",
            ["", "Fair", "standing Fair", "standing dynamic Great"],
            "Standing dynamic fair+",
            "balance_grade",
        ),
        ("words q h", ["", "04", "toilet transfer 99"], "toilet transfer 04", "function_code"),
        ("balance j words q y j", [""], "tile floor, no injury", "balance_detail"),
        ("attendance h", ["x" * 301], "transport came", "reason_given"),
        ("harder l", [""], "steady", "grade_detail"),
        ("cue_verbal l", [""], "slow tempo", "cue_detail"),
    ],
)
def test_a_refused_line_stays_open_with_a_word_why(keys, refused, taken, kind) -> None:
    table = asked(*keys.split())
    kept, question = len(table.new), table.desk.question
    for text in refused:
        table.type(text)
        assert (len(table.new), table.desk.question) == (kept, question), text
        assert table.desk.said, text
    table.type(taken)
    assert table.desk.question is None
    assert table.kinds[kept:] == [kind]


def test_an_action_key_leaves_a_line_without_keeping_it() -> None:
    table = asked("left", "set")
    table.press("right")
    table.type("12")
    assert table.kinds == ["repetition", "repetition"]


def test_a_set_shows_its_target_keeps_what_was_done_and_adds_to_the_count() -> None:
    table = asked("left", "set")
    assert "target 15" in table.desk.question.prompt
    table.type("12")
    [_, done] = table.new
    assert (done.actual, done.target, done.side) == (12, 15, Side.LEFT)
    assert table.of(ADA).counts.total("taps", Side.LEFT) == 13


def test_only_a_lines_own_keys_act_while_it_is_open() -> None:
    table = asked("left", "set")
    assert [table.desk.question_key(key) for key in "v7x"] == [False, False, False]
    assert "left set" in table.desk.question.prompt
    assert table.desk.question_key(".")
    assert "right set" in table.desk.question.prompt


def with_value() -> Protocol:
    """A group that weighs: a measure to read off besides its taps."""
    grip = ValueMeasure(
        id="grip", one="grip strength", many="grip strengths", unit="kg", lowest=0, highest=90, main=True
    )
    taps, *_ = shipped(LEG).measures
    return msgspec.structs.replace(shipped(LEG), measures=(grip, msgspec.structs.replace(taps, main=False)))


def valued() -> Table:
    table = Table()
    table.kept.state = msgspec.structs.replace(table.kept.state, protocol=with_value())
    table.desk.measure = "grip"
    return table


def test_a_value_is_typed_within_its_bounds() -> None:
    table = valued()
    table.press("set")
    for text in ("91", "x", "-1"):
        table.type(text)
        assert table.new == []
    table.type("41.5")
    assert [r.value for r in table.of(ADA).values.readings] == [41.5]


def test_a_value_is_never_everybodys() -> None:
    table = valued()
    table.press("everyone", "set")
    assert table.desk.question is None
    assert "choose one person" in table.desk.said


# --- mending -------------------------------------------------------------------------------------


def test_undo_names_what_it_took_back() -> None:
    table = Table()
    table.press("2", "cue_verbal", "1", "undo")
    assert table.desk.said == f"undone: verbal cue, 1st, {table.desk.names[BEN]}"


def test_undo_goes_on_backwards_and_never_takes_back_the_start() -> None:
    table = Table()
    table.press("left", "cue_verbal", "harder", *["undo"] * 5)
    assert table.kinds.count("undone") == 3
    assert table.desk.said == "nothing to undo"
    assert all(p.here for p in table.kept.state.board)


def test_after_a_reopening_undo_takes_back_the_last_tap_and_leaves_the_group_running() -> None:
    table = Table()
    table.press("left")
    for kind in (Ended, Reopened):
        table.kept.record(kind(**table.desk.pen.stamp()))
    table.press("undo")
    assert table.kept.state.status == "running"
    assert table.of(ADA).counts.entries == ()


def test_the_chosen_ones_last_event_is_also_one_that_was_given_to_them() -> None:
    table = Table()
    table.press("left", "give", "2", "1", "undo_chosen")
    assert table.desk.said == "nothing to undo"
    table.press("2", "undo_chosen", "undo_chosen")
    assert (table.of(ADA).counts.total("taps", Side.LEFT), table.of(BEN).counts.total("taps", Side.LEFT)) == (1, None)


def test_giving_takes_the_details_along_and_keeps_the_time() -> None:
    table = Table()
    table.press("balance", "k")
    at = table.of(ADA).balance.incidents[0].at
    table.press("give", "3")
    [incident] = table.of(CY).balance.incidents
    assert (incident.at, incident.outcome, table.of(ADA).balance.incidents) == (at, Outcome.LOB, ())


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("left give 1", "it is James O.'s already"),
        ("left give 9", "nobody has number 9"),
        ("3 attendance h 1 left give 3", "is not here"),
        ("everyone left give", "is not one person's"),
    ],
)
def test_what_cannot_be_given_stays_where_it_is(keys, said) -> None:
    table = Table()
    table.press(*keys.split())
    assert said in table.desk.said
    assert "moved" not in table.kinds


def test_a_key_that_is_no_digit_ends_the_giving() -> None:
    table = Table()
    table.press("left", "give", "right", "2")
    assert table.kinds == ["repetition", "repetition"]
    assert table.desk.chosen == BEN


# --- coming and going ----------------------------------------------------------------------------


def test_who_comes_back_is_not_late_and_who_comes_first_now_is() -> None:
    table = Table()
    table.press("attendance", "h", "attendance", "j", "2", "attendance", "y", "attendance", "j")
    assert (table.of(ADA).presence.late, table.of(BEN).presence.late) == (False, True)


def test_who_has_any_record_was_here() -> None:
    table = Table()
    table.press("balance", "attendance", "y")
    assert "has a record in this group" in table.desk.said
    assert table.of(ADA).took_part


def test_one_more_participant_is_late_chosen_and_never_has_a_name_like_another() -> None:
    table = Table()
    twin = msgspec.structs.replace(person(1), id="p9", name="James Orlov", short_name="James O.")
    attending.add(table.desk, twin)
    joined = table.of("p9")
    assert (joined.number, joined.presence.late, table.desk.chosen) == (4, True, "p9")
    assert len(set(table.desk.names.values())) == 4


def test_a_full_group_takes_nobody_more() -> None:
    table = Table()
    for number in range(3, 12):
        attending.add(table.desk, msgspec.structs.replace(person(number), id=f"n{number}"))
    attending.add(table.desk, msgspec.structs.replace(person(0), id="n13"))
    assert len(table.kept.state.board) == 12
    assert "all are taken" in table.desk.said


# --- silence -------------------------------------------------------------------------------------


def silent(*keys: str, after: timedelta = timedelta(minutes=25)) -> Table:
    """A tap, a silence, then keys."""
    table = Table()
    table.press("left")
    table.now += after
    table.press(*keys)
    return table


@pytest.mark.parametrize(
    ("after", "paused"),
    [(LONGEST_UNSAID - timedelta(seconds=2), False), (LONGEST_UNSAID, True), (timedelta(days=2), True)],
)
def test_ten_minutes_without_an_event_are_a_pause(after, paused) -> None:
    table = silent("left", after=after)
    assert ("group_paused" in table.kinds) is paused
    assert table.of(ADA).presence.minutes(table.kept.state.elapsed(table.now)) == (0 if paused else 10)


def test_a_fall_after_a_silence_is_told_with_its_own_letter() -> None:
    table = silent("balance")
    assert labels(table)[:5] == ["unsteady", "LOB, recovered alone", "LOB, contact", "LOB, assisted", "FALL"]
    assert labels(table)[5].startswith("treatment went on")
    table.press("y")
    assert table.of(ADA).balance.count(Outcome.FALL) == 1
    assert balance.fallen(table.desk) == table.of(ADA)


def test_the_silence_beside_a_strip_can_be_taken_back_too() -> None:
    table = silent("balance", "q")
    assert table.kept.state.pauses == ()
    assert table.of(ADA).balance.open_incident is not None


def test_taking_the_silence_back_leaves_a_pause_that_was_asked_for() -> None:
    table = silent("pause", "pause", "left", "j")
    [pause] = table.kept.state.pauses
    assert (pause.end - pause.start) == timedelta(seconds=1)


def test_a_silence_of_a_group_that_pauses_is_no_second_pause() -> None:
    table = Table()
    table.press("pause")
    table.now += timedelta(minutes=25)
    table.press("left")
    assert table.kinds == ["group_paused", "repetition"]


def test_a_silence_that_could_not_be_kept_is_not_offered_to_be_taken_back() -> None:
    table = Table()
    table.press("pause", "pause", "left")
    table.now += timedelta(minutes=25)
    table.kept.full = True
    table.press("left")
    assert table.desk.strip is None
    table.kept.full = False
    table.press("left")
    assert "10:00-10:25" in table.desk.strip.title
    table.press("j")
    assert len(table.kept.state.pauses) == 1


def test_the_leaders_answer_to_a_silence_is_one_pause() -> None:
    table = silent()
    assert table.desk.say_silence(treated=False)
    assert table.kinds == ["repetition", "group_paused", "group_resumed"]
    table.press("left")
    assert table.kinds[3:] == ["repetition"]


# --- a disk that refuses -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "action", [a.id for a in ACTIONS if a.run and a.id not in ("measure", "give", "undo_chosen")]
)
def test_whatever_is_not_saved_changes_nothing_and_stays_on_the_screen(action) -> None:
    group = {"trial": STEP, "clock": GRASP}.get(action, LEG)
    table = Table(group)
    table.press("right" if group == LEG else "cue_verbal")
    before, table.kept.full = table.kept.state, True
    table.press(action)
    if table.desk.strip:
        table.press("h" if action == "attendance" else "j")
    if table.desk.question:
        table.type("3")
    assert table.kept.state is before
    assert table.desk.alarm.startswith("NOT SAVED: "), action
    assert "disk full" in table.desk.alarm
    actions.choose(table.desk, 2)
    assert table.desk.alarm


def test_the_alarm_names_the_event_that_is_not_on_the_disk() -> None:
    table = Table()
    table.kept.full = True
    table.press("balance", "left")
    assert f"{table.now:%H:%M:%S} James O.  left" in table.desk.alarm


def test_the_table_of_actions_is_whole() -> None:
    assert len(BY_ID) == len(ACTIONS)
    assert all(action.label and action.help and action.section and action.keys for action in ACTIONS)


# --- what somebody else would have to have done ------------------------------------------------------------


def test_nobody_with_a_record_is_given_an_absence() -> None:
    table = Table()
    table.press("2", "cue_verbal", "balance", "3", "attendance", "k")
    table.type("")
    table.press("give", "2")
    assert "has a record in this group" in table.desk.said
    assert table.of(BEN).took_part
    assert table.of(CY).presence.attendance == "absent"


def test_a_rest_is_not_given_to_somebody_who_rests() -> None:
    table = Table()
    table.press("2", "rest", "1", "rest", "give", "2")
    assert "is resting already" in table.desk.said
    assert len(table.of(BEN).presence.untreated_rests) == 1


def test_a_cue_given_away_leaves_the_attempt_it_was_given_in() -> None:
    table = Table("step-tap-align")
    table.press("trial", "cue_verbal", "give", "2")
    [cue] = table.of(BEN).cues.given
    assert (cue.trial, table.of(ADA).cues.given) == (None, ())


@pytest.mark.parametrize("keys", [("rest", "j"), ("trial", "j"), ("assistance", "j", "j")])
def test_what_is_said_otherwise_later_was_keyed_later_and_happened_when_it_did(keys) -> None:
    table = Table("step-tap-align")
    key, *letters = keys
    table.press(key)
    first = table.new[0].at if table.new else None
    for letter in letters:
        table.now += timedelta(seconds=7)
        table.press(letter)
    entered = [event.entered for event in table.new]
    assert entered == sorted(entered)
    assert steps_back(table.kept.state) == ()
    if first:
        assert [e.at for e in table.new if e.id not in table.kept.state.undone and e.kind != "undone"] == [first]


@pytest.mark.parametrize("full", [True, False])
def test_typed_words_that_could_not_be_kept_are_still_there(full) -> None:
    table = Table()
    table.press("3", "words", "j")
    if full:
        table.kept.full = True
    else:
        table.kept.record(Absent(**table.desk.pen.stamp(CY)))
    table.type("a long remark about the garden")
    assert table.desk.question is not None
    assert table.desk.typed.text == "a long remark about the garden"
    assert table.desk.alarm if full else "is absent" in table.desk.said
    table.kept.full = False
    table.kept.record(Arrived(**table.desk.pen.stamp(CY))) if not full else None
    table.type(table.desk.typed.text)
    assert [e.text for e in table.new if isinstance(e, Remark)] == ["a long remark about the garden"]


def test_that_balance_was_not_watched_takes_back_that_there_was_no_unsteadiness() -> None:
    table = Table()
    table.press("watched", "j")
    assert table.of(ADA).balance.steady_stated
    table.press("watched", "k")
    assert (table.of(ADA).balance.watched, table.of(ADA).balance.steady_stated) == (False, False)


@given(st.lists(st.sampled_from([*BY_ID, *LETTERS, *LETTERS, "1", "2", "3"]), max_size=60))
@settings(max_examples=200, deadline=None)
def test_no_keys_make_the_machines_clock_seem_set_back_or_change_what_is_read_again(keys: list[str]) -> None:
    table = Table("step-tap-align")
    for place, key in enumerate(keys):
        table.now += timedelta(seconds=place % 5)
        table.press(key)
    state = table.kept.state
    assert steps_back(state) == ()
    assert fold([kept(event) for event in state.log]) == state
