"""Alarms of the glossary's check are counted against how often terms stand in the text."""

from pathlib import Path

from ankl_i18n.catalogs.glossary import parse
from benchmarks import glossary_alarms

ROOT = Path(__file__).parents[2]
CATALOG = """msgid ""
msgstr ""
"Language: fr\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "The virus and the viruses."
msgstr "Le virus et les virus."

msgid "No virus is known."
msgstr "Rien n’est connu."

#, fuzzy
msgid "A virus."
msgstr "Un mot."
"""


def test_alarms_are_counted_against_chances(tmp_path: Path) -> None:
    (tmp_path / "fr.po").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "terms.csv").write_text("term,fr,de\nvirus,virus,Virus\n", encoding="utf-8")
    (found,) = glossary_alarms.measure([tmp_path / "fr.po"], tmp_path / "terms.csv")
    assert (found.tag, found.chances, found.alarms) == ("fr", 2, 1)
    assert found.words == (("virus", 1),)
    assert "| fr | 1 | 2 | 1 | 50.0% |" in glossary_alarms.table([found])


def test_the_glossary_of_a_corpus_has_forty_terms_in_sixteen_languages() -> None:
    path = ROOT / "benchmarks" / "data" / "glossary" / "tico19.csv"
    terms, problems = parse(path.read_bytes(), path.name)
    assert problems == []
    assert len(terms) == 40
    assert len({tag for term in terms for tag in term.forms}) == 16
