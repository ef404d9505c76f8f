"""The leader's desk: who is chosen, what the next key will mean, and the one way into the record.

Actions (`otgroup.board.actions`) are functions of a desk. They end in `record`, which asks whether the
event may be recorded, puts it on the disk and only then lets the state change.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple
from typing import Protocol as Interface

from otgroup.board.labels import board_labels, who
from otgroup.board.line import Line
from otgroup.board.pace import Pace
from otgroup.board.session_time import SessionTime
from otgroup.board.strip import LETTERS, Choice, Option, Question, Strip, strip_of
from otgroup.errors import BadInput, NotSaved, OTGroupError, Refused, StoreError
from otgroup.record.course import MachineClockSet, Undone
from otgroup.record.event import Event, EventId, Pen
from otgroup.record.participant import Participant
from otgroup.record.parts.presence import Whereabouts
from otgroup.record.people import PersonId
from otgroup.record.silence import PAUSED, TREATED, Silence, going_on, pause_over, said_of
from otgroup.record.state import SessionState


class Recorder(Interface):
    """A session that keeps what it is given before it says so."""

    state: SessionState

    def record(self, *events: Event) -> SessionState:
        """Keep events, then give the state that holds them."""


class Stance(NamedTuple):
    """What the next key will mean at a desk."""

    chosen: PersonId | None
    everyone: bool
    giving: bool
    measure: str
    strip: Strip | None
    question: Question | None
    typed: Line


class Desk:
    """One running group in front of one leader; or `only` one person's record, to which late entries are made."""

    def __init__(
        self, session: Recorder, pen: Pen, time: SessionTime | None = None, *, only: PersonId | None = None
    ) -> None:
        self.session = session
        self.only = only
        self.pen = pen
        self._time = time
        self.names = board_labels(session.state)
        self.chosen = only or _last_touched(session.state)
        self.everyone = False
        self.giving = False
        self.measure = session.state.protocol.main_measure.id
        self.strip: Strip | None = None
        self.question: Question | None = None
        self.typed = Line()
        self.said = ""
        self.refusal = ""
        self._unkept: OTGroupError | None = None
        self.swallowed = ""
        self.pace = Pace()
        self.alarms: tuple[str, ...] = ()
        self._gap: Silence | None = None
        self._told: dict[EventId, str] = {}
        self._told_with: frozenset[EventId] | None = None

    @property
    def state(self) -> SessionState:
        """The session as it stands on the disk."""
        return self.session.state

    @property
    def participant(self) -> Participant | None:
        """Whoever is chosen."""
        return self.state.participants.get(self.chosen) if self.chosen else None

    def name(self, participant: Participant) -> str:
        """The name on the card."""
        return self.names.get(participant.person.id, participant.person.short_name)

    # --- what follows a key -----------------------------------------------------------------------

    def clear(self) -> None:
        """Before any action: close what the last one offered."""
        self.strip, self.question, self.typed = None, None, Line()
        self.said = self.refusal = self.swallowed = ""
        self._unkept = None

    @property
    def stance(self) -> Stance:
        """What the next key will mean now."""
        return Stance(self.chosen, self.everyone, self.giving, self.measure, self.strip, self.question, self.typed)

    def stand(self, stance: Stance) -> None:
        """Let the next key mean again what it meant then."""
        self.clear()
        self.chosen, self.everyone, self.giving, self.measure, self.strip, self.question, self.typed = stance

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

    @property
    def alarm(self) -> str:
        """The latest alarm nobody has answered; empty if there is none."""
        return self.alarms[-1] if self.alarms else ""

    def raise_alarm(self, text: str) -> None:
        """Put something before the leader that stays until they answer it, whatever is recorded meanwhile."""
        self.alarms = (*self.alarms, text)

    def answer_alarm(self) -> None:
        """The leader has seen the alarm that is shown; the one before it shows again."""
        self.alarms = self.alarms[:-1]

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
        """The typed line: taken, or refused with a word why (and still open, with what was typed)."""
        question = self.question
        if question is None:
            return
        self.clear()
        try:
            question.answer(question.meant(text))
        except BadInput as refusal:
            self._ask_again(question, text, str(refusal))
        if self._unkept and self.question is None:
            self._ask_again(question, text, self.refusal)
        self._offer_gap()

    def _ask_again(self, question: Question, text: str, why: str) -> None:
        self.question, self.typed, self.refusal = question, Line.of(text), ""
        self.say(why)

    # --- choosing ---------------------------------------------------------------------------------

    def targets(self, *, resting_too: bool = False) -> tuple[Participant, ...]:
        """Whom the next event is for: everyone who is here, or the chosen person (said if nobody is)."""
        if self.everyone:
            here = tuple(
                p for p in self.state.board if p.presence.now == Whereabouts.HERE or (resting_too and p.here)
            )
            if not here:
                self.refuse("nobody is here and not resting: choose one person")
            return here
        if self.participant is None:
            self.refuse("choose a person first: 1-9, 0, Tab or a click")
            return ()
        return (self.participant,)

    def one(self) -> Participant | None:
        """The chosen person, said if nobody is."""
        targets = self.targets()
        return targets[0] if len(targets) == 1 else None

    # --- the record -------------------------------------------------------------------------------

    def record(self, *events: Event) -> bool:
        """Keep events, a long silence before them as a pause, if they may be recorded; whether they are on the disk
        now.
        """
        self.watch_clock()
        silence = self.silence
        gap, paused = pause_over(silence, self.pen, assumed=True) if silence else (None, ())
        if not self.write(*paused, *events):
            return False
        self._gap = gap or self._gap
        return True

    def replace(self, old: EventId, new: Event) -> bool:
        """Take an event back and keep another in its place, as one change."""
        return self.record(Undone(**self.pen.stamp(), event=old), new)

    def write(self, *events: Event) -> bool:
        """Put events on the disk as they are. If the record or the disk refuses, say so and change nothing."""
        try:
            self.session.record(*events)
        except Refused as refusal:
            self._unkept = refusal
            self.refuse(str(refusal))
            return False
        except StoreError as error:
            more = f" and {len(events) - 1} more with it" if len(events) > 1 else ""
            self._unkept = NotSaved(f"NOT SAVED: {self.line(events[-1])}{more}. {error}")
            self.raise_alarm(str(self._unkept))
            return False
        self.pace.kept(events)
        return True

    @property
    def unkept(self) -> OTGroupError:
        """Why the last events are not on the disk, for who asked for them elsewhere than on the board: Refused, or
        NotSaved.
        """
        return self._unkept or NotSaved("nothing was recorded")

    def watch_clock(self) -> None:
        """If the machine's clock was set, keep that and tell the leader at once."""
        moved = self._time.take_moved() if self._time else None
        if not moved:
            return
        event = MachineClockSet(**self.pen.stamp(at=None), seconds=round(moved.total_seconds()))
        self.write(event)
        self.raise_alarm(f"{event.describe(self.state)}. This group's times go on as before, by the clock it had")

    def say_passed(self, minutes: int) -> None:
        """The leader says how many minutes have passed since the last entry of a group that was opened behind it."""
        if self._time:
            self._time.passed_meanwhile(minutes)

    def tell(self, event: Event) -> str:
        """What the log says of an event; it stays so until something is taken back or given away."""
        if self._told_with is not self.state.undone:
            self._told, self._told_with = {}, self.state.undone
        text = self._told.get(event.id)
        if text is None:
            text = self._told[event.id] = event.describe(self.state)
        return text

    def line(self, event: Event) -> str:
        """An event as one line of the log: time, who, what."""
        at = f"{event.at:%H:%M:%S} " if event.at else ""
        return f"{at}{who(event, self.state, self.names)}  {event.describe(self.state)}"

    # --- silence ----------------------------------------------------------------------------------

    @property
    def silence(self) -> Silence | None:
        """The stretch without an entry that reaches until now and is to be asked about, if there is one."""
        return going_on(self.state, self.pen.now())

    def say_silence(self, *, treated: bool) -> bool:
        """Keep what the leader says of the silence until now: treatment or a pause."""
        silence = self.silence
        return silence is None or self.write(*said_of(silence, self.pen, treated=treated))

    def _offer_gap(self) -> None:
        """After the action that ended a silence: ask whether it was treatment after all.

        Beside an action's own strip the offer is its last letter; where there is no room, it waits.
        """
        silence = self._gap
        if silence is None or self.question or self.said:
            return
        span = f"{silence.start:%H:%M}-{silence.end:%H:%M}"
        if self.strip is None:
            self.offer(f"nothing recorded {span}, taken as a pause:", self.answers_to(silence))
        elif len(self.strip.options) < len(LETTERS):
            _, went_on = self.answers_to(silence)[0]
            option = Option(LETTERS[len(self.strip.options)], f"{TREATED} {span}", went_on)
            self.strip = Strip(self.strip.title, (*self.strip.options, option))
        else:
            return
        self._gap = None

    def answers_to(self, silence: Silence) -> list[Choice]:
        """What a strip offers to say of a silence on record."""
        told = {True: "the silence counts as treatment", False: "the silence was a pause"}

        def keep(*, treated: bool) -> None:
            if self.record(*said_of(silence, self.pen, treated=treated)):
                self.say(told[treated])

        return [(TREATED, partial(keep, treated=True)), (PAUSED, partial(keep, treated=False))]

    def settle(self) -> None:
        """After an action: what holds for one key only is over."""
        self._offer_gap()


def _last_touched(state: SessionState) -> PersonId | None:
    """Whoever had the last event, so that a board opens as it stood."""
    for event in reversed(state.log):
        if len(event.participants) == 1 and event.id not in state.undone:
            return state.moved.get(event.id, event.participants[0])
    return None
