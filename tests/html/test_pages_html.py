"""Every built page is valid HTML with valid style sheets, as the Nu HTML checker sees it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from chromium import EVERY_PAGE
from sample_project import REPOSITORY

JAR = REPOSITORY / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
# A start that takes half the time: few pages do not repay the second compiler.
JAVA = ("java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(JAR))
WRONG = Path(__file__).parents[1] / "cases" / "pages" / "wrong.html"
# Warnings that stay, each a part of the message, and why.
EXPLAINED: Mapping[str, str] = {
    "Content Security Policy (meta tag): image “data:": "`img-src data:` lets browsers show them: "
    "see test_hostile_text.py",
    "Inline script violates Content Security Policy (meta tag)": "a block of data is no script, "
    "whatever the policy (HTML 4.12.1); Chromium has nothing to say: see test_pages.py",
    "written in Tagalog": "Filipino is Tagalog by another name, with a tag of its own",
}


@pytest.fixture(scope="module")
def complaints(site: Path) -> Mapping[str, list[str]]:
    """Everything the checker says of each page, and of a wrong one, in one run of Java."""
    command = [*JAVA, "--format", "json", "--stdout", "--skip-non-html", str(site), str(WRONG)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {}
    for one in json.loads(made.stdout)["messages"]:
        kind = one.get("subType", one["type"])
        found.setdefault(Path(one["url"]).name, []).append(f"{kind}: {one['message']}")
    return found


def test_pages_are_valid(site, complaints):
    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert set(EVERY_PAGE) <= built
    wrong = {
        page: [message for message in messages if not any(part in message for part in EXPLAINED)]
        for page, messages in complaints.items()
        if page != WRONG.name
    }
    assert not {page: messages for page, messages in wrong.items() if messages}


@pytest.mark.parametrize(
    "message",
    [
        "error: CSS: “colour”: Property “colour” doesn't exist.",
        "error: No “p” element in scope but a “p” end tag seen.",
        "error: An “img” element must have an “alt” attribute",
        "error: Duplicate ID “twice”.",
        "warning: Section lacks heading.",
    ],
)
def test_what_is_wrong_is_found(complaints, message):
    assert any(found.startswith(message) for found in complaints[WRONG.name])
