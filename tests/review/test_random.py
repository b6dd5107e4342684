"""Random histories against a plain oracle: what counts as signed was read in exactly those words.

Each history translates, edits, signs, rejects, withdraws, branches, merges, moves texts between
sections and leaflets, renames leaflets and sections, wraps catalogs and sources anew, revokes
reviewers, waits and commits. After each step what the program computes is compared with what the
oracle remembers: it knows nothing of hashes, files or git.

The slow suite runs all 1,000; the quick one the first of them.
"""

from __future__ import annotations

import copy
import random
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from lives import Life

from ankl_i18n.review.carrying import carry
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import write
from ankl_i18n.review.making import new_act, reviewed
from ankl_i18n.review.problems import errors
from ankl_i18n.review.records import MESSAGE, Act, Kind, LeafletState, ReviewedMessage, ReviewState
from ankl_i18n.review.state import state
from sample_project import SampleProject

HISTORIES, QUICK, BATCH = 1_000, 10, 20
STEPS = 12
YEARS = 2
ROLES = ("reviser", "clinician")
PEOPLE = {"reviser": ("r-7f3a", "t-02"), "clinician": ("c-90ab",)}
# Who git says that a translation is by, and the id of that address in reviewers.toml.
TRANSLATORS = {
    "translator": "t-01", "second-translator": "t-02", "reviser": "r-7f3a", "stranger": "",
}  # fmt: skip
SETTINGS = """\
[tool.ankl_i18n]
languages = ["fr"]
front-matter = "free"

[tool.ankl_i18n.review]
valid-for = "24 months"
"""


def last_day(day: date) -> date:
    """Return the last day on which what was read on a day counts."""
    year = day.year + YEARS
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return date(year, 2, 28)


class Words(NamedTuple):
    """What somebody reads: a text in its context, and its translation."""

    context: str | None
    text: str
    translation: str


@dataclass
class Translation:
    """What a catalog says of a text; `spaces` is what stands between its words."""

    words: list[str]
    spaces: str = " "
    fuzzy: bool = False

    @property
    def text(self) -> str:
        return self.spaces.join(self.words)


@dataclass
class Paragraph:
    """A text of a leaflet; `context` is the id of its section where it is short."""

    text: str
    translation: Translation | None
    context: str | None = None


@dataclass
class Section:
    id: str
    required: bool
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class Read:
    """That somebody read words on a day, as a role, and agreed to them or not."""

    act: str
    role: str
    who: str
    day: date
    words: Words
    agreed: bool


@dataclass
class World:
    """Everything on one branch, as an omniscient bystander knows it."""

    leaflets: dict[str, list[Section]]
    reads: set[Read] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    carried: set[tuple[Words, Words]] = field(default_factory=set)
    revoked: set[str] = field(default_factory=set)
    authors: dict[str, str] = field(default_factory=dict)
    layout: int = 0

    def paragraphs(self, name: str) -> list[Paragraph]:
        return [one for section in self.leaflets[name] for one in section.paragraphs]

    def is_signed(self, words: Words, role: str, today: date) -> bool:
        return any(
            self._counts(read, role, words) and read.agreed
            and last_day(read.day) >= today
            and self._is_second_person(read.who, words)
            for read in self.reads
        ) and not self.is_rejected(words, role)  # fmt: skip

    def is_rejected(self, words: Words, role: str) -> bool:
        return any(self._counts(read, role, words) and not read.agreed for read in self.reads)

    def is_carried(
        self, words: Words, role: str, today: date, past: tuple[Words, ...] = ()
    ) -> bool:
        """Tell whether words were signed before changes of looks, and not rejected before one."""
        sources = {old for new, old in self.carried if new == words} - {*past}
        return any(
            self.is_signed(old, role, today) or self.is_carried(old, role, today, (*past, words))
            for old in sources
        ) and not any(self.is_rejected(old, role) for old in sources)

    def _counts(self, read: Read, role: str, words: Words) -> bool:
        known = read.act not in self.withdrawn and read.who not in self.revoked
        return known and (read.role, read.words) == (role, words)

    def _is_second_person(self, who: str, words: Words) -> bool:
        author = TRANSLATORS[self.authors[" ".join(words.translation.split())]]
        return author not in ("", who)


