"""A browser for the tests of the pages, of each module its own.

Playwright keeps an event loop while it runs, beside which a test cannot run another one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

# The servers that the tests start in other folders run the code of this checkout.
os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield made
        made.close()
