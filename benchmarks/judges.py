"""What independent programs say of a PDF: page-validation and veraPDF.

Each function returns failures as text; an empty list is praise.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import page as page_validation

VERAPDF = Path(__file__).parents[1] / ".verapdf"  # scripts/verapdf puts it there


def page_rules(data: bytes) -> list[str]:
    """Return the failures of PDF/UA-1 that page-validation finds."""
    report = page_validation.validate_pdf_bytes(data, profile="ua1")
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


# Starting takes most of its time: compiled in a simple way, it takes half as long.
QUICKLY: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def verapdf(files: Sequence[Path], flavours: Sequence[str]) -> Mapping[tuple[Path, str], list[str]]:
    """Return the failures that veraPDF finds, by file and flavour ("ua1", "2a", ...)."""
    command = ["java", *QUICKLY, "-cp", f"{VERAPDF}:{VERAPDF}/*", "Verdict", ",".join(flavours)]
    said = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    found: dict[tuple[Path, str], list[str]] = {}
    for line in said.stdout.splitlines():
        name, flavour, *failure = line.split("\t")
        failures = found.setdefault((Path(name), flavour), [])
        if failure != ["compliant"]:
            failures.append(": ".join(failure))
    assert len(found) == len(files) * len(flavours), said.stderr
    return found
