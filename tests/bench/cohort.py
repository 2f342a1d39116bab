"""How long the list and the cohort of 60 patients take in `timeline app`.

Run as ``python -m tests.bench.cohort [patients]``. The patients are copies of the cases of this
project, each under a name of its own and with the claims of its report. Timed in Chromium, from the
request on. Of a server that has just begun: the first row of the cohort, all of its rows, and its
figure. Of another: the list with what a check finds of every file, the counts of all audits, and
the table and the figure of the cohort, at first and again. Beside each time stands the processor
time that the server and its processes have taken since it was started, which a busy machine changes
less.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.byte_code import compile_modules

ROOT = Path(__file__).parents[2]
CASES = ("cases/wang2023.yaml", "cases/jin2025.yaml")
PATIENTS = 60
_CELLS = "[...document.querySelectorAll('#files td:nth-child(%d)')].map((each) => each.innerText)"
_LISTED = f"(count) => {{ const cells = {_CELLS % 3}; "  # what a check finds
_LISTED += "return cells.length === count && cells.every(Boolean); }"
_AUDITED = f"(count) => {{ const cells = {_CELLS % 5}; return cells.length === count "
_AUDITED += '&& cells.every((each) => each && !each.startsWith("Auditing")); }'
_PATIENTS = "document.querySelectorAll('#patients th[scope=row]').length"
_FIRST_ROW = f"{_PATIENTS} > 0"
_TABLE = f"(count) => {_PATIENTS} === count"
_FIGURE = "document.querySelector('#figure svg')"


def write_patients(folder: Path, count: int) -> None:
    """Write so many cases, each with the claims of its report in a file of a folder below."""
    (folder / ".reports").mkdir()  # hidden, so that the list is of the cases
    for number in range(count):
        case = ROOT / CASES[number % len(CASES)]
        name = f"patient{number:03}"
        text = re.sub(r"^case: .*$", f"case: {name}", case.read_text(), flags=re.MULTILINE)
        text = re.sub(r"^source: .*$", f"source: .reports/{name}.yaml", text, flags=re.MULTILINE)
        (folder / f"{name}.yaml").write_text(text)
        report = (ROOT / "seeds" / case.name).read_text()
        report = re.sub(r"^case: .*$", f"case: ../{name}.yaml", report, flags=re.MULTILINE)
        (folder / ".reports" / f"{name}.yaml").write_text(report)


def processor_time(server: int) -> float:
    """Seconds of processor time of a process and of all below it, as Linux counts them."""
    found: dict[int, tuple[int, float]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            words = path.read_text().rpartition(")")[2].split()
            ticks = sum(map(int, words[11:13]))
            found[int(path.parent.name)] = (int(words[1]), ticks / os.sysconf("SC_CLK_TCK"))
    mine = {server}
    for _ in found:
        more = {pid for pid, (parent, _) in found.items() if parent in mine} - mine
        if not more:
            break
        mine |= more
    return sum(found[pid][1] for pid in mine if pid in found)


def timed(page: Page, start: float, server: int, name: str, wait: str, count: int) -> None:
    """Print how long after ``start`` something is true of a page."""
    page.wait_for_function(wait, arg=count)
    took = time.monotonic() - start
    sys.stdout.write(f"{name}: {took:.1f} s ({processor_time(server):.1f} s of processor time)\n")


@contextlib.contextmanager
def server_of(folder: str) -> Iterator[tuple[str, int]]:
    """The address of a server of a folder, and its process, which ends afterwards."""
    command = [sys.executable, "-m", "timeline", "app", folder]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        line = server.stdout.readline() if server.stdout else ""
        try:
            yield line.split("http://")[1].split()[0], server.pid
        finally:
            server.terminate()


def main(count: int = PATIENTS) -> None:
    """Print the times."""
    compile_modules()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_patients(Path(folder), count)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.set_default_timeout(120_000)
        cohort = [("first row", _FIRST_ROW), ("table", _TABLE), ("figure", _FIGURE)]
        visits = {
            "a new server": [("cohort", cohort)],
            "another": [
                ("list", [("checked", _LISTED), ("audited", _AUDITED)]),
                ("cohort", cohort),
                ("cohort again", cohort),
            ],
        }
        for of, pages in visits.items():
            with server_of(folder) as (address, server):
                sys.stdout.write(
                    f"{of}: {processor_time(server):.1f} s of processor time at first\n"
                )
                for name, waits in pages:
                    start = time.monotonic()
                    path = "cohort" if name.startswith("cohort") else ""
                    page.goto(
                        f"http://{address.partition('?')[0]}{path}?{address.partition('?')[2]}"
                    )
                    for what, wait in waits:
                        timed(page, start, server, f"{of}, {name}, {what}", wait, count)
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PATIENTS)
