"""How much of another book's translation reaches the pages that ankl-i18n builds.

A project of a few settings is made around the book's Markdown files and its translators'
catalog; then every translated prose message of the catalog is looked for on the built pages.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import polib

from ankl_i18n.languages import language
from benchmarks import visible
from benchmarks.peers.extracting import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

# What mdBook calls its table of contents: a list of links whose texts are the messages.
CONTENTS: Final = "SUMMARY"
# The whole message is a string or character literal, or every line of it is a comment.
LITERAL: Final = re.compile(r"""[a-z]?"(?:[^"\\]|\\.)*"|[a-z]?'(?:[^'\\]|\\.)*'""", re.DOTALL)
COMMENT: Final = re.compile(r"//|/\*|\*[\s/]|#")


@dataclass(frozen=True)
class File:
    """One Markdown file of the book and the page made from it (None: there is none)."""

    name: str
    source: str
    page: str | None

    @cached_property
    def prose(self) -> tuple[str, ...]:
        """What the source says outside of code, block by block."""
        return tuple(visible.prose(self.source))

    @cached_property
    def code(self) -> str:
        """What the source says in code blocks."""
        return visible.code(self.source)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """What the page shows outside of code, block by block."""
        return tuple(visible.blocks(self.page)) if self.page else ()


@dataclass(frozen=True)
class Message:
    """A translated message of the catalog, its texts as a reader sees them."""

    msgid: str
    text: str
    translation: str
    files: tuple[File, ...]

    @property
    def on_a_page(self) -> bool:
        """Whether the translation stands on the page of at least one of its files."""
        return any(_holds(file.shown, self.translation) for file in self.files)

    @property
    def on_every_page(self) -> bool:
        """Whether it stands on the pages of all of its files."""
        found = [_holds(file.shown, self.translation) for file in self.files]
        return bool(found) and all(found)

    @property
    def as_a_block(self) -> bool:
        """Whether it is the whole text of a block: a paragraph, a list item, a heading ..."""
        return any(self.translation in file.shown for file in self.files)

    @cached_property
    def in_prose(self) -> tuple[File, ...]:
        """The files that say it outside of code."""
        return tuple(file for file in self.files if _holds(file.prose, self.text))


def _holds(blocks: Iterable[str], text: str) -> bool:
    return any(text in block for block in blocks)


def adopt(root: Path, source: Path, catalog: Path, tag: str) -> str:
    """Make and build the project in `root`; return the report."""
    steps = build(root, source, catalog, tag)
    messages = read(catalog, source, root / "build" / language(tag).tag)
    prose = [message for message in messages if not is_code(message)]
    template = [visible.message(entry.msgid) for entry in _entries(root / "po/messages.pot")]
    missing = [message for message in prose if not message.on_a_page]
    return "\n".join(
        [*steps, "", *_figures(messages, prose), "", *_reasons(missing, frozenset(template))]
    )


# --- the project ----------------------------------------------------------------------------


def build(root: Path, source: Path, catalog: Path, tag: str) -> list[str]:
    """Make the project and run the stages on it; return what they said in a line each."""
    (root / "pyproject.toml").write_text(settings([tag], str(source)), encoding="utf-8")
    (root / "po").mkdir()
    shutil.copyfile(catalog, root / "po" / f"{language(tag).gettext_id}.po")
    extracted = _run(root, "extract")
    covered = json.loads(_run(root, "coverage", "--format", "json"))
    built = _run(root, "build", tag, "--only", "html")
    words = next((line for line in built.splitlines() if "written to" in line), built[-200:])
    return [f"extract: {extracted.strip()}", f"coverage: {_covered(covered)}", f"build: {words}"]


