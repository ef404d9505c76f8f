"""What stands on a card, a header and a log line: values in, rows out. Knows no screen."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from otgroup.board import measures
from otgroup.board.actions import footer_actions, shown_key
from otgroup.board.desk import Desk
from otgroup.board.labels import who
from otgroup.board.measure_keys import CardView
from otgroup.board.parts.balance import fallen
from otgroup.board.parts.clocks import flash, rings_of, waiting
from otgroup.board.strip import Question
from otgroup.record.event import Event
from otgroup.record.participant import Participant
from otgroup.record.parts.balance import Outcome
from otgroup.record.parts.cues import Cue
from otgroup.record.parts.help import assistance_text
from otgroup.record.parts.presence import Whereabouts
from otgroup.record.protocol import Protocol
from otgroup.record.spans import Span, covered_s
from otgroup.record.state import SessionState
from otgroup.record.wording import level_text
from otgroup.ui.board.linetext import typed_row
from otgroup.ui.parts.lines import Row, cut, fit, row_width

LEAST_TITLE = 16
NARROW = 30
"""Cells inside a card below which sides are told by their first letter."""

QUIET_S = 180
"""After this many seconds without an event a participant is marked."""

CUE_LETTERS = {
    Cue.VERBAL: "V",
    Cue.TACTILE: "T",
    Cue.VISUAL: "I",
    Cue.GESTURAL: "G",
    Cue.DEMONSTRATION: "D",
    Cue.PHYSICAL: "P",
}
_FRAMES = {False: "┌─┐│└┘", True: "┏━┓┃┗┛"}


class Frame(NamedTuple):
    """How large a card is, and the moment it shows."""

    width: int
    height: int
    now: datetime


def card_rows(participant: Participant, desk: Desk, size: Frame, extra: tuple[Row, ...] = ()) -> tuple[Row, ...]:
    """A card: frame with name, level and last event; inside counts, care, course and, with room, `extra`."""
    width, height, now = size
    chosen = participant.person.id == desk.chosen or (desk.everyone and participant.here)
    left_top, line, right_top, side, left_bottom, right_bottom = tuple(_FRAMES[chosen])
    rings = any(rings_of(participant, desk.state, now))
    frame = flash(now) if rings else "accent" if chosen else "dim"
    name: Row = ((f"{left_top} ", frame), (f"{participant.number} {desk.name(participant)} ", "strong"))
    level: Row = (
        (" TIME! ", frame) if rings else ("", frame),
        (f" {_level(participant)} ", "strong"),
        (f"{line}{right_top}", frame),
    )
    counts = _count_rows(participant, desk, width - 4)
    told = _inside(participant, desk, Frame(width - 4, height, now), counts[0] if counts else ())
    inside = [((f"{side} ", frame), *row, (f" {side}", frame)) for row in told]
    further = (*counts[1:], *_further_rows(participant, desk, now), *extra)
    inside += [((f"{side} ", frame), *fit(row, (), width - 4), (f" {side}", frame)) for row in further]
    inside += [((side, frame), (" " * (width - 2), "plain"), (side, frame))] * height
    last = cut(((f" {_last(participant, desk)} ", "dim"),), width - 4)
    bottom: Row = (*last, (f"{line}{right_bottom}", frame))
    return (
        fit(name, level, width, line, frame),
        *inside[: height - 2],
        fit(((left_bottom, frame),), bottom, width, line, frame),
    )


def _level(participant: Participant) -> str:
    level = participant.grading.level or 0
    sign = "▲" if level > 0 else "▼" if level < 0 else "●"
    return f"{sign} {level_text(level)}"


def _last(participant: Participant, desk: Desk) -> str:
    last = participant.last
    if last is None or last.at is None:
        return ""
    return f"{desk.tell(last)} {last.at:%H:%M}"


def _inside(participant: Participant, desk: Desk, size: Frame, counts: Row) -> tuple[Row, Row, Row]:
    state, width, now = desk.state, size.width, size.now
    cues = " ".join(f"{CUE_LETTERS[kind]}{count}" for kind, count in participant.cues.by_type.items())
    worked = f"{participant.presence.minutes(state.elapsed(state.until(now)))} min" if participant.took_part else ""
    given = cut(((f" {cues}", "plain"),), max(0, width - row_width(counts)))  # no count is cut for a cue
    return (
        fit(counts, given, width),
        fit(_care(participant, state), ((f" {worked}", "dim"),), width),
        fit(_course(participant, desk, now), _quiet(participant, state, now), width),
    )


# --- counts --------------------------------------------------------------------------------------


def _further_rows(participant: Participant, desk: Desk, now: datetime) -> tuple[Row, ...]:
    """What is in force, where the course of a clock or an attempt has its place and the card is high enough."""
    busy = participant.grading.in_force and measures.under_way(participant, desk, now)
    return (_in_force(participant, desk.state),) if busy else ()


def _count_rows(participant: Participant, desk: Desk, width: int) -> tuple[Row, ...]:
    """The figures of the measures in as few rows as hold them, the measure in use first."""
    if not participant.here and not participant.took_part:
        return (((str(participant.presence.now), "warn"),),)
    ordered = sorted(desk.state.protocol.measures, key=lambda m: m.id != desk.measure)
    view = CardView(desk.state, narrow=width < NARROW)
    told = (measures.figures(m, participant, view._replace(in_use=m.id == desk.measure)) for m in ordered)
    return tuple(_wrapped([(*row, ("  ", "plain")) for row in told if row], width))


# --- care ----------------------------------------------------------------------------------------


def _care(participant: Participant, state: SessionState) -> Row:
    """Assistance, balance, difficulty."""
    parts: list[tuple[str, str]] = []
    if assistance := participant.help.assistance[-1:]:
        parts.append((assistance_text(assistance[0].level, assistance[0].helpers, state.scales), "strong"))
    for outcome, text in ((Outcome.FALL, "FALL"), (Outcome.LOB, "LOB"), (Outcome.UNSTEADY, "unsteady")):
        if count := participant.balance.count(outcome):
            sign = "" if outcome == Outcome.UNSTEADY else " !"
            parts.append((f"{text} {count}{sign}", "alarm" if outcome == Outcome.FALL else "warn"))
    if participant.balance.open_incident:
        parts.append(("balance ?", "warn"))
    if participant.balance.watched:
        parts.append(("watched", "dim"))
    elif state.protocol.watch_balance and participant.balance.watched is None and participant.here:
        parts.append(("watched? c", "dim"))
    return tuple(part for found in parts for part in (found, ("  ", "plain")))


# --- course --------------------------------------------------------------------------------------


def _course(participant: Participant, desk: Desk, now: datetime) -> Row:
    """What is under way: a clock, an attempt, a rest; else the strategies in force."""
    state = desk.state
    if participant.presence.now == Whereabouts.RESTING:
        rests = (*participant.presence.untreated_rests, *participant.presence.treated_rests)
        since = max((r.start for r in rests if r.end is None), default=now)
        return ((f"resting since {since:%H:%M}", "warn"),)
    if (
        participant.presence.now == Whereabouts.LEFT
        and participant.presence.stays
        and participant.presence.stays[-1].end
    ):
        return ((f"left {participant.presence.stays[-1].end:%H:%M}", "warn"),)
    return measures.under_way(participant, desk, now) or _in_force(participant, state)


def _in_force(participant: Participant, state: SessionState) -> Row:
    texts = {s.id: s.text for s in state.protocol.strategies}
    return ((", ".join(texts.get(s, s) for s in participant.grading.in_force), "dim"),)


def _quiet(participant: Participant, state: SessionState, now: datetime) -> Row:
    last = participant.last.at if participant.last else None
    if participant.presence.now != Whereabouts.HERE or last is None or state.paused or state.ended_at:
        return ()
    silent = (now - last).total_seconds()
    return ((f" quiet {int(silent // 60)} min …", "warn"),) if silent >= QUIET_S else ()


def extra_rows(participant: Participant, group: str, earlier: SessionState | None) -> tuple[Row, ...]:
    """What stands on a card where there is room: last time's figures, precautions, goals."""
    person = participant.person
    told = {"!": person.precautions, "for": person.link(group).goals or person.goals}
    rows = (((f"{sign} {'; '.join(texts)}", "dim"),) for sign, texts in told.items() if texts)
    return tuple(row for row in (_last_time(participant, earlier), *rows) if row)


