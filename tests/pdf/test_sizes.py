"""What patients download: the PDF of this project's own leaflet, on A4, in every language.

A size that creeps up is a page that does not arrive in a waiting room with one bar of signal. A
KB is 1,000 bytes. Pictures, the drawing of two cells and the QR code, are not counted.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ankl_i18n.build import outputs
from ankl_i18n.build.jobs import jobs
from ankl_i18n.catalogs.project import Project
from ankl_i18n.languages import language
from ankl_i18n.pdf.render import pdf
from ankl_i18n.settings import Options, load
from samples import some

pytestmark = pytest.mark.pdf

PROJECT = Path(__file__).parents[2]
# KB. Chinese, Japanese and Korean are mostly outlines, and Nastaliq has many.
LIMITS = {
    "en": 33, "fr": 38, "es": 37, "fil": 37, "vi": 40, "hi": 50, "pa": 49, "ta": 53, "th": 49,
    "ar": 55, "fa": 54, "ur": 97, "ko": 50, "ja": 72, "zh-Hans": 78, "zh-Hant": 86,
    "km": 51,
}  # fmt: skip

PICTURE = re.compile(r"<svg.*?</svg>|<img[^>]*>", re.DOTALL)


# In the quick suite those with the most outlines, and with the most text.
@pytest.mark.parametrize("tag", some(LIMITS, 2, always=("en", "ur", "zh-Hant", "ta")))
def test_the_leaflet_is_small(tag: str) -> None:
    options = Options((tag,), only="pdf", papers=("a4",), drafts=True)
    project = Project(load(PROJECT), options)
    (job,) = [job for job in jobs(project) if job.name == "ankl"]
    with project.traced():
        head, body, text = outputs.make(project, job).partition("<body")
    page = head + body + PICTURE.sub("", text)
    assert len(pdf(page, language(tag), paper="a4", source="ankl.md")) < LIMITS[tag] * 1000


def test_every_language_has_a_limit() -> None:
    assert set(LIMITS) == {"en", *load(PROJECT).languages}
