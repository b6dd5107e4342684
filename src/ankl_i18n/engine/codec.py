"""One codec: records as JSON values, and back by their types.

A dataclass is a list of its fields in order, a tuple or frozen set a list, a date a text
(ISO 8601). So a record needs no code of its own to be kept.
"""

from __future__ import annotations

import dataclasses
import datetime
import types
import typing
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cache
from typing import Any, Final, Union

Decoder = Callable[[Any], Any]
PLAIN: Final = (str, int, float, bool, type(None), Any)


def encode(value: Any) -> Any:
    """Return a value as JSON: a record, a collection of records, or plain data.

    Raises TypeError for anything else.
    """
    if value is None or type(value) in (str, int, float, bool):
        return value
    if dataclasses.is_dataclass(value):
        return [encode(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list | frozenset | set):
        every = [encode(one) for one in value]
        return every if isinstance(value, tuple | list) else sorted(every)
    if isinstance(value, Mapping):
        return {key: encode(one) for key, one in value.items()}
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"cannot be kept: {type(value).__name__}")


def decode(kind: Any, value: Any) -> Any:
    """Return the value of a type (of type hints, too: `tuple[Problem, ...]`) from its JSON."""
    decoder = decoder_of(kind)
    return decoder(value) if decoder else value


@cache
def decoder_of(kind: Any) -> Decoder | None:
    """Return what makes a value of a type from its JSON; None where it is its own JSON.

    Raises TypeError for a type that no value can be made of.
    """
    if kind in PLAIN:
        return None
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in GENERIC:
        return GENERIC[origin](origin, arguments)
    if dataclasses.is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is datetime.date:
        return datetime.date.fromisoformat
    raise TypeError(f"no value can be made of {kind!r}")


def _optional(_origin: Any, arguments: tuple[Any, ...]) -> Decoder | None:
    (decoder,) = (decoder_of(argument) for argument in arguments if argument is not type(None))
    return (lambda value: None if value is None else decoder(value)) if decoder else None


def _tuple(origin: type, arguments: tuple[Any, ...]) -> Decoder:
    if arguments[-1] is Ellipsis:
        return _collection(origin, arguments)
    decoders = [decoder_of(argument) for argument in arguments]
    return lambda value: tuple(map(_decoded, decoders, value))


def _collection(origin: type, arguments: tuple[Any, ...]) -> Decoder:
    decoder = decoder_of(arguments[0])
    return (lambda value: origin(map(decoder, value))) if decoder else origin


def _mapping(_origin: type, arguments: tuple[Any, ...]) -> Decoder:
    decoder = decoder_of(arguments[1])
    return lambda value: {key: _decoded(decoder, one) for key, one in value.items()}


def _record(kind: Any) -> Decoder:
    hints = typing.get_type_hints(kind)
    decoders = [decoder_of(hints[field.name]) for field in dataclasses.fields(kind)]
    return lambda value: kind(*map(_decoded, decoders, value))


def _decoded(decoder: Decoder | None, value: Any) -> Any:
    return decoder(value) if decoder else value


GENERIC: Final[dict[Any, Callable[[Any, tuple[Any, ...]], Decoder | None]]] = {
    Union: _optional,
    types.UnionType: _optional,
    tuple: _tuple,
    list: _collection,
    set: _collection,
    frozenset: _collection,
    dict: _mapping,
    Mapping: _mapping,
}