def _last_time(participant: Participant, earlier: SessionState | None) -> Row:
    then = earlier.participants.get(participant.person.id) if earlier else None
    if then is None or earlier is None:
        return ()
    figures = [
        part
        for m in earlier.protocol.measures
        for part in (*measures.figures(m, then, CardView(earlier)), ("  ", "dim"))
    ]
    cues = " ".join(f"{CUE_LETTERS[kind]}{count}" for kind, count in then.cues.by_type.items())
    words = "".join(text for text, _ in figures)
    return ((f"{earlier.started_at.day} {earlier.started_at:%b}: {words}{cues}", "dim"),)


# --- around the cards ----------------------------------------------------------------------------


def header_row(desk: Desk, now: datetime, width: int) -> Row:
    """Group, day, leader; what is counted if not the main thing, time without pauses, who is here."""
    state = desk.state
    here = sum(p.here for p in state.board)
    elapsed = int(covered_s((Span(state.started_at),), state.until(now), state.pauses))
    clock = f"{elapsed // 3600:02d}:{elapsed // 60 % 60:02d}:{elapsed % 60:02d}"
    paused: Row = ((" PAUSED, z goes on ", "alarm"),) if state.paused else ()
    counting = "" if desk.measure == state.protocol.main_measure.id else f"  counting {desk.measure}"
    right: Row = (*paused, (f"{counting}  {clock}   {here} here ", "bar"))
    who_when = f" · {weekday_text(state.started_at)} · {state.leader}"
    room = width - row_width(right) - row_width(((who_when, ""),))
    title = cut(((f" {state.protocol.title}", "bar"),), max(LEAST_TITLE, room))
    return fit((*title, (who_when, "bar")), right, width, fill_style="bar")


