"""What the tests of publishers and sites share."""

import shutil
from pathlib import Path

import pytest

from sample_project import SampleProject


@pytest.fixture
def project(built: SampleProject, tmp_path: Path) -> SampleProject:
    """A copy of the example that a module has built."""
    shutil.copytree(built.root, tmp_path / "project")
    return SampleProject(tmp_path / "project")
