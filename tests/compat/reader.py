"""A reader of journals, written from docs/journal.md alone: the standard library, and nothing of OTGroup."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Any

Doc = dict[str, Any]


def tables(content: bytes) -> dict[str, dict[int, Doc]]:
    """The documents of each table, as the last finished update left them. Raises ValueError: the line is damaged."""
    found: dict[str, dict[int, Doc]] = defaultdict(dict)
    lines, tip, update = content.split(b"\n")[:-1], b"", []
    for number, line in enumerate(lines):
        record, tip = line[1:-68], sha256(tip + line[1:-68]).hexdigest().encode()
        if line != b'[%b,"%b"]' % (record, tip):
            if number + 1 == len(lines) and content.endswith(b"\n"):
                break  # an unfinished end
            raise ValueError(number + 1)
        change = json.loads(record)
        if change.get("journal") != "otgroup" if number == 0 else change.get("seq") != number:
            raise ValueError(number + 1)
        update += [change] if number else []
        for whole in () if change.get("more") else update:
            found[whole["table"]][whole["id"]] = whole["doc"]
            if whole["doc"] is None:
                del found[whole["table"]][whole["id"]]
        update = update if change.get("more") else []
    return found


def counting(events: list[Doc], undone: set[str]) -> Iterator[Doc]:
    """The events that count, each with its time and the people whose it is."""
    for e in reversed(events):
        undone |= {e["event"]} if e["kind"] == "undone" and e["id"] not in undone else set()
    given = {e["event"]: [e["to"]] for e in events if e["kind"] == "moved" and e["id"] not in undone}
    for e in events:
        if e["id"] not in undone and e.get("of") not in undone:
            yield e | {"whose": given.get(e.get("of", e["id"]), e.get("participants", [])), "when": moment(e)}


def moment(e: Doc) -> Any:
    return datetime.fromisoformat(e["at"]) if "at" in e else None


def close(spans: list[Any], at: datetime) -> None:
    spans[-1:] = [(a, b or max(a, at)) for a, b in spans[-1:]]


def seconds(spans: list[Any], until: datetime, without: list[Any]) -> float:
    """The time in the spans, up to a moment, that is in none of those taken away: piece by piece."""
    kept, gone = ([(a, min(b or until, until)) for a, b in some] for some in (spans, without))
    pieces = pairwise(sorted({end for span in (*kept, *gone) for end in span}))
    within = lambda piece, some: any(a <= piece[0] and piece[1] <= b for a, b in some)  # noqa: E731
    return sum((p[1] - p[0]).total_seconds() for p in pieces if within(p, kept) and not within(p, gone))


def people_of(content: bytes) -> dict[str, Doc]:
    """What was recorded of each participant, by their id. What was not recorded is missing."""
    events, undone = list(tables(content)["events"].values()), set()
    counted = list(counting(events, undone))
    people: dict[str, Doc] = {}
    pauses, ended = [], None
    for e in counted:
        if e["kind"] == "joined":
            people.setdefault(e["person"]["id"], nothing())
        elif e["kind"] == "group_paused" and not (pauses and pauses[-1][1] is None):
            pauses.append((e["when"], None))
        elif e["kind"] == "group_resumed":
            close(pauses, e["when"])
        elif e["kind"] == "reopened" and ended:
            pauses.insert(len(pauses) - any(b is None for _, b in pauses), (ended, max(ended, e["when"])))
        ended = e["when"] if e["kind"] == "ended" else None if e["kind"] == "reopened" else ended
        for p in (people[who] for who in e["whose"] if who in people):
            happen(p, e, e["when"], events[0]["protocol"].get("grading"))
    until = ended or max(moment(e) for e in events if "at" in e and e["id"] not in undone)
    return {who: told(p, until, pauses) for who, p in people.items()}


def nothing() -> Doc:
    """The record of somebody who is on the board, and no more."""
    lists = {name: [] for name in ("stays", "rests", "pain", "response", "plan", "remark")}
    sums = {"counts": Counter(), "cues": Counter(), "off": 0}
    return lists | sums | {"at": "", "incidents": {}, "level": None, "watched": None, "steady": False}


def happen(p: Doc, e: Doc, at: datetime, ladder: Doc | None) -> None:  # noqa: C901, PLR0912 - one case a kind
    """Change one participant's record by an event."""
    kind = e["kind"]
    if kind in ("arrived", "left") or (kind == "resumed" and p["at"] == "rested"):
        close(p["rests"], at)
        p["at"] = kind.replace("resumed", "arrived")
    if kind == "arrived" and not (p["stays"] and p["stays"][-1][1] is None):
        p["stays"].append((at, None))
    elif kind == "left":
        close(p["stays"], at)
    elif kind == "rested" and p["at"] == "arrived":
        p |= {"at": kind, "rests": p["rests"] if e.get("treated") else [*p["rests"], (at, None)]}
    elif kind in ("absent", "declined"):
        p |= {"at": kind, "stays": [], "rests": []}
    elif kind == "rest_total":
        p["off"] += 60 * e["minutes"]
    elif kind in ("repetition", "set_done"):
        p["counts"][e["measure"], e.get("side")] += e["count"] if kind == "repetition" else e["actual"]
    elif kind == "cue_given":
        p["cues"][e["type"]] += e["count"]
    elif kind == "level_stated":
        p["level"] = e.get("level", p["level"])
    elif kind == "graded":
        begun = e["from"] if e["whose"] == e.get("participants", []) else 0  # a given grade brings its step alone
        level = (begun if p["level"] is None else p["level"]) + e["to"] - e["from"]
        p["level"] = max(ladder["lowest"], min(ladder["highest"], level)) if ladder else level
    elif kind == "balance_incident" or (kind == "balance_detail" and e["of"] in p["incidents"]):
        p["incidents"].setdefault(e.get("of", e["id"]), {"count": 1}).update(e)
    elif kind == "balance_watched":
        watched = e.get("watched", p["watched"])
        p |= {"watched": watched, "steady": (p["steady"] or e.get("steady")) and watched is not False}
    elif kind in ("pain", "response", "plan", "remark"):
        p[kind].append(e["score"] if kind == "pain" else e["text"])
    if kind in ("reason_given", "left", "absent", "declined") and e.get("reason"):
        p["remark"].append(e["reason"])


def told(p: Doc, until: datetime, pauses: list[Any]) -> Doc:
    """The record of a participant; what was not recorded is missing, and 0 incidents only where that was stated."""
    treated = seconds(p["stays"], until, p["rests"] + pauses) - p["off"]
    unsteady, lob, falls = (
        sum(i["count"] for i in p["incidents"].values() if i.get("outcome") == outcome)
        for outcome in ("unsteady", "lob", "fall")
    )
    figures = {
        "minutes": int(max(0, treated) // 60) if p["at"] else None, "counts": p["counts"] or None,
        "cues": p["cues"] or None, "level": p["level"], "balance_watched": p["watched"],
        "unsteady": unsteady if unsteady or p["steady"] else None, "lob": lob if lob or p["watched"] else None,
        "falls": falls or None, "pain": (p["pain"] or [None])[-1],
        "pain_before": p["pain"][0] if len(p["pain"]) > 1 else None, "remarks": p["remark"] or None,
        "response": "; ".join(p["response"]) or None, "plan": "; ".join(p["plan"]) or None,
    }  # fmt: skip
    return {name: value for name, value in figures.items() if value is not None}
