"""Finished pages and PDFs, judged before anyone prints or publishes them."""

from ankl_i18n.preflight.as_json import verdicts_json
from ankl_i18n.preflight.records import Finding, Output, Verdict
from ankl_i18n.preflight.run import preflight

__all__ = ["Finding", "Output", "Verdict", "preflight", "verdicts_json"]
