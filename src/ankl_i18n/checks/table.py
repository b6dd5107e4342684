"""All checks, in the order in which they run. Errors stop the publication of a language."""

from __future__ import annotations

from typing import Final

from ankl_i18n.checks import (
    addresses,
    catalogs,
    negation,
    number_order,
    numbers,
    placeholders,
    prose,
    punctuation,
    scripts,
    signs,
    structure,
    units,
)
from ankl_i18n.checks.records import CatalogCheck, Check
from ankl_i18n.errors import Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

# Checks of each translation that readers get to see.
CHECKS: Final = (
    Check("placeholders", ERROR, placeholders.placeholders),
    Check("numbers", ERROR, numbers.numbers),
    Check("number-format", ERROR, numbers.number_format),
    Check("number-ambiguous", WARNING, numbers.number_ambiguous),
    Check("number-words", WARNING, numbers.number_words),
    Check("number-added", WARNING, numbers.added),
    Check("small-number-added", HINT, numbers.small_added),
    Check("number-order", WARNING, number_order.order),
    Check("names", WARNING, numbers.names),
    Check("minus", ERROR, signs.minus),
    Check("comparisons", ERROR, signs.comparisons),
    Check("comparison-words", WARNING, signs.comparison_words),
    Check("ranges", ERROR, signs.ranges),
    Check("units-changed", ERROR, units.changed),
    Check("units", WARNING, units.lost),
    Check("phones", ERROR, addresses.phones),
    Check("addresses", ERROR, addresses.addresses),
    Check("links", ERROR, structure.links),
    Check("localized-links", WARNING, structure.localized_links),
    Check("images", ERROR, structure.images),
    Check("code", ERROR, structure.code),
    Check("new-code", HINT, structure.new_code),
    Check("emphasis", WARNING, structure.emphasis),
    Check("new-emphasis", HINT, structure.new_emphasis),
    Check("tags", ERROR, structure.tags),
    Check("lost-tags", WARNING, structure.lost_tags),
    Check("footnotes", ERROR, structure.footnotes),
    Check("vanished", ERROR, structure.vanished),
    Check("marks", WARNING, structure.marks),
    Check("block-start", HINT, structure.block_start),
    Check("negation", WARNING, negation.negation),
    Check("negation-added", WARNING, negation.added),
    Check("controls", ERROR, scripts.controls),
    Check("invisible", WARNING, scripts.invisible),
    Check("mixed-script", WARNING, scripts.mixed_script),
    Check("wrong-script", WARNING, scripts.wrong_script),
    Check("kashida", HINT, scripts.kashida),
    Check("arabic-letters", HINT, scripts.arabic_letters),
    Check("untranslated", WARNING, prose.untranslated),
    Check("untranslated-name", HINT, prose.untranslated_name),
    Check("whitespace", WARNING, punctuation.whitespace),
    Check("newlines", WARNING, punctuation.newlines),
    Check("double-spaces", HINT, punctuation.double_spaces),
    Check("end-punctuation", HINT, punctuation.end_punctuation),
    Check("brackets", WARNING, punctuation.brackets),
    Check("quotes", WARNING, punctuation.quotes),
    Check("sentences", HINT, prose.sentences),
    Check("length", HINT, prose.length),
    Check("acronyms", HINT, prose.acronyms),
    Check("double-words", HINT, prose.double_words),
    Check("french-spacing", HINT, punctuation.french_spacing),
)

# Checks of the header, of plural forms and flags, and of messages against one another.
CATALOG_CHECKS: Final = (
    CatalogCheck("plural-forms", ERROR, catalogs.plural_header),
    CatalogCheck("plural-rule", WARNING, catalogs.plural_rule),
    CatalogCheck("plural-count", ERROR, catalogs.plural_count),
    CatalogCheck("fuzzy-flag", WARNING, catalogs.fuzzy_flag),
    CatalogCheck("abbreviation-unused", WARNING, catalogs.abbreviation_unused),
    CatalogCheck("consistency", HINT, catalogs.consistency),
)

# The kind of problems with the silencing itself; see `silence`.
IGNORE: Final = "ignore"
KINDS: Final = frozenset({*(check.kind for check in CHECKS + CATALOG_CHECKS), IGNORE})
