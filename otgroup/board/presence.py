"""Coming and going: arrival, rest, leaving, absence, the group's pauses, one more participant."""

from otgroup.board.desk import Desk
from otgroup.board.labels import board_labels
from otgroup.board.parts import clocks
from otgroup.board.strip import Choice, Question
from otgroup.record.course import GroupPaused, GroupResumed, Joined, Undone
from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.presence import Absent, Arrived, Declined, Left, Rested, Resumed, Whereabouts
from otgroup.record.parts.words import ReasonGiven
from otgroup.record.people import Person
from otgroup.written import clean_text


def rest(desk: Desk) -> None:
    """A rest begins, or is over."""
    targets = desk.targets(resting_too=True)
    if not targets:
        return
    resting = [p.person.id for p in targets if p.presence.now == Whereabouts.RESTING]
    if len(resting) == len(targets):
        desk.record(Resumed(**desk.pen.stamp(*resting)))
        return
    ids = [p.person.id for p in targets if p.person.id not in resting]
    stopped = clocks.endings(desk, [p for p in targets if p.person.id in ids], "rest")
    rested = Rested(**desk.pen.stamp(*ids))
    if desk.record(*stopped, rested):
        whose = desk.name(targets[0]) if len(targets) == 1 else "everyone"

        def treated() -> None:
            desk.replace(rested.id, Rested(**desk.pen.stamp(*ids, at=rested.at), treated=True))

        desk.offer(f"{whose} resting, not treated:", [("treated: monitored or instructed", treated)])


def attendance(desk: Desk) -> None:
    """Arrived, absent, declined, left: the letters stay the same, those that fit are offered."""
    participant = desk.one()
    if participant is None:
        return
    person = participant.person.id

    def came() -> None:
        back = participant.took_part  # who has left and comes back is not late
        desk.record(Arrived(**desk.pen.stamp(person), late=not back))

    def went(event: Event) -> None:
        stopped = clocks.endings(desk, [participant], "left") if isinstance(event, Left) else ()
        if desk.record(*stopped, event):
            _ask_why(desk, participant, event)

    choices: list[Choice] = [
        ("arrived", came),
        ("absent", lambda: went(Absent(**desk.pen.stamp(person)))),
        ("declined", lambda: went(Declined(**desk.pen.stamp(person)))),
        ("left", lambda: went(Left(**desk.pen.stamp(person)))),
        ("not here yet", lambda: _not_here_yet(desk, participant)),
    ]
    desk.offer(f"{desk.name(participant)}:", choices)


def _ask_why(desk: Desk, participant: Participant, event: Event) -> None:
    """The reason, typed at once; none is needed."""

    def keep(text: str) -> None:
        if reason := clean_text(text, "reason"):
            desk.record(ReasonGiven(**desk.pen.stamp(participant.person.id), of=event.id, reason=reason))

    prompt = f"{desk.name(participant)} {event.kind}, because (Enter: no reason):"
    desk.ask(Question(prompt, keep, words=True))


def _not_here_yet(desk: Desk, participant: Participant) -> None:
    """Take the arrival back: they were put down as here with the others."""
    arrivals = [
        e
        for e in desk.state.log
        if isinstance(e, Arrived) and e.participants == (participant.person.id,) and e.id not in desk.state.undone
    ]
    if not arrivals or participant.has_findings:
        desk.refuse(f"{desk.name(participant)} has a record in this group: use left, or undo it first")
        return
    desk.record(Undone(**desk.pen.stamp(), event=arrivals[-1].id))


def pause(desk: Desk) -> None:
    """The leader is called away, or comes back."""
    kind = GroupResumed if desk.state.paused else GroupPaused
    if desk.record(kind(**desk.pen.stamp())):
        desk.say("the group goes on" if kind is GroupResumed else "the group is paused: z goes on")


def add(desk: Desk, person: Person) -> None:
    """One more participant, late: the next number is theirs."""
    number = 1 + max((p.number for p in desk.state.board), default=0)
    joined = Joined(**desk.pen.stamp(person.id), person=person, number=number)
    if desk.record(joined):
        desk.names = board_labels(desk.state)
        desk.record(Arrived(**desk.pen.stamp(person.id), late=True))
        desk.chosen = person.id
