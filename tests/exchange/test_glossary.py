"""Glossaries: their files, what the checks say of terms, and TBX."""

# ruff: noqa: E501 - one line a case reads best

from pathlib import Path

import pytest
from click.testing import CliRunner

import sample_project
from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.glossary import Entry, Term, parse, within, write
from ankl_i18n.catalogs.project import Project
from ankl_i18n.checks import check
from ankl_i18n.checks.glossary import _has
from ankl_i18n.cli import main
from ankl_i18n.coverage import publication
from ankl_i18n.errors import CatalogError
from ankl_i18n.exchange.glossaries import from_tbx, seeded, tbx
from ankl_i18n.languages import language
from ankl_i18n.settings import load

ROOT = Path(__file__).parents[2]
KINDS = ("glossary", "glossary-strict", "glossary-forbidden", "glossary-mixed")


def found(tag: str, term: Entry, *pairs: tuple[str, str]) -> list[tuple[str, int]]:
    """Return what is said of the terms of a catalog: kind, and which message."""
    head = (
        f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    catalog = po.parse(head.encode(), "x.po")
    catalog.entries = [
        po.Entry(msgid=one, msgstr=other, line=n) for n, (one, other) in enumerate(pairs)
    ]
    said = check(catalog, language(tag), language("en"), (term,))
    return [(one.kind, one.location.line) for one in said if one.kind in KINDS]


def term(*forms: str, forbidden: tuple[str, ...] = (), strict: bool = False) -> Entry:
    return Entry("lymph node", forms, forbidden, strict)


INFLECTED = [
    ("de", "Lymphknoten", "Der Arzt tastet die Lymphknotens ab."),
    ("ru", "лимфатический узел | лимфатическ* узл*", "увеличение лимфатических узлов"),
    ("pl", "węzeł chłonny | węzły chłonne", "powiększenie węzłów chłonnych"),
    ("fr", "ganglion lymphatique", "les ganglions lymphatiques"),
    ("es", "ganglio linfático", "los ganglios linfáticos"),
    ("ar", "العقدة اللمفاوية | عقد لمفاوية", "تورم العُقَد اللمفاوية"),
    ("he", "קשרית לימפה | קשריות לימפה", "הגדלה של קשריות לימפה"),
    ("hi", "लसीका ग्रंथि", "लसीका ग्रंथियों में सूजन"),
    ("ta", "நிணநீர் முடிச்சு", "நிணநீர் முடிச்சுகளில் வீக்கம்"),
    ("tr", "lenf düğümü", "lenf düğümlerinin büyümesi"),
    ("fi", "imusolmuke", "imusolmukkeiden turvotus"),
    ("ko", "림프절", "림프절이 붓는 것"),
    ("ja", "リンパ節", "リンパ節の腫れ"),
    ("zh-Hans", "淋巴结", "淋巴结肿大"),
    ("th", "ต่อมน้ำเหลือง", "ต่อมน้ำเหลืองโต"),
    ("vi", "hạch bạch huyết", "Hạch bạch huyết sưng to"),
    ("fr", "gangl*", "le ganglion"),
]


@pytest.mark.parametrize(
    ("tag", "form", "text"), INFLECTED, ids=[f"{t}-{f}" for t, f, _ in INFLECTED]
)
def test_other_endings_are_the_same_term(tag: str, form: str, text: str) -> None:
    assert found(tag, term(form), ("Swollen lymph nodes", text)) == []


LOST = [
    ("de", "Lymphknoten", "Geschwollene Mandeln"), ("ru", "лимфатический узел", "увеличение миндалин"),
    ("ar", "العقدة اللمفاوية", "تورم اللوزتين"), ("ja", "リンパ節", "扁桃の腫れ"),
    ("zh-Hans", "淋巴结", "扁桃体肿大"), ("th", "ต่อมน้ำเหลือง", "ทอนซิลโต"), ("ko", "림프절", "편도가 붓는 것"),
    ("hi", "लसीका ग्रंथि", "टॉन्सिल में सूजन"), ("ta", "நிணநீர் முடிச்சு", "டான்சில் வீக்கம்"), ("tr", "lenf düğümü", "bademcik"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "form", "text"), LOST, ids=[tag for tag, *_ in LOST])
def test_a_lost_term_is_a_hint_or_a_warning(tag: str, form: str, text: str) -> None:
    pair = ("Swollen lymph nodes", text)
    assert found(tag, term(form), pair) == [("glossary", 0)]
    assert found(tag, term(form, strict=True), pair) == [("glossary-strict", 0)]


def test_a_forbidden_word_is_an_error_wherever_it_stands() -> None:
    glossary = term("ganglion", forbidden=("glande | glandes",))
    assert found("fr", glossary, ("Other text.", "Vos glandes.")) == [("glossary-forbidden", 0)]
    assert found("fr", glossary, ("Other text.", "Une glandeur.")) == []


def test_two_synonyms_in_one_catalog_are_told_and_two_forms_are_not() -> None:
    pairs = (("A lymph node", "Un ganglion"), ("Lymph nodes", "Des nœuds"))
    assert found("fr", term("ganglion", "nœud"), *pairs) == [("glossary-mixed", 1)]
    assert found("fr", term("ganglion | nœud"), *pairs) == []


def test_a_term_within_a_longer_one_is_not_looked_for() -> None:
    terms = (Entry("leukemia", ("x",), (), False), Entry("acute leukemia", ("y",), (), False))
    assert [one.term for one in within("An acute leukemia.", terms)] == ["acute leukemia"]
    assert [one.term for one in within("Leukemias", terms)] == ["leukemia"]
    assert within("Antileukemia", terms) == []


FULL = Term(
    "bone, marrow", "body", "noun", 'a "note"', "=soft\ntissue", True,
    {"fr": ("moelle | moelles", "os"), "ar": ("نخاع العظم",)}, {"fr": ("moelle épinière",)},
)  # fmt: skip


def test_files_come_back_as_they_were() -> None:
    ((back,), problems) = parse(write([FULL], ["fr", "ar"]), "g.csv")
    assert problems == []
    assert (back.term, back.note, back.definition, back.strict) == FULL_TEXTS
    assert (back.forms, back.forbidden) == (FULL.forms, FULL.forbidden)


FULL_TEXTS = (FULL.term, FULL.note, FULL.definition, FULL.strict)


def test_tbx_keeps_terms_and_forbids_deprecated_ones() -> None:
    (back,) = from_tbx(tbx([FULL], "en"), "g.tbx", "en")
    assert (back.term, back.part, back.context, back.note) == (
        "bone, marrow",
        "noun",
        "body",
        'a "note"',
    )
    assert (back.forms["ar"], back.forbidden) == (("نخاع العظم",), {"fr": ("moelle épinière",)})


def test_the_older_tbx_is_read_too() -> None:
    old = b"""<martif type="TBX"><text><body><termEntry id="1"><descripGrp><descrip type="definition">D
    </descrip></descripGrp><langSet xml:lang="en"><tig><term>spleen</term></tig></langSet>
    <langSet xml:lang="fr"><ntig><termGrp><term>rate</term></termGrp></ntig></langSet></termEntry>
    </body></text></martif>"""
    (term,) = from_tbx(old, "old.tbx", "en")
    assert (term.term, term.definition, term.forms) == ("spleen", "D", {"fr": ("rate",)})
    with pytest.raises(CatalogError, match="not TBX"):
        from_tbx(b"<html/>", "x.tbx", "en")


BROKEN = {
    b"word,fr\nx,y\n": (1, "no column"),
    b'term,fr\nx,y\nz,"w\nv,u\n': (3, "this is not valid CSV"),
    b"term,fr\nx,y\nX,z\n": (3, "is already in"),
    b"term,fr\n\xff,y\n": (2, "not UTF-8"),
}


@pytest.mark.parametrize("data", BROKEN, ids=[said for _, said in BROKEN.values()])
def test_what_is_wrong_in_a_file_is_told_with_its_line(data: bytes) -> None:
    (problem,) = parse(data, "glossary/g.csv")[1]
    line, said = BROKEN[data]
    assert (problem.location.line, said in problem.message) == (line, True)


def test_this_repositorys_glossary_has_sixteen_languages_and_no_false_alarm() -> None:
    project = Project(load(ROOT))
    terms, problems = parse((ROOT / "glossary/terms.csv").read_bytes(), "glossary/terms.csv")
    assert (len(terms), problems) == (len(seeded(project)), [])
    tags = [spoken.tag for spoken in project.config.targets if spoken.tag != "km"]
    assert all(set(tags) <= set(one.forms) for one in terms)
    alarms = [
        one
        for tag in tags
        for domain in ("ankl", "words")
        for one in publication.catalog_problems(project, domain, tag)
        if one.kind in KINDS
    ]
    assert alarms == []
    project.close()


def test_check_tells_a_broken_glossary_and_uses_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.ankl_i18n]\nlanguages = ["fr"]\nfront-matter = "free"\n'
    )
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.md").write_text("# Your spleen\n")

    def run(*command: str):
        return CliRunner().invoke(main, ["--project", str(tmp_path), *command])

    run("extract")
    run("add", "fr")
    path = tmp_path / "locale/fr/LC_MESSAGES/a.po"
    path.write_text(
        path.read_text().replace(
            'msgid "Your spleen"\nmsgstr ""', 'msgid "Your spleen"\nmsgstr "Votre foie"'
        )
    )
    assert "glossary" not in run("check", "--severity", "hint").output
    (tmp_path / "glossary").mkdir()
    file = tmp_path / "glossary/terms.csv"
    file.write_text("term,strict,fr\nspleen,yes,rate\n")
    assert "[glossary-strict]" in run("check").output
    file.write_text("word,fr\n")
    result = run("check")
    assert "glossary/terms.csv:1" in result.output
    assert result.exit_code == 1


