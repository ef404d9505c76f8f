"""A note as a page for a browser or a printer: nothing from outside, everything recorded escaped."""

from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template

from otgroup.export.form import ExportJob, Files, Form
from otgroup.export.index import Index
from otgroup.export.layout import laid_out
from otgroup.notes.note import Note


def html_form(_work: ExportJob) -> Form:
    """The form for pages."""
    return _Html()


class _Html:
    def __init__(self) -> None:
        self._note, self._index = _shipped("note.html"), _shipped("index.html")

    def note(self, note: Note) -> Files:
        return [("", self._note.render(page=laid_out(note)).encode())]

    def whole(self, index: Index) -> bytes:
        return self._index.render(index=index).encode()


@cache
def _shipped(name: str) -> Template:
    """A shipped page, compiled at its first use."""
    env = Environment(
        loader=FunctionLoader(page_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return env.get_template(name)


def page_text(name: str) -> str:
    """A shipped page by its file name."""
    return (resources.files("otgroup.export") / "pages" / name).read_text("utf-8")
