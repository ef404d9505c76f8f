"""Random groups: any measures, several of a kind, with cues of their own and a ladder or none."""

import json

from hypothesis import strategies as st

from otgroup.group.group_file import parse
from otgroup.record.participant import MEASURE_KINDS
from otgroup.record.protocol import Protocol

CUES = ("verbal", "tactile", "visual", "gestural", "demonstration", "physical")
NOUNS = ("reach", "throw", "stretch", "round", "knock", "squeeze", "press", "march", "turn", "lift")
LADDER = """
[grading]
lowest = -2
highest = 2
harder = [{ id = "foam", text = "standing on foam" }]
easier = [{ id = "chair", text = "holding a chair" }]
"""


@st.composite
def keys_of(draw: st.DrawFn, kind: str, *, named: str) -> str:
    """One measure of a kind, as a group file writes it."""
    own = [f'id = "{named}_id"', f'kind = "{kind}"', f'one = "{named}"', f'many = "{named}es"']
    sided = draw(st.booleans())
    if kind in ("count", "interval") and sided:
        own.append('sides = ["left", "right"]')
    if kind == "trial":
        own += [f"parts = {draw(st.integers(2, 9))}", 'part = "detail"']
        own += [f"images = {draw(st.integers(2, 9))}"] if draw(st.booleans()) else []
    if kind in ("interval", "stopwatch"):
        own.append(f"target_s = {draw(st.integers(30, 300))}")
    if kind == "value":
        own += ['unit = "cm"'] if draw(st.booleans()) else []
        own += ["lowest = 1.0", "highest = 90.0"] if draw(st.booleans()) else []
    if kind == "checklist":
        names = ("kettle", "stir", "timer", "serve")[: draw(st.integers(1, 4))]
        items = ", ".join(f'{{ id = "{name}", text = "{name} it" }}' for name in names)
        own.append(f"items = [{items}]")
    return f"{{ {', '.join(own)} }}"


@st.composite
def groups(draw: st.DrawFn) -> Protocol:
    """A group with any measures, several of a kind; its own cues; a ladder or none."""
    kinds = sorted(str(kind.__struct_config__.tag) for kind in MEASURE_KINDS)
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=6))
    measures = [draw(keys_of(kind, named=noun)) for kind, noun in zip(chosen, NOUNS, strict=False)]
    cues = draw(st.lists(st.sampled_from(CUES), min_size=1, unique=True))
    text = f"""
schema = 1
id = "any"
title = "Any group"
area = "standing balance"
activity = "a little of everything"
purposes = ["rhythm"]
cues = {json.dumps(cues)}
measures = [{", ".join(measures)}]
{LADDER if draw(st.booleans()) else ""}
"""
    return parse(text, source="any.toml")
