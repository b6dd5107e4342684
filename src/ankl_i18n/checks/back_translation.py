"""What a back-translation says otherwise than the source: English against English.

Somebody who has not seen the source translates a translation back. Where both English texts
differ in an amount, a "not", a time or an opposite, the translation may be wrong, or the
back-translation. The checks are those of translations, for what is meant alone: links, marks and
signs have been compared before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ankl_i18n.catalogs import po
from ankl_i18n.checks.records import Whole
from ankl_i18n.checks.run import Translations
from ankl_i18n.errors import Problem
from ankl_i18n.languages import Language

KINDS: Final = frozenset(
    (
        *("numbers", "number-format", "number-words", "number-added", "small-number-added"),
        *("spelled-numbers", "spelled-amounts", "spelled-scales", "names", "minus", "comparisons"),
        *("comparison-words", "bounds", "bounds-lost", "spelled-bounds", "ranges"),
        *("units-changed", "units", "phones", "addresses", "negation", "negation-moved"),
        *("negation-added", "conditions", "opposites", "time-order", "frequency", "urgency"),
        *("dates", "days"),
        *("sentence-dropped", "part-dropped", "placeholders"),
    )
)


def compare(
    pairs: Iterable[tuple[str, str]], source: Language, path: str = ""
) -> list[tuple[Problem, ...]]:
    """Return the problems of each pair of a source text and its back-translation, in their order.

    Both are inline Markdown in the language of the source, as msgids are. A problem is located
    in `path`, at the number of its pair (1-based). The more pairs of one leaflet there are, the
    better it is known what a missing part is: 20 and more tell how long its translations are.
    """
    entries = [
        po.Entry(msgid=one, msgstr=other, line=number)
        for number, (one, other) in enumerate(pairs, 1)
    ]
    catalog = po.new(path, {"Language": source.gettext_id})
    catalog.entries = entries
    checks = Translations(Whole(catalog, _told(entries)), source, source)
    return [
        tuple(p for p in checks.check(entry) if p.kind in KINDS) if entry.msgstr else ()
        for entry in entries
    ]


def _told(entries: Sequence[po.Entry]) -> list[po.Entry]:
    return [entry for entry in entries if entry.msgstr]
