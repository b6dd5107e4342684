"""Suggestions from machines: plug-ins that translate, each in a process that cannot do harm.

A plug-in is an entry point of the group `ankl_i18n.suggest`: a function that is given a `Request`
and returns, or yields, `Suggestion`s. See docs/exchange.md.
"""

from ankl_i18n.exchange.suggest.records import Request, Suggestion, Text

__all__ = ["Request", "Suggestion", "Text"]
