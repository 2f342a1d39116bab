"""The guard around the whole server: no request reaches a page, a file or a socket unchecked.

Patient data are served on one's own machine, where every web page that one visits, and every other
user of the machine, can send requests too. What is checked, in this order:

- the ``Host`` is 127.0.0.1 or localhost with our port: a foreign name that resolves to this
  machine (DNS rebinding) has another one;
- the ``Origin``, where a browser sends one, is ours; a websocket and a request that sends data
  need one;
- the token is known: of the address that the command printed, or of the cookie that it became;
- the body is no longer than its limit, as it is counted while it is read.

Source: OWASP Cheat Sheet Series, Cross-Site Request Forgery Prevention and Content Security
Policy; RFC 6455, 10.2 (Origin of websockets); RFC 9110, 15.5.14 (413).
"""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import attrs

from timeline.files.file_text import LARGEST

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

LOOPBACK = "127.0.0.1"
NAMES = (LOOPBACK, "localhost")
TOKEN = "token"  # noqa: S105 - the name of the parameter
LARGEST_BODY = 64 * 1024  # bytes of a request that is no upload
LARGEST_UPLOAD = LARGEST + LARGEST_BODY  # a file, and the form around it
_UPLOAD = re.compile(r"/_nicegui/client/[^/]+/upload/")
_METHODS = ("GET", "HEAD", "POST")
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_WITHOUT = (b"access-control-", b"server")  # headers of the app that are not passed on
_FIXED = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_SENT_BY_PROXIES = (b"x-forwarded-", b"forwarded")  # there is no proxy: headers of a stranger
_STATIC = "/_nicegui/"  # files of the library, which hold no data of a patient
_POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "connect-src": "'self'",
    "font-src": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    # Vue compiles the templates of its components in the browser, and the elements of a page set
    # their style in attributes
    "script-src": "'self' 'nonce-{nonce}' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
}


