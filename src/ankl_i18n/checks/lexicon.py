"""Which words of a catalog's translations go with which words of its sources.

A catalog is its own dictionary: where "kidney" stands in five messages and "rein" in the same
five translations, one means the other. Words are compared by their beginnings and ends, for
languages change words; a message tells nothing about itself. Sources must be English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from math import prod
from typing import Final

from ankl_i18n.catalogs.po import Entry
from ankl_i18n.languages import Language

# So many letters tell one word from others, by the script; where it has no spaces, wherever.
LETTERS: Final = {"Hans": 2, "Hant": 2, "Hani": 2, "Jpan": 2, "Kore": 3, "Hang": 3, "Ethi": 3}
USUAL, WITHOUT_SPACES = 5, 4
# So many messages are looked at; a word of many of them says little.
MESSAGES: Final = 4096
COMMON: Final = 40
# Words go together in two messages at least, in so great a share, and so much more than by chance.
AGAIN: Final = 2
SHARE: Final = 0.35
CHANCE, ABOVE = 3, 0.1
# What stands in this share of all translations tells no word: it can do no more than by chance.
TOO_USUAL: Final = (1 - ABOVE) / CHANCE
# Of several words that may translate one, those nearly as sure as the surest count.
NEARLY: Final = 0.75
# What stands in nearly all translations of a word is told from so many of them, other than that of
# one message; so many forms are enough for it, each for what the others do not explain, and each
# for more messages than by chance.
MANY: Final = 16
FEW_FORMS: Final = 2
WORTH: Final = 3.0
TWICE: Final = -1
_WORD: Final = re.compile(r"[a-z]{3,}")
_NAME: Final = re.compile(r"[A-Za-z]*\d[\w.-]*\w|[A-Z]{2,}\w*")
_TOKEN: Final = re.compile(r"[^\W_][^\s.,;:!?…()\[\]\"'«»“”‘’।॥،؛؟፣፤።፡၊။、，。；：！？（）/*]*")
_ENDINGS: Final = ("ing", "ied", "ies", "ed", "es", "s", "ly", "y")
_STEM: Final = 8
_GRAMMAR: Final = (
    "the and for that this with from are was were has have had been not may can will which who"
    " whom their they them its his her you your our but also into than then such other some any"
    " all more most one two about when where what how because between these those there being"
    " while after before over under does did should could would must very too only just even"
    " each both either nor per via never without none nothing cannot"
)
_NO_CONTENT: Final = frozenset(_GRAMMAR.split())


@dataclass(frozen=True, slots=True)
class Link:
    """Two places, in the source and in the translation, that say the same; and how sure that is.

    The places are numbers of characters before them, `weight` is at most 1.
    """

    before: int
    after: int
    weight: float


@dataclass(frozen=True, slots=True)
class Rendering:
    """How other messages of a catalog translate a word.

    `forms` are beginnings and ends of words; one of them stands in `found` of the `messages` that
    are known, and in a text without the word with the probability `chance`.
    """

    forms: tuple[str, ...]
    messages: int
    found: int
    chance: float


@dataclass(frozen=True, slots=True)
class _Forms:
    """The forms of a text's words: where each stands, and those that may tell a word.

    Those come with the catalog's translations that they stand in, as bits, and their share.
    """

    text: str
    places: Mapping[str, int]
    telling: tuple[tuple[str, int, float], ...]


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[tuple[str, int], ...]:
    """Return the stems of an English text's words that say something, and where they stand."""
    lowered = text.lower()
    return tuple(
        (_stem(match[0]), match.start())
        for match in _WORD.finditer(lowered)
        if match[0] not in _NO_CONTENT
    )


@lru_cache(maxsize=16384)
def words_once(text: str) -> tuple[tuple[str, int], ...]:
    """Return those of `words` that are not said twice."""
    often = Counter(word for word, _ in words(text))
    return tuple((word, place) for word, place in words(text) if often[word] == 1)


