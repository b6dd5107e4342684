"""Local facts: fields of leaflets that each site fills in. `cases/sites` are two invented wards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_pdf_judges import judged

from ankl_i18n.settings.publisher.fields import Field, read_site
from ankl_i18n.source.fields import (
    BLANK,
    TELEPHONE_BLANK,
    Fields,
    fill_code,
    fill_html,
    fill_inline,
)
from expected_problems import expected, found
from sample_project import SampleProject

CASE = Path(__file__).parents[1] / "cases" / "sites"
CALL = Fields({"a-b": "*1* <i>", "t-l": "+44 1"}, {}, frozenset({"t-l", "n-n"}))


def said(project: SampleProject, site: str, tag: str) -> list[str]:
    """Return the texts of a ward's leaflet."""
    page = project.page(f"{site}/{tag}", "call")
    (text,) = page.find_class("text")
    texts = (" ".join(one.text_content().split()) for one in text.iter("p", "pre"))
    return [one for one in texts if one][:5]


def test_each_site_has_its_own_leaflets(built):
    assert {path.split("/")[0] for path in built.built()} == {"ward-4", "ward-5"}
    assert said(built, "ward-5", "en") == [
        "Call Ward 5: +44 20 7946 0555.",
        "At night: +44 20 7946 0556",
        "See what Ward 5 says, or Ward 5.",
        "HTML of Ward 5.",
        "Code of Ward 5",
    ]


def test_values_are_plain_text(built):
    ward = "Ward *4* & <b>co</b>"
    assert said(built, "ward-4", "en") == [
        f"Call {ward}: +44 20 7946 0444.",
        "At night:",
        f"See what {ward} says, or {ward}.",
        f"HTML of {ward}.",
        f"Code of {ward}",
    ]
    page = built.page("ward-4/en", "call")
    assert page.findtext(".//title").strip() == f"Call {ward}"
    assert page.findtext(".//h1") == f"Call {ward}"
    assert list(page.iter("b")) == []
    assert "{" not in page.body.text_content()
    assert "{" not in built.page("ward-5/ar", "call").body.text_content()


def test_values_differ_by_language(built):
    assert said(built, "ward-4", "fr")[0].startswith("Appelez le +44 20 7946 0444")
    assert "Service 4" in said(built, "ward-4", "fr")[0]
    assert "Ward 5" in said(built, "ward-5", "ar")[0]


def test_telephone_numbers_can_be_tapped(built):
    page = built.page("ward-5/ar", "call")
    (text,) = page.find_class("text")
    calls = [one.get("href") for one in text.iter("a") if one.get("href").startswith("tel:")]
    assert calls == ["tel:+442079460555", "tel:+442079460556"]


def test_what_is_not_filled_in_is_a_line_with_words(built):
    for tag, words in (("en", "Line for a telephone number"), ("ar", "سطر لكتابة رقم هاتف")):
        (line,) = built.page(f"ward-4/{tag}", "call").find_class("blank")
        assert (line.get("role"), line.get("aria-label")) == ("img", words)
    assert built.page("ward-5/en", "call").find_class("blank") == []


def test_a_title_without_its_fact_says_so(project):
    project.replace("sites/ward-4.toml", 'ward-name = "Ward *4* & <b>co</b>"\n', "")
    project.build()
    page = project.page("ward-4/en", "call")
    assert page.findtext(".//title").strip() == "Call …"
    assert len(page.find_class("blank")) > 3
    assert not {BLANK, TELEPHONE_BLANK} & {*project.text("build/ward-4/en/call.html")}


def test_a_required_field_must_be_filled_in(project):
    project.replace("sites/ward-4.toml", 'ward-phone = "+44 20 7946 0444"\n', "")
    told = project.build(code=1).output
    assert "sites/ward-4.toml: error: {ward-phone} must be filled in: source/call.md" in told
    assert "14 pages" not in told
    assert "+44 20 7946 0444" not in project.text("build/ward-4/en/call.html")
    assert said(project, "ward-5", "en")[0] == "Call Ward 5: +44 20 7946 0555."


def test_without_sites_there_is_one_set_of_leaflets(project):
    shutil.rmtree(project.path("sites"))
    project.replace("pyproject.toml", ", required = true", "")
    project.build()
    page = project.page("en", "call")
    assert len(page.find_class("blank")) > 3
    assert not project.path("build/ward-4/index.html").exists()


def test_a_required_field_without_sites_is_an_error(project):
    shutil.rmtree(project.path("sites"))
    told = project.build(code=1).output
    assert "source/call.md: error: {ward-phone} must be filled in" in told
    assert "sites/NAME.toml" in told


def test_one_site_can_be_built(project):
    project.replace("sites/ward-4.toml", "0444", "0440")
    project.replace("sites/ward-5.toml", "0555", "0550")
    project.build("--site", "ward-5")
    assert "0550" in said(project, "ward-5", "en")[0]
    assert "0444" in said(project, "ward-4", "en")[0]
    told = project.build("--site", "ward-6", code=2).output
    assert "sites/ward-6.toml: error: there is no such site" in told