class History:
    """One random history: a folder with a repository, and what the oracle knows of it."""

    def __init__(self, seed: int, root: Path, seen: Counter[str]) -> None:
        self.dice = random.Random(seed)
        self.seen = seen
        self.life = Life(SampleProject(root))
        self.number = 0
        self.side: World | None = None
        self.on_side = False
        self.acts: dict[str, Act] = {}
        self.world = World({"one": self._leaflet(), "two": self._leaflet()})
        self.life.git("init", "-q", "-b", "main")
        self._write()
        for name in self.world.leaflets:
            self._credit(name, "translator")
        self.life.commit("Begin", "translator")

    def run(self) -> None:
        steps = (
            *[self.sign] * 6, *[self.translate] * 3, *[self.edit] * 2, self.spaces, self.fuzzy,
            self.looks, self.looks, self.reject, self.withdraw, self.move, self.rename,
            self.identify, *[self.wrap] * 2, self.wait, self.revoke, self.branch, self.merge,
        )  # fmt: skip
        for number in range(STEPS):
            step = self.sign if number == 0 else self.dice.choice(steps)
            who = step() or "coordinator"
            self._write()
            self.life.commit(step.__name__, who)
            self.seen[f"step {step.__name__}"] += 1
            self.compare(step.__name__)

    # --- steps ----------------------------------------------------------------------------------

    def sign(self) -> None:
        self._act(Kind.SIGN, agreed=True)

    def reject(self) -> None:
        self._act(Kind.REJECT, agreed=False)

    def withdraw(self) -> None:
        """Somebody withdraws an act: who made it, a coordinator, or who may not."""
        if not self.acts:
            return
        of = self.dice.choice([*self.acts.values()])
        if of.name not in {read.act for read in self.world.reads}:
            return  # it is on the other branch
        who = self.dice.choice([of.reviewer, "k-01", "c-90ab"])
        made = Act(
            Kind.WITHDRAW, "fr", of.leaflet, who, self.life.day, of=(of.name,), reason="a reason"
        )
        self.life.at(write, made)
        if who == of.reviewer or (who == "k-01" and of.act is Kind.SIGN):
            self.world.withdrawn.add(of.name)

    def translate(self) -> str:
        who = self.dice.choice([*TRANSLATORS])
        name, _, paragraph = self._pick()
        paragraph.translation = self._translation()
        self._credit(name, who)
        return who

    def edit(self) -> str:
        """Another dose; the text is translated anew, by the same or another translator, or not."""
        who = self.dice.choice([*TRANSLATORS])
        name, _, paragraph = self._pick()
        paragraph.text = self._heading() if paragraph.context else self._text()
        paragraph.translation = self._translation() if self.dice.random() < 0.8 else None
        self._credit(name, who)
        return who

    def spaces(self) -> None:
        """Only the spaces of a translation change: that is void, too."""
        _, _, paragraph = self._pick()
        if paragraph.translation:
            paragraph.translation.spaces = self.dice.choice([" ", "\u00a0", "\u202f"])

    def fuzzy(self) -> None:
        _, _, paragraph = self._pick()
        if paragraph.translation:
            paragraph.translation.fuzzy = not paragraph.translation.fuzzy

    def looks(self) -> None:
        """The punctuation at the end of a source text changes, and acts are carried over."""
        _, _, paragraph = self._pick()
        if paragraph.context or not paragraph.translation:
            return
        paragraph.text = paragraph.text[:-1] + self.dice.choice(".!")
        self._write()
        for act in self.life.at(carry, ["fr"]):
            read = {m.hash: read_words(m) for one in self.life.acts() for m in one.messages}
            for message in act.messages:
                old, new = read[message.before], read_words(message)
                assert (old.context, old.translation) == (new.context, new.translation)
                assert old.text[:-1] == new.text[:-1], "more than looks was carried over"
                self.world.carried.add((new, old))

    def move(self) -> None:
        """A text that has no context of its own goes to another section, or another leaflet."""
        _, section, paragraph = self._pick()
        if paragraph.context or len(section.paragraphs) == 1:
            return
        section.paragraphs.remove(paragraph)
        target = self.dice.choice([s for those in self.world.leaflets.values() for s in those])
        target.paragraphs.insert(self.dice.randint(1, len(target.paragraphs)), paragraph)

    def identify(self) -> None:
        """A section gets another id: its heading, which is short, has another context now."""
        name = self.dice.choice([*self.world.leaflets])
        section = self.dice.choice(self.world.leaflets[name])
        self.number += 1
        section.id = f"s{self.number}"
        for paragraph in section.paragraphs:
            paragraph.context = paragraph.context and section.id

    def rename(self) -> None:
        name = self.dice.choice([*self.world.leaflets])
        self.number += 1
        self.world.leaflets[f"leaflet-{self.number}"] = self.world.leaflets.pop(name)

    def wrap(self) -> None:
        """Sources and catalogs are wrapped anew, messages change their order and comments."""
        self.world.layout += 1

    def wait(self) -> None:
        self.life.later(self.dice.choice([1, 30, 400, 800]))

    def revoke(self) -> None:
        who = self.dice.choice(["r-7f3a", "t-02", "c-90ab"])
        self.world.revoked ^= {who}

    def branch(self) -> None:
        """Work on another branch begins, or goes on."""
        if self.side is None:
            self.side = copy.deepcopy(self.world)
            self.life.git("branch", "-f", "side")
        self.life.git("checkout", "-q", "-f", "main" if self.on_side else "side")
        self.world, self.side = self.side, self.world
        self.on_side = not self.on_side

    def merge(self) -> None:
        """The other branch comes in: its acts count here, too, the texts stay as they are here."""
        if self.side is None:
            return
        other = "main" if self.on_side else "side"
        self.life.git("merge", "-q", "-s", "ours", "--no-commit", "--no-ff", other, code=None)
        if (self.life.root / "reviews" / "fr").exists() or any(self.side.reads):
            self.life.git("checkout", "-q", other, "--", "reviews/fr", code=None)
        self.world.reads |= self.side.reads
        self.world.withdrawn |= self.side.withdrawn
        self.world.carried |= self.side.carried
        self.world.authors = self.side.authors | self.world.authors

    # --- comparing ------------------------------------------------------------------------------

    def compare(self, step: str) -> None:
        """Compare what the program computes of every text and role with what the oracle knows."""

        def found(project) -> list[LeafletState]:
            assert errors(project, "fr") == ()
            return [state(project, name, "fr") for name in self.world.leaflets]

        for one in self.life.at(found):
            self._compare(step, one.leaflet, one)

    def _compare(self, step: str, name: str, found: LeafletState) -> None:
        here = {(one.context, one.text): one for one in self.world.paragraphs(name)}
        assert {(one.text.msgctxt, one.text.msgid) for one in found.messages} == {*here}
        for message in found.messages:
            paragraph = here[message.text.msgctxt, message.text.msgid]
            shown = paragraph.translation and not paragraph.translation.fuzzy
            for role in ROLES:
                got = message.roles[role].state if role in message.roles else ReviewState.NONE
                self.seen["judged"] += 1
                self.seen[f"is {got}"] += 1
                if not shown:
                    assert got in (ReviewState.NO_TEXT, ReviewState.NONE)
                    continue
                self._judge(step, words_of(paragraph), role, got)
                self._check_before(message, role)

    def _judge(self, step: str, words: Words, role: str, got: ReviewState) -> None:
        signed = self.world.is_signed(words, role, self.life.day)
        rejected = self.world.is_rejected(words, role)
        carried = not signed and self.world.is_carried(words, role, self.life.day)
        assert (got is ReviewState.SIGNED) == signed, (step, words, role, got)
        if rejected:
            assert got is ReviewState.REJECTED, (step, words, role, got)
        else:
            assert (got is ReviewState.CARRIED) == carried, (step, words, role, got)
        if signed and step in ("wrap", "move", "rename", "merge"):
            self.seen[f"still signed after {step}"] += 1

    def _check_before(self, message, role: str) -> None:
        """What is shown as read before was read by somebody of that role, word for word."""
        before = message.roles[role].before if role in message.roles else None
        if before:
            words = read_words(before)
            assert any((one.role, one.words) == (role, words) for one in self.world.reads)

    # --- writing --------------------------------------------------------------------------------

    def _act(self, kind: Kind, *, agreed: bool) -> None:
        """Somebody reads a leaflet, or some texts of it, as they are now."""
        role = self.dice.choice(ROLES)
        who = self.dice.choice(PEOPLE[role])
        name = self.dice.choice([*self.world.leaflets])

        def write_act(project) -> Act | None:
            shown = content(project, name, "fr")
            texts = [text for text in shown.texts if text.is_shown]
            if self.dice.random() < (0.3 if agreed else 1) and texts:
                texts = self.dice.sample(texts, self.dice.randint(1, min(2, len(texts))))
            said = [reviewed(text) for text in texts]
            act = new_act(project, kind, shown, MESSAGE, said, reviewer=who, role=role)
            return write(project, act) if said else None

        act = self.life.at(write_act)
        if act:
            self.acts[act.name] = act
            self.world.reads |= {
                Read(act.name, role, who, self.life.day, read_words(one), agreed)
                for one in act.messages
            }

    def _pick(self) -> tuple[str, Section, Paragraph]:
        name = self.dice.choice([*self.world.leaflets])
        section = self.dice.choice(self.world.leaflets[name])
        return name, section, self.dice.choice(section.paragraphs)

    def _credit(self, name: str, who: str) -> None:
        """Remember whose words the new translations of a leaflet are."""
        for one in self.world.paragraphs(name):
            if one.translation:
                self.world.authors.setdefault(" ".join(one.translation.words), who)

    def _leaflet(self) -> list[Section]:
        self.number += 2
        return [
            Section(f"s{self.number}", False, [self._paragraph(None), self._paragraph(None)]),
            Section(
                f"s{self.number + 1}", True,
                [self._paragraph(f"s{self.number + 1}"), *(self._paragraph(None) for _ in "ab")],
            ),
        ]  # fmt: skip

    def _paragraph(self, context: str | None) -> Paragraph:
        text = self._heading() if context else self._text()
        return Paragraph(text, self._translation(), context)

    def _text(self) -> str:
        self.number += 1
        return (
            f"Take {self.number} mg of the medicine on {self.dice.choice('ABCDE')} days, not more."
        )

    def _heading(self) -> str:
        self.number += 1
        return "Topic " + "".join(chr(ord("a") + int(digit)) for digit in str(self.number))

    def _translation(self) -> Translation:
        self.number += 1
        return Translation(["Prenez", str(self.number), "mg", "du", "médicament,", "pas", "plus."])

    # --- writing --------------------------------------------------------------------------------

    def _write(self) -> None:
        """Write what the branch says into the files, in today's layout."""
        root, layout = self.life.root, random.Random(self.world.layout)
        for folder in ("source", "locale/fr/LC_MESSAGES"):
            shutil.rmtree(root / folder, ignore_errors=True)
            (root / folder).mkdir(parents=True)
        files = {
            "pyproject.toml": SETTINGS,
            ".gitignore": ".cache/\n",
            "reviews/reviewers.toml": reviewers_file(self.world.revoked),
        }
        for name, sections in self.world.leaflets.items():
            files[f"source/{name}.md"] = source_file(sections, layout)
            files[f"locale/fr/LC_MESSAGES/{name}.po"] = catalog_file(
                self.world.paragraphs(name), layout
            )
        for name, text in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")


