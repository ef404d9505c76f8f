"""The end of a group before it is kept: the silences in it, what the leader says of them, the minutes that gives."""

from functools import reduce

from otgroup.board.desk import Desk
from otgroup.record.course import Ended
from otgroup.record.event import Event
from otgroup.record.fold import apply
from otgroup.record.silence import Silence, pause_over, said_of, unsaid
from otgroup.record.state import SessionState


class Ending:
    """One group about to end. Nothing is kept until `keep`; until then every answer can be changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._said: dict[Silence, bool] = {}
        self._place = 0

    def silences(self) -> tuple[Silence, ...]:
        """What nobody has said anything of, oldest first; the one that goes on now is the last."""
        now = self.desk.silence
        return (*unsaid(self.desk.state), *([now] if now else []))

    @property
    def asked(self) -> Silence | None:
        """The silence that the next answer is about."""
        silences = self.silences()
        return silences[self._place % len(silences)] if silences else None

    def say(self, *, treated: bool) -> None:
        """The leader's answer; the next one is about the next silence, and after the last about the first again."""
        if self.asked:
            self._said[self._key(self.asked)] = treated
            self._place += 1

    def answer(self, silence: Silence) -> bool | None:
        """Whether the group was treated meanwhile; None while nobody has said."""
        return self._said.get(self._key(silence))

    def preview(self) -> SessionState:
        """The session as it will stand if it ends now."""
        return reduce(apply, self._events(), self.desk.state)

    def keep(self) -> bool:
        """End the group now; whether that is on the disk."""
        self.desk.watch_clock()
        return self.desk.write(*self._events())

    def _events(self) -> tuple[Event, ...]:
        pen, said = self.desk.pen, [(silence, self.answer(silence)) for silence in self.silences()]
        events: list[Event] = []
        for silence, treated in said:
            if treated is not None:
                events += said_of(silence, pen, treated=treated)
            elif silence.paused is None:
                events += pause_over(silence, pen, assumed=True)[1]
        return (*events, Ended(**pen.stamp()))

    @staticmethod
    def _key(silence: Silence) -> Silence:
        """The silence that goes on now stays the same one while it grows."""
        return silence if silence.paused else silence._replace(end=silence.start)
