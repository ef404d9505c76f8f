"""What README.md and its sisters say is true. `python tests/test_readme.py` writes its tables of keys anew."""

import csv
import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from otgroup.board.actions import ACTIONS, shown_key
from otgroup.board.keymap import read_keys
from otgroup.cli import cli
from otgroup.group.group_file import problems
from otgroup.notes.english.grammar import FILTERS
from otgroup.notes.english.phrases import PHRASES
from otgroup.notes.facts.figures import HeaderFacts
from otgroup.notes.facts.whole import Done, Facts
from otgroup.notes.writer import NoteWriter
from otgroup.store.clinic_files import ClinicFiles
from otgroup.ui.review.review import BINDINGS as REVIEW_KEYS
from otgroup.ui.review.review import review_key

TOP = Path(__file__).parents[1]
README = TOP / "README.md"
PAGES = [
    README,
    *(TOP / name for name in ("CONTRIBUTING.md", "CHANGELOG.md", "groups/README.md", "templates/README.md")),
]
BEGIN, END = '<!-- keys: made by "python tests/test_readme.py", do not edit -->\n', "<!-- end of keys -->"
REVIEW_BEGIN = '<!-- review keys: made by "python tests/test_readme.py", do not edit -->\n'
REVIEW_END = "<!-- end of review keys -->"
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def keys_table() -> str:
    """The board's keys as Markdown, from the one table of actions."""
    lines = ["| key | name | what it does |", "|---|---|---|"]
    section = ""
    for action in ACTIONS:
        if action.section != section:
            section = action.section
            lines.append(f"| **{section}** | | |")
        keys = " ".join(f"`{shown_key(key)}`" for key in action.keys)
        lines.append(f"| {keys} | `{action.id}` | {action.help} |")
    return "\n".join([*lines, ""])


def review_table() -> str:
    """The review's keys as Markdown, from the one table of them."""
    lines = ["| key | what it does |", "|---|---|"]
    for binding in REVIEW_KEYS:
        keys = " ".join(f"`{review_key(key)}`" for key in binding.key.split(","))
        lines.append(f"| {keys} | {binding.tooltip} |")
    return "\n".join([*lines, ""])


TABLES = ((BEGIN, keys_table, END), (REVIEW_BEGIN, review_table, REVIEW_END))


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in FENCE.findall(page.read_text("utf-8")) if kind == language]


def written_commands(page: Path) -> list[tuple[str, bool]]:
    """Every `otgroup ...` of a page, and whether it is a whole line to type."""
    fenced = [line for block in blocks(page, "") for line in block.splitlines()]
    whole = [part.strip() for line in fenced for part in line.split("&&")]
    inline = re.findall(r"`([^`\n]+)`", FENCE.sub("", page.read_text("utf-8")))
    found = [(text, True) for text in whole] + [(text, False) for text in inline]
    return [(text.removeprefix(".venv/bin/"), is_whole) for text, is_whole in found if is_command(text)]


def is_command(text: str) -> bool:
    return bool(re.match(r"(\.venv/bin/)?otgroup( |$)", text))


def parse(command: click.Command, name: str, args: list[str], parent: click.Context | None = None) -> None:
    """Let click read a command line, down to the last subcommand, without running it."""
    ctx = command.make_context(name, list(args), parent=parent)
    if isinstance(command, click.Group) and (rest := [*ctx._protected_args, *ctx.args]):
        found, sub, rest = command.resolve_command(ctx, rest)
        assert sub is not None
        parse(sub, found or "", rest, ctx)


def run(data: Path, *args: str) -> str:
    result = CliRunner().invoke(cli, ["--data", str(data), *args])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_tables_of_keys_are_those_of_the_app() -> None:
    text = README.read_text("utf-8")
    for begin, table, end in TABLES:
        assert text[text.index(begin) + len(begin) : text.index(end)] == table()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_every_command_exists(page: Path) -> None:
    for text, is_whole in written_commands(page):
        try:
            parse(cli, "otgroup", shlex.split(text)[1:])
        except click.MissingParameter:
            assert not is_whole, text
        except click.UsageError as error:
            pytest.fail(f"{text}: {error.message}")


def test_commands_are_found_at_all() -> None:
    assert len(written_commands(README)) > 10
    with pytest.raises(click.UsageError):
        parse(cli, "otgroup", ["sheet", "one-leg-stance", "--no-such-option"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(TOP)))
def test_links_point_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", FENCE.sub("", page.read_text("utf-8")))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_the_paper_session_of_the_readme_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    people, tally = blocks(README, "csv")
    lines = [line for block in blocks(README, "") for line in block.splitlines() if is_command(line)]
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text(people)
    for line in lines:
        args = shlex.split(line)[1:]
        if args[0] == "record":
            header = next(csv.reader(Path("tally.csv").read_text().splitlines()))
            assert set(next(csv.reader(tally.splitlines()))) <= set(header)
            Path("tally.csv").write_text(tally)
        run(tmp_path / "data", *args)
    assert any("R-101" in path.read_text() for path in Path("notes").glob("*.txt"))


def test_the_own_keys_of_the_readme_are_taken() -> None:
    [example] = blocks(README, "toml")
    assert read_keys(example.encode(), "keys.toml")["words"] == ("f5",)


def test_the_whole_example_of_a_group_is_sound() -> None:
    [example] = blocks(TOP / "groups" / "README.md", "toml")
    assert tomllib.loads(example)["id"]
    assert problems(example, source="README.md") == []


def test_templates_are_told_of_every_fact_and_filter() -> None:
    text = (TOP / "templates" / "README.md").read_text("utf-8")
    own = {"header", "pronouns", "withheld", "unfinished", "work"}  # told as h and p, or not for templates
    facts = set(re.findall(r"`f\.(\w+)`", text))
    names = {name for name, value in vars(Done).items() if isinstance(value, property)}
    assert facts == (set(Facts.__struct_fields__) | names) - own
    table = text[text.index("## Filters") : text.index("## A small format")]
    assert set(re.findall(r"\\\|(\w+)", table)) == {*FILTERS, *PHRASES}
    assert set(re.findall(r"`h\.(\w+)`", text)) <= set(HeaderFacts.__struct_fields__)


def test_the_small_format_writes_notes(tmp_path: Path) -> None:
    [example] = blocks(TOP / "templates" / "README.md", "jinja")
    assert NoteWriter(ClinicFiles(tmp_path).template).check_template("dap.j2", example) == []


if __name__ == "__main__":
    for begin, table, end in TABLES:
        before, _, rest = README.read_text("utf-8").partition(begin)
        README.write_text(f"{before}{begin}{table()}{rest[rest.index(end) :]}", "utf-8")
