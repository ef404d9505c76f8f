"""Group files, templates, scales: the clinic's own before the shipped ones; one broken file stops only itself."""

import re
from pathlib import Path

import pytest

from otgroup.errors import BadInput, NotFound
from otgroup.record.scales import DEFAULT_SCALES
from otgroup.store.clinic_files import ClinicFiles, shipped
from tests.strategies import SHIPPED

ONE_LEG = (shipped("groups") / "one-leg-stance.toml").read_text("utf-8")


def own_group(data: Path, name: str, text: str) -> Path:
    path = data / "groups" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def renamed(group_id: str, title: str) -> str:
    """The one-leg stance under another name."""
    text = re.sub(r'^id = "one-leg-stance"$', f'id = "{group_id}"', ONE_LEG, count=1, flags=re.MULTILINE)
    return re.sub(r'^title = ".*"$', f'title = "{title}"', text, count=1, flags=re.MULTILINE)


def ids(clinic_files: ClinicFiles) -> list[str]:
    return [group.id for group in clinic_files.groups()]


# --- groups --------------------------------------------------------------------------------------


def test_the_shipped_groups_are_there_by_title_without_a_folder_of_ones_own(tmp_path) -> None:
    groups = ClinicFiles(tmp_path).groups()
    assert {group.id for group in groups} >= set(SHIPPED)
    assert [group.title for group in groups] == sorted(group.title for group in groups)
    assert ClinicFiles(tmp_path).problems() == []


def test_a_clinics_own_group_comes_before_the_shipped_one_of_that_id_whatever_its_file_is_called(tmp_path) -> None:
    own_group(tmp_path, "ours.toml", renamed("one-leg-stance", "Our stance"))
    clinic_files = ClinicFiles(tmp_path)
    assert clinic_files.group("one-leg-stance").title == "Our stance"
    assert ids(clinic_files).count("one-leg-stance") == 1


def test_a_new_group_needs_one_file(tmp_path) -> None:
    own_group(tmp_path, "tandem.toml", renamed("tandem-stance", "Tandem stance"))
    clinic_files = ClinicFiles(tmp_path)
    assert clinic_files.group("tandem-stance").measures == clinic_files.group("one-leg-stance").measures
    assert "tandem-stance" in ids(clinic_files)


def test_two_files_of_one_id_are_refused_naming_both_and_the_others_run(tmp_path) -> None:
    first = own_group(tmp_path, "a.toml", renamed("tandem-stance", "A"))
    second = own_group(tmp_path, "b.toml", renamed("tandem-stance", "B"))
    clinic_files = ClinicFiles(tmp_path)
    with pytest.raises(BadInput) as refusal:
        clinic_files.group("tandem-stance")
    assert str(first) in str(refusal.value)
    assert str(second) in str(refusal.value)
    assert "tandem-stance" not in ids(clinic_files)
    assert clinic_files.group("one-leg-stance").title.startswith("One-leg stance")
    [problem] = clinic_files.problems()
    assert str(first) in problem
    assert str(second) in problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (renamed("tandem-stance", "Tandem").replace("schema = 1", "schema = 1\ncolour = 3"), "colour"),
        (renamed("tandem-stance", "Tandem").replace('title = "Tandem"', "title = 3"), "title"),
        ('id = "tandem-stance"\nthis is not TOML', "tandem.toml"),
    ],
    ids=["unknown key", "wrong type", "not TOML"],
)
def test_a_broken_file_stops_only_its_own_group(tmp_path, text, said) -> None:
    path = own_group(tmp_path, "tandem.toml", text)
    clinic_files = ClinicFiles(tmp_path)
    with pytest.raises(BadInput, match=said):
        clinic_files.group("tandem-stance")
    assert set(ids(clinic_files)) >= set(SHIPPED)
    assert "tandem-stance" not in ids(clinic_files)
    assert all(line.startswith(str(path)) for line in clinic_files.problems())
    assert clinic_files.problems()


def test_a_broken_file_of_ones_own_is_not_silently_replaced_by_the_shipped_one(tmp_path) -> None:
    own_group(tmp_path, "one.toml", 'id = "one-leg-stance"\nbroken')
    clinic_files = ClinicFiles(tmp_path)
    with pytest.raises(BadInput, match=r"one\.toml"):
        clinic_files.group("one-leg-stance")
    assert "one-leg-stance" not in ids(clinic_files)


def test_bytes_that_are_no_text_stop_only_their_own_group(tmp_path) -> None:
    own_group(tmp_path, "bytes.toml", "").write_bytes(b'id = "bytes"\n\xff\xfe')
    clinic_files = ClinicFiles(tmp_path)
    with pytest.raises(BadInput, match=r"bytes\.toml"):
        clinic_files.group("bytes")
    assert set(ids(clinic_files)) >= set(SHIPPED)


@pytest.mark.parametrize(
    ("asked", "said"), [("one-leg-stanse", 'did you mean "one-leg-stance"'), ("zzz", "there are baoding-balls")]
)
def test_an_unknown_group_is_answered_with_what_there_is(tmp_path, asked, said) -> None:
    with pytest.raises(NotFound, match=said):
        ClinicFiles(tmp_path).group(asked)


# --- templates -----------------------------------------------------------------------------------


def test_a_clinics_template_comes_before_the_shipped_one(tmp_path) -> None:
    clinic_files = ClinicFiles(tmp_path)
    shipped_text = clinic_files.template("narrative")
    assert shipped_text == clinic_files.template("narrative.j2")
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "narrative.j2").write_text("ours", "utf-8")
    (folder / "short.j2").write_text("short", "utf-8")
    assert (clinic_files.template("narrative"), clinic_files.template("short")) == ("ours", "short")
    assert {"narrative", "soap", "short"} <= set(clinic_files.note_formats())


def test_parts_that_others_include_are_no_note_formats(tmp_path) -> None:
    clinic_files = ClinicFiles(tmp_path)
    assert any("/" in name for name in clinic_files.template_names())
    assert not any("/" in name or name == "macros" for name in clinic_files.note_formats())


@pytest.mark.parametrize("name", ["../narrative", "/etc/passwd", "", "a//b", "narrative/../narrative", "no-such"])
def test_a_template_is_looked_for_nowhere_else(tmp_path, name) -> None:
    assert ClinicFiles(tmp_path).template(name) is None


# --- scales and keys -----------------------------------------------------------------------------


def test_a_clinics_scales_replace_what_they_name(tmp_path) -> None:
    clinic_files = ClinicFiles(tmp_path)
    assert clinic_files.scales() == DEFAULT_SCALES
    (tmp_path / "scales.toml").write_text("schema = 1\nrpe_highest = 20\n", "utf-8")
    assert (clinic_files.scales().rpe_highest, clinic_files.scales().assistance) == (20, DEFAULT_SCALES.assistance)


def test_broken_scales_are_named_and_stop_no_group(tmp_path) -> None:
    (tmp_path / "scales.toml").write_text("schema = 1\npain_hihgest = 10\n", "utf-8")
    clinic_files = ClinicFiles(tmp_path)
    with pytest.raises(BadInput, match=r"scales\.toml: pain_hihgest"):
        clinic_files.scales()
    assert set(ids(clinic_files)) >= set(SHIPPED)
    assert len(clinic_files.problems()) == 1


def test_keys_are_a_file_or_nothing(tmp_path) -> None:
    clinic_files = ClinicFiles(tmp_path)
    assert clinic_files.keys() is None
    (tmp_path / "keys.toml").write_bytes(b'undo = "f5"\n')
    assert clinic_files.keys() == (b'undo = "f5"\n', str(tmp_path / "keys.toml"))
