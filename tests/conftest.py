"""What every test module shares: files with expected output, and one flag that rewrites them.

pytest --rewrite tests/report/test_report.py    # then read the diff before you commit it
"""

from __future__ import annotations

import difflib
import fcntl
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from chromium import Browser

# A test is not wrong because the machine is busy, nor by the luck of a draw: the quick suite tries
# the same examples everywhere. The slow one looks for new ones (`--hypothesis-profile search`).
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("patient", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT)
settings.load_profile("patient")

# Ctrl-C and a closed terminal mean the same in every test, though a shell that starts `make test`
# in the background, or nohup(1), has these signals ignored by all that it starts.
for _signal in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
    if signal.getsignal(_signal) is signal.SIG_IGN:
        usual = signal.default_int_handler if _signal is signal.SIGINT else signal.SIG_DFL
        signal.signal(_signal, usual)

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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every page of the repository, unpublished languages too: the folder they were built in.

    Whichever process of a run needs it first builds it, for the others too.
    """
    from chromium import build_site

    own = tmp_path_factory.getbasetemp()
    root = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "repository"
    root.mkdir(exist_ok=True)
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "whole").exists():
            build_site(root)
            (root / "whole").touch()
    return root / "build"


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Headless Chromium, the same for all tests of this process."""
    from chromium import started

    with started(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    """The browser in a wide window, its reader without wishes."""
    chromium.reset()
    return chromium
