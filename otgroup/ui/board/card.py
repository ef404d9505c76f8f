"""One participant's card."""

from textual import events
from textual.message import Message

from otgroup.ui.parts.lines import Lines


class Card(Lines):
    """A participant on the board. Clicking it chooses them."""

    DEFAULT_CSS = """
    Card { height: 100%; }
    """

    class Chosen(Message):
        """Somebody was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.number = number

    def on_click(self, event: events.Click) -> None:
        """Choose this participant."""
        event.stop()
        self.post_message(self.Chosen(self.number))
