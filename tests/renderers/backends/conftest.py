"""Pages in a real browser: what they request, and what they complain of."""

from __future__ import annotations

import pytest

from tests.renderers.backends.browser import CHROMIUM, QUIET


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no playwright here (pip install playwright)"
    )
    with playwright.sync_playwright() as api:
        started = api.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


class Opened:
    """A page that was opened, with everything that it requested and every error."""

    def __init__(self, browser, html, **options):
        self.requests, self.messages = [], []
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.route("**/*", self._asked)
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda fault: self.messages.append(str(fault)))
        self.page.set_content(html)

    def _asked(self, route):
        self.requests.append(route.request.url)
        route.abort()


@pytest.fixture
def opened(browser):
    pages = []

    def open_(html, **options):
        pages.append(Opened(browser, html, **options))
        return pages[-1].page

    yield open_
    for each in pages:
        each.context.close()
        assert each.requests == []  # nothing leaves, whatever was done
        assert each.messages == []  # and nothing was complained of
