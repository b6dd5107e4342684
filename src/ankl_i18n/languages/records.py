"""What is known about a language: typed records, one field for each field of a file.

The names of the fields are those of the files, with a hyphen for each underscore;
docs/languages.md describes them for people who write such files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# Where a line of text may end: at spaces (and where Unicode says so, UAX 14); at spaces alone;
# between words that are written without spaces and must be found in a dictionary.
Breaks = Literal["unicode", "spaces", "dictionary"]
# What ends a sentence: full stops; full stops that may be left out; a space, or nothing.
Ends = Literal["marked", "loose", "unmarked"]
# What a finding is: an empty word for what it is in every language.
Level = Literal["", "warning", "hint", "silent"]
Words = tuple[str, ...]
Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Script:
    """How the languages of one script, or of one region's shapes of it, are set.

    `code` is the script's in ISO 15924, and `direction` that of its lines; those of "ttb" run
    from the top to the bottom, and cannot be set. `font` is the family for its own letters and
    `package` the Debian package that has it;
    `stack` is the whole `font-family`, families of readers' own devices too, without the
    families for symbols. `leading` is the height of a line of text in ems on screen, and
    `leading_title` in titles (None: that of Latin letters); `leading_within` the height where
    the script is inside a page in another one. `scale` enlarges a script that is small for
    its size, `endonym` its name in a list of languages (a CSS length), and `measure` is the
    longest line (a CSS length). `line_break` is how strict the rules are for what may begin or
    end a line (CSS Text 3, 5.2), `breaks` where else one may end. `italic` tells whether the script
    has slanted letters of its own: without them emphasis is bold, since letters that a machine
    slants are hard to read. `letters` are its letters, as a regular expression's set, where
    text without any of them cannot be in the language. `spaces` tells whether it puts spaces
    between words, `joiners` whether U+200C and U+200D shape its letters, and `wraps` whether
    U+200B marks its words.
    """

    code: str
    font: str
    stack: Words
    direction: Literal["ltr", "rtl", "ttb"] = "ltr"
    package: str = "fonts-noto-core"
    leading: float | None = None
    leading_title: float | None = None
    leading_within: float | None = None
    scale: float | None = None
    endonym: str = ""
    measure: str = ""
    line_break: str = ""
    italic: bool = False
    breaks: Breaks = "unicode"
    letters: str = ""
    spaces: bool = True
    joiners: bool = False
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the kind of quantity, its sign or its plural in English, and signs of all languages.

    Case counts in `signs`, and no letter may follow.
    """

    kind: str
    name: str = ""
    plural: str = ""
    signs: Words = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Meanings of which one is not the other; `lost` ones are missed even if none takes
    their place, and `weak` ones may well be said as another.
    """

    meanings: Words
    lost: Words = ()
    weak: Words = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar with other months: its name in English, and those that ICU knows it by.

    ICU has several for one whose days depend on who looks at the moon. `own` tells that the names
    of its months are those of no other calendar.
    """

    english: str
    icu: Words
    own: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """How the language is written.

    `quotes` are the outer and the inner marks (CLDR, delimiters), a plain space between them;
    `curly` tells that “ opens and ” closes. `hyphenated` tells whether long words are broken:
    where words are long and dictionaries good (Pyphen, and browsers). `binds` tells that no
    word of one letter ends a line, and no dash begins one. `emphasis` is false where italics
    are not emphasis. `strange` are letters of the script that the language does not use, `other`
    those that should be another one. `spaced_signs` are signs with a no-break space before them.
    `commas` tells that commas are where English has them, in lists at least. `joins` are the
    words for "and".
    `explained` is what follows an abbreviation where a leaflet first uses it.
    `length` is how short and how long translations of an English text are at most, against it.
    `whole` are words of a language without spaces between them in which no line may end, since
    programs do not know them, or only a part of them.
    `repeats` tells that the language repeats words on purpose; `repeated` are those of others.
    `glued` tells that words are within others, for there are no spaces between them, or articles,
    prepositions or cases are written together with them: terms are looked for anywhere.
    """

    quotes: str = "“ ” ‘ ’"
    curly: bool = False
    hyphenated: bool = False
    binds: bool = False
    ends: Ends = "marked"
    emphasis: bool = True
    commas: bool = True
    joins: Words = ()
    strange: str = ""
    other: Mapping[str, str] = field(default_factory=dict)
    spaced_signs: str = ""
    explained: str = " ({meaning})"
    length: tuple[float, ...] = (0.35, 2.8)
    whole: Words = ()
    repeats: bool = False
    repeated: Words = ()
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the language counts, in digits and in words.

    `digits` is the CLDR numbering system that it is printed with. `either_sign` tells that its
    readers know both a comma and a full stop before decimals, `mirrored` that writers type
    ranges in either order (right to left), `shares_units` that they write % at one end of a range
    alone, and `kept_order` that numbers mostly are in the order of English. `words` are the
    numbers from one to ten, then twenty to ninety, each with its forms apart by `|`, `teens` those
    from eleven to nineteen; `anywhere` tells that `words` may be inside other words. `half`
    are words for a half, `dual` the endings of nouns that mean two, `minus` words for a number
    below zero, `range` those between the ends of a range, and `scales` words after a number that
    add zeros to it, by how many.
    `large_plural` tells that CLDR counts a plural form for millions or for fractions that
    catalogs leave out, and `plural_forms` is the gettext rule where Babel has another.
    """

    digits: str = "latn"
    either_sign: bool = False
    mirrored: bool = False
    shares_units: bool = False
    kept_order: bool = False
    words: Words = ()
    teens: Words = ()
    anywhere: bool = False
    numerals: Literal["", "chinese", "english"] = ""
    half: Words = ()
    dual: Words = ()
    minus: Words = ()
    range: Words = ()
    scales: Mapping[str, Words] = field(default_factory=dict)
    large_plural: bool = False
    plural_forms: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """How the language names days: `calendar` has other years than ours (`years` later).

    `first` is what the first day of a month is called; CLDR has no ordinals for days.
    `calendars` are those of `calendars.toml` that its readers use beside ours, and `months` the
    names of the first one's months that CLDR does not have, the spellings of one apart by `|`.
    `eras` are marks of eras with the year of ours before their first: Reiwa 1 is 2019.
    `marks` are words without which a year alone is not one of those calendars, and `ours` those
    which say that a year is one of ours.
    """

    calendar: bool = False
    years: tuple[float, ...] = ()
    first: str = ""
    calendars: Words = ()
    months: Words = ()
    eras: Mapping[str, float] = field(default_factory=dict)
    marks: Words = ()
    ours: Words = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that counts hours from dawn: 7 in the morning is its hour 1.

    `before` and `after` are the words beside the hour, `hours` the twelve hours in words, the
    forms of one apart by `|`, and `half` is what adds half an hour to one. `am` and `pm` are words
    for times before and after noon, `day` those for times from 6 in the morning to 6 in the
    evening, and `night` for all others; `part_first` tells that they are before the hour.
    """

    before: Words = ()
    after: Words = ()
    hours: Words = ()
    half: Words = ()
    am: Words = ()
    pm: Words = ()
    day: Words = ()
    night: Words = ()
    part_first: bool = False


