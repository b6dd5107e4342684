"""A project's languages: regions, its own language files, and those that nothing is known of."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from ankl_i18n.languages import fonts
from ankl_i18n.languages.reader import use
from sample_project import run

HMONG = 'name = "Hmoob"\n[numbers]\nplural-forms = "nplurals=1; plural=0;"\n'


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A project with its first leaflet, in French."""
    assert run("init", "--project", str(tmp_path)).exit_code == 0
    assert run("add", "fr", "--project", str(tmp_path)).exit_code == 0
    yield tmp_path
    use(())


def ui(root: Path, tag: str) -> polib.POFile:
    return polib.pofile(str(root / "locale" / tag / "LC_MESSAGES" / "ui.po"))


def build(root: Path, *options: str):
    return run("build", "--drafts", "--only", "html", "--project", str(root), *options)


def page(root: Path, tag: str) -> str:
    return (root / "build" / tag / "first-leaflet.html").read_text(encoding="utf-8")


def write_own(root: Path, tag: str, text: str) -> None:
    (root / "languages").mkdir(exist_ok=True)
    (root / "languages" / f"{tag}.toml").write_text(text, encoding="utf-8")


# --- regions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "folder", "about"),
    [
        ("fr-CA", "fr_CA", "À propos de cette brochure"),
        ("fr-US", "fr_US", "À propos de cette brochure"),
        ("ar-MA", "ar_MA", "عن هذه النشرة"),
        ("es-419", "es_419", "Acerca de este folleto"),
        ("es-MX", "es_MX", "Acerca de este folleto"),
        ("fa-AF", "fa_AF", "درباره این بروشور"),
        ("zh-HK", "zh_HK", "關於這份資料"),
        ("da-GL", "da_GL", ""),
        ("pt-PT", "pt_PT", ""),
        ("pa-PK", "pa_PK", ""),
        ("ur-Latn", "ur_Latn", ""),
        ("yue", "yue", ""),
    ],
)
def test_a_region_starts_with_the_words_of_its_language(
    root: Path, tag: str, folder: str, about: str
) -> None:
    assert run("add", tag, "--project", str(root)).exit_code == 0
    (entry,) = (one for one in ui(root, folder) if one.msgid == "About this leaflet")
    parent = tag.partition("-")[0] if tag != "zh-HK" else "zh_Hant"
    shipped = Path(__file__).parents[2] / "locale" / parent / "LC_MESSAGES" / "ui.po"
    if about:
        (lent,) = (one for one in polib.pofile(str(shipped)) if one.msgid == entry.msgid)
        about = lent.msgstr
    assert entry.msgstr == about
    assert f'"{tag}"' in (root / "pyproject.toml").read_text()


def test_a_region_shows_the_words_of_its_language_until_it_has_its_own(root: Path) -> None:
    run("add", "fr-CA", "--project", str(root))
    path = root / "locale" / "fr_CA" / "LC_MESSAGES" / "ui.po"
    catalog = polib.pofile(str(path))
    for entry in catalog:
        entry.msgstr = "Brouillon du Québec" if entry.msgid == "Draft translation" else ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalog.save()
    assert build(root).exit_code == 0
    assert "Brouillon du Québec" in page(root, "fr-CA")
    assert "À propos" in page(root, "fr-CA")
    assert ">About this leaflet<" not in page(root, "fr-CA")
    shown = json.loads(run("coverage", "--format", "json", "--project", str(root)).stdout)
    (canada,) = (one for one in shown["languages"] if one["tag"] == "fr-CA")
    (words,) = (one for one in canada["leaflets"] if one["domain"] == "ui")
    assert words["messages"]["percent"] == 100


def test_words_come_from_the_projects_own_catalog_of_the_language(root: Path) -> None:
    run("add", "da", "da-GL", "--project", str(root))
    path = root / "locale" / "da" / "LC_MESSAGES" / "ui.po"
    catalog = polib.pofile(str(path))
    catalog.find("About this leaflet").msgstr = "Om dette blad"
    catalog.save()
    assert build(root).exit_code == 0
    assert "Om dette blad" in page(root, "da-GL")
    catalog.find("About this leaflet").msgstr = "Om bladet"
    catalog.save()
    assert build(root).exit_code == 0
    assert "Om bladet" in page(root, "da-GL")


