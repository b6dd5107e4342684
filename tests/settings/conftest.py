"""What the tests of publishers and sites share."""

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sample_project import SampleProject, make


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], SampleProject]:
    """Examples with their pages, each built once for all modules."""

    @functools.cache
    def example(case: Path) -> SampleProject:
        project = make(tmp_path_factory.mktemp(case.name), case)
        project.build()
        return project

    return example


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest, examples: Callable[[Path], SampleProject]
) -> SampleProject:
    """The example of a module, its pages built; no test changes it."""
    return examples(request.module.CASE)


@pytest.fixture
def project(built: SampleProject, tmp_path: Path) -> SampleProject:
    """A copy of the example that a module has built."""
    shutil.copytree(built.root, tmp_path / "project")
    return SampleProject(tmp_path / "project")
