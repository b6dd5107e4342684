"""Who may ask the workbench what: every combination of where a request is from and what it has."""

from __future__ import annotations

import json
import socket
import threading
from itertools import product

import pytest

from ankl_i18n.workbench.app import BLIND_POSTS, POSTS
from ankl_i18n.workbench.entry import Code
from ankl_i18n.workbench.guard import TOKEN
from patience import PATIENCE
from running_workbench import running
from sample_project import make


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    with running(make(tmp_path_factory.mktemp("bench")).root, "fr") as found:
        yield found


HOSTS = {
    "127.0.0.1:{port}": True,
    "[::1]:{port}": True,
    "localhost:{port}": True,
    "LocalHost:{port}": True,
    "127.0.0.1": False,
    "localhost:1": False,
    "evil.example:{port}": False,
    "127.0.0.1.evil.example:{port}": False,
    "localhost:{port}.evil.example": False,
    "0.0.0.0:{port}": False,
    "": False,
    None: False,
}
ORIGINS = {
    "http://{host}": True,
    "https://{host}": False,
    "http://localhost:1": False,
    "http://evil.example": False,
    "null": False,
    "": False,
    None: False,
}
SITES = {"same-origin": True, "same-site": False, "cross-site": False, "none": False, None: False}
TOKENS = {"{token}": True, "{token}x": False, "": False, None: False}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")


def filled(template, **values):
    return None if template is None else template.format(**values)


@pytest.mark.parametrize("host", HOSTS)
def test_only_our_own_page_changes_anything(bench, host):
    wrong = []
    for origin, site, token, method in product(ORIGINS, SITES, TOKENS, METHODS):
        at = filled(host, port=bench.port)
        headers = bench.headers(
            Host=at,
            Origin=filled(origin, host=(at or "").lower()),
            Sec_Fetch_Site=site,
            **{TOKEN: filled(token, token=bench.room.session.token)},
        )
        try:
            status, found, content = bench.ask(
                method, "/api/start", b"{}" if method == "POST" else b"", headers
            )
        except ConnectionResetError:  # it was refused before all of it was read
            assert at is None
            continue
        good = HOSTS[host] and ORIGINS[origin] and SITES[site] and TOKENS[token]
        expected = good and method == "POST"
        if (status == 200) != expected or (not HOSTS[host] and status not in {400, 421}):
            wrong.append((origin, site, token, method, status))
        if b"languages" in content and not expected:
            wrong.append((origin, site, token, method, "told"))
        if any(name.startswith("access-control") for name in found):
            wrong.append((origin, site, token, method, "CORS"))
    assert wrong == []


REFUSED = (
    {"Origin": None}, {"Origin": "http://localhost:1"}, {"Origin": "http://evil.example"},
    {"Sec_Fetch_Site": "same-site"}, {"Sec_Fetch_Site": None}, {TOKEN: None}, {TOKEN: "wrong"},
    {"Cookie": None}, {"Host": "evil.example"}, {"Content_Type": "text/plain"},
)  # fmt: skip


@pytest.mark.parametrize("name", sorted({*POSTS, *BLIND_POSTS}))
def test_every_route_has_the_same_guard(bench, name):
    for changed in REFUSED:
        status, _, _ = bench.ask("POST", f"/api/{name}", b"{}", bench.headers(**changed))
        assert status in {403, 415, 421}, changed
    for method in METHODS:
        if method != "POST":
            assert bench.ask(method, f"/api/{name}", headers=bench.headers())[0] in {404, 405}


PRIVATE = (
    "/desk",
    "/frame",
    "/events",
    "/static/main.js",
    "/words/fr",
    "/paper/x/proof.pdf",
    "/paper/x/0",
    "/nothing",
)


@pytest.mark.parametrize("path", PRIVATE)
def test_nothing_is_told_without_the_session(bench, path):
    for cookie in (None, "", "ankl-workbench=x", f"ankl-workbench-{bench.port}=wrong"):
        assert bench.ask("GET", path, headers=bench.headers(Cookie=cookie))[0] == 403
    for site in ("same-site", "cross-site"):
        headers = bench.headers(Sec_Fetch_Site=site)
        assert bench.ask("GET", path, headers=headers)[0] == 403


