"""The environment templates run in: nothing may be changed, nothing left unfilled, nothing run away."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, Final, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment

from otgroup.characters import is_hidden
from otgroup.notes.english.grammar import FILTERS
from otgroup.notes.english.phrases import PHRASES

MARK: Final = "\x1e"
"""Before each section's name in what a template gives; no recorded text can hold it."""
NAME_END: Final = "\x1f"
PARAGRAPH: Final = "\x1d"
"""Where a format's source has a blank line inside a block; blank lines that a macro leaves do not count."""

_BLANK: Final = re.compile(r"\n[^\S\n]*\n")
_MOST_DEEP: Final = 12
_MOST_ROUNDS: Final = 20_000
_MOST_LETTERS: Final = 100_000
_TOO_MUCH: Final = frozenset(
    {"center", "slice", "batch", "indent", "wordwrap", "pprint", "xmlattr", "tojson", "format"}
)
"""Filters of Jinja2 that can fill the memory, or that a note has no use for."""


_GROWING: Final = frozenset(
    {"format", "format_map", "ljust", "rjust", "center", "zfill", "expandtabs", "replace", "join", "translate"}
)
"""Methods of texts that can fill the memory; the filters replace and join are there for what a note needs."""


class _Generator(CodeGenerator):
    """Compiles `~` to a call that looks at how long the text becomes."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja2 finds it by this name
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class NoteEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose blocks mark where they begin, and whose loops, macros and letters are counted."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})
    code_generator_class = _Generator

    def __init__(self, load: Callable[[str], str | None]) -> None:
        super().__init__(
            loader=FunctionLoader(lambda name: _named(name, load(name))),
            undefined=StrictUndefined,
            autoescape=False,
            finalize=self._counted,
            auto_reload=False,
        )
        self.filters = {name: use for name, use in self.filters.items() if name not in _TOO_MUCH}
        self.filters.update({**FILTERS, **PHRASES, "replace": _replaced})
        self.globals = {"range": _short_range}
        self._rounds = count(1)
        self._letters = 0

    def begin(self) -> None:
        """Start counting anew: one note, one budget."""
        self._rounds, self._letters = count(1), 0

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Only what leaves a text about as long as it is."""
        return not (isinstance(obj, str) and attr in _GROWING) and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Jinja2 has a safe `format` of its own, which knows no end either."""

    def joined(self, parts: Sequence[object]) -> str:
        """Texts one behind another."""
        _refuse_long(sum(len(str(part)) for part in parts))
        return markup_join(parts) if self.autoescape else str_join(parts)

    def _counted(self, value: object) -> object:
        """A value that is shown; all of them together have an end, wherever they are shown."""
        self._letters += len(value) if isinstance(value, str) else 0
        _refuse_long(self._letters // 10)
        return _filled(value)

    def tick(self) -> None:
        """Count one round of a loop or one call of a macro."""
        if next(self._rounds) > _MOST_ROUNDS:
            raise SecurityError(f"it goes round more than {_MOST_ROUNDS} times: shorten its loops")

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic that could fill the memory is only for plain small numbers; `+` joins short texts and lists."""
        if operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
            _refuse_long(len(left) + len(right))
            return super().call_binop(context, operator, left, right)
        small = all(isinstance(x, int | float) and abs(x) < _MOST_LETTERS for x in (left, right))
        if not small or (operator == "**" and abs(right) > 8):
            raise SecurityError(f'"{operator}" is only for small numbers')
        return super().call_binop(context, operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if fault := next(_faults(tree), None):
            raise TemplateSyntaxError(fault.what, fault.line, name, filename)
        for block in tree.find_all(nodes.Block):
            for data in block.find_all(nodes.TemplateData):
                data.data = _BLANK.sub(PARAGRAPH, data.data)
            block.body.insert(0, _text(f"{MARK}{block.name}{NAME_END}", block.lineno))
        for body, line in _repeated(tree):
            body.insert(0, _ticks(line))
        return tree


def _refuse_long(letters: int) -> None:
    if letters > _MOST_LETTERS:
        raise SecurityError(f"it becomes longer than {_MOST_LETTERS} letters: shorten it")


def _replaced(text: str, old: str, new: str) -> str:
    """The filter `replace`, as long as the text stays short."""
    _refuse_long(len(text) + text.count(old) * len(new))
    return text.replace(old, new)


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


class _Fault(NamedTuple):
    what: str
    line: int


def _faults(tree: nodes.Template) -> Iterator[_Fault]:
    """What may not stand in a template, though Jinja2 would take it."""
    for node in tree.find_all((nodes.TemplateData, nodes.Const)):
        text = getattr(node, "data", None) or getattr(node, "value", None)
        if isinstance(text, str) and any(is_hidden(c) for c in text if c not in "\t\r\n"):  # a terminal obeys it
            yield _Fault("there is a hidden character, delete and retype the text", node.lineno)
    inner: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while inner:
        within, depth = inner.pop()
        if depth > _MOST_DEEP:  # Python compiles no more
            yield _Fault(f"more than {_MOST_DEEP} loops are nested in one another, use fewer", within.lineno)
        inner += [(child, depth + isinstance(child, nodes.For)) for child in within.iter_child_nodes()]


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
