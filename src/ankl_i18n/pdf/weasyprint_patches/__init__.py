"""Parts of WeasyPrint in other words, which come to the same in less time.

Each says *Upstream* how WeasyPrint itself could do it. Answers are kept on styles (WeasyPrint's
dictionaries of CSS properties), since there are few of them and they outlive a document: leaflets
with the same style sheets share them. `pdf.patches` puts them in place.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from ankl_i18n.errors import Location, Problem, Severity

RELEASE: Final = "70.0"
"""The release of WeasyPrint that the patches are for."""


def wrong_release() -> Problem | None:
    """Return what to say where another release of WeasyPrint is installed."""
    installed = version("weasyprint")
    if installed == RELEASE:
        return None
    message = (
        f"WeasyPrint {installed} is installed, and ankl-i18n is made for {RELEASE}: PDFs take "
        "about twice the time, and nobody has checked their lines and tags"
    )
    hint = f"pip install 'weasyprint=={RELEASE}', or look at the PDFs before you print them"
    return Problem("weasyprint", Severity.WARNING, message, Location("weasyprint"), hint)
