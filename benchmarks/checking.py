"""How often the checks speak about catalogs that people made: counts, and samples to judge.

Copies of program code (string literals, comments) are counted apart: whether a translator
translates them is a matter of taste.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ankl_i18n.catalogs import po
from ankl_i18n.checks import check_all
from ankl_i18n.errors import Severity
from ankl_i18n.languages import language
from benchmarks.adoption import COMMENT, LITERAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ankl_i18n.errors import Problem

UNTRANSLATED: Final = frozenset({"untranslated", "untranslated-name"})
SOURCE: Final = "en"


@dataclass(frozen=True, slots=True)
class Checked:
    """A catalog, how many of its messages are translated, and what the checks found in it.

    `copies` are the problems of untranslated program code, which `problems` leaves out.
    """

    name: str
    translated: int
    problems: tuple[Problem, ...]
    copies: tuple[Problem, ...]

    def messages(self, severity: Severity) -> int:
        """Return how many messages have problems of a severity."""
        return len({p.location.line for p in self.problems if p.severity is severity})

    def sample(self, count: int) -> list[Problem]:
        """Return some of the problems, always the same ones, in the order of the catalog."""
        chosen = random.Random(count).sample(self.problems, min(count, len(self.problems)))
        return sorted(chosen, key=lambda problem: problem.location)


def checked(path: Path, root: Path) -> Checked:
    """Check one catalog; its language is that of its header, else of its file's name."""
    name = path.relative_to(root).as_posix()
    catalog = po.parse(path.read_bytes(), name)
    spoken = language(catalog.headers.get("Language") or path.stem)
    problems = check_all(catalog, spoken, language(SOURCE)).problems
    copies = [problem for problem in problems if _is_code_copy(problem)]
    return Checked(
        name,
        sum(entry.translated() for entry in catalog.entries),
        tuple(problem for problem in problems if problem not in copies),
        tuple(copies),
    )


def _is_code_copy(problem: Problem) -> bool:
    msgid = problem.context.partition("\n")[0]
    return problem.kind in UNTRANSLATED and bool(LITERAL.fullmatch(msgid) or COMMENT.match(msgid))


def compare(root: Path, sample: int = 0) -> str:
    """Return a Markdown table of all catalogs below a folder, and samples of their problems."""
    found = [checked(path, root) for path in sorted(root.rglob("*.po"))]
    lines = ["| catalog | translated | errors | warnings | hints | copies of code |"]
    lines.append("|---|---:|---:|---:|---:|---:|")
    lines += [_row(one) for one in found if one.problems or one.copies]
    quiet = [one for one in found if not one.problems and not one.copies]
    if quiet:
        lines.append(
            f"| {len(quiet)} others | {sum(one.translated for one in quiet)} | 0 | 0 | 0 | 0 |"
        )
    lines += ["", *_kinds(found)]
    for one in found:
        lines += _sampled(one, sample)
    return "\n".join(lines)


def _row(one: Checked) -> str:
    counts = (one.messages(severity) for severity in Severity)
    cells = (one.name, one.translated, *counts, len(one.copies))
    return f"| {' | '.join(map(str, cells))} |"


def _kinds(found: Iterable[Checked]) -> list[str]:
    """Return how often each check spoke."""
    count = Counter(problem.kind for one in found for problem in one.problems)
    return ["by check: " + ", ".join(f"{kind} {n}" for kind, n in count.most_common())]


def _sampled(one: Checked, count: int) -> Sequence[str]:
    chosen = one.sample(count)
    return [f"\n{problem}\n{problem.context}" for problem in chosen]
