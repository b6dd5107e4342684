"""Editions: large print, bilingual, proof and booklet say all that they must, in their places.

`cases/editions/bilingual` holds Markdown, `msgid = msgstr`, then the HTML of both languages;
`cases/editions/tables` holds Markdown, then the HTML in large print.
"""

from __future__ import annotations

import functools
import io
import re
from collections import Counter
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pytest
import weasyprint
from benchmarks.judges import page_rules
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs import glossary, leaflets, po
from ankl_i18n.catalogs.po import State
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.html import bilingual, proof
from ankl_i18n.html import page as html
from ankl_i18n.html.body import body
from ankl_i18n.html.editions import EDITIONS, pdf_name
from ankl_i18n.html.localize import localize
from ankl_i18n.html.qr import qr_svg
from ankl_i18n.html.records import Edition, Frame
from ankl_i18n.html.surroundings import Surroundings, Target
from ankl_i18n.html.tables import stacked
from ankl_i18n.html.words import Words
from ankl_i18n.languages import language
from ankl_i18n.pdf import lines as pdf_lines
from ankl_i18n.pdf import render as pdf
from ankl_i18n.pdf.booklet import SHEETS, booklet, order
from ankl_i18n.pdf.patching import Patch, patched
from ankl_i18n.settings import Options, load
from ankl_i18n.source import markdown, parse
from ankl_i18n.source.parse import parse as parse_leaflet
from sample_project import REPOSITORY, make

CASES = Path(__file__).parents[1] / "cases"
EN, FR, AR = language("en"), language("fr"), language("ar")
PACKAGE = REPOSITORY / "src" / "ankl_i18n"
POINTS_A_MM = 72 / 25.4
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" width="40" height="40">'
    '<path d="M0 0h4v4z" fill="#b00020"/></svg>'
)


def around(spoken):
    words = Words(spoken, EN, {}, lambda n: int(n != 1))
    return Surroundings(
        lambda name: Target(f"{name}.html", spoken), lambda _: (b"GIF89a", "p.gif"), words
    )


def free(source):
    text = "---\ntitle: Case\n---\n" + source
    return parse(text, "case.md", "case", front_matter="free", context="never")


def side(document, spoken, translate):
    return bilingual.Side(localize(document, spoken, EN, translate), around(spoken))


def cases(name):
    paths = sorted((CASES / "editions" / name).glob("*.md"))
    return pytest.mark.parametrize("path", paths, ids=lambda path: path.stem)


def tidy(text: str) -> str:
    return re.sub(r"base64,[^\"]*", "base64,…", text)


# --- tables that become lists --------------------------------------------------------------


@cases("tables")
def test_wide_tables_become_lists(path, golden):
    source = path.read_text(encoding="utf-8").partition("\n.\n")[0]
    made = localize(free(source), EN, EN, lambda segment: None)
    tokens = tuple(stacked(made.tokens, html.LARGE_COLUMNS))
    made = type(made)(made.document, EN, EN, tokens, made.texts, made.foreign, made.missing)
    golden(path, f"{source}\n.\n{body(made, around(EN))}.\n")


# --- bilingual -----------------------------------------------------------------------------


@cases("bilingual")
def test_bilingual(path, golden):
    source, lines = path.read_text(encoding="utf-8").split("\n.\n")[:2]
    known = dict(line.split(" = ") for line in lines.splitlines())
    document = free(source)
    book = bilingual.Book(
        side(document, EN, None), side(document, FR, lambda segment: known.get(segment.msgid))
    )
    made = tidy(str(book.body("Not translated yet")))
    golden(path, f"{source}\n.\n{lines}\n.\n{made}\n.\n")


@functools.cache
def fever(tag):
    path = CASES / "pdf" / f"{tag}.md"
    return parse_leaflet(path.read_text(encoding="utf-8"), f"{tag}.md", "fever")


