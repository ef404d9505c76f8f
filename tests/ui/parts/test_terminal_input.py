"""What a terminal sends, as keys: its own answers are none, however they come."""

import random

import pytest
from textual import events

from otgroup.ui.parts import terminal_input
from otgroup.ui.parts.terminal_input import InputDropped, InputParser
from otgroup.ui.parts.terminal_strings import ESCAPE_S, LONGEST_STRING, PIECE_S

ANSWERS = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b]52;c;dmJjIDE=\x07",
    "\x1bP>|xterm(388)\x1b\\", "\x1bP1+r544e=787465\x1b\\", "\x1b_Gi=31;OK\x1b\\",
    "\x9d11;rgb:0/0/0\x9c", "\x1b[?62;22;52c", "\x1b[>41;354;0c", "\x1b[0n", "\x1b[?997;1n",
    "\x1b[8;24;80t", "\x1b[?1u", "\x1b[2;1;1;112;112;1;0x", "\x1bOz", "\x1b[?2031;0$y",
]  # fmt: skip

KEYS = [
    ("v", ["v"]), (",", ["comma"]), ("é", ["é"]), ("\x1b[A", ["up"]), ("\x1bOP", ["f1"]), ("\x1b[[A", ["f1"]),
    ("\x1b[21~", ["f10"]), ("\x1b[1;2A", ["shift+up"]), ("\x1b[118;;118u", ["v"]), ("\r", ["enter"]),
    ("\x1bv", ["alt+v"]), ("\x1b,", ["alt+comma"]), ("\x1b2", ["alt+2"]), ("\x1b\x1bv", ["escape", "alt+v"]),
    ("\x1b[Zx", ["shift+tab", "x"]),
]  # fmt: skip


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self, monkeypatch) -> None:
        self.now = 100.0
        monkeypatch.setattr(terminal_input, "get_time", lambda: self.now)


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def read(clock: Clock, *pieces: str, apart: float = 0.0) -> list[events.Event]:
    """The messages of what comes in pieces so far apart, and of a long quiet behind them."""
    parser = InputParser()
    found: list[events.Event] = []
    for piece in pieces:
        found += parser.feed(piece)
        clock.now += apart
        found += parser.tick()
    clock.now += PIECE_S
    return [*found, *parser.tick()]


def keys(messages: list[events.Event]) -> list[str]:
    return [message.key for message in messages if isinstance(message, events.Key)]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("apart", [0.0, 0.05])
def test_an_answer_of_the_terminal_is_no_key_wherever_it_is_cut(clock, answer, apart) -> None:
    for cut in range(len(answer)):
        found = read(clock, answer[:cut], answer[cut:] + "v", apart=apart) if cut else read(clock, answer + "v")
        assert keys(found) == ["v"], cut


@pytest.mark.parametrize("answer", [answer for answer in ANSWERS if answer not in ("\x1b[0n", "\x1bOz")])
def test_of_an_answer_that_comes_in_two_halves_no_more_than_its_opening_is_a_key(clock, answer) -> None:
    for cut in range(1, len(answer)):
        found = keys(read(clock, answer[:cut], answer[cut:], apart=0.5))
        assert all(key in "0123456789" or key == "escape" or key.startswith("alt+") for key in found), (cut, found)
        assert len(found) <= 3


@pytest.mark.parametrize("string", ["\x1b^private\x1b\\", "\x1bXstart\x1b\\", "\x1b]lname\x1b\\", "\x1bPx\x9c"])
def test_every_control_string_that_comes_whole_is_no_key(clock, string) -> None:
    assert keys(read(clock, f"v{string}2")) == ["v", "2"]


@pytest.mark.parametrize("sign", "PX]^_[O")
@pytest.mark.parametrize("apart", [0.12, 0.3, 1.9])
def test_behind_alt_and_a_sign_that_opens_a_string_every_key_counts(clock, sign, apart) -> None:
    found = keys(read(clock, f"\x1b{sign}", *"2v1b,+r", apart=apart))
    assert found[0].startswith("alt+")
    assert found[1:] == ["2", "v", "1", "b", "comma", "plus", "r"]


@pytest.mark.parametrize("sign", "PX]^_O")
def test_and_in_one_go_too(clock, sign) -> None:
    assert keys(read(clock, f"\x1b{sign}2v1,"))[1:] == ["2", "v", "1", "comma"]


def test_what_is_pressed_into_an_answer_without_an_end_is_told_and_ends_soon(clock) -> None:
    found = read(clock, "\x1b]11;rgb:1e", *"v" * 10, apart=0.3)
    assert len(keys(found)) >= 3
    assert [type(message) for message in found if not isinstance(message, events.Key)] == [InputDropped]