def words_of(paragraph: Paragraph) -> Words:
    return Words(paragraph.context, paragraph.text, paragraph.translation.text)


def read_words(message: ReviewedMessage) -> Words:
    return Words(message.msgctxt, message.msgid, message.msgstr[0])


def reviewers_file(revoked: set[str]) -> str:
    people = {
        "t-01": (["translator"], "translator"), "t-02": (["reviser"], "second-translator"),
        "r-7f3a": (["reviser"], "reviser"), "c-90ab": (["clinician"], ""),
        "k-01": (["coordinator"], ""),
    }  # fmt: skip
    lines = []
    for name, (roles, git) in people.items():
        lines += [f"[{name}]", f"roles = {roles}", f'git = ["{git}@example.org"]' if git else ""]
        lines += ["revoked = 2026-03-02"] if name in revoked else []
    return "\n".join(lines) + "\n"


def source_file(sections: list[Section], layout: random.Random) -> str:
    """Return a leaflet as Markdown, its lines as long as the layout has them."""
    blocks = []
    for section in sections:
        first, *rest = section.paragraphs
        blocks.append(f"## {first.text} {{#{section.id}}}")
        blocks += ["<!-- i18n: required -->"] if section.required else []
        width = layout.choice([20, 40, 200])
        blocks += ["\n".join(textwrap.wrap(one.text, width)) for one in rest]
    return "\n\n".join(blocks) + "\n"