@dataclass(frozen=True, slots=True)
class Negation:
    """How the language says no: words that deny, words that may, phrases that deny nothing.

    `counted` tells that its words deny so surely that one too many can be reported; `clauses` that
    its clauses come in the order of the English ones, `verbs_last` that a verb with its "not"
    ends a clause. `wanders` is how far from its English place a "not" is in nine of ten texts,
    as a share of the text; 0: as `clauses` lets expect.
    `but` are the words between two clauses for "but".
    `purpose` are ways to say "so that not", which is what English means by protect or avoid.
    `conditions` are the words for "if" that a "not" of their own clause may follow.
    """

    words: Words = ()
    maybe: Words = ()
    empty: Words = ()
    purpose: Words = ()
    conditions: Words = ()
    counted: bool = True
    clauses: bool = True
    verbs_last: bool = False
    but: Words = ()
    wanders: float = 0.0


@dataclass(frozen=True, slots=True)
class Checks:
    """What a check's findings are in the language, where it is not what it is in others.

    A check that is wrong too often in a language is a hint there, or says nothing ("silent").
    """

    abbreviation_undefined: Level = ""
    ages: Level = ""
    bare_number: Level = ""
    bound_apart: Level = ""
    bounds_lost: Level = ""
    double_negation: Level = ""
    frequency: Level = ""
    glued_sentences: Level = ""
    long_sentence: Level = ""
    medical_word: Level = ""
    negation: Level = ""
    negation_added: Level = ""
    negation_moved: Level = ""
    number_order: Level = ""
    opposites: Level = ""
    part_dropped: Level = ""
    reading_grade: Level = ""
    sentence_dropped: Level = ""
    spelled_numbers: Level = ""
    time_order: Level = ""
    units: Level = ""
    urgency: Level = ""
    vague_link: Level = ""


@dataclass(frozen=True, slots=True)
class LanguageData:
    """What one file, and the files that it goes on from, say about a language.

    `tag` is the BCP 47 tag of the nearest file. `name` is the language's name in the language
    itself, `english` that in English, each empty where CLDR's will do; a region's file does not
    inherit them. `direction` is empty for that of the script, and `fonts` are families that come
    before the script's own. `units` are the language's words for units by
    the names of `units.toml`, and `units_before` those that are before the number;
    `bounds_before` and `bounds_after` are its words for at least, more, at most, less and about
    on each side of a number. `counted` are words for what numbers count, such as people and tests,
    by any names that are the same in all files. `meanings` are its words for the meanings of
    `meanings.toml`, `meanings_loose` those that say them, too, where a text is a translation, but
    prove nothing, and `checks` says which checks are hints in the language, or silent.
    """

    tag: str
    script: Script
    name: str = ""
    english: str = ""
    direction: Literal["", "ltr", "rtl"] = ""
    fonts: Words = ()
    writing: Writing = field(default_factory=Writing)
    numbers: Numbers = field(default_factory=Numbers)
    dates: Dates = field(default_factory=Dates)
    clock: Clock = field(default_factory=Clock)
    negation: Negation = field(default_factory=Negation)
    units: Mapping[str, Words] = field(default_factory=dict)
    units_before: Mapping[str, Words] = field(default_factory=dict)
    bounds_before: Mapping[str, Words] = field(default_factory=dict)
    bounds_after: Mapping[str, Words] = field(default_factory=dict)
    counted: Mapping[str, Words] = field(default_factory=dict)
    meanings: Mapping[str, Words] = field(default_factory=dict)
    meanings_loose: Mapping[str, Words] = field(default_factory=dict)
    checks: Checks = field(default_factory=Checks)
