"""Facts: what a rule finds out, kept with the names and digests of all that it was told.

A fact is a pure function of what its rule asks for. While a rule runs, everything it asks for
is noted; next time the fact still holds if every one of those digests is the same, and the rule
does not run. A fact that is found out anew but comes out the same changes nothing for those who
asked for it. (Mokhov, Mitchell and Peyton Jones, Build Systems à la Carte, 2018: verifying
traces.)

A name is a kind and arguments joined by `SEPARATOR`. Its kind is either in `leaves`, what is
given from outside (files, settings, the day), or in `rules`.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from ankl_i18n.engine.cache import Stored, digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ankl_i18n.engine.cache import Cache

SEPARATOR: Final = "\x1f"
FILE: Final = "file"
# So many facts are remembered to hold; those of some leaflets are asked for one after the other.
RECENT: Final = 20_000
Trace = dict[str, str]


def name_of(kind: str, *arguments: str) -> str:
    """Return the name of a fact or leaf; no argument that exists holds the separator."""
    return SEPARATOR.join((kind, *(text.replace(SEPARATOR, "\ufffd") for text in arguments)))


def shown(name: str) -> str:
    """Return a name as people read it: of a file its path, else its kind and arguments."""
    kind, *arguments = name.split(SEPARATOR)
    return arguments[0] if kind == FILE else " ".join((kind, *arguments)).strip()


class Facts:
    """The facts of a project in `root`, as of now; nothing may change while they are asked for.

    `rules` return JSON values, `leaves` digests; both take the arguments of the name.
    """

    def __init__(self, cache: Cache, root: Path) -> None:
        self.cache = cache
        self.root = root
        self.rules: dict[str, Callable[..., Any]] = {}
        self.leaves: dict[str, Callable[..., str]] = {FILE: self._file}
        self._current: dict[str, str] = {}
        self._leaf_digests: dict[str, str] = {}
        self._asked: set[str] = set()
        self._changed: dict[str, str] = {}
        self._traces: list[Trace] = []

    def ask(self, kind: str, *arguments: str) -> Any:
        """Return the value of a fact; whoever asks depends on it."""
        name = name_of(kind, *arguments)
        found = self._fact(name)
        self._note(name, found)
        text = self.cache.value(name, found)
        if text is None:  # the value was damaged: it does not match its digest
            return self._find_out(name)
        return json.loads(text)

    def note(self, kind: str, *arguments: str) -> str:
        """Depend on a leaf, and return its digest."""
        name = name_of(kind, *arguments)
        found = self._leaf(name)
        self._note(name, found)
        return found

    def note_file(self, path: Path) -> str:
        """Depend on a file's content, or on its absence; return its digest."""
        name = self.file_name(path)
        found = self._leaf(name)
        self._note(name, found)
        return found

    def file_name(self, path: Path) -> str:
        """Return the name of a file as a leaf: its path in the project, or its whole path."""
        inside = path.is_relative_to(self.root)
        return name_of(FILE, path.relative_to(self.root).as_posix() if inside else str(path))

    @contextmanager
    def traced(self) -> Iterator[Trace]:
        """Give what is asked for meanwhile."""
        trace: Trace = {}
        self._traces.append(trace)
        try:
            yield trace
        finally:
            self._traces.pop()

    def holds(self, name: str) -> bool:
        """Tell whether a fact that was kept still holds; if not, `why` says why."""
        if name in self._current:
            return True
        old = self.cache.fact(name)
        if old is None:
            return False
        for asked, before in old.trace:
            if self._digest(asked) != before:
                self._changed[name] = asked
                return False
        self._remember(name, old.digest)
        return True

    def kept(self, name: str) -> Any:
        """Return the value of a fact that was kept, whether it holds or not; None without one."""
        old = self.cache.fact(name)
        text = self.cache.value(name, old.digest) if old else None
        return None if text is None else json.loads(text)

    def keep(self, name: str, value: Any, trace: Trace) -> None:
        """Keep a fact that was found out with a trace."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        fact = Stored(digest_of(text), tuple(trace.items()), text)
        self.cache.keep(name, fact)
        self._remember(name, fact.digest)

    def news(self) -> list[Any]:
        """Return what was found out and is not saved yet, for `take` in another process."""
        return self.cache.news()

    def take(self, news: list[Any]) -> None:
        """Keep what a copy of this process found out; it holds, for nothing has changed."""
        self.cache.take(news)
        for name, found, *_ in news[0]:
            self._remember(name, found)

    def _remember(self, name: str, digest: str) -> None:
        """Remember that a fact holds; who asks for a forgotten one has it looked at again."""
        if len(self._current) >= RECENT:
            self._current.clear()
        self._current[name] = digest

    def begin(self) -> None:
        """Forget what has been asked for so far; `leaves_asked` begins anew."""
        self._asked.clear()

    def leaves_asked(self) -> Trace:
        """Return all that was given from outside and has been asked for since `begin`."""
        return {name: self._leaf_digests[name] for name in self._asked}

    def why(self, name: str) -> list[str]:
        """Return what made a fact change, from what it asked for down to what was given."""
        chain: list[str] = []
        while name in self._changed and len(chain) < len(self._changed):
            name = self._changed[name]
            chain.append(shown(name))
        return chain

    def _note(self, name: str, digest: str) -> None:
        if self._traces:
            self._traces[-1][name] = digest

    def _digest(self, name: str) -> str:
        known = self._current.get(name)
        if known is not None:
            return known
        kind = name.partition(SEPARATOR)[0]
        if kind in self.leaves:
            return self._leaf(name)
        return self._fact(name) if kind in self.rules else "unknown"

    def _leaf(self, name: str) -> str:
        self._asked.add(name)
        found = self._leaf_digests.get(name)
        if found is None:
            kind, *arguments = name.split(SEPARATOR)
            found = self._leaf_digests[name] = self.leaves[kind](*arguments)
        return found

    def _fact(self, name: str) -> str:
        """Return the digest of a fact, found out if it does not hold."""
        if not self.holds(name):
            self._find_out(name)
        return self._current[name]  # the last one to be remembered

    def _find_out(self, name: str) -> Any:
        kind, *arguments = name.split(SEPARATOR)
        with self.traced() as trace:
            value = self.rules[kind](*arguments)
        self.keep(name, value, trace)
        return value

    def _file(self, path: str) -> str:
        return self.cache.digest_now(os.path.join(self.root, path))  # noqa: PTH118 - very often
