"""Screens that tell or ask one thing: help, groups, a silence."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Label, Static

from otgroup.live.actions import ACTIONS, shown_key
from otgroup.live.keymap import Keys
from otgroup.session.protocol import Protocol
from otgroup.ui.pages import Dialog


def help_text(keys: Keys) -> Content:
    """Every key, by section."""
    lines: list[Content] = [
        Content("Choose a person (1-9, 0 for the tenth, Tab, arrows, a click), then act. The choice stays."),
        Content("A strip at the bottom only adds to what is recorded; any other key closes it and does its work."),
    ]
    section = ""
    for action in ACTIONS:
        if action.section != section:
            section = action.section
            lines += [Content(""), Content.styled(section, "bold")]
        shown = " ".join(shown_key(key) for key in keys.get(action.id, action.keys))
        lines.append(Content.assemble((f"  {shown:<22}", "$accent"), action.help))
    return Content("\n").join(lines)


class TellScreen(Dialog[None]):
    """A page to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark,slash,f1", "dismiss(None)", "back")
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title, self._text = title, text

    def compose(self) -> ComposeResult:
        """Title and text."""
        with Vertical(classes="page"):
            yield Label(Content(self._title), classes="title", markup=False)
            with VerticalScroll():
                yield Static(self._text, markup=False)
            yield Label("Escape goes back", classes="hint", markup=False)


def groups_text(groups: Sequence[Protocol], own: str, problems: Sequence[str]) -> Content:
    """The groups there are, and how to make one's own."""
    lines: list[Content] = []
    for group in groups:
        lines += [Content.styled(f"{group.title}  ({group.id})", "bold"), Content(f"  {group.activity}"), Content("")]
    lines.append(Content(f"Your own groups stand in {own}: one .toml each, otgroup groups check looks them over."))
    return Content("\n").join([*lines, *(Content(problem) for problem in problems)])


class GapScreen(Dialog[str]):
    """A session opened again after a silence: paused meanwhile, or over? Asked once, before the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "dismiss('paused')", "paused"),
        Binding("k", "dismiss('ended')", "ended"),
        Binding("escape", "dismiss(None)", "home"),
    ]

    def __init__(self, last: datetime, now: datetime) -> None:
        super().__init__()
        self._last, self._now = last, now

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        silent = int((self._now - self._last).total_seconds() // 60)
        with Vertical(classes="page"):
            yield Label("This group was left running", classes="title", markup=False)
            yield Label(f"The last event was at {self._last:%H:%M}, {silent} minutes ago.", markup=False)
            yield Label("", markup=False)
            yield Label("j  it was paused meanwhile, and goes on now", markup=False)
            yield Label(f"k  it ended at {self._last:%H:%M}", markup=False)
            yield Label("Escape  decide later", classes="hint", markup=False)
