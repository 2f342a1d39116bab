"""How long `timeline watch` takes from a save to the page that shows it.

Run as ``python -m tests.bench.preview [saves]``. Each case is saved so many times with another
dose, comment or figure in it. Timed is from before the write to the change in the document of
Chromium: of the figure, and of the last part. Printed is the median; no time of a figure where none
was drawn anew, as of a report of several patients.
"""

from __future__ import annotations

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.bench.byte_code import compile_modules

ROOT = Path(__file__).parents[2]
SAVES = 20
CASES = {  # what is changed in each save; the report of several patients has no figure
    "cases/wang2023.yaml": ("anlotinib 12 mg", "anlotinib {} mg"),
    "cases/jin2025.yaml": ("admitted for", "admitted {} for"),
    "seeds/liu2025.yaml": ("{count: 15,", "{{count: {},"),
}
_OBSERVE = """() => {
  window.times = {};
  const note = (name) => { window.times[name] = Date.now(); };
  const watched = { figure: "#figure", all: ".status" };
  for (const [name, selector] of Object.entries(watched))
    new MutationObserver(() => requestAnimationFrame(() => note(name))).observe(
      document.querySelector(selector),
      { childList: true, subtree: true, attributes: true, characterData: true });
}"""


@contextmanager
def watched(file: Path) -> Iterator[str]:
    """The address of a preview of a file; it is stopped with the block."""
    command = [sys.executable, "-m", "timeline", "watch", str(file)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://\S+", line)
            yield found[0] if found else ""
        finally:
            server.terminate()


def times(
    page: Page, file: Path, change: tuple[str, str], saves: int
) -> Iterator[tuple[float | None, float]]:
    """Milliseconds from each save to the figure, if one is drawn, and to the last part."""
    text, (old, new) = file.read_text(), change
    for save in range(saves):
        before = page.locator(".status").get_attribute("data-complete")
        page.evaluate("window.times = {}")
        start = time.time() * 1000
        file.write_text(text.replace(old, new.format(21 + save), 1))
        page.wait_for_selector(f'.status:not([data-complete="{before}"])', state="attached")
        page.wait_for_timeout(150)
        seen = page.evaluate("window.times")
        yield seen["figure"] - start if "figure" in seen else None, seen["all"] - start


def main(saves: int = SAVES) -> None:
    """Print the medians of each case."""
    compile_modules()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name in ("cases", "seeds"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, change in CASES.items():
            with watched(Path(folder) / name) as address:
                page = browser.new_page()
                page.goto(address)
                page.wait_for_selector(".status[data-complete]", state="attached", timeout=60_000)
                page.evaluate(_OBSERVE)
                measured = list(times(page, Path(folder) / name, change, saves))
                page.close()
            drawn = [figure for figure, _ in measured if figure is not None]
            figure = f"figure {statistics.median(drawn):.0f} ms" if drawn else "no figure"
            every = statistics.median(every for _, every in measured)
            sys.stdout.write(f"{name}: {figure}, all parts {every:.0f} ms\n")
        browser.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SAVES)
