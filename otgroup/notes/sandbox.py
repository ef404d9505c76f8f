"""The environment templates run in: nothing may be changed, nothing left unfilled, nothing run away."""

import re
from collections.abc import Callable
from itertools import count
from typing import Any, Final

from jinja2 import FunctionLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from otgroup.notes.grammar import FILTERS
from otgroup.notes.phrases import PHRASES

MARK: Final = "\x1e"
"""Before each section's name in what a template gives; no recorded text can hold it."""
NAME_END: Final = "\x1f"
PARAGRAPH: Final = "\x1d"
"""Where a format's source has a blank line inside a block; blank lines that a macro leaves do not count."""

_BLANK: Final = re.compile(r"\n[^\S\n]*\n")
_MOST_ROUNDS: Final = 20_000
_MOST_LETTERS: Final = 100_000
_TOO_MUCH: Final = frozenset(
    {"center", "slice", "batch", "indent", "wordwrap", "pprint", "xmlattr", "tojson", "format"}
)
"""Filters of Jinja2 that can fill the memory, or that a note has no use for."""


class NoteEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose blocks mark where they begin, and whose loops and macros count their rounds."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, load: Callable[[str], str | None]) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _named(name, load(name))),
            undefined=StrictUndefined,
            autoescape=False,
            finalize=_filled,
            auto_reload=False,
        )
        self.filters = {name: use for name, use in self.filters.items() if name not in _TOO_MUCH}
        self.filters.update({**FILTERS, **PHRASES})
        self.globals = {"range": _short_range}
        self._rounds = count(1)

    def begin(self) -> None:
        """Start counting rounds anew: one note, one budget."""
        self._rounds = count(1)

    def tick(self) -> None:
        """Count one round of a loop or one call of a macro."""
        if next(self._rounds) > _MOST_ROUNDS:
            raise SecurityError(f"it goes round more than {_MOST_ROUNDS} times: shorten its loops")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic that could fill the memory is only for plain small numbers."""
        small = all(isinstance(x, int | float) and abs(x) < _MOST_LETTERS for x in (left, right))
        if not small or (operator == "**" and abs(right) > 8):
            raise SecurityError(f'"{operator}" is only for small numbers')
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for block in tree.find_all(nodes.Block):
            for data in block.find_all(nodes.TemplateData):
                data.data = _BLANK.sub(PARAGRAPH, data.data)
            block.body.insert(0, _text(f"{MARK}{block.name}{NAME_END}", block.lineno))
        for body, line in _repeated(tree):
            body.insert(0, _ticks(line))
        return tree


def _short_range(*bounds: int) -> range:
    """The numbers a note may count through."""
    numbers = range(*bounds)
    if len(numbers) > 1000:
        raise SecurityError("range: more than 1000 numbers, shorten it")
    return numbers


def _named(name: str, text: str | None) -> tuple[str, str, Callable[[], bool]] | None:
    """A template's text under its own name, so that an error can say where it is."""
    return None if text is None else (text, name, lambda: True)


def _filled(value: object) -> object:
    if value is None:
        raise UndefinedError("a value was not recorded: ask for it first with {% if ... %}")
    return value


def _repeated(tree: nodes.Template) -> list[tuple[list[nodes.Node], int]]:
    """The bodies that may run more than once, and their lines."""
    found = [(n.body, n.lineno) for n in tree.find_all(nodes.For)]
    found += [(n.body, n.lineno) for n in tree.find_all(nodes.Macro)]
    return found + [(n.body, n.lineno) for n in tree.find_all(nodes.CallBlock)]


def _text(text: str, line: int) -> nodes.Output:
    return nodes.Output([nodes.TemplateData(text)], lineno=line)


def _ticks(line: int) -> nodes.ExprStmt:
    call = nodes.Call(nodes.EnvironmentAttribute("tick"), [], [], None, None)
    return nodes.ExprStmt(call, lineno=line)
