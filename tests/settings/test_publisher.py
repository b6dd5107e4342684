"""A publisher: its texts, logo, colours and fonts on pages and PDFs; its own templates.

`cases/publisher` is a project of an invented hospital, labelled so.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from test_pdf_judges import judged

from ankl_i18n.catalogs import po
from ankl_i18n.errors import RenderError
from ankl_i18n.html.barcode import barcode_svg
from ankl_i18n.html.templating import POLICY, guarded
from ankl_i18n.settings.publisher import colours, problems
from ankl_i18n.settings.publisher.fonts import face
from ankl_i18n.settings.publisher.kinds import dialled, telephone
from ankl_i18n.settings.publisher.pictures import wrong_picture
from ankl_i18n.settings.publisher.records import Colours
from sample_project import REPOSITORY, SampleProject

CASE = Path(__file__).parents[1] / "cases" / "publisher"
TAGS = ("en", "ar", "zh-Hans", "hi", "ko", "th")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def select(page: lxml.html.HtmlElement, selector: str) -> list[lxml.html.HtmlElement]:
    """Return the elements of a selector of names and classes, each within the one before."""
    path = ""
    for part in selector.split():
        tag, *classes = part.split(".")
        has = "".join(f"[contains(concat(' ', @class, ' '), ' {one} ')]" for one in classes)
        path += f"//{tag or '*'}{has}"
    return page.xpath(path)


def said(page: lxml.html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in select(page, selector)]


def addresses(page: lxml.html.HtmlElement, selector: str) -> list[str]:
    return [one.get("href") for one in select(page, f"{selector} a")]


# --- what pages say -----------------------------------------------------------------------------


def test_a_page_says_who_publishes_it(built):
    page = built.page("en", "visit")
    assert said(page, ".house-helpline") == ["Nurse on call +44 20 7946 0123 day and night"]
    assert addresses(page, ".house-helpline") == ["tel:+442079460123"]
    assert said(page, ".house-name") == ["Example: Invented Hospital"]
    assert said(page, ".house-address bdi") == ["1 Example Street", "London"]
    assert addresses(page, ".house") == [
        "tel:+442079460958",
        "mailto:hello@hospital.example",
        "https://hospital.example",
        "mailto:leaflets@hospital.example",
    ]
    assert said(page, ".house-text")[1] == "This leaflet does not take the place of your care team."


@pytest.mark.parametrize("name", ["index", "visit"])
@pytest.mark.parametrize("tag", TAGS)
def test_every_page_in_every_language_says_it(built, tag, name):
    page = built.page(tag, name)
    assert said(page, ".house-helpline a") == ["+44 20 7946 0123"]
    assert len(select(page, ".site-header picture img") + select(page, ".site-footer .house")) == 2
    assert select(page, ".house-top .untranslated") + select(page, ".house .untranslated") == []


def test_texts_are_translated_and_numbers_may_differ_by_language(built):
    page = built.page("ar", "visit")
    assert said(page, ".house-name") == ["مثال: مستشفى مختلق"]
    # Programs that make PDFs do not look for the direction of what says none.
    assert {one.get("dir") for one in select(page, ".house-address bdi")} == {"ltr"}
    assert said(page, ".house-contact li")[0] == (
        "+44 20 7946 0321 من السبت إلى الخميس، 9:00 إلى 15:00"
    )
    assert said(built.page("hi", "visit"), ".house-contact li")[0] == (
        "+44 20 7946 0958 सोमवार से शुक्रवार, 9:00 से 17:00"
    )


def test_texts_have_a_template_with_notes(built):
    template = po.read(built.path("locale/publisher.pot"))
    (entry,) = (one for one in template.entries if one.msgid == "Nurse on call")
    assert entry.comment == "Note: Stands before a telephone number that readers can call."
    assert entry.occurrences == [("pyproject.toml", "")]
    assert len(template.entries) == 9


def test_a_text_without_a_translation_is_marked(project):
    project.translate("hi", "publisher", "Nurse on call", "")
    project.build()
    (marked,) = select(project.page("hi", "visit"), ".house-helpline .untranslated")
    assert (marked.get("lang"), marked.text) == ("en", "Nurse on call")


def test_a_translation_is_text(project):
    project.translate("hi", "publisher", "Nurse on call", "<script>1</script> **नर्स**")
    project.build("--drafts", code=1)  # its catalog has an error
    assert said(project.page("hi", "visit"), ".house-helpline-name") == [
        "<script>1</script> **नर्स**"
    ]


def test_a_catalog_of_the_publisher_with_errors_is_not_published(project):
    project.translate("th", "publisher", "Monday to Friday, 9:00 to 17:00", "9:00 ถึง 19:00")
    made = project.build(code=1)
    assert "the catalog of the publisher has errors" in made.output
    assert select(project.page("th", "visit"), "body.withdrawn")


def test_where_all_leaflets_share_a_catalog_the_texts_are_in_it(project):
    project.replace(
        "pyproject.toml",
        "[tool.ankl_i18n]\n",
        '[tool.ankl_i18n]\ndomain = "all"\ntemplate-path = "po/all.pot"\n'
        'catalog-path = "po/{gettext_id}.po"\n',
    )
    project.run("extract")
    msgids = {one.msgid for one in po.read(project.path("po/all.pot")).entries}
    assert {"Your visit", "Nurse on call"} <= msgids


def test_a_leaflet_cannot_have_the_name_of_the_domain(project):
    project.path("source/visit.md").rename(project.path("source/publisher.md"))
    found = project.run("check", code=1).output
    assert "the catalog of the publisher's words" in found


def test_without_a_publisher_pages_have_nothing_of_it(project):
    text = project.text("pyproject.toml")
    project.path("pyproject.toml").write_text(text.partition("[tool.ankl_i18n.publisher]")[0])
    project.build()
    page = project.text("build/en/visit.html")
    assert "house" not in page.partition("</style>")[2]
    assert page.count("<style>") == 1


# --- logos --------------------------------------------------------------------------------------


def test_logos_are_pictures_with_variants(built):
    page = built.page("en", "visit")
    (picture,) = select(page, ".house-logo picture")
    sources = {one.get("media"): one.get("srcset") for one in picture.iter("source")}
    assert set(sources) == {"print", "(prefers-color-scheme: dark)"}
    (img,) = picture.iter("img")
    assert img.get("alt") == "Example: Invented Hospital, two leaves on a stem"
    shown = {*sources.values(), img.get("src")}
    assert len(shown) == 3
    assert all(one.startswith("data:image/svg+xml;base64,") for one in shown)
    assert [one.get("class") for one in select(page, "svg")] == ["languages-icon"]


def test_a_logo_may_be_that_of_a_language(built):
    shown = {tag: select(built.page(tag, "visit"), ".house-logo img")[0].get("src") for tag in TAGS}
    assert len(set(shown.values())) == 2
    assert shown["ar"] != shown["en"]


@pytest.mark.parametrize(
    ("inside", "wrong"),
    [
        ('<path d="M0 0h9v9z"/>', ""),
        ('<use href="#a"/><image href="data:image/png;base64,AA"/>', ""),
        ("<script>1</script>", "it has an element script: a logo is a still picture"),
        ("<SCRIPT/>", "it has an element script: a logo is a still picture"),
        (
            '<s:script xmlns:s="http://www.w3.org/2000/svg"/>',
            "it has an element script: a logo is a still picture",
        ),
        ('<set attributeName="d"/>', "it has an element set: a logo is a still picture"),
        ("<foreignObject/>", "it has an element foreignobject: a logo is a still picture"),
        ('<g onclick="1"/>', "it has an attribute onclick: a logo is a still picture"),
        (
            '<image href="https://other.example/a.png"/>',
            "it refers to another file: https://other.example/a.png",
        ),
        (
            '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="b.svg#a"/>',
            "it refers to another file: b.svg#a",
        ),
        (
            "<text>Hospital</text>",
            "it has text, which each device sets in another font: turn the letters into paths",
        ),
        ("<g>", "it is not an SVG image: mismatched tag: line 1, column 63"),
    ],
)
def test_what_a_logo_may_hold(inside, wrong):
    assert wrong_picture(SVG.format(inside).encode(), "logo.svg") == wrong


@pytest.mark.parametrize(
    ("data", "name", "wrong"),
    [
        (b"\x89PNG\r\n\x1a\n", "logo.png", ""),
        (b"<svg/>", "logo.png", "it is not a PNG image"),
        (b"<html/>", "logo.svg", "it is not an SVG image"),
        (
            b"<svg/>",
            "logo.svg",
            "its element svg has no viewBox, so it cannot be made larger or smaller",
        ),
        (
            b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1"/>',
            "logo.svg",
            "it declares entities",
        ),
    ],
)
def test_what_a_logo_is(data, name, wrong):
    assert wrong_picture(data, name) == wrong


def test_a_logo_that_is_not_there_fails_once_and_check_says_so(project):
    project.path("brand/logo-dark.svg").unlink()
    problem = "brand/logo-dark.svg: error: cannot be read: No such file or directory [publisher]"
    assert project.build(code=1).output.count(problem) == 1
    assert problem in project.run("check", code=1).output


def test_a_logo_outside_of_the_project_is_not_read(project, tmp_path):
    outside = tmp_path / "logo.svg"
    outside.write_text(SVG.format(""), encoding="utf-8")
    project.path("brand/logo.svg").unlink()
    project.path("brand/logo.svg").symlink_to(outside)
    assert "brand/logo.svg: error: is outside the project" in project.build(code=1).output


def test_a_changed_logo_makes_pages_anew(project):
    assert "0 pages" in project.build().output
    project.replace("brand/logo.svg", "#b0358b", "#5b1a6b")
    told = project.build("--explain").output
    assert "en/visit.html: made: brand/logo.svg" in told
    assert "ar/visit.html: up to date" in told  # it has a logo of its own


# --- colours ------------------------------------------------------------------------------------


def test_the_programs_own_colours_are_those_of_its_style_sheet():
    style = (REPOSITORY / "src/ankl_i18n/html/styles/leaflet.css").read_text(encoding="utf-8")
    light, _, dark = style.partition(colours.DARK_SCREEN)
    for values, there in ((colours.LIGHT, light), (colours.DARK, dark)):
        found = dict(reversed(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", there)))
        assert {name: found.get(name) for name in values} == values


def test_the_programs_own_colours_can_be_read():
    own = {role: colours.LIGHT[name] for role, name in colours.PROPERTIES.items()}
    dark = {role: colours.DARK[name] for role, name in colours.PROPERTIES.items()}
    assert list(colours.low_contrasts(Colours(**own, dark=Colours(**dark)))) == []


@pytest.mark.parametrize("colour", ["#000000", "#0b4b52", "#ff0000", "#ffffff", "#0000ff"])
def test_a_colour_without_a_dark_one_can_be_read_on_dark_screens(colour):
    found = [one for one in colours.low_contrasts(Colours(brand=colour)) if one[0] == "dark"]
    assert found == []


def test_a_light_cover_is_dark_on_dark_screens():
    set_alone = colours.style_sheet(Colours(cover="#eaf4f6"))
    _, _, dark = set_alone.partition(colours.DARK_SCREEN)
    assert f"--cover: {colours.DARK['cover']};" in dark
    assert list(colours.low_contrasts(Colours(cover="#eaf4f6"))) == []


def test_a_publishers_colours_stand_in_pages(built):
    styles = re.findall(r"<style>(.*?)</style>", built.text("build/en/visit.html"), re.DOTALL)
    assert len(styles) == 2
    assert (
        ":root { --brand: #5b1a6b; --link: #6a1f7c; --warm: #b0358b; --cover: #f6effa; }"
        in (styles[1])
    )
    assert "--radius: 0" in styles[1]


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("+44 (0)20 7946 0958", "tel:+442079460958"),
        ("(020) 7946-0958", ""),
        ("020 7946 0958", "tel:02079460958"),
        ("112", "tel:112"),
    ],
)
def test_telephone_numbers(number, address):
    assert (dialled(number) if not telephone(number) else "") == address


# --- barcodes -----------------------------------------------------------------------------------


def test_order_numbers_are_of_language_and_paper(built):
    page = built.page("ko", "visit")
    assert "EX-1001-ko" in said(page, ".facts dd")
    assert select(page, ".order-code") == []


def test_a_barcode_of_letters_that_it_does_not_have():
    with pytest.raises(ValueError, match="Invalid character"):
        barcode_svg("番号", "code128")
    table = {"name": "A", "barcode": "code128", "order-numbers": {"visit": "番号 1"}}
    assert list(problems(table)) == [
        (("order-numbers", "visit"), "a barcode can hold only ASCII characters")
    ]


# --- fonts --------------------------------------------------------------------------------------


def font(bits: int = 0, family: str = "House Sans", letters: str = "") -> bytes:
    """Return a font with some licence bits, its letters boxes."""
    pen = TTGlyphPen(None)
    for point in ((50, 0), (50, 700), (450, 700), (450, 0)):
        (pen.lineTo if pen.points else pen.moveTo)(point)
    pen.closePath()
    names = [".notdef", *(f"u{ord(c):04X}" for c in letters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in letters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(fsType=bits, sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    data = io.BytesIO()
    builder.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    ("bits", "print_only", "wrong"),
    [
        (0x0000, False, ""),
        (0x0008, False, ""),
        (0x0004, True, ""),
        (0x000C, False, ""),
        (0x0002, False, "its licence bits (OS/2 fsType 0x0002) forbid embedding it"),
        (
            0x0100,
            False,
            "its licence bits (OS/2 fsType 0x0100) forbid embedding a subset of it, as PDFs do",
        ),
        (0x0200, False, "its licence bits (OS/2 fsType 0x0200) allow embedding only its bitmaps"),
    ],
)
def test_a_font_is_embedded_only_if_its_licence_allows_it(bits, print_only, wrong):
    found = face(font(bits))
    assert (found.family, found.wrong) == ("House Sans", wrong)
    assert found.print_only is print_only


def test_what_is_no_font():
    assert face(b"no font").wrong.startswith("this font cannot be read")


def with_font(project: SampleProject, bits: int) -> SampleProject:
    project.path("brand/house.ttf").write_bytes(font(bits, letters=" abcdefghijklmnopqrstuvwxyz"))
    project.replace(
        "pyproject.toml", "[tool.ankl_i18n.publisher.logo]",
        '[tool.ankl_i18n.publisher.fonts]\nLatin = ["brand/house.ttf"]\n\n'
        "[tool.ankl_i18n.publisher.logo]",
    )  # fmt: skip
    return project


def test_a_font_stands_in_the_page_before_those_of_its_script(project):
    with_font(project, 0).build()
    style = project.text("build/en/visit.html").partition("</style>")[2]
    assert '@font-face { font-family: "House Sans"; font-weight: 400' in style
    (rule,) = re.findall(r"^\[lang\]:is\(.*?:lang\(en\).*?\{(.*)\}$", style, re.MULTILINE)
    assert rule.strip().startswith('font-family: "House Sans", "Noto Sans", ')
    assert ":lang(hi)" not in style


def test_a_font_that_may_only_be_printed_is_not_in_pages(project):
    with_font(project, 0x0004).build()
    assert "@font-face" not in project.text("build/en/visit.html")


def test_a_restricted_font_is_refused(project):
    told = with_font(project, 0x0002).build(code=1).output
    assert "brand/house.ttf: error: this font cannot be used: its licence bits" in told


@pytest.mark.pdf
def test_a_font_of_the_publisher_sets_pdfs(project):
    with_font(project, 0x0004)
    project.run("build", "en", "--only", "pdf", "--paper", "a4", "--jobs", "1")
    told = project.run("preflight", "en", code=None).output
    assert "is not a font for the file's languages" not in told
    with pikepdf.open(project.path("build/en/visit-a4.pdf")) as document:
        families = {
            str(one.FontFamily)
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and "/FontFamily" in one
        }
    assert families == {"House Sans", "Noto Sans"}


# --- style sheets and templates of one's own ----------------------------------------------------


def own(project: SampleProject, name: str, text: str) -> SampleProject:
    """Give the publisher a style sheet or a template of its own."""
    setting = 'style-sheet = "own/house.css"' if name.endswith(".css") else 'templates = "own"'
    project.replace("pyproject.toml", 'corners = "square"', f'corners = "square"\n{setting}')
    project.path("own").mkdir(exist_ok=True)
    project.path(f"own/{name}").write_text(text, encoding="utf-8")
    return project


def test_a_style_sheet_comes_last(project):
    own(project, "house.css", "h1 { letter-spacing: 0.1em; }\n").build()
    page = project.text("build/en/visit.html")
    assert page.partition("</head>")[0].rstrip().endswith("h1 { letter-spacing: 0.1em; }\n</style>")


@pytest.mark.parametrize("text", ["</STYLE><script>", "<!-- a", '@import "a.css";'])
def test_a_style_sheet_that_would_leave_its_place_is_refused(project, text):
    told = own(project, "house.css", f"h1 {{}}\n{text}").build(code=1).output
    assert "own/house.css:2: error:" in told
    assert "is not allowed in a style sheet" in told


BASE = '{% extends "ankl_i18n/base.html.j2" %}'


def test_a_template_takes_the_place_of_one(built, project):
    block = (
        "{% block site_footer %}<p class=free>{{ page.house.name }}</p>{{ super() }}{% endblock %}"
    )
    own(project, "base.html.j2", BASE + block).build()
    for tag in TAGS:
        page = project.page(tag, "visit")
        assert said(page, "p.free") == said(built.page(tag, "visit"), ".house-name")
    assert project.run("preflight", "en", code=None).output.count("[policy]") == 0


def test_the_policy_comes_first_whatever_a_template_does(project):
    head = (
        '<head><meta http-equiv="Content-Security-Policy" content="default-src *"><title>A</title>'
    )
    own(project, "leaflet.html.j2", f'<!doctype html>\n<html lang="en">{head}</head><h1>A</h1>')
    project.build()
    (first, second) = project.page("en", "visit").xpath("//meta[@content]")
    assert first.get("content") == POLICY  # several policies hold together (CSP 3, 4.2)
    assert second.get("content") == "default-src *"


@pytest.mark.parametrize(
    "before",
    [
        "<script>1</script><!DOCTYPE html><html><head>",
        "<!DOCTYPE html><script>1</script><html><head>",
        "<!DOCTYPE html><html><script>1</script><head>",
        "<!DOCTYPE html><html><body><script>1</script><head>",
        '<!DOCTYPE html><html data-a="><head>"><script>1</script><head>',
        "<html><head>",
        "",
    ],
)
def test_nothing_comes_before_the_policy(before):
    with pytest.raises(RenderError, match="and nothing else"):
        guarded(f"{before}<title>A</title></head>", "base.html.j2")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{% block %}", "own/leaflet.html.j2:1: error: this page template fails: "),
        ("{{ page.tilte }}", "own/leaflet.html.j2:1: error: this page template fails: "),
        ("{{ 1 / 0 }}", "own/leaflet.html.j2:1: error: this page template fails: division by zero"),
        ("{{ page.__class__.__mro__ }}", "this page template fails: access to attribute"),
        ("<h1>A</h1>", "own/leaflet.html.j2: error: a page must begin with <!DOCTYPE html>"),
    ],
)
def test_a_template_that_fails_says_where(project, text, message):
    told = own(project, "leaflet.html.j2", text).build(code=1).output
    assert message in " ".join(told.split())


def test_a_folder_without_templates_is_told(project):
    own(project, "house.txt", "")
    assert "own: error: there is no page template (*.html.j2)" in project.build(code=1).output


def test_preflight_finds_what_a_template_loses(project):
    own(project, "base.html.j2", BASE + "{% block house_foot %}{% endblock %}").build()
    told = project.run("preflight", "en", code=1).output
    lost = "en/visit.html: error: it does not say 'This leaflet does not take the place"
    assert lost in told


# --- on paper -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(built: SampleProject, tmp_path_factory: pytest.TempPathFactory) -> SampleProject:
    """The example as pages and PDFs of all editions in English and Arabic."""
    root = shutil.copytree(built.root, tmp_path_factory.mktemp("printed") / "project")
    project = SampleProject(root)
    editions = ("standard", "large-print", "bilingual", "booklet")
    options = [word for name in editions for word in ("--edition", name)]
    project.run("build", "en", "ar", "--only", "pdf", "--paper", "a4", *options, "--jobs", "2")
    project.build()
    return project


def pages(file: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file)
    yield from (page.get_textpage().get_text_range() for page in document)


@pytest.mark.pdf
@pytest.mark.parametrize("name", ["visit-a4", "visit-a4-large-print"])
def test_the_helpline_is_on_every_page(printed, name):
    shown = list(pages(printed.path(f"build/en/{name}.pdf")))
    assert len(shown) > 1
    assert all("+44 20 7946 0123" in page for page in shown)


@pytest.mark.pdf
def test_preflight_finds_nothing(printed):
    project = printed
    project.replace("pyproject.toml", "\nbase-url", '\npapers = ["a4"]\nbase-url')
    told = project.run("preflight", "en", "ar", code=None)
    assert "No problems found." in told.output, told.output


@pytest.mark.pdf
def test_pdfs_hold_to_their_standards(printed, tmp_path):
    made = sorted(printed.path("build").glob("*/*.pdf"))
    with_tags = [path for path in made if "booklet" not in path.name]  # sheets for the printer
    files = [
        Path(shutil.copy(path, tmp_path / f"{path.parent.name}-{path.name}")) for path in with_tags
    ]
    assert len(files) == 5
    assert judged(files) == {}
