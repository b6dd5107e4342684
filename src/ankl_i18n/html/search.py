"""The page on which readers search leaflets: all that it needs is in it.

It is the one page that runs a script, and its policy lets it run this one alone, by its digest
(CSP Level 3, 8.3). Leaflets keep theirs.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from ankl_i18n.html.linked_data import UNSAFE
from ankl_i18n.html.records import Frame
from ankl_i18n.html.templating import POLICY, render
from ankl_i18n.html.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """A leaflet that can be found: plain text, and its address as seen from the page."""

    title: str
    summary: str
    text: str
    href: str


def entry(title_html: str, summary_html: str, text: str, href: str) -> Entry:
    """Return a leaflet that can be found; `title_html` and `summary_html` are safe HTML."""
    title, summary = (Markup(one).striptags() for one in (title_html, summary_html))  # noqa: S704
    return Entry(title, summary, text, href)


@cache
def script() -> str:
    """Return the script of the page."""
    return (files("ankl_i18n.html") / "scripts" / "search.js").read_text(encoding="utf-8")


@cache
def policy() -> str:
    """Return the policy of the page."""
    digest = base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()
    return f"{POLICY}; script-src 'sha256-{digest}'"


def search(frame: Frame, words: Words, entries: Sequence[Entry]) -> str:
    """Return the page. Raises `RenderError` for what is wrong with a template of the publisher."""
    data = json.dumps([asdict(one) for one in entries], ensure_ascii=False).translate(UNSAFE)
    return render(
        "search.html.j2", words, policy=policy(), page=frame,
        leaflets=Markup(data), script=Markup(script()),  # noqa: S704 - ours, and without any <
    )  # fmt: skip