def test_leaflets_are_not_lent(root: Path) -> None:
    run("add", "fr-CA", "--project", str(root))
    path = root / "locale" / "fr" / "LC_MESSAGES" / "first-leaflet.po"
    catalog = polib.pofile(str(path))
    catalog.find("Do not wait").msgstr = "N’attendez pas"
    catalog.save()
    assert build(root).exit_code == 0
    assert "N’attendez pas" in page(root, "fr")
    assert "N’attendez pas" not in page(root, "fr-CA")


def test_english_of_a_region_needs_no_translation_of_english_words(root: Path) -> None:
    run("add", "en-GB", "--project", str(root))
    assert build(root).exit_code == 0
    assert '<span class="untranslated" lang="en" dir="ltr">About' not in page(root, "en-GB")


# --- what nothing is known of -------------------------------------------------------------------


def test_one_unknown_language_stops_no_other(root: Path) -> None:
    settings = root / "pyproject.toml"
    settings.write_text(settings.read_text().replace('["fr"]', '["din", "fr", "mn-Mong"]'))
    line = settings.read_text().splitlines().index('languages = ["din", "fr", "mn-Mong"]') + 1
    result = build(root)
    assert result.exit_code == 1
    assert f"pyproject.toml:{line}: error: CLDR has no data for din (Dinka)" in result.stderr
    assert "write languages/din.toml" in result.stderr
    assert "mn-Mong is written from top to bottom" in result.stderr
    assert "Toutes les langues" in page(root, "fr")
    for command in ("check", "coverage", "doctor", "update"):
        shown = run(command, "--project", str(root))
        assert shown.exit_code == 1
        assert "languages/din.toml" in shown.output + shown.stderr, command


def test_a_file_of_the_project_makes_it_known(root: Path) -> None:
    write_own(root, "hmn", HMONG)
    assert run("add", "hmn", "--project", str(root)).exit_code == 0
    assert 'plural=0;\\n"' in (root / "locale/hmn/LC_MESSAGES/ui.po").read_text()
    assert build(root).exit_code == 0
    assert "Hmoob" in page(root, "fr")
    assert 'lang="hmn" dir="ltr"' in page(root, "hmn")


def test_a_file_says_direction_digits_and_fonts(root: Path) -> None:
    more = 'direction = "rtl"\nfonts = ["Noto Sans Hebrew"]\nenglish = "Judezmo"\n'
    write_own(root, "lad", f'{more}{HMONG}digits = "arabext"\n[writing]\nquotes = "« » ‹ ›"\n')
    assert run("add", "lad", "--project", str(root)).exit_code == 0
    assert build(root).exit_code == 0
    made = page(root, "lad")
    assert '<html lang="lad" dir="rtl"' in made
    assert '[lang]:lang(lad) { font-family: "Noto Sans", "Noto Sans Hebrew", ' in made
    assert "۲۰۲۶-۰۱-۳۱" in made
    assert '[lang]:lang(lad) { quotes: "«" "»" "‹" "›"; }' in made


def test_a_file_changes_what_the_package_says(root: Path) -> None:
    before = build(root)
    write_own(root, "fr", '[writing]\nquotes = "“ ” ‘ ’"\n')
    assert before.exit_code == build(root).exit_code == 0
    assert '[lang]:lang(fr) { quotes: "“" "”" "‘" "’"; }' in page(root, "fr")


