"""What a running server has: the desk and the thread it works in, and who listens."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

import watchfiles

from ankl_i18n.catalogs.glossary import FOLDER as GLOSSARY
from ankl_i18n.catalogs.project import Project
from ankl_i18n.errors import AnklError
from ankl_i18n.exchange import memory
from ankl_i18n.exchange.pending import pending
from ankl_i18n.settings import load
from ankl_i18n.workbench import paper
from ankl_i18n.workbench.blind import Blind
from ankl_i18n.workbench.desk import Desk
from ankl_i18n.workbench.entry import LIFETIME, Session, remove
from ankl_i18n.workbench.reviews import Reviews

T = TypeVar("T")
# Nobody has asked for anything for so long (seconds): the server ends.
IDLE: Final = 30 * 60.0
LOOK: Final = 5.0
# How long changes of files are collected before they are reported, in milliseconds.
DEBOUNCE: Final = 200


class Superseded(Exception):  # noqa: N818 - nothing is wrong
    """Somebody has asked for a newer answer in the meantime."""


class Room:
    """A desk, the session of its browser, and all that goes on between them."""

    def __init__(
        self,
        desk: Desk,
        tags: Sequence[str],
        port: int,
        *,
        idle: float = IDLE,
        blind: Blind | None = None,
    ) -> None:
        self.desk, self.tags, self.port = desk, tuple(tags), port
        self.reviews, self.blind = Reviews(desk.root), blind
        self.session = Session()
        self.idle = idle
        self.stop: Callable[[], None] = lambda: None
        self.way_in: Path | None = None
        self.paper = tempfile.TemporaryDirectory(prefix="ankl-i18n-", ignore_cleanup_errors=True)
        self._worker = ThreadPoolExecutor(1, "desk")
        self._paper = ThreadPoolExecutor(1, "paper")
        self._memory = ThreadPoolExecutor(1, "memory")
        self._listeners: set[asyncio.Queue[Any]] = set()
        self._latest: dict[str, int] = {}
        self._touched = time.monotonic()

    def touch(self) -> None:
        """Take notice that somebody works here."""
        self._touched = time.monotonic()

    def entered(self) -> None:
        """Take away what leads in, once somebody is."""
        if self.way_in:
            remove(self.way_in)
            self.way_in = None

    async def ask(self, question: Callable[[], T]) -> T:
        """Return what the desk answers, after all that was asked before."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, question)

    async def newest(self, what: str, question: Callable[[], T]) -> T:
        """Return what the desk answers, if nothing newer of a kind was asked for meanwhile.

        Raises `Superseded`.
        """
        mine = self._latest[what] = self._latest.get(what, 0) + 1

        def if_newest() -> T:
            if self._latest[what] != mine:
                raise Superseded
            return question()

        return await self.ask(if_newest)

    async def remember(self, source: str, tag: str) -> list[dict[str, Any]]:
        """Return what waits for a text, then what the translation memory has for it."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._memory, self._search, source, tag)

    def _search(self, source: str, tag: str) -> list[dict[str, Any]]:
        project = Project(load(self.desk.root))
        waiting = [
            memory.Match(100, one.source, one.target, file)
            for file, one in pending(project)[0]
            if (one.source, one.target_tag) == (source, tag)
        ]
        index, _ = memory.opened(project)
        with index:
            return [
                {
                    "percent": one.percent,
                    "source": one.source,
                    "text": one.target,
                    "origin": one.origin,
                    "numbers": one.numbers,
                }
                for one in (*waiting, *index.search(source, tag))
            ]

    async def print(
        self, leaflet: str, tag: str, edition: str, texts: Mapping[str, str]
    ) -> dict[str, Any]:
        """Make a leaflet's PDF in a folder of its own, in place of the last one.

        The answer has the folder's name, the sizes of pages and the places of texts.
        """
        self.paper.cleanup()
        self.paper = tempfile.TemporaryDirectory(prefix="ankl-i18n-", ignore_cleanup_errors=True)
        folder = Path(self.paper.name)
        loop = asyncio.get_running_loop()
        place = self.desk.root, (leaflet, tag, edition), texts, folder
        return {"id": folder.name, **await loop.run_in_executor(self._paper, paper.made, *place)}

    def printed(self, name: str, file: str) -> bytes | None:
        """Return a file of the last PDF, None if it is another one by now."""
        folder = Path(self.paper.name)
        path = folder / file
        return path.read_bytes() if name == folder.name and path.is_file() else None

    def told(self, done: dict[str, Any], body: Any) -> dict[str, Any]:
        """Tell all browsers of a change that one of them made."""
        if done.get("outcome") == "saved":
            names, tag = [done["name"]], body.text("tag")
            self.tell({"kind": "texts", "tag": tag, "names": names, "by": body.text("window")})
        return done

    def tell(self, event: dict[str, Any]) -> None:
        """Tell all browsers of something."""
        for queue in self._listeners:
            queue.put_nowait(event)

    @contextmanager
    def listener(self) -> Iterator[asyncio.Queue[Any]]:
        """Give what is told from now on."""
        queue: asyncio.Queue[Any] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Watch the files and the clock while the server runs."""
        # A back-translator is told nothing of the files, not even that one has changed.
        work = (self._wait(),) if self.blind else (self._watch(), self._wait(), self.warm())
        tasks = [asyncio.create_task(one) for one in work]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task
            await self.ask(self.desk.close)
            self._worker.shutdown()
            self._memory.shutdown(cancel_futures=True)
            self._paper.shutdown(cancel_futures=True)
            self.paper.cleanup()
            self.entered()

    async def _watch(self) -> None:
        folders = watched(self.desk.project)
        stream = watchfiles.awatch(
            *folders, debounce=DEBOUNCE, step=50, ignore_permission_denied=True
        )
        async for changes in stream:
            paths = [Path(path) for _, path in changes if not _is_passing(Path(path).name)]
            if paths:
                for event in await self.ask(partial(self.desk.changed, paths)):
                    self.tell(event)

    async def warm(self) -> None:
        """Find out what the first screens show while the browser starts.

        What other languages are published in comes last: their catalogs are checked for it.
        """
        with suppress(AnklError):
            for tag in self.tags[:1]:
                languages = await self.ask(partial(self.desk.home, [tag]))
                for one in languages[0]["leaflets"]:
                    await self.ask(partial(self.desk.page, one["name"], tag, {}))
            await self._look_around()

    async def _look_around(self) -> None:
        """Find out what is published, one catalog after the other: keys come between them."""
        places = await self.ask(self.desk.unknown)
        if not all([await self.ask(partial(self.desk.look_up, *place)) for place in places]):
            self.tell({"kind": "published"})

    async def _wait(self) -> None:
        started = time.monotonic()
        while time.monotonic() - self._touched < self.idle:
            await asyncio.sleep(min(LOOK, self.idle))
            if time.monotonic() - started > LIFETIME:
                self.entered()
        self.tell({"kind": "end"})
        self.stop()


def watched(project: Project) -> list[Path]:
    """Return the folders in which something may change that the desk shows."""
    config = project.config
    before = config.catalog_path.partition("{")[0].rpartition("/")[0]
    folders = (project.root / before, project.source_root, project.root / GLOSSARY)
    return [folder for folder in folders if folder.is_dir()]


def _is_passing(name: str) -> bool:
    """Tell whether a file is one that will be gone in a moment."""
    return name.endswith((".tmp", "~", ".swp", ".new")) or name.startswith(".")