@functools.cache
def fever_page(tag: str, edition: str, source: str = "en") -> str:
    """Return the page of an edition of the leaflet on fever."""
    texts = {segment.slot: segment.msgid for segment in fever(tag).segments}
    own, spoken = language(source), language(tag)
    sides = [
        bilingual.Side(
            localize(fever(source), one, own, lambda segment: texts[segment.slot]),
            Surroundings(
                lambda _name: None,
                lambda _src: (PICTURE.encode(), "drop.svg"),
                Words(one, EN, {}, lambda _n: 0),
            ),
        )
        for one in (own, spoken)
    ]
    address = f"https://example.org/{tag}/fever.html"
    frame = Frame(spoken, paper="a4", edition=edition, address=address)
    about = Edition("draft", False, "CC BY 4.0", (), qr_svg(address))
    if edition == "bilingual":
        return bilingual.bilingual(*sides, frame, about)
    return html.leaflet(sides[1].localized, sides[1].around, frame, about)


def rows(page) -> list[tuple[str, str]]:
    """Return every pair of texts of a bilingual page."""
    tree = lxml.html.fromstring(page.encode())
    return [
        tuple(" ".join(one.text_content().split()) for one in pair)
        for pair in tree.find_class("pair")
    ]


def plain(text: str) -> str:
    return " ".join(markdown.plain(text).split())


@pytest.mark.parametrize("tag", ["fr", "ar", "hi", "ja"])
def test_every_message_stands_beside_its_translation(tag):
    shown = {
        (a.replace("\u2060", ""), b.replace("\u2060", ""))
        for a, b in rows(fever_page(tag, "bilingual"))
    }
    own = {segment.slot: segment.msgid for segment in fever(tag).segments}
    wanted = [
        (plain(segment.msgid), plain(own[segment.slot]))
        for segment in fever("en").segments
        if segment.slot[0] not in ("alt", "title") and segment.kind != "trail"
    ]
    assert len(wanted) > 15
    assert [pair for pair in wanted if pair not in shown] == []


@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_each_language_has_its_own_column(tag):
    tree = lxml.html.fromstring(fever_page(tag, "bilingual").encode())
    spoken = language(tag)
    assert (tree.get("lang"), tree.get("dir")) == (tag, spoken.direction)
    for pair in tree.find_class("pair"):
        assert pair.get("dir") == "ltr"
        assert [(one.get("class"), one.get("lang"), one.get("dir")) for one in pair] == [
            ("source", "en", "ltr"), ("target", tag, spoken.direction),
        ]  # fmt: skip
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert tree.findtext(".//title").endswith(f"(English · {spoken.english})")
    (danger,) = tree.find_class("callout-danger")
    assert len(danger.find_class("pair")) == 4


def test_a_right_to_left_source_stands_on_the_right():
    page = fever_page("fr", "bilingual", source="ar")
    pairs = lxml.html.fromstring(page.encode()).find_class("pair")
    assert {pair.get("dir") for pair in pairs} == {"rtl"}


def test_words_in_both_languages_are_page_words():
    known = {entry.msgid for entry in po.read(REPOSITORY / "locale" / "ui.pot").entries}
    template = (PACKAGE / "html" / "templates" / "bilingual.html.j2").read_text(encoding="utf-8")
    asked = set(re.findall(r'(?:both|fact)\("([^"]+)"', template))
    assert len(asked) > 10
    assert asked <= known


# --- proof ---------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path):
    return make(tmp_path)


def proof_of(project, tag="fr", name="drain"):
    """Return a built proof's page and the catalog it is of."""
    there = Project(load(project.root), Options((tag,), "pdf", ("a4",), ("proof",)))
    catalog = publication.catalog_of(there, name, tag)
    problems = publication.catalog_problems(there, name, tag)
    terms = glossary.entries(there, tag)
    subject = proof.Subject(catalog, problems, publication.review_state(there, name, tag), terms)
    made = proof.proof(subject, leaflets.document(there, name), (EN, language(tag)), "a4")
    return lxml.html.fromstring(made.encode()), catalog


def text(element) -> str:
    return " ".join(element.text_content().split())


def message(page, number):
    return page.get_element_by_id(f"message-{number}")


def number_of(catalog, msgid):
    live = [entry for entry in catalog.entries if not entry.obsolete]
    return next(i for i, entry in enumerate(live, 1) if entry.msgid == msgid)


