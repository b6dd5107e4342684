"""All checks, in the order in which they run. Errors stop the publication of a language."""

from __future__ import annotations

from typing import Final

from ankl_i18n.checks import (
    addresses,
    catalogs,
    clocks,
    days,
    glossary,
    header,
    leftovers,
    link_texts,
    meanings,
    moved,
    negation,
    numbers,
    placeholders,
    prose,
    punctuation,
    scripts,
    signs,
    spelled,
    structure,
    times,
    traits,
    units,
    wholeness,
)
from ankl_i18n.checks.records import CatalogCheck, Check
from ankl_i18n.errors import Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

# Checks of each translation that readers get to see, and of what they could be about.
CHECKS: Final = (
    Check("placeholders", ERROR, placeholders.placeholders, traits.FLAGS),
    Check("numbers", ERROR, numbers.numbers, traits.AMOUNTS),
    Check("number-format", ERROR, numbers.number_format, traits.AMOUNTS),
    Check("number-ambiguous", WARNING, numbers.number_ambiguous, traits.AMOUNTS),
    Check("number-words", WARNING, numbers.number_words, traits.AMOUNTS),
    Check("number-added", WARNING, numbers.added, traits.AMOUNTS),
    Check("small-number-added", HINT, numbers.small_added, traits.AMOUNTS),
    Check("number-order", WARNING, numbers.order, traits.AMOUNTS),
    Check("names", WARNING, numbers.names, traits.NAMES),
    Check("minus", ERROR, signs.minus, traits.AMOUNTS),
    Check("comparisons", ERROR, signs.comparisons, traits.AMOUNTS),
    Check("comparison-words", WARNING, signs.comparison_words, traits.AMOUNTS),
    Check("bounds", ERROR, signs.bounds, traits.AMOUNTS),
    Check("bounds-lost", WARNING, signs.bounds_lost, traits.AMOUNTS),
    Check("ranges", ERROR, signs.ranges, traits.AMOUNTS),
    Check("range-direction", WARNING, signs.range_direction, traits.AMOUNTS),
    Check("units-changed", ERROR, units.changed, traits.AMOUNTS),
    Check("units", WARNING, units.lost, traits.AMOUNTS),
    Check("ages", WARNING, units.ages, traits.AMOUNTS),
    Check("spelled-numbers", WARNING, spelled.numbers, traits.WORDS),
    Check("spelled-scales", WARNING, spelled.scales, traits.WORDS),
    Check("spelled-bounds", WARNING, spelled.bounds, traits.WORDS),
    Check("phones", ERROR, addresses.phones, traits.PHONES),
    Check("addresses", ERROR, addresses.addresses, traits.ADDRESSES),
    Check("links", ERROR, structure.links, traits.LINKS),
    Check("localized-links", WARNING, structure.localized_links, traits.LINKS),
    Check("link-texts", WARNING, link_texts.link_texts, traits.LINK_TEXTS),
    Check("images", ERROR, structure.images, traits.IMAGES),
    Check("outside-pictures", ERROR, structure.outside_pictures, traits.IMAGES),
    Check("script-addresses", ERROR, structure.script_addresses, traits.VISIBLE_MARKS),
    Check("code", ERROR, structure.code, traits.CODE),
    Check("new-code", HINT, structure.new_code, traits.CODE),
    Check("emphasis", WARNING, structure.emphasis, traits.EMPHASIS),
    Check("new-emphasis", HINT, structure.new_emphasis, traits.EMPHASIS),
    Check("tags", ERROR, structure.tags, traits.TAGS),
    Check("lost-tags", WARNING, structure.lost_tags, traits.TAGS),
    Check("footnotes", ERROR, structure.footnotes, traits.FOOTNOTES),
    Check("vanished", ERROR, structure.vanished, traits.HIDDEN | traits.EMPHASIS),
    Check("marks", WARNING, structure.marks, traits.VISIBLE_MARKS),
    Check("block-start", HINT, structure.block_start, traits.BLOCK),
    Check("dates", ERROR, meanings.dates, traits.MEANINGS),
    Check("days", ERROR, days.days, traits.MEANINGS | traits.NAMES),
    Check("clock", HINT, clocks.clock, traits.NAMES),
    Check("time-order", WARNING, times.order, traits.MEANINGS),
    Check("frequency", WARNING, meanings.frequency, traits.MEANINGS),
    Check("urgency", WARNING, meanings.urgency, traits.MEANINGS),
    Check("opposites", WARNING, meanings.opposites, traits.MEANINGS),
    Check("negation", WARNING, negation.negation, traits.DENIAL),
    Check("negation-moved", WARNING, moved.moved, traits.DENIAL),
    Check("negation-added", WARNING, negation.added, traits.DENIAL),
    Check("controls", ERROR, scripts.controls, traits.SIGNS),
    Check("invisible", WARNING, scripts.invisible, traits.SIGNS),
    Check("mixed-script", WARNING, scripts.mixed_script, traits.SIGNS | traits.MIXED_WORDS),
    Check("wrong-script", WARNING, scripts.wrong_script, traits.SIGNS | traits.SCRIPT),
    Check("kashida", HINT, scripts.kashida, traits.SIGNS),
    Check("arabic-letters", HINT, scripts.arabic_letters, traits.SIGNS),
    Check("untranslated", WARNING, prose.untranslated, traits.COPY),
    Check("untranslated-name", HINT, prose.untranslated_name, traits.COPY),
    Check("whitespace", WARNING, punctuation.whitespace, traits.OUTER_SPACE),
    Check("newlines", WARNING, punctuation.newlines, traits.LINE_BREAKS),
    Check("double-spaces", HINT, punctuation.double_spaces, traits.SPACES),
    Check("end-punctuation", HINT, punctuation.end_punctuation, traits.LAST_SIGN),
    Check("brackets", WARNING, punctuation.brackets, traits.PARTNERS),
    Check("quotes", WARNING, punctuation.quotes, traits.PARTNERS),
    Check("old-sentence", ERROR, leftovers.old_sentence, traits.LEFTOVER),
    Check("glued-sentences", WARNING, leftovers.glued_sentences, traits.LEFTOVER),
    Check("sentences", HINT, prose.sentences, traits.SENTENCES),
    Check("sentence-dropped", WARNING, wholeness.dropped_sentence, traits.SHORT),
    Check("part-dropped", WARNING, wholeness.dropped_part, traits.SHORT),
    Check("length", HINT, prose.length, traits.SIZE),
    Check("acronyms", HINT, prose.acronyms, traits.ACRONYMS),
    Check("double-words", HINT, prose.double_words, traits.DOUBLES),
    Check("french-spacing", HINT, punctuation.french_spacing, traits.FRENCH),
)

