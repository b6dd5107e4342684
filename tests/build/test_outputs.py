"""The table of outputs: a new format is a row and its functions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import chosen
from ankl_i18n.build.outputs import OUTPUTS, Kind, function
from ankl_i18n.build.records import Job
from ankl_i18n.build.run import build
from ankl_i18n.build.surroundings import surroundings
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.languages import language
from ankl_i18n.settings import Options, load
from sample_project import make


def site_map(project, _languages):
    yield Job("site-map", "map.txt")


def list_pages(project, _job):
    tags = [spoken.tag for spoken in project.languages()]
    names = {tag: publication.published(project, tag) for tag in tags}
    return "".join(f"{tag}/{name}.html\n" for tag in tags for name in names[tag])


def words(project, languages):
    for spoken in languages:
        for name in chosen(project, publication.published(project, spoken.tag)):
            yield from word_files(spoken.tag, name)


def word_files(tag, name):
    yield Job("words", f"{tag}/{name}.words", tag, name)


def count_words(project, job):
    (document,) = [outputs.function("ankl_i18n.catalogs.leaflets:document")(project, job.name)]
    return str(sum(len(one.msgid.split()) for one in document.segments)).encode()


NEW = (
    Kind(
        name="site-map", format="txt", noun="map",
        jobs=f"{__name__}:site_map", make=f"{__name__}:list_pages",
    ),
    Kind(
        name="words", format="words", noun="list of words", jobs=f"{__name__}:words",
        make=f"{__name__}:count_words", files=f"{__name__}:word_files",
    ),
)  # fmt: skip


@pytest.fixture
def longer(monkeypatch):
    monkeypatch.setattr("ankl_i18n.build.outputs.OUTPUTS", (*OUTPUTS, *NEW))
    monkeypatch.setattr("ankl_i18n.build.jobs.OUTPUTS", (*OUTPUTS, *NEW))


def built(project, **options):
    return build(Project(load(project.root), Options(**options)))


@pytest.mark.parametrize("kind", OUTPUTS, ids=lambda kind: kind.name)
def test_functions_are_there(kind):
    for name in filter(None, (kind.jobs, kind.make, kind.files, kind.notice)):
        assert callable(function(name))


def test_a_new_format_is_a_row(tmp_path, longer):
    """It is made, left alone, made again, removed with its leaflet, and made alone."""
    project = make(tmp_path)
    assert not built(project, only="html").errors
    assert not project.path("build/map.txt").exists()
    done = {one.job.path: one for one in built(project, only="txt").done}
    assert [*done] == ["map.txt"]
    pages = project.path("build/map.txt").read_text(encoding="utf-8").split()
    assert "fr/drain.html" in pages
    assert {*pages} <= {str(path.relative_to(project.path("build")))
                        for path in project.path("build").rglob("*.html")}  # fmt: skip
    assert built(project, only="words").done
    assert int(project.path("build/fr/drain.words").read_bytes()) > 20
    again = built(project, only="words")
    assert not any(one.changed for one in again.done)
    with project.path("source/drain.md").open("a", encoding="utf-8") as file:
        file.write("\nThree more words.\n")
    before = int(project.path("build/en/drain.words").read_bytes())
    built(project, only="words")
    assert int(project.path("build/en/drain.words").read_bytes()) == before + 3


def test_files_of_a_new_format_leave_with_their_leaflet(tmp_path, longer):
    project = make(tmp_path)
    built(project, only="html")
    built(project, only="words")
    assert project.path("build/fr/drain.words").exists()
    project.path("source/drain.md").unlink()
    built(project, only="html")
    assert not project.path("build/fr/drain.words").exists()
    assert not project.path("build/fr/drain.html").exists()


def test_what_may_not_be_shown_has_no_notice_in_a_new_format(tmp_path, longer):
    """A page tells why; a file that cannot is removed."""
    project = make(tmp_path)
    built(project, only="html")
    built(project, only="words")
    catalog = project.path("locale/fr/LC_MESSAGES/drain.po")
    text = catalog.read_text(encoding="utf-8")
    catalog.write_text(text.replace("\nmsgid ", "\n#, fuzzy\nmsgid ").replace(
        '#, fuzzy\nmsgid ""\nmsgstr', 'msgid ""\nmsgstr', 1), encoding="utf-8")  # fmt: skip
    built(project, only="html")
    page = project.path("build/fr/drain.html").read_text(encoding="utf-8")
    assert '<body class="withdrawn">' in page
    assert not project.path("build/fr/drain.words").exists()
    assert project.path("build/en/drain.words").exists()


def test_what_is_kept_alone_has_whole_addresses(tmp_path, monkeypatch):
    """A row says so; nothing else knows how such files end."""
    known = Project(load(make(tmp_path).root))

    def link():
        around = surroundings(known, "drain", language("fr"), "fr/drain.words")
        return around.leaflet("drain").href

    assert link() == "drain.html"
    rows = (*OUTPUTS, replace(NEW[1], alone=True))
    monkeypatch.setattr("ankl_i18n.build.outputs.OUTPUTS", rows)
    assert link() == "https://leaflets.example/fr/drain.html"
