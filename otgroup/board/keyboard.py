"""Every key to the place it was meant for: the open line, a strip, a person, an action. Knows no screen.

Keys come one after another and each is done before the next is read. The line that is typed is the desk's, so
that there is no moment at which a key could pass it by.
"""

from collections.abc import Callable, Mapping
from typing import Final
from typing import Protocol as Interface

from otgroup.board.actions import ACTIONS, shown_key
from otgroup.board.desk import Desk
from otgroup.board.keymap import Keys
from otgroup.board.line import EDITS
from otgroup.board.pace import AT_ONCE_S, TYPING_S
from otgroup.board.presses import Held, Presses
from otgroup.board.strip import LETTERS, Question
from otgroup.board.undo import take_back_repeat

DIGITS: Final = "1234567890"

BREAK_S: Final = 0.1
"""An Enter of a pasted text counts when nothing has come behind it for so long (s): what comes at once makes it a
line break. A line whose first key comes sooner than this was opened and typed in one go: its Enter is an Enter.
"""

PASTED_S: Final = 0.002
"""Text whose characters follow one another faster than this was pasted."""

LINE_IS_OPEN: Final = "Enter keeps what is typed here, Escape closes it"

MAY_BE_HELD: Final = ("next", "previous", "across")
"""The actions that go on as long as their key is held down."""

_UNPRINTED: Final = {"enter": " ", "backspace": "", "delete": ""}
"""Keys without a sign that belong to typed words, and what is shown of them."""


class KeyTarget(Interface):
    """A screen that does what a key means."""

    def action_press(self, action_id: str) -> None:
        """Do an action of the table."""

    def action_choose(self, number: int) -> None:
        """Choose a person by their number."""

    def action_letter(self, letter: str) -> None:
        """Do what a letter of the open strip offers."""

    def action_close_offer(self) -> None:
        """Close what is open."""

    def settled(self) -> None:
        """Draw, after what a typed line or a sign in it did."""

    def paint_foot(self) -> None:
        """Draw the log, what is offered and the line."""


KeyAction = Callable[[KeyTarget], None]


def key_actions(keys: Keys) -> dict[str, KeyAction]:
    """What each key does; letters as capitals too, for Caps Lock. `keys` are the names a key event has."""
    found: dict[str, KeyAction] = {"escape": lambda target: target.action_close_offer()}
    found |= {digit: _choosing(number) for number, digit in enumerate(DIGITS, start=1)}
    for letter in LETTERS:
        found[letter] = found[letter.upper()] = _lettering(letter)
    capitals = {key.upper(): _pressing(a.id) for a in ACTIONS for key in keys[a.id] if len(key) == 1}
    return capitals | found | {key: _pressing(a.id) for a in ACTIONS for key in keys[a.id]}


def _pressing(action_id: str) -> KeyAction:
    return lambda target: target.action_press(action_id)


def _choosing(number: int) -> KeyAction:
    return lambda target: target.action_choose(number)


def _lettering(letter: str) -> KeyAction:
    return lambda target: target.action_letter(letter)


