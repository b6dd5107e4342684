"""A form as a page: a browser saves what was written as a file, without any network.

The page has one script, which its policy names by digest; without it the page can be printed.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path
from typing import Any, Final

from ankl_i18n.exchange.archive import refuse, text_of
from ankl_i18n.exchange.forms.records import ABOUT, Column, Filled, Form, Line, filled

SCRIPT: Final = Path(__file__).with_name("form.js")
MARK: Final = "form-1"
STYLE: Final = """
body { font: 1rem/1.5 sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #767676; padding: .3rem .5rem; text-align: start; vertical-align: top }
td { white-space: pre-wrap; overflow-wrap: anywhere }
textarea { box-sizing: border-box; font: inherit; min-height: 4rem; width: 100% }
select, button { font: inherit; min-height: 2.75rem }
"""


def write(form: Form) -> bytes:
    """Return a form as a page."""
    script = SCRIPT.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
    heads = "".join(f'<th scope="col">{escape(column.heading)}</th>' for column in form.columns)
    rows = "\n".join(_row(line, form) for line in form.lines)
    about = " ".join(f'data-{name}="{escape(value)}"' for name, value in form.about.items())
    intro = "".join(f"<p>{escape(text)}</p>\n" for text in form.intro)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(form.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(form.title)}</h1>\n{intro}<form {about}>\n"
        f"<table>\n<tr>{heads}</tr>\n{rows}\n</table>\n"
        f"<p><button>Save as a file</button></p>\n</form>\n<script>{script}</script>\n"
        f"</body>\n</html>\n"
    ).encode()


def _row(line: Line, form: Form) -> str:
    cells = "".join(
        _cell(text, column) for text, column in zip(line.cells, form.columns, strict=True)
    )
    return f'<tr id="{escape(line.id)}">{cells}</tr>'


def _cell(text: str, column: Column) -> str:
    direction = "rtl" if column.rtl else "ltr"
    attributes = f'lang="{escape(column.tag)}" dir="{direction}"'
    label = escape(column.heading)
    if column.open and column.choices:
        options = "".join(
            f"<option{' selected' if choice == text else ''}>{escape(choice)}</option>"
            for choice in column.choices
        )
        return f'<td><select aria-label="{label}">{options}</select></td>'
    if column.open:
        return f'<td><textarea aria-label="{label}" {attributes}>{escape(text)}</textarea></td>'
    return f"<td {attributes}>{escape(text)}</td>"


def parse(data: bytes, path: str) -> Filled:
    """Return what a browser saved. Raises `CatalogError` for what is no such file."""
    try:
        answers: Any = json.loads(text_of(data, path))
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise refuse(path, f"the file is damaged: {wrong}") from None
    lines = answers.get("lines") if isinstance(answers, dict) else None
    if not isinstance(lines, dict) or answers.get("ankl-i18n") != MARK:
        raise refuse(path, "this file was not saved by the page of a form")
    if not all(isinstance(line, list) and all(isinstance(t, str) for t in line)
               for line in lines.values()):  # fmt: skip
        raise refuse(path, "the file is damaged: its lines are not lists of texts")
    about = {name: str(answers.get(name, "")) for name in ABOUT}
    return filled(about, {name: tuple(texts) for name, texts in lines.items()})
