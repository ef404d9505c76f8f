"""The keyboard of a desk, headless: each key to the line, strip, person or action it was meant for, with its time."""

from collections.abc import Callable

import pytest

from otgroup.board import actions
from otgroup.board.actions import BY_ID
from otgroup.board.keyboard import BREAK_S, Keyboard
from otgroup.board.keymap import default_keys
from otgroup.board.pace import AT_ONCE_S, TYPING_S
from otgroup.record.parts.cues import Cue
from otgroup.record.sides import Side
from tests.board.table import ADA, BEN, CY, Table

NAMES = {
    " ": "space", ",": "comma", ".": "full_stop", "+": "plus", "-": "minus", "*": "asterisk", "\r": "enter",
    "\x1b": "escape", "\t": "tab", "\x7f": "backspace", "\n": "ctrl+j", "'": "apostrophe",
}  # fmt: skip
CALM, TYPED, PASTED = 1.0, 0.1, 0.0
WORDS = "lift the hip, upset: dizzy and sat down 2 x"


class Board(Table):
    """A table whose keys are read by a keyboard, at a pace the test sets. It is its own screen."""

    def __init__(self, group: str = "one-leg-stance") -> None:
        super().__init__(group)
        self.keyboard = Keyboard(self.desk, self, default_keys(), {"at": lambda: None})
        self.at = 100.0

    def send(self, text: str, gap: float = CALM) -> "Board":
        """Type a text with so many seconds before each of its keys."""
        for character in text:
            self.at += gap
            shown = character if character.isprintable() else None
            self.keyboard.key(NAMES.get(character, character), shown, self.at)
        return self

    def key(self, key: str, gap: float = CALM) -> "Board":
        self.at += gap
        self.keyboard.key(key, None, self.at)
        return self

    def action_press(self, action_id: str) -> None:
        actions.press(self.desk, BY_ID[action_id])

    def action_choose(self, number: int) -> None:
        actions.choose(self.desk, number)

    def action_letter(self, letter: str) -> None:
        self.desk.letter(letter)

    def action_close_offer(self) -> None:
        self.desk.clear()

    def settled(self) -> None:
        """Nothing is drawn."""

    def paint_foot(self) -> None:
        """Nothing is drawn."""


# --- the line ------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [PASTED, 0.01, TYPED, CALM])
def test_what_is_typed_behind_the_key_that_opens_a_line_is_whole_at_any_pace(gap) -> None:
    board = Board()
    board.send("2.1,")
    board.send("1e36\r", gap).send("nkXyz, 2 of 18 she said.\r", gap).send("2e.7\r", gap)
    assert board.of(ADA).counts.total("taps", Side.LEFT) == 37
    assert [w.text for w in board.of(ADA).words.said] == ["Xyz, 2 of 18 she said."]
    assert board.of(BEN).counts.total("taps", Side.RIGHT) == 8


def test_the_line_is_edited_before_it_is_kept() -> None:
    board = Board().send("nkHe steadied")
    for key in ("home", "right", "backspace"):
        board.key(key)
    board.send("Sh").key("right").key("end").send("\x7f\x7fy.").key("ctrl+left")
    board.send("\r")
    assert [w.text for w in board.of(ADA).words.said] == ["She steadiy."]


def test_keys_beside_text_neither_lose_it_nor_record() -> None:
    board = Board().send("nkShe said")
    for key in ("tab", "up", "f2", "f3", "f4", "f10", "alt+v", "pagedown"):
        board.key(key)
        assert board.desk.typed.text == "She said", key
    assert board.send("\r").kinds == ["response"]


def test_a_pasted_text_goes_into_the_open_line_and_nowhere_else() -> None:
    board = Board().send("nk")
    board.keyboard.paste("First line.\nSecond line.")
    board.send("\r")
    assert [w.text for w in board.of(ADA).words.said] == ["First line. Second line."]
    for keys in ("", "v", "n", "*"):
        board.send(keys)
        kept = len(board.new)
        board.keyboard.paste("v t b\r2v")
        assert (len(board.new), "not recorded" in board.desk.said) == (kept, True)
        board.send("\x1b")


def test_several_lines_pasted_as_keys_into_an_open_line_are_one() -> None:
    for ends in ("", "\r", "\n"):
        board = Board().send("nk")
        board.send("F", CALM).send("irst line.\rSecond line.\r\nThird, 2v." + ends, PASTED)
        if ends == "\r":
            board.keyboard.nothing_came()
        else:
            board.send("\r", CALM)
        assert [w.text for w in board.of(ADA).words.said] == ["First line. Second line.  Third, 2v."], ends
        assert board.kinds == ["response"]


def test_an_enter_behind_pasted_words_counts_when_nothing_comes() -> None:
    board = Board().send("nk").send("S", CALM).send("teadier.\r", PASTED)
    assert board.keyboard.enter_waits
    board.send("2", 1.01 * BREAK_S)
    assert (board.kinds, board.desk.chosen) == (["response"], BEN)
    board = Board().send("nk").send("S", CALM).send("teadier.\r", PASTED).send("2v", PASTED)
    assert (board.kinds, board.desk.typed.text) == ([], "Steadier. 2v")