def _run(root: Path, *arguments: str) -> str:
    """Run a stage; problems found in the catalog (exit code 1) do not stop the others.

    Raises `SystemExit` where the stage did not do its work.
    """
    command = [sys.executable, "-m", "ankl_i18n", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode > 1 or not done.stdout.strip():
        sys.exit(f"ankl-i18n {arguments[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def _covered(report: dict[str, Any]) -> str:
    tallies = report["languages"][0]
    parts = (
        f"{tallies[kind]['translated']} of {tallies[kind]['total']} {kind}"
        for kind in ("messages", "words")
    )
    return f"{' and '.join(parts)} translated"


# --- the catalog ----------------------------------------------------------------------------


def read(catalog: Path, source: Path, pages: Path) -> list[Message]:
    """Return the translated messages of a catalog; fuzzy and obsolete ones are left out."""
    files: dict[str, File | None] = {}
    found = []
    for entry in _entries(catalog):
        if not entry.translated():
            continue
        names = dict.fromkeys(name for name, _ in entry.occurrences)
        for name in names:
            if name not in files:
                files[name] = _file(name, source, pages)
        known = tuple(file for file in map(files.get, names) if file)
        text, translation = visible.message(entry.msgid), visible.message(entry.msgstr)
        found.append(Message(entry.msgid, text, translation, known))
    return found


def _entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def _file(reference: str, source: Path, pages: Path) -> File | None:
    """Return the file that a reference names, whatever folders stand before the source's."""
    parts = PurePosixPath(reference).parts
    for start in range(len(parts)):
        path = source.joinpath(*parts[start:])
        if path.is_file():
            name = path.relative_to(source).with_suffix("").as_posix()
            page = pages / f"{name}.html"
            html = page.read_text(encoding="utf-8") if page.is_file() else None
            return File(name, path.read_text(encoding="utf-8"), html)
    return None


def is_code(message: Message) -> bool:
    """Tell whether a message is code: a code block, or a literal or a comment out of one.

    It is, if its text is begun by a code fence; or if it is nowhere in the prose of the files
    that it refers to, but in a code block of theirs, or has the shape of a literal or comment
    (code that the book includes from other files). With that shape only a whole block of prose
    counts as prose: `"c"` is in many a sentence.
    """
    msgid = message.msgid.strip()
    if msgid.startswith(("```", "~~~")):
        return True
    if LITERAL.fullmatch(msgid) or all(map(COMMENT.match, map(str.strip, msgid.splitlines()))):
        return not any(message.text in file.prose for file in message.files)
    text = visible.normal(msgid)
    return not message.in_prose and any(text in file.code for file in message.files)


# --- the report -----------------------------------------------------------------------------


def _figures(messages: Sequence[Message], prose: Sequence[Message]) -> list[str]:
    # A name or a term that stays as it is would be found on an untranslated page as well.
    telling = [message for message in prose if message.text != message.translation]
    rows: tuple[tuple[str, Sequence[Message], Callable[[Message], bool]], ...] = (
        ("shown on the page of a file it refers to", prose, lambda m: m.on_a_page),
        ("    whole, as the text of a block", prose, lambda m: m.as_a_block),
        ("    on the pages of all files it refers to", prose, lambda m: m.on_every_page),
        ("    without those that say the same in both languages", telling, lambda m: m.on_a_page),
    )
    lines = [f"{len(messages)} translated messages, not fuzzy; {len(prose)} of them prose:"]
    for title, whole, test in rows:
        count = sum(map(test, whole))
        share = 100 * count / len(whole) if whole else 100.0
        lines.append(f"{count:6} of {len(whole):5}  {share:5.1f} %  {title}")
    return lines


def _gone(message: Message, _: frozenset[str]) -> bool:
    return not message.files


def _no_page(message: Message, _: frozenset[str]) -> bool:
    return not any(file.page for file in message.files)


def _contents(message: Message, _: frozenset[str]) -> bool:
    others = [file for file in message.in_prose if file.name != CONTENTS]
    return not others and any(file.name == CONTENTS for file in message.files)


def _not_in_source(message: Message, _: frozenset[str]) -> bool:
    return not message.in_prose


def _shown_otherwise(message: Message, template: frozenset[str]) -> bool:
    return message.text in template


def _longer(message: Message, template: frozenset[str]) -> bool:
    return any(message.text in text for text in template)


REASONS: Final[tuple[tuple[str, Callable[[Message, frozenset[str]], bool]], ...]] = (
    ("no Markdown file that it refers to is there", _gone),
    ("no page was built from its file", _no_page),
    (f"the text of a link in {CONTENTS}.md, the book's table of contents, only", _contents),
    ("not in its Markdown files' prose: put in by the book's tools, or changed", _not_in_source),
    ("a message of ours says the same in other marks, or shows it otherwise", _shown_otherwise),
    ("a part of a longer message of ours", _longer),
    ("cut into other messages by us", lambda _message, _template: True),
)


def _reasons(missing: Sequence[Message], template: frozenset[str]) -> list[str]:
    """Return what does not match, each message under the first reason that fits."""
    groups: dict[str, list[Message]] = defaultdict(list)
    for message in missing:
        groups[next(title for title, test in REASONS if test(message, template))].append(message)
    lines = [f"{len(missing)} not shown:"]
    for title, _ in REASONS:
        if title in groups:
            lines.append(f"{len(groups[title]):6}  {title}")
            lines += (f"          {_line(message)}" for message in groups[title])
    return lines


def _line(message: Message) -> str:
    names = ", ".join(file.name for file in message.files[:2])
    return f"{' '.join(message.msgid.split())[:90]!r} ({names})"
