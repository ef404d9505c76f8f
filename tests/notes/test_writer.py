"""Templates: what is wrong with one is said in a line, and nothing runs away."""

import pytest

from otgroup.errors import BadInput
from otgroup.notes.examples import example_facts
from otgroup.notes.writer import NoteWriter
from tests.strategies import ROOT, load_template

SHIPPED = sorted(p.relative_to(ROOT / "templates").as_posix() for p in (ROOT / "templates").rglob("*.j2"))


def writer_with(text: str, name: str = "own.j2") -> NoteWriter:
    return NoteWriter(lambda wanted: text if wanted == name else load_template(wanted))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_template_is_sound(name) -> None:
    assert NoteWriter(load_template).check_template(name, load_template(name) or "") == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("{% block A %}\n{{ f.nonsense }}\n{% endblock %}", 2, "nonsense"),
        ("{% block A %}\n{% if %}\n{% endblock %}", 2, "Expected"),
        ("{% block A %}\n\n{{ f.exertion|none }}{% endblock %}", 3, "none"),
        ("{% block A %}{{ h.record_number.x.y }}{% endblock %}", 1, "x"),
        ("{% block A %}\n{{ none }}{% endblock %}", 2, "not recorded"),
        ("{% block A %}\n{{ 1 // 0 }}{% endblock %}", 2, "zero"),
        ("{% block A %}\n{{ f.__class__.__mro__ }}{% endblock %}", 2, "unsafe"),
        ("{% block A %}\n{{ 'x' * 999999999 }}{% endblock %}", 2, "small numbers"),
        ("{% block A %}\n{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}{% endblock %}",
         2, "round"),
        ("{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{% block A %}{{ m() }}{% endblock %}", 1, "recursion"),
        ("{% block A %}\n" + "{% for x in [1] %}" * 25 + "a" + "{% endfor %}" * 25 + "{% endblock %}", 2, "nested"),
        ("{% block A %}\n{{ '{:>900000000}'.format('a')|length }}{% endblock %}", 2, "unsafe"),
        ("{% block A %}\n{{ 'a'.ljust(3000000000)|length }}{% endblock %}", 2, "unsafe"),
        ("{% block A %}{% set a = 'aaaaaaaaaa' %}\n" + "{% set a = a ~ a %}" * 27 + "{% endblock %}", 2, "letters"),
        ("{% block A %}{% set a = 'aaaaaaaaaa' %}\n" + "{% set a = a + a %}" * 27 + "{% endblock %}", 2, "letters"),
        ("{% block A %}\n{{ 'a'" + "|replace('', 'bbbbbbbbbb')" * 9 + "|length }}{% endblock %}", 2, "letters"),
        ("{% block A %}{% set a %}aaaaaaaaaa{% endset %}\n" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 27
         + "{% endblock %}", 2, "letters"),
        ("{% block A %}a\n\x1b[31mb{% endblock %}", 1, "hidden character"),
        ("{% block A %}a\n{{ '\\x9b31m' }}{% endblock %}", 2, "hidden character"),
        ("{% block A %}\u202eb{% endblock %}", 1, "hidden character"),
    ],
)  # fmt: skip
def test_a_fault_names_template_and_line(text, line, says) -> None:
    found = NoteWriter(load_template).check_template("own.j2", text)
    assert found
    assert found[0].startswith(f"own.j2: line {line}: ")
    assert says in found[0]
    assert all("\n" not in problem for problem in found)
    with pytest.raises(BadInput, match=r"own\.j2: line"):
        writer_with(text).write(example_facts("own.j2")[0], "own")


def test_a_template_without_blocks_or_without_a_file_is_refused_in_words() -> None:
    assert "block" in NoteWriter(load_template).check_template("own.j2", "just text")[0]
    with pytest.raises(BadInput, match="there is no template"):
        NoteWriter(load_template).write(example_facts("x.j2")[0], "poem")


def test_blocks_are_sections_and_blank_lines_paragraphs() -> None:
    text = (
        "{% block One_two %}\na\n  b\n\n{% if true %}c{% endif %}\n\n{% endblock %}{% block Empty %} {% endblock %}"
    )
    note = writer_with(text).write(example_facts("own.j2")[0], "own")
    assert [(s.title, s.paragraphs) for s in note.sections] == [("One two", ("a b", "c"))]


def test_an_activity_file_replaces_single_macros() -> None:
    own = "{% macro activity(f) %}marching on the spot{% endmacro %}"
    writer = NoteWriter(lambda wanted: own if wanted == "activities/march.j2" else load_template(wanted))
    body = writer.write(example_facts("activities/march.j2")[0]).body
    assert "marching on the spot." in body
    assert "1 tap with the left foot and 9 with the right foot (target 10)" in body