def test_a_paste_without_an_end_does_not_hold_the_keys_behind_it_for_long(clock) -> None:
    found = read(clock, "\x1b[200~half a text", *"v" * 10, apart=0.3)
    assert len(keys(found)) >= 3
    assert found[0].text.startswith("half a text")


@pytest.mark.parametrize(("sent", "wanted"), [
    ("\x1b[118;1:1u", ["v"]), ("\x1b[118;1:3u", []), ("\x1b[118;1:2u", ["v"]), ("\x1b[97:65;2u", ["A"]),
    ("\x1b[1;1:3A", []), ("\x1b[1;1:1A", ["up"]), ("\x1b[118:86:118;1:1;118u", ["v"]), ("\x1b[118;;118u", ["v"]),
])  # fmt: skip
def test_a_key_told_at_length_is_that_key_and_its_letting_go_is_none(clock, sent, wanted) -> None:
    assert keys(read(clock, f"2{sent}b")) == ["2", *wanted, "b"]


@pytest.mark.parametrize("sent", [
    "\x1b[99999999999;1u", "\x1b[1114112;1u", "\x1b[27;5;99999999~", "\x1b[;:u", "\x1b[1:2:3:4;5u",
    "\x1b[48;99999999;99999999;1;1t", "\x1b[48;0;0;0;0t\x1b[<0;1;1M", "\x1b[55296;1u", "\x1b[118;1:9u", "\x1b[<;;M",
])  # fmt: skip
def test_a_number_that_is_no_key_is_none(clock, sent) -> None:
    assert keys(read(clock, f"2{sent}b")) == ["2", "b"]


def test_no_sequence_whatever_ends_the_reading(clock) -> None:
    rng = random.Random(8)
    for _ in range(3_000):
        middle = "".join(rng.choice("0123456789;:<?>=$ ") for _ in range(rng.randint(0, 14)))
        sent = f"\x1b{rng.choice('[[[O]P')}{middle}{rng.choice('ABCDHMPQRSZIOcmntuxy~v')}"
        parser = InputParser()
        list(parser.feed(sent))
        clock.now += PIECE_S
        list(parser.tick())
        assert keys(list(parser.feed("v"))) == ["v"], sent


def test_an_answer_sign_by_sign_is_no_key(clock) -> None:
    for answer in ANSWERS:
        assert keys(read(clock, *answer, apart=ESCAPE_S / 2)) == [], answer


@pytest.mark.parametrize(("sent", "wanted"), KEYS)
def test_keys_stay_keys_wherever_they_are_cut(clock, sent, wanted) -> None:
    assert keys(read(clock, sent)) == wanted
    for cut in range(1, len(sent)):
        assert keys(read(clock, sent[:cut], sent[cut:], apart=ESCAPE_S / 2)) == wanted


def test_keys_and_answers_in_any_mixture_give_the_keys(clock) -> None:
    rng = random.Random(5)
    for _ in range(300):
        parts = [rng.choice([*KEYS[:10], *((answer, []) for answer in ANSWERS)]) for _ in range(rng.randint(1, 12))]
        stream = "".join(sent for sent, _ in parts)
        cuts = sorted(rng.sample(range(len(stream) + 1), min(len(stream), 3)))
        pieces = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True) if a < b]
        assert keys(read(clock, *pieces, apart=ESCAPE_S / 2)) == [key for _, wanted in parts for key in wanted]


def test_escape_alone_is_the_key_after_its_time(clock) -> None:
    parser = InputParser()
    assert list(parser.feed("\x1b")) == []
    clock.now += 1.1 * ESCAPE_S
    assert keys(list(parser.tick())) == ["escape"]
    assert keys(list(parser.feed("v"))) == ["v"]


def test_a_pasted_text_is_one_whatever_stands_in_it(clock) -> None:
    text = "First line.\nSecond, é €.\x1b[A\x1b]11;x\x07"
    sent = f"\x1b[200~{text}\x1b[201~v"
    for cut in range(1, len(sent)):
        paste, key = read(clock, sent[:cut], sent[cut:], apart=ESCAPE_S / 2)
        assert (paste.text, key.key) == (text, "v")


def test_a_paste_without_an_end_is_not_lost(clock) -> None:
    [paste] = read(clock, "\x1b[200~half a text")
    assert paste.text == "half a text"


def test_a_control_string_without_an_end_holds_the_keys_for_a_moment_only(clock) -> None:
    parser = InputParser()
    for _ in range(3):
        assert keys(list(parser.feed("\x1b]11;" + "x" * LONGEST_STRING))) == []
    clock.now += PIECE_S
    list(parser.tick())
    assert keys(list(parser.feed("v"))) == ["v"]


def test_what_comes_in_one_read_has_come_at_one_time(clock) -> None:
    assert len({message.time for message in InputParser().feed("lift the hip")}) == 1