def test_terms_of_the_glossary_stand_with_the_messages_that_have_them(project):
    (project.root / "glossary").mkdir()
    (project.root / "glossary" / "terms.csv").write_text(
        "term,fr,ar\ntemperature,température | températures,حرارة\nnurse,,ممرضة\n"
    )
    page, catalog = proof_of(project)
    number = number_of(catalog, "Call us if your temperature is over 38 °C.")
    assert "Glossary: temperature: température" in text(message(page, number))
    assert sum("Glossary:" in text(one) for one in page.find_class("entry")) == 1
    words = proof_of(project, "ar")[0].xpath('//p[@class="entry-note"]/span[@lang="ar"]')
    assert {(text(one), one.get("dir")) for one in words} == {("ممرضة", "rtl"), ("حرارة", "rtl")}


def test_messages_have_the_numbers_and_lines_of_the_catalog(project):
    page, catalog = proof_of(project)
    shown = [
        (int(text(e.find_class("entry-number")[0])), text(e.find_class("entry-line")[0]),
         text(e.find_class("entry-source")[0]), text(e.find_class("entry-translation")[0]))
        for e in page.find_class("entry")
    ]  # fmt: skip
    assert shown == [
        (i, f"line {entry.line}", plain(entry.msgid), plain(entry.msgstr))
        for i, entry in enumerate(catalog.entries, 1)
    ]
    lines = project.catalog("fr", "drain").read_text(encoding="utf-8").splitlines()
    assert all(lines[entry.line - 1].startswith("msgid ") for entry in catalog.entries)


def test_states_are_named(project):
    fuzzy, empty = "How to look after a drain.", "Home"
    with project.edit("fr", "drain") as catalog:
        entry = project.message(catalog, fuzzy)
        entry.fuzzy, entry.previous_msgid = True, "How to wash a drain."
        project.message(catalog, empty).msgstr = ""
    page, catalog = proof_of(project)
    one = message(page, number_of(catalog, fuzzy))
    assert text(one.find_class("state")[0]) == "fuzzy"
    assert ([text(e) for e in one.iter("del")], [text(e) for e in one.iter("ins")]) == (
        ["wash"], ["look after"],
    )  # fmt: skip
    assert "Comment s’occuper d’un drain." in text(one)
    assert "readers see the source text" in text(one)
    other = message(page, number_of(catalog, empty))
    assert text(other.find_class("state")[0]) == "untranslated"
    assert not other.find_class("entry-translation")
    states = Counter(text(e.find_class("state")[0]) for e in page.find_class("entry"))
    assert states == {"translated": len(catalog.entries) - 2, "fuzzy": 1, "untranslated": 1}
    facts = text(page.find_class("facts")[0])
    assert f"{len(catalog.entries) - 2} translated, 1 fuzzy, 1 untranslated" in facts


def test_findings_notes_and_comments_stand_at_their_message(project):
    msgid = "Call us if your temperature is over 38 °C."
    note = "Keep both temperatures."
    project.replace("source/drain.md", "Call us if", f"<!-- i18n: note {note} -->\n\nCall us if")
    project.run("extract")
    project.run("update")
    project.translate("ar", "drain", msgid, "اتصل بنا إذا زادت حرارتك عن ٣٩ °م.")
    with project.edit("ar", "drain") as catalog:
        project.message(catalog, msgid).tcomment = "سألت الطبيب"
    page, catalog = proof_of(project, "ar")
    one = message(page, number_of(catalog, msgid))
    (finding,) = one.find_class("finding-error")
    assert "numbers" in text(finding)
    assert note in text(one)
    (asked,) = (e for e in one.find_class("entry-note") if "Translator" in text(e))
    assert [(e.get("lang"), e.get("dir"), text(e)) for e in asked.iter("span")] == [
        ("ar", "rtl", "سألت الطبيب")
    ]
    assert "required" in text(one.find_class("entry-place")[0])
    assert len(page.find_class("finding-error")) == 1


def test_the_head_says_what_is_being_reviewed(project):
    page, catalog = proof_of(project)
    head = text(page.find_class("facts")[0])
    for fact in ("locale/fr/LC_MESSAGES/drain.po", catalog.headers["PO-Revision-Date"], "Draft"):
        assert fact in head
    with project.edit("fr", "drain") as catalog:
        catalog.headers["X-Review-State"] = "reviewed"
    page, _ = proof_of(project)
    assert "Draft" not in text(page.find_class("facts")[0])


