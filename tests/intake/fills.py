"""Random filled tally rows, each with the JSON record that must come of it."""

from typing import Any

from hypothesis import strategies as st

from otgroup.record.parts.checklist import OUTCOMES, ChecklistMeasure
from otgroup.record.parts.clocks import IntervalMeasure, StopwatchMeasure
from otgroup.record.parts.counts import CountMeasure
from otgroup.record.parts.trials import TrialMeasure
from otgroup.record.parts.values import ValueMeasure
from otgroup.record.protocol import AnyMeasure, Protocol
from otgroup.record.scales import DEFAULT_SCALES

Cells = dict[str, str]
Record = dict[str, Any]
Draw = st.DrawFn

COUNTS = st.integers(0, 300)
WORDS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], codec="utf-8"), min_size=1, max_size=40)


def maybe(draw: Draw, values: st.SearchStrategy[Any]) -> Any:
    return draw(st.none() | values)


@st.composite
def rows(draw: Draw, protocol: Protocol) -> tuple[Cells, Record]:
    """One row's cells and its record, for a session from 10:00 to 11:00."""
    attendance = draw(st.sampled_from(["present", "late", "left_early", "absent", "declined", ""]))
    if not attendance:
        return {}, {}
    cells: Cells = {"attendance": attendance}
    record: Record = {"attendance": attendance, "minutes": 0}
    if attendance in ("absent", "declined"):
        words(draw, cells, record, ("remark",))
        return cells, record
    presence(draw, attendance, cells, record)
    for measure in protocol.measures:
        value = measured(draw, measure, cells, 60 * record["minutes"])
        if value is not None:
            record.setdefault("measures", {})[measure.id] = value
    possible(protocol, cells, record)
    for cue in protocol.cues:
        if (count := maybe(draw, COUNTS)) is not None:
            cells[f"cues_{cue}"] = str(count)
            record.setdefault("cues", {})[cue] = count
    level(draw, protocol, cells, record)
    balance(draw, cells, record)
    ratings(draw, cells, record)
    words(draw, cells, record, ("response", "plan", "remark"))
    return cells, record


def possible(protocol: Protocol, cells: Cells, record: Record) -> None:
    """No more of anything than there was: what it is a part of is left out where it is less."""
    found = record.get("measures", {})
    for measure in protocol.measures:
        whole = getattr(measure, "of", None)
        if whole in found and measure.id in found and total(found[measure.id]) > total(found[whole]):
            del found[whole]
            for column in protocol.measure(whole).columns:
                cells.pop(column, None)


def total(value: Any) -> int:
    return sum(value.values()) if isinstance(value, dict) else int(value)


def presence(draw: Draw, attendance: str, cells: Cells, record: Record) -> None:
    start, end = 0, 60
    if attendance == "late" or draw(st.booleans()):
        start = draw(st.integers(0, 30))
        cells["arrived"] = record["arrived"] = clock(start)
    if attendance == "left_early":
        end = draw(st.integers(30, 60))
        cells["left"] = record["left"] = clock(end)
    rest = maybe(draw, st.integers(0, end - start))
    if rest is not None:
        cells["rest_minutes"], record["rest_minutes"] = str(rest), rest
    record["minutes"] = end - start - (rest or 0)


def clock(minute: int) -> str:
    return f"{10 + minute // 60}:{minute % 60:02d}"


def measured(draw: Draw, measure: AnyMeasure, cells: Cells, there_s: int) -> Any:  # noqa: PLR0911 - one for each kind
    match measure:
        case CountMeasure():
            return counted(draw, measure, cells)
        case TrialMeasure():
            return attempts(draw, measure, cells) or None
        case IntervalMeasure():
            return intervals(draw, measure, cells, there_s) or None
        case StopwatchMeasure():
            seconds = maybe(draw, st.integers(1, there_s)) if there_s else None
            if seconds is None:
                return None
            cells[measure.id] = f"{seconds // 60}:{seconds % 60:02d}"
            return [{"seconds": seconds}]
        case ChecklistMeasure():
            return ticked(draw, measure, cells) or None
        case ValueMeasure():
            lowest, highest = int(measure.lowest or 0), int(measure.highest or 100)
            value = maybe(draw, st.integers(lowest, highest))
            cells |= {} if value is None else {measure.id: str(value)}
            return value


def counted(draw: Draw, measure: CountMeasure, cells: Cells) -> Any:
    if not measure.sides:
        count = maybe(draw, COUNTS)
        cells |= {} if count is None else {measure.id: str(count)}
        return count
    counts = {side: count for side in measure.sides if (count := maybe(draw, COUNTS)) is not None}
    cells |= {f"{measure.id}_{side}": str(count) for side, count in counts.items()}
    return counts or None


