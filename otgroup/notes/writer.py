"""From facts to a note, by a template: a format's blocks are the note's sections, in their order."""

import traceback
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError

from otgroup.errors import BadInput, OTGroupError
from otgroup.notes.english.grammar import voice
from otgroup.notes.english.typed import phrase
from otgroup.notes.examples import example_facts
from otgroup.notes.facts.reading import Facts
from otgroup.notes.note import Note, Section
from otgroup.notes.sandbox import MARK, NAME_END, PARAGRAPH, NoteEnvironment
from otgroup.record.protocol import Protocol

_TRIED: Final = ("narrative", "soap")
"""The formats that a group's own file is tried in."""

_GENERAL: Final = "activities/general.j2"


class NoteWriter:
    """Writes notes by templates that `load` finds (None: there is no template of that name).

    A template is compiled once; the writer keeps it for all notes that follow.
    """

    def __init__(self, load: Callable[[str], str | None]) -> None:
        self._load = load
        self._env = NoteEnvironment(load)
        self._activities: dict[str, SimpleNamespace] = {}

    def write(self, facts: Facts, template: str = "narrative") -> Note:
        """The note that a format (`narrative`, `soap`, `dap`) makes of these facts. Raises BadInput."""
        name = f"{template}.j2"
        try:
            text = self.compiled(name).render(self.context(facts))
        except OTGroupError:
            raise
        except Exception as error:  # a template is a program: whatever it raises is its fault
            raise BadInput(_told(error, name)) from error
        sections = _sections(text)
        if not sections:
            raise BadInput(f"{name}: it gives no text, put the text in {{% block Title %}} blocks")
        return Note(facts.header, template, sections)

    def compiled(self, name: str) -> Template:
        """A template by its file name, compiled at its first use."""
        self._env.begin()
        return self._env.get_template(name)

    def context(self, facts: Facts) -> dict[str, Any]:
        """What a template sees: `f` facts, `h` header, `p` how to speak of the person, `act` activity wording."""
        return {
            "f": facts,
            "h": facts.header,
            "p": voice(facts.header.name, facts.pronouns),
            "act": self._activity(facts.activity.id),
        }

    def _activity(self, activity: str) -> SimpleNamespace:
        """The wording of an activity: its own macros where it has some, the general ones for the rest."""
        if activity not in self._activities:
            own = f"activities/{activity}.j2"
            names = [name for name in (_GENERAL, own) if name == _GENERAL or self._load(name) is not None]
            macros = {k: v for name in names for k, v in _exports(self._env.get_template(name)).items()}
            self._activities[activity] = SimpleNamespace(**macros)
        return self._activities[activity]

    def fixed_wording(self, facts: Facts) -> tuple[str, ...]:
        """What the activity's own wording says in every note of a group."""
        said = self._activity(facts.activity.id).activity(facts)
        return (" ".join(phrase(said).split()),)

    def check_template(self, name: str, text: str) -> list[str]:
        """Everything wrong with a template, one line each: it is parsed and tried on example records."""
        try:
            self._env.parse(text, name, name)
        except Exception as error:  # noqa: BLE001 - as above, and brackets a thousand deep
            return [_told(error, name)]
        trial = NoteWriter(lambda wanted: text if wanted == name else self._load(wanted))
        found = (trial.tried(name, facts) for facts in example_facts(name))
        return list(dict.fromkeys(line for line in found if line))

    def check_group(self, protocol: Protocol) -> list[str]:
        """What goes wrong when notes of a group are written in the shipped formats, one line each."""
        found = (self.tried(f"{name}.j2", facts) for name in _TRIED for facts in example_facts("", protocol))
        return list(dict.fromkeys(f"{protocol.id}: {line}" for line in found if line))

    def tried(self, name: str, facts: Facts) -> str:
        """What goes wrong when this template writes a note, or nothing."""
        is_format = "/" not in name and name != "macros.j2"
        try:
            self.write(facts, name.removesuffix(".j2") if is_format else "narrative")
        except BadInput as error:
            return str(error)
        return ""


def _exports(template: Template) -> dict[str, Any]:
    """The macros a template defines."""
    return {k: v for k, v in vars(template.module).items() if not k.startswith("_")}


def _sections(text: str) -> tuple[Section, ...]:
    """The marked parts of a rendered format; a part without text is no section."""
    made = [_section(part) for part in text.split(MARK)[1:]]
    return tuple(section for section in made if section.paragraphs)


def _section(part: str) -> Section:
    name, _, body = part.partition(NAME_END)
    paragraphs = (" ".join(p.split()) for p in body.split(PARAGRAPH))
    return Section(name.replace("_", " "), tuple(p for p in paragraphs if p))


def _told(error: BaseException, name: str) -> str:
    """One line: template, line, what, and how to mend it."""
    if isinstance(error, TemplateNotFound):
        return f"{name}: there is no template {error.name}, write one or use narrative, soap or dap"
    if isinstance(error, TemplateSyntaxError):
        return f"{error.name or name}: line {error.lineno}: {_one_line(error)}, mend the {{% %}} or {{{{ }}}} there"
    where, line = _place(error, name)
    return f"{where}: line {line}: {_one_line(error)}, see templates/README.md for what a template may use"


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _place(error: BaseException, name: str) -> tuple[str, int]:
    """The last template line the error passed through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.endswith(".j2")]
    return (frames[-1].filename, frames[-1].lineno or 0) if frames else (name, 0)
