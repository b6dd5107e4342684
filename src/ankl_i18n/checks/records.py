"""The records of the checks: a pair of texts, a check, and what the checks found."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple, ParamSpec, TypeVar, cast

from ankl_i18n.catalogs.glossary import Entry as GlossaryTerm
from ankl_i18n.catalogs.po import Catalog, Entry
from ankl_i18n.checks.habits import Habits
from ankl_i18n.checks.joints import Joints
from ankl_i18n.checks.lexicon import Lexicon
from ankl_i18n.errors import Problem, Severity
from ankl_i18n.languages import Language
from ankl_i18n.source.texts import Text

T = TypeVar("T")
P = ParamSpec("P")
# What is wrong, and how to put it right: two sentences for the translator.
Finding = tuple[str, str]


class Doubtful(NamedTuple):
    """A finding that is told as a hint, whatever its check: the evidence for it is weak."""

    text: str
    hint: str


class Length(NamedTuple):
    """How long a catalog's translations are against their sources, as a rule; 0: not known.

    `spread` is the standard deviation of its natural logarithm, for a source of one character;
    for one of n characters, it is divided by the square root of n.
    """

    usual: float = 0.0
    spread: float = 0.0


UNKNOWN: Final = Length()


def doubtful_if(doubt: object, finding: Finding) -> Finding:
    """Return a finding, as a doubtful one if there is doubt."""
    return Doubtful(*finding) if doubt else finding


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a glossary, or the words of a link: in the source, and in the translation.

    A link has its address, and the message that it stands in.
    """

    source: str
    translation: str
    address: str = ""
    msgid: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A msgid and one form of its translation, both as written and as readers see them.

    `msgid` is msgid_plural where that is what the form translates. `flags` are the message's
    flags. `single` tells that this form is used for one number alone, so that its text may
    leave the number out ("no parts", "one part"). `markup` is false for blocks of code.
    `length` is how long the catalog's translations are against their sources, `terms` are those
    of its glossary and links, `lexicon` is what it tells about the words of the language,
    `habits` beside which words they say "not", and `joints` how often they lack an "or".
    """

    msgid: str
    msgstr: str
    before: Text
    after: Text
    language: Language
    source: Language
    flags: frozenset[str]
    single: bool = False
    markup: bool = True
    msgctxt: str | None = None
    short_forms: Mapping[str, str] = field(default_factory=dict)
    length: Length = UNKNOWN
    terms: tuple[Term, ...] = ()
    lexicon: Lexicon | None = None
    habits: Habits | None = None
    joints: Joints | None = None


def once(find: Callable[P, T]) -> Callable[P, T]:
    """Make a function remember what it found for the last subject: checks of one share it."""
    return cast("Callable[P, T]", lru_cache(maxsize=1)(find))


# A space without width, which tells where lines may end in Khmer, Thai and Burmese.
UNSEEN: Final = "\u200b"


def respelled(text: str, language: Language) -> str:
    """Return a text with the language's own letters: Persian ones for Arabic ones."""
    other = language.data.writing.other
    for c in other:
        if c in text:
            text = text.replace(c, other[c])
    return text.replace(UNSEEN, "")


@once
def small_letters(pair: Pair) -> tuple[str, str]:
    """Return what readers see of both texts, in small letters and in Unicode's normal form C."""
    return pair.before.shown.lower(), small(pair.after.shown, pair.language)


@lru_cache(maxsize=4096)
def small(text: str, language: Language) -> str:
    """Return a text of a language in small letters and in Unicode's normal form C."""
    return respelled(unicodedata.normalize("NFC", text.lower()), language)


@dataclass(frozen=True, slots=True)
class Check:
    """A check of one translation: `find` yields what is wrong with it.

    It finds nothing where a pair has none of the `traits` (bits, see `traits`).
    """

    kind: str
    severity: Severity
    find: Callable[[Pair], Iterator[Finding]]
    traits: int


@dataclass(frozen=True, slots=True, eq=False)
class Whole:
    """A catalog, and its messages that are translated, in their order.

    `terms` are those of the project's glossary in this language.
    """

    catalog: Catalog
    translated: Sequence[Entry]
    terms: tuple[GlossaryTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogCheck:
    """A check that needs the whole catalog: `find` yields findings with their entries."""

    kind: str
    severity: Severity
    find: Callable[[Whole, Language], Iterator[tuple[Entry, Finding]]]


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found; `silenced` is what translators have answered with a reason."""

    problems: tuple[Problem, ...]
    silenced: tuple[Problem, ...] = ()


def base(language: Language) -> str:
    """Return the language without script and region: `zh` for zh-Hant."""
    return language.tag.partition("-")[0]