def test_the_landing_page_is_empty_and_runs_one_script(bench):
    status, headers, content = bench.ask("GET", "/", headers={"Host": f"localhost:{bench.port}"})
    assert status == 200
    assert bench.room.session.token.encode() not in content
    assert "script-src 'sha256-" in headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/desk", "/frame", "/static/main.js", "/api/start"])
def test_every_answer_is_closed_to_other_sites(bench, path):
    method, body = ("POST", b"{}") if path.startswith("/api") else ("GET", b"")
    status, headers, _ = bench.ask(method, path, body, bench.headers())
    assert status == 200
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    framed = "'self'" if path == "/frame" else "'none'"
    assert f"frame-ancestors {framed}" in headers["content-security-policy"]
    assert "server" not in headers


def test_the_frame_runs_nothing(bench):
    policy = bench.ask("GET", "/frame", headers=bench.headers())[1]["content-security-policy"]
    assert "sandbox allow-same-origin" in policy
    assert "script-src" not in policy
    assert "allow-scripts" not in policy


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", None])
def test_what_forms_can_send_is_refused(bench, kind):
    headers = bench.headers(Content_Type=kind)
    assert bench.ask("POST", "/api/start", b"{}", headers)[0] == 415


def test_large_requests_are_refused(bench):
    body = json.dumps({"tags": ["x" * 70_000]}).encode()
    assert bench.ask("POST", "/api/home", body, bench.headers())[0] == 413


def test_requests_in_pieces_are_bounded_too(bench):
    with socket.create_connection(("127.0.0.1", bench.port), timeout=PATIENCE) as one:
        head = "".join(f"{name}: {value}\r\n" for name, value in bench.headers().items())
        start = f"POST /api/home HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n"
        piece = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
        one.sendall(start.encode())
        try:
            for _ in range(64):
                one.sendall(piece)
            one.sendall(b"0\r\n\r\n")
        except OSError:
            pass  # it has hung up
        answer = one.recv(100)
    assert b" 200 " not in answer


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"null", b"{", b"[" * 9000, b'{"tags": [1]}', b'{"tags": ["\\ud800"]}', b"\xff"],
)
def test_what_is_no_question_is_refused(bench, body):
    assert bench.ask("POST", "/api/home", body, bench.headers())[0] == 400


@pytest.mark.parametrize("name", ["../../etc/passwd", "drain/../drain", "", "\0", "nothing"])
def test_no_name_becomes_a_path(bench, name):
    bench.post("open", 404, leaflet=name, tag="fr")
    bench.post("open", 404, leaflet="drain", tag=name)
    bench.post("text", 404, leaflet="drain", tag="fr", name=name)
    bench.post("page", 404, leaflet=name, tag="fr")
    assert bench.ask("GET", "/static/../desk.py", headers=bench.headers())[0] == 404
    assert bench.ask("GET", "/static/..%2fdesk.py", headers=bench.headers())[0] == 404
    assert bench.ask("GET", "/words/..%2f..", headers=bench.headers())[0] in {200, 404}


def test_a_code_lets_one_browser_in_once(tmp_path):
    with running(make(tmp_path).root) as one:

        def enter(code):
            headers = one.headers(Cookie=None, **{TOKEN: None})
            return one.ask("POST", "/enter", json.dumps({"code": code}).encode(), headers)

        assert enter("wrong")[0] == 403
        code = one.room.session.code.text
        status, headers, _ = enter(code)
        assert status == 204
        cookie = headers["set-cookie"].lower()
        assert f"ankl-workbench-{one.port}={one.room.session.cookie}".lower() in cookie
        assert "httponly" in cookie
        assert "samesite=strict" in cookie
        assert enter(code)[0] == 403


def test_a_code_dies(monkeypatch):
    code = Code()
    monkeypatch.setattr("ankl_i18n.workbench.entry.time.monotonic", lambda: code.born + 61)
    assert not code.take(code.text)


def test_only_this_machine_can_reach_it(bench):
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), bench.port)}
    for address in addresses - {"127.0.0.1", "::1", "127.0.1.1"}:
        with pytest.raises(OSError, match=""):
            socket.create_connection((address, bench.port), timeout=5)


def test_it_ends_when_nobody_works(tmp_path):
    with running(make(tmp_path).root, idle=0.2) as one:
        ended = threading.Event()
        stop = one.room.stop
        one.room.stop = lambda: (ended.set(), stop())
        assert ended.wait(PATIENCE)