def test_a_font_cannot_end_the_style_sheet(root: Path) -> None:
    write_own(root, "fr", '[writing]\nquotes = "</style><script> \\" \\\\ ’"\n')
    assert build(root).exit_code == 0
    assert "<script>" not in page(root, "fr")
    assert page(root, "fr").count("<script") == page(root, "en").count("<script") == 1  # data
    write_own(root, "fr", "fonts = ['</style>']\n")
    result = build(root)
    assert result.exit_code == 2
    assert (
        "languages/fr.toml:1: error: fonts: '</style>' is not the name of a font" in result.stderr
    )


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("hmn", 'name = "Hmoob"\n[numbers]\nplural = 1\n', "hmn.toml:3: error: [numbers] plural"),
        ("hmn", 'name = "Hmoob\n', "hmn.toml:1: error: not TOML"),
        ("hmn", 'direction = "up"\n', "hmn.toml:1: error: direction: the value does not fit"),
        ("hmong", HMONG, "hmong.toml:1: error: the name is not a language tag"),
        ("hmn", "name = 5\n", "hmn.toml:1: error: name: the value does not fit"),
        ("hmn", 'script = "Hmong"\n', "hmn.toml:1: error: script: no such script"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(root: Path, name: str, text: str, problem: str) -> None:
    write_own(root, name, text)
    result = run("check", "--project", str(root))
    assert result.exit_code == 2
    assert f"languages/{problem}" in result.stderr


def test_a_file_that_leaves_something_out_is_told_what(root: Path) -> None:
    write_own(root, "hmn", 'name = "Hmoob"\n')
    result = run("add", "hmn", "--project", str(root))
    assert result.exit_code == 2
    assert "name =" not in result.stderr
    assert "plural-forms" in result.stderr


def test_an_alias_names_the_file_and_the_language(root: Path) -> None:
    write_own(root, "prs", '[writing]\nquotes = "‘ ’ “ ”"\n')
    result = run("add", "prs", "--project", str(root))
    assert "prs is fa-AF (Dari)" in result.stdout
    assert build(root).exit_code == 0
    assert '<html lang="fa-AF" dir="rtl"' in page(root, "fa-AF")
    assert '[lang]:lang(fa-AF) { quotes: "‘" "’" "“" "”"; }' in page(root, "fa-AF")


def test_add_goes_on_with_those_it_knows(root: Path) -> None:
    result = run("add", "oj", "es", "Deutsch", "--project", str(root))
    assert result.exit_code == 1
    assert '["fr", "es"]' in (root / "pyproject.toml").read_text()
    assert "oj: error: CLDR has no data for oj (Ojibwa)" in result.stderr
    assert "Deutsch is de" in result.stderr


# --- fonts --------------------------------------------------------------------------------------


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch):
    """Return a function that takes font families away from this computer."""

    def lack(*families: str) -> None:
        there = frozenset(fonts.families() - set(families))
        monkeypatch.setattr(fonts, "installed", lambda: there)

    return lack


@pytest.mark.parametrize(
    ("tag", "letter", "family"),
    [
        ("zh-HK", "說", "Noto Sans CJK HK"),
        ("iu", "ᐃ", "Noto Sans Canadian Aboriginal"),
        ("bo", "བ", "Noto Serif Tibetan"),
        ("ff-Adlm", "𞤊", "Noto Sans Adlam"),
        ("ru", "ж", "Noto Sans"),
    ],
)
def test_doctor_and_the_error_name_the_same_package(
    root: Path, lacking, tag: str, letter: str, family: str
) -> None:
    lacking(family)
    package = "fonts-noto-cjk" if "CJK" in family else "fonts-noto-core"
    run("add", tag, "--project", str(root))
    shown = run("doctor", "--project", str(root)).stdout
    missing = shown[shown.index(f"MISSING  font {family}") :].splitlines()
    assert missing[1].strip() == f"apt-get install {package}"
    if tag != "zh-HK":  # the letter is in every font for Chinese
        assert f"apt-get install {package} " in fonts.advice(letter)


@pytest.mark.parametrize("letter", ["說", "ᐃ", "བ", "𞤊", "ж", "ก", "→", "🙂", "ا"])
def test_what_is_installed_is_not_to_be_installed(lacking, letter: str) -> None:
    lacking()
    assert "install" not in fonts.advice(letter)
    assert fonts.advice(letter)


def test_a_font_of_the_projects_own_is_looked_for(root: Path, lacking) -> None:
    write_own(root, "hmn", f'fonts = ["Our Hmong"]\n{HMONG}')
    run("add", "hmn", "--project", str(root))
    lacking("Our Hmong")
    shown = run("doctor", "--project", str(root)).stdout
    assert "MISSING  font Our Hmong (Hmong)\n        install the font Our Hmong" in shown
