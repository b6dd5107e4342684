"""A whole life, with real git: draft, revised, signed, published, changed, signed again."""

from __future__ import annotations

import re

import pytest
from lives import DOSE, TYPO, Life, begin

from ankl_i18n.exchange.pack import Selection, packages
from ankl_i18n.languages import language
from ankl_i18n.review.records import ReviewState


@pytest.fixture
def life(tmp_path) -> Life:
    return begin(tmp_path)


def page(life: Life) -> str:
    """Return the text of the leaflet's page, its no-break spaces as spaces."""
    path = life.root / "build" / "fr" / "fever.html"
    return re.sub("[\u00a0\u202f]", " ", re.sub("<[^>]+>", "", path.read_text(encoding="utf-8")))


def test_a_whole_life(life):  # noqa: PLR0915 - it is a life
    # A draft: nobody has read it.
    assert not (life.root / "reviews" / "fr").exists()
    assert "12 texts are not signed by a reviser" in "; ".join(life.state().reasons)
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    assert not (life.root / "build" / "fr" / "fever.html").exists()
    # A second person revises the translation, and signs it. A clinician signs, too.
    life.later(3)
    life.revise("Home", "Page d’accueil")
    life.sign("reviser", "r-7f3a")
    life.commit("Revised", "reviser")
    assert life.state().reasons == ("3 texts are not signed by a clinician (3 none)",)
    life.sign("clinician", "c-90ab", "--section", "when-to-call-us")
    life.commit("Checked by a clinician")
    assert life.state().reasons == ()
    # It is published, printed, and that is written down.
    life.later(1)
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    assert "Vous pouvez prendre 500 mg" in page(life)
    life.run("review", "publish", "fr", "--reviewer", "k-01", "--edition", "print 2026-03")
    life.commit("Printed")
    code = life.content().code
    assert "This is what readers get today" in life.run("review", "verify", code)
    # A mistake in the spelling of the source is corrected: carried, and shown as that.
    life.later(5)
    life.reword("thristy", "thirsty")
    said = life.run("update", "fr", "--carry-cosmetic")
    life.commit("Correct a typo")
    new = TYPO.replace("thristy", "thirsty")
    if life.of(new) is not ReviewState.CARRIED:
        pytest.fail(f"{life.of(new)}\n{said}")
    assert life.state().reasons == ()
    # A dose is changed: what was signed is void, the leaflet is held back.
    life.later(5)
    life.reword("500 mg", "1000 mg")
    life.run("update", "fr", "--carry-cosmetic")
    dose = DOSE.replace("500 mg", "1000 mg")
    assert life.of(dose) is ReviewState.NO_TEXT
    life.revise(dose, "Vous pouvez prendre 1000 mg de paracétamol toutes les 6 heures.")
    with life.sample.edit("fr", "fever") as catalog:
        life.sample.message(catalog, dose).fuzzy = False
    life.commit("Translate the new dose", "translator")
    assert life.of(dose) is ReviewState.VOID
    assert life.state().reasons == ("1 text is not signed by a reviser (1 void)",)
    listed = life.run("review", "status", "fr", "--messages", "--role", "reviser")
    assert "[-500-]{+1000+} mg" in listed
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    assert "1000 mg" not in page(life)
    stale = life.run("review", "verify", code, code=1)
    assert "Not what readers get today" in stale
    # It is signed again, and verified from the new code.
    life.later(2)
    life.sign("reviser", "r-7f3a", "--message", dose)
    life.commit("Revised again", "reviser")
    assert life.state().reasons == ()
    life.run("build", "fr", "--only", "html", "--jobs", "1")
    assert "1000 mg" in page(life)
    life.run("review", "publish", "fr", "--reviewer", "k-01", "--edition", "print 2026-04")
    life.commit("Printed again")
    again = life.content().code
    assert again != code
    assert re.search(r"published 2026-03-18, print 2026-04", life.run("review", "verify", again))
    assert f"replaced by {again}" in life.run("review", "verify", code.lower(), code=1)
    life.run("review", "verify")
    # Two years later it no longer counts.
    life.later(800)
    assert life.states("reviser") <= {ReviewState.EXPIRED, ReviewState.CARRIED}
    assert life.state().reasons


def test_what_is_signed_goes_out_for_reading_only(life):
    life.later(1)
    life.sign("clinician", "c-90ab", "--section", "when-to-call-us")
    life.commit("Checked by a clinician")
    french, chosen = language("fr"), Selection(frozenset({"fever"}))
    (package,) = life.at(lambda project: list(packages(project, french, chosen)))
    locked = {unit.sources[0]: unit.locked for unit in package.units}
    assert locked["Do not wait until the morning."]
    assert not locked[TYPO]
