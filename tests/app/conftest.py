"""A browser for the tests of the pages, of each module its own.

Playwright keeps an event loop while it runs, beside which a test cannot run another one.
"""

from __future__ import annotations

import os
import shutil
import zlib
from pathlib import Path

import pytest

# The servers that the tests start in other folders run the code of this checkout.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])


# Whether a page shows all that follows from a text, and nothing of an earlier one.
SHOWS_TEXT = "([sum]) => document.querySelector('.status')?.dataset.checksum === sum"


def shows_all_of(page, text: str) -> None:
    """Wait until a page shows all that follows from a text: it states the sum of its text."""
    page.wait_for_function(SHOWS_TEXT, arg=[str(zlib.adler32(text.encode()))])


def fits(page) -> None:
    """Wait until nothing is wider than the window: a reader then scrolls in one direction alone."""
    page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")


def violations(page, rules: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What axe finds in a page, which has no connection any more.

    Axe holds a page up for seconds on a loaded machine. It would lose the connection meanwhile, and
    load itself anew while axe looks at it.
    """
    from axe_playwright_python.sync_playwright import Axe

    page.wait_for_function("window.socket")
    page.evaluate("() => { socket.disconnect(); window.popup.ariaHidden = true }")  # its message
    options = {"resultTypes": ["violations"]}  # what passes costs most of the time
    options |= {"runOnly": list(rules)} if rules else {}
    return [
        (fault["id"], fault["nodes"][0]["html"][:200])
        for fault in Axe().run(page, options=options).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=60_000)  # no test waits for so long but where the machine is loaded
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()
