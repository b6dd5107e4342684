"""What a browser sent, read field by field."""

from __future__ import annotations


class BadRequestError(ValueError):
    """The browser sent something that is not what it ought to be."""


class Body:
    """What a browser sent, read field by field."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise BadRequestError
        self.value = value

    def text(self, name: str) -> str:
        """Return a text that UTF-8 can hold. Raises `BadRequestError`."""
        return _text(self.value.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        values = self.value.get(name, [])
        if not isinstance(values, list):
            raise BadRequestError
        return tuple(map(_text, values))

    def flag(self, name: str) -> bool:
        """Tell whether something is asked for."""
        return self.value.get(name) is True

    def forms(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return lists of texts by name."""
        values = self.value.get(name, {})
        if not isinstance(values, dict):
            raise BadRequestError
        return {_text(key): Body({"": value}).texts("") for key, value in values.items()}

    def place(self) -> tuple[str, str, str]:
        """Return the leaflet, the language and the message that a request is about."""
        return self.text("leaflet"), self.text("tag"), self.text("name")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadRequestError
    try:
        value.encode()
    except UnicodeEncodeError:
        raise BadRequestError from None
    return value.replace("\r\n", "\n").replace("\r", "\n")
