"""Which words of a catalog's translations go with which words of its sources.

A catalog is its own dictionary: where "kidney" stands in five messages and "rein" in the same
five translations, one means the other. Words are compared by their beginnings and ends, for
languages change words; a message tells nothing about itself. Sources must be English.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from math import prod
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from ankl_i18n.catalogs.po import Entry
    from ankl_i18n.languages import Language

# So many letters tell one word from others, by the script; where it has no spaces, wherever.
LETTERS: Final = {"Hans": 2, "Hant": 2, "Hani": 2, "Jpan": 2, "Kore": 3, "Hang": 3, "Ethi": 3}
USUAL, WITHOUT_SPACES = 5, 4
# Translations that are looked at for a word; a word of more messages than this says little.
ENOUGH: Final = 8
COMMON: Final = 40
# Words go together in two messages at least, in so great a share, and so much more than by chance.
AGAIN: Final = 2
SHARE: Final = 0.35
LEAST: Final = 0.3
FORMS: Final = 6
CHANCE, ABOVE = 3, 0.1
# Of several words that may translate one, those nearly as sure as the surest count.
NEARLY: Final = 0.75
SAMPLE: Final = 100
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
class _Learnt:
    """What may translate a word: forms, and in which of the word's messages each of them stands.

    `places` are those messages, `shares` what they tell of the word to any other message.
    """

    forms: tuple[tuple[str, tuple[int, ...]], ...] = ()
    places: tuple[int, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()


_UNKNOWN: Final = _Learnt()


def _shares(
    forms: Sequence[tuple[str, Sequence[int]]], messages: int, own: Sequence[int]
) -> tuple[tuple[str, float], ...]:
    """Return in which share of the messages forms stand, without those of `own`."""
    count = messages - len(own)
    if count < AGAIN:
        return ()
    often = [(form, len(within) - sum(place in within for place in own)) for form, within in forms]
    return tuple(
        (form, number / count) for form, number in often if number >= max(AGAIN, SHARE * count)
    )


@lru_cache(maxsize=16384)
def words(text: str) -> tuple[tuple[str, int], ...]:
    """Return the stems of an English text's words that say something, and where they stand."""
    lowered = text.lower()
    return tuple(
        (_stem(match[0]), match.start())
        for match in _WORD.finditer(lowered)
        if match[0] not in _NO_CONTENT
    )


@lru_cache(maxsize=4096)
def linked(text: str) -> tuple[int, ...]:
    """Return where links of an English text begin, at most: each adds no more than 1 in weight."""
    names = (match.start() for match in _NAME.finditer(text))
    return (*(place for _, place in words(text)), *names)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 4:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


@lru_cache(maxsize=4)
def _index(sources: tuple[str, ...]) -> Mapping[str, tuple[int, ...]]:
    """Return in which sources each word stands; catalogs of one project have the same ones."""
    where: dict[str, list[int]] = {}
    for i, text in enumerate(sources):
        for word in dict.fromkeys(word for word, _ in words(text)):
            where.setdefault(word, []).append(i)
    return {word: tuple(entries) for word, entries in where.items()}