@pytest.mark.parametrize(
    "pasted", ["A\rB", "\rVery unsteady\r2 LOB", "Ok\r2 x 10\r\r3v", "a\r\n2\r\nb", "\r\r1v", "Vt.\rvvv"]
)
@pytest.mark.parametrize("before", ["", "Typed before. "])
def test_a_pasted_text_of_several_lines_is_one_however_short(pasted, before) -> None:
    board = Board().send("nk").send(before[:1], TYPED / 2).send(before[1:], 2 * TYPED)
    if before and pasted.startswith("\r"):
        return  # an Enter behind typed words keeps them
    board.send(pasted[0], CALM).send(pasted[1:], PASTED)
    assert board.new == []
    board.send("\r").keyboard.nothing_came()
    assert [w.text.split() for w in board.of(ADA).words.said] == [(before + pasted).split()]
    assert board.kinds == ["response"]


def test_an_enter_that_was_typed_counts_at_once() -> None:
    board = Board().send("nk").send("Steadier today.\r", TYPED)
    assert (board.kinds, board.keyboard.enter_waits) == (["response"], False)


# --- escape, alt, keys that do nothing ------------------------------------------------------------


def test_a_key_with_alt_records_nothing_and_says_so() -> None:
    board = Board()
    for key in ("alt+v", "alt+comma", "alt+2", "alt+b"):
        board.key(key)
        assert "does nothing here" in board.desk.said
    assert (board.new, board.desk.chosen) == ([], ADA)


def test_a_key_of_the_app_is_left_to_it() -> None:
    board = Board()
    assert not board.keyboard.key("ctrl+q", None, 1.0)
    assert not board.send("nk").keyboard.key("ctrl+q", None, 200.0)


# --- words that were typed without looking ----------------------------------------------------------


@pytest.mark.parametrize("gap", [PASTED, TYPED, CALM])
def test_words_typed_where_a_reason_is_asked_are_its_text(gap) -> None:
    asked: dict[str, Callable[[Board], str]] = {
        "vl": lambda b: str(next(e for e in b.new if e.kind == "cue_detail").purpose),
        "+l": lambda b: b.of(ADA).grading.changes[0].reason,
        "ok": lambda b: next(e for e in b.new if e.kind == "reason_given").reason,
        "oh": lambda b: next(e for e in b.new if e.kind == "reason_given").reason,
        "bkq": lambda b: b.of(ADA).balance.incidents[0].during,
    }
    for keys, told in asked.items():
        board = Board().send(keys)
        kept = len(board.new)
        board.send(WORDS, gap)
        assert len(board.new) == kept, keys
        board.send("\r").keyboard.nothing_came()
        assert told(board) == WORDS, keys


def test_a_usual_reason_is_its_letter_and_enter() -> None:
    for letter, purpose in zip("jklh", Board().kept.state.protocol.cue_focus, strict=True):
        board = Board().send(f"vl{letter}")
        assert board.kinds == ["cue_given"]
        board.send("\r")
        assert [e.purpose for e in board.new if e.kind == "cue_detail"] == [purpose]


def test_a_reason_takes_every_sign_until_enter_and_none_is_needed() -> None:
    for gap in (PASTED, TYPED, CALM):
        board = Board().send("ok").send("2 of 3 * did not come, ?/+ 10:05\r", gap)
        board.keyboard.nothing_came()
        assert [e.reason for e in board.new if e.kind == "reason_given"] == ["2 of 3 * did not come, ?/+ 10:05"]
        board = Board().send("ok\r2ok\r3,", gap)
        assert board.kinds == ["absent", "absent", "repetition"]
    for key, chosen in (("\x1b", ADA), ("\t", ADA)):
        board = Board().send("ok" + key)
        assert (board.desk.question, board.desk.chosen, board.kinds) == (None, chosen, ["absent"])


@pytest.mark.parametrize("refused", ["*n", "*b", "9", "k", "s", " ", "x9"])
@pytest.mark.parametrize("gap", [PASTED, TYPED, 0.9 * TYPING_S])
def test_what_is_typed_right_behind_a_refusal_is_shown_and_not_recorded(refused, gap) -> None:
    board = Board().send("2,1,") if refused == "x9" else Board()
    board.send(refused)
    assert board.desk.refusal, board.desk.said
    before = list(board.new)
    board.send(WORDS + "\r\x7f", gap)
    assert board.new == before
    assert f"not recorded: {WORDS}" in board.desk.said
    board.send("2v")
    assert board.kinds[-1] == "cue_given"
    assert board.new[-1].participants == (BEN,)


def test_a_key_pressed_after_the_refusal_could_be_read_does_its_work() -> None:
    board = Board().send("*b").send("2v", 1.01 * TYPING_S)
    assert [(e.kind, e.participants) for e in board.new] == [("cue_given", (BEN,))]


# --- a burst is taken back as one -------------------------------------------------------------------


