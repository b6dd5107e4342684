"""Items with a box to tick, from the leaflet to catalogs, pages, PDFs and e-books.

`cases/segments/tasks.md` says what becomes a message, `cases/localize/tasks.md` and
`cases/editions/bilingual/tasks.md` what becomes HTML.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from test_pdf import told
from test_pdf_judges import judged

from sample_project import SampleProject, make

TEXTS = {
    "Which tests do I need?": "ما الفحوص التي أحتاج إليها؟",
    "Bring the letter.": "أحضر الرسالة.",
}
LIST = "\n## Ask {#ask}\n\n- [ ] Which tests do I need?\n- [x] Bring the letter.\n"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleProject:
    """The sample project with a list of boxes in a leaflet, in English and Arabic."""
    project = make(tmp_path_factory.mktemp("tasks"))
    path = project.path("source/drain.md")
    path.write_text(path.read_text(encoding="utf-8") + LIST, encoding="utf-8")
    project.run("extract")
    project.run("update", "ar")
    for msgid, msgstr in TEXTS.items():
        project.translate("ar", "drain", msgid, msgstr)
    options = ("--drafts", "--edition", "standard", "--edition", "bilingual", "--jobs", "1")
    project.run("build", "ar", "en", *options, code=None)
    return project


def test_catalogs_have_no_boxes(sample: SampleProject) -> None:
    template = sample.text("locale/drain.pot")
    assert 'msgid "Which tests do I need?"' in template
    assert "[ ]" not in template
    assert "[x]" not in template


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_text_is_the_name_of_its_box_on_pages(sample: SampleProject, tag: str) -> None:
    boxes = sample.page(tag, "drain").xpath("//li[contains(@class, 'task')]/label")
    named = {box.text_content().strip(): box.find("input") for box in boxes}
    assert list(named) == (list(TEXTS) if tag == "en" else list(TEXTS.values()))
    assert [box.get("type") for box in named.values()] == ["checkbox", "checkbox"]
    assert all("disabled" in box.attrib for box in named.values())
    assert ["checked" in box.attrib for box in named.values()] == [False, True]


@pytest.mark.pdf
def test_a_box_stands_where_its_item_begins(sample: SampleProject) -> None:
    """At the left of English, at the right of Arabic, and nothing is said of it."""
    for tag, texts in (("en", list(TEXTS)), ("ar", list(TEXTS.values()))):
        data = sample.path(f"build/{tag}/drain-a4.pdf").read_bytes()
        said = told(data)
        assert all(text in said for text in texts), said
        found = list(boxes(data))
        assert len(found) == len(texts), found
        assert all((place < 0.5) == (tag == "en") for place in found), found


def boxes(data: bytes) -> Iterator[float]:
    """Yield where each square as large as a letter begins: 0 is the left edge, 1 the right."""
    for sheet in pypdfium2.PdfDocument(data):
        for drawn in sheet.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=5):
            left, bottom, right, top = drawn.get_bounds()
            size = right - left  # points
            if 8 < size < 16 and abs(size - (top - bottom)) < 0.3:
                yield left / sheet.get_width()


@pytest.mark.pdf
def test_boxes_hold_to_both_standards(sample: SampleProject) -> None:
    files = [
        sample.path(f"build/{tag}/drain-{kind}.pdf").rename(sample.path(f"build/{tag}-{kind}.pdf"))
        for tag, kind in (("en", "letter"), ("ar", "letter"), ("ar", "letter-bilingual"))
    ]
    assert judged(files) == {}