# Checks of the header, of plural forms and flags, and of messages against one another.
CATALOG_CHECKS: Final = (
    CatalogCheck("msgcat-marks", ERROR, leftovers.msgcat_marks),
    CatalogCheck("cut-off", WARNING, leftovers.cut_off),
    CatalogCheck("blank", WARNING, leftovers.blank),
    CatalogCheck("header", WARNING, header.header),
    CatalogCheck("other-language", WARNING, catalogs.other_language),
    CatalogCheck("plural-forms", ERROR, catalogs.plural_header),
    CatalogCheck("plural-rule", WARNING, catalogs.plural_rule),
    CatalogCheck("plural-count", ERROR, catalogs.plural_count),
    CatalogCheck("too-long", ERROR, catalogs.too_long),
    CatalogCheck("fuzzy-flag", WARNING, catalogs.fuzzy_flag),
    CatalogCheck("abbreviation-unused", WARNING, catalogs.abbreviation_unused),
    CatalogCheck("consistency", HINT, catalogs.consistency),
    CatalogCheck("glossary", HINT, glossary.lost),
    CatalogCheck("glossary-strict", WARNING, glossary.lost_strict),
    CatalogCheck("glossary-forbidden", ERROR, glossary.forbidden),
    CatalogCheck("glossary-mixed", HINT, glossary.mixed),
)

# What protects readers from strangers, whatever a translator says.
PROTECTING: Final = frozenset({"tags", "outside-pictures", "script-addresses", "too-long"})

# The kind of problems with the silencing itself; see `silence`.
IGNORE: Final = "ignore"
KINDS: Final = frozenset({*(check.kind for check in CHECKS + CATALOG_CHECKS), IGNORE})