def catalog_file(paragraphs: list[Paragraph], layout: random.Random) -> str:
    """Return a catalog in an order, with comments and line breaks of the layout's."""
    header = '"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    header += '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
    entries = [entry_of(one, layout) for one in paragraphs if one.translation]
    layout.shuffle(entries)
    return "\n".join([f'msgid ""\nmsgstr ""\n{header}', *entries])


def entry_of(paragraph: Paragraph, layout: random.Random) -> str:
    comments = [f"# A comment, number {layout.randint(0, 9)}."] if layout.random() < 0.5 else []
    flags = ["#, fuzzy"] if paragraph.translation.fuzzy else []
    context = [f'msgctxt "{paragraph.context}"'] if paragraph.context else []
    texts = (("msgid", paragraph.text), ("msgstr", paragraph.translation.text))
    fields = [field_of(name, text, layout) for name, text in texts]
    return "\n".join([*comments, *flags, *context, *fields]) + "\n"


def field_of(name: str, text: str, layout: random.Random) -> str:
    at = layout.randint(0, len(text))
    return (
        f'{name} ""\n"{text[:at]}"\n"{text[at:]}"' if layout.random() < 0.5 else f'{name} "{text}"'
    )


# --- the test -----------------------------------------------------------------------------------

BATCHES = [
    range(QUICK),
    *(
        pytest.param(range(max(first, QUICK), first + BATCH), marks=pytest.mark.slow)
        for first in range(0, HISTORIES, BATCH)
    ),
]