def test_seeds_are_added_once(tmp_path: Path) -> None:
    for name in ("source", "locale"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    first = CliRunner().invoke(main, ["--project", str(tmp_path), "glossary", "seed"])
    made = (tmp_path / "glossary/terms.csv").read_bytes()
    again = CliRunner().invoke(main, ["--project", str(tmp_path), "glossary", "seed"])
    assert (first.exit_code, again.output.startswith("0 terms added")) == (0, True)
    assert (tmp_path / "glossary/terms.csv").read_bytes() == made


@pytest.mark.parametrize(
    ("tag", "form", "text", "is_there"),
    [
        ("ti", "ደም", "ኣብ ደሞም", True),  # an ending that begins with a vowel
        ("ti", "ሕሙም", "ካብ ሕሙማን", True),
        ("ti", "ደም", "ደረት", False),
        ("am", "ቫይረስ", "ቫይረሱ", True),
        ("zh-Hans", "病毒", "冠状病毒感染", True),
        ("fr", "virus", "antiviruser", False),
    ],
)
def test_words_that_stand_within_others_are_found(
    tag: str, form: str, text: str, is_there: bool
) -> None:
    assert _has(text, form, language(tag)) is is_there


def test_the_terms_of_a_language_go_out_beside_its_texts(tmp_path: Path) -> None:
    project = sample_project.make(tmp_path)
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "terms.csv").write_text("term,fr,ar\ndrain,drain,\nnurse,,ممرضة\n")
    said = project.run("export", "fr", "--format", "tbx").output
    assert "glossary.fr.tbx  1 terms" in said
    data = (tmp_path / "export" / "glossary.fr.tbx").read_bytes()
    assert [(one.term, dict(one.forms)) for one in from_tbx(data, "x", "en")] == [
        ("drain", {"fr": ("drain",)})
    ]
    assert "no term in Spanish" in project.run("export", "es", "--format", "tbx").output
    assert "glossary import" in project.run("import", "export/glossary.fr.tbx", code=1).output
