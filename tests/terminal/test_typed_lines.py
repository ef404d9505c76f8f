"""A thousand lines typed into the real program in every way a terminal may send them: none is cut, on the disk."""

import random
import re
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from otgroup.demo.play import prepare_live
from otgroup.record.event import Event
from otgroup.record.state import SessionState
from otgroup.store.folder import DataFolder, local_now
from tests.terminal.terminal import Terminal, on_board

pytestmark = pytest.mark.terminal

LINES = 1000
SLOWEST_S = 0.05
WORDS = (
    "Xyz", "steady", "hip", "café", "14 of 18,", "3 €", "she said", "vtigd", "upright", "2b", "名前", "non-slip.",
    "kjlhyq", "with rail", "(left)", "next: +1",
)  # fmt: skip
ANSWERS = (
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1b]11;rgb:1e1e/1e1e/1e1e\x07", b"\x1bP>|xterm(388)\x1b\\",
    b"\x1b[?62;22;52c", b"\x1b_Gi=31;OK\x1b\\", b"\x1b[?997;1n", b"\x1b[0n", b"\x1b[8;24;80t",
)  # fmt: skip
Told = tuple[str, int, object]


def on_disk(data: Path) -> SessionState:
    """The running session as a second program reads it."""
    with DataFolder.open(data) as reader:
        [newest] = reader.sessions.summaries()
        return reader.sessions.read(newest.id)


def told(event: Event, state: SessionState) -> Told:
    """What of an event was typed: its kind, whose it is, the words or the figure."""
    fields = ("actual", "text", "purpose", "during", "score")
    said = next((value for name in fields if (value := getattr(event, name, None)) not in (None, "")), None)
    whose = [state.participants[person].number for person in event.participants]
    return event.kind, whose[0] if whose else 0, said


def written(data: Path, before: int, wanted: int) -> list[Told]:
    """The events after the first `before`, when there are so many or no more come."""
    log: tuple[Event, ...] = ()
    for _ in range(60):
        state = on_disk(data)
        if len(state.log) == len(log) or len(state.log) - before >= wanted:
            break
        log = state.log
        time.sleep(0.5)
    return [told(event, state) for event in state.log[before:]]


class Writer:
    """Makes lines, the keys that open them and what is to stand in the journal afterwards."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self._number = count(1)

    def text(self) -> str:
        return " ".join([self.rng.choice("KXaen"), *self.rng.choices(WORDS, k=2), str(next(self._number))])

    def line(self) -> tuple[str, str, list[Told]]:
        """Keys that open a line, its text, and the events of both."""
        who, kind = (
            self.rng.randint(1, 8),
            self.rng.choice(["set", "response", "plan", "remark", "for", "doing", "pain"]),
        )
        if kind == "set":
            actual = self.rng.randint(10, 99)
            return f"{who}e", str(actual), [("set_done", who, actual)]
        if kind == "pain":
            score = self.rng.randint(0, 10)
            return f"{who}nh", str(score), [("pain", who, score)]
        text = self.text()
        if kind == "for":
            return f"{who}vl", text, [("cue_given", who, None), ("cue_detail", who, text)]
        if kind == "doing":
            incident: list[Told] = [("balance_incident", who, None), ("balance_detail", who, None)]
            return f"{who}bkq", text, [*incident, ("balance_detail", who, text)]
        letter = {"response": "k", "plan": "l", "remark": "j"}[kind]
        return f"{who}n{letter}", text, [(kind, who, text)]


class Hand:
    """Sends a line in one of many ways."""

    def __init__(self, terminal: Terminal, rng: random.Random) -> None:
        self._terminal, self._rng = terminal, rng
        self.ways = (self.burst, self.cut, self.pasted)

    def pause(self) -> None:
        time.sleep(self._rng.uniform(0, SLOWEST_S))

    def burst(self, keys: str, text: str) -> None:
        self._terminal.type_blind(f"{keys}{text}\r".encode())

    def cut(self, keys: str, text: str) -> None:
        """In three writes, cut anywhere: within a character too, and within an answer that comes along."""
        data = f"{keys}{text}\r".encode()
        place = self._rng.randint(0, len(keys))
        data = data[:place] + self._rng.choice(ANSWERS) + data[place:]
        first, second = sorted(self._rng.choices(range(1, len(data)), k=2))
        for piece in (data[:first], data[first:second], data[second:]):
            self._terminal.type_blind(piece)
            self.pause()

    def pasted(self, keys: str, text: str) -> None:
        self._terminal.type_blind(f"{keys}\x1b[200~{text.replace(' ', chr(10), 1)}\x1b[201~\r".encode())

    def slow(self, keys: str, text: str) -> None:
        for character in f"{keys}{text}\r":
            self._terminal.type_blind(character.encode())
            self.pause()

    def lines_as_keys(self, keys: str, text: str) -> None:
        """A text of two lines pasted by a terminal that knows no pastes, into a line that is open."""
        self._terminal.type_blind(keys.encode())
        self._terminal.wait_quiet(0.2)
        self._terminal.type_blind(re.sub(r"(?<=...) (?=[^0-9])", "\r", text, count=1).encode())
        time.sleep(0.3)
        self._terminal.type_blind(b"\r")
        self._terminal.wait_quiet(0.2)


@pytest.fixture
def board(tmp_path: Path) -> Iterator[tuple[Terminal, Path]]:
    """The demo's board, everybody with a side in use."""
    data = tmp_path / "data"
    prepare_live(data, local_now())
    with on_board(data) as leader:
        leader.press("*,")
        leader.wait_for("8 people  left")
        yield leader, data
        leader.press("ctrl+q")
        assert leader.wait_end() == 0


def test_a_thousand_lines_are_whole_however_they_are_typed(board) -> None:
    leader, data = board
    writer, before = Writer(11), len(on_disk(data).log)
    hand, wanted = Hand(leader, writer.rng), []
    for number in range(LINES):
        keys, text, events = writer.line()
        if number % 50 == 0:
            hand.slow(keys, text)
        elif number % 100 == 25 and " " in text:
            hand.lines_as_keys(keys, text)
        else:
            writer.rng.choice(hand.ways)(keys, text)
        wanted += events
        if number % 100 == 99:
            leader.wait_quiet(0.1)
    assert written(data, before, len(wanted)) == wanted


def test_what_is_no_key_records_nothing(board) -> None:
    """A terminal's answers whole and in pieces, Escape and a letter in one write, words behind a refusal, pastes."""
    leader, data = board
    rng, before = random.Random(3), len(on_disk(data).log)
    for answer in ANSWERS:
        leader.type_blind(answer * 3)
        for cut in range(1, len(answer), 3):
            leader.type_blind(answer[:cut])
            time.sleep(rng.uniform(0, SLOWEST_S))
            leader.type_blind(answer[cut:])
    for letter in "vtigdpbcarozms,. 2*+-ux":
        leader.type_blind(f"\x1b{letter}".encode())
        time.sleep(0.02)
    for refused in ("*n", "*b", "9", "j"):
        leader.wait_quiet(0.4)
        leader.type_blind(f"{refused}klift the hip, 2 v\r".encode())
    leader.wait_quiet(0.4)
    leader.type_blind(b"\x1b[200~lift the hip\r2v\x1b[201~")
    leader.wait_quiet(0.4)
    assert written(data, before, 1) == []
    leader.type_blind(b"2v")
    assert written(data, before, 1) == [("cue_given", 2, None)]