def test_a_site_that_is_no_more_leaves(project):
    project.path("build/ward-4/en/call-a4.pdf").touch()
    project.path("build/notes.html").write_text("<p>not ours</p>")
    project.path("sites/ward-4.toml").unlink()
    project.build("--site", "ward-5")
    assert project.path("build/ward-4/en/call.html").exists()
    project.build()
    assert {path.split("/")[0] for path in project.built()} == {"ward-5", "notes.html"}


def test_only_the_site_that_changed_is_made_anew(project):
    project.replace("sites/ward-4.toml", "0444", "0440")
    told = project.build("--explain").output
    assert "call.html: made: sites/ward-4.toml" in told
    assert told.count("en/call.html: up to date") == 1
    assert "0 pages" in project.build().output


def test_the_result_is_that_of_a_build_from_nothing(project):
    project.replace("sites/ward-4.toml", "0444", "0440")
    project.build()
    made = project.built()
    shutil.rmtree(project.path(".cache"))
    shutil.rmtree(project.path("build"))
    project.build()
    assert project.built() == made


def test_a_file_with_an_old_number_does_not_stay(project):
    """The leaflet cannot be parsed any more; its page may stay only with the number of today."""
    project.replace("source/call.md", "version:", "verzion:")
    project.build(code=1)
    assert "+44 20 7946 0555" in project.text("build/ward-5/en/call.html")
    project.replace("sites/ward-5.toml", "0555", "0550")
    project.build(code=1)
    assert "+44 20 7946 0555" not in project.text("build/ward-5/en/call.html")
    assert "+44 20 7946 0444" in project.text("build/ward-4/en/call.html")


def test_addresses_lead_to_the_site(built):
    links = built.page("ward-4/en", "call").xpath("//link[@rel='canonical']/@href")
    assert links == ["https://leaflets.hospital.example/ward-4/en/call.html"]


def test_check_finds_mistakes(project):
    project.replace("source/call.md", "At night: {night-phone}", "At night: {nigth-phone}")
    project.replace("sites/ward-4.toml", 'ward-phone = "', 'ward-phone = "call ')
    project.translate("fr", "call", "Call {ward-name}: {ward-phone}.", "Appelez : {ward-phone}.")
    told = project.run("check", code=1).output
    assert "source/call.md:21: error: there is no field {nigth-phone} [field]" in told
    assert "sites/ward-4.toml:2: error: ward-phone: write a telephone number" in told
    assert "the placeholder {ward-name} is lost" in told


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{a-b}", r"\*1\* \<i\>"),
        ("{t-l}", r"[\+44 1](tel:+441)"),
        ("[{t-l}](#a)", r"[\+44 1](#a)"),
        ("**{t-l}** [{a-b}](#a)", r"**[\+44 1](tel:+441)** [\*1\* \<i\>](#a)"),
        ("[{a-b}](#a) {t-l}", r"[\*1\* \<i\>](#a) [\+44 1](tel:+441)"),
        ("`{a-b}` {a-b}", r"`*1* <i>` \*1\* \<i\>"),
        ("![{t-l}](a.svg)", r"![\+44 1](a.svg)"),
        ("{n-n}", TELEPHONE_BLANK),
        ("{x} {X-Y} { a-b }", "{x} {X-Y} { a-b }"),
    ],
)  # fmt: skip
def test_filling_in(text, filled):
    assert fill_inline(text, CALL) == filled


def test_filling_in_what_is_no_markdown():
    assert fill_code("{a-b} {n-n}", CALL) == f"*1* <i> {TELEPHONE_BLANK}"
    assert fill_html("{a-b}", CALL) == "*1* &lt;i&gt;"


SITE = """\
ward-phone = "seven" #! ward-phone: write a telephone number, such as +44 20 7946 0000
ward-fone = "1" #! there is no field ward-fone
ward-name = 4 #! ward-name: write a text in quotes

[by-language.fr]
ward-email = "a@b" #! ward-email: write an e-mail address

[by-language.klingon] #! unknown language 'klingon': write a BCP 47 tag such as fr, zh-Hans or pt-BR
"""


def test_mistakes_of_a_site_have_their_lines():
    fields = {"ward-phone": Field("telephone"), "ward-name": Field(), "ward-email": Field("email")}
    assert found(read_site(SITE, "sites/a.toml", fields)[1]) == expected(SITE)


def test_a_site_that_is_no_toml():
    (problem,) = read_site("ward-phone = +44", "sites/a.toml", {})[1]
    assert str(problem.location) == "sites/a.toml:1"


@pytest.mark.pdf
def test_pdfs_have_lines_and_hold_to_their_standards(project, tmp_path):
    project.run("build", "en", "ar", "--site", "ward-4", "--jobs", "2")
    made = sorted(project.path("build/ward-4").glob("*/*.pdf"))
    files = [Path(shutil.copy(path, tmp_path / f"{path.parent.name}.pdf")) for path in made]
    assert len(files) == 2
    assert judged(files) == {}
    told = project.run("preflight", "--site", "ward-4", "en", "ar").output
    assert "error" not in told
