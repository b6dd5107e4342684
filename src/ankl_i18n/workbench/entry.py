"""The way in: a code that works once, handed to the browser where no other program reads it."""

from __future__ import annotations

import hmac
import os
import secrets
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Final

# How long a code works, in seconds.
LIFETIME: Final = 60.0
_REDIRECT: Final = (
    '<!DOCTYPE html><meta charset="utf-8"><meta name="referrer" content="no-referrer">'
    '<title>ankl-i18n</title><meta http-equiv="refresh" content="0; url={0}"><a href="{0}">→</a>\n'
)


@dataclass(slots=True)
class Code:
    """A secret that is exchanged for a session once, within a minute."""

    text: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    born: float = field(default_factory=time.monotonic)
    used: bool = False

    def take(self, offered: str) -> bool:
        """Tell whether an offered code is this one; afterwards it is worth nothing."""
        fits = hmac.compare_digest(self.text.encode(), offered.encode(errors="replace"))
        if not fits or self.used or time.monotonic() - self.born > LIFETIME:
            return False
        self.used = True
        return True


@dataclass(slots=True)
class Session:
    """The one session of a server: what its cookie and its token hold."""

    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    code: Code = field(default_factory=Code)

    def is_cookie(self, offered: str) -> bool:
        """Tell, in constant time, whether a cookie is that of the session."""
        return hmac.compare_digest(self.cookie.encode(), offered.encode(errors="replace"))

    def is_token(self, offered: str) -> bool:
        """Tell, in constant time, whether a token is that of the session."""
        return hmac.compare_digest(self.token.encode(), offered.encode(errors="replace"))


def redirect_file(address: str) -> Path:
    """Write a file that leads a browser to an address; nobody else on the machine can read it."""
    path = Path(tempfile.mkdtemp(prefix="ankl-i18n-")) / "open.html"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_REDIRECT.format(escape(address)))
    return path


def remove(path: Path) -> None:
    """Remove a redirect file and its folder."""
    shutil.rmtree(path.parent, ignore_errors=True)