def test_words_read_as_keys_are_taken_back_as_one() -> None:
    board = Board().send("2,1v").send("\x1b")
    before = board.kept.state.participants
    board.send("v", CALM).send("tivtid,.", PASTED)
    assert len(board.new) == 11
    board.send("u")
    assert board.kept.state.participants == before
    assert "9 that came in one go" in board.desk.said
    board.send("u")
    assert board.of(ADA).cues.by_type == {}
    assert board.of(BEN).counts.total("taps", Side.LEFT) == 1


def test_quick_taps_of_one_key_are_taken_back_one_by_one() -> None:
    for gap in (PASTED, 0.033, TYPED, CALM):
        board = Board().send(",").send(",,,,,,,,,", gap).send("uu")
        assert board.of(ADA).counts.total("taps", Side.LEFT) == 8


def test_what_a_quick_hand_types_is_taken_back_one_by_one() -> None:
    board = Board().send("v").send("t1,.2vt", 1.5 * AT_ONCE_S).send("u")
    assert board.of(BEN).cues.by_type == {Cue.VERBAL: 1}
    board = Board().send(",").send(".", PASTED).send("u")  # two fingers at once
    assert (board.of(ADA).counts.total("taps", Side.LEFT), board.of(ADA).counts.total("taps", Side.RIGHT)) == (
        1,
        None,
    )


def test_undo_among_pasted_keys_takes_nothing_back_from_before_them() -> None:
    board = Board().send("vt").send("\x1b")
    kept = board.of(ADA).cues.by_type
    board.send("l", CALM).send("upset u", PASTED)
    assert board.of(ADA).cues.by_type == kept
    board = Board().send("vt").send("c", CALM).send("cupU\x7fuu", PASTED)
    assert board.of(ADA).cues.by_type == kept


def test_undoing_the_chosen_ones_burst_leaves_everybody_elses() -> None:
    board = Board().send("2").send("v", CALM).send("t3vt", PASTED).send("2U")
    assert (board.of(BEN).cues.by_type, board.of(CY).cues.by_type) == ({}, {Cue.VERBAL: 1, Cue.TACTILE: 1})


def test_a_burst_with_a_fall_goes_with_its_pause() -> None:
    board = Board().send("b", CALM).send("yv", PASTED).send("u")
    assert (board.of(ADA).balance.incidents, board.of(ADA).cues.by_type, board.kept.state.paused) == ((), {}, False)


# --- a key that is held down --------------------------------------------------------------------------

DELAYS, REPEATS = (0.2, 0.25, 0.5, 0.66), (0.022, 0.033, 0.04, 0.07)


def hold(board: Board, key: str, delay: float, repeat: float, times: int = 30) -> None:
    """A key as a keyboard repeats it: once, after its delay again, and then at once again and again."""
    board.send(key)
    if times:
        board.send(key, delay).send(key * times, repeat)


@pytest.mark.parametrize(
    "key", [" ", ",", ".", "v", "t", "+", "-", "b", "r", "z", "c", "a", "u", "s", "*", "m", "w", "x"]
)
@pytest.mark.parametrize("first", ["", "1,", "1 2,"])
def test_a_key_that_is_held_down_does_what_it_does_once(key, first) -> None:
    once = Board("step-tap-align").send(first)
    hold(once, key, 0, 0, times=0)
    for delay in DELAYS:
        for repeat in REPEATS:
            held = Board("step-tap-align").send(first)
            hold(held, key, delay, repeat)
            assert "is held down" in held.desk.said or held.desk.question
            assert [e.describe(held.kept.state) for e in held.kept.state.effective if e.kind != "undone"] == [
                e.describe(once.kept.state) for e in once.kept.state.effective if e.kind != "undone"
            ]
            assert (held.desk.everyone, held.desk.measure) == (once.desk.everyone, once.desk.measure)
            held.send("\x1b", CALM).send("2v")
            assert held.new[-1].participants == (BEN,)


def test_what_a_finger_or_a_program_sends_is_no_held_key() -> None:
    for gaps in ([0.0] * 20, [0.03] * 20, [0.1] * 20, [0.16] * 20, [0.3, 0.1] * 10, [0.01, 0.04] * 10):
        board = Board().send("1")
        for gap in gaps:
            board.send(",", gap)
        assert board.of(ADA).counts.total("taps", Side.LEFT) == 20, gaps


def test_a_key_that_bounced_once_costs_one_press_and_no_more() -> None:
    board = Board().send("1")
    for gap in (1, 0.3, 0.05, *[0.3] * 10):
        board.send(",", gap)
    assert board.of(ADA).counts.total("taps", Side.LEFT) == 11


def test_a_held_key_whose_repeat_is_late_counts_once() -> None:
    board = Board()
    hold(board, ",", 0.25, 0.033, times=5)
    board.send(",", 0.4).send(",,,,", 0.033)
    assert board.of(ADA).counts.total("taps", Side.LEFT) == 1


def test_the_strip_that_the_key_opened_is_still_there_when_it_is_let_go() -> None:
    board = Board()
    hold(board, "b", 0.25, 0.033)
    board.send("k", CALM)
    assert len(board.of(ADA).balance.incidents) == 1
    assert board.of(ADA).balance.open_incident is None