@lru_cache(maxsize=16384)
def _names(text: str) -> tuple[tuple[str, int], ...]:
    """Return the names of a text, such as abbreviations, and where they stand."""
    return tuple((match[0], match.start()) for match in _NAME.finditer(text))


@lru_cache(maxsize=4096)
def linked(text: str) -> tuple[int, ...]:
    """Return where links of an English text begin, at most: each adds no more than 1 in weight."""
    return tuple(place for _, place in (*words(text), *_names(text)))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


@lru_cache(maxsize=4)
def _index(sources: tuple[str, ...]) -> Mapping[str, int]:
    """Return in which sources each word stands; catalogs of one project have the same ones."""
    return _standing({word for word, _ in words(text)} for text in sources)


def _standing(texts: Iterable[Iterable[str]]) -> Mapping[str, int]:
    """Return in which texts each of their words stands, as bits: 1 << 3 for the fourth text."""
    stand: dict[str, int] = {}
    for i, text in enumerate(texts):
        bit = 1 << i
        for word in text:
            stand[word] = stand.get(word, 0) | bit
    return stand


def _numbers(bits: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while bits:
        last = bits & -bits
        yield last.bit_length() - 1
        bits ^= last


class Lexicon:
    """What a catalog tells about the words of its language."""

    def __init__(self, entries: Sequence[Entry], language: Language) -> None:
        script = language.data.script
        self._spaces = script.spaces
        usual = USUAL if script.spaces else WITHOUT_SPACES
        self._letters = LETTERS.get(script.code, usual)
        # Of very many messages, some tell enough, and the bits of all would take much memory.
        entries = entries[:: -(-len(entries) // MESSAGES) or 1]
        self._sources = tuple(entry.msgid for entry in entries)
        self._translations = [entry.msgstr for entry in entries]
        self._own: dict[str, int] = {}
        for i, source in enumerate(self._sources):
            self._own[source] = self._own.get(source, 0) | 1 << i
        self._common = max(COMMON, len(entries) // 10)
        self._read = _Forms("", {}, ())
        self._known_forms: dict[int, Iterable[str]] = {}

    @cached_property
    def _where(self) -> Mapping[str, int]:
        return _index(self._sources)

    @cached_property
    def usual_size(self) -> float:
        """The mean length of the translations, in characters."""
        return sum(map(len, self._translations)) / max(1, len(self._translations))

    def links(
        self, msgid: str, before: str, after: str, begin: int = 0, end: int | None = None
    ) -> Iterator[Link]:
        """Yield the places of a source's text and its translation's that say the same.

        `msgid` is the message that says nothing about itself. Only what stands from `begin` to
        before `end` in the source is looked at, in characters; None: to its end.
        """
        end = len(before) if end is None else end
        forms, lowered = self._forms_of(after), after.lower()
        for word, place in words_once(before):
            if not begin <= place < end:
                continue
            if word in lowered:
                if lowered.count(word) == 1:
                    yield Link(place, lowered.find(word), 1.0)
                continue
            known = self._rendered(word, msgid, forms)
            most = max(known.values(), default=0.0)
            best = [form for form, share in known.items() if share >= NEARLY * most]
            for form in best:
                if forms.places[form] >= 0:
                    yield Link(place, forms.places[form], known[form] / len(best))
        for name, place in _names(before):
            if begin <= place < end and after.count(name) == 1:
                yield Link(place, after.find(name), 1.0)

    def named(self, before: str, after: str, msgid: str) -> bool:
        """Tell whether words may be those that translate some words of a source."""
        forms = self._forms_of(after)
        return any(self._rendered(word, msgid, forms) for word, _ in words(before))

    def places(self, text: str, after: str, msgid: str) -> list[int]:
        """Return where words stand that may translate some words of a source, but not twice."""
        forms = self._forms_of(after)
        known = (self._rendered(word, msgid, forms) for word, _ in words(text))
        return [forms.places[form] for found in known for form in found if forms.places[form] >= 0]

    def _rendered(self, word: str, msgid: str, forms: _Forms) -> Mapping[str, float]:
        """Return which forms may translate a stem, and in which share of its messages other than
        one.
        """
        where = self._where.get(word, 0)
        if not AGAIN < where.bit_count() <= self._common:
            return {}
        where &= ~self._own.get(msgid, 0)
        count = where.bit_count()
        least = max(AGAIN, SHARE * count)
        return {
            form: often / count
            for form, places, chance in forms.telling
            if (often := (places & where).bit_count()) >= least
            and often >= count * (CHANCE * chance + ABOVE)
        }

    def rendering(self, word: str, msgid: str) -> Rendering | None:
        """Return how messages other than one translate a stem; None: too few have it."""
        where = self._where.get(word, 0) & ~self._own.get(msgid, 0)
        if not AGAIN <= where.bit_count() <= self._common:
            return None
        places = list(_numbers(where))
        places = places[:: max(1, len(places) // MANY)][:MANY]
        left = sum(1 << place for place in places)
        count = Counter(chain.from_iterable(map(self._forms_in, places)))
        candidates = {
            form: self._stand[form][0] & left
            for form, often in count.items()
            if often >= AGAIN and often >= len(places) * (CHANCE * self._stand[form][1] + ABOVE)
        }
        forms: list[str] = []
        while candidates and left and len(forms) < FEW_FORMS:
            worth = {
                form: (within & left).bit_count() - WORTH * self._stand[form][1] * left.bit_count()
                for form, within in candidates.items()
            }
            best = max(worth, key=lambda form: (worth[form], form))
            if worth[best] < 1:
                break
            forms.append(best)
            left &= ~candidates.pop(best)
        unlikely = prod(1 - self._stand[form][1] for form in forms)
        found = len(places) - left.bit_count()
        return Rendering(tuple(forms), len(places), found, 1 - unlikely)

    def _forms_in(self, place: int) -> Iterable[str]:
        """Return the forms of a translation, without their places."""
        if place not in self._known_forms:
            words = set(_TOKEN.findall(self._translations[place].lower()))
            self._known_forms[place] = {form for word in words for form in self._pieces(word)}
        return self._known_forms[place]

    @cached_property
    def _stand(self) -> Mapping[str, tuple[int, float]]:
        """In which translations each form of two or more stands, and their share of all."""
        stand: dict[str, int] = {}
        texts = (set(_TOKEN.findall(text.lower())) for text in self._translations)
        for word, places in _standing(texts).items():
            for form in self._pieces(word):
                stand[form] = stand.get(form, 0) | places
        number = max(1, len(self._translations))
        return {
            form: (places, often / number)
            for form, places in stand.items()
            if (often := places.bit_count()) >= AGAIN
        }

    def _forms_of(self, text: str) -> _Forms:
        """Return the forms of a text; those of the last one are kept."""
        if self._read.text != text:
            places, stand = self._places_in(text), self._stand
            known = ((form, *stand[form]) for form in places if form in stand)
            telling = tuple(one for one in known if one[2] < TOO_USUAL)
            self._read = _Forms(text, places, telling)
        return self._read

    def forms(self, text: str) -> Mapping[str, int]:
        """Return the beginnings and ends of a text's words, and where each stands; -1: twice."""
        return self._forms_of(text).places

    def _places_in(self, text: str) -> Mapping[str, int]:
        starts: dict[str, int] = {}
        for match in _TOKEN.finditer(text.lower()):
            for i, form in enumerate(self._pieces(match[0])):
                place = match.start() + (0 if self._spaces else i)
                starts[form] = TWICE if form in starts else place
        return starts

    def _pieces(self, word: str) -> Sequence[str]:
        """Return a word's beginning and end; where there are no spaces, all parts of so long."""
        letters = self._letters
        if not self._spaces:
            return [word[i : i + letters] for i in range(max(1, len(word) - letters + 1))]
        if len(word) > letters:
            return word[:letters], "-" + word[-letters:]
        return (word,) if len(word) > 1 else ()