def attempts(draw: Draw, measure: TrialMeasure, cells: Cells) -> list[Record]:
    found = []
    for place in range(1, 10):
        recalled = maybe(draw, st.integers(0, measure.parts))
        if recalled is None:
            continue
        cells[f"{measure.id}_{place}"] = str(recalled)
        attempt = {"recalled": recalled, "of": measure.parts}
        if measure.images and (image := maybe(draw, st.integers(1, measure.images))):
            cells[f"{measure.id}_image_{place}"] = str(image)
            attempt["image"] = image
        found.append(attempt)
    return found


def intervals(draw: Draw, measure: IntervalMeasure, cells: Cells, there_s: int) -> list[Record]:
    found: list[Record] = []
    for place in range(1, 10):
        left_s = there_s - sum(bout["seconds"] for bout in found)
        seconds = maybe(draw, st.integers(1, min(600, left_s))) if left_s else None
        if seconds is None:
            continue
        cells[f"{measure.id}_{place}"] = f"{seconds // 60}:{seconds % 60:02d}"
        bout: Record = {"seconds": seconds}
        if measure.sides and (side := maybe(draw, st.sampled_from(measure.sides))):
            cells[f"{measure.id}_side_{place}"] = side.upper()
            bout["side"] = side
        found.append(bout)
    return found


def ticked(draw: Draw, measure: ChecklistMeasure, cells: Cells) -> list[Record]:
    found = []
    for item in measure.items:
        outcome = maybe(draw, st.sampled_from(OUTCOMES))
        if outcome is None:
            continue
        cells[f"{measure.id}_{item.id}"] = outcome
        entry: Record = {"item": item.id, "outcome": outcome}
        if (cues := maybe(draw, COUNTS)) is not None:
            cells[f"{measure.id}_{item.id}_cues"] = str(cues)
            entry["cues"] = cues
        found.append(entry)
    return found


def level(draw: Draw, protocol: Protocol, cells: Cells, record: Record) -> None:
    ladder = protocol.grading
    if ladder is None:
        return
    levels = st.integers(ladder.lowest, ladder.highest)
    start, end = maybe(draw, levels), maybe(draw, levels)
    free = [s for s in protocol.strategies if not s.excludes]
    used = draw(st.lists(st.sampled_from(free), unique=True, max_size=2)) if free else []
    ids = [s.id for s in used if not any(s.id in other.excludes for other in protocol.strategies)]
    cells["strategies"] = ";".join(ids)
    cells["level_start"] = "" if start is None else str(start)
    cells["level_end"] = "" if end is None else f"{end:+d}"
    if ids:
        record["strategies"] = ids
    reached = start if end is None else end
    if reached is not None:
        record["level"] = reached
    if start is not None and end is not None and start != end:
        way = "harder" if end > start else "easier"
        own = [s for s in ids if protocol.direction_of(s) == way]
        strategy = {"strategy": ";".join(own)} if own else {}
        if ids:
            record["strategies"] = [*(s for s in ids if s not in own), *own]
        record["grading"] = [{"from": start, "to": end, **strategy}]


def balance(draw: Draw, cells: Cells, record: Record) -> None:
    unsteady, lob = maybe(draw, st.integers(0, 5)), maybe(draw, st.integers(0, 5))
    watched = maybe(draw, st.sampled_from(["yes"] if 0 in (lob, unsteady) else ["yes", "no"]))
    for column, value in (("unsteady", unsteady), ("lob", lob), ("balance_watched", watched)):
        cells |= {} if value is None else {column: str(value)}
    if unsteady is not None:
        record["unsteady"] = unsteady
    if watched or lob == 0:
        record["balance_watched"] = watched != "no"
    if lob is not None or record.get("balance_watched"):
        record["lob"] = lob or 0


def ratings(draw: Draw, cells: Cells, record: Record) -> None:
    if assistance := maybe(draw, st.sampled_from(DEFAULT_SCALES.assistance)):
        helpers = draw(st.integers(1, 3))
        times = f" x {helpers}" if helpers > 1 else ""
        written = draw(st.sampled_from([assistance.short, assistance.long, assistance.long.upper(), assistance.id]))
        cells["assistance"], record["assistance"] = written + times, assistance.short + times
    for column in ("difficulty", "difficulty_directions"):
        if word := maybe(draw, st.sampled_from(["minimal", "moderate", "maximal"])):
            cells[column] = record[column] = word
    before, after = maybe(draw, st.integers(0, 10)), maybe(draw, st.integers(0, 10))
    cells["pain_before"] = "" if before is None else str(before)
    cells["pain"] = "" if after is None else str(after)
    if before is not None and after is not None:
        record["pain_before"] = before
    if before is not None or after is not None:
        record["pain"] = before if after is None else after
    if (effort := maybe(draw, st.integers(0, 20))) is not None:
        record["rpe"] = effort / 2
        cells["rpe"] = str(effort / 2)


def words(draw: Draw, cells: Cells, record: Record, columns: tuple[str, ...]) -> None:
    for column in columns:
        text = (maybe(draw, WORDS) or "").strip()
        if text:
            cells[column] = text
            record["remarks" if column == "remark" else column] = [text] if column == "remark" else text
