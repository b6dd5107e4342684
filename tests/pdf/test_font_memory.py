"""What a warm process begins with, and that it stays small: PDFs in Chinese, Japanese, Korean."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ankl_i18n.html.templating import PAGED_STYLES, style_sheets
from ankl_i18n.pdf import warm

pytestmark = pytest.mark.pdf

# MB that a process may grow by when it has made a PDF in each language. The fonts have 20 MB a
# weight, each of which is mapped once for every language.
MOST = 60
GROWTH = """
from pathlib import Path

def peak():  # proc(5), in KiB
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0])

from ankl_i18n.languages import language
from ankl_i18n.pdf import warm

before = peak()
for tag, text in {"zh-Hans": "发烧", "zh-Hant": "發燒", "ja": "発熱", "ko": "발열"}.items():
    body = f"<h1>{text}</h1><p>{text} <strong>{text}</strong></p>"
    styles = f"<style>{warm.style_sheets()}</style>"
    page = f'<html lang="{tag}"><title>{text}</title>{styles}<body>{body}'
    warm.pdf.pdf(page, language(tag), paper="a4", source=tag)
print((peak() - before) * 1024 / 1e6)
"""
UNUSED = """
import sys
from ankl_i18n.pdf import warm

print([name for name in warm.UNUSED if name in sys.modules])
from fontTools import cffLib, subset
from fontTools.ttLib.tables import otTables
from fontTools.varLib.instancer import instantiateVariableFont
from weasyprint.pdf import fonts

assert type(fonts.subset.Options(hinting=True)) is subset.Options
assert type(cffLib.ot.VarStore()) is otTables.VarStore
"""

# On Linux: no library is looked for by running other programs.
LIBRARIES = """
import subprocess, sys
from ctypes import util

def refuse(*_args, **_more):
    raise AssertionError("a program was run")

theirs, subprocess.Popen, util.os.popen = util.find_library, refuse, refuse
from ankl_i18n.pdf import warm

assert util.find_library is theirs
print(warm.pdf.__name__)
"""


def run(code: str) -> str:
    """Return what a program prints in a process of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_chinese_japanese_and_korean_fonts_are_not_read_whole() -> None:
    assert float(run(GROWTH)) < MOST


def test_what_weasyprint_subsets_fonts_with_is_imported_when_it_is_used() -> None:
    assert run(UNUSED) == "[]"


def test_libraries_are_found_without_running_other_programs() -> None:
    assert run(LIBRARIES) == "ankl_i18n.pdf.render"


def test_a_process_has_read_the_style_sheets_of_its_pages() -> None:
    assert warm.style_sheets() == style_sheets(PAGED_STYLES)
