"""The leader's desk: who is chosen, what the next key will mean, and the one way into the record.

Actions (`otgroup.live.actions`) are functions of a desk. They end in `record`, which asks whether the
event may be recorded, puts it on the disk and only then lets the state change.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol as Interface

from otgroup.errors import BadInput, StoreError
from otgroup.live.labels import board_labels, who
from otgroup.live.line import Line
from otgroup.live.pace import Pace
from otgroup.live.strip import LETTERS, Choice, Option, Question, Strip, strip_of
from otgroup.session.describe import describe
from otgroup.session.events import Ended, Event, EventId, GroupPaused, GroupResumed, Pen, Undone
from otgroup.session.people import PersonId
from otgroup.session.permit import why_not
from otgroup.session.state import ParticipantState, Presence, SessionState, active_until, silent_for

GAP = timedelta(minutes=10)
"""After this long without an event nobody is taken to have been treated meanwhile."""


class Recorder(Interface):
    """A session that keeps what it is given before it says so."""

    state: SessionState

    def record(self, *events: Event) -> SessionState:
        """Keep events, then give the state that holds them."""


class Desk:
    """One running group in front of one leader."""

    def __init__(self, session: Recorder, pen: Pen) -> None:
        self.session = session
        self.pen = pen
        self.names = board_labels(session.state)
        self.chosen = _last_touched(session.state)
        self.everyone = False
        self.giving = False
        self.measure = session.state.protocol.main_measure.id
        self.strip: Strip | None = None
        self.question: Question | None = None
        self.typed = Line()
        self.said = ""
        self.refusal = ""
        self.swallowed = ""
        self.pace = Pace()
        self.alarm = ""
        self.rung: set[EventId] = set()
        self._gap: tuple[Event, ...] = ()
        self._told: dict[EventId, str] = {}
        self._told_with: frozenset[EventId] | None = None

    @property
    def state(self) -> SessionState:
        """The session as it stands on the disk."""
        return self.session.state

    @property
    def participant(self) -> ParticipantState | None:
        """Whoever is chosen."""
        return self.state.participants.get(self.chosen) if self.chosen else None

    def name(self, participant: ParticipantState) -> str:
        """The name on the card."""
        return self.names.get(participant.person.id, participant.person.short_name)

    # --- what follows a key -----------------------------------------------------------------------

    def clear(self) -> None:
        """Before any action: close what the last one offered."""
        self.strip, self.question, self.typed = None, None, Line()
        self.said = self.refusal = self.swallowed = ""

    def say(self, text: str) -> None:
        """Put one line before the leader."""
        self.said = text

    def refuse(self, text: str) -> None:
        """Say why a key recorded nothing. What is typed right behind it was typed without having read that."""
        self.said = self.refusal = text

    def swallow(self, typed: str) -> None:
        """Show what was typed behind a refusal: it is not recorded."""
        self.swallowed += typed
        self.said = f"{self.refusal} · not recorded: {self.swallowed}"

    def offer(self, title: str, choices: Sequence[Choice]) -> None:
        """Open a strip."""
        self.strip = strip_of(title, choices, self._show) if choices else None

    def _show(self, strip: Strip) -> None:
        self.strip = strip

    def ask(self, question: Question) -> None:
        """Open a line to type."""
        self.question, self.typed = question, Line.of(question.text)

    def letter(self, letter: str) -> None:
        """A strip's letter: do what it offers, or say that it does nothing here."""
        option = self.strip.option(letter) if self.strip else None
        self.clear()
        self.giving = False
        if option:
            option.act()
        else:
            self.refuse(f"{letter} does nothing here: ? shows the keys")
        self._offer_gap()

    def question_key(self, key: str) -> bool:
        """A key that acts at once while a line is open; whether there was one."""
        question = self.question
        option = next((o for o in question.keys if o.letter == key), None) if question else None
        if option is None:
            return False
        self.clear()
        option.act()
        return True

    def answer(self, text: str) -> None:
        """The typed line: taken, or refused with a word why (and still open)."""
        question = self.question
        if question is None:
            return
        self.clear()
        try:
            question.answer(question.meant(text))
        except BadInput as refusal:
            self.question, self.typed = question, Line.of(text)
            self.say(str(refusal))
        self._offer_gap()

    # --- choosing ---------------------------------------------------------------------------------

    def targets(self, *, resting_too: bool = False) -> tuple[ParticipantState, ...]:
        """Whom the next event is for: everyone who is here, or the chosen person (said if nobody is)."""
        if self.everyone:
            here = tuple(p for p in self.state.board if p.presence == Presence.HERE or (resting_too and p.here))
            if not here:
                self.refuse("nobody is here and not resting: choose one person")
            return here
        if self.participant is None:
            self.refuse("choose a person first: 1-9, 0, Tab or a click")
            return ()
        return (self.participant,)

    def one(self) -> ParticipantState | None:
        """The chosen person, said if nobody is."""
        targets = self.targets()
        return targets[0] if len(targets) == 1 else None

    # --- the record -------------------------------------------------------------------------------

    def record(self, *events: Event) -> bool:
        """Keep events if they may be recorded; whether they are on the disk now."""
        for event in events:
            if problem := why_not(self.state, event):
                self.refuse(problem)
                return False
        return self.keep(*events)

    def replace(self, old: EventId, new: Event) -> bool:
        """Take an event back and keep another in its place, as one change."""
        return self.keep(self.pen.write(Undone, event=old), new)

    def keep(self, *events: Event) -> bool:
        """Keep events without asking again, a long silence before them as a pause."""
        gap = self._pause_over_gap()
        if not self._write(*gap, *events):
            return False
        self._gap = gap or self._gap
        return True

    def pause_meanwhile(self) -> bool:
        """Keep the time since the last event as a pause, as the leader answered."""
        return self._write(*self._gap_events())

    def end(self) -> bool:
        """End the group now; a long silence before is a pause and not treatment."""
        return self.keep(self.pen.write(Ended))

    def _write(self, *events: Event) -> bool:
        """Put events on the disk. If it refuses, say so and change nothing."""
        try:
            self.session.record(*events)
        except StoreError as error:
            self.alarm = f"NOT SAVED: {self.line(events[-1])}. {error}"
            return False
        self.alarm = ""
        self.pace.kept(events)
        return True

    def tell(self, event: Event) -> str:
        """What the log says of an event; it stays so until something is taken back or given away."""
        if self._told_with is not self.state.undone:
            self._told, self._told_with = {}, self.state.undone
        text = self._told.get(event.id)
        if text is None:
            text = self._told[event.id] = describe(event, self.state)
        return text

    def line(self, event: Event) -> str:
        """An event as one line of the log: time, who, what."""
        at = f"{event.at:%H:%M:%S} " if event.at else ""
        return f"{at}{who(event, self.state, self.names)}  {describe(event, self.state)}"

    # --- silence ----------------------------------------------------------------------------------

    def _pause_over_gap(self) -> tuple[Event, ...]:
        """Minutes never run on by themselves: a long silence is recorded as a pause, which can be taken back."""
        if self.state.paused or self.state.ended_at or silent_for(self.state, self.pen.now()) < GAP:
            return ()
        return self._gap_events()

    def _gap_events(self) -> tuple[Event, ...]:
        """A pause from the last event, or the end of a clock that ran on, until now."""
        reason = "nothing was recorded"
        return (
            self.pen.write(GroupPaused, at=active_until(self.state, self.pen.now()), reason=reason),
            self.pen.write(GroupResumed),
        )

    def _offer_gap(self) -> None:
        """After the action that ended a silence: offer to count it as treatment after all.

        Beside an action's own strip the offer is its last letter; where there is no room, it waits.
        """
        if not self._gap or self.question or self.said:
            return
        paused, resumed = self._gap
        span = f"{paused.at:%H:%M}-{resumed.at:%H:%M}"
        take_back = partial(self._take_back_gap, paused, resumed)
        if self.strip is None:
            self.offer(f"nothing recorded {span}, taken as a pause:", [("treatment went on", take_back)])
        elif len(self.strip.options) < len(LETTERS):
            went_on = Option(LETTERS[len(self.strip.options)], f"treatment went on {span}", take_back)
            self.strip = Strip(self.strip.title, (*self.strip.options, went_on))
        else:
            return
        self._gap = ()

    def _take_back_gap(self, paused: Event, resumed: Event) -> None:
        if self.keep(*(self.pen.write(Undone, event=e.id) for e in (resumed, paused))):
            self.say("the silence counts as treatment")

    def settle(self) -> None:
        """After an action: what holds for one key only is over."""
        self._offer_gap()


def _last_touched(state: SessionState) -> PersonId | None:
    """Whoever had the last event, so that a board opens as it stood."""
    for event in reversed(state.log):
        if len(event.participants) == 1 and event.id not in state.undone:
            return state.moved.get(event.id, event.participants[0])
    return None
