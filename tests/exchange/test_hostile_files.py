"""Files from strangers: each ends with a message that names the file, and nothing is written."""

# ruff: noqa: E501, PLR0913, PLR0917 - one line a case reads best

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import CatalogError, Severity
from ankl_i18n.exchange.formats import FORMATS
from ankl_i18n.exchange.pack import Selection, packages
from ankl_i18n.exchange.returns import Fate
from ankl_i18n.exchange.run import imported
from ankl_i18n.languages import language
from ankl_i18n.settings import load

ROOT = Path(__file__).parents[2]
READ = {form.name: form for form in FORMATS if form.read}
TEXT = ("xliff", "xliff2", "csv", "html")
ZIPS = ("xlsx", "docx")
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("project")
    for name in ("source", "locale"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pyproject.toml", root)
    return root


@pytest.fixture(scope="module")
def files(home: Path) -> dict[str, bytes]:
    project = Project(load(home))
    chosen = Selection(frozenset({"ankl"}))
    (package,) = packages(project, language("fr"), chosen)
    return {name: form.write(package) for name, form in READ.items()}


def state(home: Path) -> dict[str, bytes]:
    return {
        str(p): p.read_bytes() for p in home.rglob("*") if p.is_file() and ".cache" not in p.parts
    }


def put(old: str, new: str, count: int = 1) -> Change:
    def change(data: bytes) -> bytes:
        text = data.decode()
        assert old in text
        return text.replace(old, new, count).encode()

    return change


def cut(share: float) -> Change:
    return lambda data: data[: int(len(data) * share)]


def as_encoding(name: str) -> Change:
    return lambda data: data.decode().encode(name, "replace")


def part(name: str, change: Change) -> Change:
    """Change one part of an archive."""

    def changed(data: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
            for info in old.infolist():
                content = old.read(info)
                is_it = re.fullmatch(name, info.filename)
                new.writestr(
                    info.filename, change(content) if is_it else content, zipfile.ZIP_DEFLATED
                )
        return stream.getvalue()

    return changed


def with_part(name: str, content: bytes) -> Change:
    def changed(data: bytes) -> bytes:
        stream = io.BytesIO(data)
        with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return stream.getvalue()

    return changed


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {new} '{f'&{old};' * 50}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
DOCTYPES = {
    "entity bomb": LAUGHS,
    "quadratic bomb": f"<!DOCTYPE x [<!ENTITY a '{'a' * 100_000}'>]>",
    "external entity": "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
    "external subset": "<!DOCTYPE x SYSTEM 'http://example.org/x.dtd'>",
    "parameter entity": "<!DOCTYPE x [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]>",
    "empty": "<!DOCTYPE x>",
    "public": "<!DOCTYPE x PUBLIC '-//X//Y' 'file:///dev/zero'>",
    "notation": "<!DOCTYPE x [<!NOTATION n SYSTEM 'x'>]>",
    "attributes": "<!DOCTYPE x [<!ATTLIST x a CDATA 'b'>]>",
}
ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1252",
    "shift_jis",
    "gb18030",
    "cp1256",
    "utf-7",
)
SHARES = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97)


def after_declaration(text: str) -> Change:
    def change(data: bytes) -> bytes:
        end = data.index(b"?>") + 2
        return data[:end] + text.encode() + data[end:]

    return change