def weekday_text(moment: datetime) -> str:
    """Tue 24 Nov."""
    return f"{moment:%a} {moment.day} {moment:%b}"


def log_rows(desk: Desk, width: int, height: int) -> tuple[Row, ...]:
    """The latest events, newest first; undone ones struck through."""
    state = desk.state
    told: list[Row] = []
    for event in reversed(state.log):
        if len(told) >= height:
            break
        if event.in_log:
            told.append(_log_row(event, desk, width, newest=not told))
    return tuple(told)


def _log_row(event: Event, desk: Desk, width: int, *, newest: bool) -> Row:
    state = desk.state
    at = f" {event.at:%H:%M:%S} " if event.at else " " * 10
    name = who(event, state, desk.names)
    struck = event.id in state.undone
    words: Row = (
        ((f"{at}{name}  {desk.tell(event)}", "struck"),)
        if struck
        else ((at, "dim"), (name, "strong"), (f"  {desk.tell(event)}", "plain"))
    )
    return fit(words, (("  u undo ", "dim"),) if newest else (), width)


def foot_rows(desk: Desk, width: int, height: int, footer: Row) -> tuple[Row, ...]:
    """Everything below the cards: the log, and under it what a key will do now, else the footer."""
    alarm, offer = _alarm_rows(desk, width), _offer_rows(desk, width, footer)
    if alarm and (desk.question or desk.strip or desk.said):
        alarm = alarm[:1]  # what a key means now has to be seen too
    room = max(1, height - len(alarm))
    offer = offer[-room:] if desk.question else offer[:room]  # a line that is typed is seen, whatever else is
    above = [*alarm, *_fall_rows(desk, width), *_ring_rows(desk, width)][: max(0, height - len(offer))]
    log = log_rows(desk, width, height - len(above) - len(offer))
    blank: Row = ((" " * width, "plain"),)
    return (*log, *[blank] * (height - len(log) - len(above) - len(offer)), *above, *offer)


