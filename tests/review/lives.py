"""The example of review (tests/cases/review/project) in a folder with a real git repository."""

from __future__ import annotations

import atexit
import datetime
import functools
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import sample_project
from ankl_i18n.catalogs.project import Project
from ankl_i18n.review.content import content
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.records import Act, Content, LeafletState, ReviewState
from ankl_i18n.review.state import state
from ankl_i18n.settings import load
from sample_project import SampleProject

CASE = Path(__file__).parents[1] / "cases" / "review" / "project"
FIRST = datetime.date(2026, 3, 2)
DOSE = "You may take 500 mg of paracetamol every 6 hours."
TYPO = "Drink enough, even if you are not thristy."


@dataclass
class Life:
    """A project, its repository, and the day that it is."""

    sample: SampleProject
    day: datetime.date = FIRST

    @property
    def root(self) -> Path:
        return self.sample.root

    def later(self, days: int) -> None:
        self.day += datetime.timedelta(days=days)

    def env(self) -> dict[str, str]:
        noon = datetime.datetime.combine(self.day, datetime.time(12), datetime.UTC)
        return {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}

    def run(self, *arguments: str, code: int | None = 0) -> str:
        return self.sample.run(*arguments, code=code, **self.env()).output

    def git(self, *arguments: str, who: str = "coordinator", code: int | None = 0) -> str:
        time = f"{self.day.isoformat()}T12:00:00+00:00"
        env = {
            **os.environ, "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time,
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        }  # fmt: skip
        for part in ("AUTHOR", "COMMITTER"):
            env |= {f"GIT_{part}_NAME": "An invented person"}
            env |= {f"GIT_{part}_EMAIL": f"{who}@example.org"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=env, capture_output=True, text=True
        )
        assert code in (None, done.returncode), done.stderr + done.stdout
        return done.stdout.strip()

    def commit(self, message: str, who: str = "coordinator") -> str:
        self.git("add", "-A")
        return self.git("commit", "-q", "--allow-empty", "-m", message, who=who)

    def project(self) -> Project:
        return Project(load(self.root))

    def at(self, function, *arguments):
        """Ask something of the project as of now."""
        before = os.environ.get("SOURCE_DATE_EPOCH")
        os.environ |= self.env()
        project = self.project()
        try:
            return function(project, *arguments)
        finally:
            project.close()
            os.environ.pop("SOURCE_DATE_EPOCH")
            if before is not None:
                os.environ["SOURCE_DATE_EPOCH"] = before

    def state(self, leaflet: str = "fever", tag: str = "fr") -> LeafletState:
        return self.at(state, leaflet, tag)

    def content(self, leaflet: str = "fever", tag: str = "fr") -> Content:
        return self.at(content, leaflet, tag)

    def acts(self, tag: str = "fr") -> tuple[Act, ...]:
        return self.at(ledger, tag).acts

    def of(self, msgid: str, role: str = "reviser") -> ReviewState:
        """Return how a text stands with a role."""
        found = self.state().messages
        (message,) = [one for one in found if one.text.msgid == msgid]
        return message.roles[role].state

    def states(self, role: str) -> set[ReviewState]:
        return {one.roles[role].state for one in self.state().messages if role in one.roles}

    def sign(self, role: str, reviewer: str, *options: str, leaflet: str = "fever") -> str:
        """Sign a leaflet as a person does without a terminal: read, then confirm the root."""
        asked = (
            "review", "sign", "fr", leaflet, "--role", role, "--reviewer", reviewer, *options,
        )  # fmt: skip
        shown = self.run(*asked, code=1)
        return self.run(*asked, "--yes-i-read", re.search(r"--yes-i-read (\S+)", shown)[1])

    def revise(self, msgid: str, msgstr: str, who: str = "translator") -> None:
        self.sample.translate("fr", "fever", msgid, msgstr)
        self.commit(f"translate: {msgid[:30]}", who)

    def reword(self, old: str, new: str) -> None:
        """Change the source, and bring the catalogs up to date."""
        self.sample.replace("source/fever.md", old, new)
        self.run("extract")


def begin(root: Path) -> Life:
    """Return the example, translated by the translator and committed."""
    shutil.copytree(_begun(), root, dirs_exist_ok=True)
    return Life(SampleProject(root))


@functools.cache
def _begun() -> Path:
    """Return a folder with the example, made once in a process."""
    folder = tempfile.TemporaryDirectory(prefix="ankl-review-")
    atexit.register(folder.cleanup)
    root = Path(folder.name) / "project"
    life = Life(sample_project.make(root, CASE))
    life.git("init", "-q", "-b", "main")
    (root / ".gitignore").write_text("build/\n.cache/\n", encoding="utf-8")
    life.commit("Translate the leaflet", "translator")
    return root
