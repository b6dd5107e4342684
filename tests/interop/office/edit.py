"""Edit a document or a spreadsheet in LibreOffice as a person does, and save it as what it was.

usage: edit.py FILE NEW EDITS

Debian's Python runs this, which has LibreOffice's interface (UNO). EDITS has three lines for each
edit: the beginning of a row's id, the words, and the new words; they are looked for in the third
column of a document's table, or column D of a spreadsheet (the third of a CSV file). A row without
a translation begins with a copy of its source. Prints how many edits were made.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

# Commas, quotes, UTF-8, from line 1 on, each column as text: what the window asks that opens.
CSV = "44,34,76,1,1/2/2/2/3/2/4/2/5/2,0,true,true"
FILTERS = {
    ".docx": ("", "MS Word 2007 XML", ""),
    ".xlsx": ("", "Calc MS Excel 2007 XML", ""),
    ".csv": ("Text - txt - csv (StarCalc)", "Text - txt - csv (StarCalc)", CSV),
}
SECONDS = 120


def main(path: str, made: str, changes: str) -> None:
    lines = Path(changes).read_text(encoding="utf-8").splitlines()
    edits = list(zip(lines[::3], lines[1::3], lines[2::3], strict=True))
    with tempfile.TemporaryDirectory() as home:
        pipe = f"interop-{Path(home).name}"
        options = ["--headless", "--norestore", "--nologo", "--nodefault"]
        profile = f"-env:UserInstallation=file://{home}/profile"
        accept = f"--accept=pipe,name={pipe};urp;"
        office = subprocess.Popen(["soffice", *options, profile, accept])
        try:
            desktop = _desktop(pipe)
            sys.stdout.write(f"{_edit(desktop, path, made, edits)}\n")
            desktop.terminate()
            office.wait(SECONDS)
        finally:
            office.kill()


def _desktop(pipe: str):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(SECONDS * 2):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.5)
        else:
            return context.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", context
            )
    raise SystemExit("LibreOffice does not answer")


def _edit(desktop, path: str, made: str, edits) -> int:
    reading, writing, options = FILTERS[Path(path).suffix]
    asked = [_value("Hidden", True)]
    if reading:
        asked += [_value("FilterName", reading), _value("FilterOptions", options)]
    document = desktop.loadComponentFromURL(Path(path).absolute().as_uri(), "_blank", 0, asked)
    count = _in_table(document, edits) if path.endswith(".docx") else _in_sheet(document, edits)
    saved = [_value("FilterName", writing), _value("FilterOptions", options)]
    document.storeToURL(Path(made).absolute().as_uri(), tuple(saved))
    document.close(True)
    return count


def _value(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _in_table(document, edits) -> int:
    table = document.TextTables.getByIndex(0)
    cells = {}
    for row in range(table.Rows.Count):
        number, source, target = (table.getCellByPosition(column, row) for column in range(3))
        cells[_hidden(number)] = source, target
    count = 0
    for name, old, new in edits:
        for source, target in (pair for key, pair in cells.items() if name in key):
            if not target.String:
                target.String = source.String
            count += _replaced(document, target, old, new)
    return count


def _hidden(cell) -> str:
    """Return a cell's text with what is hidden in it, which `String` leaves out."""
    return "".join(portion.String for par in cell for portion in par)


def _replaced(document, cell, old: str, new: str) -> int:
    """Replace words in a cell with "Find and replace", which keeps how they look."""
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = old, True
    found = document.findFirst(search)
    while found is not None:
        if found.Text == cell:
            found.String = new
            return 1
        found = document.findNext(found.End, search)
    return 0


def _in_sheet(document, edits) -> int:
    sheet = document.Sheets.getByIndex(0)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    place = 3 if sheet.getCellByPosition(1, 0).String == "No." else 2
    count = 0
    for row in range(cursor.RangeAddress.EndRow + 1):
        key = sheet.getCellByPosition(0, row).String
        target = sheet.getCellByPosition(place, row)
        for name, old, new in edits:
            text = target.String or sheet.getCellByPosition(place - 1, row).String
            if key.startswith(name) and old in text:
                target.String = text.replace(old, new)
                count += 1
    return count


if __name__ == "__main__":
    main(*sys.argv[1:])