@attrs.frozen
class Address:
    """Where the server is: a port of this machine, and the token that opens it."""

    port: int
    token: str = attrs.field(factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def url(self) -> str:
        """The address to open."""
        return f"http://{LOOPBACK}:{self.port}/?{urlencode({TOKEN: self.token})}"

    @property
    def hosts(self) -> frozenset[str]:
        """The ``Host`` headers that are ours."""
        return frozenset(f"{name}:{self.port}" for name in NAMES)

    @property
    def cookie(self) -> str:
        """The name of the cookie; another port of this machine has another one."""
        return f"timeline-{self.port}"

    def is_token(self, text: str) -> bool:
        """Whether a text is the token, in a time that does not depend on it."""
        return hmac.compare_digest(text.encode(), self.token.encode())


@attrs.frozen
class Refusal:
    """A request that is refused: the status of HTTP, and what to do."""

    status: int
    message: str


_WRONG_HOST = Refusal(421, "This server answers to 127.0.0.1 and localhost only.")
_WRONG_ORIGIN = Refusal(403, "Requests of other pages are not answered.")
_NO_TOKEN = Refusal(403, "Open the address that the command printed, with its token.")
_WRONG_METHOD = Refusal(405, "Only GET, HEAD and POST are answered.")
_TOO_LARGE = Refusal(413, "Too large: at most {limit} bytes are taken.")


@attrs.frozen
class Guard:
    """The ASGI application around another one, which it answers for until a request is checked."""

    app: App
    address: Address
    tell: Callable[[Exception], None] = lambda _: None  # of a fault of the app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            if self._refusal(scope) is None:
                try:
                    await self.app(_without_proxies(scope), receive, send)
                except Exception as fault:
                    self.tell(fault)
            else:
                await receive()
                await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal is _NO_TOKEN and (entered := self._entered(scope)):
            await _answer(send, *entered)
        elif refusal is not None:
            await _refuse(send, refusal)
        else:
            await self._pass_on(scope, receive, send)

    def _refusal(self, scope: Message) -> Refusal | None:
        """Why a request is refused; None if it is not."""
        host = _only(scope, b"host")
        if host is None or host.lower() not in self.address.hosts:
            return _WRONG_HOST
        is_socket = scope["type"] == "websocket"
        if not is_socket and scope["method"] not in _METHODS:
            return _WRONG_METHOD
        needs_origin = is_socket or scope["method"] == "POST"
        origins = _values(scope, b"origin")
        if origins != [f"http://{host.lower()}"] and (origins or needs_origin):
            return _WRONG_ORIGIN
        known = any(map(self.address.is_token, _cookies(scope, self.address.cookie)))
        return None if known and TOKEN not in dict(_query(scope)) else _NO_TOKEN

    def _entered(self, scope: Message) -> tuple[int, Headers, bytes] | None:
        """The answer to an address with the right token: its cookie, and the address without it."""
        query = _query(scope)
        tokens = [value for name, value in query if name == TOKEN]
        if scope["method"] != "GET" or not tokens or not all(map(self.address.is_token, tokens)):
            return None
        rest = urlencode([(name, value) for name, value in query if name != TOKEN])
        path = "/" + scope["path"].lstrip("/").replace("\\", "")  # never //another.host
        place = f"{quote(path)}?{rest}" if rest else quote(path)
        cookie = f"{self.address.cookie}={self.address.token}; HttpOnly; SameSite=Strict; Path=/"
        headers = [(b"location", place.encode()), (b"set-cookie", cookie.encode())]
        return 303, headers, b""

    async def _pass_on(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let the app answer: a body is counted as it is read, headers are added."""
        limit = LARGEST_UPLOAD if _UPLOAD.match(scope["path"]) else LARGEST_BODY
        too_large = attrs.evolve(_TOO_LARGE, message=_TOO_LARGE.message.format(limit=limit))
        length = _only(scope, b"content-length") or "0"
        if not length.isascii() or not length.isdigit() or int(length) > limit:
            await _refuse(send, too_large)
            return
        body = _Body(receive, limit)
        answer = _Answer(
            send, secrets.token_urlsafe(16), is_static=scope["path"].startswith(_STATIC)
        )

        async def bounded() -> Message:
            message = await body.next()
            if body.is_too_large and not answer.is_over:
                await answer.refuse(too_large)
            return message

        try:
            await self.app(_without_proxies(scope), bounded, answer.send)
        except Exception as fault:  # the app has answered with 500
            if not body.is_too_large:
                self.tell(fault)


@attrs.define
class _Body:
    """The body of a request, counted as it is read; one that is too large ends there."""

    receive: Receive
    limit: int
    count: int = 0

    @property
    def is_too_large(self) -> bool:
        return self.count > self.limit

    async def next(self) -> Message:
        if self.is_too_large:
            return {"type": "http.disconnect"}
        message = await self.receive()
        self.count += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_too_large else message


@attrs.define
class _Answer:
    """The answer of the app, with our headers; a page is held until its scripts have the nonce."""

    _send: Send
    nonce: str
    is_static: bool = False
    is_over: bool = False
    _page: Message | None = None
    _parts: list[bytes] = attrs.Factory(list)

    async def send(self, message: Message) -> None:
        if self.is_over:
            return
        if message["type"] == "http.response.start":
            headers = list(_passed(message.get("headers", ())))
            cache = [] if self.is_static else [(b"cache-control", b"no-store")]
            message["headers"] = [*headers, *_FIXED, *cache, _policy(self.nonce)]
            if _is_page(headers):
                self._page = message
                return
        elif self._page is not None:
            self._parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = _with_nonce(b"".join(self._parts), self.nonce)
            start, self._page = self._page, None
            start["headers"] = [each for each in start["headers"] if each[0] != b"content-length"]
            start["headers"].append((b"content-length", str(len(body)).encode()))
            await self._send(start)
            message = {"type": "http.response.body", "body": body}
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """Answer in place of the app, which is not heard any more."""
        self.is_over = True
        await _refuse(self._send, refusal)


def _is_page(headers: Headers) -> bool:
    return any(
        name == b"content-type" and value.startswith(b"text/html") for name, value in headers
    )


def _with_nonce(page: bytes, nonce: str) -> bytes:
    """A page whose own scripts may run; what comes from a file is escaped in it, and is none."""
    return _SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), page)


def _policy(nonce: str) -> tuple[bytes, bytes]:
    text = "; ".join(f"{name} {sources}" for name, sources in _POLICY.items())
    return b"content-security-policy", text.format(nonce=nonce).encode()


def _passed(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[tuple[bytes, bytes]]:
    """The headers of the app that are kept: ours are added, and no other page may read it."""
    ours = {name for name, _ in _FIXED}
    for name, value in headers:
        plain = name.lower()
        if not plain.startswith(_WITHOUT) and plain not in ours:
            yield plain, value


def _without_proxies(scope: Message) -> Message:
    headers = [
        each for each in scope["headers"] if not each[0].lower().startswith(_SENT_BY_PROXIES)
    ]
    return {**scope, "headers": headers}


def _values(scope: Message, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]


def _only(scope: Message, name: bytes) -> str | None:
    """The value of a header that is given once; None if there is none, or several."""
    found = _values(scope, name)
    return found[0] if len(found) == 1 else None


def _cookies(scope: Message, name: str) -> list[str]:
    found = []
    for header in _values(scope, b"cookie"):
        try:
            read = SimpleCookie(header)
        except CookieError:
            continue
        found += [read[name].value] if name in read else []
    return found


def _query(scope: Message) -> list[tuple[str, str]]:
    text = scope.get("query_string", b"").decode("latin-1")
    return parse_qsl(text, keep_blank_values=True)


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await _answer(send, refusal.status, headers, f"{refusal.message}\n".encode())


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """An answer of our own, with the headers that every answer has."""
    every = [*headers, *_FIXED, (b"cache-control", b"no-store"), _policy("none")]
    every.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": every})
    await send({"type": "http.response.body", "body": body})
