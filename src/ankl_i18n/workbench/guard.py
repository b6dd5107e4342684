"""Who may ask the server what: the browser that has the session, and nobody else.

Pages of other sites can make a browser send requests here, and can have a name of theirs lead
here (DNS rebinding); other programs and people of the machine can reach the port. Each rule is a
row of `RULES`; a request is answered only if none of them refuses it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final

from ankl_i18n.workbench.entry import Session

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

NAMES: Final = ("127.0.0.1", "[::1]", "localhost")
LANDING: Final = "/"
ENTER: Final = "/enter"
FRAME: Final = "/frame"
TOKEN: Final = "x-workbench-token"  # noqa: S105 - a header's name
# The most that a request may hold, in bytes.
LARGEST: Final = 64 * 1024
# What the empty page does with the code in its address.
LANDING_SCRIPT: Final = (
    "const code=location.hash.slice(1);history.replaceState(null,'','/');"
    "const say=text=>{document.querySelector('p').textContent=text};"
    "code?fetch('/enter',{method:'POST',headers:{'Content-Type':'application/json'},"
    "body:JSON.stringify({code})}).then(answer=>answer.ok?location.replace('/desk'):"
    "say(document.body.dataset.used)):say(document.body.dataset.none)"
)
_HASH: Final = base64.b64encode(hashlib.sha256(LANDING_SCRIPT.encode()).digest()).decode()
_NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; "
POLICIES: Final = {
    LANDING: f"{_NOTHING}script-src 'sha256-{_HASH}'; connect-src 'self'; frame-ancestors 'none'",
    # The page as readers see it: it runs nothing, and its styles and pictures are inside it.
    FRAME: f"{_NOTHING}style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "frame-ancestors 'self'; sandbox allow-same-origin",
}
DESK_POLICY: Final = (
    f"{_NOTHING}script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; require-trusted-types-for "
    "'script'; trusted-types 'none'"
)
COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What the rules look at: `headers` by small name, those that came twice joined by commas."""

    method: str
    path: str
    headers: Mapping[str, str]
    port: int
    session: Session

    @property
    def writes(self) -> bool:
        """Whether it may change anything."""
        return self.method == "POST"


def cookie_name(port: int) -> str:
    """Return the name of the session's cookie: browsers give cookies to all ports alike."""
    return f"ankl-workbench-{port}"


def _host(request: Request) -> int:
    """The name that the browser asked for must be one of this machine's, with the port."""
    hosts = {f"{name}:{request.port}" for name in NAMES}
    return 0 if request.headers.get("host", "").lower() in hosts else 421


def _method(request: Request) -> int:
    """There are no other methods."""
    return 0 if request.method in {"GET", "HEAD", "POST"} else 405


def _origin(request: Request) -> int:
    """What changes something comes from our own page, which says so; without a word it does not."""
    origin = request.headers.get("origin")
    own = f"http://{request.headers.get('host', '').lower()}"
    if request.writes:
        return 0 if origin == own else 403
    return 0 if origin in {None, own} else 403


def _site(request: Request) -> int:
    """So say browsers themselves: other ports of this machine are "same-site", not ours."""
    site = request.headers.get("sec-fetch-site")
    if request.writes:
        return 0 if site == "same-origin" else 403
    is_landing = request.path == LANDING
    return 0 if is_landing or site in {None, "none", "same-origin"} else 403


def _kind(request: Request) -> int:
    """Forms of other pages cannot send JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return 415 if request.writes and kind != "application/json" else 0


def _size(request: Request) -> int:
    """Nobody types so much."""
    length = request.headers.get("content-length", "0")
    return 413 if not length.isdecimal() or int(length) > LARGEST else 0


def _session(request: Request) -> int:
    """All but the way in needs the cookie."""
    if request.path in {LANDING, ENTER}:
        return 0
    try:
        cookies = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return 403
    cookie = cookies.get(cookie_name(request.port))
    return 0 if request.session.is_cookie(cookie.value if cookie else "") else 403


def _token(request: Request) -> int:
    """What changes something has the token, which only our page can read."""
    if not request.writes or request.path == ENTER:
        return 0
    return 0 if request.session.is_token(request.headers.get(TOKEN, "")) else 403


RULES: Final = (_host, _method, _origin, _site, _kind, _size, _session, _token)


def refusal(request: Request) -> int:
    """Return the status with which a request is refused, 0 if it is answered."""
    return next((status for rule in RULES if (status := rule(request))), 0)


class Guard:
    """Stands before an application: refuses, bounds what is read, and adds headers."""

    def __init__(self, app: App, session: Session, port: int) -> None:
        self.app, self.session, self.port = app, session, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1").lower(), value.decode("latin-1")
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        one = Request(scope["method"], scope["path"], headers, self.port, self.session)
        status = refusal(one)
        guarded = _with_headers(send, one.path)
        if status:
            await _refuse(guarded, status)
        else:
            await self.app(scope, _bounded(receive), guarded)


def _with_headers(send: Send, path: str) -> Send:
    policy = POLICIES.get(path, DESK_POLICY)
    frames = "SAMEORIGIN" if path == FRAME else "DENY"
    own = {**COMMON, "Content-Security-Policy": policy, "X-Frame-Options": frames}
    names = {name.lower() for name in own}

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            others = [pair for pair in message["headers"] if pair[0].decode().lower() not in names]
            added = [(name.lower().encode(), value.encode()) for name, value in own.items()]
            message = {**message, "headers": [*others, *added]}
        await send(message)

    return add


def _bounded(receive: Receive) -> Receive:
    """Return what gives a request's body, and ends it where it is too long."""
    count = 0

    async def bounded() -> Message:
        nonlocal count
        message = await receive()
        count += len(message.get("body", b""))
        return {"type": "http.disconnect"} if count > LARGEST else message

    return bounded


async def _refuse(send: Send, status: int) -> None:
    body = b"This is not answered. Open the workbench by the address that it printed.\n"
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
