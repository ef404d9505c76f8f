"""Group files, templates and billing rules: the clinic's own, in the data folder, before the shipped ones."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

import otgroup
from otgroup.billing.rule_book import RuleBook, parse_rules, rule_problems
from otgroup.errors import BadInput, NotFound, StoreError
from otgroup.group import group_file as protocol
from otgroup.group.scales_file import parse_scales, scale_problems
from otgroup.group.toml_text import text_of
from otgroup.record.protocol import Protocol
from otgroup.record.scales import DEFAULT_SCALES, Scales

_TEMPLATE_NAME = re.compile(r"\A[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\Z")
_ID_LINE = re.compile(rb'^[ \t]*+id[ \t]*+=[ \t]*+["\']([^"\'\n]*)["\']', re.MULTILINE)
_SHARED = "macros"


def shipped(kind: str) -> Path:
    """The folder of shipped `groups`, `templates` or `defaults`: inside the package, else at the checkout's top."""
    package = Path(otgroup.__file__).parent
    inside = package / kind
    return inside if inside.is_dir() else package.parent / kind


class ClinicFiles:
    """Finds groups and templates for a data folder."""

    def __init__(self, data: Path) -> None:
        self.own_groups = data / "groups"
        self.own_templates = data / "templates"
        self.own_scales = data / "scales.toml"
        self.own_keys = data / "keys.toml"
        self.own_rules = data / "rules.toml"
        self.own_review = data / "review.toml"

    def groups(self) -> list[Protocol]:
        """Every group that can be run, by title. Broken files are left out; `problems` tells of them."""
        found = [sound for group_id in sorted(self._files()) if (sound := self._sound(group_id))]
        return sorted(found, key=lambda group: group.title)

    def group(self, group_id: str) -> Protocol:
        """One group. Raises NotFound, or BadInput where its file is broken or two files claim the id."""
        path = self._file(group_id)
        return protocol.parse(_read(path), source=str(path))

    def group_text(self, group_id: str) -> str:
        """A sound group's file as it is written, comments and all. Raises as `group` does."""
        self.group(group_id)
        return text_of(_read(self._file(group_id)))

    def has_group(self, group_id: str) -> bool:
        """Whether a file, sound or not, claims that id."""
        return group_id in self._files()

    def problems(self) -> list[str]:
        """Everything wrong with any group file, the clinic's scales or the billing rules, one line each. Raises
        StoreError where the scales or rules cannot be read.
        """
        lines: list[str] = []
        for path in (*_toml_files(self.own_groups), *_toml_files(shipped("groups"))):
            lines += self._problems_in(path)
        if self.own_scales.is_file():
            lines += scale_problems(_read(self.own_scales), source=str(self.own_scales))
        lines += rule_problems(_read(self._rules), str(self._rules))
        for group_id, paths in sorted(self._files().items()):
            if len(paths) > 1:
                lines.append(f'{paths[1]}: id: "{group_id}" is also the id in {paths[0]}, give one another id')
        return lines

    def group_problems(self, content: bytes, source: str) -> list[str]:
        """Everything wrong with a group file, its codes looked up in the billing rules, one line each."""
        rules = None if rule_problems(_read(self._rules), "") else self.rules()
        return protocol.problems(content, source=source, codes=[rule.code for rule in rules.codes] if rules else ())

    def _problems_in(self, path: Path) -> list[str]:
        try:
            return self.group_problems(_read(path), str(path))
        except StoreError as error:
            return [str(error)]

    def scales(self) -> Scales:
        """The clinic's scales, else those of `otgroup.record.scales`. Raises BadInput."""
        path = self.own_scales
        return parse_scales(_read(path), source=str(path)) if path.is_file() else DEFAULT_SCALES

    def review(self) -> tuple[bytes, str]:
        """What the review looks for: content and name of DATA/review.toml, else of the shipped file. Raises
        StoreError where it cannot be read.
        """
        return (_read(self.own_review), str(self.own_review)) if self.own_review.is_file() else self.shipped_review()

    def shipped_review(self) -> tuple[bytes, str]:
        """The shipped file: content and name."""
        path = shipped("defaults") / "review.toml"
        return _read(path), str(path)

    def rules(self) -> RuleBook:
        """The billing rules: the clinic's DATA/rules.toml, else the shipped ones. Raises BadInput."""
        return parse_rules(_read(self._rules), str(self._rules))

    def keys(self) -> tuple[bytes, str] | None:
        """The leader's own keys: the file's content and its name; None if there is none. Raises StoreError where it
        cannot be read.
        """
        return (_read(self.own_keys), str(self.own_keys)) if self.own_keys.is_file() else None

    def template(self, name: str) -> str | None:
        """A template's text by name ("narrative", "activities/general.j2"); None if there is none. Raises BadInput
        where it is not UTF-8, StoreError where it cannot be read.
        """
        name = name.removesuffix(".j2")
        if not _TEMPLATE_NAME.match(name):
            return None
        for folder in (self.own_templates, shipped("templates")):
            path = folder / f"{name}.j2"
            if path.is_file():
                return _read_text(path)
        return None

    def letterhead(self) -> tuple[bytes, str] | None:
        """The clinic's own Word letterhead: its content and its name; None if there is none. Raises StoreError where
        it cannot be read.
        """
        path = self.own_templates / "letterhead.docx"
        return (_read(path), str(path)) if path.is_file() else None

    def template_names(self) -> list[str]:
        """Every template, the parts that others include too."""
        found: set[str] = set()
        for folder in (self.own_templates, shipped("templates")):
            found |= {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.j2")}
        return sorted(found)

    def note_formats(self) -> list[str]:
        """The templates a whole note can be written with."""
        return [name for name in self.template_names() if "/" not in name and name != _SHARED]

    @property
    def _rules(self) -> Path:
        return self.own_rules if self.own_rules.is_file() else shipped("defaults") / "rules.toml"

    def _file(self, group_id: str) -> Path:
        files = self._files()
        if group_id not in files:
            raise NotFound(f'there is no group "{group_id}": {_suggest(group_id, list(files))}')
        paths = files[group_id]
        if len(paths) > 1:
            raise BadInput(f'{paths[0]} and {paths[1]}: both have the id "{group_id}", give one another id')
        return paths[0]

    def _files(self) -> dict[str, list[Path]]:
        """Files by the id they claim: the clinic's, then shipped ones whose id the clinic has not taken."""
        own: dict[str, list[Path]] = {}
        for path in _toml_files(self.own_groups):
            own.setdefault(_claimed_id(path), []).append(path)
        for path in _toml_files(shipped("groups")):
            own.setdefault(_claimed_id(path), [path])
        return own

    def _sound(self, group_id: str) -> Protocol | None:
        try:
            return self.group(group_id)
        except (BadInput, StoreError):
            return None


def _claimed_id(path: Path) -> str:
    """The id a file claims, even where the rest of it is broken; else its file name."""
    try:
        content = _read(path)
    except StoreError:
        return path.stem
    found = _ID_LINE.search(content)
    return found.group(1).decode("utf-8", "replace") if found else path.stem


def _toml_files(folder: Path) -> Iterator[Path]:
    return iter(sorted(folder.glob("*.toml")))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}): check who may read it") from error


def _read_text(path: Path) -> str:
    try:
        return _read(path).decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 text: save it as UTF-8") from error


def _suggest(wanted: str, known: list[str]) -> str:
    near = get_close_matches(wanted, known, n=1)
    return f'did you mean "{near[0]}"?' if near else f"there are {', '.join(sorted(known))}"