def _alarm_rows(desk: Desk, width: int) -> list[Row]:
    """What waits for the leader's Enter: the latest alarm, and how many there are."""
    if not desk.alarm:
        return []
    more = f" 1 of {len(desk.alarms)}" if len(desk.alarms) > 1 else ""
    seen: Row = ((f"{more} Enter: seen ", "alarm"),)
    rows = _wrapped(_words(desk.alarm, "alarm"), width - row_width(seen))
    return [fit(row, () if n else seen, width, fill_style="alarm") for n, row in enumerate(rows)]


def _fall_rows(desk: Desk, width: int) -> list[Row]:
    """Who fell and their precautions, as long as the group pauses for it (the header says how it goes on)."""
    participant = fallen(desk)
    if participant is None:
        return []
    known = "; ".join(participant.person.precautions) or "none recorded"
    told = f"FALL, {desk.name(participant)} · precautions: {known}"
    return [fit(row, (), width, fill_style="alarm") for row in _wrapped(_words(told, "alarm"), width)]


def _ring_rows(desk: Desk, width: int) -> list[Row]:
    """Whose clocks wait for an answer, the next one first; not while a line is typed."""
    rings = waiting(desk)
    if not rings or desk.question:
        return []
    whose = ", ".join(f"{ring.participant.number} {desk.name(ring.participant)}" for ring in rings)
    now = desk.pen.now()
    return [fit(((f" TIME! {whose}", flash(now)),), ((" w done, a letter says otherwise ", "accent"),), width)]


def _offer_rows(desk: Desk, width: int, footer: Row) -> list[Row]:
    """A line to type, a strip, a message, else the most used keys."""
    if desk.question:
        return _question_rows(desk, desk.question, width)
    if desk.strip:
        options: list[Row] = [((f" {o.letter}", "accent"), (f" {o.label} ", "plain")) for o in desk.strip.options]
        return [fit(row, (), width) for row in _wrapped([((f" {desk.strip.title} ", "strong"),), *options], width)]
    if desk.said:
        return [fit(row, (), width) for row in _wrapped(_words(desk.said, "warn"), width)]
    return [footer]


def _question_rows(desk: Desk, question: Question, width: int) -> list[Row]:
    """What is asked, or why it is asked again; the usual answers, the one that is meant marked; the typed line."""
    asked = _words(desk.said or question.prompt, "warn" if desk.said else "accent")
    typed = desk.typed.text.strip().lower()
    usual: list[Row] = [
        ((f" {letter}", "accent"), (f" {answer} ", "strong" if letter == typed else "plain"))
        for letter, answer in question.lettered
    ]
    told = [*asked, *usual, ((" Enter", "dim"),)] if usual else asked
    return [*(fit(row, (), width) for row in _wrapped(told, width)), typed_row(desk.typed, width)]


def _words(text: str, style: str) -> list[Row]:
    return [((f" {word}", style),) for word in text.split()]


def _wrapped(pieces: list[Row], width: int) -> list[Row]:
    """Pieces put into as few rows as hold them; none is broken."""
    rows: list[Row] = []
    for piece in pieces:
        if rows and row_width(rows[-1]) + row_width(piece) <= width:
            rows[-1] = (*rows[-1], *piece)
        else:
            rows.append(piece)
    return rows


def footer_row(protocol: Protocol, width: int, keys: Mapping[str, tuple[str, ...]]) -> Row:
    """The most used keys of a group."""
    parts: list[tuple[str, str]] = []
    for action in footer_actions(protocol):
        key = shown_key(keys.get(action.id, action.keys)[0])
        parts += [(f" {key}", "accent"), (f" {action.label} ", "dim")]
    return fit(tuple(parts), (), width)
