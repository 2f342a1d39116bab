"""The server of the pages: on this machine only, guarded, and stopped within a second.

NiceGUI is an extra of this package; where it is missing, `serve` says what to install.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from timeline.app.security import LOOPBACK, Address, Guard
from timeline.app.workers import Analyser
from timeline.core.internal_fault import internal_fault

if TYPE_CHECKING:
    import uvicorn

LARGEST_MESSAGE = 8 * 1024 * 1024  # bytes of one message of a websocket: the text of a long file
_LAST_ANSWERS = 0.3  # seconds for open connections after the server is stopped
_LOGGERS = (
    "nicegui",
    "uvicorn",
    "uvicorn.error",
    "uvicorn.access",
    "asyncio",
    "engineio",
    "socketio",
)
MISSING = (
    "a page in the browser needs NiceGUI (install the extra: pip install 'oncology-timeline[app]')"
)


class NoServer(ValueError):
    """The server cannot be started; the message states why, and what to do."""


@attrs.frozen(kw_only=True)
class Options:
    """How a server is started.

    Attributes:
        port: the port; 0 for any that is free.
        opens: whether the page is opened in the browser.
        announce: prints a line; called when the server answers.
        analyses_at_once: whether the processes that analyse a text begin before the server; else
            with the first text, or when the pages start them.
    """

    port: int = 0
    opens: bool = False
    announce: Callable[[str], None] = print
    analyses_at_once: bool = True


def serve(build: Callable[[Analyser], None], what: str, options: Options) -> None:
    """Serve pages until Ctrl-C or a signal ends it.

    Args:
        build: declares the pages (``ui.page``) and what runs beside them (``app.on_startup``).
        what: what is served, for the line that names the address.
        options: the port, and whether a browser is opened.

    Raises:
        NoServer: NiceGUI is not installed, or the port is taken.
    """
    from importlib.util import find_spec

    if find_spec("nicegui") is None:
        raise NoServer(MISSING)
    with _listening(options.port) as listener:
        analyser = Analyser()
        if options.analyses_at_once:
            analyser.start()  # its processes load the engine while NiceGUI is loaded here
        try:
            address = Address(listener.getsockname()[1])
            server = _server(build, analyser, address)
            asyncio.run(_run(server, listener, address, what, options))
        finally:
            analyser.stop()


@contextlib.contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone. NoServer where the port is taken."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":  # where it would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except (OSError, OverflowError) as fault:
            reason = getattr(fault, "strerror", None) or "no such port"
            raise NoServer(f"--port {port}: {reason} (leave --port out for a free one)") from None
        yield listener


def _server(build: Callable[[Analyser], None], analyser: Analyser, address: Address) -> Any:
    """The server of the pages behind the guard."""
    import uvicorn
    from fastapi import FastAPI
    from nicegui import app, core, ui

    for name in _LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    pages = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.on_exception(_tell)
    build(analyser)
    ui.run_with(
        pages,
        title="timeline",
        dark=None,
        language="en-US",
        tailwind=False,
        gzip_middleware_factory=None,
        show_welcome_message=False,
        reconnect_timeout=10.0,
    )
    core.app.config.socket_io_js_transports = ["websocket"]
    # its bar at each request in the background has no name for a screen reader
    core.app.config.quasar_config["loadingBar"]["skipHijack"] = True
    config = uvicorn.Config(
        Guard(pages, address, _tell),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,  # which takes longer than to send within a machine
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _tell(fault: Exception) -> None:
    sys.stderr.write(f"{internal_fault(fault)}\n")
    sys.stderr.flush()


async def _run(
    server: uvicorn.Server,
    listener: socket.socket,
    address: Address,
    what: str,
    options: Options,
) -> None:
    with _stopped_by_signals(server):
        serving = asyncio.ensure_future(_serve(server, listener))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if server.started:
            options.announce(f"{what}: {address.url}  (Ctrl-C stops)")
            if options.opens:
                await asyncio.to_thread(webbrowser.open, address.url)
        await serving


async def _serve(server: uvicorn.Server, listener: socket.socket) -> None:
    """Serve until it is to stop; connections that are open then get no long time."""
    config = server.config
    if not config.loaded:
        config.load()
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listener])
    if server.should_exit:
        return
    await server.main_loop()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(server.shutdown(sockets=[listener]), _LAST_ANSWERS)


@contextlib.contextmanager
def _stopped_by_signals(server: uvicorn.Server) -> Iterator[None]:
    """Let Ctrl-C and the signals that end a command stop the server, which is then done."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]

    def stop(*_: object) -> None:
        server.should_exit = True

    before = {each: signal.signal(each, stop) for each in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
