"""What something costs beside the bare work it cannot do without."""

import time
from collections.abc import Callable
from statistics import median

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from otgroup.notes.english.grammar import FILTERS
from otgroup.notes.english.phrases import PHRASES
from tests.strategies import load_template


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(ours: Callable[[], object], bare: Callable[[], object], rounds: int) -> float:
    """Medians of both, taken in turn so that a busy machine slows both."""
    pairs = [(seconds(ours), seconds(bare)) for _ in range(rounds)]
    return median(a for a, _ in pairs) / median(b for _, b in pairs)


def bare_environment() -> ImmutableSandboxedEnvironment:
    env = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load_template), undefined=StrictUndefined, autoescape=False, auto_reload=False
    )
    env.filters.update({**FILTERS, **PHRASES})
    return env