class Lexicon:
    """What a catalog tells about the words of its language."""

    def __init__(self, entries: Sequence[Entry], language: Language) -> None:
        script = language.data.script
        self._spaces = script.spaces
        usual = USUAL if script.spaces else WITHOUT_SPACES
        self._letters = LETTERS.get(script.code, usual)
        self._sources = tuple(entry.msgid for entry in entries)
        self._translations = [entry.msgstr for entry in entries]
        self._places: dict[str, list[int]] = {}
        for i, source in enumerate(self._sources):
            self._places.setdefault(source, []).append(i)
        self._forms: dict[int, Set[str]] = {}
        self._known: dict[str, _Learnt] = {}

    @cached_property
    def _where(self) -> Mapping[str, tuple[int, ...]]:
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
        forms_after, lowered = self.forms(after), after.lower()
        often = Counter(word for word, _ in words(before))
        for word, place in words(before):
            if often[word] > 1 or not begin <= place < end:
                continue
            if word in lowered:
                if lowered.count(word) == 1:
                    yield Link(place, lowered.find(word), 1.0)
                continue
            known = self.translations(word, msgid)
            candidates = [(share, form) for form, share in known if form in forms_after]
            most = max(candidates, default=(0.0, ""))[0]
            best = [one for one in candidates if one[0] >= NEARLY * most]
            for share, form in best:
                if forms_after[form] >= 0:
                    yield Link(place, forms_after[form], share / len(best))
        for name in _NAME.finditer(before):
            if begin <= name.start() < end and after.count(name[0]) == 1:
                yield Link(name.start(), after.find(name[0]), 1.0)

    def named(self, before: str, after: str, msgid: str) -> bool:
        """Tell whether words may be those that translate some words of a source."""
        forms_after = self.forms(after)
        return any(
            form in forms_after
            for word, _ in words(before)
            for form, _ in self.translations(word, msgid)
        )

    def places(self, text: str, after: str, msgid: str) -> list[int]:
        """Return where words stand that may translate some words of a source, but not twice."""
        forms_after = self.forms(after)
        known = (self.translations(word, msgid) for word, _ in words(text))
        return [
            forms_after[form]
            for forms in known
            for form, _ in forms
            if forms_after.get(form, -1) >= 0
        ]

    def translations(self, word: str, msgid: str) -> Sequence[tuple[str, float]]:
        """Return what may translate a stem, and in which share of its messages other than one."""
        known = self._of(word)
        own = [place for place in self._places.get(msgid, ()) if place in known.places]
        return _shares(known.forms, len(known.places), own) if own else known.shares

    def rendering(self, word: str, msgid: str) -> Rendering | None:
        """Return how messages other than one translate a stem; None: too few have it."""
        own = self._places.get(msgid, ())
        places = [place for place in self._where.get(word, ()) if place not in own]
        if not AGAIN <= len(places) <= max(COMMON, len(self._sources) // 10):
            return None
        places = places[:: max(1, len(places) // MANY)][:MANY]
        texts = [(place, self._at(place)) for place in places]
        count = Counter(chain.from_iterable(text for _, text in texts))
        candidates = {
            form: {place for place, text in texts if form in text}
            for form, often in count.items()
            if often >= AGAIN and often >= len(places) * (CHANCE * self._chance(form) + ABOVE)
        }
        left, forms = set(places), list[str]()
        while candidates and left and len(forms) < FEW_FORMS:
            worth = {
                form: len(within & left) - WORTH * self._chance(form) * len(left)
                for form, within in candidates.items()
            }
            best = max(worth, key=lambda form: (worth[form], form))
            if worth[best] < 1:
                break
            forms.append(best)
            left -= candidates.pop(best)
        unlikely = prod(1 - self._chance(form) for form in forms)
        return Rendering(tuple(forms), len(places), len(places) - len(left), 1 - unlikely)

    def _of(self, word: str) -> _Learnt:
        """Return what stands in translations of a word's messages, in which, and all of them."""
        known = self._known.get(word)
        if known is None:
            places = self._where.get(word, ())
            common = max(COMMON, len(self._sources) // 10)
            known = self._learnt(places) if AGAIN < len(places) <= common else _UNKNOWN
            self._known[word] = known
        return known

    def _learnt(self, places: tuple[int, ...]) -> _Learnt:
        places = places[:: max(1, len(places) // ENOUGH)][:ENOUGH]
        texts = [self._at(place) for place in places]
        least, usual = max(AGAIN, LEAST * len(places)), self._usual
        candidates = [
            (often, form)
            for form, often in Counter(chain.from_iterable(texts)).items()
            if often >= least and often >= len(places) * (CHANCE * usual.get(form, 0.0) + ABOVE)
        ]
        candidates.sort(reverse=True)
        forms = tuple(
            (form, tuple(place for place, text in zip(places, texts, strict=True) if form in text))
            for _, form in candidates[:FORMS]
        )
        return _Learnt(forms, places, _shares(forms, len(places), ()))

    def _chance(self, form: str) -> float:
        """Return in which share of all translations a form stands, by a sample of them."""
        return self._usual.get(form, 0.0)

    @cached_property
    def _usual(self) -> Mapping[str, float]:
        places = range(0, len(self._translations), max(1, len(self._translations) // SAMPLE))
        usual = Counter(chain.from_iterable(map(self._at, places)))
        return {form: often / len(places) for form, often in usual.items()}

    def _at(self, place: int) -> Set[str]:
        """Return the forms of a translation, without their places."""
        if place not in self._forms:
            words, letters = set(_TOKEN.findall(self._translations[place].lower())), self._letters
            if self._spaces:
                forms = {word for word in words if 1 < len(word) <= letters}
                for word in words:
                    if len(word) > letters:
                        forms.add(word[:letters])
                        forms.add("-" + word[-letters:])
            else:
                starts = (
                    (word, i) for word in words for i in range(max(1, len(word) - letters + 1))
                )
                forms = {word[i : i + letters] for word, i in starts}
            self._forms[place] = forms
        return self._forms[place]

    def forms(self, text: str) -> dict[str, int]:
        """Return the beginnings and ends of a text's words, and where each stands; -1: twice."""
        starts: dict[str, int] = {}
        letters = self._letters
        for match in _TOKEN.finditer(text.lower()):
            token, start = match[0], match.start()
            if not self._spaces:
                for i in range(max(1, len(token) - letters + 1)):
                    form = token[i : i + letters]
                    starts[form] = TWICE if form in starts else start + i
            elif len(token) > letters:
                for form in (token[:letters], "-" + token[-letters:]):
                    starts[form] = TWICE if form in starts else start
            elif len(token) > 1:
                starts[token] = TWICE if token in starts else start
        return starts
