"""A project that stays open finds out anew what depends on files that have changed, no more."""

from __future__ import annotations

from ankl_i18n.catalogs import files, leaflets
from ankl_i18n.catalogs.project import Project
from ankl_i18n.coverage import publication
from ankl_i18n.settings import load
from sample_project import make


def test_only_what_changed_is_read_again(tmp_path):
    sample = make(tmp_path)
    project = Project(load(sample.root))
    catalogs = {tag: files.catalog(project, "drain", tag) for tag in ("fr", "ar")}
    document = leaflets.document(project, "drain")
    assert publication.is_published(project, "drain", "fr")
    msgid = catalogs["fr"].entries[0].msgid
    sample.translate("fr", "drain", msgid, "Neuf")
    assert files.catalog(project, "drain", "fr") is catalogs["fr"]
    project.look_again([sample.catalog("fr", "drain")])
    assert files.catalog(project, "drain", "fr") is not catalogs["fr"]
    assert (
        publication.translations(project, "drain", "fr")[catalogs["fr"].entries[0].key()] == "Neuf"
    )
    assert files.catalog(project, "drain", "ar") is catalogs["ar"]
    assert leaflets.document(project, "drain") is document


def test_what_is_kept_on_the_disk_follows(tmp_path):
    sample = make(tmp_path)
    project = Project(load(sample.root))
    before = publication.coverage_of(project, "drain", "fr").counts.messages.translated
    msgid = files.catalog(project, "drain", "fr").entries[2].msgid
    sample.translate("fr", "drain", msgid, "")
    assert publication.coverage_of(project, "drain", "fr").counts.messages.translated == before
    project.look_again([sample.catalog("fr", "drain")])
    assert publication.coverage_of(project, "drain", "fr").counts.messages.translated == before - 1


def test_a_saved_catalog_is_taken_for_the_one_in_the_file(tmp_path):
    sample = make(tmp_path)
    project = Project(load(sample.root))
    path = sample.catalog("fr", "drain")
    files.catalog(project, "drain", "fr")
    with sample.edit("fr", "drain") as catalog:
        catalog.entries[0].msgstr = "Neuf"
    project.look_again([path])
    files.keep_saved(project, "drain", "fr", catalog)
    assert files.catalog(project, "drain", "fr") is catalog
    sample.translate("fr", "drain", catalog.entries[0].msgid, "Encore")
    project.look_again([path])
    assert files.catalog(project, "drain", "fr").entries[0].msgstr == "Encore"
    files.keep_saved(project, "drain", "fr", catalog)  # the file is another one by now
    assert files.catalog(project, "drain", "fr").entries[0].msgstr == "Encore"