REFUSED: list[tuple[str, str, Change]] = [
    *((name, f"doctype {kind}", after_declaration(text)) for name in ("xliff", "xliff2") for kind, text in DOCTYPES.items()),
    *(
        (name, f"{part_name} doctype {kind}", part(part_name, after_declaration(text)))
        for name, part_name in (("xlsx", r"xl/worksheets/sheet1\.xml"), ("xlsx", r"xl/sharedStrings\.xml"),
                                ("xlsx", r"_rels/\.rels"), ("docx", r"word/document\.xml"), ("docx", r"word/styles\.xml"))
        for kind, text in DOCTYPES.items()
    ),
    *((name, f"cut at {share}", cut(share)) for name in ("xliff", "xliff2", *ZIPS) for share in SHARES),
    *((name, f"cut at {share}", cut(share)) for name in ("csv", "html") for share in (0.0, 0.0001)),
    *((name, f"in {encoding}", as_encoding(encoding)) for name in ("csv", "html") for encoding in ENCODINGS if encoding != "utf-7"),
    *((name, f"in {encoding}", as_encoding(encoding)) for name in ("xliff", "xliff2") for encoding in ENCODINGS if encoding not in {"utf-16", "utf-7"}),
    *((name, "deep", put("<body>" if name == "xliff" else "<notes>", "<g>" * 100_000)) for name in ("xliff", "xliff2")),
    *((name, "unknown encoding", put('encoding="UTF-8"', 'encoding="X-KLINGON"')) for name in ("xliff", "xliff2")),
    *((name, "no zip", lambda _: b"PK\x03\x04 nothing") for name in ZIPS),
    *((name, "a page", lambda _: b"<html>moved</html>") for name in (*ZIPS, "csv", "html", "xliff", "xliff2")),
    *((name, "zeros", lambda _: bytes(5000)) for name in READ),
    *((name, "zip bomb", with_part("xl/bomb.xml", bytes(300 << 20))) for name in ZIPS),
    *((name, "path out of it", with_part(path, b"x")) for name in ZIPS for path in ("../../evil.xml", "/etc/evil", "a\\..\\..\\evil")),
    *((name, "macros", with_part(f"{'xl' if name == 'xlsx' else 'word'}/vbaProject.bin", b"x")) for name in ZIPS),
    *((name, "no content types", part(r"\[Content_Types\]\.xml", lambda _: b"<x/>")) for name in ZIPS),
    ("xliff", "no language", put(' target-language="fr"', "")),
    ("xliff", "another language", put('target-language="fr"', 'target-language="de"')),
    ("xliff", "no such language", put('target-language="fr"', 'target-language="xx-nope"')),
    ("xliff", "another catalog", put('product-name="ankl"', 'product-name="../../etc"')),
    ("xliff2", "another language", put('trgLang="fr"', 'trgLang="de"')),
    ("xliff2", "no version", put('version="2.1"', 'version="3"')),
    ("csv", "no first line", lambda data: data.partition(b"\r\n")[2]),
    ("csv", "a huge field", lambda data: data + b'"' + b"a" * (2 << 20) + b'"\r\n'),
    *(("docx", f"{name} doctype", part(name, after_declaration(DOCTYPES["empty"]))) for name in (r"word/settings\.xml", r"docProps/core\.xml", r"word/fontTable\.xml")),
    ("xlsx", "no hidden sheet", part(r"xl/workbook\.xml", put('name="ankl-i18n"', 'name="Sheet2"'))),
    ("xlsx", "another sheet", part(r"xl/workbook\.xml", put('name="Translation"', 'name="Sheet1"'))),
    ("docx", "no table", part(r"word/document\.xml", put("ankl-i18n|", "x|"))),
    ("html", "no names", put("ankl-i18n-domain", "x")),
    ("html", "another language", put('name="ankl-i18n-target" content="fr"', 'name="ankl-i18n-target" content="de"')),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "why", "change"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_file_is_refused_whole(
    name: str, why: str, change: Change, files, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"back{READ[name].ending}"
    path.write_bytes(change(files[name]))
    before = state(home)
    with pytest.raises(CatalogError) as wrong:
        imported(Project(load(home)), path, path.name, write=True)
    assert all(problem.location.path == path.name for problem in wrong.value.problems)
    assert all(len(str(problem)) < 400 and problem.message for problem in wrong.value.problems)
    assert state(home) == before


TITLE = "Leucémie agressive à cellules NK (ANKL)"


def row_of(name: str, text: str) -> str:
    pattern = {
        "xliff": rf"<trans-unit [^>]*>\n<source>[^<]*</source>\n<target [^>]*>{re.escape(TITLE)}.*?</trans-unit>",
        "xliff2": rf"<unit id=\"[^\"]*\">(?:(?!</unit>).)*{re.escape(TITLE)}.*?</unit>",
        "csv": rf"[0-9a-f-]+t,[^\n]*,{re.escape(TITLE)},.*?(?=\r\n[0-9a-f]{{16}})",
        "html": rf"<tr id=\"[^\n]*{re.escape(TITLE)}.*?</tr>",
    }[name]
    return re.search(pattern, text, re.DOTALL)[0]


def doubled(name: str) -> Change:
    def change(data: bytes) -> bytes:
        text = data.decode()
        row = row_of(name, text)
        glue = "\r\n" if name == "csv" else "\n"
        return text.replace(row, row + glue + row.replace(TITLE, "Autre"), 1).encode()

    return change


def changed_source(name: str) -> Change:
    return put("Aggressive NK-cell leukemia (ANKL)", "Gentle NK-cell leukemia (ANKL)", -1)


def other_id(name: str) -> Change:
    """Give a row the id of the next one."""

    def change(data: bytes) -> bytes:
        text = data.decode()
        first, second = re.findall(r"[0-9a-f]{16}-[0-9a-f]{12}[tuf]", text)[:2]
        return text.replace(first, second, 1).encode()

    return change


BROKEN = [
    *((name, "the id of another", other_id(name)) for name in TEXT),
    ("xliff", "an unknown code", lambda data: re.sub(rb'<bpt id="(\d+)">[^<]*</bpt>', rb'<x id="\1"/>', data, count=2)),
    ("xliff2", "an unknown code", lambda data: re.sub(rb'dataRefStart="d1"', b'dataRefStart="d999"', data, count=1)),
    *((name, "twice", doubled(name)) for name in TEXT),
    *((name, "another source", changed_source(name)) for name in TEXT),
    *((name, "emptied", put(TITLE, "")) for name in TEXT),
    ("xlsx", "a formula", part(r"xl/worksheets/sheet1\.xml", lambda data: re.sub(rb'<c r="D2"([^>]*) t="s"><v>\d+</v>', rb'<c r="D2"\1><f>HYPERLINK("http://x")</f><v>0</v>', data))),
    ("xlsx", "a date", part(r"xl/worksheets/sheet1\.xml", lambda data: re.sub(rb'<c r="D2"([^>]*) t="s"><v>\d+</v>', rb'<c r="D2"\1 t="d"><v>2026-11-30</v>', data))),
    ("xlsx", "an error", part(r"xl/worksheets/sheet1\.xml", lambda data: re.sub(rb'<c r="D2"([^>]*) t="s"><v>\d+</v>', rb'<c r="D2"\1 t="e"><v>#REF!</v>', data))),
    *((name, "emptied", part(part_name, put(f">{TITLE}<", "><"))) for name, part_name in (("xlsx", r"xl/sharedStrings\.xml"), ("docx", r"word/document\.xml"))),
    *((name, "another source", part(part_name, changed_source(name))) for name, part_name in (("xlsx", r"xl/sharedStrings\.xml"), ("docx", r"word/document\.xml"))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "why", "change"), BROKEN, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_broken_row_is_told_by_its_place_and_the_rest_is_kept(
    name: str, why: str, change: Change, files, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"back{READ[name].ending}"
    path.write_bytes(change(files[name]))
    before = state(home)
    (done,) = imported(Project(load(home)), path, path.name, write=True)
    assert done.plan.count(Fate.REFUSED) in {1, 2}
    assert done.plan.count(Fate.TAKEN) == 0
    errors = [one for one in done.plan.problems if one.severity is Severity.ERROR]
    assert errors
    assert all(one.location.line for one in errors)
    assert state(home) == before


@pytest.mark.parametrize("name", TEXT)
def test_a_missing_row_is_counted_and_nothing_is_lost(
    name: str, files, home: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"back{READ[name].ending}"
    text = files[name].decode()
    row = row_of(name, text)
    path.write_bytes(text.replace(row + ("\r\n" if name == "csv" else "\n"), "", 1).encode())
    before = state(home)
    (done,) = imported(Project(load(home)), path, path.name, write=True)
    assert done.plan.missing == 1
    assert state(home) == before


def test_there_are_two_hundred_cases() -> None:
    assert len(REFUSED) + len(BROKEN) + len(TEXT) >= 200