@pytest.fixture(scope="module")
def all_seen(request) -> Iterator[Counter[str]]:
    """Count what all batches saw, and print it."""
    seen: Counter[str] = Counter()
    yield seen
    if reporter := request.config.pluginmanager.getplugin("terminalreporter"):
        counted = ", ".join(f"{count} {name}" for name, count in sorted(seen.items()))
        capture = request.config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            reporter.write_line(f"\nRandom histories: {counted}")
    if seen["histories"] >= QUICK:
        never = {one for one in ReviewState if not seen[f"is {one}"]}
        assert never == {ReviewState.UNKNOWN}, "these histories do not show enough"


@pytest.mark.parametrize("seeds", BATCHES, ids=lambda seeds: f"{seeds.start}-{seeds.stop}")
def test_random_histories(seeds, tmp_path, all_seen, monkeypatch):
    # Which program it is stays the same from step to step: it is not found out each time.
    monkeypatch.setattr("ankl_i18n.catalogs.project._program", lambda _: "this one")
    seen: Counter[str] = Counter()
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        History(seed, folder, seen).run()
        shutil.rmtree(folder)
        seen["histories"] += 1
    all_seen.update(seen)
    for often in (ReviewState.SIGNED, ReviewState.VOID, ReviewState.REFUSED):
        assert seen[f"is {often}"], f"no text is {often} in these histories"
    assert seen["still signed after wrap"]
