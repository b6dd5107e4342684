"""Tags of languages (BCP 47): how they are written, what else they are called, what is above them.

Aliases, likely scripts and parents are those of CLDR (UTS 35, Language Identifiers), by Babel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final, NamedTuple

from babel.core import get_global

# Folder names used by gettext projects, and what each of them means.
FOLDERS: Final = {
    "zh_CN": "zh_Hans",
    "zh_SG": "zh_Hans",
    "zh_TW": "zh_Hant",
    "tl": "fil",
    "pa_IN": "pa",
    "in": "id",
    "iw": "he",
    "sr@latin": "sr_Latn",
    "uz@cyrillic": "uz_Cyrl",
    "be@latin": "be_Latn",
    "ca@valencia": "ca_valencia",
}
_TAG: Final = re.compile(
    r"(?P<language>[a-z]{2,3})(_(?P<script>[A-Z][a-z]{3}))?(_(?P<region>[A-Z]{2}|\d{3}))?"
    r"(?P<variants>(_([a-z\d]{5,8}|\d[a-z\d]{3}))*)"
)


class Subtags(NamedTuple):
    """The parts of a tag, each empty where the tag does not have it (RFC 5646, section 2.1)."""

    language: str
    script: str = ""
    region: str = ""
    variants: str = ""

    def __str__(self) -> str:
        """Return the gettext id."""
        return "_".join(filter(None, self))


def subtags(name: str) -> Subtags:
    """Return the parts of a tag or gettext id. Raises `ValueError` for what is none."""
    match = _TAG.fullmatch(name.replace("-", "_"))
    if match is None:
        raise ValueError(f"{name!r} is not a BCP 47 tag")
    return Subtags(*((match[part] or "").strip("_") for part in Subtags._fields))


def canonical_id(name: str) -> str:
    """Return the gettext id that a tag, gettext id or alias stands for (`zh-TW`: `zh_Hant`)."""
    first, *others = name.replace("-", "_").split("_")
    # Language small, script capitalized, region capitals (RFC 5646, section 2.1.1).
    cases = {2: str.upper, 4: str.title}
    cased = [cases.get(len(part), str.lower)(part) for part in others]
    if first.lower() == "qps":
        cased = [part.lower() for part in others]
    tag = "_".join([first.lower(), *cased])
    return FOLDERS.get(tag) or _aliased(tag)


def _aliased(tag: str) -> str:
    """Return a gettext id with the subtags that CLDR calls by another name replaced."""
    try:
        parts = subtags(tag)
    except ValueError:
        return tag
    regions = _cldr("territory_aliases").get(parts.region, ())
    if len(regions) == 1:
        parts = parts._replace(region=regions[0])
    known = _cldr("language_aliases").get(parts.language)
    if not known or not _TAG.fullmatch(known):
        return str(parts)
    new = subtags(known)
    own = new._replace(
        script=parts.script or new.script,
        region=parts.region or new.region,
        variants=parts.variants,
    )
    return FOLDERS.get(str(own), str(own))


def aliases(gettext_id: str) -> tuple[str, ...]:
    """Return every folder name under which this language's catalogs may be found."""
    others = [alias for alias, target in FOLDERS.items() if target == gettext_id]
    known = _cldr("language_aliases").items()
    others += [alias for alias, target in known if target == gettext_id]
    return (gettext_id, *sorted(set(others)))


@cache
def likely_script(tag: str) -> str:
    """Return the ISO 15924 code of the script that a tag's texts are in, "" if nobody knows.

    It is the tag's own, or else the likely one of the language in its region.
    """
    parts = subtags(tag)
    return parts.script or regional_script(tag) or _likely(parts.language)


@cache
def regional_script(tag: str) -> str:
    """Return the script that a tag names, or that its region has of its own; else ""."""
    parts = subtags(tag)
    if parts.script or not parts.region:
        return parts.script
    return _likely(f"{parts.language}_{parts.region}")


def _likely(name: str) -> str:
    likely = _cldr("likely_subtags").get(name)
    return subtags(likely).script if likely else ""


@cache
def parents(tag: str) -> tuple[str, ...]:
    """Return the gettext ids of the languages whose words readers of a tag can read, nearest first.

    `es_MX` has `es_419` and `es`, `zh_HK` has `zh_Hant_HK` and `zh_Hant`; `sr_Latn` has none,
    for `sr` is in other letters (UTS 35, Parent Locales).
    """
    own, script = subtags(tag), likely_script(tag)
    here = str(own)
    if not own.script and script and script != _likely(own.language):
        here = str(own._replace(script=script))
    ancestors = [] if here == str(own) else [here]
    while here := _cldr("parent_exceptions").get(here) or here.rpartition("_")[0]:
        same = subtags(here).language == own.language or (own.language, here) == ("nb", "no")
        if not same or likely_script(here) != script:
            break
        ancestors.append(here)
    return tuple(ancestors)


def _cldr(name: Any) -> Mapping[str, Any]:
    return get_global(name)
