"""The package and the project's own files: one version, types, a lock that fits, targets that are there."""

import ast
import re
import tomllib
from importlib.metadata import version
from importlib.resources import files

import pytest
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import otgroup
from otgroup.cli import cli
from tests.strategies import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_version_is_one() -> None:
    assert "version" in PROJECT["dynamic"]
    assert version("otgroup") == otgroup.__version__
    assert CliRunner().invoke(cli, ["--version"]).stdout == f"otgroup, version {otgroup.__version__}\n"


def test_the_package_says_that_it_is_typed() -> None:
    assert (files("otgroup") / "py.typed").is_file()


def test_the_lock_has_an_allowed_version_of_everything_that_is_named() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    locked = dict(line.split("==") for line in lines if not line.startswith("#"))
    locked = {canonicalize_name(name): number for name, number in locked.items()}
    for text in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]):
        wanted = Requirement(text)
        assert locked[canonicalize_name(wanted.name)] in wanted.specifier, text


@pytest.mark.parametrize("name", [".ci/run", "CONTRIBUTING.md", ".pre-commit-config.yaml"])
def test_every_target_that_is_named_is_there(name) -> None:
    tree = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
    targets = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list}
    named = re.findall(r"nox (?:--non-interactive )?-s ((?:[a-z]+(?: |\b))+)", (ROOT / name).read_text("utf-8"))
    assert named
    assert {target for line in named for target in line.split()} <= targets


def test_the_quick_tests_are_where_the_targets_look_for_them() -> None:
    tree = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
    [quick] = [n.value for n in tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == "QUICK"]
    paths = ast.literal_eval(quick)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_hosted_runs_do_what_ci_does() -> None:
    assert "- run: .ci/run" in (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
