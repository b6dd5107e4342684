"""Where front matter is in a source: between its lines `---`, or nearly so."""

from __future__ import annotations

import re

from ankl_i18n.errors import Location, Problem, error

FENCE = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
# What is meant as front matter and is none: the line that opens it, one that contains a field.
BEGIN = "begin the file with a line ---, the fields, and a line ---"
FIELD_LINE = r"[A-Za-z][\w-]*[ \t]*[:=]"
NOT_FIRST = re.compile(
    rf"\A(?:[ \t]*\r?\n|[ \t]*<!--(?:(?!-->).)*-->)+[ \t]*---[ \t]*\r?\n{FIELD_LINE}", re.DOTALL
)
UNCLOSED = re.compile(rf"\A---[ \t]*\r?\n{FIELD_LINE}")
OTHER_FORMS = (
    (re.compile(r"\A\+\+\+[ \t]*\r?\n"), "front matter between +++ (TOML) is not read"),
    (re.compile(r'\A\{\s*"'), "front matter in braces (JSON) is not read"),
    (
        re.compile(
            rf"\A(?:[ \t]+-{{2,}}|--|-{{4,}}|[–—]+-*|_{{3,}}|={{3,}})[ \t]*\r?\n{FIELD_LINE}"
        ),
        "the first line does not begin front matter",
    ),
)
ENDS = frozenset({"...", "…", "----", "—", "–", "--", "***", "___"})
SAYS_WITHDRAWN = re.compile(r"^withdrawn[ \t]*:[ \t]*(\S*)", re.MULTILINE)


def split(source: str) -> tuple[str, str]:
    """Return a source's front matter and its body.

    The body keeps the line numbers of the file: lines of the front matter are blank in it.
    """
    match = FENCE.match(source)
    if not match:
        return "", source
    return match[1], "\n" * source.count("\n", 0, match.end()) + source[match.end() :]


def unrecognized(source: str, path: str) -> Problem | None:
    """Return the problem of front matter that readers would see as text; None if there is none."""
    if FENCE.match(source):
        return None
    if before := NOT_FIRST.match(source):
        hint = "let the file begin with its line ---: delete what is above"
        message = "the front matter does not begin in the first line"
        return _wrong(path, before[0].count("\n"), message, hint)
    for form, message in OTHER_FORMS:
        if form.match(source):
            return _wrong(path, 1, message, BEGIN)
    return _unclosed(source, path) if UNCLOSED.match(source) else None


def _unclosed(source: str, path: str) -> Problem:
    lines = [line.strip() for line in source.split("\n")]
    end = next((n for n, line in enumerate(lines[1:], start=2) if line in ENDS), 0)
    wrong = f"ends with {lines[end - 1]}" if end else "is not closed"
    hint = "write a line --- after its last field"
    return _wrong(path, end or 1, f"the front matter {wrong}", hint)


def withdrawal_day(source: str) -> str:
    """Return the day on which a source says that it was withdrawn, as written ("" if it was not).

    For sources that cannot be read: nobody gets a withdrawn leaflet because of a slip in it.
    """
    head, body = split(source)
    match = SAYS_WITHDRAWN.search(head or body)
    return (match[1].strip("\"'") or "some day") if match else ""


def _wrong(path: str, line: int, message: str, hint: str = "") -> Problem:
    return error("front-matter", message, Location(path, line), hint)