def test_obsolete_messages_have_no_number_and_absent_ones_are_told(project):
    project.replace("source/drain.md", "Empty the drain 2 times a day.", "Empty it 3 times a day.")
    page, _ = proof_of(project)
    assert "Empty it 3 times a day." in text(page.find_class("absent")[0])
    project.run("extract")
    project.run("update")
    page, catalog = proof_of(project)
    assert not page.find_class("absent")
    assert any(entry.obsolete for entry in catalog.entries) or any(
        entry.state() is State.FUZZY for entry in catalog.entries
    )
    assert len(page.find_class("entry")) == sum(not entry.obsolete for entry in catalog.entries)


# --- booklet -------------------------------------------------------------------------------

ORDERS = {
    (1, "ltr"): [(None, 1), (None, None)],
    (4, "ltr"): [(4, 1), (2, 3)],
    (4, "rtl"): [(1, 4), (3, 2)],
    (6, "ltr"): [(None, 1), (2, None), (6, 3), (4, 5)],
    (6, "rtl"): [(1, None), (None, 2), (3, 6), (5, 4)],
    (8, "ltr"): [(8, 1), (2, 7), (6, 3), (4, 5)],
}


@pytest.mark.parametrize(("count", "direction"), ORDERS)
def test_order(count, direction):
    assert order(count, direction) == ORDERS[count, direction]


@given(st.integers(1, 90), st.sampled_from(["ltr", "rtl"]))
def test_a_folded_booklet_reads_in_order(count, direction):
    """Leafing through: of each sheet the outer half's two sides, then back through the inner."""
    sides = order(count, direction)
    first, second = (1, 0) if direction == "ltr" else (0, 1)
    sheets = list(zip(sides[::2], sides[1::2], strict=True))
    there = [page for front, back in sheets for page in (front[first], back[second])]
    back = [page for front, back in reversed(sheets) for page in (back[first], front[second])]
    read = there + back
    assert read == [*range(1, count + 1), *[None] * (-count % 4)]


@functools.cache
def made(tag: str, edition: str) -> bytes:
    page = fever_page(tag, edition)
    return pdf.pdf(page, language(tag), paper="a4", source=f"{tag}.md")


def characters(data: bytes):
    """Yield page number, character and box (left, bottom, right, top) in points."""
    for number, leaf in enumerate(pypdfium2.PdfDocument(data)):
        texts = leaf.get_textpage()
        for i in range(texts.count_chars()):
            character = texts.get_text_range(i, 1)
            if character.strip():
                yield number, character, texts.get_charbox(i)


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_pages_of_a_booklet_stand_in_their_places(tag):
    pages = made(tag, "booklet")
    width, height = SHEETS["a4"]
    texts = [leaf.get_textpage().get_text_range() for leaf in pypdfium2.PdfDocument(pages)]
    assert len(texts) > 2
    sheets = booklet(pages, "a4", language(tag).direction)
    read = pypdfium2.PdfDocument(sheets)
    sides = order(len(texts), language(tag).direction)
    assert len(read) == len(sides)
    for leaf, pair in zip(read, sides, strict=True):
        assert leaf.get_size() == pytest.approx((width, height), abs=0.1)
        for i, number in enumerate(pair):
            half = leaf.get_textpage().get_text_bounded(
                left=i * width / 2, right=(i + 1) * width / 2
            )
            wanted = texts[number - 1] if number else ""
            assert letters(half) == letters(wanted)
    assert booklet(pages, "a4", language(tag).direction) == sheets
    with pikepdf.open(io.BytesIO(sheets)) as opened:
        assert str(opened.Root.ViewerPreferences.Duplex) == "/DuplexFlipShortEdge"
        assert str(opened.Root.Lang) == tag
        assert "/StructTreeRoot" not in opened.Root


@pytest.mark.pdf
def test_pages_of_a_booklet_are_half_a_sheet_with_room_at_the_fold():
    data = made("fr", "booklet")
    for leaf in pypdfium2.PdfDocument(data):
        assert leaf.get_size() == pytest.approx((148.5 * POINTS_A_MM, 595.276), abs=1)
    inside = (10 * POINTS_A_MM, 138.5 * POINTS_A_MM)
    assert [c for _, c, (a, _, b, _) in characters(data) if a < inside[0] or b > inside[1]] == []


# --- on paper ------------------------------------------------------------------------------


