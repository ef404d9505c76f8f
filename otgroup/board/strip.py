"""What may follow a key: a strip of lettered options, or a line to type. Neither ever blocks a tap."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

LETTERS = "jklhyq"
"""The letters no board action uses, so that any other key closes a strip and does its own work."""

MORE = LETTERS[-1]


@dataclass(frozen=True)
class Option:
    """One letter of a strip and what it does."""

    letter: str
    label: str
    act: Callable[[], None]


@dataclass(frozen=True)
class Strip:
    """A one-line offer after an event that is recorded already: it can only add to it."""

    title: str
    options: tuple[Option, ...]

    def option(self, letter: str) -> Option | None:
        """The option under that letter."""
        return next((option for option in self.options if option.letter == letter), None)


@dataclass(frozen=True)
class Question:
    """A line to type. `answer` gets the text and may refuse it with BadInput, which keeps the line open.

    `keys` are single signs that act at once while the line is empty, such as a change of side. `usual` are answers
    that a letter of `LETTERS` and Enter give: a letter is text until Enter. `words`: text may be pasted that has
    line breaks.
    """

    prompt: str
    answer: Callable[[str], None]
    text: str = ""
    keys: tuple[Option, ...] = ()
    usual: tuple[str, ...] = ()
    words: bool = False

    @property
    def lettered(self) -> tuple[tuple[str, str], ...]:
        """The usual answers, each behind its letter."""
        return tuple(zip(LETTERS, self.usual, strict=False))

    def meant(self, text: str) -> str:
        """What was answered: a letter alone is the usual answer behind it."""
        return dict(self.lettered).get(text.strip().lower(), text)


Choice = tuple[str, Callable[[], None]]
"""A label and what choosing it does."""


def strip_of(title: str, choices: Sequence[Choice], show: Callable[[Strip], None]) -> Strip:
    """A strip of these choices; where there are more than letters, the last letter turns the page."""
    if len(choices) <= len(LETTERS):
        return Strip(title, _lettered(choices))
    first, rest = choices[: len(LETTERS) - 1], choices[len(LETTERS) - 1 :]
    return Strip(title, (*_lettered(first), Option(MORE, "more", lambda: show(strip_of(title, rest, show)))))


def _lettered(choices: Sequence[Choice]) -> tuple[Option, ...]:
    return tuple(Option(letter, label, act) for letter, (label, act) in zip(LETTERS, choices, strict=False))
