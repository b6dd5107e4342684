"""Preflight: every check lets good files pass, and finds what is wrong in broken ones."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import test_pdf

from ankl_i18n.html.editions import BOOKLET, EDITIONS
from ankl_i18n.languages import language
from ankl_i18n.pdf import fit
from ankl_i18n.preflight import Output, Verdict
from ankl_i18n.preflight.run import compared, judge
from ankl_i18n.preflight.table import CHECKS
from ankl_i18n.settings import load
from ankl_i18n.settings.publisher.contrast import contrast, parsed
from sample_project import SampleProject, make

pytestmark = pytest.mark.pdf
ENGLISH = language("en")
DRAFT = "Draft translation"


def paper(path: Path, data: bytes, tag: str = "en", **known: object) -> Output:
    """Return a PDF as preflight sees it, written to a path."""
    path.write_bytes(data)
    facts = Output(
        path, path.name, "pdf", language(tag), ENGLISH, "fever", title="A page", messages=(),
        notice=DRAFT, is_draft=False, paper="a4", edition="standard",
    )  # fmt: skip
    return replace(facts, **known)


def leaflet(path: Path, tag: str) -> Output:
    """Return a leaflet that preflight has nothing to say about."""
    return paper(
        path / f"{tag}.pdf", test_pdf.made(tag), tag,
        title=test_pdf.markdown.plain(test_pdf.source(tag).front.title.text),
        messages=tuple(test_pdf.sentences(tag)), is_draft=True,
        address=test_pdf.ADDRESS.format(tag=tag),
    )  # fmt: skip


def found(output: Output) -> set[tuple[str, int, str]]:
    """Return check, page and message of what is found."""
    return {(one.check, one.page, one.message) for one in judge(output).findings}


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("tag", ["en", "ar", "hi", "ja", "ur"])
def test_good_leaflets_pass(tag: str, tmp_path: Path) -> None:
    verdict = judge(leaflet(tmp_path, tag))
    assert [str(problem) for problem in verdict.problems] == []
    assert verdict.read == verdict.wanted > 20
    assert verdict.pages >= 2
    assert verdict.size == len(test_pdf.made(tag))


def no_font_file(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile3" in item:
            del item.FontFile3


def other_family(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFamily" in item:
            item.FontFamily = "DejaVu Sans"


def no_letters(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
            del item.ToUnicode


def no_tags(document: pikepdf.Pdf) -> None:
    del document.Root.StructTreeRoot


def no_language(document: pikepdf.Pdf) -> None:
    document.Root.Lang = "fr"


def no_title(document: pikepdf.Pdf) -> None:
    del document.docinfo["/Title"]


def other_title(document: pikepdf.Pdf) -> None:
    document.docinfo["/Title"] = "Untitled"


def file_name(document: pikepdf.Pdf) -> None:
    del document.Root.ViewerPreferences


def backwards(document: pikepdf.Pdf) -> None:
    document.Root.ViewerPreferences.Direction = pikepdf.Name.R2L


def no_metadata(document: pikepdf.Pdf) -> None:
    del document.Root.Metadata


def lost_place(document: pikepdf.Pdf) -> None:
    for note in document.pages[0].Annots:
        if "/Dest" in note:
            note.Dest = pikepdf.String("nowhere")


PLAIN = '<p>Text, and <a href="https://example.org">a link</a> and <a href="#here">one</a></p>'
WHOLE = PLAIN + '<p style="break-before: page" id="here">More'


@pytest.mark.parametrize(
    ("change", "check", "message"),
    [
        (no_font_file, "fonts", "the font .*Noto-Sans is not embedded"),
        (other_family, "fonts", "DejaVu Sans is not a font for the file's languages"),
        (no_letters, "fonts", "the font .*Noto-Sans does not say which letters it shows"),
        (no_tags, "tags", "it has no tags, which screen readers need"),
        (no_language, "tags", "it does not state its language"),
        (no_title, "tags", "it has no title"),
        (other_title, "tags", "its title is 'Untitled', not 'A page'"),
        (file_name, "tags", "viewers show its file name, not its title"),
        (backwards, "tags", "it states the wrong reading direction"),
        (no_metadata, "tags", "it does not say that it is PDF/UA"),
        (lost_place, "links", "a link leads to 'nowhere', which is not in the file"),
    ],
)
def test_broken_pdfs(
    change: Callable[[pikepdf.Pdf], None], check: str, message: str, tmp_path: Path
) -> None:
    whole = test_pdf.make(WHOLE)
    assert found(paper(tmp_path / "good.pdf", whole)) == set()
    broken = found(paper(tmp_path / "broken.pdf", changed(whole, change)))
    assert {name for name, _, _ in broken} == {check}
    assert any(re.fullmatch(message, said) for _, _, said in broken), broken


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p style="margin-left: -9cm">Text',
         ("cut-off", 1, "1 pieces of text leave the page")),
        ('<p style="margin-left: -70px">Text',
         ("cut-off", 1, "1 pieces of text are closer to the edge than printers can print")),
        ('<h2>Alone</h2><p style="break-before: page">Text',
         ("headings", 1, "a heading ends the page")),
        ('<p style="color: #999">Text',
         ("contrast", 1, "text in #999999 has a contrast of 2.8:1, less than 4.5:1")),
        ('<p style="color: #fff; background: #777">Text',
         ("contrast", 1, "text in #ffffff has a contrast of 4.4:1, less than 4.5:1")),
        ('<p style="color: #bbb; font-size: 30pt">Text',
         ("contrast", 1, "text in #bbbbbb has a contrast of 1.9:1, less than 3.0:1")),
        ('<p><a href="http://example.org/a">Text</a>',
         ("links", 1, "a link leads to http://example.org/a")),
        ('<p><a href="gone.html">Text</a>', ("links", 1, "a link leads to gone.html")),
        ('<p><a href="a.pdf#x">Text</a>',
         ("links", 0, "links lead to a.pdf#x, which works only beside the PDF")),
    ],
)  # fmt: skip
def test_bad_pages_of_a_pdf(
    body: str, expected: tuple[str, int, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fit, "problems", lambda *_: ())  # a build would not make them
    assert found(paper(tmp_path / "a.pdf", test_pdf.make(body))) == {expected}


def test_marks_and_large_text_need_less_contrast(tmp_path: Path) -> None:
    body = '<p style="color: #888"><span style="font-size: 30pt">Text</span> • •'
    assert found(paper(tmp_path / "a.pdf", test_pdf.make(body))) == set()


def test_messages_that_are_lost(tmp_path: Path) -> None:
    output = leaflet(tmp_path, "ja")
    lost = tuple(f"{n}番目の文" for n in range(5))
    verdict = judge(replace(output, messages=(*output.messages, *lost)))
    assert [one.message for one in verdict.findings] == [
        "this message cannot be read back: '0番目の文'",
        "this message cannot be read back: '1番目の文'",
        "this message cannot be read back: '2番目の文'",
        "2 more messages cannot be read back",
    ]
    assert verdict.wanted - verdict.read == 5


def test_state_of_review(tmp_path: Path) -> None:
    draft = leaflet(tmp_path, "fr")
    said = f"it says {DRAFT!r}, but its catalog is reviewed"
    assert found(replace(draft, is_draft=False)) == {("review", 0, said)}
    silent = paper(tmp_path / "a.pdf", test_pdf.make("<p>Text"), is_draft=True)
    assert found(silent) == {("review", 0, f"it is a draft and does not say so: {DRAFT!r}")}


def test_qr_codes(tmp_path: Path) -> None:
    wrong = replace(leaflet(tmp_path, "es"), address="https://example.org/de/fever.html")
    there = test_pdf.ADDRESS.format(tag="es")
    assert found(wrong) == {
        ("qr", 0, f"the QR code says {there}, not https://example.org/de/fever.html")
    }
    none = paper(tmp_path / "a.pdf", test_pdf.make("<p>Text"), address=there)
    assert found(none) == {("qr", 0, f"the QR code cannot be read; it should say {there}")}


def test_missing_files(tmp_path: Path) -> None:
    output = leaflet(tmp_path, "en")
    output.file.unlink()
    assert found(output) == {("missing", 0, "this file was not built")}


def test_length(tmp_path: Path) -> None:
    english = Verdict(leaflet(tmp_path, "en"), (), pages=3)
    thai = Verdict(leaflet(tmp_path, "th"), (), pages=5)
    tamil = Verdict(leaflet(tmp_path, "ta"), (), pages=4)
    verdicts = list(compared([tamil, thai, english]))
    assert [[one.message for one in verdict.findings] for verdict in verdicts] == [
        [], ["it has 5 pages; in the source language it has 3"], [],
    ]  # fmt: skip


# --- web pages -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleProject:
    """The sample project, all its pages built, and its French PDFs."""
    project = make(tmp_path_factory.mktemp("preflight"))
    project.build()
    project.run("build", "fr", "--only", "pdf")
    return project


def test_the_sample_passes(sample: SampleProject) -> None:
    result = sample.run("preflight", "fr", "--format", "json")
    report = json.loads(result.output)
    assert report["version"] == 1
    kinds = {(file["language"], file["kind"], file["paper"]) for file in report["files"]}
    assert kinds == {("fr", "pdf", "a4"), ("fr", "pdf", "letter"), ("fr", "html", None)}
    assert sum(file["messages"]["wanted"] for file in report["files"]) > 50
    assert all(file["messages"]["wanted"] == file["messages"]["read"] for file in report["files"])
    severities = {p["severity"] for file in report["files"] for p in file["problems"]}
    assert severities <= {"warning"}


def web_page(sample: SampleProject, tmp_path: Path, old: str, new: str) -> Output:
    """Return a page of the sample with a text replaced, once."""
    text = sample.text("build/fr/drain.html")
    assert old in text
    folder = tmp_path / "fr"
    folder.mkdir()
    for path in ("index.html", "ar/drain.html", "es/drain.html", "en/drain.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).touch()
    for file in sample.path("build/fr").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "drain.html").write_text(text.replace(old, new, 1), encoding="utf-8")
    return Output(
        folder / "drain.html", "drain.html", "html", language("fr"), ENGLISH, "drain", title="",
        messages=(), notice="never said", is_draft=False, alternates=("en", "fr", "ar", "es"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (' lang="fr"', ' lang="en"', ("language", "it does not state its language")),
        (' dir="ltr"', ' dir="rtl"', ("language", "it does not state its direction")),
        ("<title>", "<p>", ("language", "it has no title")),
        ('hreflang="ar"', 'hreflang="de"', ("language", "it does not link to its page in ar")),
        ('hreflang="ar"', 'hreflang="de"', ("language",
         "it links to a page in de, which is not published")),
        ('hreflang="x-default"', 'hreflang="en"', ("language",
         "it does not link to its page in x-default")),
        ("</main>", '<img src="https://example.org/a.png" alt="A"></main>', ("self-contained",
         "it fetches https://example.org/a.png (img)")),
        ("</head>", '<link rel="stylesheet" href="a.css"></head>', ("self-contained",
         "it fetches a.css (link)")),
        ("<style>", "<style>p { background: url(/a.png) }", ("self-contained",
         "its style sheet fetches /a.png")),
        ("</main>", '<a href="#nowhere">x</a></main>', ("links",
         "a link leads to #nowhere, which does not exist")),
        ("</main>", '<a href="gone.html">x</a></main>', ("links",
         "a link leads to gone.html, which does not exist")),
        ("</main>", '<a href="http://example.org">x</a></main>', ("links",
         "a link leads to http://example.org")),
        ("--ink: #1e2a2c;", "--ink: #888888;", ("contrast",
         "--ink on --page has a contrast of 3.5:1 (light colours)")),
        ("--ink: #f1ede6;", "--ink: #333333;", ("contrast",
         "--ink on --page has a contrast of 1.3:1 (dark colours)")),
        # A later sheet counts, whatever stands before its colours; comments do not.
        ("</head>", "<style>@media print { p { margin: 0 } } /* :root { --ink: #fff; } */"
         " :root { --cover: #ffffff; }</style></head>", ("contrast",
         "--ink on --cover has a contrast of 1.1:1 (dark colours)")),
    ],
)  # fmt: skip
def test_broken_pages(
    sample: SampleProject, tmp_path: Path, old: str, new: str, expected: tuple[str, str]
) -> None:
    broken = found(web_page(sample, tmp_path, old, new))
    assert {check for check, _, _ in broken} == {expected[0]}
    assert expected in {(check, said) for check, _, said in broken}


def test_pages_say_everything(sample: SampleProject, tmp_path: Path) -> None:
    output = web_page(sample, tmp_path, "</main>", "<p>never said</p></main>")
    lost = replace(output, messages=("Une phrase perdue",))
    assert ("text", 0, "this message cannot be read back: 'Une phrase perdue'") in found(lost)
    assert {check for check, _, _ in found(output)} == {"review"}


def test_marks_of_footnotes_are_numbers(sample: SampleProject, tmp_path: Path) -> None:
    said = 'Avant 8 °C.<sup><a href="#fn2">[2]</a></sup> Après.'
    output = web_page(sample, tmp_path, "</main>", f"<p>{said}</p></main>")
    assert not {
        one
        for one in found(replace(output, messages=("Avant 8 °C.[^1] Après.",)))
        if one[0] == "text"
    }
    lost = replace(output, messages=("Avant 8 °C.[^1] Jamais.",))
    message = "this message cannot be read back: 'Avant 8 °C.[^1] Jamais.'"
    assert ("text", 0, message) in found(lost)


def test_command(sample: SampleProject, tmp_path: Path) -> None:
    assert "messages read back." in sample.run("preflight", "fr").output
    broken = make(tmp_path)
    wrong = broken.run("preflight", code=2)
    assert "nothing was built" in wrong.output
    assert "ankl-i18n build" in wrong.output
    broken.build("fr")
    missing = broken.run("preflight", "fr", code=1)
    assert "fr/drain-a4.pdf: error: this file was not built [missing]" in missing.output
    assert "is not a language of this project" in broken.run("preflight", "de", code=2).output


def test_checks_are_described_and_cover_every_edition() -> None:
    assert all(check.doc.endswith(".") for check in CHECKS)
    covered = set().union(*(check.editions for check in CHECKS if check.kind == "pdf"))
    assert covered == set(EDITIONS)
    assert {check.name for check in CHECKS if BOOKLET in check.editions} == {"fonts", "qr"}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#ffffff", 21), ("#777777", "#fff", 4.48), ("#0b4b52", "#fdf2e2", 8.9)],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    assert contrast(parsed(one), parsed(other)) == pytest.approx(ratio, abs=0.1)
    assert parsed("teal") is None


def test_settings_are_those_of_the_project(sample: SampleProject) -> None:
    assert load(sample.root).papers == ("a4", "letter")


@pytest.mark.parametrize("kind", ["pdf", "html"])
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\xff" * 3000], ids=["empty", "cut", "odd"])
def test_a_damaged_file_is_one_finding(tmp_path: Path, kind: str, data: bytes) -> None:
    output = replace(paper(tmp_path / "x", data), kind=kind, messages=("One",))
    checks = [one.check for one in judge(output).findings]
    readable = kind == "html" and data[:1] != b"\xff"
    assert ("damaged" not in checks) if readable else (checks == ["damaged"])
