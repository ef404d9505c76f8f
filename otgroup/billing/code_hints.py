"""Which of a group file's code hints fit one participant, and why, in plain words. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from otgroup.billing.rule_book import RuleBook
from otgroup.record.people import Person
from otgroup.record.protocol import CodeHint, Protocol

_ENDINGS = "(?:s|es|d|ed|er|ing)?"


class Fit(NamedTuple):
    """A hint that counts for a participant, with what of theirs speaks for it."""

    hint: CodeHint
    goals: tuple[str, ...]
    deficits: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why it fits: the file's words, the person's own deficits and goals, and what is to be confirmed."""
        own = [_counted("deficit", self.deficits), _counted("goal", self.goals)]
        told = f"{self.hint.because} ({'; '.join(filter(None, own))})" if any(own) else self.hint.because
        asked = self.hint.when if not (self.hint.goals or self.hint.deficits) else ""
        return f"{told}, if {asked}" if asked else told


def fitting(protocol: Protocol, person: Person) -> tuple[Fit, ...]:
    """The hints that count for a person, in the file's order.

    A hint with goals or deficits counts only where the person has one of them (a task the group carries over to
    for them is a goal too); any other counts for everyone, and names the deficits it is for and the goals that
    somebody said the group serves.
    """
    return tuple(fit for hint in protocol.codes if (fit := _fit(hint, protocol, person)))


def first_fit(protocol: Protocol, person: Person, book: RuleBook) -> Fit | None:
    """The first hint whose code is a timed one: what one-on-one time in this activity may be."""
    return next((fit for fit in fitting(protocol, person) if _is_timed(fit, book)), None)


def group_fit(protocol: Protocol, person: Person, book: RuleBook) -> Fit | None:
    """The first hint that may say what a group's practice is like; one-on-one codes never do."""
    return next((fit for fit in fitting(protocol, person) if not _never_for_group(fit, book)), None)


def _is_timed(fit: Fit, book: RuleBook) -> bool:
    rule = book.known(fit.hint.code)
    return rule is not None and rule.timed


def _never_for_group(fit: Fit, book: RuleBook) -> bool:
    rule = book.known(fit.hint.code)
    return rule is not None and (rule.never_for_group or rule.one_on_one_only or rule.group)


def _fit(hint: CodeHint, protocol: Protocol, person: Person) -> Fit | None:
    link = person.link(protocol.id)
    if not (hint.goals or hint.deficits):
        return Fit(hint, (*link.goals, *link.carry_over), _speaking(person.deficits, protocol.deficits))
    goals = (*(link.goals or person.goals), *link.carry_over)
    fit = Fit(hint, _speaking(goals, hint.goals), _speaking(person.deficits, hint.deficits))
    return fit if fit.goals or fit.deficits else None


def _speaking(texts: Iterable[str], words: tuple[str, ...]) -> tuple[str, ...]:
    """The texts in which one of the words occurs."""
    return tuple(text for text in texts if any(has_word(text, word) for word in words))


def has_word(text: str, word: str) -> bool:
    """Whether a word or phrase stands in a text: any case, also with an ending (cook: cooking, meal: meals)."""
    stem = re.escape(_one_space(word))
    if stem.endswith("s") and not stem.endswith("ss"):
        stem += "?"
    return re.search(rf"(?<!\w){stem}{_ENDINGS}(?!\w)", _one_space(text)) is not None


def _one_space(text: str) -> str:
    return " ".join(text.casefold().split())


def _counted(noun: str, texts: tuple[str, ...]) -> str:
    return f"{noun}{'' if len(texts) == 1 else 's'}: {', '.join(texts)}" if texts else ""
