"""What every test module shares: files with expected output, and one flag that rewrites them.

pytest --rewrite tests/test_report.py    # then read the diff before you commit it
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what the tests got into the expected files"
    )


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether expectations are to be written anew instead of compared."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture(scope="session")
def golden(rewrite: bool) -> Golden:
    """Return a function that compares a text with the file that holds what it should be."""

    def compare(path: Path, text: str) -> None:
        if rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
            return
        if not path.exists():
            pytest.fail(f"{path} is missing; `pytest --rewrite` makes it")
        expected = path.read_bytes().decode("utf-8")
        if text != expected:
            difference = difflib.unified_diff(
                expected.splitlines(), text.splitlines(), "expected", "got", lineterm="", n=1
            )
            pytest.fail(f"{path} is not what came out:\n" + "\n".join(difference), pytrace=False)

    return compare