@pytest.mark.pdf
@pytest.mark.parametrize("edition", ["large-print", "bilingual"])
@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_editions_are_pdf_ua_and_nothing_is_cut(tag, edition):
    data = made(tag, edition)
    assert page_rules(data) == []
    margin, width = 15 * POINTS_A_MM, 210 * POINTS_A_MM
    cut = [c for _, c, (a, _, b, _) in characters(data) if a < margin or b > width - margin]
    assert cut == []


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar", "hi"])
def test_large_print_is_large(tag):
    sizes: Counter[float] = Counter()
    page = pypdfium2.PdfDocument(made(tag, "large-print"))
    for leaf in page:
        for item in leaf.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = item.get_font_size() * abs(item.get_matrix().d)
            sizes[round(size, 1)] += 1
    furniture = {size for size in sizes if size < 18}
    assert min(sizes) >= 14
    assert furniture <= {14.0}
    assert sizes[14.0] <= 6 * len(page)


@pytest.mark.pdf
def test_both_columns_of_a_bilingual_page_keep_to_their_side():
    middle = 105 * POINTS_A_MM
    arabic = re.compile("[\u0600-\u06ff\ufb50-\ufefc]")
    body_of = [
        (c, a, b) for _, c, (a, low, b, _) in characters(made("ar", "bilingual")) if low > 60
    ]
    assert len([c for c, _, _ in body_of if arabic.match(c)]) > 300
    assert [c for c, a, _ in body_of if arabic.match(c) and a < middle] == []


@pytest.mark.pdf
def test_the_text_of_both_languages_is_read_back():
    leaves = pypdfium2.PdfDocument(made("fr", "bilingual"))
    read = re.sub(r"\W", "", "".join(leaf.get_textpage().get_text_range() for leaf in leaves))
    for tag in ("en", "fr"):
        for segment in fever(tag).segments:
            if segment.slot[0] not in ("alt", "title") and segment.kind != "trail":
                assert re.sub(r"\W", "", plain(segment.msgid)) in read


CALLOUTS = ("info", "warning", "danger", "tip", "story", "community")
NARROW, WIDE = 6, 40  # pixels of a sign, at 72 to the inch; borders are longer


def small_page(text: str, tag: str, edition: str) -> str:
    """Return the page of an edition of a leaflet that is its own translation."""
    document, spoken = free(text), language(tag)
    sides = [
        side(document, one, None if one is EN else lambda segment: segment.msgid)
        for one in (EN, spoken)
    ]
    frame = Frame(spoken, paper="a4", edition=edition)
    about = Edition("draft", False, "CC BY 4.0", (), "")
    if edition == "bilingual":
        return bilingual.bilingual(*sides, frame, about)
    return html.leaflet(sides[1].localized, sides[1].around, frame, about)


def signs(picture, ink: str, left: int, right: int) -> int:
    """Return how many rows of a part of a picture have a run of one colour as wide as a sign."""
    wanted = tuple(int(ink[i : i + 2], 16) for i in (1, 3, 5))
    found = 0
    for y in range(picture.height):
        row = (picture.getpixel((x, y)) for x in range(left, right))
        same = ("x" if max(map(abs, map(int.__sub__, c, wanted))) < 24 else " " for c in row)
        found += any(NARROW <= len(run) <= WIDE for run in "".join(same).split())
    return found


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar"])
@pytest.mark.parametrize("kind", CALLOUTS)
def test_a_callout_has_its_sign_in_both_columns(kind, tag):
    page = small_page(f"::: {kind} .\n\n.\n\n:::\n", tag, "bilingual")
    data = pdf.pdf(page, language(tag), paper="a4", source="case.md")
    picture = pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")
    ((_, title),) = blocks(page, "callout-title")
    top, bottom = (0.75 * y for y in (title.position_y, title.position_y + title.margin_height()))
    picture = picture.crop((60, int(top), picture.width - 60, int(bottom)))
    ink = colours()["danger-ink" if kind == "danger" else kind]
    middle = picture.width // 2
    columns = signs(picture, ink, 0, middle), signs(picture, ink, middle, picture.width)
    assert min(columns) >= 3
    assert max(columns) - min(columns) <= 2


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar"])
def test_steps_are_numbered_in_both_columns(tag):
    page = small_page("4. go\n5. wait\n", tag, "bilingual")
    data = pdf.pdf(page, language(tag), paper="a4", source="case.md")
    middle = 105 * POINTS_A_MM
    digits = [(c, a > middle) for _, c, (a, y, _, _) in characters(data) if c in "45٤٥" and y > 400]
    own = ["4", "5"] if tag == "fr" else ["٤", "٥"]
    assert [c for c, is_right in digits if not is_right] == ["4", "5"]
    assert [c for c, is_right in digits if is_right] == own


