"""What a flow may ask of the app it runs in, so that no flow has to know the app itself."""

from collections.abc import Callable

from otgroup.record.state import SessionState
from otgroup.ui.key_queue import KeyQueue


class Host(KeyQueue[None]):
    """An app with a home, that tells refusals in one line."""

    def guarded(self, do: Callable[..., None], *args: object) -> None:
        """Do it; a refusal is told in one line."""
        raise NotImplementedError

    def show_home(self) -> None:
        """Draw home anew."""
        raise NotImplementedError

    def show_notes(self, state: SessionState) -> None:
        """Open the review of an ended session."""
        raise NotImplementedError
