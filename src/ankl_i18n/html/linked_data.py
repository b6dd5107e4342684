"""What machines are told of a leaflet's page: schema.org as JSON-LD, and Open Graph.

Nothing is claimed that is not so: a draft is one, and nobody is named who reviewed it. A block
of data is not a script: no browser runs it, whatever is in it (HTML 4.12.1), so the policy of
the page stays as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

# JSON has escapes for what could end the element or begin a comment in it (HTML 4.12.1.3).
UNSAFE: Final = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a page; what is not is empty.

    `tag` is its language, `address` its place on the web, `original` that of the leaflet it is
    translated from. Days are ISO 8601.
    """

    title: str
    summary: str
    tag: str
    address: str
    original: str
    published: str
    updated: str
    version: str
    is_draft: bool
    is_medical: bool
    publisher: str
    publisher_web: str


def linked_data(facts: Facts) -> str:
    """Return what is known of a page in the words of schema.org, safe within an HTML element."""
    kind = "MedicalWebPage" if facts.is_medical else "WebPage"
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": facts.address,
        "url": facts.address,
        "name": facts.title,
        "description": facts.summary,
        "inLanguage": facts.tag,
        "datePublished": facts.published,
        "dateModified": facts.updated,
        "version": facts.version,
        "creativeWorkStatus": "Draft" if facts.is_draft else "",
        "translationOfWork": {"@type": kind, "@id": facts.original} if facts.original else "",
        "publisher": _publisher(facts),
    }
    known = {name: value for name, value in data.items() if value}
    return json.dumps(known, ensure_ascii=False).translate(UNSAFE)


def _publisher(facts: Facts) -> dict[str, str]:
    if not facts.publisher:
        return {}
    web = {"url": facts.publisher_web} if facts.publisher_web else {}
    return {"@type": "Organization", "name": facts.publisher, **web}


def open_graph(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Return the properties of a page that has an address (ogp.me), none for another."""
    if not facts.address:
        return ()
    properties = (
        ("og:type", "article"),
        ("og:title", facts.title),
        ("og:description", facts.summary),
        ("og:url", facts.address),
        ("og:site_name", facts.publisher),
        ("article:published_time", facts.published),
        ("article:modified_time", facts.updated),
    )
    return tuple((name, value) for name, value in properties if value)
