"""What tests of several rooms share."""

from pathlib import Path

import pytest

from tests.programs import Programs


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """Stand-ins for clipboard programs, none yet; the environment finds them and nothing else."""
    made = Programs(tmp_path)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    return made
