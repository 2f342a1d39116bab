"""The guard, without a server: a small app behind it records what reaches it."""

from __future__ import annotations

import asyncio

import pytest

from timeline.app.security import LARGEST_BODY, LARGEST_UPLOAD, Address, Guard

ADDRESS = Address(8123, "secret-token")
HOST = (b"host", b"127.0.0.1:8123")
OURS = (b"origin", b"http://127.0.0.1:8123")
COOKIE = (b"cookie", b"other=1; timeline-8123=secret-token")
PAGE = b"<html><script>1</script><script type=module>2</script>&lt;script&gt;</html>"


class App:
    """Answers every request with a page, after it has read the body; a socket it accepts."""

    def __init__(self, content_type=b"text/html; charset=utf-8"):
        self.asked, self.read, self.content_type = [], 0, content_type

    async def __call__(self, scope, receive, send):
        self.asked.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            return
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ConnectionError("the client has left")
            self.read += len(message.get("body", b""))
            more = message.get("more_body", False)
        headers = [(b"content-type", self.content_type), (b"content-length", b"3"),
                   (b"Access-Control-Allow-Origin", b"*"), (b"server", b"x")]  # fmt: skip
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": PAGE[:10], "more_body": True})
        await send({"type": "http.response.body", "body": PAGE[10:]})


def ask(*headers, path="/", query=b"", method="GET", kind="http", body=(), app=None):
    """The app, and what the guard sends to the client."""
    app, sent = app or App(), []
    scope = {"type": kind, "path": path, "query_string": query, "headers": list(headers)}
    scope |= {"method": method} if kind == "http" else {}
    parts = iter(body or (b"",))
    rest = len(body or (b"",))

    async def receive():
        nonlocal rest
        rest -= 1
        return {"type": "http.request", "body": next(parts), "more_body": rest > 0}

    async def send(message):
        sent.append(message)

    asyncio.run(Guard(app, ADDRESS)(scope, receive, send))
    return app, sent


def status(sent):
    return sent[0].get("status", sent[0]["type"])


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ((HOST, COOKIE), 200),
        (((b"host", b"localhost:8123"), COOKIE), 200),
        ((HOST, COOKIE, OURS), 200),
        ((HOST,), 403),
        ((HOST, (b"cookie", b"timeline-8123=secret-toke")), 403),
        ((HOST, (b"cookie", b"timeline-8124=secret-token")), 403),
        ((HOST, (b"cookie", b"timeline-8123=\xff\xfe")), 403),
        ((COOKIE,), 421),
        (((b"host", b"evil.example:8123"), COOKIE), 421),  # DNS rebinding
        (((b"host", b"127.0.0.1"), COOKIE), 421),
        (((b"host", b"127.0.0.1:8124"), COOKIE), 421),
        (((b"host", b"127.0.0.1:8123.evil.example"), COOKIE), 421),
        ((HOST, (b"host", b"evil.example"), COOKIE), 421),
        ((HOST, COOKIE, (b"origin", b"http://evil.example")), 403),
        ((HOST, COOKIE, (b"origin", b"null")), 403),
        ((HOST, COOKIE, (b"origin", b"https://127.0.0.1:8123")), 403),
        ((HOST, COOKIE, (b"origin", b"http://localhost:8123")), 403),  # another name than the host
        ((HOST, COOKIE, OURS, (b"origin", b"http://evil.example")), 403),
    ],
)
def test_who_is_answered(headers, expected):
    app, sent = ask(*headers)
    assert status(sent) == expected
    assert len(app.asked) == (expected == 200)


@pytest.mark.parametrize(
    ("headers", "reaches"),
    [
        ((HOST, COOKIE, OURS), True),
        ((HOST, COOKIE), False),  # a websocket needs an origin
        ((HOST, OURS), False),
        ((HOST, COOKIE, (b"origin", b"http://evil.example")), False),
        (((b"host", b"evil.example"), COOKIE, OURS), False),
    ],
)
def test_which_websocket_is_accepted(headers, reaches):
    app, sent = ask(*headers, kind="websocket")
    assert bool(app.asked) == reaches
    assert sent[0]["type"] == ("websocket.accept" if reaches else "websocket.close")


@pytest.mark.parametrize("path", ["/_nicegui/3/static/nicegui.js", "/_nicegui_ws/socket.io/", "/x"])
def test_nothing_is_answered_before_the_check(path):
    app, sent = ask(HOST, path=path)
    assert status(sent) == 403
    assert not app.asked


