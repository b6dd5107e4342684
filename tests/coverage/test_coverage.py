"""Coverage: cases are folders with a leaflet (or a template), a catalog and what is counted."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ankl_i18n import source as document
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.finding import find
from ankl_i18n.catalogs.template import messages_of
from ankl_i18n.coverage.counting import coverage, outline, standings, translations
from ankl_i18n.coverage.figures import Counts, LeafletCoverage, Tally, publishable, total
from ankl_i18n.source.texts import word_count

CASES = Path(__file__).parents[1] / "cases" / "coverage"
NAMES = sorted(path.name for path in CASES.iterdir() if path.name != "reports")
THRESHOLD = 80.0


def read(name):
    """Return the messages and the catalog of a case."""
    folder = CASES / name
    if (folder / "template.pot").exists():
        messages = messages_of(po.read(folder / "template.pot"))
    else:
        source = (folder / "leaflet.md").read_text(encoding="utf-8")
        messages = document.parse(source, "leaflet.md", name, front_matter="free").segments
    path = folder / "fr.po"
    return messages, po.read(path) if path.exists() else None


def described(covered, messages, catalog):
    """Return coverage as text that a person can check."""
    lines = [f"all: {counted(covered.counts)}"]
    for section in covered.sections:
        mark = " (required)" if section.required else ""
        lines.append(f"section {section.id!r} {section.title!r}{mark}: {counted(section.counts)}")
    lines.append(f"required complete: {covered.required_complete}")
    lines += [f"not published: {reason}" for reason in publishable(covered, THRESHOLD)]
    shown = translations(catalog)
    for message in dict.fromkeys(messages):
        found = "skipped" if getattr(message, "skip", False) else repr(find(shown, message))
        lines.append(f"{word_count(message.msgid)} {message.key!r} -> {found}")
    return "\n".join(lines) + "\n"


def counted(counts):
    return "; ".join(
        f"{name}: {t.percent}% of {t.total}, {t.translated} translated, {t.fuzzy} fuzzy,"
        f" {t.untranslated} untranslated"
        for name, t in (("messages", counts.messages), ("words", counts.words))
    )


@pytest.mark.parametrize("name", NAMES)
def test_case(name, golden):
    messages, catalog = read(name)
    covered = coverage(name, outline(messages), standings(catalog), "fr")
    golden(CASES / name / "expected.txt", described(covered, messages, catalog))


@pytest.mark.parametrize("name", [name for name in NAMES if name != "page-words"])
def test_what_counts_as_translated_is_what_readers_see(name):
    messages, catalog = read(name)
    shown = translations(catalog)
    seen = {m.key for m in messages if not m.skip and find(shown, m) is not None}
    assert coverage(
        name, outline(messages), standings(catalog), "fr"
    ).counts.messages.translated == len(seen)


numbers = st.integers(0, 10**9)


@given(st.builds(Tally, numbers, numbers, numbers))
def test_a_percentage_never_says_all_or_nothing_wrongly(tally):
    assert (tally.percent == 100) == (tally.translated == tally.total)
    if tally.total:
        assert (tally.percent == 0) == (tally.translated == 0)
    assert tally.percent in (1, int(tally.ratio * 100))


@given(st.builds(Tally, numbers, numbers, numbers), st.integers(0, 1000))
def test_the_threshold_is_compared_exactly(tally, tenths):
    covered = LeafletCoverage("leaflet", "fr", Counts(tally, tally))
    enough = tally.total == 0 or Fraction(tally.translated, tally.total) >= Fraction(tenths, 1000)
    assert (publishable(covered, tenths / 10) == []) == enough


@pytest.mark.parametrize(
    ("translated", "of", "threshold", "published"),
    [
        (799, 1000, 80.0, False),
        (800, 1000, 80.0, True),
        (801, 1000, 80.1, True),
        (666, 1000, 66.6, True),
        (999, 1000, 99.9, True),
        (70, 1000, 7.0, True),
        (999_999, 1_000_000, 100.0, False),
        (0, 0, 100.0, True),
        (0, 5, 0.0, True),
    ],
)
def test_the_edge_of_the_threshold(translated, of, threshold, published):
    tally = Tally(translated, 0, of - translated)
    covered = LeafletCoverage("leaflet", "fr", Counts(tally, tally))
    assert (not publishable(covered, threshold)) == published


def test_a_required_section_holds_a_leaflet_back_whatever_the_percentage():
    messages, catalog = read("required")
    covered = coverage("required", outline(messages), standings(catalog), "fr")
    assert covered.counts.words.percent >= 80
    assert publishable(covered, 0.0) == ["required section not complete: At night"]


def test_domains_add_up():
    cases = {name: read(name) for name in NAMES}
    rows = [coverage(name, outline(one[0]), standings(one[1]), "fr") for name, one in cases.items()]
    counts = total(rows)
    assert counts.messages.total == sum(row.counts.messages.total for row in rows) > 0
    assert counts.words.fuzzy == sum(row.counts.words.fuzzy for row in rows) > 0
    assert total([]) == Counts()


def test_a_translation_from_elsewhere_does_not_stand_in_for_a_fuzzy_one():
    messages, catalog = read("context")
    shown = {m.msgid: find(translations(catalog), m) for m in messages if m.kind == "heading"}
    assert shown["Treatment"] == "Traitement"  # the catalog has it without context only
    assert shown["Water"] == "Eau"  # the one in this context is obsolete
    assert shown["Rest"] is None  # waits, fuzzy
    assert shown["Food"] is None  # waits, untranslated
