"""Forms filled in as the programs of those do who get them: invented people, as all in tests."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import lxml.html
import openpyxl

REVIEWERS = """\
[r-back]
roles = ["translator"]

[r-third]
roles = ["reviser"]

[r-clinic]
roles = ["clinician"]

[c-desk]
roles = ["coordinator"]
"""
# What is written into the columns (counted from 0) of the line whose column `of` is a text.
Answers = dict[str, dict[int, str]]


def fill_xlsx(path: Path, answers: Answers, of: int = 1) -> Path:
    book = openpyxl.load_workbook(path)
    for cells in book["Form"].iter_rows():
        for place, answer in answers.get(str(cells[of + 1].value), {}).items():
            cells[place + 1].value = answer
    book.save(path)
    return path


def fill_docx(path: Path, answers: Answers, of: int = 1) -> Path:
    document = docx.Document(str(path))
    for row in document.tables[0].rows:
        for place, answer in answers.get(row.cells[of].text, {}).items():
            row.cells[place].text = answer
    document.save(str(path))
    return path


def fill_html(path: Path, answers: Answers, of: int = 1) -> Path:
    """Return the file that the script of the page saves."""
    page = lxml.html.fromstring(path.read_bytes())
    (form,) = page.iter("form")
    lines = {}
    for row in page.iter("tr"):
        if "id" in row.attrib:
            cells = ["" if len(cell) else cell.text_content() for cell in row.iter("td")]
            for place, answer in answers.get(cells[of], {}).items():
                cells[place] = answer
            lines[row.attrib["id"]] = cells
    about = {name.removeprefix("data-"): value for name, value in form.attrib.items()}
    saved = path.with_suffix(".json")
    saved.write_text(json.dumps({"ankl-i18n": "form-1", **about, "lines": lines}))
    return saved


FILL = {"xlsx": fill_xlsx, "docx": fill_docx, "html": fill_html}
