"""Page templates: their environment, the style sheets, and pages made of them with a policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from traceback import extract_tb
from typing import TYPE_CHECKING, Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)
from jinja2.sandbox import SandboxedEnvironment

from ankl_i18n.errors import AnklError, Location, RenderError
from ankl_i18n.html.markup import with_lines

if TYPE_CHECKING:
    from ankl_i18n.html.house import House
    from ankl_i18n.html.words import Words

STYLES = ("leaflet", "scripts")
PAGED_STYLES = (*STYLES, "paged", "editions")
# What a browser may do for a page: show its own styles, and pictures that are inside it. Nothing
# is fetched, run, opened within it or sent (CSP Level 3; `<meta>`: HTML 4.2.5.3).
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"
)
# How a page begins, in front of its policy: nothing that a browser shows or runs.
BEGINNING = re.compile(
    r"""\s*<!DOCTYPE html>\s*<html(?:\s(?:[^<>"']|"[^"]*"|'[^']*')*)?>\s*<head>""", re.IGNORECASE
)
# The name under which a publisher's templates find those of this package.
PACKAGE = "ankl_i18n"


@lru_cache(maxsize=4)
def environment(own: tuple[tuple[str, str], ...] = ()) -> Environment:
    """Return the Jinja environment: autoescape on, undefined names are errors.

    `own` are a publisher's templates, by path and text, in place of those of this package that
    have their names; these are also there as `ankl_i18n/NAME`, to be extended. They run in a
    sandbox.
    """
    by_name = {path.rpartition("/")[2]: (text, path, lambda: True) for path, text in own}
    package = PackageLoader("ankl_i18n.html", "templates")
    loaders = [FunctionLoader(by_name.get), package, PrefixLoader({PACKAGE: package})]
    kind = SandboxedEnvironment if own else Environment
    return kind(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def style_sheets(names: tuple[str, ...], letters: str = "") -> str:
    """Return the named style sheets, one after the other; `letters` goes on from "scripts"."""
    folder = files("ankl_i18n.html") / "styles"
    texts = {name: (folder / f"{name}.css").read_text(encoding="utf-8") for name in names}
    return "\n".join(text + letters * (name == "scripts") for name, text in texts.items())


def render(template: str, words: Words, *, policy: str = POLICY, **context: Any) -> str:
    """Return a page: a template with interface strings and what else it asks for, then its policy.

    Raises `RenderError` for what is wrong with a template of the publisher.
    """
    functions = {"_": words.text, "_a": words.attribute, "_n": words.number, "_o": words.originals}
    house: House | None = context["page"].house
    own = house.templates if house else ()
    try:
        loaded = environment(own).get_template(template)
        html = loaded.render(**functions, **context)
        html = with_lines(html, words, on_paper=bool(context["page"].paper))
        return guarded(html, loaded.filename or template, policy)
    except Exception as bad:  # whatever a template does
        where = _failed(bad, [path for path, _ in own])
        if where is None or isinstance(bad, AnklError):
            raise
        raise RenderError.of("template", f"this page template fails: {bad}", where) from bad


def _failed(bad: Exception, own: Sequence[str]) -> Location | None:
    """Return where in one of some page templates an exception came up; None if in none."""
    if isinstance(bad, TemplateSyntaxError) and bad.filename and bad.filename in own:
        return Location(bad.filename, bad.lineno)
    lines = [(frame.filename, frame.lineno or 0) for frame in extract_tb(bad.__traceback__)]
    return next((Location(*line) for line in reversed(lines) if line[0] in own), None)


def guarded(html: str, template: str, policy: str = POLICY) -> str:
    """Return a page with its policy in front of all else in its head, whatever a template does.

    Raises `RenderError` for a page in which something would come before it.
    """
    begin = BEGINNING.match(html)
    if not begin:
        hint = f"extend {PACKAGE}/base.html.j2, or begin as it does: see docs/publisher.md"
        message = "a page must begin with <!DOCTYPE html>, <html …> and <head>, and nothing else"
        raise RenderError.of("template", message, template, hint)
    first = (
        f'\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    )
    return html[: begin.end()] + first + html[begin.end() :]
