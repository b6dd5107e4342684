"""Queries: what is found out, kept with the names and digests of all that it was told.

A query is a pure function of what it asks for. While it runs, everything it asks for is noted;
next time its value is fresh if each of those digests is the same, and it does not run. One that
is found out again but comes out the same changes nothing for those who asked for it. (Mokhov,
Mitchell and Peyton Jones, Build Systems à la Carte, 2018: verifying traces.)

Queries are decorated where they stand, and called like any function; their arguments are texts:

- `query`: its value is kept on the disk, whatever `codec` can keep;
- `input_query`: it looks at something outside (folders, the day) and is asked once a run;
- `memory_query`: its value is large (a parsed leaflet) and kept in memory; who asks for it
  depends on all that it was told.

Files (`Queries.depend_on_file`) and the fields of settings (by being read) are inputs, too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache, cached_property, wraps
from importlib import import_module
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast, get_type_hints

from ankl_i18n.engine.cache import Cache, Stored, digest_of
from ankl_i18n.engine.codec import Decoder, decoder_of, encode
from ankl_i18n.engine.memory import Memory

SEPARATOR: Final = "\x1f"
PACKAGE: Final = "ankl_i18n."
FILE: Final = "file"
# So many queries are remembered to be fresh; those of some leaflets are asked for together.
RECENT: Final = 20_000
Trace = dict[str, str]
P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
D = TypeVar("D", bound="Queries")


@dataclass(frozen=True)
class Query:
    """A registered query: its name (module and function), and whether it looks outside."""

    name: str
    function: Callable[..., Any]
    is_input: bool = False

    @cached_property
    def decoder(self) -> Decoder | None:
        """What makes its value from JSON, by the type that it returns."""
        returned = {"return": self.function.__annotations__["return"]}
        holder = type("Hints", (), {"__annotations__": returned})
        module = vars(import_module(self.function.__module__))
        return decoder_of(get_type_hints(holder, globalns=module)["return"])


QUERIES: Final[dict[str, Query]] = {}
# What makes the memory of each memory query.
MEMORIES: Final[dict[str, Callable[[], Memory]]] = {}


def query(function: Callable[Concatenate[D, P], T]) -> Callable[Concatenate[D, P], T]:
    """Make a function a query whose value is kept on the disk."""
    return _registered(function, is_input=False)


def input_query(function: Callable[Concatenate[D, P], T]) -> Callable[Concatenate[D, P], T]:
    """Make a function a query that looks at something outside, once a run."""
    return _registered(function, is_input=True)


def _registered(
    function: Callable[Concatenate[D, P], T], *, is_input: bool
) -> Callable[Concatenate[D, P], T]:
    name = value_name(function)
    one = QUERIES[name] = Query(name, function, is_input)

    @wraps(function)
    def ask(queries: D, /, *arguments: P.args, **named: P.kwargs) -> T:
        key = name_of(name, *cast("tuple[str, ...]", arguments), *cast("Any", named.values()))
        return cast("T", queries.get(one, key))

    return ask


def value_name(function: Callable[..., Any], *arguments: str) -> str:
    """Return the name under which the value of a query is kept."""
    kind = f"{function.__module__.removeprefix(PACKAGE)}.{function.__name__}"
    return name_of(kind, *arguments) if arguments else kind


def memory_query(
    size: int, *, spill: bool = False, weigh: Callable[[Any], int] | None = None
) -> Callable[[Callable[Concatenate[D, P], T]], Callable[Concatenate[D, P], T]]:
    """Make a function a query of which the last values are kept in memory.

    They weigh up to `size` together, each what `weigh` says of it (1 without it). With `spill`,
    the others are kept in a temporary file: they must be picklable.
    """

    def decorate(function: Callable[Concatenate[D, P], T]) -> Callable[Concatenate[D, P], T]:
        MEMORIES[value_name(function)] = lambda: Memory(
            size, spill=spill, weigh=weigh and (lambda pair: weigh(pair[0]))
        )

        @wraps(function)
        def ask(queries: D, /, *arguments: P.args, **named: P.kwargs) -> T:
            memory = queries.memory(function)
            key = cast("tuple[str, ...]", (*arguments, *named.values()))
            remembered = memory.get(key)
            if remembered is None:
                with queries.traced(seen=True) as trace:
                    value = function(queries, *arguments, **named)
                memory.set(key, (value, trace))
                return value
            value, trace = remembered
            queries.note_all(trace)
            return value

        return ask

    return decorate


def name_of(kind: str, *arguments: str) -> str:
    """Return the name of the value of a query, or of an input.

    An argument that contains the separator is about nothing that exists.
    """
    return SEPARATOR.join((kind, *(text.replace(SEPARATOR, "\ufffd") for text in arguments)))


def shown(name: str) -> str:
    """Return a name as people read it: of a file its path, else what is asked, and of what."""
    kind, *arguments = name.split(SEPARATOR)
    if kind == FILE:
        return arguments[0]
    return " ".join((kind.rpartition(".")[2], *arguments)).replace("_", " ").strip()


class Queries:
    """What is known of a project in `root`, as of now; nothing may change meanwhile.

    `open_cache` opens what earlier runs left, when it is first needed. `records` are frozen
    records by kind ("setting"), whose fields are inputs; `tracked` gives them.
    """

    def __init__(
        self, open_cache: Callable[[], Cache], root: Path, records: Mapping[str, Any]
    ) -> None:
        self.root = root
        self._memories: dict[str, Memory] = {}
        self._open_cache = open_cache
        self._records = records
        self._fresh: dict[str, str] = {}
        self._inputs: dict[str, tuple[str, Any]] = {}
        self._asked: set[str] = set()
        self._changed: dict[str, str] = {}
        self._traces: list[Trace] = []

    @cached_property
    def cache(self) -> Cache:
        """What earlier runs found out."""
        return self._open_cache()

    def close(self) -> None:
        """Keep what was found out on the disk."""
        if "cache" in self.__dict__:
            self.cache.close()

    # --- asking -----------------------------------------------------------------------------

    def get(self, query: Query, name: str) -> Any:
        """Return the value of a query; whoever asks depends on it."""
        if query.is_input:
            self.depend(name)
            return self._inputs[name][1]
        current = self._value_digest(name)
        self._note(name, current)
        text = self.cache.value(name, current)
        if text is None:  # the value was damaged: it does not match its digest
            return self._evaluate(name)
        value = json.loads(text)
        return query.decoder(value) if query.decoder else value

    def memory(self, function: Callable[..., Any]) -> Memory:
        """Return the values of a memory query; one is a pair of a value and its trace."""
        name = value_name(function)
        if name not in self._memories:
            self._memories[name] = MEMORIES[name]()
        return self._memories[name]

    def depend_on_file(self, path: Path) -> str:
        """Depend on a file's content, or on its absence; return its digest ("" for none)."""
        return self.depend(self._file_name(path))

    def _file_name(self, path: Path) -> str:
        inside = path.is_relative_to(self.root)
        return name_of(FILE, path.relative_to(self.root).as_posix() if inside else str(path))

    def depend(self, name: str) -> str:
        """Depend on an input by its name, and return its digest."""
        self._note(name, current := self._input(name)[0])
        return current

    def tracked(self, kind: str, record: R) -> R:
        """Return a frozen record of which each field that is read is depended on."""

        def note(field: str) -> None:
            self.depend(name_of(kind, field))

        every = fields(cast("Any", record))
        names = frozenset(one.name for one in every if one.name != "root")
        kind_of: Any = type(record)
        made: Any = object.__new__(_tracking(kind_of, names))
        for one in every:
            object.__setattr__(made, one.name, getattr(record, one.name))
        object.__setattr__(made, "note_read", note)
        return cast("R", made)

    @contextmanager
    def traced(self, *, seen: bool = False) -> Iterator[Trace]:
        """Give what is asked for meanwhile; who asked before depends on it only if `seen`."""
        trace: Trace = {}
        self._traces.append(trace)
        try:
            yield trace
        finally:
            self._traces.pop()
            if seen:
                self.note_all(trace)

    def note_all(self, trace: Trace) -> None:
        """Depend on all that something else was told."""
        if self._traces:
            self._traces[-1].update(trace)

    # --- what is kept -----------------------------------------------------------------------

    def is_fresh(self, name: str) -> bool:
        """Tell whether what was kept under a name still holds; if not, `why` says why."""
        if name in self._fresh:
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

    def last(self, name: str) -> Any:
        """Return the JSON value that was kept under a name, fresh or not; None without one."""
        old = self.cache.fact(name)
        text = self.cache.value(name, old.digest) if old else None
        return None if text is None else json.loads(text)

    def keep(self, name: str, value: Any, trace: Trace) -> None:
        """Keep a value that was found out with a trace."""
        text = json.dumps(encode(value), ensure_ascii=False, separators=(",", ":"))
        stored = Stored(digest_of(text), tuple(trace.items()), text)
        self.cache.keep(name, stored)
        self._remember(name, stored.digest)

    def news(self) -> list[Any]:
        """Return what was found out and is not saved yet, for `take` in another process."""
        return self.cache.news()

    def take(self, news: list[Any]) -> None:
        """Keep what a copy of this process found out; it is fresh, for nothing has changed."""
        self.cache.take(news)
        for name, current, *_ in news[0]:
            self._remember(name, current)

    def look_again(self, paths: Iterable[Path]) -> None:
        """Find out again what depends on files that have changed since they were looked at.

        Paths are those that queries depend on; what else they ask of the outside stays as it was.
        """
        for path in paths:
            self._inputs.pop(self._file_name(path), None)
        self._fresh.clear()
        for memory in self._memories.values():
            memory.keep_if(
                lambda pair: all(self._digest(name) == was for name, was in pair[1].items())
            )

    def begin(self) -> None:
        """Forget what has been asked for so far; `inputs_asked` begins again."""
        self._asked.clear()

    def inputs_asked(self) -> Trace:
        """Return all inputs that have been asked for since `begin`."""
        return {name: self._inputs[name][0] for name in self._asked}

    def input_now(self, name: str) -> str:
        """Return the digest of an input as it is now, looked at again."""
        return self._look(name)[0]

    def why(self, name: str) -> list[str]:
        """Return what made a value change, from what it asked for down to an input."""
        chain: list[str] = []
        while name in self._changed and len(chain) < len(self._changed):
            name = self._changed[name]
            chain.append(shown(name))
        return chain

    # --- finding out ------------------------------------------------------------------------

    def _note(self, name: str, digest: str) -> None:
        if self._traces:
            self._traces[-1][name] = digest

    def _remember(self, name: str, digest: str) -> None:
        """Remember that a value is fresh; a forgotten one is looked at again when asked for."""
        if len(self._fresh) >= RECENT:
            self._fresh.clear()
        self._fresh[name] = digest

    def _digest(self, name: str) -> str:
        known = self._fresh.get(name)
        if known is not None:
            return known
        kind = name.partition(SEPARATOR)[0]
        if kind == FILE or kind in self._records:
            return self._input(name)[0]
        one = _find(kind)
        if one is None:
            return "unknown"
        return self._input(name)[0] if one.is_input else self._value_digest(name)

    def _input(self, name: str) -> tuple[str, Any]:
        """Return the digest of an input and its value, looked at once."""
        self._asked.add(name)
        known = self._inputs.get(name)
        if known is None:
            known = self._inputs[name] = self._look(name)
        return known

    def _look(self, name: str) -> tuple[str, Any]:
        kind, *arguments = name.split(SEPARATOR)
        if kind == FILE:
            path = os.path.join(self.root, arguments[0])  # noqa: PTH118 - very often
            return self.cache.digest_now(path), None
        if kind in self._records:
            value = getattr(self._records[kind], arguments[0], None)
            return digest_of(repr(value)), value
        one = _find(kind)
        if one is None:
            return "unknown", None
        with self.traced():
            value = one.function(self, *arguments)
        return digest_of(json.dumps(encode(value), ensure_ascii=False)), value

    def _value_digest(self, name: str) -> str:
        """Return the digest of a query's value, found out if it is not fresh."""
        if not self.is_fresh(name):
            self._evaluate(name)
        return self._fresh[name]  # the last one to be remembered

    def _evaluate(self, name: str) -> Any:
        kind, *arguments = name.split(SEPARATOR)
        one = cast("Query", _find(kind))
        with self.traced() as trace:
            value = one.function(self, *arguments)
        self.keep(name, value, trace)
        return value


def _find(kind: str) -> Query | None:
    """Return the query of a name; its module may not have been needed so far in this run."""
    if kind not in QUERIES and "." in kind:
        try:
            import_module(PACKAGE + kind.rpartition(".")[0])
        except ImportError:
            return None
    return QUERIES.get(kind)


@cache
def _tracking(kind: type, names: frozenset[str]) -> type:
    """Return a subclass of a record that notes which of its fields are read."""

    class Tracking(kind):  # type: ignore[misc]
        __slots__ = ("note_read",)

        def __getattribute__(self, name: str) -> Any:
            if name in names:
                object.__getattribute__(self, "note_read")(name)
            return object.__getattribute__(self, name)

    return Tracking
