"""The least a Textual app can do for a key: one number, painted. What the live board is measured beside."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static


class Counter(App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [("comma", "count", "count")]
    number = 0

    def compose(self) -> ComposeResult:
        yield Static("left 0 ready", id="number")

    def action_count(self) -> None:
        self.number += 1
        self.query_one("#number", Static).update(f"left {self.number} u undo")


if __name__ == "__main__":
    Counter().run()
