"""What screens ask of the app; apart from the screens, so that those not needed at the start are loaded later."""

from textual.message import Message

from otgroup.record.people import PersonId


class ReviewRequest(Message):
    """Something the review needs another screen, the clipboard or a folder for."""

    def __init__(self, what: str, who: PersonId) -> None:
        super().__init__()
        self.what = what
        self.who = who


class MinutesRequest(Message):
    """The one-on-one minutes are asked for."""
