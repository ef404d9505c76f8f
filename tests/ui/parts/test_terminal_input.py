"""What a terminal sends, as keys: its own answers are none, however they come."""

import random

import pytest
from textual import events

from otgroup.ui.parts import terminal_input
from otgroup.ui.parts.terminal_input import InputParser
from otgroup.ui.parts.terminal_strings import ESCAPE_S, LONGEST_STRING, PIECE_S

ANSWERS = [
    "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x07", "\x1b]52;c;dmJjIDE=\x07",
    "\x1bP>|xterm(388)\x1b\\", "\x1bP1+r544e=787465\x1b\\", "\x1b_Gi=31;OK\x1b\\", "\x1b^private\x1b\\",
    "\x1bXstart\x1b\\", "\x9d11;rgb:0/0/0\x9c", "\x1b[?62;22;52c", "\x1b[>41;354;0c", "\x1b[0n", "\x1b[?997;1n",
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
@pytest.mark.parametrize("apart", [0.0, 0.05, 0.5])
def test_an_answer_of_the_terminal_is_no_key_wherever_it_is_cut(clock, answer, apart) -> None:
    for cut in range(len(answer)):
        found = read(clock, answer[:cut], answer[cut:] + "v") if cut else read(clock, answer + "v")
        assert keys(found) == ["v"], cut
        if cut > 1 or answer[1:2] in "[]_^":
            found = read(clock, *filter(None, (answer[:cut], answer[cut:])), apart=apart)
            assert set(keys(found)) <= {"escape"}, cut


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
