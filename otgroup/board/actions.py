"""The one table of what can be done on the live board: keys, footer, help, palette and docs come from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from otgroup.board import measures, presence, undo, words
from otgroup.board.desk import Desk
from otgroup.board.measure_keys import MeasureAction
from otgroup.board.parts import balance, cues, grading, scores
from otgroup.board.parts.help import assistance
from otgroup.record.parts.cues import Cue
from otgroup.record.protocol import Protocol


@dataclass(frozen=True)
class Action:
    """One thing a key does. `keys` are Textual's names, the first one is shown; `footer` puts it in the footer.

    `for_all` lets `*` put it on everybody at once; the others would be slips there.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    section: str
    help: str
    run: Callable[[Desk], None] | None = None
    for_all: bool = False
    footer: bool = False


def _cue(kind: Cue, key: str, *, footer: bool = False) -> Action:
    words = f"{kind} cue" if kind != Cue.DEMONSTRATION else "demonstration"
    return Action(f"cue_{kind}", (key,), kind, "Cues", words, partial(cues.cue, kind=kind), footer=footer)


def _doing(action: MeasureAction, *keys: str, for_all: bool = True) -> Action:
    """What each kind of measure answers in its own way."""
    run = partial(measures.press_measure, action=action)
    return Action(action, keys, action, "Doing", measures.help_of(action), run, for_all=for_all)


ACTIONS: tuple[Action, ...] = (
    _doing("repetition", "space"),
    _doing("left", "comma"),
    _doing("right", "full_stop", "decimal"),
    _doing("set", "e"),
    _doing("trial", "s", for_all=False),
    _doing("clock", "w"),
    Action("measure", ("m",), "measure", "Doing", "count the next measure of this group", measures.next_measure),
    _cue(Cue.VERBAL, "v", footer=True),
    _cue(Cue.TACTILE, "t"),
    _cue(Cue.VISUAL, "i"),
    _cue(Cue.GESTURAL, "g"),
    _cue(Cue.DEMONSTRATION, "d"),
    _cue(Cue.PHYSICAL, "p"),
    Action(
        "harder", ("plus", "equals_sign", "add"), "harder", "Grading", "a level harder; a letter says how",
        partial(grading.grade, step=1), footer=True,
    ),
    Action(
        "easier", ("minus", "subtract"), "easier", "Grading", "a level easier; a letter says how",
        partial(grading.grade, step=-1), footer=True,
    ),
    Action("assistance", ("a",), "assistance", "Grading", "how much help: a letter says", assistance),
    Action("difficulty", ("f",), "difficulty", "Grading", "how difficult: activity or directions", scores.difficulty),
    Action(
        "balance", ("b",), "balance", "Balance", "stamp an incident; a letter says what it was",
        balance.balance, footer=True,
    ),
    Action(
        "watched", ("c",), "watched", "Balance", "balance is watched (only then may a note say that no LOB was seen)",
        balance.watched, for_all=True,
    ),
    Action("rest", ("r",), "rest", "Coming and going", "rest, or go on", presence.rest, for_all=True),
    Action("attendance", ("o",), "attendance", "Coming and going", "arrived, absent, declined, left",
        presence.attendance),
    Action("pause", ("z",), "pause", "Coming and going", "pause the whole group, or go on",
        presence.pause, for_all=True),
    Action("add", ("f2",), "add", "Coming and going", "one more participant"),
    Action("words", ("n",), "words", "Words", "remark, response, plan, pain, RPE, support, set-up", words.words),
    Action("link", ("f3",), "goals", "Words", "goals this group serves and why, purposes, carry-over"),
    Action("undo", ("u",), "undo", "Mending", "take back the last event", undo.undo),
    Action("undo_chosen", ("U", "backspace"), "undo theirs", "Mending", "take back the chosen person's last",
        undo.undo_chosen),
    Action("give", ("x",), "give", "Mending", "then a digit: give the last event to that person", undo.give),
    Action(
        "everyone", ("asterisk", "multiply", "backslash"), "all", "Choosing", "the next action goes to everyone here",
        for_all=True, footer=True,
    ),
    Action("next", ("tab", "down"), "next", "Choosing", "choose the next person"),
    Action("previous", ("shift+tab", "up"), "previous", "Choosing", "choose the person before"),
    Action("across", ("right", "left"), "across", "Choosing", "choose the person beside"),
    Action("help", ("question_mark", "slash", "f1"), "help", "Board", "all keys", footer=True),
    Action("end", ("ctrl+e", "f10"), "end", "Board", "end the group and write its notes"),
    Action("home", ("f4",), "home", "Board", "home; the group goes on and can be opened again"),
)  # fmt: skip


def footer_actions(protocol: Protocol) -> tuple[Action, ...]:
    """What the footer names: what this group records by, then what is the same everywhere."""
    own = measures.footer_labels(protocol)
    named = (action for action in ACTIONS if action.footer or action.id in own)
    return tuple(replace(action, label=own.get(action.id, action.label)) for action in named)


BY_ID = {action.id: action for action in ACTIONS}

SHOWN = {
    "comma": ",", "full_stop": ".", "plus": "+", "minus": "-", "asterisk": "*", "equals_sign": "=",
    "question_mark": "?", "slash": "/", "backslash": "\\", "space": "space", "add": "keypad +",
    "subtract": "keypad -", "multiply": "keypad *", "decimal": "keypad .", "tab": "Tab", "shift+tab": "Shift+Tab",
    "backspace": "Backspace", "ctrl+e": "Ctrl+E", "f1": "F1", "f2": "F2", "f3": "F3", "f4": "F4", "f10": "F10",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right",
}  # fmt: skip


def shown_key(key: str) -> str:
    """A key as people know it: `comma` is `,`."""
    return SHOWN.get(key, key)


def press(desk: Desk, action: Action) -> None:
    """Do what a key means now."""
    everyone, desk.everyone = desk.everyone, False
    desk.clear()
    desk.giving = False
    if everyone and not action.for_all:
        desk.refuse(f"{action.label} is not for everyone at once: choose one person")
        return
    desk.everyone = everyone
    if action.run:
        action.run(desk)
        desk.everyone = False
    elif action.id == "everyone":
        desk.everyone = not everyone
        desk.say("all: the next action goes to everyone here" if desk.everyone else "one person again")
    desk.settle()


def choose(desk: Desk, number: int) -> None:
    """A digit: choose that person, or give them the last event after `x`."""
    desk.everyone = False
    giving = desk.giving
    participant = next((p for p in desk.state.board if p.number == number), None)
    desk.clear()
    desk.giving = False
    if participant is None:
        desk.refuse(f"nobody has number {number}")
    elif giving:
        undo.give_to(desk, participant.person.id)
        desk.settle()
    else:
        desk.chosen = participant.person.id
