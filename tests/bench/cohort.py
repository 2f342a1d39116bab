"""How long the list and the cohort of 60 patients take in `timeline app`.

Run as ``python -m tests.bench.cohort [patients]``. The patients are copies of the cases of this
project, each under a name of its own. Timed in Chromium: from the request to the list with what a
check finds of every file, to the table of the cohort, and to its figure, at first and again.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[2]
CASES = ("cases/wang2023.yaml", "cases/jin2025.yaml")
PATIENTS = 60
_LISTED = """(count) => { const cells = [...document.querySelectorAll("#files td:last-child")];
  return cells.length === count && cells.every((each) => each.innerText); }"""


def write_patients(folder: Path, count: int) -> None:
    """Write so many cases, without their reports."""
    for number in range(count):
        text = (ROOT / CASES[number % len(CASES)]).read_text()
        text = re.sub(r"^case: .*$", f"case: patient{number:03}", text, flags=re.MULTILINE)
        text = re.sub(r"^source: .*\n", "", text, flags=re.MULTILINE)
        (folder / f"patient{number:03}.yaml").write_text(text)


def timed(page: Page, name: str, address: str, wait: str, **more: int) -> None:
    """Print how long a page takes until something is true of it."""
    start = time.monotonic()
    page.goto(address)
    page.wait_for_function(wait, **more)
    sys.stdout.write(f"{name}: {time.monotonic() - start:.1f} s\n")


def main(count: int = PATIENTS) -> None:
    """Print the times."""
    table = "document.querySelector('#patients td')"
    figure = "document.querySelector('#figure svg')"
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        write_patients(Path(name), count)
        command = [sys.executable, "-m", "timeline", "app", name]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
            line = server.stdout.readline() if server.stdout else ""
            address = line.split()[1]
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.set_default_timeout(120_000)
            cohort = f"{address.partition('?')[0]}cohort"
            timed(page, "list", address, _LISTED, arg=count)
            timed(page, "cohort, figure at first", cohort, figure)
            timed(page, "cohort, table", cohort, table)
            timed(page, "cohort, figure again", cohort, figure)
            browser.close()
            server.terminate()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
