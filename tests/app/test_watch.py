"""``timeline watch`` as it runs: one server and one browser for all tests of this module."""

from __future__ import annotations

import contextlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from tests.app import hostile
from tests.app.conftest import fits, shows_all_of, violations
from tests.app.processes import children_of, end, ended
from timeline.app import panels
from timeline.cli.app import app

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
NAME = "<b>jin & co.yaml"  # of the file that is watched
LONG = "name_without_a_place_to_break_" * 4  # of a folder: wider than a narrow page
SOURCE = (ROOT / "cases/jin2025.yaml").read_text().replace("../seeds", f"{LONG}/seeds")
BAD = SOURCE.replace("2014-01", "2014-13")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")


class Server:
    """A preview in a process of its own, and the requests that a stranger sends to it."""

    def __init__(self, file):
        self.file = file
        words = [sys.executable, "-m", "timeline", "watch", file.name]
        self.process = subprocess.Popen(
            words, cwd=file.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def wait(self):
        """Wait until it answers, which it says with its address."""
        self.line = self.process.stdout.readline()
        self.address = re.search(r"http://\S+", self.line)[0]
        self.port = urlsplit(self.address).port
        self.token = self.address.partition("token=")[2]

    def ask(self, path="/", *, host=None, method="GET", headers=(), body=b"", known=True):
        """The status of an answer, and all of it."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host or f'127.0.0.1:{self.port}'}", *headers]
        lines += [f"Cookie: timeline-{self.port}={self.token}"] if known else []
        if not any(each.lower().startswith("connection") for each in headers):
            lines.append("Connection: close")
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            answer = b""
            with contextlib.suppress(OSError):  # refused before all was sent
                line.sendall("\r\n".join([*lines, "", ""]).encode() + body)
            with contextlib.suppress(OSError):
                while part := line.recv(65536):
                    answer += part
                    if b"101 Switching" in answer:
                        break
        return int(answer.split()[1]) if answer else 0, answer.decode("latin-1")


@pytest.fixture(scope="module")
def starting(tmp_path_factory):
    file = tmp_path_factory.mktemp("watched") / NAME
    file.write_text(SOURCE)
    for folder in ("cases", "seeds"):
        (file.parent / LONG / folder).mkdir(parents=True)
        shutil.copy(ROOT / folder / "jin2025.yaml", file.parent / LONG / folder)
    made = Server(file)
    yield made
    end(made.process)


@pytest.fixture(scope="module")
def server(starting, browser):  # the browser is started meanwhile
    starting.wait()
    return starting


@pytest.fixture(scope="module")
def page(server, browser):
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    made.set_default_timeout(60_000)
    made.asked, made.faults = [], []
    made.on("request", lambda request: made.asked.append(request.url))
    made.on("pageerror", lambda fault: made.faults.append(str(fault)))
    made.on("console", lambda line: line.type == "error" and made.faults.append(line.text))
    made.goto(server.address)
    shows_all_of(made, SOURCE)
    yield made
    made.close()


def save(server, page, text):
    server.file.write_text(text)
    shows_all_of(page, text)


def shows(page, selector, text):
    """Wait for a text."""
    expect(page.locator(selector)).to_contain_text(text)


def test_the_page_shows_the_file_at_a_clean_address(server, page):
    assert page.url == f"http://127.0.0.1:{server.port}/"
    expect(page.locator("h1")).to_have_text(NAME)
    expect(page.locator("#figure svg")).to_have_count(1)
    expect(page.locator("#audit li").nth(10)).to_be_attached()
    shows(page, "[role=status]", "No problems.")


def test_a_save_is_drawn(server, page):
    save(server, page, SOURCE.replace("age: 39", "age: 40").replace("2014-01", "2014-02"))
    shows(page, "#figure svg", "2014-02")
    assert server.file.read_text().count("age: 40") == 1


def test_a_broken_file_keeps_the_last_figure(server, page):
    save(server, page, SOURCE)
    figure = page.locator("#figure svg").text_content()
    save(server, page, BAD)
    shows(page, "#problems", "no such month: '2014-13'")
    shows(page, "#figure", "Not of the newest text.")
    assert page.locator("#figure svg").text_content() == figure
    server.file.unlink()
    shows(page, "#problems", "cannot be read")
    shows_all_of(page, "")
    assert page.locator("#figure svg").text_content() == figure
    save(server, page, SOURCE)
    expect(page.locator(".notice")).to_have_count(0)


def test_another_kind_of_figure_is_drawn_and_the_last_good_one_is_kept(server, page):
    before = page.locator("#figure svg").text_content()
    page.locator(".kinds a", has_text="swimmer").click()
    page.wait_for_url("**/?figure=swimmer")
    page.wait_for_function(
        "(before) => document.querySelector('.kinds [aria-current]')?.innerText === 'swimmer'"
        " && ![before, undefined].includes(document.querySelector('#figure svg')?.textContent)",
        arg=before,
    )
    save(server, page, BAD)
    shows(page, "#figure", "Not of the newest text.")
    page.locator(".kinds a", has_text="timeline").click()
    page.wait_for_url("**/?figure=timeline")
    shows(page, "#figure .notice", "This is the swimmer")
    expect(page.locator("#figure svg")).to_have_count(1)
    save(server, page, SOURCE)
    page.goto(page.url.partition("?")[0])
    expect(page.locator("#figure svg")).to_have_count(1)
    expect(page.locator(".notice")).to_have_count(0)


def test_what_the_reader_opened_stays_open(server, page):
    page.locator("#figure-words summary").click()
    save(server, page, SOURCE.replace("2014-01", "2014-03"))
    page.wait_for_function("document.querySelector('#figure-words').open")


@pytest.mark.parametrize("number", [0, 2, 4])
def test_script_in_every_field_runs_nowhere(server, page, number):
    page.set_viewport_size({"width": 400, "height": 900})
    save(server, page, hostile.case(number))
    fits(page)  # a word of any length is broken
    expect(page.locator("body")).to_contain_text(hostile.MARKUP[number], use_inner_text=True)
    save(server, page, hostile.broken(number))
    expect(page.locator("#problems li").nth(1)).to_be_attached()
    fits(page)
    assert page.evaluate("window.attacked") is None
    page.reload()  # the first page has all of it in its own text
    expect(page.locator("#problems li").nth(1)).to_be_attached()
    shows_all_of(page, hostile.broken(number))
    assert page.evaluate("window.attacked") is None
    save(server, page, SOURCE)


def test_every_request_is_ours_and_nothing_is_blocked(server, page):
    assert len(page.asked) > 10
    hosts = {urlsplit(each).netloc for each in page.asked if not each.startswith("data:")}
    assert hosts == {f"127.0.0.1:{server.port}"}
    assert page.faults == []


def test_no_other_page_may_run_a_script_or_send_data(page):
    done = page.evaluate(
        """async () => {
          const image = document.createElement("div");
          image.innerHTML = "<img src=x onerror='window.attacked=1'>";
          const failed = new Promise((done) => image.firstChild.addEventListener("error", done));
          document.body.append(image);
          const sent = await fetch("http://127.0.0.1:9/").then(() => "sent", () => "blocked");
          await failed;
          image.remove();
          return [window.attacked ?? "not run", sent];
        }"""
    )
    page.faults.clear()  # the faults of this test are wanted
    assert done == ["not run", "blocked"]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (400, "dark")])
def test_the_page_is_accessible(server, page, width, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    save(server, page, BAD)
    shows(page, "#figure", "Not of the newest text.")
    fits(page)
    assert violations(page) == []
    page.reload()
    save(server, page, SOURCE)
    shows(page, "#audit", LONG)  # the place of a finding
    fits(page)
    levels = [int(each[1]) for each in page.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4')].map((each) => each.tagName)")]  # fmt: skip
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_request_in_the_background_shows_no_bar_without_a_name(page):
    bars = page.evaluate(
        """async () => {
          const found = new Set(), seen = () => document.querySelectorAll(
            "[role=progressbar]:not([aria-label])").forEach((each) => found.add(each.className));
          const watcher = new MutationObserver(seen);
          watcher.observe(document, {attributes: true, childList: true, subtree: true});
          const sent = new XMLHttpRequest();
          sent.open("GET", "/");
          sent.send();
          await new Promise((done) => sent.addEventListener("loadend", done));
          await new Promise((done) => setTimeout(done, 500));
          watcher.disconnect();
          return [...found];
        }"""
    )
    assert bars == []


def test_the_page_is_used_with_the_keyboard(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("nav a").first.focus()
    seen = []
    while (at := page.evaluate("document.activeElement.tagName")) != "BODY" and len(seen) < 80:
        seen.append(page.evaluate("document.activeElement.closest('section')?.id || 'nav'"))
        page.keyboard.press("Tab")
    assert at == "BODY"  # no trap
    visited = list(dict.fromkeys(seen))
    assert visited == [each for each in ("nav", *panels.PANELS) if each in visited]
    assert {"nav", "figure", "endpoints"} <= set(visited)
    page.locator("#figure-words summary").focus()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        ({}, 200),
        ({"known": False}, 403),
        ({"known": False, "path": "/?token=wrong"}, 403),
        ({"host": "evil.example"}, 421),
        ({"host": "evil.example:80", "path": "/?token={token}", "known": False}, 421),
        ({"headers": ["Origin: http://evil.example"]}, 403),
        ({"known": False, "path": "/_nicegui_ws/socket.io/?EIO=4&transport=polling"}, 403),
        ({"method": "POST"}, 403),
        ({"method": "OPTIONS", "headers": ["Origin: http://evil.example"]}, 405),
    ],
)
def test_hostile_requests(server, request_, expected):
    request_ = {**request_, "path": request_.get("path", "/").format(token=server.token)}
    status, answer = server.ask(**request_)
    assert status == expected
    assert "access-control-allow" not in answer.lower()
    assert ("Retroperitoneal" in answer) <= (expected == 200)


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2f..%2fetc/passwd",
        "/_nicegui/x/static/..%2f..%2f..%2f..%2fetc/passwd", "//etc/passwd", "/%00",
        "/_nicegui/3.18.0/static/..%5c..%5cetc", "/_nicegui/3.18.0/esm/x/../../../etc/passwd",
        "/_nicegui/3.18.0/resources/x/%2e%2e/%2e%2e/etc/passwd", "/docs", "/openapi.json",
    ],
)  # fmt: skip
def test_no_path_leads_to_a_file(server, path):
    status, answer = server.ask(path)
    assert status in (400, 404)
    assert "root:" not in answer


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Origin: http://127.0.0.1:{port}"], 101),
        ([], 403),
        (["Origin: http://evil.example"], 403),
        (["Origin: null"], 403),
    ],
)
def test_foreign_websockets(server, headers, expected):
    headers = [each.format(port=server.port) for each in headers]
    headers += ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]  # fmt: skip
    path = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
    assert server.ask(path, headers=headers)[0] == expected
    assert server.ask(path, headers=headers, known=False)[0] == 403


def test_an_upload_of_100_megabytes_is_refused_before_it_is_sent(server):
    path, size = "/_nicegui/client/x/upload/1", 100 * 1024 * 1024
    headers = [f"Origin: http://127.0.0.1:{server.port}", f"Content-Length: {size}"]
    assert server.ask(path, method="POST", headers=headers)[0] == 413


def test_an_upload_without_a_stated_length_is_cut_at_its_limit(server):
    part = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    headers = [f"Origin: http://127.0.0.1:{server.port}", "Transfer-Encoding: chunked"]
    path, body = "/_nicegui/client/x/upload/1", part * 1600
    status, _ = server.ask(path, method="POST", headers=headers, body=body)
    assert status in (0, 404, 413)  # 0: the line was cut while it was sent
    assert server.ask()[0] == 200


def test_nothing_is_written_beside_the_file(server):
    assert {each.name for each in server.file.parent.iterdir()} == {NAME, LONG}
    assert len(list((server.file.parent / LONG).rglob("*"))) == 4  # two folders, a file in each
    assert server.file.read_text() == SOURCE


def test_ctrl_c_stops_it_at_once_and_quietly(server, page):
    """While a browser is connected, and an analysis runs."""
    children = children_of(server.process.pid)
    assert len(children) >= 2
    server.file.write_text(SOURCE.replace("2014-01", "2014-04"))
    start = time.monotonic()
    server.process.send_signal(signal.SIGINT)
    output, errors = server.process.communicate(timeout=30)
    assert time.monotonic() - start < 3  # 0.4 s on an idle machine
    assert (server.process.returncode, output, errors) == (0, "", "")
    assert ended(children, 10)


def test_a_missing_file_a_taken_port_and_a_missing_library(tmp_path, monkeypatch):
    run = CliRunner()
    done = run.invoke(app, ["watch", str(tmp_path / "no.yaml")])
    assert (done.exit_code, "no such file" in done.output) == (2, True)
    (tmp_path / "a.yaml").write_text(SOURCE)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run.invoke(app, ["watch", str(tmp_path / "a.yaml"), "--port", str(port)])
    assert (done.exit_code, f"--port {port}: Address already in use" in done.output) == (2, True)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = run.invoke(app, ["watch", str(tmp_path / "a.yaml")])
    assert done.exit_code == 2
    assert "pip install 'oncology-timeline[app]'" in done.output
