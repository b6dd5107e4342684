"""How often an alarm is right, as readers judge it who do not know which check spoke.

`sample` writes what is to be judged, and apart from it which check each line is from. Two
readers answer on their own: a line of JSON for each, with `id` and `right` (true, false, or null
if undecided). `precision` counts what both call right; all else is wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ankl_i18n.errors import Severity
    from benchmarks.check_quality import Alarms


def sample(
    alarms: Sequence[Alarms], severity: Severity, count: int, out: Path, seed: int = 0
) -> int:
    """Write so many alarms of a severity for readers; return how many there are.

    The order is that of a hash: as long as an alarm is there, it keeps its place in the sample.
    Another seed draws others.
    """
    lines: dict[str, tuple[dict[str, str], str]] = {}
    for one in alarms:
        for problem in one.problems:
            if problem.severity is severity:
                source, _, translation = problem.context.partition("\n")
                line = {
                    "language": one.tag,
                    "source": source,
                    "translation": translation,
                    "claim": problem.message,
                }
                digest = hashlib.sha256(json.dumps(line, sort_keys=True).encode()).hexdigest()[:16]
                lines[digest] = ({"id": digest, **line}, problem.kind)
    chosen = [lines[digest] for digest in sorted(lines, key=lambda one: _place(one, seed))[:count]]
    _write(out, [line for line, _ in chosen])
    _write(key_of(out), [{"id": line["id"], "check": kind} for line, kind in chosen])
    return len(chosen)


def _place(digest: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {digest}".encode()).hexdigest() if seed else digest


def key_of(sample_path: Path) -> Path:
    """Return the file that says which check each line of a sample is from."""
    return sample_path.with_name(sample_path.name.replace("sample-", "key-", 1))


def precision(data: Path) -> Iterator[str]:
    """Return a table of the samples in a folder that two readers have judged.

    The answers to `sample-NAME.jsonl` stand in `judgements-NAME-READER.jsonl`.
    """
    yield "| sample | judged | right for both | undecided or apart | precision | wrong by check |"
    yield "|---|---:|---:|---:|---:|---|"
    for path in sorted(data.glob("sample-*.jsonl")):
        name = path.stem.removeprefix("sample-")
        readers = [_answers(one) for one in sorted(data.glob(f"judgements-{name}-*.jsonl"))]
        if len(readers) < 2:
            yield f"| {name} | judged by {len(readers)} of 2 readers | | | | |"
            continue
        ids = [line["id"] for line in _lines(path)]
        agreed = [[reader.get(one) for reader in readers] for one in ids]
        right = sum(all(answer is True for answer in answers) for answers in agreed)
        wrong = sum(all(answer is False for answer in answers) for answers in agreed)
        by_check = _wrong_by_check(ids, agreed, key_of(path))
        yield (
            f"| {name} | {len(ids)} | {right} | {len(ids) - right - wrong} "
            f"| {right / len(ids):.0%} | {by_check} |"
        )


def _wrong_by_check(ids: Sequence[str], agreed: Sequence[list[Any]], key: Path) -> str:
    """Return, for each check, how many of its alarms were not right for both."""
    checks = {line["id"]: line["check"] for line in _lines(key)} if key.exists() else {}
    count: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one, answers in zip(ids, agreed, strict=True):
        told = count[checks.get(one, "?")]
        told[0] += not all(answer is True for answer in answers)
        told[1] += 1
    return ", ".join(f"`{kind}` {bad} of {n}" for kind, (bad, n) in sorted(count.items()) if bad)


def _answers(path: Path) -> dict[str, bool | None]:
    return {line["id"]: line["right"] for line in _lines(path)}


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _write(path: Path, lines: Sequence[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8")