def blocks(page: str, name: str):
    """Return the boxes of a laid-out page of a class, with the pages that they are on."""
    laid_out = weasyprint.HTML(string=page).render()
    return [
        (leaf._page_box, box)
        for leaf in laid_out.pages
        for box in leaf._page_box.descendants()
        if isinstance(box, boxes.BlockBox | boxes.FlexBox)
        and box.element is not None
        and name in box.element.get("class", "").split()
    ]


@pytest.mark.pdf
@pytest.mark.parametrize("tag", ["fr", "ar", "hi"])
def test_nothing_is_left_empty_below_the_facts(tag):
    ((_, outer),) = blocks(fever_page(tag, "standard"), "about-facts")
    assert len(outer.children) == 2
    assert outer.height == pytest.approx(max(c.margin_height() for c in outer.children), abs=1)


@pytest.mark.pdf
@pytest.mark.parametrize("edition", ["large-print", "booklet"])
def test_pages_begin_at_the_top(edition):
    text = "".join(f"## Head {n}\n\n{'word ' * 300}\n\n" for n in range(4))
    texts = blocks(small_page(text, "fr", edition), "text")
    assert len(texts) > 3
    for page, box in texts[1:]:
        first = next(child for child in box.children if child.is_in_normal_flow())
        assert first.position_y + first.margin_top == pytest.approx(page.content_box_y(), abs=1)


@pytest.mark.pdf
def test_the_table_of_contents_of_large_print_is_on_one_page():
    text = "word " * 10 + "".join(f"\n\n## Head {n}\n\nword\n" for n in range(14))
    assert len(blocks(small_page(text, "fr", "large-print"), "toc")) == 1


@pytest.mark.pdf
def test_an_address_after_a_link_stands_between_its_words():
    page = small_page("::: tip T\n\nب [ج](https://x.example/).\n\n:::\n", "ar", "standard")
    data = pdf.pdf(page, AR, paper="a4", source="case.md")
    (name,) = (box for _, c, box in characters(data) if c == "ج")
    line = sorted((a, b, c) for _, c, (a, low, b, _) in characters(data) if abs(low - name[1]) < 5)
    ends = [(a, b) for a, b, c in line if c in "()"]
    stop = max(b for a, b, c in line if c == "." and a < ends[0][0])
    assert "".join(c for _, _, c in line if c in ":/") == "://" + "/"
    assert 0 < ends[0][0] - stop < 3
    assert 2 < name[0] - ends[1][1] < 8


@pytest.mark.pdf
def test_a_proof_on_paper(project):
    project.translate("ar", "drain", "Home", "", fuzzy=False)
    options = ("--only", "pdf", "--paper", "a4", "--edition", "proof", "--jobs", "1")
    project.run("build", "ar", *options)
    data = project.path("build/ar/drain-a4-proof.pdf").read_bytes()
    assert page_rules(data) == []
    assert str(pikepdf.open(io.BytesIO(data)).Root.Lang) == "en"
    read = "".join(leaf.get_textpage().get_text_range() for leaf in pypdfium2.PdfDocument(data))
    catalog = po.read(project.catalog("ar", "drain"))
    assert [f"line {e.line}" for e in catalog.entries] == re.findall(r"line \d+", read)[
        -len(catalog.entries) :
    ]
    assert not project.path("build/ar/drain-a4.pdf").exists()


# --- the pairs of colours of large print ---------------------------------------------------

BACKS = {
    "page": ("ink", "quiet", "brand", "link"),
    "cover": ("ink", "quiet", "brand"),
    "raised": ("ink",),
    "danger": ("danger-ink",),
    **{
        f"{kind}-back": (kind, "ink", "link")
        for kind in ("danger", "warning", "info", "tip", "story", "community")
    },
}


