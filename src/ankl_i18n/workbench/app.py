"""What the server answers: one function for each address, a row of `POSTS` or `GETS` each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from ankl_i18n.checks.table import KINDS
from ankl_i18n.errors import AnklError, RenderError
from ankl_i18n.html.editions import PROOF
from ankl_i18n.workbench import blind
from ankl_i18n.workbench.asked import BadRequestError, Body
from ankl_i18n.workbench.blind import Blind
from ankl_i18n.workbench.desk import UnknownError
from ankl_i18n.workbench.guard import LANDING_SCRIPT, cookie_name
from ankl_i18n.workbench.paper import EDITIONS, PDF
from ankl_i18n.workbench.reviews import SAID, Seat
from ankl_i18n.workbench.room import Room, Superseded
from ankl_i18n.workbench.saving import Asked
from ankl_i18n.workbench.words import available, words

TYPES: Final = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
}
LANDING: Final = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8">'
    '<meta name="color-scheme" content="light dark"><title>ankl-i18n</title>'
    '<body data-used="This address has been used, or is too old. Start the workbench again."'
    ' data-none="Open the workbench by the address that it printed."><main><h1>ankl-i18n</h1>'
    f"<p role='status'>…</p></main><script>{LANDING_SCRIPT}</script></body></html>"
)
# The frame in which pages are shown: what is in it comes later.
FRAME: Final = "<!DOCTYPE html><html><head><title>…</title></head><body></body></html>"
# A line to a browser now and then, so that both notice when the other is gone.
HEARTBEAT: Final = 15.0


# --- what a browser asks for ------------------------------------------------------------------


async def _memory(room: Room, body: Body) -> object:
    source = await room.ask(lambda: room.desk.source_of(*body.place()))
    return await room.remember(source, body.text("tag"))


async def _check(room: Room, body: Body) -> object:
    place, forms, base = body.place(), body.texts("forms"), body.text("base")
    return await room.ask(lambda: room.desk.check(*place, forms, base))


async def _page(room: Room, body: Body) -> object:
    leaflet, tag, typed = body.text("leaflet"), body.text("tag"), body.forms("typed")
    html = await room.newest(
        f"page {tag}", lambda: room.desk.page(leaflet, tag, typed, marks=not body.flag("plain"))
    )
    return {"html": html}


async def _save(room: Room, body: Body) -> object:
    asked = Asked(body.texts("forms"), body.text("base"), body.flag("right"))
    done = await room.ask(lambda: room.desk.save(*body.place(), asked))
    return room.told(done, body)


async def _undo(room: Room, body: Body) -> object:
    done = await room.ask(lambda: room.desk.take_back(body.text("leaflet"), body.text("tag")))
    return room.told(done, body)


async def _ignore(room: Room, body: Body) -> object:
    """Answer a check with a reason; without one, take the answer back."""
    kind, reason = body.text("kind"), " ".join(body.text("reason").split())
    if kind not in KINDS or not reason:
        raise BadRequestError
    line, remove = f"i18n: ignore {kind}: {reason}", body.flag("remove")
    return await room.ask(lambda: room.desk.comment(*body.place(), line, remove=remove))


async def _question(room: Room, body: Body) -> object:
    text = " ".join(body.text("text").split())
    if not text:
        raise BadRequestError
    line, remove = f"i18n: question {text}", body.flag("remove")
    return await room.ask(lambda: room.desk.comment(*body.place(), line, remove=remove))


async def _drop(room: Room, body: Body) -> object:
    await room.ask(lambda: room.desk.drop_draft(body.text("tag"), body.text("name")))
    return {}


async def _proof(room: Room, body: Body) -> object:
    place = body.text("leaflet"), body.text("tag")
    await room.ask(lambda: room.desk.open(*place))  # there is such a leaflet
    made = await room.print(*place, PROOF, {})
    return {"address": f"/paper/{made['id']}/proof.pdf"}


async def _paper(room: Room, body: Body) -> object:
    """Make a PDF to look at; the answer says where each text is on it."""
    place, edition = (body.text("leaflet"), body.text("tag")), body.text("edition")
    if edition not in EDITIONS:
        raise BadRequestError
    texts = await room.ask(lambda: room.desk.plain_texts(*place))
    return await room.print(*place, edition, texts)


def _printed(room: Room, request: Request) -> Response:
    """Return a picture of a page, or the whole PDF."""
    number = request.path_params.get("number")
    file, kind = (PDF, "application/pdf") if number is None else (f"{number}.png", "image/png")
    data = room.printed(request.path_params["name"], file)
    return Response(data, media_type=kind) if data else Response(status_code=404)


async def _add(room: Room, body: Body) -> object:
    done = await room.ask(lambda: room.desk.add(body.text("tag").strip()))
    if room.tags:
        room.tags = tuple(dict.fromkeys((*room.tags, done["tag"])))
    return done


async def _settings(room: Room, body: Body) -> object:
    settings = body.value.get("settings")
    if not isinstance(settings, dict):
        raise BadRequestError
    await room.ask(lambda: room.desk.set(settings))
    return {}


async def _be(room: Room, body: Body) -> object:
    await room.ask(lambda: room.desk.be(body.text("translator")))
    return {}


# --- review -----------------------------------------------------------------------------------


def _seat(body: Body) -> Seat:
    leaflet, tag, _ = body.place()
    return Seat(leaflet, tag, body.text("reviewer"), body.text("role"))


async def _verdict(room: Room, body: Body) -> object:
    answers = {name: body.text(name) for name in SAID}
    return await room.ask(lambda: room.reviews.say(_seat(body), body.text("key"), answers))


def _task(room: Room) -> Blind:
    if room.blind is None:
        raise UnknownError
    return room.blind


async def _answer(room: Room, body: Body) -> object:
    answers = {name: body.text(name) for name in blind.SAID}
    return await room.ask(lambda: _task(room).say(body.text("id"), answers))


Answer = Callable[[Room, Body], Awaitable[object]]


def _asking(ask: Callable[[Room, Body], object]) -> Answer:
    """Return what answers with what the desk, asked in its own thread, says."""

    async def answer(room: Room, body: Body) -> object:
        return await room.ask(lambda: ask(room, body))

    return answer


POSTS: Final[Mapping[str, Answer]] = {
    "start": _asking(lambda room, _: room.desk.start(list(room.tags))),
    "home": _asking(lambda room, body: room.desk.home(list(body.texts("tags")))),
    "open": _asking(lambda room, body: room.desk.open(body.text("leaflet"), body.text("tag"))),
    "row": _asking(lambda room, body: room.desk.row(*body.place())),
    "text": _asking(lambda room, body: room.desk.text(*body.place())),
    "others": _asking(lambda room, body: room.desk.others(*body.place())),
    "memory": _memory,
    "check": _check,
    "page": _page,
    "save": _save,
    "undo": _undo,
    "ignore": _ignore,
    "question": _question,
    "drop": _drop,
    "translator": _be,
    "settings": _settings,
    "add": _add,
    "update": _asking(lambda room, body: room.desk.update(body.text("tag"))),
    "finish": _asking(lambda room, body: room.desk.finish(body.text("leaflet"), body.text("tag"))),
    "commit": _asking(lambda room, body: room.desk.commit(body.text("tag"), body.text("message"))),
    "proof": _proof,
    "paper": _paper,
    "reviewers": _asking(lambda room, body: room.reviews.people(*body.place()[:2])),
    "review": _asking(lambda room, body: room.reviews.begin(_seat(body))),
    "verdict": _verdict,
    "review-end": _asking(lambda room, body: room.reviews.end(_seat(body))),
    "review-sign": _asking(lambda room, body: room.reviews.sign(_seat(body), body.text("agreed"))),
}
# All that a back-translator gets: nothing here knows a word of the source.
BLIND_POSTS: Final[Mapping[str, Answer]] = {
    "start": _asking(lambda room, _: {**_task(room).start(), "settings": room.desk.settings}),
    "blind": _asking(lambda room, _: _task(room).lines()),
    "answer": _answer,
    "hand-in": _asking(lambda room, body: _task(room).hand_in(body.text("reviewer"))),
    "settings": _settings,
}


# --- how it is answered -----------------------------------------------------------------------


def application(room: Room) -> Starlette:
    """Return the application that answers for a room."""

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with room.open():
            yield

    answers = BLIND_POSTS if room.blind else POSTS
    posts = [
        Route(f"/api/{name}", _answering(room, answer), methods=["POST"])
        for name, answer in answers.items()
    ]
    gets = [
        Route("/", lambda _: HTMLResponse(LANDING)),
        Route("/frame", lambda _: HTMLResponse(FRAME)),
        Route("/desk", lambda _: HTMLResponse(_desk(room))),
        Route("/static/{name}", _static),
        Route("/words/{tag}", _words),
        Route("/paper/{name}/proof.pdf", lambda request: _printed(room, request)),
        Route("/paper/{name}/{number:int}", lambda request: _printed(room, request)),
        Route("/events", lambda _: _events(room)),
    ]
    enter = Route("/enter", partial(_enter, room), methods=["POST"])
    return Starlette(routes=[*gets, enter, *posts], lifespan=lifespan)


def _answering(room: Room, answer: Answer) -> Callable[[Request], Any]:
    async def respond(request: Request) -> Response:
        room.touch()
        try:
            body = Body(json.loads(await request.body()))
            return JSONResponse(await answer(room, body))
        except ClientDisconnect:
            return Response(status_code=413)
        except (BadRequestError, ValueError, RecursionError):
            return JSONResponse({"error": "bad"}, 400)
        except UnknownError:
            return JSONResponse({"error": "unknown"}, 404)
        except Superseded:
            return JSONResponse({"error": "superseded"}, 409)
        except AnklError as wrong:
            kind = "render" if isinstance(wrong, RenderError) else "problems"
            problems = [
                {"message": problem.message, "hint": problem.hint} for problem in wrong.problems
            ]
            return JSONResponse({"error": kind, "problems": problems}, 422)

    return respond


async def _enter(room: Room, request: Request) -> Response:
    try:
        code = Body(json.loads(await request.body())).text("code")
    except (ClientDisconnect, ValueError):
        return Response(status_code=400)
    if not room.session.code.take(code):
        return Response(status_code=403)
    room.entered()
    answer = Response(status_code=204)
    answer.set_cookie(
        cookie_name(room.port), room.session.cookie, httponly=True, samesite="strict", path="/"
    )
    return answer


def _desk(room: Room) -> str:
    room.touch()
    html = (files("ankl_i18n.workbench") / "static" / "desk.html").read_text(encoding="utf-8")
    languages = json.dumps(available()).replace("&", "&amp;").replace('"', "&quot;")
    return html.replace("{token}", room.session.token).replace("{languages}", languages)


def _static(request: Request) -> Response:
    file = statics().get(request.path_params["name"])
    return Response(file[0], media_type=file[1]) if file else Response(status_code=404)


def statics() -> dict[str, tuple[bytes, str]]:
    """Return the files of the desk by name, each with its media type."""
    folder = files("ankl_i18n.workbench") / "static"
    ends = {one.name: one.name.rpartition(".")[2] for one in folder.iterdir()}
    return {
        name: ((folder / name).read_bytes(), TYPES[end])
        for name, end in ends.items()
        if end in TYPES
    }


def _words(request: Request) -> Response:
    return JSONResponse(words(request.path_params["tag"]))


def _events(room: Room) -> Response:
    async def stream() -> AsyncIterator[str]:
        with room.listener() as queue:
            yield "retry: 1000\n\n: open\n\n"
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                yield f"data: {json.dumps(event)}\n\n"
                if event["kind"] == "end":
                    return

    return StreamingResponse(stream(), media_type="text/event-stream")
