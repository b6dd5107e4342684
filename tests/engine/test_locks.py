"""Lock files: everything is pinned with a hash, and no address of any registry is in them."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from sample_project import REPOSITORY

PYTHON_LOCKS = tuple(f"requirements{name}.txt" for name in ("", "-dev", "-docs", "-workbench"))
ADDRESS = re.compile(r"(?i)\b(?:https?|git|ssh|file)(?:\+[a-z]+)?://")
# Whole options of pip that would name another place to install from.
SOURCE = re.compile(r"(?m)^\s*(?:-i|-f|-e|--(?:extra-)?index-url|--find-links|--editable)\b|@ ")
PIN = re.compile(r"([a-z0-9.-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)")
SETTINGS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = SETTINGS["project"]["dependencies"]
CLUSTER = SETTINGS["project"]["optional-dependencies"]["cluster"]
WORKBENCH = SETTINGS["project"]["optional-dependencies"]["workbench"]
GROUPS = {
    name: [each for each in group if isinstance(each, str)]
    for name, group in SETTINGS["dependency-groups"].items()
}


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def normal(name: str) -> str:
    """Return a package's name in its normal form (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.match(r"[\w.-]+", name)[0]).lower()


def locked(name: str) -> dict[str, list[str]]:
    """Return the hashes of every package that a lock file pins."""
    found = {}
    for block in re.sub(r"(?m)^\s*#.*$", "", read(name)).replace("\\\n", " ").splitlines():
        if block.strip():
            pin = PIN.match(block)
            assert pin, f"{name}: not pinned: {block}"
            found[normal(pin[1])] = re.findall(r"--hash=sha256:([0-9a-f]{64})", block)
    return found


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_python_locks_name_no_registry(name):
    text = read(name)
    assert not ADDRESS.search(text)
    assert not SOURCE.search(text)


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_package_has_hashes(name):
    assert not [package for package, hashes in locked(name).items() if not hashes]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements.txt", [*DEPENDENCIES, *GROUPS["build"]]),
        ("requirements-dev.txt", [*GROUPS["dev"], *GROUPS["test"]]),
        ("requirements-docs.txt", GROUPS["docs"]),
        ("requirements-workbench.txt", [*DEPENDENCIES, *GROUPS["build"], *WORKBENCH]),
    ],
    ids=["runtime", "dev", "docs", "workbench"],
)
def test_every_dependency_is_locked(name, wanted):
    assert {normal(each) for each in wanted} <= set(locked(name))


def test_the_image_has_the_versions_that_are_tested():
    """What the workbench needs besides is locked at one version everywhere."""
    dev, image = (read(f"requirements-{one}.txt") for one in ("dev", "workbench"))
    pins = {pin[1]: pin[2] for pin in PIN.finditer(dev)}
    assert {pin[1]: pin[2] for pin in PIN.finditer(image)}.items() <= pins.items()


@pytest.mark.parametrize("wanted", [*DEPENDENCIES, *CLUSTER])
def test_every_dependency_has_an_oldest_and_a_newest_version(wanted):
    assert re.fullmatch(r"[\w.-]+>=[\d.]+,<[\d.]+", wanted)


@pytest.mark.parametrize("other", PYTHON_LOCKS[1:])
def test_locks_that_are_installed_together_agree(other):
    pins = [dict(PIN.findall(read(name))) for name in (PYTHON_LOCKS[0], other)]
    both = set(pins[0]) & set(pins[1])
    assert len(both) > 5
    assert {name: pins[0][name] for name in both} == {name: pins[1][name] for name in both}


def test_the_tests_run_with_the_locked_libraries():
    assert {normal(each) for each in DEPENDENCIES} <= set(locked("requirements-dev.txt"))


def test_node_lock():
    lock = json.loads(read("package-lock.json"))
    wanted = json.loads(read("package.json"))["devDependencies"]
    packages = {path: entry for path, entry in lock["packages"].items() if path}
    assert set(packages) == {f"node_modules/{name}" for name in wanted}
    for path, entry in packages.items():
        assert entry["version"] == wanted[path.removeprefix("node_modules/")]
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry
    assert not ADDRESS.search(read("package-lock.json"))


@pytest.mark.parametrize("address", ["https://host/simple", "git+https://host/x", "file:///x"])
def test_an_address_would_be_found(address):
    assert ADDRESS.search(f"package==1.0 @ {address}")


def test_every_dependency_is_in_the_table_of_libraries():
    table = read("docs/about.md").partition("## Libraries")[2]
    told = {name for row in re.findall(r"(?m)^\| ([\w, -]+) \|", table) for name in row.split(", ")}
    assert {normal(each) for each in [*DEPENDENCIES, *CLUSTER]} <= told