class Keyboard:
    """Reads the keys of one desk. `more` are keys of this screen alone."""

    def __init__(
        self, desk: Desk, target: KeyTarget, keys: Keys, more: Mapping[str, Callable[[], None]] | None = None
    ) -> None:
        self._desk, self._target = desk, target
        self._key_actions = key_actions(keys) | {key: _doing(do) for key, do in (more or {}).items()}
        self._help = frozenset(keys["help"])
        self._may_be_held = frozenset(key for way in MAY_BE_HELD for key in keys[way])
        self._presses = Presses()
        self._before = self._now = desk.stance
        self._question: Question | None = None
        self._at_once = False
        self._quick: list[bool] = []
        self._break_within = 0.0
        self.enter_waits = False

    def key(self, key: str, character: str | None, at: float) -> bool:
        """Read a key, its printable character if it has one, pressed at `at` (s); whether it is the desk's at all."""
        gap = self._desk.pace.begin(key, at)
        self._presses.key(key, at)
        self._before, self._now = self._now, self._desk.stance
        try:
            self._settle_enter(line_break=gap < self._break_within)
            return self._read(key, character, gap)
        finally:
            self._desk.pace.end()

    def paste(self, text: str) -> None:
        """A pasted text goes into the open line, all its lines as one; without a line it is not recorded."""
        desk = self._desk
        if desk.question:
            desk.typed = desk.typed.paste(text)
        else:
            desk.clear()
            desk.refuse("not recorded: a pasted text goes into an open line, and none is open")
        self._target.paint_foot()

    def nothing_came(self) -> None:
        """Nothing came behind an Enter that might have been a line break: it counts."""
        self._settle_enter(line_break=False)

    def _read(self, key: str, character: str | None, gap: float) -> bool:
        desk = self._desk
        if desk.question:
            return self._type(desk.question, key, character, gap)
        way = self._key_actions.get(key)
        typed = character or _UNPRINTED.get(key)
        if self._presses.held is not Held.NO and key not in self._may_be_held:
            self._held(key)
        elif desk.refusal and gap < TYPING_S and typed is not None:
            desk.swallow(typed)
            self._target.paint_foot()
        elif way:
            way(self._target)
        elif character or key.startswith("alt+"):
            desk.clear()
            desk.refuse(f"{character or _with_alt(key)} does nothing here: ? shows the keys")
            self._target.paint_foot()
        else:
            return False
        return True

    def _held(self, key: str) -> None:
        """A key that is held down was pressed once: its first repeat came like a press, and is taken back."""
        if self._presses.held is Held.NOTICED:
            take_back_repeat(self._desk, shown_key(key), self._before)
            self._target.settled()

    # --- the open line ----------------------------------------------------------------------------

    def _type(self, question: Question, key: str, character: str | None, gap: float) -> bool:
        desk = self._desk
        if key == "enter":
            self._enter(question, gap)
        elif key == "escape":
            self._target.action_close_offer()
        elif character:
            self._put(question, character, gap)
        elif key in EDITS or key == "ctrl+j":
            desk.said, desk.typed = "", EDITS[key](desk.typed) if key in EDITS else desk.typed.put(" ")
            self._target.paint_foot()
        elif key.startswith("alt+"):
            desk.say(f"{_with_alt(key)} is not typed")
            self._target.paint_foot()
        else:
            return self._beside(key)
        return True

    def _put(self, question: Question, character: str, gap: float) -> None:
        """A character is text, unless the empty line has a sign of its own for it."""
        desk = self._desk
        if not desk.typed.text and desk.question_key(character):
            self._target.settled()
            return
        if gap >= BREAK_S:
            self._question, self._at_once, self._quick = question, False, []
        elif self._question is not question:
            self._question, self._at_once, self._quick = question, True, [gap < PASTED_S]
        else:
            self._quick.append(gap < PASTED_S)
        desk.said, desk.typed = "", desk.typed.put(character)
        self._target.paint_foot()

    def _beside(self, key: str) -> bool:
        """A key that is neither text nor edits it: what was typed is not lost by it."""
        way = self._key_actions.get(key)
        if way is None:
            return False
        if self._desk.typed.text and key not in self._help:
            self._desk.say(LINE_IS_OPEN)
            self._target.paint_foot()
        else:
            way(self._target)
        return True

    def _enter(self, question: Question, gap: float) -> None:
        """The line is done; in the midst of pasted words it may be a line break, which the next key tells."""
        self._break_within = self._breaks(question, gap) if question.words else 0.0
        if self._break_within:
            self.enter_waits = True
            return
        self._desk.answer(self._desk.typed.text)
        self._target.settled()

    def _breaks(self, question: Question, gap: float) -> float:
        """How soon a key must come behind an Enter to make it a line break (s); 0 where it means what it says.

        What stands before it since the last pause came in one go, into a line that was open before; or nothing stands
        before it.
        """
        if self._question is not question:
            return PASTED_S if gap >= BREAK_S and not self._desk.typed.text else 0.0
        pasted = gap < AT_ONCE_S and not self._at_once and sum(self._quick) >= 0.8 * len(self._quick)
        return AT_ONCE_S if pasted else 0.0

    def _settle_enter(self, *, line_break: bool) -> None:
        if not self.enter_waits:
            return
        self.enter_waits = False
        if line_break:
            self._desk.typed = self._desk.typed.put(" ")
            if self._question is not self._desk.question:
                self._question, self._at_once, self._quick = self._desk.question, False, []
        else:
            self._desk.answer(self._desk.typed.text)
            self._target.settled()


def _doing(do: Callable[[], None]) -> KeyAction:
    return lambda _: do()


def _with_alt(key: str) -> str:
    """A key with Alt as people know it; Escape and a letter in one go look the same to a terminal's program."""
    return f"Alt+{shown_key(key.removeprefix('alt+'))}"