def colours() -> dict[str, str]:
    """Return the colours of large print: those of light pages and what paged.css changes."""
    light = (
        (PACKAGE / "html" / "styles" / "leaflet.css")
        .read_text(encoding="utf-8")
        .split("@media screen {")[0]
    )
    paged = (PACKAGE / "html" / "styles" / "paged.css").read_text(encoding="utf-8")
    large = re.search(r"^\.large-print \{(.*?)^\}", paged, re.MULTILINE | re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#\w{6});", light + large[1]))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("back", BACKS)
def test_contrast_in_large_print(back):
    found = colours()
    for ink in BACKS[back]:
        bright, dark = sorted((luminance(found[back]), luminance(found[ink])), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 7, ink


# --- lines ---------------------------------------------------------------------------------


@pytest.mark.pdf
def test_no_line_breaks_after_its_first_word():
    """Before a link, WeasyPrint would where only the last space does not fit."""

    def first_line(width):
        page = weasyprint.HTML(
            string="<style>@page { size: 400pt } body { font: 12pt 'Noto Sans' }</style>"
            f"<p style='width: {width}pt'>Problems with blood clotting, such as "
            "<a id=x href=#x>disseminated intravascular coagulation</a>"
        ).render().pages[0]._page_box  # fmt: skip
        line = next(box for box in page.descendants() if isinstance(box, boxes.LineBox))
        return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))

    widths = [205 + step / 2 for step in range(20)]
    stock = [width for width in widths if first_line(width) == "Problems"]
    assert stock  # else the correction is not needed any more
    with patched([Patch(inline, "split_first_line", pdf_lines.keeping)]):
        assert {first_line(width) for width in stock} == {"Problems with blood clotting, such as"}
    assert inline.split_first_line.__module__ == "weasyprint.text.line_break"


# --- building ------------------------------------------------------------------------------


def test_names():
    assert [pdf_name("fever", "a4", edition) for edition in EDITIONS] == [
        "fever-a4.pdf", "fever-a4-large-print.pdf", "fever-a4-bilingual.pdf",
        "fever-a4-proof.pdf", "fever-a4-booklet.pdf", "fever-a4-print-shop.pdf",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "editions", "wanted"),
    [
        ("fr", (), ["standard"]),
        ("fr", ("booklet", "standard", "booklet"), ["booklet", "standard"]),
        ("fr", EDITIONS, list(EDITIONS)),
        ("en", EDITIONS, ["standard", "large-print", "booklet", "print-shop"]),
        ("es", ("proof", "bilingual"), ["proof"]),
    ],
    ids=["default", "repeated", "all", "source", "not published"],
)
def test_which_editions_are_made(project, tag, editions, wanted):
    with project.edit("es", "drain") as catalog:
        for entry in catalog.entries:
            entry.msgstr = ""
    there = Project(load(project.root), Options((tag,), "pdf", ("a4",), editions))
    assert [job.edition for job in jobs(there) if job.name == "drain"] == wanted


def links(page) -> list[str]:
    return [link.get("href") for link in page.xpath("//ul[@class='downloads']//a")]


def test_pages_link_large_print_that_exists(project):
    project.build("fr", "--paper", "a4")
    assert links(project.page("fr", "drain")) == []
    project.path("build/fr/drain-a4-large-print.pdf").write_bytes(b"%PDF-")
    project.build("fr", "--paper", "a4")
    assert links(project.page("fr", "drain")) == ["drain-a4-large-print.pdf"]
    assert links(project.page("fr", "index")) == ["drain-a4-large-print.pdf"]


@pytest.mark.pdf
def test_pages_link_large_print_that_is_being_made(project):
    project.run("build", "fr", "--paper", "a4", "--large-print", "--jobs", "1")
    assert links(project.page("fr", "drain")) == ["drain-a4-large-print.pdf"]
    made = [name for name in project.built() if name.endswith(".pdf")]
    assert sorted(made) == ["fr/drain-a4-large-print.pdf", "fr/drain-plan-a4-large-print.pdf"]


def test_editions_of_what_is_not_published_are_removed_but_for_proofs(project):
    project.build("fr")
    for edition in EDITIONS:
        project.path(f"build/fr/{pdf_name('drain', 'a4', edition)}").write_bytes(b"%PDF-")
    with project.edit("fr", "drain") as catalog:
        for entry in catalog.entries:
            entry.msgstr = ""
    project.build("fr")
    left = [name for name in project.built() if "drain-a4" in name]
    assert left == ["fr/drain-a4-proof.pdf"]
