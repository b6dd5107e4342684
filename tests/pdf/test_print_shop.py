"""PDF/X-4 for a print-shop: boxes, marks, colours, what it says of itself (ISO 15930-7)."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdfium2
import pytest
from press import profile
from test_pdf import made as plain
from test_readback import made

from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import RenderError
from ankl_i18n.pdf.print_shop import Inks, for_print_shop, refuse
from ankl_i18n.preflight import preflight
from ankl_i18n.settings import Options, load
from ankl_i18n.settings.publisher.printing import PrintShop
from sample_project import REPOSITORY, SampleProject, make

pytestmark = pytest.mark.pdf

MM = 72 / 25.4
SETTINGS = """
[tool.ankl_i18n.print]
profile = "press.icc"
condition = "FOGRA51"
bleed = 3
"""
COLOURS = {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN"}
TAGS = ("en", "ar", "fr")


def with_profile(folder, data: bytes | None = None) -> SampleProject:
    project = make(folder)
    settings = project.path("pyproject.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    project.path("press.icc").write_bytes(profile() if data is None else data)
    return project


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SampleProject:
    project = with_profile(tmp_path_factory.mktemp("press"))
    project.build(*TAGS, "--only", "pdf", "--paper", "a4", "--edition", "print-shop")
    return project


def sheets(built: SampleProject, tag: str, name: str = "drain") -> pikepdf.Pdf:
    return pikepdf.open(built.path(f"build/{tag}/{name}-a4-print-shop.pdf"))


def operators(stream) -> set[str]:
    return {str(one.operator) for one in pikepdf.parse_content_stream(stream)}


@pytest.mark.parametrize("tag", TAGS)
def test_the_sheet_has_room_for_bleed_and_marks(built, tag):
    for page in sheets(built, tag).pages:
        trim, bleed, media = (
            [float(side) for side in page.obj[box]]
            for box in ("/TrimBox", "/BleedBox", "/MediaBox")
        )
        assert trim[2] - trim[0] == pytest.approx(210 * MM, abs=0.1)
        assert trim[3] - trim[1] == pytest.approx(297 * MM, abs=0.1)
        for inner, outer, sign in zip(trim, bleed, (1, 1, -1, -1), strict=True):
            assert (inner - outer) * sign == pytest.approx(3 * MM, abs=0.01)
        for inner, outer, sign in zip(bleed, media, (1, 1, -1, -1), strict=True):
            assert (inner - outer) * sign > 8 * MM
        assert "/ArtBox" not in page.obj  # never beside a TrimBox


def test_the_cover_goes_beyond_the_edge_and_marks_stand_outside(built):
    document = pypdfium2.PdfDocument(built.path("build/en/drain-a4-print-shop.pdf"))
    image = document[0].render(scale=2).to_pil().convert("RGB")
    slug = 10 * MM * 2
    middle = image.width // 2
    assert image.getpixel((middle, int(slug + 3))) != (255, 255, 255)  # within the bleed
    assert image.getpixel((middle, int(slug - 6))) == (255, 255, 255)  # beyond it
    edge = int(slug + 3 * MM * 2)
    line = [image.getpixel((edge + shift, int(slug - 5 * MM))) for shift in range(-2, 3)]
    assert min(sum(one) for one in line) < 700  # a crop mark
    inner = image.crop((edge, edge, image.width - edge, image.height - edge))
    assert inner.getbbox()


@pytest.mark.parametrize("tag", TAGS)
def test_it_says_for_which_press_it_is(built, tag):
    pdf = sheets(built, tag)
    (intent,) = pdf.Root.OutputIntents
    assert intent.S == "/GTS_PDFX"
    assert str(intent.OutputConditionIdentifier) == "FOGRA51"
    assert str(intent.RegistryName) == "http://www.color.org"
    assert str(intent.Info) == "Invented press"
    assert intent.DestOutputProfile.read_bytes() == profile()
    assert intent.DestOutputProfile.N == 4


@pytest.mark.parametrize("tag", TAGS)
def test_it_says_that_it_is_pdf_x_4(built, tag):
    path = built.path(f"build/{tag}/drain-a4-print-shop.pdf")
    assert path.read_bytes().startswith(b"%PDF-1.6")
    pdf = sheets(built, tag)
    metadata = pdf.Root.Metadata
    assert "/Filter" not in metadata
    told = metadata.read_bytes().decode()
    assert "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>" in told
    for one in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID",
                "xmpMM:VersionID", "xmpMM:RenditionClass", "dc:title"):  # fmt: skip
        assert re.search(f"<{one}>.+</{one}>", told), one
    assert "<pdf:Trapped>False</pdf:Trapped>" in told
    assert pdf.docinfo["/Trapped"] == "/False"
    assert str(pdf.docinfo["/Title"])
    assert str(pdf.docinfo["/CreationDate"]).startswith("D:20")
    assert "/ID" in pdf.trailer
    assert "/Encrypt" not in pdf.trailer


@pytest.mark.parametrize("tag", TAGS)
def test_all_colours_are_those_of_the_press(built, tag):
    pdf = sheets(built, tag)
    used = set()
    for page in pdf.pages:
        used |= operators(page)
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            used |= operators(item)
        if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
            assert item.get("/ColorSpace") != "/DeviceRGB"
            assert item.get("/CS") != "/DeviceRGB"
    assert "k" in used
    assert used & COLOURS <= {"cs", "scn", "CS", "SCN"}
    for page in pdf.pages:
        for one in pikepdf.parse_content_stream(page):
            if str(one.operator) in ("cs", "CS"):
                assert one.operands == ["/Pattern"]


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_is_on_it_that_pdf_x_forbids(built, tag):
    pdf = sheets(built, tag)
    for key in ("/AcroForm", "/OpenAction", "/AA", "/StructTreeRoot", "/Names"):
        assert key not in pdf.Root
    for page in pdf.pages:
        assert "/Annots" not in page.obj
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
            assert {"/FontFile2", "/FontFile3"} & {*item.keys()}
        if isinstance(item, pikepdf.Stream):
            assert "LZWDecode" not in str(item.get("/Filter", ""))
            assert "/F" not in item


def test_letters_are_black_ink_alone():
    inks = Inks(profile())
    assert inks.of(0, 0, 0) == (0, 0, 0, 1)
    assert inks.of(1, 1, 1) == (0, 0, 0, 0)
    assert inks.of(0.5, 0.5, 0.5) == (0, 0, 0, 0.5)
    red = inks.of(0.6, 0.1, 0.1)
    assert len(red) == 4
    assert red[1] > red[0]  # more magenta than cyan


def test_our_leaflets_become_sheets_and_look_alike():
    shop = PrintShop(profile(), "", "2026-11-30")
    data = made(REPOSITORY, "hi", "ankl")
    sheet = for_print_shop(data, shop)
    assert sheet == for_print_shop(data, shop)
    assert len(pikepdf.open(io.BytesIO(sheet)).pages) == len(pikepdf.open(io.BytesIO(data)).pages)
    opened = pikepdf.open(io.BytesIO(sheet))
    (intent,) = opened.Root.OutputIntents
    assert str(intent.OutputConditionIdentifier) == "Custom"
    text = pypdfium2.PdfDocument(sheet)[0].get_textpage().get_text_range()
    assert text == pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert for_print_shop(plain("fr"), shop)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no profile", "this is not an ICC profile"),
        (profile(kind=b"mntr"), "for a mntr device, not for a press"),
        (profile(version=0x05000000), "PDF/X-4 needs 4 or 2"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_file(data, message):
    with pytest.raises(RenderError) as wrong:
        refuse(data, "brand/press.icc")
    (problem,) = wrong.value.problems
    assert problem.location.path == "brand/press.icc"
    assert message in problem.message
    assert "ask the print shop" in problem.hint


def test_builds_without_a_profile_say_what_to_do(tmp_path):
    project = make(tmp_path)
    options = ("fr", "--only", "pdf", "--paper", "a4", "--edition", "print-shop")
    told = project.build(*options, code=1).output
    assert "pyproject.toml: error: the edition print-shop needs an ICC profile" in told
    assert "[tool.ankl_i18n.print]" in told
    project = with_profile(tmp_path / "lost")
    project.path("press.icc").unlink()
    told = project.build(*options, code=1).output
    assert "press.icc: error: the settings name an ICC profile that does not exist" in told
    project.path("press.icc").write_bytes(b"%PDF-1.7")
    assert "press.icc: error: this is not an ICC profile" in project.build(*options, code=1).output
    project.path("press.icc").write_bytes(profile())
    project.build(*options)
    before = project.path("build/fr/drain-a4-print-shop.pdf").read_bytes()
    project.path("press.icc").write_bytes(profile() + b"\0\0\0\0")
    project.build(*options)
    assert project.path("build/fr/drain-a4-print-shop.pdf").read_bytes() != before


def test_preflight_judges_sheets(built):
    def findings() -> set[str]:
        options = Options(("en",), editions=("print-shop",), papers=("a4",))
        verdicts = preflight(Project(load(built.root), options))
        return {found.check for one in verdicts for found in one.findings
                if one.output.path.endswith("en/drain-a4-print-shop.pdf")}  # fmt: skip

    assert findings() == set()
    path = built.path("build/en/drain-a4-print-shop.pdf")
    data = path.read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.OutputIntents
        pdf.pages[0].obj.BleedBox = pdf.pages[0].obj.TrimBox
        pdf.save(path)
    assert findings() == {"print-shop"}
    path.write_bytes(data)