def test_the_token_of_the_address_becomes_a_cookie():
    app, sent = ask(HOST, query=b"token=secret-token&case=a%20b")
    headers = dict(sent[0]["headers"])
    assert (status(sent), headers[b"location"]) == (303, b"/?case=a+b")
    cookie = headers[b"set-cookie"].decode()
    assert cookie.startswith("timeline-8123=secret-token;")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert not app.asked


@pytest.mark.parametrize("query", [b"token=wrong", b"token=", b"token=secret-token&token=wrong"])
def test_a_wrong_token_opens_nothing(query):
    app, sent = ask(HOST, query=query)
    assert status(sent) == 403
    assert b"set-cookie" not in dict(sent[0]["headers"])
    assert not app.asked


def test_a_token_never_leads_to_another_server():
    _, sent = ask(HOST, path="//evil.example/x", query=b"token=secret-token")
    assert dict(sent[0]["headers"])[b"location"] == b"/evil.example/x"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_only_three_methods_are_answered(method):
    app, sent = ask(HOST, COOKIE, OURS, method=method)
    assert status(sent) == 405
    assert not app.asked


def test_data_is_taken_from_our_own_page_alone():
    assert status(ask(HOST, COOKIE, method="POST")[1]) == 403
    assert status(ask(HOST, COOKIE, OURS, method="POST")[1]) == 200


UPLOAD = "/_nicegui/client/1/upload/2"


BOUNDS = [("/", LARGEST_BODY), ("/_nicegui/clients", LARGEST_BODY), (UPLOAD, LARGEST_UPLOAD)]


@pytest.mark.parametrize(("path", "limit"), BOUNDS)
def test_a_body_is_bounded_as_it_is_read(path, limit):
    part = limit // 4
    app, sent = ask(HOST, COOKIE, OURS, path=path, method="POST", body=[b"x" * part] * 4)
    assert (status(sent), app.read) == (200, 4 * part)
    app, sent = ask(HOST, COOKIE, OURS, path=path, method="POST", body=[b"x" * part] * 400)
    assert [each["type"] for each in sent] == ["http.response.start", "http.response.body"]
    assert status(sent) == 413
    assert app.read <= limit


@pytest.mark.parametrize("length", [b"104857600", b"-1", b"1e3", "²".encode("latin-1")])
def test_a_stated_length_is_refused_before_the_body_is_read(length):
    app, sent = ask(HOST, COOKIE, OURS, (b"content-length", length), path=UPLOAD, method="POST")
    assert status(sent) == 413
    assert not app.asked


def test_the_headers_of_a_page():
    _, sent = ask(HOST, COOKIE)
    names = [name for name, _ in sent[0]["headers"]]
    headers = dict(sent[0]["headers"])
    assert len(names) == len(set(names))
    assert not any(name.startswith((b"access-control", b"server")) for name in names)
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"no-referrer"
    assert headers[b"cache-control"] == b"no-store"
    policy = dict(
        each.split(" ", 1) for each in headers[b"content-security-policy"].decode().split("; ")
    )
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe-inline" not in policy["script-src"]


def test_only_the_scripts_of_a_page_have_its_nonce():
    pages = [ask(HOST, COOKIE)[1] for _ in range(2)]
    nonces = set()
    for sent in pages:
        policy = dict(sent[0]["headers"])[b"content-security-policy"].decode()
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        body = sent[1]["body"]
        assert body.count(f'<script nonce="{nonce}"'.encode()) == 2
        assert b"&lt;script&gt;" in body
        assert dict(sent[0]["headers"])[b"content-length"] == str(len(body)).encode()
        nonces.add(nonce)
    assert len(nonces) == 2  # of each answer its own


def test_what_is_no_page_is_passed_on_as_it_comes():
    _, sent = ask(HOST, COOKIE, app=App(b"text/javascript"))
    assert b"".join(each.get("body", b"") for each in sent) == PAGE
    assert len(sent) == 3


def test_headers_of_proxies_do_not_reach_the_app():
    app, _ = ask(HOST, COOKIE, (b"x-forwarded-prefix", b"//evil.example"), (b"forwarded", b"for=1"))
    assert [name for name, _ in app.asked[0]["headers"]] == [b"host", b"cookie"]


def test_a_token_is_new_for_each_server_and_not_in_its_repr():
    one, other = Address(1), Address(1)
    assert one.token != other.token
    assert len(one.token) > 40
    assert one.token not in repr(one)
